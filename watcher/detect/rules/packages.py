"""What a party wants to come with the target: `wants tax cuts along with it`, `insists that tax cuts accompany it`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene
from watcher.detect.governors import weightless
from watcher.detect.marks import HARD, QUOTES
from watcher.detect.path import cue
from watcher.detect.verb_subjects import subject_of
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target

WITH_IT = (
    *(("along", "with"), ("together", "with"), ("in", "tandem", "with"), ("as", "part", "of"), ("attached", "to")),
    *(("accompany",), ("accompanies",), ("alongside",), ("included", "in"), ("written", "into"), ("added", "to")),
)
"""What stands between the thing wanted and the target."""
WANTING = frozenset(["want", "demand", "insist", "insist on", "seek", "call for", "ask for", "push for", "press for"])
WANTING |= {"require", "hold out for"}
REACH = 12
"""Words between the verb of wanting and what joins the two."""


def packaged(scene: Scene, target: Target) -> Iterator[Finding]:
    """Who wants the one with the other; not who only "wants to build a lock along with it"."""
    parsed = scene.parsed
    start = _joining(parsed, target)
    if start < 2 or target.sign < 0:
        return
    at = _wanting(parsed, start)
    if at < 0:
        return
    subject = subject_of(parsed, at, scene.memory)
    for mention in subject.mentions if not subject.negated else ():
        marks = [cue(parsed, at, at + 1, 0), cue(parsed, start, target.start, 0)]
        yield Finding(mention, Stance.CONDITIONAL, "terms", at, target, marks, how=subject.how, condition=at + 1)


def _joining(parsed: Parsed, target: Target) -> int:
    """Where "along with" or the like starts right before the target; -1 if nothing does."""
    k = parsed.back_over(target.start - 1, lambda x: weightless(parsed, x) and parsed.lower[x] not in ("of", "to"))
    found = (
        k + 1 - len(words) for words in WITH_IT if tuple(parsed.lower[max(0, k + 1 - len(words)) : k + 1]) == words
    )
    return next(found, -1)


def _wanting(parsed: Parsed, start: int) -> int:
    """The verb of wanting whose object, or whose clause, ends at `start`; -1 if there is none."""
    for x in range(start - 1, max(-1, start - REACH), -1):
        if parsed.words[x] in HARD or parsed.words[x] == "," or parsed.target_at(x) is not None:
            return -1
        hit = parsed.verb(x)
        if hit is None or parsed.words[x] in QUOTES:
            continue
        if hit[0].lemma not in WANTING:
            continue
        behind = parsed.lower[hit[1] : hit[1] + 1]
        denied = any(parsed.negated(y) for y in range(max(0, x - 3), x))
        return -1 if behind == ["to"] or hit[1] >= start or denied else x
    return -1
