"""What one says against what others say: `dismissed fears that it would cost jobs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.attribution import Source
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from watcher.detect.finding import Scene
    from watcher.detect.targets import Target

REBUTTING = "rebutting"
"""How the source of such a judgement is known."""

CLAIMS = frozenset(["claim", "fear", "accusation", "allegation", "suggestion", "complaint", "warning", "argument"])
CLAIMS |= {"criticism", "charge", "assertion", "contention"}
CLAIMS = CLAIMS | {f"{claim}s" for claim in CLAIMS} | {"notion", "idea"}
REJECTING = frozenset(
    ["reject", "dismiss", "deny", "dispute", "refute", "rebut", "brush off", "shrug off", "play down"]
)
REJECTING |= {"mock", "scoff at"}


def rebutting(scene: Scene, target: Target) -> Source | None:
    """`dismissed fears that it would cost jobs`: who says the contrary of what others say of the target."""
    parsed = scene.parsed
    that = next((x for x in range(target.start - 1, max(0, target.start - 4), -1) if parsed.lower[x] == "that"), -1)
    if that < 2 or parsed.lower[that - 1] not in CLAIMS:
        return None
    for x in range(that - 2, max(-1, that - 6), -1):
        hit = parsed.verb(x)
        if hit is not None and hit[0].lemma in REJECTING:
            subject = subject_of(parsed, x, scene.memory)
            return Source("party", subject.name, subject.mentions, REBUTTING) if subject.kind == "party" else None
    return None
