"""What every text on a topic said of every party, in order: the ground that boards are built on.

Made once from all statements; a board as of any day is then a walk over it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from watcher.domain.judgement import StatementKey
from watcher.engine.reading import is_historic, read_party
from watcher.engine.steps import Entry, Step, rank, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from watcher.domain.judgement import Correction
    from watcher.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class PartyHistory:
    """One party's entries, oldest first, as far as a reader could know them, and their steps."""

    entries: Sequence[Entry] = ()
    steps: Sequence[Step] = ()


_Text: TypeAlias = "tuple[Sequence[Statement], Sequence[Entry]]"
"""The statements of one text, and what they come to."""


class History:
    """All entries of one topic, by party, oldest first, after a person's corrections.

    What `before`, the history that this one follows, has of the same texts and days is not worked out again.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        corrections: Sequence[Correction] = (),
        before: History | None = None,
    ) -> None:
        self.statements = apply(statements, corrections)
        self.entries: dict[str, list[Entry]] = defaultdict(list)
        self._texts: dict[str, _Text] = {}
        known = before._texts if before else {}
        documents: dict[str, list[Statement]] = {}
        if before is None:
            for statement in self.statements:
                documents.setdefault(statement.article.id, []).append(statement)
        else:
            others = self._take_over(before)
            for statement in self.statements:
                if statement.article.id in others:
                    documents.setdefault(statement.article.id, []).append(statement)
        touched = set()
        for document in documents.values():
            id = document[0].article.id
            text = known.get(id)
            if text is None or text[0] != tuple(document):
                text = _read(document)
            self._texts[id] = text
            for entry in text[1]:
                party = entry.reading.decisive.party
                self.entries[party].append(entry)
                touched.add(party)
        for party in touched:
            self.entries[party].sort(key=_place)
        self._whole: dict[str, PartyHistory] = {}
        self._before = dict(before._whole) if before else {}

    def _take_over(self, before: History) -> set[str]:
        """Takes over the texts without a statement at or after the first that differs; names the others."""
        same = 0
        for one, other in zip(self.statements, before.statements, strict=False):
            if one is not other and one != other:
                break
            same += 1
        others = {one.article.id for some in (self.statements, before.statements) for one in some[same:]}
        self._texts = {id: text for id, text in before._texts.items() if id not in others}
        for party, entries in before.entries.items():
            self.entries[party] = [entry for entry in entries if entry.article.id not in others]
        return others

    def until(self, party: str, as_of: date) -> PartyHistory:
        """What could be known of the party at the end of that day."""
        whole = self._of(party)
        entries = [entry for entry in whole.entries if entry.published <= as_of]
        if len(entries) == len(whole.entries):
            return whole
        # only days of which a text came later need weighing anew
        late = {entry.day for entry in whole.entries if entry.published > as_of}
        kept = [step for step in whole.steps if step.day not in late and step.day <= as_of]
        again = _by_day([entry for entry in entries if entry.day in late])
        return PartyHistory(entries, sorted(kept + again, key=lambda step: step.day) if again else kept)

    def _of(self, party: str) -> PartyHistory:
        if party not in self._whole:
            entries = self.entries.get(party, [])
            self._whole[party] = PartyHistory(entries, _steps(entries, self._before.pop(party, PartyHistory())))
        return self._whole[party]


def _steps(entries: Sequence[Entry], before: PartyHistory) -> Sequence[Step]:
    """The steps of all days; those before the first day on which the entries differ from `before` are taken from it."""
    same = 0
    for one, other in zip(entries, before.entries, strict=False):
        if one is not other:
            break
        same += 1
    differing = [some[same].day for some in (entries, before.entries) if same < len(some)]
    if not differing:
        return before.steps
    first = min(differing)
    kept = [step for step in before.steps if step.day < first]
    return kept + _by_day([entry for entry in entries if entry.day >= first])


def _place(entry: Entry) -> tuple[date, datetime, str]:
    """By day, those of a day in order of publication."""
    return entry.day, entry.article.published, entry.article.id


def _read(document: list[Statement]) -> _Text:
    """One text read as a whole, and apart from it what it tells of days long past, by party."""
    if len(document) == 1:  # a history of years is made of these
        entry = _entry(tuple(document))
        return entry.statements, (entry,)
    by_party: dict[str, list[Statement]] = {}
    past: dict[tuple[str, date], list[Statement]] = {}
    for statement in document:
        if is_historic(statement):
            past.setdefault((statement.party, statement.day), []).append(statement)
        else:
            by_party.setdefault(statement.party, []).append(statement)
    return tuple(document), tuple(_entry(tuple(group)) for group in (*by_party.values(), *past.values()))


def _entry(statements: tuple[Statement, ...]) -> Entry:
    reading, article = read_party(statements), statements[0].article
    decisive, published = reading.decisive, article.published.date()
    said = decisive.said_on
    day = said if said and said < published else published  # a date said cannot lie after publication
    return Entry(day, published, article, reading, statements, rank(reading.voice, decisive.member, decisive.deed))


def _by_day(entries: Sequence[Entry]) -> list[Step]:
    return [step for _, group in groupby(entries, key=attrgetter("day")) for step in steps(list(group))]


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
