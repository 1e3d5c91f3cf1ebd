"""Whether the marker of a condition stands in the clause that tells the position, or in another beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import HARD
from watcher.detect.naming import finite

if TYPE_CHECKING:
    from watcher.detect.finding import Finding
    from watcher.detect.parsed import Parsed

SUBORDINATE = frozenset(["after", "when", "as", "while", "whereas", "because", "since", "though", "although", "where"])
"""Open a clause that a marker behind belongs to: "stands by it, he said after they vowed to quit if it is built"."""

CONCEDING = frozenset(["while", "although", "though", "as", "whereas", "even", "after", "when", "because", "since"])
"""Open a sentence with a clause that ends before the main one: "While X wants it, Y said talks end unless ..."."""

JOINING = frozenset(["and", "but", "while", "whereas", "though", "although"])

REACH = 30
"""Words before the marker in which another clause may begin."""

SUBJECT = 8
"""Words of a subject, at most, before its verb."""


def another_clause(parsed: Parsed, finding: Finding, start: int) -> bool:
    """Whether between the position and the marker at `start` behind it a clause with a subject of its own begins."""
    if _joined(parsed, finding.target.end, start) or "which" in parsed.lower[finding.target.end : start]:
        return True
    end = max(finding.at + 1, finding.target.end)
    opened = _conceded(parsed, finding)
    for x in range(max(end, start - REACH), start):
        if parsed.lower[x] in SUBORDINATE and parsed.words[start - 1] != "," and _tells(parsed, x + 1, start):
            return True
        joining = parsed.lower[x] in JOINING or (opened and parsed.words[x] == ",")
        if joining and _own_subject(parsed, finding, x + 1, start):
            return True
    return False


def _joined(parsed: Parsed, lo: int, hi: int) -> bool:
    """Whether another clause starts between: "... and that the paper will be signed if ..."."""
    return any(
        parsed.lower[x] in ("and", "but")
        and (parsed.lower[x + 1] == "that" or parsed.mention_at(x + 1) or parsed.verb(x + 1))
        for x in range(lo, hi)
    )


def in_return(parsed: Parsed, finding: Finding) -> int:
    """`would sign it but wants aid in return`: where what the same party wants starts; -1 if it wants nothing."""
    lower, end = parsed.lower, finding.target.end
    for x in range(end + 2, len(parsed) - 1):
        if parsed.words[x - 1] in HARD:
            return -1
        if lower[x : x + 2] not in (["in", "return"], ["in", "exchange"]) or lower[x + 2 : x + 3] == ["for"]:
            continue
        for k in range(x - 1, end, -1):
            hit = parsed.verb(k)
            if hit is not None and hit[0].lemma in WANTING:
                before = parsed.back_over(k - 1, parsed.light)
                own = lower[before] in ("and", "but") or lower[before] in parsed.lexicon.sets["pronouns"]
                return hit[1] if own else -1
            if parsed.mention_at(k) is not None and parsed.lower[k - 1] in JOINING:
                return -1
        return -1
    return -1


WANTING = frozenset(
    ["want", "ask for", "seek", "demand", "expect", "win", "require", "insist on", "call for", "request"]
)
"""Who does so "in return" makes it depend on that."""


def _conceded(parsed: Parsed, finding: Finding) -> bool:
    """Whether the position stands in a clause that opens the sentence and gives way to the main one."""
    return parsed.lower[0] in CONCEDING and "," not in parsed.words[1 : finding.at]


def _tells(parsed: Parsed, lo: int, hi: int) -> bool:
    """Whether a finite verb stands between two tokens."""
    return any(finite(parsed, x) and parsed.lower[x] != "to" for x in range(lo, hi))


def _own_subject(parsed: Parsed, finding: Finding, lo: int, hi: int) -> bool:
    """Whether a noun that is not the same party stands at `lo` as the subject of a verb before `hi`."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    mention = next((m for m in parsed.mentions if lo <= m.start <= lo + 1), None)
    if lower[lo] in sets["pronouns"] or (mention is not None and mention.name == finding.mention.name):
        return False  # "is for it, but it will not sign unless ..."
    for x in range(lo, min(hi, lo + SUBJECT)):
        if x > lo and lower[x] != "to" and (finite(parsed, x) or parsed.saying(x) is not None):
            return lower[x - 1] not in sets["determiners"]
        if not parsed.words[x].isalpha() and lower[x] not in ("'s", "'", "."):
            return False
        if lower[x] in sets["prepositions"] and lower[x] not in ("of", "in", "from"):
            return False
    return False
