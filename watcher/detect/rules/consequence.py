"""What someone says follows from it: `warned of chaos if it is rejected`, `will resign if it passes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import becoming
from watcher.detect.finding import Finding, Scene, as_first, signed
from watcher.detect.path import cue
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

RETALIATING = frozenset(
    [
        "resign",
        "walk",
        "strike",
        "sue",
        "retaliate",
        "secede",
        "rebel",
        "appeal",
        "march",
        "protest",
        "boycott",
        "fight",
    ]
)
WARNING = frozenset(["warn", "fear", "worry", "caution", "alarm"])
COMING = frozenset(["will", "would", "to", "could", "may", "might"])
UNLESS = frozenset(["unless", "until"])

REACH = 14
"""Words between what would follow and the "if"."""


def consequence(scene: Scene, path: Path) -> Iterator[Finding]:
    """Who warns of what follows wants the contrary of what it would follow from."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    if "if" not in parsed.vocabulary and UNLESS.isdisjoint(parsed.vocabulary):
        return
    near = range(target.start - 1, max(-1, target.start - 8), -1)
    condition = next((x for x in near if lower[x] == "if" or lower[x] in UNLESS), -1)
    if condition < 2 or "," in parsed.words[condition : target.start]:
        return
    fate = becoming(parsed, target) if not path.kind else None
    comes = path.sign if path.kind in ("verb", "action") else target.sign * fate.sign if fate else 0
    if not comes:
        return
    if lower[condition] in UNLESS:
        yield from _held_back(scene, path, condition, comes)
        return
    for i in range(condition - 1, max(-1, condition - REACH), -1):
        if parsed.words[i] in (";", ":", "—"):
            return
        mentions: tuple[Mention, ...] = ()
        told = parsed.saying(i)
        hit = parsed.verb(i)
        lemma = told.lemma if told else hit[0].lemma.split()[0] if hit else ""
        retaliates = (lower[i] in RETALIATING or _leaves(lower, i)) and not COMING.isdisjoint(lower[max(0, i - 2) : i])
        if lemma in WARNING or (retaliates and not parsed.negated(i - 1)):  # "will not resign if it passes"
            subject = subject_of(parsed, i, scene.memory)
            mentions = subject.mentions if subject.kind == "party" else ()
            if subject.kind == "first" and (source := scene.speaker(i)) and source.kind == "party":
                mentions = as_first(source.mentions)
            marks = [cue(parsed, i, i + 1, -1), cue(parsed, condition, condition + 1, 0), *path.cues]
            marks += [cue(parsed, fate.start, fate.end, fate.sign)] if fate else []
            for mention in mentions:
                yield Finding(mention, signed(-comes), "judgement", i, target, marks, how=subject.how)
            return


def _leaves(lower: list[str], i: int) -> bool:
    """`leave the coalition`, `bring down the government`: the verb at `i` ends what one has in common."""
    return lower[i] in LEAVING and not COMMON.isdisjoint(lower[i + 1 : i + 6])


LEAVING = frozenset(["leave", "quit", "bolt", "exit", "abandon", "topple", "collapse", "bring", "pull", "withdraw"])
COMMON = frozenset(["coalition", "government", "cabinet", "alliance", "talks", "bloc", "caucus", "committee"])


def _held_back(scene: Scene, path: Path, condition: int, comes: int) -> Iterator[Finding]:
    """`will not rest until it is scrapped`, `will strike unless it is signed`: who wants it so."""
    parsed = scene.parsed
    if any(other.end <= condition for other in parsed.targets):
        return  # "will not sign the pact until the council has ratified it"
    at = next((x for x in range(condition - 1, max(-1, condition - REACH), -1) if _threatened(parsed, x)), -1)
    if at < 0:
        return
    subject = subject_of(parsed, at, scene.memory)
    source = scene.speaker(at)
    spoken = source.mentions if source is not None and source.kind == "party" else ()
    mentions = subject.mentions if subject.kind == "party" else ()
    if subject.kind in ("first", "none") or (subject.kind != "party" and parsed.lower[at] == "rest"):
        mentions = as_first(spoken)
    for mention in mentions:
        marks = [cue(parsed, at, at + 1, 0), cue(parsed, condition, condition + 1, 0), *path.cues]
        yield Finding(mention, signed(comes), "judgement", at, path.target, marks, how=subject.how)


VOWING = frozenset(["vow", "pledge", "promise", "swear", "plan", "prepare"])


def _threatened(parsed: Parsed, x: int) -> bool:
    """Whether the verb at `x` tells what someone threatens to do, or will not do: "threatened", "will not back"."""
    hit = parsed.verb(x)
    if hit is not None and hit[0].lemma == "threaten":
        return True
    if parsed.auxiliary(x) or parsed.negated(x) or not parsed.lower[x].isalpha():
        return False
    before = parsed.back_over(x - 1, parsed.light)
    group = parsed.lower[before + 1 : x]
    vowing = parsed.verb(before) if before >= 0 and group[:1] == ["to"] else None
    if COMING.isdisjoint(group) or (group[:1] == ["to"] and (vowing is None or vowing[0].lemma not in VOWING)):
        return False
    turned = any(parsed.negated(k) for k in range(before + 1, x))
    hostile = parsed.lower[x] in RETALIATING or (hit is not None and hit[0].sign < 0)
    return turned or hostile
