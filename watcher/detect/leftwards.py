"""Left over what stands between a verb and its subject: auxiliaries, asides, tags, days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import HARD, QUOTES

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

APPOSITION = 26
"""An aside between commas is at most so many tokens."""

COUNTED = frozenset(["one", "two", "three", "four", "five", "six"])


def before_group(parsed: Parsed, verb: int) -> int:
    """The token left of the verb and of all that belongs to it: auxiliaries, adverbs, "co-", a short aside."""
    k = verb - 1
    while k > 0 and parsed.sentence.glued[k + 1]:
        k -= 1  # "co-sponsored"
    k = _before_exception(parsed, parsed.back_over(parsed.over_aside(k), parsed.light))
    while k > 0 and parsed.lower[k] in parsed.lexicon.sets["linking"]:  # "remains opposed to it"
        k = parsed.back_over(k - 1, parsed.light)
    return _before_aside_in_group(parsed, k, verb)


def _before_aside_in_group(parsed: Parsed, k: int, verb: int) -> int:
    """Left over a short phrase between auxiliary and participle: "has in essence accepted"."""
    lower = parsed.lower
    last = k - (parsed.words[k] == ",") if k >= 0 else -1
    for x in range(last - 1, max(0, last - 3), -1):
        if lower[x] in ("in", "at", "for", "on", "by", "of", "with", "under") and last - x <= 2:
            before = x - 1 - (parsed.words[x - 1] == ",")
            if before >= 0 and lower[before] in ("has", "have", "had", "is", "are", "was", "were", "will", "would"):
                return parsed.back_over(before, parsed.light)
    return k


def _before_exception(parsed: Parsed, k: int) -> int:
    """Left over "but one", "except two": "every Democrat but one opposed it"."""
    one = k > 1 and (parsed.lower[k] in COUNTED or parsed.lower[k].isdigit())
    return k - 2 if one and parsed.lower[k - 1] in ("but", "except") else k


def before_tag(parsed: Parsed, k: int) -> int:
    """Left over a lawmaker's tag: ", R-Pennsylvania" or "(D-Conn.)"."""
    j = k
    while j > 0 and (
        parsed.sentence.glued[j]
        or parsed.words[j] in (".", ")")
        or (parsed.words[j][:1].isupper() and j == k and parsed.sentence.glued[j - 1])
    ):
        j -= 1
    if j != k and j > 1 and parsed.lower[j] in ("r", "d", "i") and parsed.words[j - 1] in (",", "("):
        return j - 2
    return k


def named_before(parsed: Parsed, comma: int) -> Mention | None:
    """The party that what begins at the comma is said of: "X, a sponsor", "X, R-Ohio, a sponsor"."""
    ends = (comma, before_tag(parsed, comma - 1) + 1)
    return next((m for m in parsed.mentions if m.end in ends and m.actor), None) if comma > 0 else None


def before_time(parsed: Parsed, k: int) -> int:
    """Left over "on Thursday", "last week", "in 2013", "on Feb. 15"."""
    lower = parsed.lower
    while k > 0:
        start = k
        while k > 0 and (
            lower[k] in parsed.lexicon.sets["spans"]
            or lower[k] in parsed.lexicon.sets["months"]
            or lower[k] in parsed.lexicon.sets["weekdays"]
            or lower[k][0].isdigit()
            or (
                lower[k]
                in ("this", "last", "next", "late", "early", "earlier", "the", "past", "a", "few", "two", "three")
                and start != k
            )
        ):
            k -= 1
        if (k != start and lower[k] in ("on", "in", "at", "since", "during")) or (
            k == start and lower[k] == "on" and k + 1 < len(lower) and lower[k + 1] in parsed.lexicon.sets["weekdays"]
        ):
            k -= 1
            k -= k > 0 and lower[k] in ("late", "early")  # "X late on Monday backed it"
        if k == start:
            return k
        k = parsed.back_over(k, parsed.light)
    return k


def before_aside(parsed: Parsed, k: int) -> int | None:
    """The token before an aside that ends at the comma or bracket `k`."""
    opening = "(" if parsed.words[k] == ")" else ","
    j = k - 1
    while j >= 0 and parsed.words[j] != opening and k - j < APPOSITION:
        if parsed.words[j] in HARD:
            return None
        j -= 1
    if j <= 0 or parsed.words[j] != opening:
        return None
    return before_tag(parsed, parsed.back_over(j - 1, lambda x: parsed.words[x] in QUOTES or parsed.words[x] == ")"))


def conjoined(parsed: Parsed, verb: int, k: int) -> bool:
    """A comma right before the verb in a list of verbs: "backed, signed and defended"."""
    opening = next((x for x in range(k - 1, max(-1, k - APPOSITION), -1) if parsed.words[x] == ","), -1)
    if opening >= 0 and any(
        word in ("whose", "who", "whom", "which", "where") for word in parsed.lower[opening + 1 : k]
    ):
        return False
    previous = k - 1
    return previous >= 0 and verb - k <= 2 and parsed.verb(previous) is not None and not parsed.saying(previous)
