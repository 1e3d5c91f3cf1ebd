"""What looks like a condition and is none: how long, when, on what terms someone speaks, another clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed

LATELY = (["recently"], ["now"], ["then"], ["lately"], ["today"], ["late"])
"""Behind "until" they tell how long, not what is asked."""


def dated(parsed: Parsed, i: int) -> bool:
    """Whether a year, a day or a month stands at `i`."""
    sets = parsed.lexicon.sets
    return any(word[0].isdigit() or word in sets["months"] for word in parsed.lower[i : i + 1])


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


UNNAMED = re.compile(
    r"anonym|confidential|condition (?:of|for) (?:speaking|talking|discussing|briefing)"
    r"|(?:not (?:to )?be|not being|without being) (?:further )?(?:named|identified|quoted)"
    r"|name (?:not |be )*(?:withheld|used|published|printed)"
)


def unnamed(parsed: Parsed, start: int, end: int) -> bool:
    """`on condition of anonymity`, `on the condition that he not be named`: how someone speaks, not what is asked."""
    return "condition" in parsed.lower[start:end] and bool(UNNAMED.search(" ".join(parsed.lower[start : end + 8])))


def joined_clause(parsed: Parsed, lo: int, hi: int) -> bool:
    """Whether another clause starts between: "... and that the paper will be signed if ..."."""
    return any(
        parsed.lower[x] in ("and", "but")
        and (parsed.lower[x + 1] == "that" or parsed.mention_at(x + 1) or parsed.verb(x + 1))
        for x in range(lo, hi)
    )
