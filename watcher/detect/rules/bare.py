"""Positions whose object is left out, since it was just named: `X voted no`, `X gave its blessing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.counting import handful
from watcher.detect.finding import Finding, Scene, as_first, signed
from watcher.detect.naming import phrase_start
from watcher.detect.path import cue
from watcher.detect.qualify import qualify
from watcher.detect.targets import Target
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def bare(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """Who takes a side in such words, in a sentence that names the target or the one after it."""
    parsed = scene.parsed
    yield from _absolute(parsed, found)
    for start, end, sign, outcome in spans(parsed):
        of = parsed.outcome if outcome else parsed.matter
        before = parsed.back_over(start - 1, parsed.light)
        if not of or any(parsed.negated(x) for x in range(before + 1, start)):
            continue
        if any(parsed.lower[x] in ("if", "unless", "whether") for x in range(max(0, before - 4), before + 1)):
            continue
        mentions, how, nobody = _holders(scene, start)
        if nobody and sign < 0:
            continue  # "no Green voted no" need not be a yes
        sign = -sign if nobody else sign
        for mention in mentions:
            if any(finding.mention.party == mention.party for finding in found):
                continue
            target = parsed.targets[0] if parsed.targets else Target(start, end, 1, "", full=False)
            marks = [cue(parsed, start, end, sign)]
            finding = Finding(mention, signed(sign * of), "bare", start, target, marks, how=how)
            finding.deed = parsed.lower[start] in ("voted", "voting")
            qualify(parsed, finding, None)
            yield finding


SIDES = {"bare_support": 1, "bare_oppose": -1, "outcome_good": 1, "outcome_bad": -1}
"""Kinds of such words in the lexicon with their signs; those of an outcome are about what was done last."""


def spans(parsed: Parsed) -> Iterator[tuple[int, int, int, bool]]:
    """Where such words stand, with their sign and whether they are about what was done; none before an object."""
    sets, phrases = parsed.lexicon.sets, parsed.lexicon.phrases
    kinds = [kind for kind in SIDES if not phrases[kind].keys().isdisjoint(parsed.lower)]
    if not kinds:
        return
    kept = [i for i, word in enumerate(parsed.lower) if not (word.endswith("ly") and parsed.adverb(i))]
    words = [parsed.lower[i] for i in kept]
    for kind in kinds:
        i, outcome = 0, kind.startswith("outcome")
        while (span := parsed.lexicon.phrase(kind, words, i, len(words))) is not None:
            i = span[1]
            following = words[i] if i < len(words) else "."
            ends = not following[0].isalnum() or following in sets["after_elliptic"] or following in sets["openers"]
            if ends or (outcome and words[i : i + 2] in OF_IT):
                yield kept[span[0]], kept[i - 1] + 1, SIDES[kind], outcome


OF_IT = (
    ["the", "ruling"],
    ["the", "decision"],
    ["the", "vote"],
    ["the", "outcome"],
    ["the", "result"],
    ["the", "move"],
)
"""What stands for what was done."""

ABSOLUTE = {"opposed": -1, "against": -1, "objecting": -1, "dissenting": -1, "favor": 1, "favour": 1, "behind": 1}


def _absolute(parsed: Parsed, found: Sequence[Finding]) -> Iterator[Finding]:
    """`..., with X opposed`, `with all but three X in favour`."""
    for mention in parsed.mentions if parsed.targets else ():
        k = mention.end + (parsed.lower[mention.end : mention.end + 1] == ["in"])
        sign = ABSOLUTE.get(parsed.lower[k], 0) if k < len(parsed) else 0
        if not sign or (k + 1 < len(parsed) and parsed.lower[k + 1][0].isalnum()):
            continue
        start = phrase_start(parsed, mention.start)
        before = parsed.lower[max(0, start - 5) : start]
        counted = handful(parsed, mention) in ("some", "only a few")
        if "with" not in before or counted or not mention.actor:
            continue
        if any(finding.mention.party == mention.party for finding in found):
            continue
        target = parsed.targets[0]
        yield Finding(mention, signed(sign * target.sign), "bare", k, target, [cue(parsed, k, k + 1, sign)])


def _holders(scene: Scene, start: int) -> tuple[tuple[Mention, ...], str, bool]:
    """Whose words they are, how known, and whether they are nobody's ("no Green voted yes"): the name right before,
    also in "with X voting no"; else their subject's."""
    parsed = scene.parsed
    k = parsed.back_over(start - 1, parsed.light)
    mention = parsed.mention_at(k) if k >= 0 else None
    if mention is not None and mention.actor and parsed.lower[start].endswith("ing"):
        return coordinated(parsed, mention), mention.how, False
    subject = subject_of(parsed, start, scene.memory)
    if subject.kind == "first" and (source := scene.speaker(start)) and source.kind == "party":
        return as_first(source.mentions), f"first person of {source.name}", False
    return subject.mentions if subject.kind == "party" else (), subject.how, subject.negated
