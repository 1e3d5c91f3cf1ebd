"""Nouns of position and who holds them: `X's opposition to`, `voiced support for`, `praise from X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Reasons, Scene, first_mention, group_right, signed
from watcher.detect.links import judged
from watcher.detect.naming import phrase_start
from watcher.detect.parsed import HARD, QUOTES
from watcher.detect.path import Path, cue, settle
from watcher.detect.qualify import qualify
from watcher.detect.rules.judgement import judgement
from watcher.detect.rules.ownership import possessor
from watcher.detect.subjects import subject_of
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target


ORDERING = frozenset(["order", "demand", "want", "seek", "urge", "request", "call for", "propose", "announce"])
"""Who does this with "an end to it" wants it ended."""

IN_RETURN = (["in", "return", "for"], ["in", "exchange", "for"])
"""Before "its support for it": what it asks for it stands further left."""

COLON = ("headline colon",)


def nominal(scene: Scene, path: Path, reasons: Reasons) -> Iterator[Finding]:
    """`X's opposition to`, `voiced support for`, `opposition from X`."""
    parsed, lexicon = scene.parsed, scene.parsed.lexicon
    lower, words = parsed.lower, parsed.words
    i = path.top
    k = i - 1
    while (
        k >= 0
        and i - k < 6
        and (
            lower[k] in lexicon.sets["fillers"]
            or parsed.adverb(k)
            or lower[k]
            in (
                "strong",
                "fierce",
                "growing",
                "broad",
                "full",
                "continued",
                "public",
                "staunch",
                "firm",
                "deep",
                "widespread",
                "any",
                "some",
                "clear",
                "vocal",
                "outspoken",
                "leading",
                "chief",
                "main",
                "key",
                "repeated",
                "strident",
                "stiff",
                "unwavering",
                "steadfast",
                "formal",
                "official",
                "intense",
                "stated",
                "earlier",
                "previous",
                "past",
                "personal",
                "initial",
                "serious",
                "grave",
                "own",
                "no",
                "little",
                "more",
                "further",
                "and",
                "or",
            )
            or lower[k] in lexicon.nouns
            or words[k] in QUOTES
        )
    ):
        if parsed.negated(k) and lower[k] in ("no", "little"):
            path.sign = -path.sign
            path.cues.insert(0, cue(parsed, k, k + 1, -1))
        k -= 1
    settle(path)
    owners: list[tuple[Mention, str]] = []
    if k >= 0:
        owners = possessor(scene, k, i)
    if not owners and lower[i + 1 : i + 2] == ["of"] and (mention := first_mention(parsed, i + 2, i + 6)):
        after = lower[mention.end] if mention.end < len(parsed) else ""
        if (
            after in ("to", "toward", "towards", "for", "on", "over", "about", "against")
            and mention.end <= path.target.start
        ):
            owners = [(mention, "possessive")]
    poll = bool(parsed.lexicon.sets["poll"] & set(lower))
    if not owners and not poll:
        for x in range(i + 1, min(len(parsed), path.target.end + 8)):
            if lower[x] in ("from", "by", "among", "within") and (mention := first_mention(parsed, x + 1, x + 7)):
                gap = range(x + 1, mention.start)
                if not any(parsed.verb(y) or words[y] in HARD or words[y] == "," for y in gap):
                    owners = [(m, "agent") for m in group_right(parsed, mention)]
                    break
    if not owners:
        j = k
        while (
            j >= 0
            and i - j < 9
            and not (
                parsed.verb(j)
                or lower[j] in ("has", "had", "have", "is", "was", "are", "were", "with", "in", "remains", "stands")
            )
        ):
            if words[j] in HARD or words[j] == ",":
                break
            j -= 1
        if j >= 0:
            entry = parsed.verb(j)
            light = (
                entry is not None
                and (
                    any("light" in e.kinds and not e.rest for e in lexicon.verbs[lower[j]])
                    or (entry[0].sign > 0 and entry[1] > i)  # "made the case for it"
                    or (entry[0].lemma in ORDERING and lower[i] in ("end", "halt", "freeze"))
                    or (lower[i] in lexicon.proposals and lexicon.nouns.get(lower[i], 0) > 0)
                )
            ) or lower[j] in ("has", "had", "have", "is", "was", "are", "were", "remains", "stands")
            if light or lower[j] in ("in", "with"):
                verb = j
                if lower[j] in ("in", "with"):
                    verb = j
                subject = subject_of(parsed, verb, scene.memory)
                extra = 1
                x = j - 1
                while x >= 0 and parsed.light(x):
                    if parsed.negated(x):
                        extra = -extra
                    x -= 1
                if (
                    entry
                    and entry[0].lemma in ("drop", "withdraw", "reverse", "abandon", "rescind", "soften")
                    and lexicon.nouns.get(lower[i], -1) < 0
                ):
                    extra = -extra
                if subject.kind == "party":
                    path.sign *= extra
                    owners = [(m, subject.how) for m in subject.mentions]
                elif subject.kind == "first" and (source := scene.speaker(i)) and source.kind == "party":
                    path.sign *= extra
                    owners = [(m, "first person") for m in source.mentions]
    if not owners and lower[i] in lexicon.sets["holders"] and (source := scene.speaker(i)) and source.how in COLON:
        owners = [(m, source.how) for m in source.mentions]  # "Smith: sponsor of the bill"
    if not owners:
        reasons.append((path.target, f"no party holds the {words[i]}"))
    if k > 0 and judged(parsed, path, parsed.back_over(k - 1, parsed.adverb)):
        yield from judgement(scene, path)
    yield from _welcomed(scene, path, owners)
    for mention, how in owners:
        finding = Finding(mention, signed(path.sign), "nominal", i, path.target, path.cues, how=how)
        qualify(parsed, finding, None)
        if finding.stance is Stance.SUPPORT and lower[max(0, k - 3) : k] in IN_RETURN:
            finding.stance = Stance.CONDITIONAL
        yield finding


def _welcomed(scene: Scene, path: Path, owners: list[tuple[Mention, str]]) -> Iterator[Finding]:
    """`X welcomed Y's readiness to sign`, `X condemned Y's refusal`: X, who judges what Y holds."""
    parsed = scene.parsed
    if not owners or parsed.lower[owners[0][0].end : owners[0][0].end + 1] != ["'s"]:
        return
    verb = phrase_start(parsed, owners[0][0].start) - 1
    hit = parsed.verb(verb) if verb > 0 else None
    if hit is None or not hit[0].sign or any(parsed.negated(x) for x in range(max(0, verb - 4), verb)):
        return
    if hit[0].lemma not in parsed.lexicon.judging and hit[0].lemma not in ("welcome", "appreciate"):
        return
    subject = subject_of(parsed, verb, scene.memory)
    if subject.kind != "party" or {m.party for m in subject.mentions} & {m.party for m, _ in owners}:
        return
    sign = path.sign * hit[0].sign
    for mention in subject.mentions:
        marks = [cue(parsed, verb, hit[1], hit[0].sign), *path.cues]
        yield Finding(mention, signed(sign), "nominal", verb, path.target, marks, how=subject.how)


def reaction(scene: Scene, target: Target) -> Iterator[Finding]:
    """`despite opposition from X`, `drew praise from X`: a noun of position whose object is the sentence's target."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if target is not scene.parsed.targets[0] or parsed.lexicon.sets["poll"] & set(lower):
        return
    for i in range(len(parsed) - 1):
        sign = parsed.lexicon.nouns.get(lower[i], 0)
        if sign and (against := _despite(parsed, target, i)) is not None and not parsed.target_at(i):
            marks = [cue(parsed, i - 1, i + 1, sign)]
            yield Finding(against, signed(sign * target.sign), "reaction", i, target, marks, how="possessive")
            continue
        by = ("from", "by", "among", "of") if sign and _had(parsed, target, i) else ("from", "by", "among")
        if not sign or lower[i + 1] not in by or parsed.target_at(i) or lower[i] in parsed.lexicon.proposals:
            continue
        mention = first_mention(parsed, i + 2, i + 7)
        if mention is None or any(parsed.verb(x) or parsed.words[x] == "," for x in range(i + 2, mention.start)):
            continue
        if i < target.start < mention.start:
            continue  # "withdrawal from the deal surprised X"
        if (target.end <= i and i - target.end > 16) or (target.start > i and target.start - mention.end > 16):
            continue
        if lower[mention.end : mention.end + 1] in (["to"], ["of"], ["for"], ["'s"]) and target.end <= i:
            continue
        sign *= target.sign
        for member in group_right(parsed, mention):
            yield Finding(
                member,
                signed(sign),
                "reaction",
                i,
                target,
                [cue(parsed, i, i + 2, sign)],
                how="agent",
            )


OBJECT = frozenset(["to", "for", "of", "on", "over", "about"])
HAVING = frozenset(
    ["has", "have", "had", "having", "enjoys", "enjoy", "enjoyed", "wins", "won", "gets", "got", "gained", "received"]
)


def _had(parsed: Parsed, target: Target, i: int) -> bool:
    """`the pact has the backing of X`: whether what stands at `i` is what the target has."""
    k = parsed.back_over(i - 1, lambda x: parsed.lower[x] in ("the", "full", "strong") or parsed.adverb(x))
    return target.end <= k <= target.end + 3 and parsed.lower[k] in HAVING and not parsed.negated(k - 1)


def _despite(parsed: Parsed, target: Target, i: int) -> Mention | None:
    """`over X's objections`, `has X's full support`: the party whose noun of position stands at `i`."""
    k = parsed.back_over(i - 1, lambda x: parsed.lower[x] in parsed.lexicon.sets["fillers"] and parsed.lower[x] != "'s")
    if k < 2 or parsed.lower[k] not in ("'s", "'") or parsed.lower[i] in parsed.lexicon.proposals:
        return None
    mention = parsed.mention_at(k - 1)
    if mention is None or not mention.actor or (parsed.lower[i + 1 : i + 2] and parsed.lower[i + 1] in OBJECT):
        return None
    start = phrase_start(parsed, mention.start)
    if _had(parsed, target, start):
        return mention
    return mention if parsed.lower[start - 1 : start] in (["over"], ["despite"], ["amid"], ["against"]) else None


def _of_it(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X, the deal's chief sponsor,` and `the deal's author, X,`."""
    parsed, lower, holders = scene.parsed, scene.parsed.lower, scene.parsed.lexicon.sets["holders"]
    if lower[target.end : target.end + 1] != ["'s"]:
        return
    i = next((x for x in range(target.end + 1, min(len(lower), target.end + 5)) if lower[x] in holders), -1)
    if i < 0 or any(parsed.words[x] == "," or parsed.verb(x) for x in range(target.end + 1, i)):
        return
    start = target.start - (lower[target.start - 1 : target.start] == ["the"])
    mention = None
    if start and parsed.words[start - 1] == ",":
        mention = next((m for m in parsed.mentions if m.end == start - 1 and m.actor), None)
    if mention is None:
        after = i + 1 + (parsed.words[i + 1 : i + 2] == [","])
        mention = first_mention(parsed, after, min(len(lower), after + 3))
    if mention is not None:
        sign = target.sign * parsed.lexicon.nouns.get(lower[i], 1)
        yield Finding(mention, signed(sign), "nominal", i, target, [cue(parsed, i, i + 1, sign)], how="apposition")


def apposition(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X, a fierce critic of the deal,` and `A supporter of the deal, X ...`."""
    parsed, lower, lexicon = scene.parsed, scene.parsed.lower, scene.parsed.lexicon
    yield from _of_it(scene, target)
    for i in range(target.start - 1, max(-1, target.start - 7), -1):
        if lower[i] not in lexicon.sets["holders"] or lower[i + 1] not in ("of", "to", "for", "against", "behind"):
            continue
        if any(parsed.verb(x) or parsed.words[x] == "," for x in range(i + 1, target.start)):
            return
        k = i - 1
        while k >= 0 and i - k < 6 and parsed.words[k] != "," and parsed.words[k] not in HARD:
            k -= 1
        sign = target.sign * lexicon.nouns.get(lower[i], 1)
        mention = None
        if k > 0 and parsed.words[k] == ",":
            mention = next((m for m in parsed.mentions if m.end == k and m.actor), None)
        elif k < 0:
            comma = next((x for x in range(target.end, min(len(parsed), target.end + 4)) if parsed.words[x] == ","), -1)
            mention = first_mention(parsed, comma + 1, comma + 4) if comma > 0 else None
        if mention is not None:
            yield Finding(mention, signed(sign), "nominal", i, target, [cue(parsed, i, i + 1, sign)], how="apposition")
        return
