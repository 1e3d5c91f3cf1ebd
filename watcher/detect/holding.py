"""Positions held back: `has not decided on it`, `declined to say whether`, `is split over it`, `does not object`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watcher.detect.condition_markers import mark_condition
from watcher.detect.finding import Finding, Scene, first_mention, group_right
from watcher.detect.leftwards import before_time
from watcher.detect.path import cue
from watcher.detect.questions import other_question
from watcher.detect.subject import Subject
from watcher.detect.targets import Target
from watcher.detect.verb_subjects import subject_of
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.parsed import Parsed
    from watcher.detect.words import Entry


REACH = 16
"""Words between what withholds and the target."""

ACQUIESCING = re.compile(
    r"not (?:stand|object|oppose|block|veto|resist|fight|try|seek)\b|no (?:objection|problem|quarrel)"
)
"""Who does so lets it pass; what is asked for that is a condition."""

SKIPPED = frozenset(
    ["yet", "still", "so", "far", "also", "really", "repeated", "publicly", "officially", "formally", "even", "ever"]
) | frozenset(["public", "official", "formal", "firm", "clear"])


MATTER = (["the", "matter"], ["the", "issue"], ["the", "question"], ["the", "subject"], ["the", "bill"])
OBJECTS = (["a"], ["an"], ["the"], ["its"], ["his"], ["her"], ["their"], ["any"])


def held(scene: Scene, target: Target) -> Iterator[Finding]:
    """Who withholds judgement on the target, before or behind it."""

    parsed = scene.parsed
    if target is parsed.implied:
        span: tuple[int, int] | None = (target.start, target.end)
    else:
        span = _before(parsed, target) or _behind(parsed, target)
    if span is None or other_question(parsed, span[1]):
        return
    if parsed.lower[max(0, span[0] - 2) : span[0]] == ["who", "had"]:
        return  # "X, who had stayed silent for weeks, backed it"
    subject = _listed(parsed, span[1]) or _holder(scene, span)
    divided = bool(parsed.lexicon.sets["dividing"] & set(parsed.lower[span[0] : span[1]]))
    if divided and len({mention.party for mention in subject.mentions}) > 1:
        return  # "X and Y are divided over it": from each other
    for mention in subject.mentions:
        finding = Finding(
            mention, Stance.UNDECIDED, "withheld", span[0], target, [cue(parsed, *span, 0)], how=subject.how
        )
        finding.divided = divided
        lets = ACQUIESCING.match(" ".join(parsed.lower[span[0] : span[1]]))
        if lets and mark_condition(parsed, finding):
            finding.stance = Stance.CONDITIONAL  # "would not stand in its way if the towns are paid"
        yield finding


def _listed(parsed: Parsed, lo: int) -> Subject | None:
    """`those still on the fence include X and Y`: X and Y, named behind the words that withhold."""
    opening = parsed.lower[0] in ("those", "others", "among")
    at = next((x for x in range(lo, min(len(parsed) - 1, lo + REACH)) if parsed.lower[x] in NAMING), -1)
    if not opening or at < 0 or any(parsed.mention_at(x) is not None for x in range(at)):
        return None
    first = first_mention(parsed, at + 1, at + 4)
    return Subject("party", first.name, tuple(group_right(parsed, first)), "in a list", first.start) if first else None


NAMING = frozenset(["include", "includes", "included", "are", "were", "is", "was"])


def neither(parsed: Parsed, lo: int, hi: int) -> tuple[int, int] | None:
    """`neither endorsed nor condemned`: two opposite signs, both denied."""
    for i in range(lo, hi - 3):
        if parsed.lower[i] != "neither":
            continue
        nor = next((x for x in range(i + 2, min(hi, i + 6)) if parsed.lower[x] == "nor"), -1)
        first = parsed.lexicon.verbs.get(parsed.lower[i + 1], ())
        second = parsed.lexicon.verbs.get(parsed.lower[nor + 1], ()) if 0 < nor < len(parsed) - 1 else ()
        if _plain_sign(first) * _plain_sign(second) < 0:
            return i, nor + 2
    return None


def _plain_sign(entries: Sequence[Entry]) -> int:
    """The sign of the verb alone, 0 for none."""
    return next((entry.sign for entry in entries if not entry.rest), 0)


def implied(parsed: Parsed, reach: int) -> Target | None:
    """`The mayor has yet to decide.`: the words that withhold stand for the target themselves, in the first clause
    where that ends before token `reach`."""
    end = len(parsed)
    if end > reach:
        commas = [x for x in range(1, min(end, 2 * reach)) if parsed.words[x] in (",", ";")]
        end = commas[0] if commas and commas[0] < reach else 0
        if len(commas) > 1 and parsed.lower[end + 1] in ("whose", "who", "which"):
            end = min(len(parsed), commas[1] + reach)  # an aside behind the subject
    span = _find(parsed, 0, end)
    if span is None:
        return None
    said, after = parsed.lower[span[0] : span[1]], parsed.lower[span[1] : span[1] + 1]
    if said[-1] == "comment" or said[0] == "abstention" or ("nor" in said and after in OBJECTS):
        return None  # of what, nobody knows; "neither confirmed nor denied a role"
    if after in (["in"], ["why"], ["when"], ["who"], ["until"]):
        return None  # "did not say in detail"
    matter = parsed.lower[span[1] + 1 : span[1] + 3] in MATTER
    if after in (["on"], ["about"], ["over"], ["to"], ["whether"]) and not matter:
        return None
    return Target(span[0], span[1], 1, "", full=False)


def _find(parsed: Parsed, lo: int, hi: int) -> tuple[int, int] | None:
    """The first phrase of withholding between two tokens; adverbs inside it do not count."""
    plain = parsed.lexicon.phrase("withheld", parsed.lower, lo, hi)
    kept = [x for x in range(lo, hi) if parsed.lower[x] not in SKIPPED]
    words = [parsed.lower[x] for x in kept]
    span = parsed.lexicon.phrase("withheld", words, 0, len(words))
    plain = neither(parsed, lo, hi) or plain or _in_time(parsed, lo, hi)
    loose = (kept[span[0]], kept[span[1] - 1] + 1) if span else None
    known = [span for span in (plain, loose) if span and not _of_a_meeting(parsed, span)]
    return min(known, key=lambda found: (found[0], -found[1]), default=None)


def _of_a_meeting(parsed: Parsed, span: tuple[int, int]) -> bool:
    """`on the sidelines of a summit`: where people meet."""
    return parsed.lower[span[1] - 1] == "sidelines" and parsed.lower[span[1] : span[1] + 1] in (["of"], ["at"])


def _in_time(parsed: Parsed, lo: int, hi: int) -> tuple[int, int] | None:
    """`will decide in the autumn whether to sign it`: a verb of deciding, when, and what is to be decided."""
    for x in range(lo + 2, hi):
        k = before_time(parsed, x - 1) if parsed.lower[x] in ("whether", "how") else x - 1
        if lo <= k < x - 1 and parsed.lower[k] in ("decide", "announce", "determine"):
            return k, x + 1
    return None


def _before(parsed: Parsed, target: Target) -> tuple[int, int] | None:
    lo = target.start
    while lo > 0 and target.start - lo < REACH and parsed.words[lo - 1] not in (".", ";", ":", "—", "–"):
        lo -= 1
    i = lo
    while (span := _find(parsed, i, min(len(parsed), target.end))) is not None:
        i = span[0] + 1
        if span[0] >= target.start:
            return None
        between = range(span[1], target.start)
        if any(
            parsed.lower[x] in ("but", "while", "and") and (parsed.verb(x + 1) or parsed.mention_at(x + 1))
            for x in between
        ):
            continue
        if span[0] and parsed.lower[span[0] - 1] in ("longer", "not", "never"):
            continue
        if parsed.lower[span[0]] == "decide" and parsed.lower[span[0] - 1] in ("can", "may", "could", "should", "must"):
            continue  # "can decide whether there will be hearings"
        if parsed.lower[span[1] : span[1] + 1] == ["until"] and parsed.lower[span[1] + 1 : span[1] + 2] != ["now"]:
            continue  # "had been on the fence until the vote"
        comma = next((x for x in between if parsed.words[x] == ","), -1)
        matter = parsed.lower[span[1] - 1] in ("on", "over", "about")
        if comma > span[1] and any(
            parsed.verb(x) or (matter and parsed.auxiliary(x)) for x in range(comma + 1, target.start)
        ):
            continue  # "split on trade, the Greens voted for it"
        governor = next((x for x in between if parsed.verb(x) and not parsed.saying(x) and not _looks(parsed, x)), -1)
        embedded = any(
            parsed.lower[x] in ("whether", "if", "how", "when", "what", "on", "about", "over")
            for x in range(span[0], target.start)
        )
        if governor >= 0 and not embedded:
            continue
        return span
    return None


def _looks(parsed: Parsed, i: int) -> bool:
    """`needs more time to study it`: who examines it has not made up its mind."""
    return any(e.kinds & {"undecided"} or e.lemma == "read" for e in parsed.lexicon.verbs.get(parsed.lower[i], ()))


def _behind(parsed: Parsed, target: Target) -> tuple[int, int] | None:
    """`Asked about the pact, Smith declined to say`, `on the pact, Smith keeps his options open`."""
    lower = parsed.lower
    if lower[target.end : target.end + 2] in UNDER and not parsed.negated(target.start - 1):
        keeps = [x for x in range(max(0, target.start - 4), target.start) if lower[x] in KEEPING]
        return (keeps[-1], target.end + 2) if keeps else None
    but = next((x for x in range(target.end, min(len(parsed), target.end + 9)) if lower[x] == "but"), -1)
    if but > 0 and any(other.start > but for other in parsed.targets):
        but = -1  # "X agrees to it, but Y is still studying it"
    if but == target.end or (but > 0 and parsed.words[but - 1] == ","):
        return _find(parsed, but + 1, min(len(parsed), but + 11))  # "has concerns about it but has not decided"
    opener = next(
        (
            x
            for x in range(target.start - 1, max(-1, target.start - 8), -1)
            if lower[x] in ("about", "on", "over", "whether", "if", "of")
        ),
        -1,
    )
    if opener < 0 or any(parsed.verb(x) and not parsed.saying(x) for x in range(opener + 1, target.start)):
        return None
    if lower[opener] in ("on", "of", "over") and opener > 1:
        return None
    comma = next((x for x in range(target.end, min(len(parsed), target.end + 10)) if parsed.words[x] == ","), -1)
    return _find(parsed, comma, min(len(parsed), comma + 16)) if comma > 0 else None


UNDER = (["under", "consideration"], ["under", "review"], ["under", "study"], ["under", "discussion"])
KEEPING = frozenset(["has", "have", "had", "having", "keep", "keeps", "kept", "keeping"])
"""`has the pact under review`."""

OFFICIAL = frozenset(["position", "line", "stance", "decision", "it", "view", "options", "mind"])
"""What is the speaker's own where it is said to be open."""


def _holder(scene: Scene, span: tuple[int, int]) -> Subject:
    """The party that withholds: the subject of the phrase, or of the verb that carries it."""
    parsed = scene.parsed
    right_before = next((m for m in parsed.mentions if m.end == span[0] and m.actor), None)
    with_it = right_before is not None and parsed.lower[max(0, right_before.start - 1)] == "with"
    if right_before is not None and (parsed.sentence.title or with_it):  # "Norland still studying it"
        return Subject("party", right_before.name, (right_before,), right_before.how, right_before.start)
    at = span[0] + (parsed.lower[span[0]] == "neither")
    if at and parsed.lower[at] not in parsed.lexicon.sets["auxiliaries"] and parsed.verb(at) is None:
        for x in range(at - 1, max(-1, at - 5), -1):
            if (
                parsed.auxiliary(x)
                or parsed.verb(x) is not None
                or parsed.lower[x] in ("taking", "took", "taken", "takes", "remains", "remained")
            ):
                at = x
                break
    subject = subject_of(parsed, at, scene.memory)
    if subject.kind == "first" and (source := scene.speaker(span[0])) and source.kind == "party":
        return Subject("party", source.name, source.mentions, f"first person of {source.name}")
    if subject.kind == "other" and subject.start > 0 and (owner := _owner(parsed, subject)) is not None:
        return owner
    theirs = subject.kind in ("none", "unnamed") or subject.name.lower() in parsed.lexicon.sets["groups"] | OFFICIAL
    if (
        subject.kind in ("none", "other", "unnamed")
        and theirs
        and (source := scene.speaker(span[0]))
        and source.kind == "party"
    ):
        return Subject("party", source.name, source.mentions, f"speaker: {source.name}")
    return subject


def _owner(parsed: Parsed, subject: Subject) -> Subject | None:
    """`the government's position is to remain neutral`: whose position it is, which need be no party's; None where
    the words name no owner."""
    x = parsed.back_over(subject.start - 1, lambda at: subject.start - at < 4 and parsed.words[at].isalpha())
    if x < 1 or parsed.lower[x] != "'s":
        return None
    mention = parsed.mention_at(x - 1)
    if mention is None or not mention.actor:
        return Subject("other", f"{parsed.words[x - 1]}'s {subject.name}", how="possessive")
    return Subject("party", mention.name, (mention,), "possessive", mention.start)
