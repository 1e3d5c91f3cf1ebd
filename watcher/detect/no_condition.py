"""What looks like a condition and is none: how long, when, on what terms someone speaks, how far the target comes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed

LATELY = (["recently"], ["now"], ["then"], ["lately"], ["today"], ["late"], ["next"], ["further"])
"""Behind "until" they tell how long, not what is asked."""


def dated(parsed: Parsed, i: int) -> bool:
    """Whether a year, a day or a month stands at `i`."""
    sets = parsed.lexicon.sets
    return any(word[0].isdigit() or word in sets["months"] for word in parsed.lower[i : i + 1])


def until_when(parsed: Parsed, i: int) -> bool:
    """Whether a time stands at `i`, behind "until": "until May", "until next week", "until spring"."""
    times = parsed.lexicon.sets["spans"] | parsed.lexicon.sets["weekdays"]
    return parsed.lower[i : i + 1] in LATELY or dated(parsed, i) or not times.isdisjoint(parsed.lower[i : i + 1])


def delayed(parsed: Parsed, at: int, until: int) -> bool:
    """`put it off until after the holidays`: how long, not what is asked."""
    lower = parsed.lower
    waits = any(
        entry.lemma in DELAYING and list(entry.rest) == lower[x + 1 : x + 1 + len(entry.rest)]
        for x in range(at, until)
        for entry in parsed.lexicon.verbs.get(lower[x], ())
    )
    return waits and not any(parsed.auxiliary(x) for x in range(until + 1, min(len(parsed), until + 8)))


DELAYING = frozenset(["delay", "postpone", "put off", "shelve", "suspend", "freeze"])


def told_then(parsed: Parsed, end: int, at: int) -> bool:
    """`said after the talks that it is ready to sign`: the words before "that" belong to the verb of saying."""
    that = next((x for x in range(end, at) if parsed.lower[x] == "that"), -1)
    if that < 0 or any(parsed.words[x] == "," for x in range(end, that)):
        return False
    return any(parsed.saying(x) is not None for x in range(max(0, end - 5), end))


def so_far(parsed: Parsed, lo: int) -> bool:
    """`if it clears the senate`, `once they send it to her`: words behind "if" that only put the case that the target
    comes about."""
    lower, realised = parsed.lower, parsed.lexicon.sets["realised"]
    window = lower[lo : lo + 8]
    return not realised.isdisjoint(window) or any(" ".join(pair) in realised for pair in pairwise(window))


def in_office(parsed: Parsed, lo: int, party: str) -> bool:
    """`if elected`, `if she wins`, `if her party returns to power`: that it comes to office is no demand."""
    lower = parsed.lower
    if lower[lo : lo + 1] in (["elected"], ["reelected"], ["chosen"]) or lower[lo : lo + 2] == ["re", "elected"]:
        return True
    mention = next((m for m in parsed.mentions if lo <= m.start <= lo + 1), None)
    own = lower[lo : lo + 1] in OWN or (mention is not None and mention.party == party)
    won = next((x for x in range(lo, min(len(parsed), lo + 5)) if lower[x] in WINNING), -1)
    if not own or won < 0:
        return False
    behind = lower[won + 1 : won + 6]
    return not behind or not behind[0][0].isalnum() or behind[0] in AT_THE_POLLS or not OFFICE.isdisjoint(behind)


OWN = (["he"], ["she"], ["it"], ["they"], ["we"], ["i"], ["his"], ["her"], ["its"], ["their"])
WINNING = frozenset(
    ["win", "wins", "won", "elected", "returned", "returns", "take", "takes", "took", "become", "becomes"]
)
WINNING |= {"return", "retake", "retakes", "regain", "regains", "came", "comes", "form", "forms", "gain", "gains"}
AT_THE_POLLS = frozenset(["in", "on", "at", "next", "this"])
OFFICE = frozenset(["election", "elections", "office", "power", "presidency", "president", "government", "majority"])
OFFICE |= {"premier", "chancellor", "governor", "mayor", "vote", "house", "senate", "seat", "nomination", "again"}


def itself_so_far(parsed: Parsed, lo: int) -> bool:
    """The same of "once" and "when", behind which only the target itself may come about."""
    itself = parsed.lower[lo : lo + 1] in (["it"], ["they"]) or parsed.target_at(lo) or parsed.target_at(lo + 1)
    return bool(itself) and so_far(parsed, lo)


UNNAMED = re.compile(
    r"anonym|confidential|condition (?:of|for) (?:speaking|talking|discussing|briefing)"
    r"|(?:not (?:to )?be|not being|without being) (?:further )?(?:named|identified|quoted)"
    r"|name (?:not |be )*(?:withheld|used|published|printed)"
)


def unnamed(parsed: Parsed, start: int, end: int) -> bool:
    """`on condition of anonymity`, `on the condition that he not be named`: how someone speaks, not what is asked."""
    return "condition" in parsed.lower[start:end] and bool(UNNAMED.search(" ".join(parsed.lower[start : end + 8])))
