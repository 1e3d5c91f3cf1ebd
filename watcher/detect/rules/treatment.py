"""How someone treats those who took a side: `fired a minister who criticised it`, `accused critics of it of lying`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, signed
from watcher.detect.path import cue
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

REACH = 7
"""Words between the verb and the "who" of those it is done to."""


def treatment(scene: Scene, path: Path) -> Iterator[Finding]:
    """Who punishes or blames those who did it is against what they did; who rewards or thanks them is for it."""
    parsed = scene.parsed
    if path.void or path.hypothetical or path.undecided or path.conditional or (done := _done_to(parsed, path)) < 2:
        return
    for x in range(done - 1, max(0, done - REACH), -1):
        if not parsed.words[x].isalnum():
            return
        value = _treating(parsed, x)
        if not value:
            continue
        before = parsed.back_over(x - 1, parsed.light)
        if any(parsed.negated(k) for k in range(before + 1, x)):
            return
        subject = subject_of(parsed, x, scene.memory)
        marks = [cue(parsed, x, x + 1, value), *path.cues]
        for mention in subject.mentions if subject.kind == "party" else ():
            yield Finding(mention, signed(value * path.sign), "judgement", x, path.target, marks, how=subject.how)
        return


def _done_to(parsed: Parsed, path: Path) -> int:
    """Behind those who took the side: the "who" of "those who backed it", the noun of "critics of it"; else -1."""
    if path.kind == "noun":
        return path.top if parsed.lower[path.top] in parsed.lexicon.sets["holders"] else -1
    who = parsed.back_over(path.top - 1, parsed.light)
    told = path.kind == "verb" and who > 0 and parsed.lower[who] == "who" and parsed.words[who - 1] != ","
    return who if told else -1


def _treating(parsed: Parsed, x: int) -> int:
    """1 where the verb at `x` rewards whom it is done to, -1 where it punishes, 0 where it does neither."""
    hit = parsed.verb(x)
    if hit is None:
        return 0
    entry = hit[0]
    return -1 if "punish" in entry.kinds or entry.lemma == "expel" else parsed.lexicon.judging.get(entry.lemma, 0)
