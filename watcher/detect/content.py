"""What a verb of saying governs: the words that are told, to its right or its left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import HARD, QUOTES

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.subject import Subject

CLOSING = frozenset([",", "”", '"', "?", "!"])


def _opening(parsed: Parsed, end: int) -> int:
    """Where content that ends at `end` begins: at its quotation, where a clause of the narrator's stands before."""
    quoted = parsed.sentence.quoted
    first = next((x for x in range(end) if quoted[x]), 0)
    narrated = parsed.lower[0] in ("while", "as", "although", "though", "after", "when", "but", "because", "since")
    return first if narrated and end - first > 6 and quoted[first] == quoted[end - 1] else 0


def content(parsed: Parsed, i: int, subject: Subject, belief: bool) -> tuple[tuple[int, int], ...]:
    """What the verb at `i` governs: to its right, or to the left of a subject that closes the sentence."""
    words, lower, n = parsed.words, parsed.lower, len(parsed)
    start = subject.start if subject.start >= 0 else i
    tail = [x for x in range(i + 1, n) if words[x] not in QUOTES and words[x] not in HARD and words[x] != ","]
    that = "that" in lower[i + 1 : i + 4]
    closes = len(tail) <= 12 and not that and not any(parsed.sentence.quoted[x] for x in range(i + 2, n))
    before = start - 1
    while (
        before >= 0
        and (words[before][:1].isupper() or lower[before] in parsed.lexicon.sets["titles"])
        and start - before < 6
    ):
        before -= 1
    comma = before >= 1 and (words[before] in CLOSING or words[before] in QUOTES)
    if comma and i + 1 < n and words[i + 1] == "," and not belief:
        return ((0, before + 1), (i + 1, n))  # "The wall, Smith said, must be built"
    comma = comma and not (_setting(parsed, before) and _clause_behind(parsed, tail))
    if comma and (closes or (belief and len(tail) <= 3)):
        return ((_opening(parsed, before), before + 1),)
    spans = []
    if comma and any(parsed.sentence.quoted[x] for x in range(before)):
        first = next(x for x in range(before) if parsed.sentence.quoted[x])
        spans.append((first, before + 1))
    quotation = parsed.quotation(i)
    end = next((x for x in range(i + 1, n) if parsed.quotation(x) != quotation), n) if quotation else n
    if belief and not that:
        end = _own_clause(parsed, i + 1, end)
    if i + 1 < end:
        spans.append((i + 1, end))
    return tuple(spans)


def _setting(parsed: Parsed, end: int) -> bool:
    """Whether what stands before token `end` only tells where and when: "In a statement," "Asked about the talks,"."""
    if any(parsed.sentence.quoted[x] for x in range(end)):
        return False
    first, sets = parsed.lower[0], parsed.lexicon.sets
    participle = first.endswith(("ing", "ed")) and bool(parsed.lexicon.verbs.get(first))
    opening = first in sets["prepositions"] or first in sets["openers"] or participle
    return opening or not any(parsed.auxiliary(x) or parsed.verb(x) is not None for x in range(end))


def _clause_behind(parsed: Parsed, tail: list[int]) -> bool:
    """Whether the tokens behind a verb of saying are a clause of their own: "said the deal was dead", not "said on
    Monday as talks began"."""
    if not tail or parsed.lower[tail[0]] in parsed.lexicon.sets["prepositions"]:
        return False
    if any((parsed.auxiliary(x) and parsed.lower[x] != "to") or parsed.verb(x) is not None for x in tail):
        return True
    before = range(1, tail[0] - 1)  # but for the participle that opens it
    return len(tail) > LONG and not any(parsed.auxiliary(x) or parsed.verb(x) is not None for x in before)


LONG = 2
"""Words behind a verb of saying that may be whom it is said to, or when."""


def _own_clause(parsed: Parsed, lo: int, hi: int) -> int:
    """Where what is believed ends: "wants the pact, but Norland is opposed" tells of Norland by itself."""
    for x in range(lo + 1, hi - 1):
        if parsed.words[x] == ";" or (parsed.words[x] == "," and parsed.lower[x + 1] in TURNING):
            return x
        if parsed.words[x] == "," and (parsed.saying(x + 1) is not None or _tells(parsed, x)):
            return x  # "they hoped it would pass, X said"
    return hi


def _tells(parsed: Parsed, comma: int) -> bool:
    """Whether a name right behind the comma says what stands before it."""
    mention = next((m for m in parsed.mentions if comma < m.start <= comma + 3), None)
    return mention is not None and mention.end < len(parsed) and parsed.saying(mention.end) is not None


TURNING = frozenset(
    ["something", "but", "while", "whereas", "though", "although", "which", "yet", "over", "to", "against"]
)
"""Behind a comma they begin a clause of the narrator's own."""
