"""What someone's demand says is to become of it: `X's demand that it be signed`, `her insistence that it be kept`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import becoming
from watcher.detect.finding import Finding, Scene, signed
from watcher.detect.path import cue
from watcher.detect.rules.ownership import possessor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.path import Path

DEMANDS = frozenset(["demand", "demands", "insistence", "request", "requests", "recommendation", "wish", "call"])
DEMANDS |= {"calls", "proposal", "suggestion", "plea", "pleas", "desire", "condition", "hope", "hopes"}


def demand(scene: Scene, path: Path) -> Iterator[Finding]:
    """Whose demand it is wants it so."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    that = parsed.back_over(target.start - 1, lambda x: lower[x] in ("the", "any", "a", "this"))
    if path.kind or that < 2 or lower[that] != "that" or lower[that - 1] not in DEMANDS:
        return
    fate = becoming(parsed, target)
    if fate is None or {"is", "was", "has", "had"} & set(lower[target.end : fate.start]):
        return
    before = parsed.back_over(that - 2, lambda x: lower[x] in parsed.lexicon.sets["qualities"])
    for mention, how in possessor(scene, before, that - 1):
        marks = [cue(parsed, that - 1, that, 0), cue(parsed, fate.start, fate.end, fate.sign)]
        yield Finding(mention, signed(fate.sign * target.sign), "nominal", that - 1, target, marks, how=how)
