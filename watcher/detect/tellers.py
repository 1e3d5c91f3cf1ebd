"""Who goes on behind words that are told: `X said that Y would pay and urged Z to sign`: X urged, not Y."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed

COMING = frozenset(["will", "would", "can", "could", "may", "might", "should", "must", "'ll", "'d"])
"""A verb in the past goes on with no verb behind these: "would pay and signed it"."""

TELLING = frozenset(["call on", "urge", "add", "warn", "accuse", "tell", "say", "insist", "argue", "implore", "advise"])
"""Who has said one thing is apt to go on so: "said that Y had lost its way and urged Z to sign it"."""


def teller_again(parsed: Parsed, inner: int, verb: int, start: int) -> int:
    """The verb of saying whose subject `verb` goes on with, though `inner`, whose subject begins at `start`, stands
    nearer; -1 if `verb` goes on with `inner`."""
    if start < 1 or parsed.lower[start : start + 1] == ["who"] or not _past(parsed, verb):
        return -1
    told = start - 1 - (parsed.lower[start - 1] in ("the", "its", "his", "her", "their"))
    told -= told > 0 and parsed.lower[told] == "that"
    if told < 1 or parsed.saying(told) is None or not _past(parsed, told) or not _joined(parsed, inner, verb):
        return -1
    hit = parsed.verb(verb)
    again = hit is not None and ("label" in hit[0].kinds or hit[0].lemma in TELLING)
    return told if again or not COMING.isdisjoint(parsed.lower[start:verb]) else -1


def _past(parsed: Parsed, i: int) -> bool:
    """Whether the verb at `i` stands in the past by itself: "urged", not "had urged"."""
    before = parsed.back_over(i - 1, parsed.adverb)
    past = any(entry.form == "past" for entry in parsed.lexicon.verbs.get(parsed.lower[i], ()))
    return past and not (before >= 0 and parsed.auxiliary(before))


def _joined(parsed: Parsed, inner: int, verb: int) -> bool:
    """Whether only "and" or "but" joins the two verbs, and no further clause stands between them."""
    k = parsed.back_over(verb - 1, parsed.adverb)
    if parsed.lower[k] not in ("and", "but"):
        return False
    other = parsed.lexicon.sets["subject_words"] - {"to", "and", "but", "not", "also", "still"}
    return other.isdisjoint(parsed.lower[inner + 1 : k])
