"""In which sense a marker of conditions stands: `given a guarantee` asks for something, `given the drought` nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.leftwards import before_time
from watcher.detect.no_condition import dated

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed

WINDOW = 8
"""Words behind a marker that tell its sense."""

KNOWN = frozenset(["the", "that", "how", "what", "its", "their", "his", "her", "our", "this", "these", "recent"])
"""Behind "given" they name a reason, not what is asked."""

ASKED = frozenset(["a", "an", "some", "more", "enough", "such", "better", "proper", "sufficient", "stronger", "clear"])
ASKED |= {"further", "real", "firm", "strong", "adequate", "full", "additional", "certain", "guarantees", "changes"}
ASKED |= {"safeguards", "assurances", "improvements", "amendments"}
"""Behind an opening "with" they may begin what is asked."""

IDLE = frozenset(["explanation", "comment", "delay", "warning", "notice", "hesitation", "doubt", "question", "debate"])
IDLE |= {"elaborating", "explaining", "fight", "exception", "fanfare", "success", "reservation", "further"}
"""Behind "without" they ask for nothing."""

BARGAINS = frozenset(["agreement", "deal", "accord", "pact", "understanding", "settlement"])

EVENTS = frozenset(["election", "elections", "vote", "meeting", "summit", "hearing", "deadline", "recess", "holidays"])
EVENTS |= {"weekend", "session", "conference", "debate", "end", "start", "midterms", "trial", "visit", "talks"}
"""Behind "before" they only tell when."""

AT_WILL = (["need", "be"], ["they", "like"], ["you", "like"], ["he", "likes"], ["she", "likes"], ["they", "want"])
"""Behind "if" they leave it to others how, and ask for nothing."""

CALLED = (["roll", "is"], ["votes", "are"], ["vote", "is"], ["ballots", "are"], ["time", "comes"], ["bell", "rings"])
"""Behind "when the" they tell of the vote itself."""


def asks_nothing(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the marker at tokens `start` to `end` has another sense here than that of a condition."""
    lower = parsed.lower
    marker, behind = lower[start], lower[end] if end < len(parsed) else ""
    if lower[start - 1 : end] == ["or", "without"]:
        return True  # "with or without changes"
    if marker == "if" and (behind == "not" or lower[end : end + 2] in AT_WILL):
        return True  # "will sign it tomorrow if need be"
    if marker == "once" and behind in ("again", "more"):
        return True
    if marker in ("before", "once", "given") and (not behind[:1].isalnum() or behind in ("and", "or", "but")):
        return True  # "has been tried before and failed"
    if marker in ("after", "when", "while", "before") and parsed.saying(before_time(parsed, start - 1)) is not None:
        return True  # "will sign it, she said on Monday after a meeting"
    if marker == "given":  # "have been given a free vote"
        return behind in KNOWN or (start > 0 and parsed.auxiliary(start - 1))
    if marker == "provided":  # "aid provided by the bank"
        return behind in parsed.lexicon.sets["prepositions"] or parsed.auxiliary(start - 1)
    if marker in ("while", "when") and parsed.words[start - 1] == ",":
        return True  # "would not sign it, while others would", "by Tuesday, when the money runs out"
    if marker == "in" and lower[start - 1] in BARGAINS:
        return True  # "an agreement in principle"
    if marker == "without":
        return behind in IDLE or lower[end + 1 : end + 2] == ["fight"]
    if marker == "before":
        return not _clause(parsed, end) and _event(parsed, end)
    if lower[start:end] in (["after", "the"], ["after", "a"], ["when", "the"]):
        return not _clause(parsed, end) or lower[end : end + 2] in CALLED  # "will bring it up after the recess"
    if marker == "dependent":
        return lower[start - 1 : start] in (["more"], ["less"], ["too"])  # "will make us more dependent on gas"
    return behind == "possible"  # "as soon as possible"


def opens_no_condition(parsed: Parsed, start: int, comma: int) -> bool:
    """The same of a marker that opens the sentence: "With the vote days away, ...", "Without comment, ..."."""
    marker, inside = parsed.lower[start], parsed.lower[start + 1 : comma]
    if marker == "with":
        tells = any(word.endswith("ing") or word in ("away", "over", "behind") for word in inside)
        proper = inside[:2] in (["the", "right"], ["the", "necessary"], ["the", "proper"])
        return tells or inside[:1] == [] or not (inside[0] in ASKED or proper)
    if marker == "given":
        return inside[:1] == [] or inside[0] in KNOWN
    return marker == "without" and (inside[:1] == [] or inside[0] in IDLE)


def _clause(parsed: Parsed, lo: int) -> bool:
    """Whether what follows is still to come true: a clause with an auxiliary."""
    return any(parsed.auxiliary(x) for x in range(lo, min(len(parsed), lo + WINDOW)))


def _event(parsed: Parsed, lo: int) -> bool:
    """Whether an event or a time is named behind "before"."""
    near = parsed.lower[lo : lo + 4]
    sets = parsed.lexicon.sets
    timed = any(word in EVENTS or word in sets["spans"] or word in sets["weekdays"] for word in near)
    return timed or dated(parsed, lo)
