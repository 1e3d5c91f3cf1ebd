"""Whom a pronoun or a title may mean, from sentence to sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from watcher.detect.marks import HARD
from watcher.detect.naming import acting, is_name
from watcher.detect.roles import spoken_for, titled_name

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def _aside(parsed: Parsed, mention: Mention) -> bool:
    """Whether someone is named only as an owner or an object."""
    return parsed.lower[mention.end : mention.end + 1] == ["'s"] or not acting(parsed, mention)


OTHERS = frozenset(
    [
        "thousands",
        "hundreds",
        "dozens",
        "protesters",
        "protestors",
        "demonstrators",
        "critics",
        "opponents",
        "supporters",
    ]
) | frozenset(["experts", "analysts", "voters", "residents", "students", "activists", "campaigners", "farmers", "many"])
"""Opening a sentence they are whom "they" takes up, and no party."""


@dataclass(slots=True)
class Memory:
    """Whom a pronoun may mean: the persons and groups named last. None stands for someone who is no party."""

    person: Mention | None = None
    any: Mention | None = None
    group: Mention | None = None
    singular: Mention | None = None
    stranger: bool = False
    pair: tuple[Mention, ...] = ()  # the two parties named last
    titles: dict[str, Mention] = field(default_factory=dict)
    bodies: dict[str, Mention] = field(default_factory=dict)  # "tribe" of the party with a tribe in its name

    def copy(self) -> Memory:
        """What is remembered now, whatever comes."""
        named = (dict(self.titles), dict(self.bodies))
        return Memory(self.person, self.any, self.group, self.singular, self.stranger, self.pair, *named)

    def pronoun(self, word: str) -> Mention | None:
        """The mention that he, she, they or it takes up."""
        if word in ("he", "she", "his", "her", "him"):
            if self.stranger:
                return None
            return self.person or self.any
        if word in ("they", "their", "them"):
            return self.group
        if word in ("it", "its"):
            return self.singular
        return None

    def both(self, parsed: Parsed, end: int) -> tuple[Mention, ...]:
        """The two parties named last before token `end`: whom "both" and "the two sides" take up."""
        named = [*self.pair, *(m for m in parsed.mentions if m.actor and not m.plural and m.end <= end)]
        return tuple({m.party: m for m in named}.values())[-2:]

    def note(self, parsed: Parsed) -> None:
        """Takes in the mentions of a sentence that has been read."""
        self.pair = self.both(parsed, len(parsed))
        theirs = parsed.lower[:1] in (["he"], ["she"]) and self.person is not None  # the sentence goes on about them
        for mention in sorted(parsed.mentions, key=lambda m: acting(parsed, m)):
            if not mention.actor or (theirs and mention.person and _aside(parsed, mention)):
                continue
            self.remember(mention)
            self._entitle(parsed, mention)
            words = f"{mention.name} {mention.party}".lower().replace("(", " ").replace(")", " ").split()
            self.bodies.update({word: mention for word in words if word in parsed.lexicon.sets["bodies"]})
        people = [m for m in parsed.mentions if m.actor and m.person and m.how == "alias"]
        if len({m.name for m in people}) > 1 and len({m.party for m in people}) == 1 and "and" in parsed.vocabulary:
            self.group = people[0]  # "Smith and Jones of the Greens spoke. They ..."
        self._stranger(parsed)
        if parsed.lower[0] in OTHERS and parsed.mention_at(0) is None:
            self.group = None  # "Thousands marched. They ..."

    def _entitle(self, parsed: Parsed, mention: Mention) -> None:
        """ "President Smith" lets "the president" mean Smith."""
        start = mention.start
        while start > 0 and parsed.lower[start - 1] in parsed.lexicon.sets["offices"]:
            start -= 1
        for x in range(start, mention.end - 1):
            word, before = parsed.lower[x], parsed.lower[x - 1] if x else ""
            if word in parsed.lexicon.sets["offices"]:
                title = f"{before} {word}" if before in ("prime", "foreign") else word.rstrip(".")
                self.titles[title] = mention

    def remember(self, mention: Mention) -> None:
        """The newest mention wins the pronouns that fit it."""
        if mention.plural:
            self.group = mention
        elif mention.person:
            self.person = mention
            self.stranger = False
        else:
            self.singular = mention
            self.any = mention
            if self.person is None:
                self.stranger = False

    def _stranger(self, parsed: Parsed) -> None:
        """A full name that is no party's and that speaks or acts takes over he and she."""
        words, n = parsed.words, len(parsed)
        capital = [word[0].isupper() for word in words]
        for i in range(n - 2):
            if (
                capital[i]
                and capital[i + 1]
                and is_name(parsed, words[i])
                and is_name(parsed, words[i + 1])
                and parsed.mention_at(i) is None
                and parsed.mention_at(i + 1) is None
            ):
                j = i + 2
                if parsed.saying(j) is not None or (
                    parsed.lower[j] in (",", "who")
                    and (
                        i == 0
                        or words[i - 1] in HARD
                        or parsed.lower[i - 1] in parsed.lexicon.sets["titles"]
                        or parsed.lower[i - 1] == "said"
                    )
                ):
                    last = max((m.start for m in parsed.mentions if m.person), default=-1)
                    if i > last:
                        self.stranger = True
                        self._role(parsed, i, j)

    def _role(self, parsed: Parsed, i: int, j: int) -> None:
        """The party that the stranger named at tokens [i, j) speaks for, by what he or she is called."""
        prefixed = titled_name(parsed, j - 1)
        role = prefixed[0] if prefixed else None
        if role is None and parsed.words[j] == ",":
            end = next((x for x in range(j + 1, len(parsed)) if parsed.words[x] in (",", *HARD)), len(parsed))
            role = spoken_for(parsed, j + 1, end)
        if role is not None:
            self.person, self.stranger = replace(role, name=" ".join(parsed.words[i:j]), person=True), False
