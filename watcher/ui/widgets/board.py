"""The board: a row a party, then a row for each claim that contradicts a party's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget

from watcher.domain.board import Board, Claim, Row
from watcher.export.words import speaker
from watcher.ui.format import age, excerpt, fit, period, short_day, spark
from watcher.ui.glyphs import GLYPHS
from watcher.ui.theme import FLASH_STEPS
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.timer import Timer

    from watcher.domain.article import ArticleRef
    from watcher.domain.statement import Statement

FADE_EVERY = 0.4
"""Seconds between the steps in which a changed cell fades."""
FIRST_PARTY_WIDTH, MOST_PARTY_WIDTH = 10, 24
STANCE_WIDTH = 15
MOST_TREND_WIDTH = 20
LEAST_WORDS = 20
"""Cells for the latest words; where they come from is told in fewer rather than cut."""
TREND_DAYS = 180
"""The trend shows no more days than these; the timeline shows all."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading, and its width in cells."""

    key: str
    title: str
    width: int
    right: bool = False


def columns(width: int, longest: int) -> list[Column]:
    """The columns that fit; `longest` is the longest party's name. What matters least goes first."""
    party = max(FIRST_PARTY_WIDTH, min(longest, MOST_PARTY_WIDTH, width - 24))
    chosen = {"party": party, "stance": STANCE_WIDTH}
    left = width - party - STANCE_WIDTH - 1
    for key, cells in (("since", 9), ("trend", 8), ("age", 5), ("sources", 3), ("confidence", 4), ("was", 3)):
        if left >= cells + 1:
            chosen[key] = cells
            left -= cells + 1
    if "was" in chosen and left >= STANCE_WIDTH - 3 - 1 + 10:
        chosen["was"] = STANCE_WIDTH - 2
        left -= STANCE_WIDTH - 2 - 3
    if "trend" in chosen and left > 4:
        grown = min(left // 2, MOST_TREND_WIDTH - chosen["trend"])
        chosen["trend"] += grown
        left -= grown
    if left >= 13:
        chosen["conditions"] = left - 1
    elif left > 1:
        chosen["party"] += max(0, min(left, longest - party))
    titles = {
        "party": "Party", "stance": "Stance", "since": "Since", "was": "Was", "trend": "Trend",
        "confidence": "Conf", "sources": "Src", "age": "Age", "conditions": "Wants",
    }  # fmt: skip
    order = ("party", "stance", "since", "was", "trend", "confidence", "sources", "age", "conditions")
    return [
        Column(key, titles[key], chosen[key], key in {"confidence", "sources", "age", "since"})
        for key in order
        if key in chosen
    ]


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
        self._flashing: dict[tuple[str, str], int] = {}  # (party, column) -> step
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

    def show(self, board: Board, today: date, *, flash: bool, waits: bool = False) -> None:
        """Shows a board; with `flash`, what differs from the one shown before lights up.

        `waits`: what it rests on is still being read, so that silence says nothing yet.
        """
        old, self.board, self.today, self.waits = self.board, board, today, waits
        chosen = self.selected
        party = chosen.party if isinstance(chosen, Row) else None
        self.items = [*board.rows, *board.claims]
        if flash and old is not None and old.topic == board.topic:
            self._light_up(old, board)
        else:
            self._flashing.clear()
        same_topic = old is not None and old.topic == board.topic
        cursor = next((i for i, row in enumerate(board.rows) if row.party == party), None) if same_topic else 0
        self._lay_out()
        self.changed(cursor)

    def select_party(self, party: str) -> None:
        """Selects the row of a party."""
        for index, item in enumerate(self.items):
            if isinstance(item, Row) and item.party == party:
                self.cursor = index

    # Sizes.

    def _lay_out(self) -> None:
        longest = max((cell_len(item.party) for item in self.items if isinstance(item, Row)), default=0)
        self.columns = columns(self.row_width, longest)
        if self.header is not None:
            self.header.refresh()

    def _measure(self) -> None:
        self._lay_out()
        super()._measure()

    def lines_wanted(self) -> int:
        """Lines for all rows with their latest words."""
        return sum(2 if isinstance(item, Row) and self._has_second(item) else 1 for item in self.items)

    def lines_of(self, index: int, width: int) -> int:
        """A party with words takes a second line where there is room for it."""
        item = self.items[index]
        return 2 if self.two_lines and isinstance(item, Row) and self._has_second(item) else 1

    def _has_second(self, row: Row) -> bool:
        return row.latest is not None or row.pin is not None

    # Flashing.

    def _light_up(self, old: Board, new: Board) -> None:
        before = {row.party: row for row in old.rows}
        for row in new.rows:
            earlier = before.get(row.party)
            if earlier is None or earlier == row:
                continue
            for column in ("stance", "since", "was", "trend", "confidence", "sources", "age", "conditions", "words"):
                if self._value(earlier, column) != self._value(row, column):
                    self._flashing[row.party, column] = 0
        for claim in new.claims:
            if claim not in old.claims:
                self._flashing[claim.by, f"claim {claim.about}"] = 0
        if self._flashing and self._fading is None:
            self._fading = self.set_interval(FADE_EVERY, self._fade)

    def _fade(self) -> None:
        self._flashing = {key: step + 1 for key, step in self._flashing.items() if step + 1 < FLASH_STEPS}
        if not self._flashing and self._fading is not None:
            self._fading.stop()
            self._fading = None
        self.redraw()

    def _flash(self, party: str, column: str) -> Style:
        step = self._flashing.get((party, column))
        return Style() if step is None else self.palette.flash[step]

    @staticmethod
    def _value(row: Row, column: str) -> object:
        match column:
            case "stance":
                return row.stance, row.divided, row.voice
            case "since":
                return row.since
            case "was":
                return row.previous
            case "trend":
                return row.trend
            case "confidence":
                return row.confidence
            case "sources":
                return row.sources
            case "conditions":
                return row.conditions
            case "words":
                return row.latest
            case _:
                return None

    # Drawing.

    def draw(self, index: int, width: int) -> list[Text]:
        """A party's row, or a claim's."""
        item = self.items[index]
        if isinstance(item, Claim):
            return [self._draw_claim(item, width)]
        line = Text(end="")
        for column in self.columns:
            if line:
                line.append(" ")
            line.append_text(self._cell(item, column))
        lines = [line]
        if self.lines_of(index, width) == 2:
            lines.append(self._draw_words(item, width))
        return lines

    def _cell(self, row: Row, column: Column) -> Text:
        palette, day = self.palette, self.today
        muted = row.stance is None or row.stale
        text, style = "", palette.dim if muted else palette.text
        match column.key:
            case "party":
                text, style = row.party, palette.dim if row.stance is None else palette.strong
            case "stance":
                return self._stance_cell(row, column.width)
            case "since":
                text = short_day(row.since, day).rjust(column.width) if row.since else ""
            case "was":
                if row.previous is not None:
                    word = f" {row.previous}" if column.width > 3 else ""
                    text, style = GLYPHS.stances[row.previous] + word, palette.dim
            case "trend":
                return self._trend_cell(row, column.width)
            case "confidence":
                text = f"{row.confidence:.0%}".rjust(column.width) if row.latest else ""
            case "sources":
                text = str(row.sources).rjust(column.width) if row.latest else ""
            case "age":
                text = age(row.latest.day, day).rjust(column.width) if row.latest else ""
                style = palette.warn if row.stale else style
            case "conditions":
                text, style = ", ".join(row.conditions), palette.text
        return Text(fit(text, column.width, GLYPHS.ellipsis), style + self._flash(row.party, column.key), end="")

    def _stance_cell(self, row: Row, width: int) -> Text:
        palette = self.palette
        style = palette.stance(row.stance)
        if row.stance is None:
            word = f"reading{GLYPHS.ellipsis}" if self.waits else "no position"
            return Text(fit(f"{GLYPHS.stances[None]} {word}", width), palette.dim, end="")
        mark = (f" {GLYPHS.divided}" if row.divided else "") + (f" {GLYPHS.pin}" if row.pin else "")
        text = f"{GLYPHS.stances[row.stance]} {row.stance}{mark}"
        style = style if row.stale else style + Style(bold=True)
        return Text(fit(text, width), style + self._flash(row.party, "stance"), end="")

    def _trend_cell(self, row: Row, width: int) -> Text:
        start, end = period([item.trend for item in self.items if isinstance(item, Row)], self.today, TREND_DAYS)
        text = Text(end="")
        flash = self._flash(row.party, "trend")
        for stance in spark(row.trend, start, end, width):
            sign = GLYPHS.levels[stance] if stance else " "
            text.append(sign, self.palette.stance(stance) + flash)
        return text

    def _draw_words(self, row: Row, width: int) -> Text:
        """What was said last, by whom and where; before it what is missing from the columns."""
        palette = self.palette
        text = Text("  ", end="")
        notes = []
        if row.pin:
            machine = f"machine reads {row.machine}" if row.machine else "machine reads no position"
            notes.append((f"pinned{': ' + row.pin.note if row.pin.note else ''} ({machine})", palette.accent))
        if row.divided:
            notes.append(("divided", palette.warn))
        if row.unheard:
            notes.append(("its feeds are failing", palette.bad))
        if row.stale:
            notes.append(("stale", palette.warn))
        if row.conditions and not any(column.key == "conditions" for column in self.columns):
            notes.append(("wants " + ", ".join(row.conditions), palette.text))
        for note, style in notes:
            text.append(note, style)
            text.append(f" {GLYPHS.dot} ", palette.faint)
        latest = row.latest
        if latest is None:
            return text
        where, room = self._cited(row.party, latest, width - text.cell_len - 2)
        if room < LEAST_WORDS // 2:  # the notes take it all: no words without who said them
            text.right_crop(3)
            return text
        words = excerpt(latest, room, GLYPHS.ellipsis)
        opening, closing = GLYPHS.quotes
        style = palette.dim + self._flash(row.party, "words")
        text.append(f"{opening}{words}{closing}", style)
        text.append(where, palette.faint)
        return text

    def _cited(self, party: str, latest: Statement, width: int) -> tuple[str, int]:
        """Who said it, where and when, and the cells that are left for the words; less of it where room is short."""
        by, day = speaker(latest), short_day(latest.day, self.today)
        said = [by] if by != party else []
        choices = ([*said, latest.article.source, day], [*said, day], [day])
        for parts in choices:
            where = f" {GLYPHS.dash} {', '.join(part for part in parts if part)}"
            if (room := width - cell_len(where)) >= LEAST_WORDS:
                break
        return where, room

    def _draw_claim(self, claim: Claim, width: int) -> Text:
        palette = self.palette
        flash = self._flash(claim.by, f"claim {claim.about}")
        text = Text(end="", style=flash)
        text.append(f"{GLYPHS.claim} {claim.by} claims {claim.about}: ", palette.accent)
        text.append(
            f"{GLYPHS.stances[claim.claimed_stance]} {claim.claimed_stance}", palette.stance(claim.claimed_stance)
        )
        text.append(" against its own words: ", palette.dim)
        text.append(f"{GLYPHS.stances[claim.own_stance]} {claim.own_stance}", palette.stance(claim.own_stance))
        room = width - text.cell_len - 5
        if room >= 16:
            opening, closing = GLYPHS.quotes
            words = excerpt(claim.statement, room, GLYPHS.ellipsis)
            text.append(f"  {opening}{words}{closing}", palette.faint)
        return text
