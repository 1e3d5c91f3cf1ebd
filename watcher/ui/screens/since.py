"""What changed since a person last looked, shown on opening."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.containers import Vertical

from watcher.ui.format import excerpt, short_day
from watcher.ui.glyphs import GLYPHS
from watcher.ui.screens.overlay import Overlay
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from watcher.domain.board import Shift

    News = Sequence[tuple[str, Shift]]


class SinceRows(Rows):
    """Two lines a shift: what changed, and the words that made it."""

    uniform = False

    def __init__(self, news: News, today: date) -> None:
        super().__init__(id="since-rows")
        self.news, self._today = news, today

    @property
    def count(self) -> int:
        """Shifts."""
        return len(self.news)

    def lines_of(self, index: int, width: int) -> int:
        """The shift and its words."""
        return 2

    def draw(self, index: int, width: int) -> list[Text]:
        """Party, from, to, topic and day; below, the words."""
        (topic, shift), palette = self.news[index], self.palette
        before, after = GLYPHS.stances[shift.before], GLYPHS.stances[shift.after]
        first = Text.assemble(
            (shift.party + "  ", palette.strong),
            (f"{before} {shift.before or 'no position'}", palette.stance(shift.before)),
            (f" {GLYPHS.arrow} ", palette.faint),
            (f"{after} {shift.after}", palette.stance(shift.after) + palette.cue),
            (f"  {topic} {GLYPHS.dot} {short_day(shift.day, self._today)}", palette.dim),
            end="",
        )
        opening, closing = GLYPHS.quotes
        words = excerpt(shift.statement, width - 4, GLYPHS.ellipsis)
        return [first, Text(f"  {opening}{words}{closing}", palette.dim, end="")]


class SinceScreen(Overlay["tuple[str, Shift]"]):
    """The shifts, newest first; enter goes to one."""

    DEFAULT_CSS = """
    SinceScreen > Vertical { width: 90; max-height: 80%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("q", "dismiss(None)", "Close")]

    def __init__(self, news: News, today: date) -> None:
        super().__init__()
        self._news, self._today = news, today

    def compose(self) -> ComposeResult:
        """The list in a frame."""
        with Vertical() as box:
            box.border_title = "Since you last looked"
            box.border_subtitle = "enter goes there, esc closes"
            rows = SinceRows(self._news, self._today)
            rows.styles.height = min(2 * len(self._news), 24)
            yield rows

    def on_mount(self) -> None:
        """Ready to move."""
        self.query_one(SinceRows).changed()
        self.query_one(SinceRows).focus()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(self._news[event.index])
