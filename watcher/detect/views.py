"""Whose view a sentence gives: `in X's view`, `X's position is that ...`, `X is convinced that ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.phrases import noun_phrase
from watcher.detect.pronouns import resolve_pronoun
from watcher.detect.subject import NONE, Subject
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.parsed import Parsed

REACH = 8
"""Words from "in" to the noun, or from that to the end of the name behind it."""


def view(parsed: Parsed, i: int, memory: Memory) -> tuple[Subject, int] | None:
    """Whose view the "in" at `i` leads to and where the phrase ends; None where it leads to none."""
    lower, views = parsed.lower, parsed.lexicon.sets["views"]
    noun = next((x for x in range(i + 1, min(len(parsed), i + REACH)) if lower[x] in views), 0)
    if not noun or any(not parsed.words[x][0].isalpha() and lower[x] not in ("'s", "'") for x in range(i + 1, noun)):
        return None
    owner, end = NONE, noun + 1
    if lower[noun + 1 : noun + 2] == ["of"] and lower[noun - 1] == "the":
        mention = next((m for m in parsed.mentions if noun < m.start <= noun + 4 and m.actor), None)
        owner, end = (Subject("party", mention.name, (mention,), "view"), mention.end) if mention else (NONE, end)
    elif lower[noun - 1] in ("'s", "'"):
        mention = parsed.mention_at(noun - 2)
        owner = Subject("party", mention.name, (mention,), "view") if mention and mention.actor else NONE
        owner = owner if mention else noun_phrase(parsed, noun - 2, memory, noun)
    elif lower[noun - 1] in ("his", "her", "its", "their"):
        owner = resolve_pronoun(parsed, noun - 1, memory)
    closes = end >= len(parsed) or not parsed.words[end][0].isalnum()
    return (owner, end) if owner.kind == "party" and closes else None


CONVINCED = frozenset(["convinced", "adamant", "persuaded", "unequivocal", "emphatic"])
HELD = frozenset(["position", "message", "stance", "argument", "conviction", "verdict", "line", "belief", "contention"])
BEING = frozenset(["is", "was", "remains", "remained"])


def held_view(parsed: Parsed, that: int, memory: Memory) -> tuple[Subject, int] | None:
    """Whose view the clause behind "that" is, and the token that tells it: `X's position is that`, `it is X's view
    that`, `X is convinced that`."""
    lower = parsed.lower
    if that < 3:
        return None
    if lower[that - 1] in CONVINCED:
        k = parsed.back_over(that - 2, parsed.adverb)
        told = parsed.auxiliary(k) and not any(parsed.negated(x) for x in range(k, that))
        subject = subject_of(parsed, that - 1, memory) if told else NONE
        return (subject, k) if subject.kind == "party" else None
    noun = that - 1 - (lower[that - 1] in BEING)
    known = lower[noun] in HELD or lower[noun] in parsed.lexicon.sets["views"]
    if not known or (noun == that - 1 and lower[0] != "it"):
        return None
    if lower[noun - 1] in ("his", "her", "its", "their"):
        owner = resolve_pronoun(parsed, noun - 1, memory)
        return (owner, noun) if owner.kind == "party" else None
    mention = parsed.mention_at(noun - 2) if lower[noun - 1] in ("'s", "'") else None
    return (Subject("party", mention.name, (mention,), "view"), noun) if mention and mention.actor else None


ISSUED = frozenset(
    ["issued", "released", "put", "published", "sent", "posted", "circulated", "signed", "wrote", "gave"]
)
ISSUED |= {"distributed", "made", "delivered", "filed", "read", "tweeted", "issues", "issue", "sends", "publishes"}


def put_out(parsed: Parsed, i: int) -> bool:
    """`issued a statement saying that ...`: whether the "saying" at `i` tells what someone put out."""
    paper = i > 1 and (parsed.lower[i - 1] in parsed.lexicon.instruments or parsed.lower[i - 1] in ("post", "note"))
    return paper and not ISSUED.isdisjoint(parsed.lower[max(0, i - ISSUED_BEFORE) : i - 1])


ISSUED_BEFORE = 7
"""Words between "issued" and "saying"."""
