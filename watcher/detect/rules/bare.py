"""Positions whose object is left out, since it was just named: `X voted no`, `X gave its blessing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.finding import Finding, Scene, as_first, signed
from watcher.detect.path import cue
from watcher.detect.qualify import qualify
from watcher.detect.subjects import subject_of
from watcher.detect.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def bare(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """Who takes a side in such words, in a sentence that names the target or the one after it."""
    parsed = scene.parsed
    for start, end, sign in spans(parsed):
        before = parsed.back_over(start - 1, parsed.light)
        if any(parsed.negated(x) for x in range(before + 1, start)):
            continue
        mentions, how, nobody = _holders(scene, start)
        if nobody and sign < 0:
            continue  # "no Green voted no" need not be a yes
        sign = -sign if nobody else sign
        for mention in mentions:
            if any(finding.mention.party == mention.party for finding in found):
                continue
            target = parsed.targets[0] if parsed.targets else Target(start, end, 1, "", full=False)
            finding = Finding(
                mention, signed(sign * parsed.matter), "bare", start, target, [cue(parsed, start, end, sign)], how=how
            )
            finding.deed = parsed.lower[start] in ("voted", "voting")
            qualify(parsed, finding, None)
            yield finding


def spans(parsed: Parsed) -> Iterator[tuple[int, int, int]]:
    """Where such words stand, with their sign; none where an object follows."""
    sets, phrases = parsed.lexicon.sets, parsed.lexicon.phrases
    if phrases["bare_support"].keys().isdisjoint(parsed.lower) and phrases["bare_oppose"].keys().isdisjoint(
        parsed.lower
    ):
        return
    kept = [i for i, word in enumerate(parsed.lower) if not (word.endswith("ly") and parsed.adverb(i))]
    words = [parsed.lower[i] for i in kept]
    for kind, sign in (("bare_support", 1), ("bare_oppose", -1)):
        i = 0
        while (span := parsed.lexicon.phrase(kind, words, i, len(words))) is not None:
            i = span[1]
            following = words[i] if i < len(words) else "."
            if not following[0].isalnum() or following in sets["after_elliptic"] or following in sets["openers"]:
                yield kept[span[0]], kept[i - 1] + 1, sign


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
