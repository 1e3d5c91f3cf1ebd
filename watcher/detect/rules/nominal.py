"""Nouns of position and who holds them: `X's opposition to`, `voiced support for`, `praise from X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.chain import RIVAL
from watcher.detect.finding import Finding, Reasons, Scene, first_mention, group_right, named_or_example, signed
from watcher.detect.links import judged
from watcher.detect.marks import HARD, OWNING, QUOTES
from watcher.detect.opposing import ENDING
from watcher.detect.path import Path, cue, settle
from watcher.detect.qualify import qualify
from watcher.detect.rules.holders import organised_by
from watcher.detect.rules.judgement import judgement
from watcher.detect.rules.ownership import possessor
from watcher.detect.verb_subjects import subject_of
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


ORDERING = frozenset(["order", "demand", "want", "seek", "urge", "request", "call for", "propose", "announce"])
"""Who does this with "an end to it" wants it ended."""

IN_RETURN = (["in", "return", "for"], ["in", "exchange", "for"])
"""Before "its support for it": what it asks for it stands further left."""

PRICES = (["price", "of"], ["price", "for"], ["condition", "of"], ["condition", "for"], ["conditions", "for"])
AMOUNTS = frozenset(["million", "billion", "trillion", "bn", "crown", "dollar", "euro", "pound", "year"])
"""Between an owner and a plan: "the government's 14 billion euro plan"."""

CASES = frozenset(["challenge", "lawsuit", "suit", "bid", "attempt", "appeal"])
FIGHTS = frozenset(["fight", "battle", "case"])
COLON = ("headline colon",)

REACHING = frozenset(["at", "with", "to", "toward", "towards", "for", "on", "over", "about", "against"])
"""Behind a noun of position they lead to its object."""

BEARING = frozenset(["has", "had", "have", "am", "is", "was", "are", "were", "with", "in", "remains", "stands"])
"""What a noun of position stands behind, where it is its subject's."""

DROPPING = ENDING | {"soften"}
"""Who does this to an objection has it no longer."""

PROMISES = frozenset(["promise", "promises", "commitment", "commitments", "pledge", "pledges", "guarantee", "decision"])

TIED = frozenset(["tied", "linked", "pegged", "conditioned", "ties", "links"])
"""What is done so with support for it makes it depend on something."""

Owners = list[tuple["Mention", str]]
"""Parties with how they were found."""


def nominal(scene: Scene, path: Path, reasons: Reasons) -> Iterator[Finding]:
    """`X's opposition to`, `voiced support for`, `opposition from X`."""
    parsed, i = scene.parsed, path.top
    lower = parsed.lower
    k = _before_qualities(parsed, path, i)
    settle(path)
    if path.amending and not path.kind:
        reasons.append((path.target, "whether the change is for it or against it is not told"))
        return  # "X's plan to rewrite it"
    if lower[i] in parsed.lexicon.proposals and _fallback(parsed, i):
        reasons.append((path.target, f"another {parsed.words[i]}"))
        return
    if lower[i] in PROMISES and "no" in lower[max(0, k) : i]:
        reasons.append((path.target, "no promise is not the contrary"))
        return  # "has made no promise to sign it"
    at = k if k > 0 and lower[k] in ("for", "over") else parsed.back_over(k - 1, parsed.adverb)
    blamed = k > 0 and judged(parsed, path, at)
    owners = (
        (_blamed(parsed, path, k) if blamed else [])
        or (possessor(scene, k, i) if k >= 0 and not _others_of(parsed, k, i) else [])
        or _of_owner(parsed, path, i)
        or _from_owner(parsed, path, i)
        or (_bearer(scene, path, i, k) if k < 0 or lower[k] not in ("'s", "'") else [])
        or _headline_holder(scene, i)
        or _going_on(scene, path, i)
        or _no_reason(scene, i, k)
        or [(m, "agent") for m in organised_by(parsed, i)]
    )
    if not owners:
        reasons.append((path.target, f"no party holds the {parsed.words[i]}"))
    if blamed:
        yield from judgement(scene, path)
    for mention, how in owners:
        finding = Finding(mention, signed(path.sign), "nominal", i, path.target, path.cues, how=how)
        qualify(parsed, finding, None)
        if finding.stance is Stance.SUPPORT and k > 0 and lower[k - 1] in TIED:
            finding.stance = Stance.CONDITIONAL  # "tied its support for it to lower tolls"
        if finding.stance is Stance.SUPPORT and lower[max(0, k - 2) : k] in PRICES:
            finding.stance = Stance.CONDITIONAL  # "the price of its support for it"
        if finding.stance is Stance.SUPPORT and path.conditional:
            finding.stance = Stance.CONDITIONAL  # "expressed interest in it"
        if finding.stance is Stance.SUPPORT and lower[max(0, k - 3) : k] in IN_RETURN:
            finding.stance = Stance.CONDITIONAL
        yield finding


def _others_of(parsed: Parsed, k: int, i: int) -> bool:
    """`its critics say it would cost jobs`, `X's backers of it`: those so called, whosever they are, hold it."""
    return parsed.lower[k] in OWNING and parsed.lower[i] in parsed.lexicon.sets["holders"]


def _fallback(parsed: Parsed, i: int) -> bool:
    """`a back-up plan on it`, `a rival proposal`: what is meant for when it fails, or to take its place."""
    before = parsed.lower[max(0, i - 2) : i]
    return before == ["back", "up"] or not (RIVAL | FALLBACK).isdisjoint(before[-1:])


FALLBACK = frozenset(["backup", "contingency", "fallback", "fall-back", "counter"])


def _blamed(parsed: Parsed, path: Path, k: int) -> Owners:
    """`slammed X over a call for it`, `attacked X for their refusal to sign it`: X."""
    if path.judge is None or parsed.lower[k] not in ("for", "over", "their", "his", "her", "its"):
        return []
    _, end, preposition = path.judge
    blamed = next((m for m in reversed(parsed.mentions) if end <= m.start and m.end <= preposition and m.actor), None)
    return [(blamed, "judged")] if blamed else []


def _before_qualities(parsed: Parsed, path: Path, i: int) -> int:
    """The token left of the noun at `i` and of what it is like ("strong and public"); "no" among it turns the sign."""
    lower, lexicon = parsed.lower, parsed.lexicon
    k = i - 1
    while (
        k >= 0
        and i - k < 6
        and lower[k] not in ("'s", "'")
        and (
            lower[k] in lexicon.sets["fillers"]
            or lower[k] in lexicon.sets["qualities"]
            or (lower[k] in lexicon.nouns and parsed.verb(k) is None)  # not "will support ratification of it"
            or lower[k][0].isdigit()
            or lower[k] in AMOUNTS
            or parsed.words[k][0] in "$€£"
            or parsed.adverb(k)
            or parsed.words[k] in QUOTES
        )
    ):
        named = lower[i + 1 : i + 2] == ["against"] and (lower[k - 1] == "the" or parsed.words[k - 1] in QUOTES)
        if parsed.negated(k) and lower[k] in ("no", "little") and not named:  # but "the 'no' campaign against it"
            path.sign = -path.sign
            path.cues.insert(0, cue(parsed, k, k + 1, -1))
        k -= 1
    if k > 0 and lower[k] in ("a", "an", "much") and lower[k - 1] != "without" and parsed.negated(k - 1):
        path.sign = -path.sign  # "not a fan of it"
        path.cues.insert(0, cue(parsed, k - 1, k, -1))
    return k


def _of_owner(parsed: Parsed, path: Path, i: int) -> Owners:
    """`the opposition of X to it`."""
    if parsed.lower[i + 1 : i + 2] not in (["of"], ["by"]) or (mention := first_mention(parsed, i + 2, i + 6)) is None:
        return []
    group = group_right(parsed, mention)
    end = group[-1].end
    after = parsed.lower[end] if end < len(parsed) else ""
    return [(m, "possessive") for m in group] if after in REACHING and end <= path.target.start else []


def _from_owner(parsed: Parsed, path: Path, i: int) -> Owners:
    """`opposition to it from X`; in polls the name stands for voters."""
    if not parsed.lexicon.sets["poll"].isdisjoint(parsed.vocabulary):
        return []
    for x in range(i + 1, min(len(parsed), path.target.end + 8)):
        if x >= path.target.end and parsed.lower[x] in ("which", "who", "that"):
            return []  # "votes in support of it, which has been denounced by X"
        if parsed.lower[x] in ("from", "by", "among", "within") and (named := named_or_example(parsed, x + 1, x + 7)):
            mention, gap = named[0], range(x + 1, named[1])
            owner = parsed.lower[mention.end : mention.end + 1] == ["'s"]  # "exemption from X's tariffs"
            if not owner and not any(parsed.verb(y) or parsed.words[y] in HARD for y in gap):
                return [(m, "agent") for m in group_right(parsed, mention)]
    return []


def _listed(parsed: Parsed, comma: int) -> bool:
    """`a dogged, personal push for it`: whether the comma stands between two adjectives."""
    lower = parsed.lower
    return (
        comma > 1
        and lower[comma - 2] in ("a", "an", "the", "his", "her", "its", "their")
        and lower[comma + 1].isalpha()
    )


OTHERS_DOING = frozenset(["over", "amid", "despite", "following", "after"])
"""Behind these stands what others do."""


def _bearer(scene: Scene, path: Path, i: int, k: int) -> Owners:
    """`X voiced opposition`, `X is in favor of it`: the subject of the light verb or copula that bears the noun."""
    parsed, lower = scene.parsed, scene.parsed.lower
    j = parsed.back_over(
        k,
        lambda x: (
            i - x < 9
            and parsed.verb(x) is None
            and lower[x] not in BEARING
            and lower[x] != "by"
            and parsed.words[x] not in HARD
            and (parsed.words[x] != "," or _listed(parsed, x))
        ),
    )
    if not OTHERS_DOING.isdisjoint(lower[j + 1 : i]):
        return []  # "considers firing X over a call to stop it"
    if j < 0 or i - j >= 9 or not (lower[j] in BEARING or _light(parsed, i, j)):
        return []
    if lower[j] == "been" and lower[j - 1] == "had" and lower[i] in parsed.lexicon.sets["holders"]:
        return []  # "had been an opponent of it"
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
    fought = lower[i] in FIGHTS and lower[i + 1] == "against"
    if entry.lemma in ("lose", "win") and (lower[i] in CASES or fought):
        return True  # "lost a challenge to it"
    if "neutral" in entry.kinds:
        return False  # "faces calls to sign it"
    return (
        any("light" in e.kinds and tuple(lower[j + 1 : j + 1 + len(e.rest)]) == e.rest for e in lexicon.verbs[lower[j]])
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


GOING_ON = (["not", "over"], ["far", "from", "over"], ["not", "finished"], ["goes", "on"], ["go", "on"], ["continue"])
"""Who says so of a fight for or against the target is in it."""


def _going_on(scene: Scene, path: Path, i: int) -> Owners:
    """`X said the fight against it was not over`: X."""
    parsed, end = scene.parsed, path.target.end
    source = scene.speaker(i) if parsed.lower[i] in ("fight", "battle", "struggle", "campaign") else None
    if source is None or source.kind != "party":
        return []
    behind = parsed.lower[end : end + 6]
    goes_on = any(behind[x : x + len(words)] == words for words in GOING_ON for x in range(len(behind)))
    return [(m, source.how) for m in source.mentions] if goes_on else []


def _no_reason(scene: Scene, i: int, k: int) -> Owners:
    """`X said a strike was no reason to sign it`: X."""
    lower = scene.parsed.lower
    if lower[i] not in ("reason", "grounds", "justification") or "no" not in lower[k + 1 : i]:
        return []
    source = scene.speaker(i)
    told = source is not None and source.kind == "party" and k > 0 and lower[k] in BEING
    return [(m, source.how) for m in source.mentions] if told and source else []


BEING = frozenset(["is", "'s", "was", "are", "were", "be", "been"])


def _headline_holder(scene: Scene, i: int) -> Owners:
    """`Smith: sponsor of the bill`, `Smith still a 'no' on the bill`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if parsed.sentence.title and lower[i] in ("no", "yes"):
        k = parsed.back_over(i - 1, lambda x: lower[x] in ("a", "an") or parsed.adverb(x) or parsed.words[x] in QUOTES)
        mention = parsed.mention_at(k) if k >= 0 else None
        return [(mention, mention.how)] if mention is not None and mention.actor and mention.end == k + 1 else []
    source = scene.speaker(i) if scene.parsed.lower[i] in scene.parsed.lexicon.sets["holders"] else None
    return [(m, source.how) for m in source.mentions] if source and source.how in COLON else []
