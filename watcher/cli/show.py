"""Boards and readings on the terminal, by rich. What comes from feeds is never markup."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from watcher.domain.statement import Stance, Strength, Voice
from watcher.export import words as wording
from watcher.ui.format import fit, long_day, period, plural, spark
from watcher.ui.glyphs import choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from watcher.domain.article import Article
    from watcher.domain.board import Board, Claim, PartyReading, Row
    from watcher.domain.statement import Detection, Statement
    from watcher.domain.topic import Topic

COLOURS = {
    Stance.SUPPORT: "green",
    Stance.CONDITIONAL: "yellow",
    Stance.UNDECIDED: "cyan",
    Stance.OPPOSE: "red",
    None: "dim",
}
PIPE_WIDTH = 100
"""Columns where there is no terminal to ask and COLUMNS says nothing."""
TREND_WIDTH = 10

GLYPHS = choose()


class Printer(Console):
    """A console whose reader may go, as head does: rich itself would end the process with 1."""

    def on_broken_pipe(self) -> None:
        """Leaves it to the caller, who ends as after any other broken pipe."""
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """A console that reads no markup, guesses no colours, and obeys NO_COLOR, TERM and COLUMNS."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS", "").isdigit() else PIPE_WIDTH
    return Printer(stderr=stderr, markup=False, highlight=False, emoji=False, width=width)


def show_boards(boards: Sequence[Board], *, past: bool = False) -> None:
    """The boards one below the other. `past`: nothing is polled for them, as for the demo's."""
    out = console()
    for number, board in enumerate(boards):
        if number:
            out.print()
        show_board(out, board, wording.PAST if past else feed_notes(board))


def print_indented(out: Console, text: Text, columns: int, below: int = 0) -> None:
    """Prints the text some columns to the right, without spaces at the ends of its lines."""
    for line in text.wrap(out, max(out.width - columns, 20)):
        line.rstrip()
        out.print(Text(" " * columns) + line)
    for _ in range(below):
        out.print()


def show_board(out: Console, board: Board, feeds: str) -> None:
    """One board: a line a party and below it the latest words, then what contradicts, then how its feeds are doing."""
    head = Text(board.topic, style="bold")
    head.append(f"  {long_day(board.as_of)}", style="dim")
    out.print(head)
    out.print(Text(board.target, style="dim italic"))
    out.print()
    name = min(max(cell_len(row.party) for row in board.rows), 28)
    start, end = period([row.trend for row in board.rows], board.as_of)
    for row in board.rows:
        print_indented(out, party_line(row, name, start, end), 2)
        if words := words_text(row, 2 * (out.width - 4)):
            print_indented(out, words, 4, below=1)
    if board.rows[-1].latest is None:
        out.print()
    for claim in board.claims:
        print_indented(out, claim_text(claim), 2, below=1)
    out.print(Text(feeds, style="dim"))


def party_line(row: Row, width: int, start: date, end: date) -> Text:
    """Who stands where, since when, how it went, what qualifies it, and how sure that is."""
    text = Text()
    text.append(fit(row.party, width + 2, GLYPHS.ellipsis), style="bold" if row.stance else "dim")
    word = row.stance.value if row.stance else "no position"
    text.append(f"{GLYPHS.stances[row.stance]} {word:<13}", style=COLOURS[row.stance])
    if row.stance is not None:
        text.append(f"{long_day(row.since) if row.since else '':<13}")
        for stance in spark(row.trend, start, end, TREND_WIDTH):
            text.append(GLYPHS.levels[stance] if stance else " ", style=COLOURS[stance])
    marks = (
        (row.unheard, f"{GLYPHS.bad} feeds failing", "red"),
        (row.divided, f"{GLYPHS.divided} divided", "yellow"),
        (row.pin is not None, f"{GLYPHS.pin} pinned", "magenta"),
        (row.stale, "old", "yellow"),
    )
    for on, mark, style in marks:
        if on:
            text.append("  " + mark, style=style)
    notes = [f"{row.confidence:.0%} sure", plural(row.sources, "source")] if row.stance and row.statements else []
    notes += [f"was {row.previous.value}"] if row.previous else []
    notes += [wording.VOICES[row.voice]] if row.voice and row.voice is not Voice.OWN else []
    if notes:
        text.append("  " + f" {GLYPHS.dot} ".join(notes), style="dim")
    text.rstrip()
    return text


def words_text(row: Row, room: int) -> Text:
    """The conditions, and the latest words, cut to `room` cells, with who said them and where."""
    text = Text()
    if row.conditions and row.stance is Stance.CONDITIONAL:
        text.append("if " + ", ".join(row.conditions) + "\n", style="yellow")
    if row.latest:
        sign = f"{GLYPHS.stances[row.latest.stance]} " if wording.dissents(row) else ""
        text.append(shortened(sign + quoted(row.latest), room) + "\n")
        text.append(cited(row.latest), style="dim")
    return text


def shortened(text: str, room: int) -> str:
    """The text, cut at a word where it is longer than `room` cells."""
    if cell_len(text) <= room:
        return text
    return fit(text, room - 1, "").rpartition(" ")[0] + GLYPHS.ellipsis


def quoted(statement: Statement) -> str:
    """The sentence in quotation marks, unless it brings its own, on one line."""
    return wording.quotation(statement.sentence, GLYPHS.quotes)


def cited(statement: Statement) -> str:
    """Who said it, where it stands written, and of which day it is."""
    where = statement.article.source or statement.article.title
    return f" {GLYPHS.dot} ".join(part for part in (wording.speaker(statement), where, long_day(statement.day)) if part)


def claim_text(claim: Claim) -> Text:
    """What one says of another, against the other's own words."""
    text = Text(f"{GLYPHS.claim} {wording.claim(claim)}", style="bold")
    text.append(f"\n  {quoted(claim.statement)}\n  ", style="not bold")
    text.append(cited(claim.statement), style="not bold dim")
    return text


def feed_notes(board: Board) -> str:
    """How the feeds are doing; where none was asked, what is to be done."""
    feeds = board.feeds
    if not feeds.ok and not feeds.failing:
        if feeds.waiting:
            return "no feed was polled yet: watcher poll"
        if feeds.off:
            return "all feeds are off, so nothing new will come: set enabled = true in the config"
        return "no feeds, so nothing new will come: add [[feeds]] to the config"
    notes = [f"{plural(feeds.ok, 'feed')} answering"]
    if feeds.failing:
        notes.append(f"{feeds.failing} failing: watcher doctor tells why")
    if feeds.newest:
        notes.append(f"newest item of {long_day(feeds.newest.date())}")
    return f" {GLYPHS.dot} ".join(notes)


def show_analysis(
    article: Article, topic: Topic, matched: bool, parties: Mapping[str, PartyReading], detection: Detection
) -> None:
    """Where each party stands by one text, with the statements."""
    out = console()
    out.print(Text(article.title or article.id, style="bold"))
    if detection.unread:
        out.print(Text(f"not read: {detection.unread}", style="yellow"))
    if not matched:
        out.print(Text(f'does not match the query of "{topic.name}"', style="dim"))
    for party in topic.parties:
        reading = parties.get(party.name)
        text = Text(f"{party.name}: ")
        word = f"{GLYPHS.stances[reading.stance]} {reading.stance.value}" if reading else "no position"
        text.append(word, style=COLOURS[reading.stance if reading else None])
        if reading:
            text.append(
                f" {GLYPHS.dot} {wording.VOICES[reading.voice]} {GLYPHS.dot} {reading.confidence:.0%} sure", style="dim"
            )
            if reading.conditions:
                text.append(f" {GLYPHS.dot} if {', '.join(reading.conditions)}", style="yellow")
        out.print(text)
        show_statements(out, [one for one in detection.statements if one.party == party.name])
    out.print()


def show_statements(out: Console, statements: Iterable[Statement]) -> None:
    """Each statement on a line or more, indented."""
    for one in statements:
        text = Text(f"{GLYPHS.stances[one.stance]} ", style=COLOURS[one.stance])
        text.append(quoted(one), style="default")
        text.append(f" {wording.speaker(one)}, {wording.VOICES[one.voice]}", style="dim")
        print_indented(out, text, 2)


def show_explanation(
    article: Article, topic: Topic, words: tuple[tuple[int, int], ...] | None, detection: Detection
) -> None:
    """Each statement with how it came about, then each sentence that gave none, with the reason."""
    out = console()
    document = article.document
    if words is None:
        out.print(Text(f'The query of "{topic.name}" does not match; the text is read all the same.', style="yellow"))
    else:
        seen = dict.fromkeys(document[start:end] for start, end in words)
        out.print(Text("Matches by: " + ", ".join(seen), style="dim"))
    if detection.unread:
        out.print(Text(f"Not read: {detection.unread}", style="yellow"))
    for one in detection.statements:
        out.print()
        head = Text(f"{one.party} ", style="bold")
        head.append(f"{GLYPHS.stances[one.stance]} {one.stance.value}", style=COLOURS[one.stance])
        head.append(
            f" {GLYPHS.dot} {wording.VOICES[one.voice]} {GLYPHS.dot} {one.strength.value}, {one.confidence:.0%} sure"
        )
        out.print(head)
        print_indented(out, marked(one), 2)
        for name, value in facts(one):
            print_indented(out, Text(f"{name:<10} ", style="dim") + Text(value), 2)
    if detection.rejections:
        out.print()
        out.print(Text("Not read as a position:", style="bold"))
    for rejection in detection.rejections:
        print_indented(out, Text(" ".join(rejection.sentence.split())), 2)
        party = f"{rejection.party}: " if rejection.party else ""
        print_indented(out, Text(party + rejection.reason, style="dim"), 4)
    if not detection.statements and not detection.rejections:
        out.print("No sentence names both a party and the target.")


def marked(statement: Statement) -> Text:
    """The sentence with its cues bold and its target underlined, where they stand."""
    text = Text(statement.sentence)
    for cue in statement.chain:
        text.stylize("bold", max(cue.start - statement.start, 0), max(cue.end - statement.start, 0))
    if statement.target_start >= statement.start:
        start = statement.target_start - statement.start
        text.stylize("underline", start, start + len(statement.target))
    return text


def facts(one: Statement) -> list[tuple[str, str]]:
    """How a statement came about, name and value."""
    signs = {1: "+", 0: "~", -1: "-"}
    chain = " ".join(f"{cue.text}({signs[cue.sign]})" for cue in one.chain)
    found = [
        ("rule", one.rule + (" (weak)" if one.strength is Strength.WEAK else "")),
        ("cue", one.cue),
        ("signs", chain),
        ("target", one.target),
        ("source", one.source or ""),
        ("speaker", one.speaker),
        ("claimed by", one.claimed_by or ""),
        ("conditions", ", ".join(one.conditions)),
        ("said on", one.said_on.isoformat() if one.said_on else ""),
        (
            "notes",
            ", ".join(n for n, on in (("member", one.member), ("deed", one.deed), ("divided", one.divided)) if on),
        ),
    ]
    return [(name, value) for name, value in found if value]
