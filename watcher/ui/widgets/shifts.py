"""Who changed stance, and when; the newest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from watcher.ui.bridge import shift_key
from watcher.ui.format import excerpt, fit, short_day
from watcher.ui.glyphs import GLYPHS
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from watcher.domain.board import Shift


WORDS_FROM = 90
"""In fewer cells the stance before is a sign without its word, which leaves room for what was said."""


class ShiftRows(Rows):
    """One line a shift; those not seen before are marked."""

    def __init__(self) -> None:
        super().__init__(id="shifts")
        self.items: Sequence[Shift] = ()
        self.new: Collection[str] = ()
        self.today = date.min
        self._days = self._parties = 0  # widths of the columns

    @property
    def count(self) -> int:
        """Shifts."""
        return len(self.items)

    @property
    def selected(self) -> Shift | None:
        """The selected shift."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def show(self, shifts: Sequence[Shift], new: Collection[str], today: date, empty: str) -> None:
        """Shows these shifts, given oldest first."""
        before, self.empty, self.new, self.today = self.selected, empty, new, today
        self.items = list(reversed(shifts))
        self._days = max((len(short_day(shift.day, today)) for shift in shifts), default=0)
        self._parties = min(22, max((cell_len(shift.party) for shift in shifts), default=0))
        self.changed(self.items.index(before) if before in self.items else 0)

    def draw(self, index: int, width: int) -> list[Text]:
        """Day, party, from, to, and the words that made it."""
        shift, palette = self.items[index], self.palette
        text = Text(end="")
        text.append(GLYPHS.shift + " " if shift_key(shift) in self.new else "  ", palette.accent)
        text.append(short_day(shift.day, self.today).rjust(self._days) + "  ", palette.dim)
        text.append(fit(shift.party, self._parties, GLYPHS.ellipsis) + "  ", palette.strong)
        before = GLYPHS.stances[shift.before]
        if width >= WORDS_FROM:
            before = fit(f"{before} {shift.before or 'none'}", 13)
        text.append(before, palette.stance(shift.before))
        text.append(f" {GLYPHS.arrow} ", palette.faint)
        text.append(fit(f"{GLYPHS.stances[shift.after]} {shift.after}", 13), palette.stance(shift.after) + palette.cue)
        room = width - text.cell_len - 4
        if room > 10:
            opening, closing = GLYPHS.quotes
            words = excerpt(shift.statement, room, GLYPHS.ellipsis)
            text.append(f"  {opening}{words}{closing}", palette.dim)
        return [text]
