"""Clauses that leave the verb out: `..., nor does X`, `so does X`, `X does not`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.counting import handful
from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.naming import phrase_start
from watcher.detect.path import cue
from watcher.detect.qualify import qualify
from watcher.detect.verb_subjects import subject_of
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

DOING = frozenset(["do", "does", "did", "will", "would", "has", "have", "is", "are", "can", "could"])


def ellipsis(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """What such a clause says of its party, after the last finding in the sentence."""
    if not found:
        return
    parsed, lower = scene.parsed, scene.parsed.lower
    model = max(found, key=lambda finding: finding.at)
    for i in range(model.at + 1, len(parsed) - 2):
        alike = lower[i] in ("nor", "neither", "so") or (lower[i] == "as" and parsed.words[i - 1] == ",")
        if alike and lower[i + 1] in DOING:
            mention = first_mention(parsed, i + 2, i + 9)
            stance = model.stance
        elif (mention := parsed.mention_at(i)) and mention.start == i and mention.actor:
            k = mention.end
            if _likewise(parsed, i, k):
                stance = model.stance
            elif (
                not (lower[k : k + 1] and lower[k] in DOING and lower[k + 1 : k + 2] == ["not"])
                or (k + 2 < len(parsed) and parsed.words[k + 2][0].isalnum())
                or model.stance is not Stance.SUPPORT
            ):
                continue
            else:
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


def _likewise(parsed: Parsed, i: int, k: int) -> bool:
    """`..., and X followed suit`, `X did the same`, `X followed eight days later`, where X stands from `i` to `k`."""
    if parsed.lower[k : k + 1] in (["'s"], ["'"]):  # "the union's board followed suit"
        k = next((x for x in range(k + 1, min(len(parsed), k + 5)) if parsed.lower[x] in ("followed", "did")), k)
    behind = parsed.lower[k : k + 3]
    if parsed.lower[phrase_start(parsed, i) - 1] not in ("and", ";", ",", "while"):
        return False
    if behind[:2] in SUIT or behind in SAME:
        return True
    return behind[:1] == ["followed"] and "later" in parsed.lower[k + 1 : k + 5]


SUIT = (["followed", "suit"], ["did", "likewise"])
SAME = (["did", "the", "same"],)


def so_do(scene: Scene, path: Path) -> Iterator[Finding]:
    """`Traders back it, and so does X`, `as do X and Y`: X, where the first are no party."""
    parsed, lower, end = scene.parsed, scene.parsed.lower, path.target.end
    if path.kind not in ("verb", "adjective") or path.void or path.hypothetical or DOING.isdisjoint(parsed.vocabulary):
        return
    if subject_of(parsed, path.top, scene.memory).kind not in ("other", "named", "unnamed"):
        return
    for i in range(end, min(end + NEAR, len(parsed) - 2)):
        alike = lower[i] in ("nor", "neither", "so") or (lower[i] == "as" and parsed.words[i - 1] == ",")
        if not alike or lower[i + 1] not in DOING:
            continue
        mention = first_mention(parsed, i + 2, i + 9)
        sign = path.sign if path.negated or lower[i] in ("so", "as") else -path.sign  # "few back it, nor does X"
        for member in group_right(parsed, mention) if mention else ():
            if handful(parsed, member) != "some":
                marks = [*path.cues, cue(parsed, i, i + 1, 1)]
                finding = Finding(member, signed(sign), "clause", i, path.target, marks, how="ellipsis")
                qualify(parsed, finding, path)
                yield finding
        return


NEAR = 8
"""Words between the target and "so does X", at most."""

ALONGSIDE = (("alongside",), ("like",), ("together", "with"), ("along", "with"), ("joined", "by"), ("shared", "by"))
OPENERS = frozenset(words[0] for words in ALONGSIDE)
ALLIES = frozenset(["the", "its", "his", "her", "their", "even"])


def alongside(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """`like X, Y opposes it`, `Y voted against it, together with X`, `a view shared by X`: X, who does the same."""
    parsed, lower = scene.parsed, scene.parsed.lower
    model = next((finding for finding in found if finding.rule == "clause"), None)
    if model is None or OPENERS.isdisjoint(parsed.vocabulary):
        return
    known = {finding.mention.party for finding in found}
    for i in range(len(parsed) - 2):
        words = next((w for w in ALONGSIDE if tuple(lower[i : i + len(w)]) == w), None)
        opens = i == 0 or parsed.words[i - 1] == "," or lower[i - 1] in ("view", "position", "stance", "opinion")
        if words is None or not opens:
            continue
        start = i + len(words)
        while start < len(parsed) - 1 and (lower[start] in ALLIES or lower[start].isdigit()):
            start += 1
        mention = next((m for m in parsed.mentions if m.start == start and m.actor), None)
        if mention is None or lower[mention.end : mention.end + 1] in (["'s"], ["'"]) or mention.party in known:
            continue
        ends = mention.end >= len(parsed) or not parsed.words[mention.end][0].isalnum() or lower[mention.end] == "and"
        for member in group_right(parsed, mention) if ends else ():
            marks = [*model.cues, cue(parsed, i, i + len(words), 0)]
            yield replace(model, mention=member, cues=marks, how="alongside", deed=False)
        return
