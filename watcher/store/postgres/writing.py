"""What a commit writes, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from watcher.store.postgres.rows import upsert, write
from watcher.store.postgres.session import CHANNEL
from watcher.store.records import CORRECTION, FEED, PIN, VERSION, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from psycopg import Connection

    from watcher.domain.article import Article
    from watcher.store.base import Batch, Mark, TopicReading

T = TypeVar("T")

WRITTEN = {"format": "smallint", "record": "json"}
"""The columns that every table of records has."""
PERSONAL = "screen:"
"""Begins the keys of small texts that are one person's own."""
REMEMBERED = "2 days"
"""For how long it is known which articles were pruned: longer than a process goes without reading anew."""


def commit(connection: Connection, batch: Batch, person: str) -> int:
    """Writes a batch in one transaction; returns its revision. Marks and texts under `screen:` are the person's."""
    with connection.transaction():
        revision = _next_revision(connection)
        put = _Put(connection, revision)
        put.articles(batch.articles)
        put.unmatched(batch.unmatched)
        put.readings(batch.readings)
        put.records("feeds", FEED, batch.feeds, url=lambda state: state.url)
        put.records("corrections", CORRECTION, batch.corrections, id=lambda one: one.id)
        put.records("pins", PIN, batch.pins, id=lambda one: one.id)
        put.marks(batch.marks, person)
        owner = {key: person if key.startswith(PERSONAL) else "" for key in batch.meta}
        put.meta({(owner[key], key): value for key, value in batch.meta.items()})
    return revision


def prune(connection: Connection, before: datetime) -> int:
    """Takes away old articles that nobody starred; see `Store.prune`."""
    old = (
        "published < %s AND feed <> '' AND NOT EXISTS (SELECT FROM marks WHERE marks.article = articles.id AND starred)"
    )
    with connection.transaction():
        if not connection.execute(f"SELECT 1 FROM articles WHERE {old} LIMIT 1", [before]).fetchone():  # noqa: S608
            return 0
        revision = _next_revision(connection)
        gone = connection.execute(
            f"""
            WITH gone AS (DELETE FROM articles WHERE {old} RETURNING id),
            r AS (DELETE FROM readings USING gone WHERE article = gone.id),
            m AS (DELETE FROM marks USING gone WHERE article = gone.id)
            INSERT INTO pruned (article, revision) SELECT id, %s FROM gone
            """,  # noqa: S608 - the condition stands above
            [before, revision],
        ).rowcount
        connection.execute("DELETE FROM pruned WHERE at < now() - %s::interval", [REMEMBERED])
    return gone


class _Put:
    """The writes of one commit; of two items with one key the last counts."""

    def __init__(self, connection: Connection, revision: int) -> None:
        self._connection, self._revision = connection, revision

    def articles(self, articles: Iterable[Article]) -> None:
        columns = {"id": "text", "published": "timestamptz"}
        columns |= dict.fromkeys(("feed", "title", "source", "story"), "text")
        rows = {
            one.id: (
                one.id, one.published, one.feed, one.title, one.source, one.story or one.id,
                VERSION, write(one),
            )
            for one in articles
        }  # fmt: skip
        self._upsert("articles", ["id"], columns | WRITTEN, rows)

    def unmatched(self, pairs: Iterable[tuple[str, str]]) -> None:
        articles = [article for article, _ in pairs]
        if articles:
            self._connection.execute(
                "UPDATE readings SET record = NULL, version = '', revision = %s "
                "FROM unnest(%s::text[], %s::text[]) AS gone (article, topic) "
                "WHERE readings.article = gone.article AND readings.topic = gone.topic AND record IS NOT NULL",
                [self._revision, articles, [topic for _, topic in pairs]],
            )

    def readings(self, readings: Iterable[TopicReading]) -> None:
        columns = {"topic": "text", "article": "text", "version": "text"}
        rows = {
            (one.topic, one.article): (one.topic, one.article, one.version, VERSION, write(one)) for one in readings
        }
        self._upsert("readings", ["topic", "article"], columns | WRITTEN, rows)

    def records(self, table: str, kind: Kind[T], records: Iterable[T], **key: Callable[[T], str]) -> None:
        ((column, of),) = key.items()
        rows = {of(one): (of(one), VERSION, write(one)) for one in records}
        self._upsert(table, [column], {column: "text"} | WRITTEN, rows)

    def marks(self, marks: Iterable[Mark], person: str) -> None:
        columns = {"person": "text", "article": "text", "starred": "boolean"}
        rows = {mark.article: (person, mark.article, mark.starred, VERSION, write(mark)) for mark in marks}
        self._upsert("marks", ["person", "article"], columns | WRITTEN, rows)

    def meta(self, texts: Mapping[tuple[str, str], str]) -> None:
        rows = {key: (*key, value) for key, value in texts.items()}
        self._upsert("meta", ["person", "key"], {"person": "text", "key": "text", "value": "text"}, rows)

    def _upsert(
        self, table: str, key: Sequence[str], columns: Mapping[str, str], rows: Mapping[Any, tuple[Any, ...]]
    ) -> None:
        upsert(self._connection, table, key, columns, list(rows.values()), self._revision)


def _next_revision(connection: Connection) -> int:
    """The number of this commit, which waits here until the one before has ended; told when it ends."""
    row = connection.execute("UPDATE revision SET n = n + 1 RETURNING n").fetchone()
    revision = int(row[0]) if row else 0
    connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(revision)])
    return revision
