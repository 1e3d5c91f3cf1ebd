"""How a party answers what it hears of: `a cool reception from X`, `X greeted it with scorn`, `to the delight of X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.path import cue
from watcher.detect.rules.against_will import acted
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.targets import Target

ANSWERS = frozenset(["reaction", "reactions", "response", "responses", "reception", "welcome", "review", "reviews"])
FROM = frozenset(["from", "by", "among"])
GREETING = frozenset(
    ["greet", "greets", "greeted", "meet", "met", "receive", "received", "react", "reacted", "respond", "responded"]
)
MOOD = 4
"""Words between a verb, "with" and the noun of a mood."""
NAMED = 7
"""Words between "from" and the name at most."""


def response(scene: Scene, path: Path) -> Iterator[Finding]:
    """`drew a negative reaction from X`: the adjective tells; of what was done, where a verb tells what that is."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    if target is not parsed.targets[0] or ANSWERS.isdisjoint(parsed.vocabulary):
        return
    moods = parsed.lexicon.sets["warm"], parsed.lexicon.sets["cold"]
    for i in range(target.end, len(parsed) - 2):
        if lower[i] not in ANSWERS or lower[i + 1] not in FROM:
            continue
        sign = (lower[i - 1] in moods[0]) - (lower[i - 1] in moods[1])
        mention = first_mention(parsed, i + 2, i + NAMED) if sign else None
        if mention is None or any(parsed.verb(x) for x in range(i + 2, mention.start)):
            return
        for member in group_right(parsed, mention):
            marks = [cue(parsed, i - 1, i + 2, sign)]
            yield Finding(member, signed(sign * target.sign), "reaction", i, target, marks, how="agent")
        return


def greeting(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X greeted the pact with dismay`: the noun behind "with" tells."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if lower[target.end : target.end + 1] != ["with"] or GREETING.isdisjoint(parsed.vocabulary):
        return
    verb = next((x for x in range(target.start - 1, max(-1, target.start - MOOD), -1) if lower[x] in GREETING), -1)
    mood, sign = _mood(parsed, target.end + 1)
    if verb < 1 or not sign or parsed.auxiliary(verb - 1):
        return
    subject = subject_of(parsed, verb, scene.memory)
    for mention in subject.mentions:
        marks = [cue(parsed, verb, verb + 1, 0), cue(parsed, mood, mood + 1, sign)]
        yield Finding(mention, signed(sign * target.sign), "reaction", verb, target, marks, how=subject.how)


def _mood(parsed: Parsed, lo: int) -> tuple[int, int]:
    """Where the noun of a mood stands from token `lo` on, and its sign; 0 if none does."""
    for x in range(lo, min(len(parsed), lo + MOOD)):
        if sign := _sign(parsed, x) or parsed.lexicon.nouns.get(parsed.lower[x], 0):
            return x, sign
        if parsed.lower[x] in parsed.lexicon.sets["prepositions"]:
            break
    return -1, 0


def _sign(parsed: Parsed, x: int) -> int:
    """The sign of a mood: "dismay", "delight"; 0 of what is none."""
    sets = parsed.lexicon.sets
    return (parsed.lower[x] in sets["moods_good"]) - (parsed.lower[x] in sets["moods_bad"])


def to_their_mood(scene: Scene, path: Path) -> Iterator[Finding]:
    """`to the dismay of X, Y signed it`: X's mood is about what was done."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if not acted(path):
        return
    for i in range(len(parsed) - 4):
        if lower[i] != "to" or lower[i + 1] not in ("the", "great"):
            continue
        of = next((x for x in range(i + 2, i + 2 + MOOD) if lower[x : x + 1] == ["of"]), 0)
        sign = _sign(parsed, of - 1) if of else 0
        mention = first_mention(parsed, of + 1, of + NAMED) if sign else None
        if mention is None or any(parsed.verb(x) for x in range(of + 1, mention.start)):
            continue
        for member in group_right(parsed, mention):
            marks = [cue(parsed, i, of + 1, sign), *path.cues]
            yield Finding(member, signed(sign * path.sign), "reaction", of - 1, path.target, marks, how="agent")
        return
