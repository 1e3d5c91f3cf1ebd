"""What is watched: a topic, the target that stance is towards, and the parties that take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Alias:
    """A name, office or spokesperson that speaks for a party, perhaps only for a time.

    `since` and `until` are days, both included: an office changes hands, and a text of 2016
    must not give its candidate the seat that he took in 2017.
    """

    text: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date | None) -> bool:
        """Whether the alias names its party on `day`; an undated text accepts every alias."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor whose position is tracked: a state, government, institution, camp or person.

    `aliases` speak for the party; `members` do too, but weigh less and never flip it alone;
    `excluded` (the config's `not`) are phrases that hold an alias and mean something else.
    """

    name: str
    aliases: tuple[Alias, ...] = ()
    members: tuple[Alias, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seed:
    """A document that gives a topic's first board; header lines in it win over these fields."""

    path: str
    published: date | None = None
    title: str = ""
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A user's changes to the lexicon: the TOML text, and the file it was read from, for what is said of it."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """An issue that is watched.

    `target` is one sentence that can be favoured or opposed. `target_terms` name the target in
    text; favouring one of `against_terms` is opposing the target; a phrase in `exclude` is never
    the target. `match` is a query in Lucene syntax; empty, the target's terms are the query.
    `feeds` holds names or tags of feeds; empty, all feeds. `lexicon` is applied in order; it is carried
    as text, so that whoever reads for the topic, in another process or on another machine, reads alike.
    """

    name: str
    target: str
    parties: tuple[Party, ...]
    match: str = ""
    target_terms: tuple[str, ...] = ()
    against_terms: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    seeds: tuple[Seed, ...] = ()
    lexicon: tuple[Overlay, ...] = ()
