"""Whose victory or defeat it is: `parliament passed it, a victory for X`, `the ruling is a blow to X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import becoming
from watcher.detect.finding import Finding, Scene, as_first, group_right, signed
from watcher.detect.governors import weightless
from watcher.detect.links import carried
from watcher.detect.naming import phrase_start
from watcher.detect.path import cue
from watcher.detect.rules.against_will import acted
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.fates import Fate
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.targets import Target

FORTUNES = {
    **dict.fromkeys(["victory", "win", "triumph", "success", "boost", "coup", "breakthrough"], 1),
    **dict.fromkeys(["blow", "setback", "defeat", "loss", "rebuke", "embarrassment", "humiliation"], -1),
}
GIVING = frozenset(["handing", "giving", "dealing", "delivering", "handed", "dealt", "gave", "delivered"])
BEING = frozenset(["is", "was", "be", "as", "became", "marks", "marked", "represents", "represented"])

REACH = 6
"""Words between "a victory for" and the name, or "handing" and "a victory"."""


def fortunes(scene: Scene, path: Path) -> Iterator[Finding]:
    """Who wins by what was done wanted it; who loses by it did not."""
    parsed, target = scene.parsed, path.target
    yield from _rejoicing(scene, target)
    yield from _ensuring(scene, target)
    if FORTUNES.keys().isdisjoint(parsed.vocabulary):
        return
    fate = becoming(parsed, target)
    done = path.sign if acted(path) else target.sign * fate.sign if fate else 0
    for i in range(1, len(parsed)):
        fortune = FORTUNES.get(parsed.lower[i], 0)
        if not fortune or any(parsed.negated(x) for x in range(max(0, i - 4), i)):
            continue
        article = next((x for x in range(i - 1, max(-1, i - 5), -1) if parsed.lower[x] in ("a", "an", "another")), -1)
        if article < 1 or (i < target.start and article > 3):
            continue  # before it only "In a victory for X, ..."
        of = done
        if parsed.lower[article - 1] in BEING and 0 <= article - target.end <= 4:
            event = parsed.lexicon.sets["decisions"] & set(parsed.lower[max(0, article - 4) : article])
            of = (
                target.sign
                if event & parsed.lexicon.sets["acts"] and not target.full
                else parsed.outcome
                if event and not of
                else carried(parsed, path)
                if path.kind
                else 0
                if target.full
                else target.sign
            )  # "the ruling was a victory"
        elif parsed.words[article - 1] != "," and parsed.lower[article - 1] not in GIVING | {"in"}:
            given = parsed.mention_at(article - 1)
            start = phrase_start(parsed, given.start) if given else 0
            if not start or parsed.lower[start - 1 - (parsed.lower[start - 1] == "the")] not in GIVING:
                continue
        whose = _whose(parsed, i, article)
        if whose is None or not of:
            continue
        for mention in group_right(parsed, whose):
            marks = [cue(parsed, article, i + 1, fortune), *path.cues]
            yield Finding(mention, signed(of * fortune), "reaction", i, target, marks, how="agent")
        return


REJOICING = {
    **dict.fromkeys(
        ["celebrate", "celebrates", "celebrated", "celebrating", "cheer", "cheers", "cheered", "cheering"], 1
    ),
    **dict.fromkeys(["rejoice", "rejoices", "rejoiced", "relieved", "delighted", "thrilled", "elated", "jubilant"], 1),
    **dict.fromkeys(["mourn", "mourns", "mourned", "lament", "laments", "lamented", "dismayed", "devastated"], -1),
    **dict.fromkeys(["satisfied", "pleased", "happy", "glad", "proud", "grateful", "thankful", "heartened"], 1),
    **dict.fromkeys(["gratified", "ecstatic", "overjoyed", "encouraged", "welcomed", "welcomes"], 1),
    **dict.fromkeys(["sorry", "regret", "regrets", "regretted", "disappointed", "sad", "saddened", "upset"], -1),
    **dict.fromkeys(["angry", "furious", "outraged", "appalled", "ashamed", "heartbroken", "bitter", "unhappy"], -1),
    **dict.fromkeys(["disappointment", "dismay", "sorrow", "sadness"], -1),
    **dict.fromkeys(["relief", "delight", "satisfaction", "joy"], 1),
}
WHEN = frozenset(["as", "after", "when", "that", "because"])


def _rejoicing(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X celebrated as the ban was struck down`, `relieved that it passed`: X, who is glad of what became of it."""
    parsed, lower = scene.parsed, scene.parsed.lower
    fate = None if REJOICING.keys().isdisjoint(parsed.vocabulary) else becoming(parsed, target)
    if fate is None:
        return
    for i in range(max(1, target.start - REACH), target.start - 1):
        feeling = REJOICING.get(lower[i], 0)
        when = i + 1 + (parsed.words[i + 1] == ",")
        told = lower[when] in WHEN or (when == i + 1 == target.start - 1 and lower[when] == "the")
        if not feeling or not told or any(parsed.verb(x) for x in range(when, target.start)):
            continue
        yield from _glad(scene, target, fate, i, feeling)
        return


ENSURING = frozenset(["ensure", "ensures", "ensured", "ensuring", "guarantee", "guaranteed"])
MAKING_SURE = frozenset(["make", "makes", "made", "making"])


def _ensuring(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X worked to ensure that it passes`, `to make sure it never becomes law`: X."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if ENSURING.isdisjoint(parsed.vocabulary) and "sure" not in parsed.vocabulary:
        return
    fate = becoming(parsed, target)
    i = parsed.back_over(target.start - 1, lambda x: lower[x] == "that" or weightless(parsed, x))
    if i > 0 and lower[i] == "sure" and lower[i - 1] in MAKING_SURE:
        i -= 1
    elif i < 1 or lower[i] not in ENSURING:
        return
    if fate is not None:
        yield from _glad(scene, target, fate, i, 1)


def _glad(scene: Scene, target: Target, fate: Fate, i: int, feeling: int) -> Iterator[Finding]:
    """The subject of the verb at `i`, who is glad (1) or sorry (-1) of what becomes of the target."""
    parsed = scene.parsed
    before = range(max(0, i - 3), i)
    if any(parsed.negated(x) or ((hit := parsed.verb(x)) and "refuse" in hit[0].kinds) for x in before):
        return  # "refused to guarantee that it would survive"
    subject = subject_of(parsed, i, scene.memory)
    source = scene.speaker(i) if subject.kind == "first" else None
    mentions = as_first(source.mentions) if source is not None and source.kind == "party" else subject.mentions
    for mention in mentions:
        marks = [cue(parsed, i, i + 1, feeling), cue(parsed, fate.start, fate.end, fate.sign)]
        yield Finding(mention, signed(feeling * fate.sign * target.sign), "reaction", i, target, marks, how=subject.how)


def _whose(parsed: Parsed, i: int, article: int) -> Mention | None:
    """`a victory for X`, `handing X a victory`: X."""
    given = parsed.mention_at(article - 1)
    if given is not None:
        return given if given.actor else None
    if parsed.lower[i + 1 : i + 2] not in (["for"], ["to"]):
        return None
    found = next((m for m in parsed.mentions if i + 2 <= m.start < i + REACH and m.actor), None)
    if found is None or parsed.lower[found.end : found.end + 1] in (["'s"], ["'"]):
        return None
    return None if any(parsed.words[x] == "," for x in range(i + 2, found.start)) else found
