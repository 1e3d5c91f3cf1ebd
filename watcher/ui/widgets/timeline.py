"""Every party's stance over time, a lane each, with a mark where it shifted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual.message import Message

from watcher.domain.statement import Stance
from watcher.ui.format import MONTHS, fit, period, spark
from watcher.ui.glyphs import GLYPHS
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from watcher.domain.board import Board, Row

MARGIN = 3
"""Cells beside the words of a label, in a lane as on the axis."""


class Timeline(Rows):
    """Lanes over one time axis. A click on a day travels there."""

    uniform = False

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
        self.silent: list[str] = []
        """Parties without a lane."""
        self.start = self.end = date.min

    @property
    def count(self) -> int:
        """The lanes, and the axis."""
        return len(self.items) + 1 if self.items else 0

    @property
    def selected(self) -> Row | None:
        """The party of the selected lane."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def lane_height(self) -> int:
        """Lines of a lane: one a stance where there is room, best with a blank one below, else a single one."""
        lanes = len(self.items)
        room = self.size.height - self._below
        roomy = (lines for lines in (len(Stance) + 1, len(Stance)) if lanes * lines <= room)
        return next(roomy, 1)

    @property
    def _below(self) -> int:
        """Lines of the axis, and of what is said of the silent."""
        return 2 if self.silent else 1

    def lines_of(self, index: int, width: int) -> int:
        """The lines of a lane, or of what is below the lanes."""
        return self.lane_height if index < len(self.items) else self._below

    def on_resize(self, event: events.Resize) -> None:
        """Lanes have lines by the height, too."""
        self._measured = -1
        super().on_resize(event)

    def show(self, board: Board, as_of: date | None, end: date, empty: str) -> None:
        """Shows a board's trends up to `end` at most, with the day that is viewed marked."""
        self.board, self.as_of, self.empty = board, as_of, empty
        self.items = [row for row in board.rows if row.trend]
        self.silent = [row.party for row in board.rows if not row.trend]
        self.start, self.end = period([row.trend for row in self.items], end)
        self.changed()

    def _label_width(self, width: int) -> int:
        longest = max((cell_len(row.party) for row in self.items), default=0)
        return min(longest, 22, width // 4)

    def _columns(self, width: int) -> int:
        return max(width - self._label_width(width) - MARGIN, 4)

    def _column(self, day: date, columns: int) -> int:
        days = max((self.end - self.start).days, 1)
        return min(max((day - self.start).days, 0) * columns // (days + 1), columns - 1)

    def _day(self, column: int, columns: int) -> date:
        """The last day that falls into a column."""
        days = max((self.end - self.start).days, 1)
        return min(self.start + timedelta(days=((column + 1) * (days + 1) - 1) // columns), self.end)

    def draw(self, index: int, width: int) -> list[Text]:
        """A lane, or the axis and who has none."""
        if index >= len(self.items):
            silent = Text(f"{GLYPHS.stances[None]} no position read yet: {', '.join(self.silent)}", self.palette.dim)
            return [self._draw_axis(width), silent][: self._below]
        row, columns = self.items[index], self._columns(width)
        course = spark(row.trend, self.start, self.end, columns)
        viewed = self._column(self.as_of, columns) if self.as_of else -1
        if self.lane_height == 1:
            return [self._draw_lane(row, course, viewed, width)]
        levels = [self._draw_level(level, row, course, viewed, width) for level in Stance]
        return levels + [Text(end="")] * (self.lane_height - len(levels))

    def _shifts(self, row: Row, columns: int) -> set[int]:
        """The columns in which a party shifted, also those where it ends as it began."""
        shifts = self.board.shifts if self.board else ()
        return {self._column(shift.day, columns) for shift in shifts if shift.party == row.party}

    def _label(self, party: str, stance: Stance | None, width: int, *, lit: bool = True) -> Text:
        """What stands before a lane: the party, and a stance's sign."""
        name = fit(party, self._label_width(width), GLYPHS.ellipsis)
        sign = (f"{GLYPHS.stances[stance]} ", self.palette.stance(stance) if lit else self.palette.faint)
        return Text.assemble((f"{name} ", self.palette.strong), sign, end="")

    def _draw_lane(self, row: Row, course: Sequence[Stance | None], viewed: int, width: int) -> Text:
        """A party's course in one line: a sign where its stance changes."""
        palette, before, shifts = self.palette, None, self._shifts(row, len(course))
        text = self._label(row.party, course[viewed] if viewed >= 0 else row.stance, width)
        for column, stance in enumerate(course):
            style = palette.stance(stance) if stance else palette.faint
            if stance and stance is not before:
                sign = GLYPHS.stances[stance]
                style += palette.past if column == viewed else palette.cue
            elif column == viewed:
                sign, style = GLYPHS.cursor, palette.accent
            elif column in shifts:  # to another stance and back within the cell's days
                sign, style = GLYPHS.shift, style + palette.cue
            else:
                sign = GLYPHS.lane if stance else GLYPHS.dot
            before = stance
            text.append(sign, style)
        return text

    def _draw_level(self, level: Stance, row: Row, course: Sequence[Stance | None], viewed: int, width: int) -> Text:
        """One stance's line of a party's course, which steps up and down between them."""
        palette, levels, before, shifts = self.palette, list(Stance), None, self._shifts(row, len(course))
        text = self._label(row.party if level is levels[0] else "", level, width, lit=level in course)
        for column, stance in enumerate(course):
            sign, style = " ", palette.dim
            if stance is level:
                sign, style = GLYPHS.lane, palette.stance(stance)
                if stance is not before or column in shifts:
                    sign = GLYPHS.shift if stance is before else GLYPHS.stances[stance]
                    style += palette.cue
            elif stance and before and stance is not before:
                to, since = levels.index(stance), levels.index(before)
                if level is before:
                    sign = GLYPHS.corners[to > since]
                elif min(to, since) < levels.index(level) < max(to, since):
                    sign = GLYPHS.cursor
            before = stance
            if column == viewed and (sign == GLYPHS.shift or sign in GLYPHS.stances.values()):
                style += palette.past
            elif column == viewed:
                sign, style = (GLYPHS.cross if sign == GLYPHS.lane else GLYPHS.cursor), palette.accent
            text.append(sign, style)
        return text

    def _draw_axis(self, width: int) -> Text:
        columns = self._columns(width)
        line = [GLYPHS.rule] * columns
        for column, name in self._ticks(columns):
            words = f"{GLYPHS.tick} {name} "
            line[column : column + len(words)] = words
        return Text(" " * (self._label_width(width) + MARGIN) + "".join(line), self.palette.faint, end="")

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
            if name and column >= free and column + len(name) + MARGIN <= columns:
                ticks.append((column, name))
                free = column + len(name) + MARGIN + 1
        return ticks

    def on_click(self, event: events.Click) -> None:
        """Travels to the day under the mouse."""
        left = self._label_width(self.row_width) + MARGIN + 1
        column, columns = event.x - left, self._columns(self.row_width)
        if self.items and 0 <= column < columns:
            event.stop()
            event.prevent_default()
            self.post_message(self.Travel(self._day(column, columns)))
