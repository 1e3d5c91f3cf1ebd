"""What every text on a topic said of every party, in order: the ground that boards are built on.

Made once from all statements; a board as of any day is then a walk over it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from watcher.domain.judgement import StatementKey
from watcher.engine.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from watcher.domain.article import ArticleRef
    from watcher.domain.board import PartyReading
    from watcher.domain.judgement import Correction
    from watcher.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class Entry:
    """One text's label for one party, with the statements of that party that it came from.

    `day` is when the position was taken, as far as the text tells; `published` is when a reader
    could know of it.
    """

    day: date
    published: date
    article: ArticleRef
    reading: PartyReading
    statements: tuple[Statement, ...]


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

    def _add(self, document: list[Statement]) -> None:
        """Reads one text as a whole."""
        article = document[0].article
        published = article.published.date()
        for party, reading in read_document(document).items():
            own = tuple(s for s in document if s.party == party)
            day = min(reading.decisive.day, published)  # a date said cannot lie after publication
            self.entries[party].append(Entry(day, published, article, reading, own))


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
