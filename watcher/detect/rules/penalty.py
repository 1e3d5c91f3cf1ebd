"""Who punishes what is done for the target, or against it: `imposed sanctions on firms that build it`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, signed
from watcher.detect.path import cue
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

PENALTIES = frozenset(["sanctions", "penalties", "penalty", "fines", "fine", "tariffs", "punishment", "reprisals"])
AT = frozenset(["on", "against", "for"])
DOERS = frozenset(["that", "who", "which", "involved", "behind", "building", "working", "laying", "supplying"])
"""Behind those who are punished they tell what for."""

BREAKING = ("break", "broke", "violat", "flout", "breach", "defy", "defies", "ignor", "evad", "circumvent", "obstruct")
"""Stems of what is done against a rule."""

IMPOSING = frozenset(["announce", "impose", "threaten", "order", "sign", "issue", "levy", "prepare", "plan", "include"])
IMPOSING |= {"slap", "approve", "back", "support", "want", "propose", "demand", "call for", "introduce", "adopt", "set"}

REACH = 14
"""Words between the penalty and the target."""


def penalty(scene: Scene, path: Path) -> Iterator[Finding]:
    """Whoever imposes or wants the penalty is against what it is for."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    if PENALTIES.isdisjoint(parsed.vocabulary) or path.void or path.hypothetical:
        return
    near = range(target.start - 2, max(0, target.start - REACH), -1)
    at = next((x for x in near if lower[x] in PENALTIES and lower[x + 1] in AT), -1)
    doer = next((x for x in range(at + 2, target.start) if lower[x] in DOERS), -1) if at > 0 else -1
    owner = lower[target.end : target.end + 1] in (["'s"], ["'"])
    if doer < 0 or owner or any(not parsed.words[x].isalnum() for x in range(at, target.start)):
        return
    verb = next((x for x in range(at - 1, max(-1, at - 5), -1) if parsed.verb(x) is not None), -1)
    if verb > 3 and lower[verb - 1] in ("that", "which"):  # "signed a bill that includes sanctions"
        verb = next((x for x in range(verb - 2, max(-1, verb - 7), -1) if parsed.verb(x) is not None), verb)
    hit = parsed.verb(verb) if verb >= 0 else None
    before = parsed.back_over(verb - 1, parsed.light)
    if hit is None or hit[0].lemma not in IMPOSING or any(parsed.negated(x) for x in range(before + 1, verb)):
        return
    doing = _doing(parsed, doer, path)
    subject = subject_of(parsed, verb, scene.memory)
    for mention in subject.mentions if subject.kind == "party" else ():
        marks = [cue(parsed, verb, at + 1, -1), cue(parsed, doer, doer + 1, 0)]
        yield Finding(mention, signed(-doing * target.sign), "judgement", verb, target, marks, how=subject.how)


def _doing(parsed: Parsed, doer: int, path: Path) -> int:
    """1 where what is punished furthers the target, as building it does, -1 where it breaks or fights it."""
    words = parsed.lower[doer : path.target.start]
    if any(word.startswith(BREAKING) for word in words):
        return -1
    acts = path.kind == "verb" and path.top > doer
    return path.sign * path.target.sign if acts else 1
