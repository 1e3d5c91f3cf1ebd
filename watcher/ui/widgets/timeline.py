"""Every party's stance over time, a lane each, with a mark where it shifted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual.message import Message

from watcher.ui.format import MONTHS, fit, period, spark
from watcher.ui.glyphs import GLYPHS
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events

    from watcher.domain.board import Board, Row


class Timeline(Rows):
    """Lanes over one time axis. A click on a day travels there."""

    class Travel(Message):
        """A day was clicked."""

        def __init__(self, day: date) -> None:
            self.day = day
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="timeline")
        self.board: Board | None = None
        self.as_of: date | None = None
        self.items: list[Row] = []
        self.start = self.end = date.min

    @property
    def count(self) -> int:
        """The lanes, and two lines of the axis."""
        return len(self.items) + 2 if self.items else 0

    def show(self, board: Board, as_of: date | None, end: date, empty: str) -> None:
        """Shows a board's trends up to `end` at most, with the day that is viewed marked."""
        self.board, self.as_of, self.empty = board, as_of, empty
        self.items = [row for row in board.rows if row.trend]
        self.start, self.end = period([row.trend for row in self.items], end)
        self.changed()

    def _label_width(self, width: int) -> int:
        longest = max((cell_len(row.party) for row in self.items), default=0)
        return min(longest, 22, width // 4)

    def _columns(self, width: int) -> int:
        return max(width - self._label_width(width) - 2, 4)

    def _column(self, day: date, columns: int) -> int:
        days = max((self.end - self.start).days, 1)
        return min(max((day - self.start).days, 0) * columns // (days + 1), columns - 1)

    def _day(self, column: int, columns: int) -> date:
        """The last day that falls into a column."""
        days = max((self.end - self.start).days, 1)
        return min(self.start + timedelta(days=((column + 1) * (days + 1) - 1) // columns), self.end)

    def draw(self, index: int, width: int) -> list[Text]:
        """A lane, or a line of the axis."""
        if index >= len(self.items):
            return [self._draw_axis(width, labels=index > len(self.items))]
        row, palette = self.items[index], self.palette
        label, columns = self._label_width(width), self._columns(width)
        text = Text(fit(row.party, label, GLYPHS.ellipsis) + "  ", palette.text, end="")
        viewed = self._column(self.as_of, columns) if self.as_of else -1
        before = None
        for column, stance in enumerate(spark(row.trend, self.start, self.end, columns)):
            style = palette.stance(stance)
            sign = GLYPHS.lane if stance else GLYPHS.dot
            if stance and stance is not before:
                sign = GLYPHS.stances[stance]
            elif stance is None:
                style = palette.faint
            before = stance
            if column == viewed:
                sign, style = (GLYPHS.cursor if sign in {GLYPHS.lane, GLYPHS.dot} else sign), palette.past
            text.append(sign, style)
        return [text]

    def _draw_axis(self, width: int, *, labels: bool) -> Text:
        palette = self.palette
        label, columns = self._label_width(width), self._columns(width)
        ticks = self._ticks(columns)
        line = [GLYPHS.rule] * columns
        if labels:
            line = [" "] * columns
            for column, name in ticks:
                line[column : column + len(name)] = name
            line = line[:columns]
        else:
            for column, _ in ticks:
                line[column] = "+" if GLYPHS.rule == "-" else "┬"
        return Text(" " * (label + 2) + "".join(line), palette.faint, end="")

    def _ticks(self, columns: int) -> list[tuple[int, str]]:
        """Days named below the axis, as many as fit without touching."""
        days = (self.end - self.start).days
        ticks: list[tuple[int, str]] = []
        free = 0
        for offset in range(days + 1):
            day = self.start + timedelta(days=offset)
            if days > 730:
                name = str(day.year) if day.month == day.day == 1 else ""
            elif days > 75:
                name = f"{MONTHS[day.month - 1]} {day.year % 100:02d}" if day.day == 1 else ""
            else:
                name = f"{day.day} {MONTHS[day.month - 1]}"
            column = self._column(day, columns)
            if name and column >= free and column + len(name) <= columns:
                ticks.append((column, name))
                free = column + len(name) + 2
        return ticks

    def on_click(self, event: events.Click) -> None:
        """Travels to the day under the mouse."""
        left = self._label_width(self.row_width) + 3
        column, columns = event.x - left, self._columns(self.row_width)
        if self.items and 0 <= column < columns:
            event.stop()
            event.prevent_default()
            self.post_message(self.Travel(self._day(column, columns)))
