"""The verb that a noun of an act comes from: "nomination" and "nominate", "approval" and "approve"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.detect.words import Lexicon

ENDINGS = (
    ("ization", ("ize",)),
    ("isation", ("ise",)),
    ("ification", ("ify",)),
    ("ation", ("ate", "e", "")),
    ("tion", ("t", "te")),
    ("sion", ("d", "de", "s", "se", "t")),
    ("ment", ("",)),
    ("al", ("", "e")),
)
"""What a noun ends with, and what its verb may end with instead; the longer first."""

THINGS = frozenset(
    ["provision", "legislation", "regulation", "administration", "organization", "organisation", "convention"]
) | frozenset(["commission", "resolution", "constitution", "institution", "federation", "corporation", "proposal"])
"""Nouns that name a thing rather than what is done."""

SMALL = frozenset(["of", "the", "a", "an", "'s", "to", "from", "for"])


def verb_of(noun: str, lexicon: Lexicon) -> str:
    """The verb in its base form, empty if the lexicon knows none."""
    if noun in THINGS:
        return ""
    for ending, others in ENDINGS:
        if noun.endswith(ending):
            stems = (noun.removesuffix(ending) + other for other in others)
            known = (s for s in stems if any(e.form == "base" and not e.rest for e in lexicon.verbs.get(s, ())))
            return next(known, "")
    return ""


def told_as_act(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """A term that names an act, as the act itself: "nomination of Smith" and "Smith's nomination" as "nominate Smith";
    empty for other terms."""
    if len(words) < 2:
        return []
    if words[1] == "of" and (verb := verb_of(words[0], lexicon)):
        matter = words[2:]
    elif verb := verb_of(words[-1], lexicon):
        matter = words[:-1]
    else:
        return []
    matter = [word for word in matter if word not in SMALL]
    return [verb, *matter] if matter else []
