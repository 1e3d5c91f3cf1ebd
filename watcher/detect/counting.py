"""How a camp is counted: all, none, some, all but a few of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import QUOTES
from watcher.detect.naming import is_name

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = frozenset(COUNTED[1:]) | frozenset(["thirteen", "fourteen"])
NUMBERS |= {"fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "dozen"}

BETWEEN = frozenset(["the", "its", "their", "of", "fellow"])
"""Words between a number and the camp it counts."""

WINGS = frozenset(["moderate", "centrist", "rebel", "dissident", "dissenting", "maverick", "vulnerable", "backbench"])
"""Who is called so does not speak for the camp."""
SOME = frozenset(["some", "several", "handful", "number"])
FEW = 30
"""So many of a camp may still be a minority of it."""

MINDED = frozenset(["responsible", "serious", "sane", "sensible", "single", "other", "self", "respecting", "future"])


def handful(parsed: Parsed, mention: Mention) -> str:
    """How a camp is counted: "some" of it do not speak for it ("four House Republicans"); "only a few" tell that the
    rest did not, "all but a few" that the rest did; empty where it is not."""
    lower, k = parsed.lower, mention.start - 1
    if not mention.plural:
        return ""
    if k >= 0 and lower[k] in WINGS:
        return "some"
    while k > mention.start - 4 and k >= 0 and (lower[k] in BETWEEN or is_name(parsed, parsed.words[k])):
        if lower[k] in NUMBERS:
            break
        k -= 1
    if k < 0 or not (lower[k] in NUMBERS or lower[k] in SOME or (lower[k].isdecimal() and int(lower[k]) <= FEW)):
        return ""
    before = lower[k - 1] if k else ""
    if before == "the" and k > 2 and lower[k - 2] == "of" and lower[max(0, k - 4)] not in ("every", "each", "but"):
        return _share(lower[k - 3], lower[k])
    if before in ("only", "just"):
        return "only a few"
    if before in ("but", "except") and k > 1 and lower[k - 2] in ("all", "every", "everyone"):
        return "all but a few"
    return "" if before in ("all", "the", "every", "its", "both", "top", "leading") else "some"


def _share(part: str, whole: str) -> str:
    """`seven of the 14 lawmakers`: no more than half of a camp do not speak for it."""
    number, of = _number(part), _number(whole)
    return "some" if number and of and 2 * number <= of else ""


def _number(word: str) -> int:
    """What a number in figures or a short one in words stands for; 0 for another word."""
    return int(word) if word.isdecimal() else COUNTED.index(word) + 1 if word in COUNTED else 0


def quantified(parsed: Parsed, start: int) -> bool:
    """`a group of Republicans`: the noun before "of" only counts them."""
    before = parsed.lower[start - 2] if start > 1 else ""
    if before == "part" and parsed.lower[start - 3] in ("greater", "larger", "better", "main", "biggest"):
        return True
    sets = parsed.lexicon.sets
    return before in parsed.lexicon.sets["quantities"] or before in sets["unnamed"] or before in sets["actors"]


def nobody(parsed: Parsed, first: int) -> bool:
    """`no Green`, `no "responsible" minister`, `neither X nor Y`, `not a single Green`."""
    lower = parsed.lower
    if lower[max(0, first - 2) : first] == ["not", "one"] or lower[max(0, first - 3) : first] == ["not", "a", "single"]:
        return True
    k = parsed.back_over(first - 1, lambda x: parsed.words[x] in QUOTES or lower[x] in MINDED)
    return k >= 0 and lower[k] in ("neither", "nor", "no", "few")
