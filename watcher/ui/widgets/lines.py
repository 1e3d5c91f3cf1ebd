"""The lines of a board as they are drawn: a party's cells, its latest words, a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from watcher.export.words import speaker
from watcher.ui.format import age, excerpt, fit, short_day, spark
from watcher.ui.glyphs import GLYPHS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from watcher.domain.board import Claim, Row
    from watcher.domain.statement import Statement
    from watcher.ui.theme import Palette
    from watcher.ui.widgets.columns import Column
    from watcher.ui.widgets.flashes import Flashes

NEWS_DAYS = 7
"""So long a shift is news."""
LEAST_WORDS = 20
"""Cells for the latest words; where they come from is told in fewer rather than cut."""


class Lines(NamedTuple):
    """Draws the lines of one board as of `today`.

    `period` is the time that the trends share. `waits`: what the board rests on is still being read,
    so that silence says nothing yet. `unseen` are parties whose shift was not looked at yet.
    """

    palette: Palette
    columns: Sequence[Column]
    today: date
    period: tuple[date, date]
    flashes: Flashes
    waits: bool = False
    unseen: Collection[str] = ()

    def cells(self, row: Row) -> Text:
        """A party's cells, one a column."""
        line = Text(end="")
        for column in self.columns:
            if line:
                line.append(" ")
            line.append_text(self._cell(row, column))
        return line

    def _cell(self, row: Row, column: Column) -> Text:
        palette, day = self.palette, self.today
        muted = row.stance is None or row.stale
        text, style = "", palette.dim if muted else palette.text
        match column.key:
            case "party":
                text, style = row.party, palette.dim if row.stance is None else palette.strong
            case "stance":
                return self._stance(row, column.width)
            case "feeds":
                text, style = f"{GLYPHS.bad} failing" if row.unheard else "", palette.failing
            case "since":
                return self._since(row, column.width)
            case "was":
                if row.previous is not None:
                    word = f" {row.previous}" if column.width > 3 else ""
                    text, style = GLYPHS.stances[row.previous] + word, palette.dim
            case "trend":
                return self._trend(row, column.width)
            case "confidence":
                text = f"{row.confidence:.0%}".rjust(column.width) if row.latest else ""
            case "sources":
                text = str(row.sources).rjust(column.width) if row.latest else ""
            case "age":
                text = age(row.latest.day, day).rjust(column.width) if row.latest else ""
                style = palette.warn if row.stale else style
            case "conditions":
                text, style = fit(", ".join(row.conditions), column.width, GLYPHS.ellipsis, words=True), palette.text
        return Text(fit(text, column.width, GLYPHS.ellipsis), style + self._flash(row.party, column.key), end="")

    def _since(self, row: Row, width: int) -> Text:
        """The day of the last shift: lit while it is news, with a sign until it was looked at."""
        if row.since is None:
            return Text(" " * width, end="")
        sign = GLYPHS.shift if row.party in self.unseen else ""
        fresh = bool(sign) or (row.previous is not None and (self.today - row.since).days < NEWS_DAYS)
        style = self.palette.dim if row.stale else self.palette.text
        if fresh:
            style = self.palette.accent + self.palette.cue
        text = f"{sign} {short_day(row.since, self.today)}" if sign else short_day(row.since, self.today)
        text = text if cell_len(text) <= width else text.replace(" ", "", 1)
        return Text(text.rjust(width), style + self._flash(row.party, "since"), end="")

    def _stance(self, row: Row, width: int) -> Text:
        palette = self.palette
        style = palette.stance(row.stance)
        if row.stance is None:
            word = f"reading{GLYPHS.ellipsis}" if self.waits else "no position"
            return Text(fit(f"{GLYPHS.stances[None]} {word}", width), palette.dim, end="")
        mark = (f" {GLYPHS.divided}" if row.divided else "") + (f" {GLYPHS.pin}" if row.pin else "")
        text = f"{GLYPHS.stances[row.stance]} {row.stance}{mark}"
        style = style if row.stale else style + Style(bold=True)
        return Text(fit(text, width), style + self._flash(row.party, "stance"), end="")

    def _trend(self, row: Row, width: int) -> Text:
        text = Text(end="")
        flash = self._flash(row.party, "trend")
        for stance in spark(row.trend, *self.period, width):
            sign = GLYPHS.levels[stance] if stance else " "
            text.append(sign, self.palette.stance(stance) + flash)
        return text

    def words(self, row: Row, width: int) -> Text:
        """What was said last, by whom and where; before it what is missing from the columns."""
        palette = self.palette
        text = Text("  ", end="")
        notes = []
        if row.pin:
            machine = f"machine reads {row.machine}" if row.machine else "machine reads no position"
            notes.append((f"pinned{': ' + row.pin.note if row.pin.note else ''} ({machine})", palette.accent))
        if row.divided:
            notes.append(("divided", palette.warn))
        if row.stale:
            notes.append(("old", palette.warn))
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
        if latest.stance is not row.stance:  # too little yet to turn the row, or pinned over
            text.append(f"{GLYPHS.stances[latest.stance]} ", palette.stance(latest.stance))
            room -= 2
        words = excerpt(latest, room, GLYPHS.ellipsis)
        opening, closing = GLYPHS.quotes
        text.append(f"{opening}{words}{closing}", palette.dim + self._flash(row.party, "words"))
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

    def claim(self, claim: Claim, width: int) -> Text:
        """What one says of another, against the other's own words."""
        palette = self.palette
        text = Text(end="", style=self.flashes.style_of_claim(palette, claim))
        text.append(f"{GLYPHS.claim} {claim.by} claims {claim.about}: ", palette.accent)
        text.append(
            f"{GLYPHS.stances[claim.claimed_stance]} {claim.claimed_stance}", palette.stance(claim.claimed_stance)
        )
        own = f"{GLYPHS.stances[claim.own_stance]} {claim.own_stance}"
        against = " against its own words: "
        if text.cell_len + cell_len(against + own) > width:
            against = ", own words: "
        text.append(against, palette.dim)
        text.append(own, palette.stance(claim.own_stance))
        room = width - text.cell_len - 5
        if room >= 16:
            opening, closing = GLYPHS.quotes
            words = excerpt(claim.statement, room, GLYPHS.ellipsis)
            text.append(f"  {opening}{words}{closing}", palette.faint)
        return text

    def _flash(self, party: str, column: str) -> Style:
        return self.flashes.style(self.palette, party, column)
