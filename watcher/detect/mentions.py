"""Where a text names a party: aliases valid on the text's day, longest first, and what the name speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.detect.folding import fold
from watcher.detect.tokens import TOKEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from watcher.detect.sentences import Sentence
    from watcher.detect.words import Lexicon
    from watcher.domain.topic import Topic

EXPANSIONS = {
    "United States": ("U.S.", "US"),
    "U.S.": ("US",),
    "European Union": ("EU", "E.U."),
    "EU": ("E.U.",),
    "United Kingdom": ("U.K.", "UK"),
    "United Nations": ("U.N.", "UN"),
    "Democrats": ("Dems", "Democrat", "Democratic"),
    "Republicans": ("Republican", "GOP"),
    "GOP": ("G.O.P.",),
}
"""Written forms of a name that a user means without writing them."""


HONORIFICS = frozenset(["mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr", "sir", "dame", "lord", "lady"])
"""They belong to the name behind them."""
INDIVIDUALS = frozenset(["Republican", "Democrat", "Democratic", "Conservative", "Liberal", "Tory"])
"""Camps' names in the singular: one member, or an adjective."""


COMPANY = frozenset(["inc.", "corp.", "co.", "ltd.", "inc", "corp", "ltd", "plc", "llc"])
"""What may stand behind a company's name, and belongs to it."""

LAWMAKERS = frozenset(["mps", "lawmakers", "senators", "members", "deputies", "legislators"])
"""Of them a share votes, where a share of a camp only answers a poll."""

NOT_ONE = frozenset([("not", "one"), ("a", "single")])
SINGULAR = ("ss", "as", "is", "us", "os")
"""Names that end so are mostly one: Hamas, Paris, Cyprus, Laos."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named at tokens [start, end) of its sentence.

    `how` is alias, pronoun, first (person), elided or quote: the way it was resolved. `plural` and `person`
    say which pronouns may take it up; `actor` is false where the name only modifies another
    noun ("the Republican primary") or sits inside a target phrase.
    """

    party: str
    start: int
    end: int
    name: str
    how: str = "alias"
    member: bool = False
    plural: bool = False
    person: bool = False
    actor: bool = True


@dataclass(frozen=True, slots=True)
class _Name:
    party: str
    text: str
    member: bool
    person: bool


class _Node:
    __slots__ = ("names", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.names: tuple[_Name | None, ...] = ()


def split_words(text: str) -> list[str]:
    """Tokens of a phrase as the sentence reader makes them: hyphens and possessives apart."""
    words: list[str] = []
    for word in TOKEN.findall(fold(text)):
        if word == "-":
            continue
        if len(word) > 2 and word.endswith("'s"):
            words += [word[:-2], "'s"]
        else:
            words.append(word)
    return words


def _one_of(text: str) -> tuple[str, ...]:
    """ "Norlandic officials" are also met one by one: "a Norlandic official"."""
    first, _, last = text.rpartition(" ")
    return (f"{first} {last.removesuffix('s')}",) if first and last in SPEAKING else ()


PLACES = frozenset(
    ["university", "institute", "college", "hospital", "museum", "airport", "airlines", "airways", "times", "herald"]
) | frozenset(["tribune", "gazette", "street", "square", "cathedral", "stadium", "orchestra", "school", "academy"])
"""With one of these behind it a name is another's: "the Norland Times"."""

PRESSING = frozenset(["ahead", "on", "for", "the", "its", "their"])
"""Behind "press" they make a verb of it: "the Greens press ahead"."""

SPEAKING = frozenset(["officials", "diplomats", "negotiators"])
"""Who speaks for a party, whether one or several."""


class PartyIndex:
    """All names of a topic's parties that hold on one day (None: all of them)."""

    def __init__(self, topic: Topic, lexicon: Lexicon, day: date | None) -> None:
        self._lexicon = lexicon
        self._root = _Node()
        explicit = {alias.text for party in topic.parties for alias in (*party.aliases, *party.members)}
        for party in topic.parties:
            own = [(alias, False) for alias in party.aliases] + [(alias, True) for alias in party.members]
            texts = [alias.text for alias, _ in own] + [party.name]
            for alias, member in own:
                if alias.holds_on(day):
                    self._add(alias.text, _Name(party.name, alias.text, member, self._is_person(alias.text, texts)))
                    for other in (*EXPANSIONS.get(alias.text, ()), *_one_of(alias.text)):
                        if other not in explicit:
                            self._add(other, _Name(party.name, alias.text, member, False))
            if party.name not in explicit:
                self._add(party.name, _Name(party.name, party.name, False, self._is_person(party.name, texts)))
                for other in EXPANSIONS.get(party.name, ()):
                    if other not in explicit:
                        self._add(other, _Name(party.name, party.name, False, False))
            for phrase in party.excluded:
                self._add(phrase, None)
        self.titles = self._titles(topic, day)

    def _titles(self, topic: Topic, day: date | None) -> dict[str, Mention]:
        """Offices that one party alone holds by its aliases: with "President Smith" among them, "the president"."""
        offices = self._lexicon.sets["offices"]
        found: dict[str, Mention | None] = {}
        for party in topic.parties:
            for alias in party.aliases:
                words = alias.text.lower().split()
                size = 2 if words[:1] in (["prime"], ["foreign"]) else 1
                if len(words) <= size or words[size - 1] not in offices or not alias.holds_on(day):
                    continue
                title = " ".join(words[:size])
                known = found.get(title)
                taken = title in found and (known is None or known.party != party.name)
                found[title] = None if taken else Mention(party.name, 0, 0, alias.text, person=True)
        return {title: mention for title, mention in found.items() if mention}

    def _add(self, text: str, name: _Name | None) -> None:
        words = split_words(text)
        if not words:
            return
        if text != text.lower():
            variants = [words]
        else:
            variants = [words, [words[0].capitalize(), *words[1:]], [word.capitalize() for word in words]]
        for variant in variants:
            node = self._root
            for word in variant:
                node = node.next.setdefault(word, _Node())
            if name is None:
                node.names = (None,)
            elif name not in node.names and None not in node.names:
                node.names = (*node.names, name)

    def _is_person(self, text: str, others: Sequence[str]) -> bool:
        """Whether an alias names a person: by its shape and by the party's longer aliases."""
        words = text.split()
        heads = self._lexicon.sets["person_heads"]
        titles = self._lexicon.sets["titles"]

        def name_like(parts: Sequence[str]) -> bool:
            return (
                1 < len(parts) <= 4
                and all(part[:1].isupper() for part in parts)
                and not any(part.lower() in heads or (part.isupper() and "." not in part) for part in parts)
                and not parts[-1].endswith(("ans", "ists", "crats"))
            )

        if name_like(words):
            if text == others[-1] and words[-1] not in others:
                return False  # a party's own name is a person's only where the surname alone names it too
            return not all(word.lower() in titles for word in words)
        if len(words) == 1 and words[0][:1].isupper():
            return any(name_like(other.split()) and other.split()[-1] == text for other in others)
        return words[-1].lower() in ("president", "minister", "leader", "speaker", "secretary", "chancellor", "premier")

    def find(self, sentence: Sentence) -> list[Mention]:
        """Mentions in reading order; a name shared by two parties gives one each."""
        found: list[Mention] = []
        words, n = sentence.words, len(sentence.words)
        root, i = self._root.next, 0
        for first in [at for at, word in enumerate(words) if word in root]:
            if first < i:
                continue  # within the name before
            i, node = first, root.get(words[first])
            best: tuple[int, tuple[_Name | None, ...]] | None = None
            j = i
            while node is not None:
                j += 1
                if node.names:
                    best = (j, node.names)
                node = node.next.get(words[j]) if j < n else None
            if best is None:
                continue
            end, names = best
            found += [mention for name in names if name and (mention := self._mention(sentence, i, end, name))]
            i = end
        return found

    def _mention(self, sentence: Sentence, start: int, end: int, name: _Name) -> Mention | None:
        sets, lower, words = self._lexicon.sets, sentence.lower, sentence.words
        n = len(words)
        before = lower[start - 1] if start else ""
        two_before = lower[start - 2] if start > 1 else ""
        after = lower[end] if end < n else ""
        person, actor, stop = name.person, not sentence.glued[start], end  # "the X-Norland treaty"
        last = words[end - 1]
        plural = (
            last.endswith("s")
            and not person
            and not (last.endswith(SINGULAR) and not last.endswith("istas"))
            and lower[end - 1] not in ("states", "s", "congress", "nations")
            and not last.isupper()
        )
        if person and start and before in sets["titles"]:
            person = True
        elif not person and end - start == 1 and start and words[start - 1][:1].isupper() and start > 1:
            person = before in sets["titles"] and before not in ("the", "a", "an")
        shared = (two_before.endswith("%") or two_before in ("percent", "cent")) and before == "of"
        if (shared or before == "percent") and after not in LAWMAKERS:
            return None  # a poll
        if after in PLACES and words[end][:1].isupper() and not person:
            return None  # "Norland University"
        if after in COMPANY:
            end = stop = end + 1
            after = lower[end] if end < n else ""
        office = lower[end - 1] in sets["actors"] or lower[end - 1] in sets["unnamed"]
        if (
            before in ("a", "an")
            and not office
            and not after.startswith(("spokes", "offic"))
            and not person
            and not sentence.glued[start]
        ):
            actor = False  # "a Republican from Ohio" is one man
        if {before, two_before} & {"every", "each", "no"} or (two_before, before) in NOT_ONE:
            plural = plural or words[end - 1] in INDIVIDUALS
        elif (
            end - start == 1
            and words[start] in INDIVIDUALS
            and not sentence.glued[start]
            and not (end < n and sentence.glued[end])
        ):
            known = self._lexicon
            actor = (
                after in sets["actors"]
                or after in known.nouns
                or after in known.proposals
                or after in known.instruments
                or sentence.title
            )
        if end < n and words[end][:1].islower() and after.isalpha() and not person and after not in ("'s",):
            if after in sets["bystanders"]:
                actor = after == "press" and end + 1 < n and lower[end + 1] in PRESSING
            elif after in sets["actors"]:
                stop = end
                while stop < n and lower[stop] in sets["actors"] and stop - end < 4:
                    stop += 1
                tail = lower[stop - 1]
                plural = plural or tail.endswith("s")
                if stop < n and lower[stop] in sets["bystanders"] and tail not in ("officials", "leaders", "lawmakers"):
                    actor = False
        elif end < n and after in sets["bystanders"] and words[end][:1].isupper() and sentence.title and not person:
            actor = False
        start -= before in HONORIFICS and not name.text.lower().startswith(before)
        return Mention(name.party, start, stop, name.text, "alias", name.member, plural, person, actor)
