"""Whom "who", "which" and "that" take up: "the only senator who backs it", "X, the mayor who wrote it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.counting import handful
from watcher.detect.naming import phrase_start

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def done_to(parsed: Parsed, lo: int, j: int) -> bool:
    """Whether a name that ends at `lo` does something to the noun at `j`: "X fired a minister who criticised it"."""
    parted = parsed.lexicon.sets["determiners"] | parsed.lexicon.sets["prepositions"]
    acts = parsed.lower[lo : lo + 1] and parsed.lower[lo].endswith(("ed", "s")) and parsed.lower[lo] != "'s"
    apart = any(x in parted or x[0].isdigit() or x in FEW for x in parsed.lower[lo + 1 : j])
    return lo < j and bool(acts) and (apart or (lo + 1 == j and parsed.lower[lo].endswith("ed")))


FEW = frozenset(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "some", "several"])


def one_of(parsed: Parsed, j: int) -> int:
    """`X is one of several states that back it`: the token of "one", whose subject it is; -1 if nothing is said so."""
    for x in range(j - 1, max(1, j - 4), -1):
        if parsed.lower[x] in ("only", "last", "first", "sole", "lone") and parsed.lower[x - 1] == "the":
            return x - 2 if x > 1 and parsed.auxiliary(x - 2) else -1
    for x in range(j - 1, max(1, j - PART), -1):
        if not parsed.words[x].isalnum():
            return -1
        if parsed.lower[x] == "of" and parsed.lower[x - 1] in ("one", "part", "member", "two", "three"):
            k = x - 2 - (parsed.lower[x - 2] == "a")
            return x - 1 if parsed.auxiliary(k) else -1
        if parsed.lower[x] == "among":
            return x if parsed.auxiliary(x - 1) else -1
    return -1


PART = 9
"""Words from "among" or "one of" to those who do something, at most."""


def described(parsed: Parsed, j: int) -> Mention | None:
    """`X, the Idaho senator who sponsored it`: X, whom the noun at `j` describes."""
    for x in range(j - 1, max(0, j - 11), -1):
        if parsed.words[x] == ",":
            if j - x > 5 and ONLY.isdisjoint(parsed.lower[x + 1 : x + 4]):
                return None
            mention = next((m for m in parsed.mentions if m.end == x and m.actor and m.person), None)
            return mention if parsed.lower[x + 1] in ("a", "an", "the") else None
        if not parsed.words[x].isalpha() or parsed.verb(x) is not None:
            return None
    return None


ONLY = frozenset(["only", "sole", "lone", "first", "last", "one"])
"""Behind these it is the one described who acts: "the only senator from the state who backs it"."""


def is_antecedent(parsed: Parsed, mention: Mention, relative: str) -> bool:
    """Whether "which" or "who" right behind a name takes up that name, also "close to X, which ..." and "talks with the
    Greens, who ..."; not "a member of the Greens who ..."."""
    if handful(parsed, mention) == "some":
        return False
    if relative == "which":
        return not mention.person
    behind_comma = parsed.words[mention.end : mention.end + 1] == [","]
    whole = mention.plural and behind_comma
    start = phrase_start(parsed, mention.start)
    start -= whole and parsed.lower[start - 1] in ("the", "all")
    inside = start > 0 and parsed.lower[start - 1] in (("of",) if behind_comma else ("of", "by"))
    return relative == "who" and (mention.person or whole) and not inside
