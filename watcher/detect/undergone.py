"""An act of the topic told in the passive: of "move the embassy", "the embassy should be moved", "wants it moved"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.detect.marks import ARTICLES, BE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.detect.words import Lexicon

BUILT = "built"
"""How the rules read the participle of an act that has no sign of its own: who wants a thing built is for that."""

WANTING = frozenset(
    ["want", "wants", "wanted", "wanting", "have", "having", "see", "seeing", "like", "get", "getting", "need", "needs"]
)
"""Before a thing and a participle they tell that it is to be done: "wants the embassy moved"."""

REACH = 9
"""Words from what it is done to to the participle."""
NAMED = 3
"""Words of where it is, among them: "the embassy in Elbonia"."""


@dataclass(frozen=True, slots=True)
class Undergone:
    """What an act is done to, the participles that tell the act, and its sign: 0 of an act without one of its own."""

    thing: tuple[str, ...]
    participles: frozenset[str]
    sign: int


def undergone(words: Sequence[str], lexicon: Lexicon) -> Undergone | None:
    """The passive of a term that begins with its verb; None where nothing is its plain object ("leave for good")."""
    verb = words[0].lower()
    small = lexicon.sets["prepositions"] | {"to", "out", "up", "off", "down", "away", "back"}
    stop = next((x for x in range(1, len(words)) if words[x].lower() in small), len(words))
    thing = tuple(word for word in words[1:stop] if word.lower() not in ARTICLES)
    if not thing or not verb.isalpha() or verb.endswith("ing"):
        return None
    entries = [entry for entry in lexicon.verbs.get(verb, ()) if not entry.rest and entry.form == "base"]
    known = lexicon.participles.get(verb, frozenset())
    acts = any("act" in entry.kinds for entry in entries)  # "close the camp": "close" is for a deal, but not for a camp
    sign = 0 if acts else next((entry.sign for entry in entries if entry.sign), 0)
    return Undergone(thing, known or frozenset([verb + ("d" if verb.endswith("e") else "ed")]), sign)


def told_in_passive(
    lower: Sequence[str], words: Sequence[str], span: tuple[int, int], forms: frozenset[str], lexicon: Lexicon
) -> int:
    """The participle that tells that the act is done to what stands at `span`; -1 if none does."""
    start, end = span
    sets, named = lexicon.sets, 0
    for j in range(end, min(len(lower), end + REACH)):
        word = lower[j]
        if word in forms or (word == BUILT and words[j].lower() in forms):
            before = lower[start - 1 - (lower[start - 1] in ARTICLES)] if start > 1 else ""
            passive = lower[j - 1] in BE or _light(lower[j - 1], lexicon)
            return j if passive or before in WANTING else -1
        if word in sets["auxiliaries"] or word in sets["modals"] or _light(word, lexicon):
            continue
        named += 1
        if named > NAMED or not (word in sets["prepositions"] or words[j][:1].isupper() or word == "the"):
            return -1
    return -1


def _light(word: str, lexicon: Lexicon) -> bool:
    """Whether the word may stand among the auxiliaries of a passive: an adverb, a denial."""
    return word in lexicon.sets["adverbs"] or word in lexicon.sets["negation"] or word.endswith("ly")
