"""The lexicon: which words carry, pass, hold back or attribute a position. Data in `lexicon/*.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.detect.contractions import spelt_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


PARTICLE_GAP = 3
"""A verb's particle stands at most so many words after it: "tear the deal up"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one word, with the words that belong to it, does to a position.

    `sign` is the stance of the subject towards a noun that follows, 0 if none. `control` is the sign passed on
    to an infinitive or -ing clause that follows: 0 where such a clause only tells a purpose. `kinds` names
    the lists it stands in; `form` is base, s, past or ing for a verb, else empty.
    """

    lemma: str
    rest: tuple[str, ...]
    sign: int
    control: int
    kinds: frozenset[str]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the detector knows of one language. Immutable, shared by detectors.

    `vocabulary` is every single word in it that is no name: by their share a text of the language is known. `told`
    are past forms of what is good or bad to do ("harmed"). `doing` has for a verb's form what it does to someone in
    the words behind whom it is done to, with the sign: "sells" and "down the river". `participles` has the past forms
    of a verb of one word.
    """

    language: str
    verbs: Mapping[str, tuple[Entry, ...]]
    speaking: frozenset[str]
    adjectives: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, int]
    transparent_nouns: frozenset[str]
    open_nouns: frozenset[str]
    terms: frozenset[str]
    demands: frozenset[str]
    proposals: frozenset[str]
    judging: Mapping[str, int]
    instruments: frozenset[str]
    good: frozenset[str]
    bad: frozenset[str]
    strong: frozenset[str]
    told: Mapping[str, int]
    doing: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
    participles: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    sets: Mapping[str, frozenset[str]]
    families: Mapping[str, frozenset[str]]
    synonyms: Mapping[str, str]
    vocabulary: frozenset[str]

    def phrase(self, kind: str, words: Sequence[str], lo: int, hi: int) -> tuple[int, int] | None:
        """The first, longest phrase of that kind in words[lo:hi], as a span."""
        known = self.phrases[kind]
        if known.keys().isdisjoint(words[lo:hi]):
            return None  # nearly always: one look at all words costs a fraction of one at each
        for i, word in enumerate(words[lo:hi], lo):
            if word not in known:
                continue
            for candidate in known[word]:
                end = i + len(candidate)
                if end <= hi and tuple(words[i:end]) == candidate:
                    return i, end
        return None


def listed(text: str) -> list[str]:
    """The items of a comma list, white space folded."""
    return [spelt_out(" ".join(item.split())) for item in text.split(",") if item.strip()]


SEPARABLE = frozenset(["up", "down", "off", "out", "away", "apart", "aside", "back", "over", "through", "about"])


WITH_OBJECT = frozenset(
    listed(
        "ask for, press for, lobby for, push for, lobby on behalf of, blame on, stake on, reassure about, "
        "reassure over, get on to the statute book, get onto the statute book, give the green light, "
        "give short shrift, give the go ahead, give the nod, give approval, give its approval, give a failing grade, "
        "give high marks, give a thumbs up, give a thumbs down"
    )
)
"""An object may stand within: "asked sceptical lawmakers for it", "blamed the job losses on it"."""


def match_entry(
    entries: Sequence[Entry], lower: Sequence[str], i: int, hi: int, gap: int = PARTICLE_GAP
) -> tuple[Entry, int] | None:
    """The entry whose further words follow token `i`, longest first, and the token after its last word.

    Particles like "up" and the "to" of "tie it to" may stand `gap` words away, others only one.
    """
    widest = gap
    near = lower[i + 1 : min(hi, i + 2 + widest)]
    for entry in entries:
        j = i + 1
        if not entry.rest:
            return entry, j
        if entry.rest[0] not in near:
            continue  # nearly always: idioms are many, and few are met
        apart = (
            entry.rest[0] in SEPARABLE
            or bool(entry.kinds & {"prevent", "conditional"})
            or "court" in entry.rest  # "took the state to court"
            or entry.lemma in WITH_OBJECT
            or (entry.rest == ("into",) and "transparent" in entry.kinds)  # "lulled members into it"
        )
        gap = widest if apart else min(1, widest)
        for particle in entry.rest:
            end = min(j + gap + 1, hi)
            while j < end and lower[j] != particle and lower[j] != "no":  # "has no doubts about it"
                j += 1
            if j >= end or lower[j] != particle:
                break
            j += 1
        else:
            return entry, j
    return None
