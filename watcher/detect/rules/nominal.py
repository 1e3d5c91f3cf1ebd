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
from watcher.detect.verb_subjects import subject_of
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

REACHING = frozenset(["to", "toward", "towards", "for", "on", "over", "about", "against"])
"""Behind a noun of position they lead to its object."""

BEARING = frozenset(["has", "had", "have", "is", "was", "are", "were", "with", "in", "remains", "stands"])
"""What a noun of position stands behind, where it is its subject's."""

DROPPING = frozenset(["drop", "withdraw", "reverse", "abandon", "rescind", "soften"])
"""Who does this to an objection has it no longer."""

Owners = list[tuple["Mention", str]]
"""Parties with how they were found."""


def nominal(scene: Scene, path: Path, reasons: Reasons) -> Iterator[Finding]:
    """`X's opposition to`, `voiced support for`, `opposition from X`."""
    parsed, i = scene.parsed, path.top
    lower = parsed.lower
    k = _before_qualities(parsed, path, i)
    settle(path)
    owners = (
        (possessor(scene, k, i) if k >= 0 else [])
        or _of_owner(parsed, path, i)
        or _from_owner(parsed, path, i)
        or _bearer(scene, path, i, k)
        or _headline_holder(scene, i)
    )
    if not owners:
        reasons.append((path.target, f"no party holds the {parsed.words[i]}"))
    if k > 0 and judged(parsed, path, parsed.back_over(k - 1, parsed.adverb)):
        yield from judgement(scene, path)
    yield from _welcomed(scene, path, owners)
    for mention, how in owners:
        finding = Finding(mention, signed(path.sign), "nominal", i, path.target, path.cues, how=how)
        qualify(parsed, finding, None)
        if finding.stance is Stance.SUPPORT and lower[max(0, k - 3) : k] in IN_RETURN:
            finding.stance = Stance.CONDITIONAL
        yield finding


def _before_qualities(parsed: Parsed, path: Path, i: int) -> int:
    """The token left of the noun at `i` and of what it is like ("strong and public"); "no" among it turns the sign."""
    lower, lexicon = parsed.lower, parsed.lexicon
    k = i - 1
    while (
        k >= 0
        and i - k < 6
        and (
            lower[k] in lexicon.sets["fillers"]
            or lower[k] in lexicon.sets["qualities"]
            or lower[k] in lexicon.nouns
            or parsed.adverb(k)
            or parsed.words[k] in QUOTES
        )
    ):
        if parsed.negated(k) and lower[k] in ("no", "little"):
            path.sign = -path.sign
            path.cues.insert(0, cue(parsed, k, k + 1, -1))
        k -= 1
    return k


def _of_owner(parsed: Parsed, path: Path, i: int) -> Owners:
    """`the opposition of X to it`."""
    if parsed.lower[i + 1 : i + 2] != ["of"] or (mention := first_mention(parsed, i + 2, i + 6)) is None:
        return []
    after = parsed.lower[mention.end] if mention.end < len(parsed) else ""
    return [(mention, "possessive")] if after in REACHING and mention.end <= path.target.start else []


def _from_owner(parsed: Parsed, path: Path, i: int) -> Owners:
    """`opposition to it from X`; in polls the name stands for voters."""
    if parsed.lexicon.sets["poll"] & set(parsed.lower):
        return []
    for x in range(i + 1, min(len(parsed), path.target.end + 8)):
        if parsed.lower[x] in ("from", "by", "among", "within") and (mention := first_mention(parsed, x + 1, x + 7)):
            gap = range(x + 1, mention.start)
            owner = parsed.lower[mention.end : mention.end + 1] == ["'s"]  # "exemption from X's tariffs"
            if not owner and not any(parsed.verb(y) or parsed.words[y] in HARD or parsed.words[y] == "," for y in gap):
                return [(m, "agent") for m in group_right(parsed, mention)]
    return []


def _bearer(scene: Scene, path: Path, i: int, k: int) -> Owners:
    """`X voiced opposition`, `X is in favor of it`: the subject of the light verb or copula that bears the noun."""
    parsed, lower = scene.parsed, scene.parsed.lower
    j = parsed.back_over(
        k,
        lambda x: (
            i - x < 9
            and parsed.verb(x) is None
            and lower[x] not in BEARING
            and parsed.words[x] not in HARD
            and parsed.words[x] != ","
        ),
    )
    if j < 0 or i - j >= 9 or not (lower[j] in BEARING or _light(parsed, i, j)):
        return []
    subject = subject_of(parsed, j, scene.memory)
    owners: Owners = []
    if subject.kind == "party":
        owners = [(m, subject.how) for m in subject.mentions]
    elif subject.kind == "first" and (source := scene.speaker(i)) and source.kind == "party":
        owners = [(m, "first person") for m in source.mentions]
    if owners:
        path.sign *= _turned(parsed, i, j)
    return owners


def _light(parsed: Parsed, i: int, j: int) -> bool:
    """Whether the verb at `j` says no more than that its subject holds what the noun at `i` names."""
    lower, lexicon = parsed.lower, parsed.lexicon
    hit = parsed.verb(j)
    if hit is None:
        return False
    entry, end = hit
    return (
        any("light" in e.kinds and not e.rest for e in lexicon.verbs[lower[j]])
        or (entry.sign > 0 and end > i)  # "made the case for it"
        or (entry.lemma in ORDERING and lower[i] in ("end", "halt", "freeze"))
        or (lower[i] in lexicon.proposals and lexicon.nouns.get(lower[i], 0) > 0)
    )


def _turned(parsed: Parsed, i: int, j: int) -> int:
    """-1 where the verb at `j` is negated, or ends an opposition: "dropped its objection to it"."""
    negations, x = 0, j - 1
    while x >= 0 and parsed.light(x):
        negations += parsed.negated(x)
        x -= 1
    hit = parsed.verb(j)
    dropped = hit is not None and hit[0].lemma in DROPPING and parsed.lexicon.nouns.get(parsed.lower[i], -1) < 0
    return -1 if (negations + dropped) % 2 else 1


def _headline_holder(scene: Scene, i: int) -> Owners:
    """`Smith: sponsor of the bill`."""
    source = scene.speaker(i) if scene.parsed.lower[i] in scene.parsed.lexicon.sets["holders"] else None
    return [(m, source.how) for m in source.mentions] if source and source.how in COLON else []


def _welcomed(scene: Scene, path: Path, owners: Owners) -> Iterator[Finding]:
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
        if lower[i] in ("motion", "motions") and lower[i - 1 : i] in (["censure"], ["confidence"]):
            continue  # it is against a government
        if sign and (against := _despite(parsed, target, i)) is not None and not parsed.target_at(i):
            marks = [cue(parsed, i - 1, i + 1, sign)]
            yield Finding(against, signed(sign * target.sign), "reaction", i, target, marks, how="possessive")
            continue
        if lower[i] == "fire" and lower[i - 1 : i] in (["under"], ["draw"], ["drew"], ["drawn"], ["draws"]):
            sign = -1  # "came under fire from X"
        by = ("from", "by", "among", "of") if sign and _borne(parsed, target, i) else ("from", "by", "among")
        if not sign or lower[i + 1] not in by or parsed.target_at(i) or lower[i] in parsed.lexicon.proposals:
            continue
        listed = _had(parsed, target, i)  # "has the backing of both sides, X, Y and Z"
        mention = first_mention(parsed, i + 2, i + (16 if listed else 7))
        if mention is None or any(
            parsed.verb(x) or (parsed.words[x] == "," and not listed) for x in range(i + 2, mention.start)
        ):
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


def cherished(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the pact, a priority of X,`, `the pact is a top priority for X`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    nouns = parsed.lexicon.sets["cherished"]
    i = next((x for x in range(target.end, min(len(parsed) - 1, target.end + 11)) if lower[x] in nouns), -1)
    if i > 0 and "of" in lower[target.end : i] and (owner := _favourite(parsed, target, i)) is not None:
        marks = [cue(parsed, i, i + 1, 1)]
        yield Finding(owner, signed(target.sign), "reaction", i, target, marks, how="possessive")
        return
    if i < 0 or lower[i + 1] not in ("of", "for") or any(parsed.negated(x) for x in range(target.end, i)):
        return
    if not (parsed.words[target.end] == "," or lower[target.end] in parsed.lexicon.sets["copulas"] | {"has"}):
        return
    mention = first_mention(parsed, i + 2, i + 6)
    if mention is not None and not any(parsed.verb(x) or parsed.words[x] == "," for x in range(i + 2, mention.start)):
        marks = [cue(parsed, i, i + 2, 1)]
        yield Finding(mention, signed(target.sign), "reaction", i, target, marks, how="possessive")


def _favourite(parsed: Parsed, target: Target, i: int) -> Mention | None:
    """`the pact, one of X's top priorities`: X."""
    owner = next((m for m in parsed.mentions if target.end < m.start and i - 4 <= m.end < i and m.actor), None)
    return owner if owner is not None and parsed.lower[owner.end] in ("'s", "'") else None


OBJECT = frozenset(["to", "for", "of", "on", "over", "about"])
HAVING = frozenset(
    ["has", "have", "had", "having", "enjoys", "enjoy", "enjoyed", "wins", "won", "gets", "got", "gained", "received"]
)


def _borne(parsed: Parsed, target: Target, i: int) -> bool:
    """Whether "of X" behind the noun at `i` tells whose it is: "has the backing of X", "over the objections of X"."""
    k = parsed.back_over(i - 1, lambda x: parsed.lower[x] in ("the", "strong", "fierce", "vocal", "loud"))
    return _had(parsed, target, i) or (k >= 0 and parsed.lower[k] in ("over", "despite", "amid"))


def _had(parsed: Parsed, target: Target, i: int) -> bool:
    """`the pact has the backing of X`: whether what stands at `i` is what the target has."""
    k = parsed.back_over(
        i - 1,
        lambda x: (
            parsed.lower[x] in parsed.lexicon.sets["qualities"]
            or parsed.lower[x] in ("the", "bipartisan", "wide")
            or parsed.adverb(x)
        ),
    )
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
        if k > 1 and parsed.words[k] == "," and parsed.words[k - 1] == ")":
            k = next((x for x in range(k - 2, max(0, k - 6), -1) if parsed.words[x] == "("), k)  # "(R-Wis.)"
        sign = target.sign * lexicon.nouns.get(lower[i], 1)
        mention = None
        if k > 0 and parsed.words[k] in (",", "("):
            mention = next((m for m in parsed.mentions if m.end == k and m.actor), None)
        elif k < 0:
            comma = next((x for x in range(target.end, min(len(parsed), target.end + 4)) if parsed.words[x] == ","), -1)
            mention = first_mention(parsed, comma + 1, comma + 4) if comma > 0 else None
        if mention is not None:
            yield Finding(mention, signed(sign), "nominal", i, target, [cue(parsed, i, i + 1, sign)], how="apposition")
        return
