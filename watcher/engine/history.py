"""What every text on a topic said of every party, in order: the ground that boards are built on.

Made once from all statements; a board as of any day is then a walk over it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from watcher.domain.judgement import StatementKey
from watcher.domain.statement import Strength, Voice
from watcher.engine.reading import is_historic, read_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from watcher.domain.article import ArticleRef
    from watcher.domain.board import PartyReading
    from watcher.domain.judgement import Correction
    from watcher.domain.statement import Stance, Statement

WEIGHT = {Voice.OWN: 2, Voice.REPORTED: 1, Voice.CLAIMED: 0}


@dataclass(frozen=True, slots=True)
class Entry:
    """One text's label for one party, with the statements of that party that it came from.

    `day` is when the position was taken, as far as the text tells; `published` is when a reader
    could know of it. `rank` orders entries by weight: the better voice, then the office before a
    member, then deeds before words.
    """

    day: date
    published: date
    article: ArticleRef
    reading: PartyReading
    statements: tuple[Statement, ...]
    rank: tuple[int, bool, bool]


@dataclass(frozen=True, slots=True)
class Day:
    """What a day's texts come to: the entry that speaks for it, and how many stories agree with it."""

    day: date
    best: Entry
    stories: int

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Day:
        """One label for all texts of a day: those of the best rank, then the label of most
        stories, then the latest."""
        rank = max(entry.rank for entry in entries)
        leading = [entry for entry in entries if entry.rank == rank]
        stories: dict[Stance, set[str]] = {}
        for entry in leading:
            stories.setdefault(entry.reading.stance, set()).add(entry.article.story)
        last = {entry.reading.stance: n for n, entry in enumerate(leading)}
        winner = max(stories, key=lambda stance: (len(stories[stance]), last[stance]))
        best = max(
            (entry for entry in leading if entry.reading.stance is winner),
            key=lambda entry: (entry.reading.decisive.strength is Strength.STRONG, entry.article.published),
        )
        return cls(best.day, best, len(stories[winner]))


@dataclass(frozen=True, slots=True)
class PartyHistory:
    """One party's entries, oldest first, as far as a reader could know them, and their days."""

    entries: Sequence[Entry] = ()
    days: Sequence[Day] = ()


class History:
    """All entries of one topic, by party, oldest first, after a person's corrections."""

    def __init__(self, statements: Iterable[Statement], corrections: Sequence[Correction] = ()) -> None:
        self.statements = apply(statements, corrections)
        self.entries: dict[str, list[Entry]] = defaultdict(list)
        documents = sorted(self.statements, key=lambda s: (s.article.published, s.article.id))
        for _, group in groupby(documents, key=lambda s: s.article.id):
            self._add(list(group))
        for entries in self.entries.values():
            entries.sort(key=lambda entry: (entry.day, entry.article.published))
        self._whole: dict[str, PartyHistory] = {}

    def until(self, party: str, as_of: date) -> PartyHistory:
        """What could be known of the party at the end of that day."""
        whole = self._of(party)
        entries = [entry for entry in whole.entries if entry.published <= as_of]
        if len(entries) == len(whole.entries):
            return whole
        # only days of which a text came later need weighing anew
        late = {entry.day for entry in whole.entries if entry.published > as_of}
        days = [day for day in whole.days if day.day not in late and day.day <= as_of]
        again = [entry for entry in entries if entry.day in late]
        days += [Day.of(list(group)) for _, group in groupby(again, key=lambda entry: entry.day)]
        return PartyHistory(entries, sorted(days, key=lambda day: day.day) if again else days)

    def _of(self, party: str) -> PartyHistory:
        if party not in self._whole:
            entries = self.entries.get(party, [])
            days = [Day.of(list(group)) for _, group in groupby(entries, key=lambda entry: entry.day)]
            self._whole[party] = PartyHistory(entries, days)
        return self._whole[party]

    def _add(self, document: list[Statement]) -> None:
        """Reads one text as a whole, and apart from it what it tells of days long past."""
        by_party: dict[str, list[Statement]] = defaultdict(list)
        past: dict[tuple[str, date], list[Statement]] = defaultdict(list)
        for statement in document:
            if is_historic(statement):
                past[statement.party, statement.day].append(statement)
            else:
                by_party[statement.party].append(statement)
        for party, statements in by_party.items():
            self._enter(party, statements)
        for (party, _), statements in past.items():
            self._enter(party, statements)

    def _enter(self, party: str, statements: Sequence[Statement]) -> None:
        reading, article = read_party(statements), statements[0].article
        decisive, published = reading.decisive, article.published.date()
        day = min(decisive.day, published)  # a date said cannot lie after publication
        rank = (WEIGHT[reading.voice], not decisive.member, decisive.deed)
        self.entries[party].append(Entry(day, published, article, reading, tuple(statements), rank))


def apply(statements: Iterable[Statement], corrections: Sequence[Correction]) -> list[Statement]:
    """The statements as a person corrected them: rejected ones gone, relabelled ones relabelled."""
    latest = {correction.key: correction for correction in corrections if not correction.withdrawn}
    if not latest:
        return list(statements)
    kept = []
    for statement in statements:
        correction = latest.get(StatementKey.of(statement))
        if correction is None:
            kept.append(statement)
        elif correction.stance is not None:
            kept.append(replace(statement, stance=correction.stance, confidence=1.0))
    return kept
