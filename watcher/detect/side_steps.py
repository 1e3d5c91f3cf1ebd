"""Steps of the walk that few targets need: "whether", "a no to", threats, "in favour of", exchanges, terms, "how"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.governors import near
from watcher.detect.links import negate
from watcher.detect.marks import OWNING, QUOTES
from watcher.detect.opposing import threat
from watcher.detect.path import cue

if TYPE_CHECKING:
    from watcher.detect.climb import Climb

REACH_EXCHANGE = 14
"""Words between "in exchange for" and who gives what."""

IN_FAVOUR = (["in", "favour", "of"], ["in", "favor", "of"], ["in", "support", "of"])
TAKING_SIDES = frozenset(
    ["vote", "argument", "stance", "position", "statement", "speech", "rally", "appeal"]
) | frozenset(["votes", "arguments", "appeals"])
"""Nouns with "in favour of" behind them."""

FIRM = frozenset(["firm", "hard", "solid", "definite", "likely", "certain", "clear", "resounding"])
"""What a "no" may be like."""

LESSER = frozenset(
    ["weaker", "softer", "narrower", "different", "revised", "modified", "lighter", "stronger", "tougher"]
)
"""Who wants such a version of it wants it changed."""
BEHIND_TERMS = frozenset(["to", "in", "on", "of", "for", "from"])


def whether(walk: Climb) -> bool:
    """`weighing whether to sign`: the same subject withholds; `asked whether X would sign` says nothing."""
    parsed, path, i = walk.parsed, walk.path, walk.at
    if parsed.lower[i] != "whether" or not path.kind:
        return False
    k = next((k for k in range(i - 1, max(-1, i - 4), -1) if parsed.verb(k) is not None), -1)
    hit = parsed.verb(k) if k >= 0 else None
    if hit is not None and parsed.lower[i + 1 : i + 2] == ["to"] and "say" not in hit[0].kinds:
        path.undecided, path.kind, path.top = True, "verb", k
        path.cues.insert(0, cue(parsed, k, i + 1, 0))
        path.verbs.append(hit[0])
    else:
        path.hypothetical = True
    return walk.end()


def a_no(walk: Climb) -> bool:
    """`campaign for a no to it`: turns the sign, and is passed over like other nouns."""
    parsed, path, i = walk.parsed, walk.path, walk.at
    before = parsed.back_over(i - 1, lambda x: parsed.lower[x] in FIRM or parsed.words[x] in QUOTES)
    if parsed.lower[i] == "no" and not path.kind and i and parsed.lower[before] in ("a", "the"):
        path.sign = -path.sign
        path.cues.insert(0, cue(parsed, i, i + 1, -1))
        if parsed.lower[i + 1] == "on" or parsed.lower[i + 2 : i + 3] == ["on"]:
            path.kind, path.top = "noun", i  # "is a no on it"
            return walk.end()
    return False


def strike(walk: Climb) -> bool:
    """`X's strike over it`: a strike is against what it is over."""
    parsed, path, i = walk.parsed, walk.path, walk.at
    if parsed.lower[i] != "over" or path.kind or i < 2 or parsed.lower[i - 1] not in STRIKES:
        return False
    if parsed.lower[i - 2] == "on":  # "went on strike over it": the verb's own words
        return False
    path.sign, path.kind, path.top = -path.sign, "noun", i - 1
    path.cues.insert(0, cue(parsed, i - 1, i + 1, -1))
    return walk.end()


def assessment(walk: Climb) -> bool:
    """`gave a scathing assessment of it`: the adjective tells; without one the chain ends."""
    parsed, path, i = walk.parsed, walk.path, walk.at
    if parsed.lower[i] not in ASSESSMENTS or path.kind or parsed.lower[i + 1] not in ("of", "on") or not i:
        return False
    sets, adjective = parsed.lexicon.sets, parsed.lower[i - 1]
    sign = (adjective in sets["warm"]) - (adjective in sets["cold"])
    if not sign:
        return walk.end()
    path.sign, path.kind, path.top = sign * path.sign, "noun", i
    path.cues.insert(0, cue(parsed, i - 1, i + 1, sign))
    return walk.end()


ASSESSMENTS = frozenset(["assessment", "verdict", "appraisal", "account", "portrayal", "analysis"])

STRIKES = frozenset(["strike", "strikes", "walkout", "walkouts", "stoppage", "stoppages", "hunger-strike"])


def threatened(walk: Climb) -> bool:
    """`threatened to quit over it`."""
    parsed, path = walk.parsed, walk.path
    if parsed.lower[walk.at] != "over" or path.kind or (k := threat(parsed, walk.at, walk.lo)) < 0:
        return False
    path.sign, path.kind, path.top = -path.sign, "verb", k
    path.cues.insert(0, cue(parsed, k, k + 1, -1))
    negate(parsed, path, k)
    return walk.end()


def in_favour(walk: Climb) -> bool:
    """`X's vote in favour of it`."""
    parsed, path, i = walk.parsed, walk.path, walk.at
    k = i - 3 if i > 2 and parsed.lower[i - 1] in parsed.lexicon.sets["weekdays"] else i - 1  # "on Sunday"
    owned = parsed.lower[i] == "for" and parsed.lower[k] in ("vote", "votes") and parsed.lower[k - 1] in OWNING
    if (
        (parsed.lower[i : i + 3] not in IN_FAVOUR and not owned)
        or path.kind
        or k < 0
        or parsed.lower[k] not in TAKING_SIDES
    ):
        return False
    path.cues.insert(0, cue(parsed, k, i + 3, 1))
    path.kind, path.top = "noun", k
    return walk.end()


def terms(walk: Climb) -> bool:
    """`changes to it`, `no changes to it`: they are passed over, but what is wanted of them is no bare stance."""
    parsed, path, i = walk.parsed, walk.path, walk.at
    lower = parsed.lower
    lesser = lower[i] == "version" and i > 0 and lower[i - 1] in LESSER and lower[i - 2] not in ("the", "this")
    if (lower[i] not in parsed.lexicon.terms and not lesser) or path.kind or path.terms:
        return False
    if lower[i + 1] not in BEHIND_TERMS and lower[i + 1 : i + 4] != ["as", "part", "of"]:
        return False
    if not near(parsed, i + 2, path.top):
        return False
    path.terms = True
    if lower[i - 1] == "no" or lower[i - 2 : i] == ["no", "further"]:
        path.amending, path.sign = True, -path.sign
    path.cues.insert(0, cue(parsed, i, i + 1, 0))
    walk.distance = 0
    return False


def exchange(walk: Climb) -> bool:
    """`offered aid in exchange for it`: what is given stands further left."""
    parsed, path, i = walk.parsed, walk.path, walk.at
    if parsed.lower[i] != "for" or path.kind or parsed.lower[i - 2 : i] not in (["in", "exchange"], ["in", "return"]):
        return False
    path.exchange = True
    path.cues.insert(0, cue(parsed, i - 2, i + 1, 1))
    return walk.go_on(i - 3, REACH_EXCHANGE)


def why(walk: Climb) -> bool:
    """`asked how it could be signed`: no position, but in a title that takes it for granted."""
    parsed, path, i = walk.parsed, walk.path, walk.at
    if parsed.lower[i] == "extent" and parsed.lower[i - 1] == "what" and path.kind:
        path.hypothetical = True  # "decide to what extent it should support it"
        return walk.end()
    if parsed.lower[i] not in ("why", "how") or not path.kind or (i == 0 and parsed.sentence.title):
        return False
    if i and parsed.lower[i - 1] in ("is", "was", "'s", "that's"):
        return False
    if parsed.lower[i] == "how" and parsed.lower[i + 2 : i + 4] in (["it", "is"], ["it", "was"], ["it", "would"]):
        return False  # "stressed how urgent it is to sign it"
    path.hypothetical = True
    return walk.end()
