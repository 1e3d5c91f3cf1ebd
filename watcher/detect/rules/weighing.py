"""Costs against benefits: `its costs outweigh its benefits`, `would cost 400 jobs`, `sells us down the river`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.path import cue

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target
    from watcher.domain.statement import Cue

OUTWEIGHING = frozenset(["outweigh", "outweighs", "outweighed", "outweighing", "exceed", "exceeds", "dwarf", "dwarfs"])
COSTS = frozenset(
    ["costs", "cost", "risks", "risk", "dangers", "harms", "harm", "drawbacks", "disadvantages", "losses"]
)
BENEFITS = frozenset(["benefits", "benefit", "gains", "advantages", "rewards", "upsides", "merits", "savings"])
COSTING = frozenset(["cost", "costs", "costing"])
DEAR = frozenset(
    ["jobs", "job", "lives", "livelihoods", "taxpayers", "families", "us", "consumers", "workers", "dearly"]
)
"""What a thing must not cost anybody, or whom it must not cost anything."""

BALLOT = frozenset(["vote", "yes", "no"])
SIDES = {"for": 1, "to": 1, "against": -1}
REACH = 12
"""Words between the target and what is weighed."""
AMOUNT = 6
"""Words between "cost" and what it costs."""


def weighed(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """What the target costs or brings, as one sign with its words; 0 for nothing."""
    for rule in (_outweighed, _costing, _same_as, _done_to_someone):
        score, cues = rule(parsed, target)
        if score:
            return score, cues
    return 0, []


def _outweighed(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`the costs of the pact outweigh its benefits`, `its benefits outweigh the risks`."""
    lower = parsed.lower
    if OUTWEIGHING.isdisjoint(parsed.vocabulary):
        return 0, []
    at = next((x for x in range(target.end, min(len(parsed), target.end + REACH)) if lower[x] in OUTWEIGHING), -1)
    before = set(lower[max(0, target.start - 4) : at]) if at > 0 else set()
    sign = (not BENEFITS.isdisjoint(before)) - (not COSTS.isdisjoint(before))
    if any(parsed.negated(x) for x in range(target.end, max(at, target.end))):
        sign = -sign
    return sign, [cue(parsed, at, at + 1, sign)] if sign else []


def _costing(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`would cost up to 400 jobs`, `will not cost a single job`."""
    lower, n = parsed.lower, len(parsed)
    k = next((x for x in range(target.end, n) if not parsed.light(x)), n)
    if k >= n or lower[k] not in COSTING:
        return 0, []
    dear = next((x for x in range(k + 1, min(n, k + AMOUNT)) if lower[x] in DEAR), -1)
    if dear < 0 or "how" in lower[max(0, target.start - 4) : target.start]:
        return 0, []
    denied = any(parsed.negated(x) for x in range(target.end, dear))
    return (1 if denied else -1), [cue(parsed, k, dear + 1, 1 if denied else -1)]


def _same_as(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`a vote against the pact is a vote against jobs`: who says so wants what it names last, if that is good."""
    lower, n = parsed.lower, len(parsed)
    k = target.start - 1 - (lower[target.start - 1] in ("the", "this"))
    ours = SIDES.get(lower[k], 0) if k > 1 and lower[k - 1] in BALLOT else 0
    be = target.end
    if not ours or lower[be : be + 1] not in (["is"], ["was"], ["means"], ["would"]):
        return 0, []
    again = next((x for x in range(be + 1, min(n - 2, be + 6)) if lower[x] in BALLOT and lower[x + 1] in SIDES), -1)
    if again < 0:
        return 0, []
    theirs = SIDES[lower[again + 1]] * (-1 if lower[again] == "no" else 1)
    ours *= -1 if lower[k - 1] == "no" else 1
    ill = any(word in parsed.lexicon.bad for word in lower[again + 2 : again + 6])
    sign = ours * theirs * (-1 if ill else 1)
    return sign, [cue(parsed, k - 1, k + 1, sign)]


def _done_to_someone(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`sells the fishermen down the river`, `would give small ports a future`: a verb, whom it is done to, and the
    words that tell."""
    lower, n = parsed.lower, len(parsed)
    k = next((x for x in range(target.end, n) if not parsed.light(x)), n)
    tails = parsed.lexicon.doing.get(lower[k], ()) if k < n else ()
    for x in range(k + 1, min(n, k + 1 + OBJECT)) if tails else ():
        if parsed.words[x] in (",", ".", ";") or (x > k + 1 and parsed.verb(x) is not None):
            break
        for words, sign in tails:
            if tuple(lower[x : x + len(words)]) == words:
                denied = any(parsed.negated(y) for y in range(target.end, k))
                value = -sign if denied else sign
                return value, [cue(parsed, k, x + len(words), value)]
    return 0, []


OBJECT = 6
"""Words of whom it is done to, at most."""
