"""Whose position a name right before the noun tells: `passed without Green votes`, `drew Green criticism`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.counting import handful
from watcher.detect.finding import Finding, Scene, signed
from watcher.detect.marks import HARD
from watcher.detect.path import cue
from watcher.detect.rules.against_will import acted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

MEETING = frozenset(
    ["with", "without", "despite", "amid", "amidst", "over", "against", "face", "faces", "faced", "facing", "thanks"]
)
MEETING |= {"drew", "draws", "drawing", "drawn", "met", "meets", "into", "hit", "hits", "sparked", "sparks", "prompted"}
MEETING |= {"won", "wins", "winning", "gained", "gains", "enjoys", "enjoyed", "attracted", "lacks", "lacked", "lost"}
MEETING |= {"under", "needed", "lacking", "overcame", "overcoming"}
"""Words before a party's position that tell that the target meets with it."""

LACKING = frozenset(["without", "lacks", "lacked", "lacking", "lost", "no", "little", "minimal", "scant", "zero"])
"""Among the words before it they tell that it is not there."""

FOR = frozenset(["support", "backing", "approval", "endorsement", "praise", "blessing", "vote", "votes", "applause"])
AGAINST = frozenset(
    [
        "opposition",
        "resistance",
        "criticism",
        "objections",
        "objection",
        "protests",
        "protest",
        "anger",
        "fury",
        "outrage",
    ]
)
AGAINST |= {"veto", "vetoes", "filibuster", "disapproval", "hostility", "backlash", "revolt", "rebellion", "complaints"}
"""Nouns that tell a position wherever a party's name stands before them."""
TO_COME = frozenset(["would", "could", "can", "may", "might", "to", "will", "cannot"])
"""Before a verb they tell what is not done yet."""

REACH = 7
"""Words from what the target meets with to the party."""
NEAR = 16
"""Words between the target and the noun."""


def attributive(scene: Scene, path: Path) -> Iterator[Finding]:
    """A party's name, or its adjective, right before a noun of position that the target meets with."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    if FOR.isdisjoint(parsed.vocabulary) and AGAINST.isdisjoint(parsed.vocabulary):
        return
    to_come = path.kind == "verb" and not TO_COME.isdisjoint(lower[max(0, path.top - 3) : path.top])
    if target is not parsed.targets[0] or to_come:
        return
    for mention in parsed.mentions:
        noun = mention.end + (lower[mention.end : mention.end + 1] in (["'s"], ["'"]))
        if noun >= len(parsed) or handful(parsed, mention) == "some":
            continue
        sign = (lower[noun] in FOR) - (lower[noun] in AGAINST)
        if not sign or not _near(parsed, path, noun) or lower[noun + 1 : noun + 2] in OBJECT:
            continue
        at = next((x for x in range(mention.start - 1, max(-1, mention.start - REACH), -1) if lower[x] in MEETING), -1)
        if at < 0 or any(parsed.words[x] in HARD or parsed.words[x] == "," for x in range(at, mention.start)):
            continue
        absent = any(lower[x] in LACKING or parsed.negated(x) for x in range(at, mention.start))
        done = path.sign if acted(path) and noun > target.end else target.sign
        value = sign * done * (-1 if absent else 1)
        marks = [cue(parsed, at, at + 1, -1 if absent else 0), cue(parsed, noun, noun + 1, sign)]
        yield Finding(mention, signed(value), "reaction", noun, target, marks, how="attributive")


OBJECT = (["to"], ["of"], ["for"], ["from"], ["by"], ["'s"])
"""Behind the noun they tell what it is about, or whose it is: other rules read it."""


def _near(parsed: Parsed, path: Path, noun: int) -> bool:
    """Whether target and noun stand close to each other, with no hard stop between."""
    lo, hi = sorted((path.target.end if noun > path.target.start else path.target.start, noun))
    return hi - lo < NEAR and not any(parsed.words[x] in HARD for x in range(lo, hi))
