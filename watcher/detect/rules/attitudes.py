"""What a speaker holds of what others do: that they need it, have no reason to do it, should not have done it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, as_first, signed
from watcher.detect.path import cue
from watcher.detect.subject import Subject
from watcher.detect.thought import felt
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

NO_REASON = (["no", "reason", "to"], ["no", "need", "to"], ["no", "point", "to"], ["no", "excuse", "to"])

WHOLE = frozenset(["the", "our", "all", "most", "ordinary", "working"])
NEAR = 5
"""Words from "nobody" to the verb: "nobody on the coast wants it"."""
NOBODY = frozenset(["nobody", "none", "no-one"])
PEOPLE = frozenset(["people", "country", "nation", "public", "families", "workers", "farmers", "patients"])
PEOPLE |= {"americans", "britons", "europeans", "citizens", "taxpayers", "consumers", "parents", "veterans"}
"""Who speaks for them so speaks for himself."""


def no_reason(scene: Scene, path: Path) -> Iterator[Finding]:
    """`"There's no reason to pass it," X said`: X."""
    lower, top = scene.parsed.lower, path.top
    said = path.kind in ("verb", "action") and lower[max(0, top - 3) : top] in NO_REASON
    source = scene.speaker(top) if said and lower[max(0, top - 6) : top - 3].count("there") else None
    if source is None or source.kind != "party":
        return
    marks = [cue(scene.parsed, top - 3, top - 1, -1), *path.cues]
    for mention in source.mentions:
        how = f"speaker: {source.name}"
        yield Finding(mention, signed(-path.sign), "content", top, path.target, marks, how=how)


def looked_back_on(scene: Scene, subject: Subject, path: Path) -> Iterator[Finding]:
    """`X regrets that Y signed it`, `"I'm glad we signed it," X said`: X, of what was done; nothing is X's own then."""
    parsed = scene.parsed
    feeling = felt(parsed, subject.start) if subject.start > 1 and path.kind in ("verb", "action") else None
    if feeling is None:
        return
    feeler = subject_of(parsed, feeling.at, scene.memory)
    source = scene.speaker(feeling.at)
    if feeler.kind == "first" and subject.kind == "first":
        path.sign *= feeling.sign
        path.cues.insert(0, cue(parsed, feeling.at, feeling.at + 1, feeling.sign))
        return
    mentions = as_first(source.mentions) if feeler.kind == "first" and source else feeler.mentions
    marks = [cue(parsed, feeling.at, feeling.at + 1, feeling.sign), *path.cues]
    for mention in mentions:
        stance = signed(feeling.sign * path.sign)
        yield Finding(mention, stance, "judgement", feeling.at, path.target, marks, how=feeler.how)


def needed(scene: Scene, path: Path) -> Iterator[Finding]:
    """`said the port needs it`, `the people want it, X said`, `we don't need it`: X, who says so."""
    lemmas = [entry.lemma for entry in path.verbs]
    if path.kind != "verb" or lemmas not in (["need"], ["want"], ["deserve"]) or path.hypothetical:
        return
    source = scene.speaker(path.top)
    subject = subject_of(scene.parsed, path.top, scene.memory)
    if subject.kind == "first" and lemmas == ["need"] and source is not None and source.kind == "party":
        for mention in as_first(source.mentions):
            marks = list(path.cues)
            yield Finding(mention, signed(path.sign), "clause", path.top, path.target, marks, how="first person")
        return
    near = scene.parsed.lower[max(0, path.top - NEAR) : path.top]
    at = next((x for x, word in enumerate(near) if word in NOBODY), -1)
    nobody = at >= 0 and "," not in near[at:]
    if lemmas != ["need"] and not nobody and not _of_all(scene.parsed, subject):
        return
    if nobody:
        subject = Subject("other", "nobody")
    if source is None or source.kind != "party" or subject.kind not in ("other", "party", "unnamed", "named"):
        return
    sign = -path.sign if (subject.negated or subject.name == "nobody") and not path.negated else path.sign
    for mention in source.mentions:
        if mention.party not in {m.party for m in subject.mentions}:
            yield Finding(
                mention, signed(sign), "content", path.top, path.target, list(path.cues), how=f"speaker: {source.name}"
            )


def _of_all(parsed: Parsed, subject: Subject) -> bool:
    """`the American people`, `our workers`: whole peoples, and not "gay Americans who ..."."""
    start, words = subject.start, parsed.words
    if subject.kind not in ("other", "unnamed") or start < 0 or not PEOPLE & set(subject.name.lower().split()):
        return False
    before = parsed.lower[start - 1] if start else ""
    named = start > 1 and words[start - 1][:1].isupper() and parsed.lower[start - 2] in WHOLE
    return (start <= 1 and words[start][:1].isupper()) or before in WHOLE or named
