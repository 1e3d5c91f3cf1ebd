"""Words left of a target behind which nothing belongs to its chain: another clause begins, or another target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.clauses import relative
from watcher.detect.governors import unknown_verb, weightless
from watcher.detect.marks import HARD
from watcher.detect.naming import finite

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

REPLIES = (["in", "response"], ["in", "answer"], ["in", "reply"], ["due"], ["as", "opposed"])

BACK = frozenset(["return", "returned", "repay", "repaid", "refund", "refunded"])
"""What is done so with money for the target takes it away."""


def closes(parsed: Parsed, path: Path, i: int, lo: int) -> bool:
    """Whether the walk from the target to `lo` ends at token `i`."""
    word = parsed.lower[i]
    if word in ("to", "for") and not path.kind and parsed.lower[max(0, i - 2) : i] in REPLIES:
        return True  # "imposed tariffs in response to it"
    joined = word == "," and parsed.lower[i + 1] in ("and", "but", "while")
    if (word == "as" or joined) and not path.kind and _another_clause(parsed, path, i):
        return True  # "praised her as talks on it resumed", "split on one, and a vote on it passed"
    if parsed.words[i] in HARD or (word in parsed.lexicon.sets["clause_starts"] and word != "whether"):
        return True
    told = word == "that" and i > lo and (parsed.saying(i - 1) is not None or parsed.lower[i - 1] in CLAIMS)
    if told or (word == "that" and path.kind):
        return True  # "rejected the idea that it had failed"
    if word == "that" and any(parsed.lower[x].startswith(TELLING) for x in range(max(lo, i - 8), i)):
        return True  # "an effort to persuade firms that the law is bad"
    if not path.kind and (unknown_verb(parsed, i) or relative(parsed, i)):
        return True
    other = parsed.target_at(i)
    if path.kind and i < path.target.start and other and other is not path.target and not _put_forward(parsed, path, i):
        return True
    if not path.kind and other and other.full and i < path.top - 2:
        return True
    if word in ("by", "with") and i > lo and not path.kind and _agent(parsed, i):
        return True  # "a relationship strained by the pact", "a test aligned with it"
    if word == "so" and i > lo and parsed.words[i - 1] == "," and not path.kind:
        return True  # "I want to end this, so I would like a vote on it"
    if word in ("if", "unless") or (word in ("once", "until") and not path.kind):
        return True
    if word in BACK and not path.kind and "for" in parsed.lower[i + 1 : path.top]:
        return True  # "demands that it return the money for it"
    return _subject_of_that(parsed, path, i)


def _agent(parsed: Parsed, by: int) -> bool:
    """Whether a participle that is no word of position stands before "by": "strained by it", not "angered by it"."""
    word = parsed.lower[by - 1]
    if not word.endswith("ed") or parsed.verb(by - 1) is not None:
        return False
    return all((hit := parsed.adjective(x)) is None or hit[1] <= by for x in range(max(0, by - 2), by))


TELLING = ("persuad", "convinc", "warn", "remind", "assur", "inform")

CLAIMS = frozenset(["idea", "notion", "claim", "claims", "suggestion", "suggestions", "argument", "arguments"])
CLAIMS |= {"charge", "charges", "accusation", "accusations", "allegation", "allegations", "assertion", "belief"}
CLAIMS |= {"view", "fact"}
CLAIMS |= {"contention", "theory", "criticism", "reports", "report", "rumours", "rumors", "hope", "hopes", "fears"}


def _put_forward(parsed: Parsed, path: Path, i: int) -> bool:
    """`a proposal by the mayor to sign it`: a word for the target that names what the infinitive is part of."""
    return path.purpose and parsed.lower[i] in parsed.lexicon.proposals and parsed.lower[i + 1] in ("by", "from", "of")


def _subject_of_that(parsed: Parsed, path: Path, i: int) -> bool:
    """`ordered that the pact end`: the target is the subject of a clause of its own."""
    if parsed.lower[i] != "that" or path.kind or not i or parsed.verb(i - 1) is None:
        return False
    return all(weightless(parsed, x) for x in range(i + 1, path.top))


def _another_clause(parsed: Parsed, path: Path, opener: int) -> bool:
    """Whether the target stands in the subject of a clause that "as" or a comma at `opener` opens."""
    end = path.target.end
    after = end < len(parsed) and parsed.verb(end) is None and parsed.lower[end].endswith("ed")
    if parsed.lower[opener] == "as":  # "blames the Greens as pact talks end", "as the pact lapses"
        named = opener > 0 and parsed.mention_at(opener - 1) is not None
        after = after or any(
            (named and parsed.lower[x].endswith("s") and x >= opener + 2)
            or any(e.form == "s" for e in parsed.lexicon.verbs.get(parsed.lower[x], ()))
            for x in range(end, min(len(parsed), end + 2))
        )
    return finite(parsed, end) or after
