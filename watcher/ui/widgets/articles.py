"""The articles of a topic, one line each: 100,000 of them cost no more than a screenful."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from watcher.ui.format import fit, short_day
from watcher.ui.glyphs import GLYPHS
from watcher.ui.view import places
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from watcher.store.base import Headline, Mark
    from watcher.ui.lighting import Span

SOURCE_WIDTH = 20


class ArticleRows(Rows):
    """Headlines with their marks."""

    def __init__(self, mark: Callable[[str], Mark], *, id: str = "articles") -> None:
        super().__init__(id=id)
        self.items: Sequence[Headline] = ()
        self.today = date.min
        self.sought: Sequence[str] = ()
        """Folded words that the list is narrowed to."""
        self._mark = mark

    @property
    def count(self) -> int:
        """Articles."""
        return len(self.items)

    @property
    def selected(self) -> Headline | None:
        """The selected article."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def show(self, headlines: Sequence[Headline], today: date, empty: str) -> None:
        """Shows these articles; the selection stays on its article if that is near where it was."""
        before, self.empty, self.today = self.selected, empty, today
        grown = len(headlines) - len(self.items)
        self.items = headlines
        cursor = self.cursor
        if before is not None and grown > 0 and self._is(before, cursor + grown):
            cursor += grown
        elif before is not None and not self._is(before, cursor):
            near = range(max(0, cursor - 200), min(len(headlines), cursor + 200))
            cursor = next((index for index in near if self._is(before, index)), 0)
        self.changed(cursor)

    def _is(self, headline: Headline, index: int) -> bool:
        return index < len(self.items) and self.items[index].id == headline.id

    def next_unread(self) -> int | None:
        """The unread article after the selected one, from the top again after the last."""
        count = len(self.items)
        for step in range(1, count + 1):
            index = (self.cursor + step) % count
            if not self._mark(self.items[index].id).read:
                return index
        return None

    def lit(self, index: int) -> Sequence[Span]:
        """Where in the title what is looked for stands."""
        return places(self.items[index].title, self.sought)

    def draw(self, index: int, width: int) -> list[Text]:
        """Mark, title, source and day."""
        headline, palette = self.items[index], self.palette
        mark = self._mark(headline.id)
        day = short_day(headline.published.date(), self.today).rjust(9)
        source = min(SOURCE_WIDTH, width // 4)
        room = max(width - source - cell_len(day) - 6, 8)
        star = GLYPHS.star if mark.starred else " "
        unread = " " if mark.read else GLYPHS.unread
        title = Text(
            fit(headline.title, room, GLYPHS.ellipsis, words=True), palette.dim if mark.read else palette.text, end=""
        )
        for start, end in self.lit(index):
            title.stylize(palette.match, start, end)
        return [
            Text.assemble(
                (unread, palette.accent),
                (star + " ", palette.warn),
                title,
                ("  " + fit(headline.source, source, GLYPHS.ellipsis), palette.dim),
                (day, palette.faint),
                end="",
            )
        ]
