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

    from watcher.store.memory import MemoryStore

Rows = list[tuple[Any, ...]]

HEADLINE = "a.id, a.title, a.source, a.published, a.story"


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

    sql = "SELECT article, format, record::text FROM readings WHERE topic = %(topic)s AND revision > %(seen)s"

    def __init__(self, memory: MemoryStore, topic: str) -> None:
        super().__init__(topic=topic)
        self._memory, self.topic = memory, topic

    def take(self, rows: Rows) -> None:
        """Takes in readings."""
        self._memory.commit(
            Batch(
                readings=[read(READING, version, text) for _, version, text in rows if text is not None],
                unmatched=[(article, self.topic) for article, _, text in rows if text is None],
            )
        )

    def forget(self, articles: Iterable[str]) -> None:
        """Drops the readings of articles that are gone."""
        self._memory.commit(Batch(unmatched=[(article, self.topic) for article in articles]))


class Headlines(Part):
    """Headlines of all articles, oldest first inside, so that a new one goes near the end."""

    sql = f"SELECT true, {HEADLINE} FROM articles a WHERE a.revision > %(seen)s"  # noqa: S608 - columns

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self._by_id: dict[str, Headline] = {}
        self._ordered: list[Headline] = []

    def take(self, rows: Rows) -> None:
        """Takes in headlines; a row that begins with false is one that no longer matches."""
        if len(rows) * 10 > len(self._ordered):
            for shown, *fields in rows:
                if shown:
                    self._by_id[fields[0]] = Headline(*fields)
                else:
                    self._by_id.pop(fields[0], None)
            self._ordered = sorted(self._by_id.values(), key=_place)
            return
        for shown, *fields in rows:
            self.forget([fields[0]])
            if shown:
                new = self._by_id[fields[0]] = Headline(*fields)
                insort(self._ordered, new, key=_place)

    def forget(self, articles: Iterable[str]) -> None:
        """Drops the headlines of those articles."""
        for article in articles:
            old = self._by_id.pop(article, None)
            if old is not None:
                del self._ordered[bisect_left(self._ordered, _place(old), key=_place)]

    def until(self, until: datetime | None) -> Sequence[Headline]:
        """Headlines published by `until`, newest first."""
        end = len(self._ordered) if until is None else bisect_right(self._ordered, until, key=lambda one: one.published)
        return self._ordered[:end][::-1]


class TopicHeadlines(Headlines):
    """Headlines of the articles that match a topic."""

    sql = f"""
        SELECT r.record IS NOT NULL, {HEADLINE} FROM readings r JOIN articles a ON a.id = r.article
        WHERE r.topic = %(topic)s AND (%(seen)s < 0 OR r.article IN (
            SELECT id FROM articles WHERE revision > %(seen)s
            UNION SELECT article FROM readings WHERE topic = %(topic)s AND revision > %(seen)s
        ))
    """  # noqa: S608 - columns


def _place(headline: Headline) -> tuple[datetime, str]:
    return headline.published, headline.id
