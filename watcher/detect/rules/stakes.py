"""What someone says comes of it: `would lose jobs under it`, `could not live without it`, `if it were signed`,
`had lost their jobs because of it`."""

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
    from watcher.detect.targets import Target

COMING = frozenset(["will", "would", "could", "may", "might"])
FACING = frozenset(["face", "faces", "faced", "facing"])
"""What one does without it comes as surely as what one will."""
WITH_IT = {"under": 1, "without": -1}
"""Before the target: whether what is told comes with it."""
CAUSES = (["because", "of"], ["result", "of"], ["due", "to"], ["owing", "to"], ["thanks", "to"])
"""Before the target: what is told has come of it already, or will."""

LOSSES = frozenset(
    ["lose", "leave", "suffer", "collapse", "close", "die", "struggle", "vanish", "disappear", "starve", "shrink"]
)
LOSSES |= {
    "go",
    "evaporate",
    "perish",
    "axed",
    "lost",
    "left",
    "suffered",
    "collapsed",
    "closed",
    "died",
    "shrunk",
    "fewer",
    "nothing",
    "default",
    "hunger",
}
LOSSES |= {"closure", "bankruptcy", "ruin", "extinction", "famine", "starvation", "layoffs", "shortages", "debts"}
GAINS = frozenset(["thrive", "prosper", "flourish", "gain", "benefit", "profit", "save"])
GAINS |= {
    "thriving",
    "prospered",
    "prospering",
    "flourished",
    "flourishing",
    "gained",
    "benefited",
    "profited",
    "saved",
}
"""What befalls someone, beside the lexicon's words of judgement."""

OPENING = 4
"""Words at the opening of a sentence that the speaker behind them tells, too: "Without it, X said, ..."."""

REACH = 14
"""Words between what would come and the words that tie it to the target."""


def stakes(scene: Scene, path: Path) -> Iterator[Finding]:
    """The speaker, who is for what would do good or spare harm."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    caused = _caused(parsed, target)
    if caused < 0 and COMING.isdisjoint(parsed.vocabulary) and FACING.isdisjoint(parsed.vocabulary):
        return
    source = scene.speaker(target.start) or (scene.speaker(len(parsed) - 2) if target.start < OPENING else None)
    if source is None or source.kind != "party":
        return
    tie, comes = (caused, target.sign) if caused >= 0 and not path.kind else _tie(parsed, path)
    if tie < 0 or not comes:
        return
    opens = tie == 0 or parsed.words[tie - 1] in (",", *HARD) or lower[tie - 1] == "that"
    if opens:
        comma = next(
            (x for x in range(target.end, min(len(parsed), target.end + 6)) if parsed.words[x] == ","), target.end
        )
        comma = _behind_speaker(parsed, comma)
        lo, hi = comma, next((x for x in range(comma + 1, min(len(parsed), comma + REACH)) if _ends(parsed, x)), comma)
    else:
        hi = tie
        lo = next((x for x in range(tie - 1, max(-1, tie - REACH), -1) if _ends(parsed, x)), max(-1, tie - REACH)) + 1
    at, value = _befalls(parsed, lo, hi, caused=caused >= 0)
    if not value and lower[tie] == "thanks":
        at, value = tie, 1
    if not value and lower[tie] == "without":
        at, value = _spared(parsed, lo, hi)
    if not value:
        return
    for mention in source.mentions:
        marks = [cue(parsed, at, at + 1, value), cue(parsed, tie, tie + 1, comes), *path.cues]
        yield Finding(
            mention, signed(value * comes), "predicate", target.start, target, marks, how=f"speaker: {source.name}"
        )


def _caused(parsed: Parsed, target: Target) -> int:
    """Where "because of" stands right before the target; -1 if it does not."""
    k = parsed.back_over(target.start - 1, lambda x: parsed.lower[x] in ("the", "this", "a", "that"))
    return k - 1 if k > 0 and parsed.lower[k - 1 : k + 1] in CAUSES else -1


def _behind_speaker(parsed: Parsed, comma: int) -> int:
    """The comma that ends ", X said," where the one at `comma` begins it; else `comma`."""
    close = next((x for x in range(comma + 1, min(len(parsed), comma + 7)) if parsed.words[x] == ","), comma)
    return close if any(parsed.saying(x) is not None for x in range(comma, close)) else comma


def _spared(parsed: Parsed, lo: int, hi: int) -> tuple[int, int]:
    """Where [lo, hi) tells that something cannot be without it (-1) or can (1): "could not be built", "could do"."""
    lower = parsed.lower
    modal = next((x for x in range(lo, hi) if lower[x] in COMING or lower[x] == "can"), -1)
    if modal < 0:
        return -1, 0
    if lower[hi - 1] in ("do", "live", "manage", "cope") and hi - modal < 4:
        return modal, -1 if any(parsed.negated(x) for x in range(modal, hi)) else 1
    return modal, -1 if any(parsed.negated(x) for x in range(modal, min(hi, modal + 3))) else 0


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


def _befalls(parsed: Parsed, lo: int, hi: int, *, caused: bool) -> tuple[int, int]:
    """Where [lo, hi) tells of harm (-1) or good (1) to come, or that was `caused`; 0 where of neither, or of both."""
    lower, lexicon = parsed.lower, parsed.lexicon
    modal = lo if caused else next((x for x in range(lo, hi) if lower[x] in COMING or lower[x] in FACING), -1)
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
