"""Agents behind the target: `backed by X`, `the deal that X signed`, `the deal angered X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.parsed import HARD, QUOTES
from watcher.detect.path import cue
from watcher.detect.phrases import noun_phrase
from watcher.detect.words import match_entry
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.targets import Target

AGENT_REACH = 4
"""Words between a participle and its "by"."""


def passive(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the deal, backed by X`, `was rejected by X and welcomed by Y`."""
    parsed, lower, sets = scene.parsed, scene.parsed.lower, scene.parsed.lexicon.sets
    clause = target.end
    for i in range(target.end, min(len(parsed), target.end + 24)):
        if parsed.words[i] in HARD:
            return
        if lower[i] in ("a", "an", "the") and lower[i - 1] not in sets["prepositions"]:
            return
        entries = parsed.lexicon.verbs.get(lower[i], ())
        hit = match_entry(
            [e for e in entries if e.form == "past" and (e.sign or "undecided" in e.kinds)], lower, i, len(parsed)
        )
        if hit is None:
            continue
        entry, after = hit
        by = next((k for k in range(after, min(after + AGENT_REACH, len(parsed))) if lower[k] == "by"), -1)
        mention = first_mention(parsed, by + 1, by + 8) if by > 0 else None
        if mention is None or lower[mention.end : mention.end + 1] == ["'s"]:
            continue
        if any(parsed.words[x] in (",", "(") or lower[x] in sets["prepositions"] for x in range(by + 1, mention.start)):
            continue
        sign = target.sign * (entry.sign or 1)
        if any(parsed.negated(x) for x in range(clause, i)):
            sign = -sign
        for member in group_right(parsed, mention):
            stance = signed(sign) if entry.sign else Stance.UNDECIDED
            marks = [cue(parsed, i, by + 1, entry.sign)]
            finding = Finding(member, stance, "passive", i, target, marks, how="agent")
            finding.deed = "deed" in entry.kinds
            yield finding
        clause = mention.end


def emotion(scene: Scene, path: Path) -> Iterator[Finding]:
    """`the deal infuriated X`, `the decision to leave it delighted X`: what is felt is about all that governs it."""
    parsed, target = scene.parsed, path.target
    for i in range(target.end, min(len(parsed) - 1, target.end + 4)):
        entry = next((e for e in parsed.lexicon.verbs.get(parsed.lower[i], ()) if e.form in ("past", "s")), None)
        kinds = entry.kinds & {"emotion", "emotion_good"} if entry else set()
        mention = first_mention(parsed, i + 1, i + 5)
        if not kinds or mention is None or any(parsed.verb(x) for x in range(i + 1, mention.start)):
            continue
        sign = path.sign * (1 if "emotion_good" in kinds else -1)
        for member in group_right(parsed, mention):
            yield Finding(member, signed(sign), "emotion", i, target, [cue(parsed, i, i + 1, sign)], how="agent")
        return


def _valued(parsed: Parsed, i: int) -> int:
    """Whether the word praises (1) or blames (-1)."""
    good, bad = parsed.lower[i] in parsed.lexicon.good, parsed.lower[i] in parsed.lexicon.bad
    return good - bad


def object_relative(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the deal (that) X signed`, `a bill X and others oppose`."""
    parsed, lower, n = scene.parsed, scene.parsed.lower, len(scene.parsed)
    i = target.end
    relative = False
    while i < n and (
        lower[i] in ("that", "which", "itself")
        or parsed.words[i] in ("(", ")", ",")
        or (parsed.words[i - 1] == "(" and i - target.end < 4)
    ):
        relative = relative or lower[i] in ("that", "which")
        i += 1
        if i - target.end > 5:
            return
    if i >= n or (not relative and lower[target.end] in (",", "(")):
        return
    sign, k, mentions, how = target.sign, i, [], ""
    if lower[i] in ("he", "she", "they"):
        subject = noun_phrase(parsed, i, scene.memory, i)
        mentions, how = list(subject.mentions), subject.how
        k = i + 1
    reach = min(n, i + (12 if relative else 7))
    while k < reach:
        if (
            parsed.words[k] in HARD
            or lower[k] in ("who", "which", "because")
            or (lower[k] in parsed.lexicon.sets["prepositions"] and lower[k] not in ("of", "in", "as"))
        ):
            return
        mention = parsed.mention_at(k)
        if mention is not None:
            if (
                not mentions
                and k > i + 1
                and not all(
                    lower[x] in parsed.lexicon.sets["titles"] or parsed.words[x][:1].isupper() for x in range(i, k)
                )
            ):
                return
            if mention.actor and mention not in mentions:
                mentions.append(mention)
            k = mention.end
            continue
        if parsed.negated(k):
            sign = -sign
        elif mentions and (entry := parsed.verb(k)) is not None and (entry[0].sign or entry[0].control):
            if not entry[0].sign and entry[0].control and entry[1] < n and lower[entry[1]] == "to":
                k = entry[1]  # "a line that X has been trying to stop"
                reach = min(n, reach + 3)
            else:
                break
        elif not mentions and parsed.verb(k) is not None:
            return
        k += 1
    else:
        return
    end, value = entry[1], entry[0].sign
    if "label" in entry[0].kinds and not value:  # "the deal, which X calls a betrayal"
        value = next((_valued(parsed, x) for x in range(end, min(n, end + 4)) if _valued(parsed, x)), 0)
    if not value:
        return
    if end < n and entry[0].sign:
        after = lower[end]
        free = (
            after in parsed.lexicon.sets["prepositions"]
            or parsed.words[end] in (",", *HARD, *QUOTES)
            or after in ("and", "but", "last", "this", "as", "the")
            or after in parsed.lexicon.sets["auxiliaries"]
        )
        if not free and not parsed.adverb(end) and not after[0].isdigit():
            return
    sign *= value
    for found in mentions:
        yield Finding(
            found,
            signed(sign),
            "relative",
            k,
            target,
            [cue(parsed, k, end, value)],
            how=how or found.how,
        )
