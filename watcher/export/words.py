"""How boards, printed and exported, name days, voices and whoever said something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.domain.statement import Stance, Voice

if TYPE_CHECKING:
    from datetime import date

    from watcher.domain.board import Claim, Row
    from watcher.domain.statement import Statement

GLYPHS = {Stance.SUPPORT: "▲", Stance.CONDITIONAL: "◐", Stance.UNDECIDED: "○", Stance.OPPOSE: "▼", None: "·"}
VOICES = {Voice.OWN: "own words", Voice.REPORTED: "as reported", Voice.CLAIMED: "as claimed"}
SAYS = {
    Stance.SUPPORT: "supports it",
    Stance.CONDITIONAL: "would accept it on conditions",
    Stance.UNDECIDED: "is undecided",
    Stance.OPPOSE: "opposes it",
}
PAST = "a board of the past: nothing is polled"
"""What is said of the feeds of a board that no news can move."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

ENCODED = {ord(character): f"%{ord(character):02X}" for character in ' "<>\\^`{|}'}
"""Characters that RFC 3987 wants written otherwise; some would also end a link in Markdown."""


def day(value: date) -> str:
    """ "15 Feb 2025"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def stance(value: Stance | None) -> str:
    """Glyph and word."""
    return f"{GLYPHS[value]} {value.value if value else 'no position'}"


def quotation(sentence: str, marks: tuple[str, str] = ("“", "”")) -> str:
    """The sentence on one line and in quotation marks, unless it brings its own.

    One out of a longer quotation brings only the first mark, or the last, and is given the other.
    """
    text = " ".join(sentence.split())
    own = [at for at, character in enumerate(text) if character in '"“”']
    if own == [0, len(text) - 1]:
        text, own = text[1:-1], []
    if not own:
        return f"{marks[0]}{text}{marks[1]}"
    if len(own) > 1:
        return text
    mark, after = text[own[0]], text[own[0] + 1 : own[0] + 2]
    if mark == "”" or (mark == '"' and own != [0] and not after.isalnum()):
        return ("“" if mark == "”" else mark) + text
    return text + ("”" if mark == "“" else mark)


def dissents(row: Row) -> bool:
    """Whether the row's latest words say something else than the row: too little yet to turn it, or pinned over."""
    return row.latest is not None and row.latest.stance is not row.stance


def speaker(statement: Statement) -> str:
    """Who is behind a statement, as a reader would name them."""
    if statement.source or statement.claimed_by:
        return statement.source or statement.claimed_by or ""
    return "unnamed sources" if statement.voice is Voice.REPORTED else statement.party


def notes(row: Row) -> list[str]:
    """What qualifies a row."""
    found = []
    if row.conditions and row.stance is Stance.CONDITIONAL:
        found.append("if " + ", ".join(row.conditions))
    if row.divided:
        found.append("divided")
    if row.voice and row.voice is not Voice.OWN:
        found.append(VOICES[row.voice])
    if row.previous:
        found.append(f"before: {row.previous.value}")
    if row.pin:
        found.append("pinned by a person" + (f": {row.pin.note}" if row.pin.note else ""))
    if row.stale:
        found.append("old")
    if row.unheard:
        found.append("its feeds fail")
    return found


def claim(value: Claim) -> str:
    """What one says of another against the other's own words."""
    return (
        f"{value.by} says that {value.about} {SAYS[value.claimed_stance]}; in its own words it {SAYS[value.own_stance]}"
    )


def link(url: str) -> str:
    """The address if it may be opened from a document: http and https only, without what no address may hold."""
    return url.translate(ENCODED) if url.startswith(("http://", "https://")) else ""
