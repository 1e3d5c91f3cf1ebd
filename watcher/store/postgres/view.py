"""What one process has looked at, kept in memory and brought up to date row by row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING, Any

from watcher.store.base import Batch, Headline, Mark
from watcher.store.postgres.rows import read
from watcher.store.records import CORRECTION, FEED, PIN, READING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from watcher.domain.statement import Statement
    from watcher.store.base import TopicReading
    from watcher.store.memory import MemoryStore

Rows = list[tuple[Any, ...]]

HEADLINE = "a.published, -a.written, a.id, a.title, a.source, a.story"

_Entry = tuple["datetime", int, Headline]
"""A headline with what it is ordered by: no two entries agree in the first two."""


class Part:
    """A share of the database that is kept in memory: how to ask for its rows above a revision
    (`%(seen)s`), and how to take them in. The first time all rows are asked for, with `seen` -1."""

    sql = ""

    def __init__(self, **values: object) -> None:
        self.values = values

    def take(self, rows: Rows) -> None:
        """Takes in rows, each the newest of its key."""

    def forget(self, articles: Iterable[str]) -> None:
        """Drops what hangs on articles that are gone."""


class Pruned(Part):
    """The articles that are gone."""

    sql = "SELECT article FROM pruned WHERE revision > %(seen)s"


class Small(Part):
    """Feeds, corrections, pins and small texts: what a screen always needs, and never much."""

    sql = """
        SELECT 'feed', NULL::text, format, record::text FROM feeds WHERE revision > %(seen)s
        UNION ALL SELECT 'correction', NULL, format, record::text FROM corrections WHERE revision > %(seen)s
        UNION ALL SELECT 'pin', NULL, format, record::text FROM pins WHERE revision > %(seen)s
        UNION ALL SELECT 'meta', key, 0, value FROM meta WHERE revision > %(seen)s AND person IN ('', %(person)s)
    """

    def __init__(self, memory: MemoryStore, person: str) -> None:
        super().__init__(person=person)
        self._memory = memory

    def take(self, rows: Rows) -> None:
        """Takes in rows of any of the tables."""
        of: dict[str, list[tuple[str, int, str]]] = {"feed": [], "correction": [], "pin": [], "meta": []}
        for table, key, version, text in rows:
            of[table].append((key, version, text))
        self._memory.commit(
            Batch(
                feeds=[read(FEED, version, text) for _, version, text in of["feed"]],
                corrections=[read(CORRECTION, version, text) for _, version, text in of["correction"]],
                pins=[read(PIN, version, text) for _, version, text in of["pin"]],
                meta={key: text for key, _, text in of["meta"]},
            )
        )


class Marks(Part):
    """One person's marks."""

    sql = """
        SELECT article, coalesce((record->>'read')::boolean, false), starred FROM marks
        WHERE person = %(person)s AND revision > %(seen)s
    """

    def __init__(self, person: str) -> None:
        super().__init__(person=person)
        self.marks: dict[str, Mark] = {}

    def take(self, rows: Rows) -> None:
        """Takes in marks."""
        self.marks.update((article, Mark(article, read, starred)) for article, read, starred in rows)

    def forget(self, articles: Iterable[str]) -> None:
        """Drops the marks of articles that are gone."""
        for article in articles:
            self.marks.pop(article, None)


class Readings(Part):
    """A topic's readings; a row without its record is one that was taken away."""

    sql = """
        SELECT r.article, coalesce(a.written, 0), r.format, r.record::text
        FROM readings r LEFT JOIN articles a ON a.id = r.article
        WHERE r.topic = %(topic)s AND r.revision > %(seen)s
    """

    def __init__(self, topic: str) -> None:
        super().__init__(topic=topic)
        self.readings: dict[str, TopicReading] = {}
        self._written: dict[str, int] = {}
        self._ordered: list[Statement] | None = []

    def take(self, rows: Rows) -> None:
        """Takes in readings."""
        if len(rows) * 10 > len(self.readings):
            self._ordered = None
        self.forget(article for article, _, _, _ in rows)
        for article, written, version, text in rows:
            if text is None:
                continue
            self.readings[article] = found = read(READING, version, text)
            self._written[article] = written
            if self._ordered is not None:
                for statement in found.statements:
                    insort(self._ordered, statement, key=self._place)

    def forget(self, articles: Iterable[str]) -> None:
        """Drops the readings of articles that are gone."""
        gone = {article for article in articles if self.readings.pop(article, None)}
        if gone and self._ordered is not None:
            self._ordered = [one for one in self._ordered if one.article.id not in gone]

    def _place(self, statement: Statement) -> tuple[datetime, int, str]:
        article = statement.article
        return article.published, self._written.get(article.id, 0), article.id

    def until(self, until: datetime | None) -> list[Statement]:
        """Statements of articles published by `until`, in order of publication; those of one moment
        as their articles were written, so that every screen has them in one order."""
        if self._ordered is None:
            self._ordered = [one for reading in self.readings.values() for one in reading.statements]
            self._ordered.sort(key=self._place)
        end = None if until is None else bisect_right(self._ordered, until, key=lambda one: one.article.published)
        return self._ordered[:end]


class Headlines(Part):
    """Headlines of all articles, oldest first inside, so that a new one goes near the end; those of
    one moment are shown as they were written."""

    sql = f"SELECT true, {HEADLINE} FROM articles a WHERE a.revision > %(seen)s"  # noqa: S608 - columns

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self._by_id: dict[str, _Entry] = {}
        self._ordered: list[_Entry] = []

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._ordered)

    def take(self, rows: Rows) -> None:
        """Takes in headlines; a row that begins with false is one that no longer matches."""
        entries = {
            id: (published, place, Headline(id, title, source, published, story)) if shown else None
            for shown, published, place, id, title, source, story in rows
        }
        few = len(entries) * 10 < len(self._ordered)
        for id, entry in entries.items():
            old = self._by_id.pop(id, None)
            if few and old is not None:
                del self._ordered[bisect_left(self._ordered, old)]
            if entry is not None:
                self._by_id[id] = entry
                if few:
                    insort(self._ordered, entry)
        if not few:
            self._ordered = sorted(self._by_id.values())

    def forget(self, articles: Iterable[str]) -> None:
        """Drops the headlines of articles that are gone."""
        self.take([(False, None, 0, article, "", "", "") for article in articles])

    def until(self, until: datetime | None) -> Sequence[Headline]:
        """Headlines published by `until`, newest first."""
        end = None if until is None else bisect_right(self._ordered, until, key=lambda entry: entry[0])
        return [headline for _, _, headline in reversed(self._ordered[:end])]


class TopicHeadlines(Headlines):
    """Headlines of the articles that match a topic."""

    sql = f"""
        SELECT r.record IS NOT NULL, {HEADLINE} FROM readings r JOIN articles a ON a.id = r.article
        WHERE r.topic = %(topic)s AND (%(seen)s < 0 OR r.article IN (
            SELECT id FROM articles WHERE revision > %(seen)s
            UNION SELECT article FROM readings WHERE topic = %(topic)s AND revision > %(seen)s
        ))
    """  # noqa: S608 - columns
