"""Clauses that leave the verb out: `..., nor does X`, `so does X`, `X does not`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.counting import handful
from watcher.detect.finding import Finding, Scene, first_mention, group_right
from watcher.detect.path import cue
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DOING = frozenset(["do", "does", "did", "will", "would", "has", "have", "is", "are", "can", "could"])
DENYING = frozenset(["don't", "doesn't", "didn't", "won't", "wouldn't", "hasn't", "haven't", "isn't", "aren't"])


def ellipsis(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """What such a clause says of its party, after the last finding in the sentence."""
    if not found:
        return
    parsed, lower = scene.parsed, scene.parsed.lower
    model = max(found, key=lambda finding: finding.at)
    for i in range(model.at + 1, len(parsed) - 2):
        if lower[i] in ("nor", "neither", "so") and lower[i + 1] in DOING:
            mention = first_mention(parsed, i + 2, i + 9)
            stance = model.stance
        elif (mention := parsed.mention_at(i)) and mention.start == i and mention.actor:
            k = mention.end
            denied = lower[k : k + 1] and lower[k] in DENYING
            end = k + 1 if denied else k + 2
            if not denied and not (lower[k : k + 1] and lower[k] in DOING and lower[k + 1 : k + 2] == ["not"]):
                continue
            if (end < len(parsed) and parsed.words[end][0].isalnum()) or model.stance is not Stance.SUPPORT:
                continue
            stance = Stance.OPPOSE
        else:
            continue
        if mention is None or mention.party == model.mention.party:
            continue
        for member in group_right(parsed, mention):
            if handful(parsed, member) == "some":
                continue
            marks = [*model.cues, cue(parsed, i, i + 1, 1 if stance is model.stance else -1)]
            yield replace(model, mention=member, stance=stance, at=i, cues=marks, how="ellipsis", deed=False)
        return
