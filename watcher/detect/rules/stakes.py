"""What someone says would come of it: `would lose jobs under it`, `would suffer without it`, `if it were signed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import becoming
from watcher.detect.finding import Finding, Scene, signed
from watcher.detect.marks import HARD
from watcher.detect.path import cue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

COMING = frozenset(["will", "would", "could", "may", "might"])
WITH_IT = {"under": 1, "without": -1}
"""Before the target: whether what is told comes with it."""

LOSSES = frozenset(
    ["lose", "leave", "suffer", "collapse", "close", "die", "struggle", "vanish", "disappear", "starve", "shrink"]
)
GAINS = frozenset(["thrive", "prosper", "flourish", "gain", "benefit", "profit", "save"])
"""What befalls someone, beside the lexicon's words of judgement."""

REACH = 14
"""Words between what would come and the words that tie it to the target."""


def stakes(scene: Scene, path: Path) -> Iterator[Finding]:
    """The speaker, who is for what would do good or spare harm."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    if COMING.isdisjoint(parsed.vocabulary):
        return
    source = scene.speaker(target.start)
    if source is None or source.kind != "party":
        return
    tie, comes = _tie(parsed, path)
    if tie < 0 or not comes:
        return
    opens = tie == 0 or parsed.words[tie - 1] in (",", *HARD) or lower[tie - 1] == "that"
    if opens:
        comma = next(
            (x for x in range(target.end, min(len(parsed), target.end + 6)) if parsed.words[x] == ","), target.end
        )
        lo, hi = comma, next((x for x in range(comma + 1, min(len(parsed), comma + REACH)) if _ends(parsed, x)), comma)
    else:
        hi = tie
        lo = next((x for x in range(tie - 1, max(-1, tie - REACH), -1) if _ends(parsed, x)), max(-1, tie - REACH)) + 1
    at, value = _befalls(parsed, lo, hi)
    if not value:
        return
    for mention in source.mentions:
        marks = [cue(parsed, at, at + 1, value), cue(parsed, tie, tie + 1, comes), *path.cues]
        yield Finding(
            mention, signed(value * comes), "predicate", target.start, target, marks, how=f"speaker: {source.name}"
        )


def _tie(parsed: Parsed, path: Path) -> tuple[int, int]:
    """The word that ties what is told to the target, and whether that comes with it (1) or without it (-1)."""
    lower, target = parsed.lower, path.target
    k = parsed.back_over(target.start - 1, lambda x: lower[x] in ("the", "this", "such", "a", "that"))
    if k >= 0 and not path.kind and lower[k] in WITH_IT:
        return k, WITH_IT[lower[k]] * target.sign
    near = range(target.start - 1, max(-1, target.start - 8), -1)
    condition = next((x for x in near if lower[x] == "if"), -1)
    if condition < 0 or "," in parsed.words[condition : target.start]:
        return -1, 0
    fate = becoming(parsed, target) if not path.kind else None
    return condition, path.sign if path.kind in ("verb", "action") else target.sign * fate.sign if fate else 0


def _ends(parsed: Parsed, x: int) -> bool:
    """Whether the clause ends at `x`."""
    return (
        parsed.words[x] in (",", *HARD)
        or parsed.lower[x] in ("that", "but", "because", "while")
        or (parsed.saying(x) is not None)
    )


def _befalls(parsed: Parsed, lo: int, hi: int) -> tuple[int, int]:
    """Where [lo, hi) tells of harm (-1) or good (1) to come; 0 where it tells neither, or both."""
    lower, lexicon = parsed.lower, parsed.lexicon
    modal = next((x for x in range(lo, hi) if lower[x] in COMING), -1)
    if modal < 0:
        return -1, 0
    found: dict[int, int] = {}
    for x in range(modal + 1, hi):
        word = lower[x]
        value = (word in lexicon.good or word in GAINS) - (word in lexicon.bad or word in LOSSES)
        for kind, sign in (("bad_phrases", -1), ("good_phrases", 1)):
            span = lexicon.phrase(kind, lower, x, min(hi, x + 5))
            value = sign if span and span[0] == x else value
        if value:
            denied = any(parsed.negated(k) for k in range(max(lo, x - 4), x))
            found[x] = -value if denied else value
    if len(set(found.values())) != 1:
        return -1, 0
    return next(iter(found.items()))
