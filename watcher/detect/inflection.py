"""English verb forms: regular ones generated, irregular ones listed in the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VOWELS = "aeiou"
OWN = {"be": {"are": "base", "am": "base", "were": "past"}}
"""Forms that no other verb has."""
THIRD = {"have": "has", "be": "is"}


def forms(
    verb: str, irregular: Mapping[str, tuple[str, ...]], doubling: frozenset[str], both: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Forms of a verb's first word to their kind: `base`, `s`, `past` or `ing`.

    `doubling` verbs double their last letter ("planned"), `both` are written either way ("signalled").
    """
    if verb in both:
        return forms(verb, irregular, frozenset([verb])) | forms(verb, irregular, frozenset())
    if verb in irregular:
        past, participle, ing = irregular[verb]
        return OWN.get(verb, {}) | {_third(verb): "s", ing: "ing", past: "past", participle: "past", verb: "base"}
    if verb in doubling:
        stem = verb + verb[-1]
        return {stem + "ed": "past", stem + "ing": "ing", _third(verb): "s", verb: "base"}
    if verb.endswith("ie"):
        ing = verb[:-2] + "ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        ing = verb[:-1] + "ing"
    else:
        ing = verb + "ing"
    if verb.endswith("e"):
        past = verb + "d"
    elif verb.endswith("y") and verb[-2:-1] not in VOWELS:
        past = verb[:-1] + "ied"
    else:
        past = verb + "ed"
    return {past: "past", ing: "ing", _third(verb): "s", verb: "base"}


def _third(verb: str) -> str:
    if verb in THIRD:
        return THIRD[verb]
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies"
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    return verb + "s"
