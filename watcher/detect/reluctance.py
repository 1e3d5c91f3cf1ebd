"""What one finds hard to back is not what one wants: `would find it hard to support it`, `cannot imagine doing so`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import QUOTES

if TYPE_CHECKING:
    from collections.abc import Collection

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

HARD_TO = frozenset(
    ["hard", "harder", "difficult", "tough", "tougher", "tricky", "awkward", "painful", "uncomfortable"]
)
IMAGINING = frozenset(
    ["imagine", "imagining", "imagined", "see", "seeing", "saw", "picture", "picturing", "envision", "envisage"]
)
ONESELF = frozenset(["myself", "ourselves", "himself", "herself", "themselves", "itself", "oneself"])
TROUBLE = frozenset(["trouble", "difficulty", "difficulties", "qualms", "misgivings"])
WAYS = frozenset(["how", "way", "ways", "scenario", "circumstances", "path"])
WAY = 6
"""Words between "how" or "way" and what there is none to do."""

TAKING_SIDES = frozenset(
    ["support", "back", "endorse", "favor", "favour", "accept", "defend", "justify", "embrace", "approve", "approve of"]
) | frozenset(["swallow", "stomach", "tolerate", "countenance", "welcome", "recommend", "live with", "vouch for"])
TAKING_SIDES |= {"vote for", "vote in favor of", "vote in favour of", "agree to", "agree with", "agree on", "sell"}
TAKING_SIDES |= {
    "get behind",
    "stand behind",
    "rally behind",
    "go along with",
    "sign on to",
    "sign up to",
    "say yes to",
}
TAKING_SIDES |= {"oppose", "reject", "vote against", "argue against", "argue with", "argue for", "object to"}
"""Of these it is told that they are hard by who does not want to; that a pact is hard to sign only tells its course."""


def finds_hard(parsed: Parsed, path: Path) -> tuple[int, int] | None:
    """The words [start, end) by which the chain is hard to do, or not to be imagined, for whoever takes a side."""
    if path.kind not in ("verb", "action") or not path.verbs or _lemma(path) not in TAKING_SIDES:
        return None
    at = parsed.back_over(path.top - 1, lambda x: parsed.adverb(x) and not parsed.negated(x))
    if at > 0 and parsed.lower[at] == "to":
        return _hard(parsed, at)
    if parsed.lower[path.top].endswith("ing"):
        return _not_imagined(parsed, at)
    return _no_way(parsed, path.top)


def _lemma(path: Path) -> str:
    return path.verbs[-1].lemma


def _hard(parsed: Parsed, to: int) -> tuple[int, int] | None:
    """`hard to`, `difficult for X to`: the adjective before the "to" at token `to`, unless it is denied."""
    k = parsed.back_over(to - 1, lambda x: parsed.words[x] in QUOTES)
    whose = next((x for x in range(k, max(0, k - WAY), -1) if parsed.lower[x] == "for"), -1)
    if k >= 0 and parsed.lower[k] not in HARD_TO and whose > 0:
        k = whose - 1
    if k < 0 or parsed.lower[k] not in HARD_TO:
        return None
    before = parsed.back_over(k - 1, lambda x: parsed.light(x) and not parsed.negated(x))
    return None if before >= 0 and parsed.negated(before) else (k, k + 1)


def _not_imagined(parsed: Parsed, k: int) -> tuple[int, int] | None:
    """`cannot see herself voting for it`, `has trouble backing it`, `saw no way of supporting it`."""
    lower = parsed.lower
    if k >= 1 and lower[k] in ("of", "in", "with"):
        k -= 1
    if k < 1:
        return None
    if lower[k] in TROUBLE or (lower[k] == "time" and lower[k - 1] in HARD_TO):
        denied = any(parsed.negated(x) for x in range(max(0, k - 3), k))
        return None if denied else (k - (lower[k] == "time"), k + 1)
    k -= lower[k] in ONESELF
    return _unseen(parsed, k, IMAGINING) or (_unseen(parsed, k - 1, IMAGINING) if lower[k] in WAYS else None)


def _no_way(parsed: Parsed, top: int) -> tuple[int, int] | None:
    """`does not see how it can support it`, `hard to see a way she could back it`."""
    for x in range(top - 2, max(0, top - WAY), -1):
        if parsed.lower[x] in WAYS:
            return _unseen(parsed, x - 1, IMAGINING)
        if parsed.words[x] == ",":
            return None
    return None


def _unseen(parsed: Parsed, k: int, verbs: Collection[str]) -> tuple[int, int] | None:
    """Whether a verb of imagining at `k`, or just before it, is denied or hard to do."""
    k = parsed.back_over(k, lambda x: parsed.lower[x] in ("any", "a", "no", "of"))
    if k < 1 or parsed.lower[k] not in verbs:
        return None
    if parsed.lower[k - 1] == "to":
        return _hard(parsed, k - 1)
    if parsed.lower[k + 1] == "no":
        return (k, k + 2)
    before = parsed.back_over(k - 1, parsed.light)
    negation = next((x for x in range(before + 1, k) if parsed.negated(x)), -1)
    hard = parsed.lower[k].endswith("ing") and _not_imagined(parsed, k - 1)
    return (negation, k + 1) if negation >= 0 else hard or None
