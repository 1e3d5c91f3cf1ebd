"""The board: a row a party, then a row for each claim that contradicts a party's own words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget

from watcher.domain.board import Board, Claim, Row
from watcher.ui.format import fit, period
from watcher.ui.widgets.columns import Column, columns
from watcher.ui.widgets.flashes import FADE_EVERY, Flashes
from watcher.ui.widgets.lines import Lines
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.timer import Timer

    from watcher.domain.article import ArticleRef

TREND_DAYS = 180
"""The trend shows no more days than these; the timeline shows all."""


class BoardHeader(Widget):
    """The names of the columns, above the board."""

    DEFAULT_CSS = "BoardHeader { height: 1; }"

    def __init__(self, board: BoardRows) -> None:
        super().__init__(id="board-header")
        self._board = board
        board.header = self

    def render_line(self, y: int) -> Strip:
        """The one line."""
        text = Text(" ", end="")
        for column in self._board.columns:
            title = column.title.rjust(column.width) if column.right else column.title
            text.append(fit(title, column.width) + " ", self._board.palette.faint)
        strip = Strip(text.render(self.app.console))
        return strip.adjust_cell_length(self.size.width).apply_style(self.rich_style)


class BoardRows(Rows):
    """The rows of a board. Changed cells light up and fade."""

    uniform = False

    def __init__(self) -> None:
        super().__init__(id="board")
        self.board: Board | None = None
        self.header: BoardHeader | None = None
        self.today = date.min
        self.items: list[Row | Claim] = []
        self.columns: list[Column] = []
        self.two_lines = True
        self.waits = False
        self.unseen: Collection[str] = ()
        self.flashes = Flashes()
        self._period = (date.min, date.min)
        self._fading: Timer | None = None

    @property
    def count(self) -> int:
        """Parties and claims."""
        return len(self.items)

    @property
    def selected(self) -> Row | Claim | None:
        """The selected row or claim."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def party(self) -> str:
        """The party of the selected row, or the one that the selected claim is about."""
        chosen = self.selected
        if isinstance(chosen, Claim):
            return chosen.about
        return chosen.party if chosen is not None else ""

    @property
    def article(self) -> ArticleRef | None:
        """Where the latest words of the selected row stand written."""
        chosen = self.selected
        if isinstance(chosen, Claim):
            return chosen.statement.article
        return chosen.latest.article if chosen is not None and chosen.latest else None

    def show(
        self, board: Board, today: date, *, flash: bool, waits: bool = False, unseen: Collection[str] = ()
    ) -> None:
        """Shows a board; with `flash`, what differs from the one shown before lights up.

        `waits`: what it rests on is still being read, so that silence says nothing yet. `unseen`:
        the parties that shifted since the topic was last looked at.
        """
        self.unseen = unseen
        old, self.board, self.today, self.waits = self.board, board, today, waits
        chosen = self.selected
        party = chosen.party if isinstance(chosen, Row) else None
        self.items = [*board.rows, *board.claims]
        self._period = period([row.trend for row in board.rows], today, TREND_DAYS)
        same_topic = old is not None and old.topic == board.topic
        if flash and old is not None and same_topic:
            self._light_up(old, board)
        else:
            self.flashes.clear()
        cursor = next((i for i, row in enumerate(board.rows) if row.party == party), None) if same_topic else 0
        self._lay_out()
        self.changed(cursor)

    def select_party(self, party: str) -> None:
        """Selects the row of a party."""
        for index, item in enumerate(self.items):
            if isinstance(item, Row) and item.party == party:
                self.cursor = index

    def _lay_out(self) -> None:
        longest = max((cell_len(item.party) for item in self.items if isinstance(item, Row)), default=0)
        unheard = any(isinstance(item, Row) and item.unheard for item in self.items)
        wants = max((cell_len(", ".join(item.conditions)) for item in self.items if isinstance(item, Row)), default=0)
        self.columns = columns(self.row_width, longest, unheard=unheard, wants=wants)
        if self.header is not None:
            self.header.refresh()

    def _measure(self) -> None:
        self._lay_out()
        super()._measure()

    def lines_wanted(self) -> int:
        """Lines for all rows with their latest words."""
        return sum(2 if self._has_words(item) else 1 for item in self.items)

    def lines_of(self, index: int, width: int) -> int:
        """A party with words takes a second line where there is room for it."""
        return 2 if self.two_lines and self._has_words(self.items[index]) else 1

    @staticmethod
    def _has_words(item: Row | Claim) -> bool:
        return isinstance(item, Row) and (item.latest is not None or item.pin is not None)

    def draw(self, index: int, width: int) -> list[Text]:
        """A party's row, or a claim's."""
        item = self.items[index]
        lines = Lines(self.palette, self.columns, self.today, self._period, self.flashes, self.waits, self.unseen)
        if isinstance(item, Claim):
            return [lines.claim(item, width)]
        words = [lines.words(item, width)] if self.lines_of(index, width) == 2 else []
        return [lines.cells(item), *words]

    def _light_up(self, old: Board, new: Board) -> None:
        self.flashes.light(old, new)
        if self.flashes and self._fading is None:
            self._fading = self.set_interval(FADE_EVERY, self.fade)

    def fade(self) -> None:
        """What is lit fades a step."""
        self.flashes.fade()
        if not self.flashes and self._fading is not None:
            self._fading.stop()
            self._fading = None
        self.redraw()
