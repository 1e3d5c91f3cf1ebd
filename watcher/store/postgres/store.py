"""The store in a PostgreSQL database, shared by any number of pollers and screens.

Commits take turns: each first raises the one row of `revision` and so holds its lock until it ends,
stamps every row that it writes with the new number, and tells it to all who listen. What a process
has looked at stays in its memory; `refresh` asks for the rows above the revision it knows, and asks
nothing while nobody wrote.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from watcher.errors import StoreError
from watcher.store.base import Batch, Headline, Mark, Meta, Record, TopicReading
from watcher.store.person import login
from watcher.store.postgres import claims, writing
from watcher.store.postgres.kept import Kept
from watcher.store.postgres.rows import read
from watcher.store.postgres.session import Session
from watcher.store.records import ARTICLE, CORRECTION, FEED, PIN, READING, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from watcher.domain.article import Article
    from watcher.domain.feed import FeedState
    from watcher.domain.judgement import Correction, Pin
    from watcher.domain.statement import Statement
    from watcher.store.postgres.view import Rows

PATIENCE = 10.0
"""Seconds for which a poller waits for a server that restarts."""
PAGE = 500
"""Articles fetched at a time when all are walked through."""
TABLES = "articles, readings, feeds, marks, corrections, pins, meta, pruned"


class PostgresStore:
    """Keeps everything in the database at `url`; marks, and texts under `screen:`, are `person`'s own.

    `patient`: whether to wait for a server that restarts, as a poller should and a screen should not.
    """

    def __init__(self, url: str, *, read_only: bool = False, person: str | None = None, patient: bool = True) -> None:
        self._read_only = read_only
        self._person = login() if person is None else person
        self._lock = threading.RLock()
        self._held = claims.Held()
        self._session = Session(url, read_only=read_only, on_open=self._held.take_again)
        self._kept = Kept(self._session, self._person)
        self._warnings: tuple[str, ...] | None = None
        self._kept.take_in()
        self._session.patience = PATIENCE if patient else 0.0

    # Writing.

    def commit(self, batch: Batch) -> None:
        """Writes the batch in one transaction, durable when this returns. Raises StoreError."""
        self._must_be_writable()
        with self._lock:
            before = self._kept.revision
            revision = self._session.run(lambda connection: writing.commit(connection, batch, self._person))
            with suppress(StoreError):  # it is written; what there is to see can wait for the server
                self._kept.take_in()
            self._kept.stirred = self._kept.stirred or not before + 1 == revision == self._kept.revision

    def prune(self, before: datetime) -> int:
        """Takes away the articles from feeds published before that time, with their readings and marks."""
        self._must_be_writable()
        with self._lock:
            gone = self._session.run(lambda connection: writing.prune(connection, before))
            self._kept.take_in()
        return gone

    @contextmanager
    def claim(self, urls: Iterable[str]) -> Iterator[set[str]]:
        """Feeds of `urls` that nobody else polls until the block ends; none when others have them all."""
        with self._lock:
            share = self._session.run(lambda connection: self._held.take(connection, urls))
            self._kept.stirred |= self._kept.take_in()  # what their last holder wrote
        try:
            yield share
        finally:
            with self._lock:
                self._session.run(lambda connection: self._held.give_back(connection, share))

    # Following what others write.

    def refresh(self) -> bool:
        """Takes in what other processes wrote; asks the server nothing while nobody wrote."""
        with self._lock:
            return self._kept.refresh()

    # Reading.

    def article(self, id: str) -> Article | None:
        """The article with that id."""
        row = self._one("SELECT format, record::text FROM articles WHERE id = %s", [id])
        return read(ARTICLE, *row) if row else None

    def pick(self, ids: Iterable[str]) -> Iterator[Article]:
        """Those of these articles that are stored, in the order of the ids."""
        rest = iter(ids)
        while some := list(islice(rest, PAGE)):
            yield from (
                read(ARTICLE, version, text)
                for version, text in self._all(
                    "SELECT format, record::text FROM unnest(%s::text[]) WITH ORDINALITY AS wanted (id, place) "
                    "JOIN articles USING (id) ORDER BY place",
                    [some],
                )
            )

    def articles(self) -> Iterator[Article]:
        """Every article that there is when the walk begins, oldest written first."""
        row = self._one("SELECT coalesce(max(written), 0) FROM articles", [])
        return self._walk(int(row[0]) if row else 0)

    def _walk(self, last: int) -> Iterator[Article]:
        at = 0
        while rows := self._all(
            "SELECT written, format, record::text FROM articles WHERE written > %s AND written <= %s "
            "ORDER BY written LIMIT %s",
            [at, last, PAGE],
        ):
            for _, version, text in rows:
                yield read(ARTICLE, version, text)
            at = rows[-1][0]

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these article ids are stored."""
        wanted = list(set(ids))
        return {id for (id,) in self._all("SELECT id FROM articles WHERE id = ANY(%s)", [wanted])} if wanted else set()

    def headlines(self, topic: str | None = None, until: datetime | None = None) -> Sequence[Headline]:
        """Articles that matched `topic` (None: all), published by `until`, newest first."""
        with self._lock:
            return self._kept.headlines(topic).until(until)

    def matched(self, topic: str) -> int:
        """How many articles matched the topic. Their headlines are kept from then on, for when the server is away."""
        with self._lock:
            return self._kept.headlines(topic).total

    def reading(self, article: str, topic: str) -> TopicReading | None:
        """What was read in that article for that topic."""
        with self._lock:
            if self._kept.has_readings(topic):
                return self._kept.readings(topic).readings.get(article)
        row = self._one(
            "SELECT format, record::text FROM readings WHERE topic = %s AND article = %s AND record IS NOT NULL",
            [topic, article],
        )
        return read(READING, *row) if row else None

    def versions(self, topic: str) -> Mapping[str, str]:
        """Article id to version of its reading for that topic."""
        rows = self._all(
            "SELECT article, version FROM readings WHERE topic = %s AND record IS NOT NULL ORDER BY article", [topic]
        )
        return dict(rows)

    def statements(self, topic: str, until: datetime | None = None) -> Sequence[Statement]:
        """Every statement on the topic from articles published by `until`, in order of publication."""
        with self._lock:
            return self._kept.readings(topic).until(until)

    def feed_states(self) -> Mapping[str, FeedState]:
        """What is remembered of each feed, by URL."""
        with self._lock:
            return dict(self._kept.small().feed_states())

    def marks(self) -> Mapping[str, Mark]:
        """This person's marks by article id."""
        with self._lock:
            return dict(self._kept.marks())

    def corrections(self, topic: str) -> Sequence[Correction]:
        """Corrections of statements on that topic, oldest first, withdrawn ones too."""
        with self._lock:
            return self._kept.small().corrections(topic)

    def pins(self, topic: str) -> Sequence[Pin]:
        """Pins on that topic, oldest first, withdrawn ones too."""
        with self._lock:
            return self._kept.small().pins(topic)

    def meta(self, key: str) -> str:
        """The small text kept under that key, empty if none."""
        with self._lock:
            return self._kept.small().meta(key)

    def records(self) -> Iterator[Record]:
        """Everything that is stored, articles before what refers to them; of marks, this person's."""
        yield from self.articles()
        after = ("", "")
        while rows := self._all(
            "SELECT topic, article, format, record::text FROM readings WHERE (topic, article) > (%s, %s) "
            "AND record IS NOT NULL ORDER BY topic, article LIMIT %s",
            [*after, PAGE],
        ):
            for topic, article, version, text in rows:
                after = (topic, article)
                yield read(READING, version, text)
        for kind, table in ((FEED, "feeds"), (CORRECTION, "corrections"), (PIN, "pins")):
            yield from self._table(kind, table)
        yield from self.marks().values()
        texts = self._all(
            "SELECT key, value FROM meta WHERE person IN ('', %s) AND value <> '' ORDER BY key", [self._person]
        )
        for key, value in texts:
            yield Meta(key, value)

    def _table(self, kind: Kind[Any], table: str) -> Iterator[Any]:
        for version, text in self._all(f"SELECT format, record::text FROM {table} ORDER BY 2", []):  # noqa: S608 - ours
            yield read(kind, version, text)

    # Keeping house.

    def compact(self) -> int:
        """Gives back the room of what was replaced or taken away; tells how many bytes. Raises StoreError."""
        self._must_be_writable()
        before = self.size()
        with self._lock:
            self._session.run(lambda connection: connection.execute(f"VACUUM (ANALYZE) {TABLES}"))
        return max(0, before - self.size())

    def size(self) -> int:
        """Bytes that the tables and their indexes take up."""
        row = self._one(
            "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c "
            "WHERE c.relnamespace = 'watcher'::regnamespace AND c.relkind = 'r'",
            [],
        )
        return int(row[0]) if row else 0

    def check(self) -> Sequence[str]:
        """Reads everything through, then tells all there is to warn of."""
        try:
            for _ in self.records():
                pass
        except StoreError as error:
            return [*self.warnings, str(error)]
        return self.warnings

    @property
    def warnings(self) -> Sequence[str]:
        """What a person should know of the server that keeps the data."""
        if self._warnings is None:
            off = self._all(
                "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'", []
            )
            self._warnings = tuple(
                f"the server runs with {name} = off: a power cut can destroy the database" for (name,) in off
            )
        return self._warnings

    @property
    def damage(self) -> Sequence[str]:
        """Nothing is passed over silently: a record that cannot be read is an error."""
        return ()

    def close(self) -> None:
        """Lets go of the connection."""
        with self._lock:
            self._session.drop()

    def _all(self, sql: str, values: Sequence[object]) -> Rows:
        with self._lock:
            return self._session.run(lambda connection: connection.execute(sql, values).fetchall())

    def _one(self, sql: str, values: Sequence[object]) -> tuple[Any, ...] | None:
        rows = self._all(sql, values)
        return rows[0] if rows else None

    def _must_be_writable(self) -> None:
        if self._read_only:
            raise StoreError(f"{self._session.name} was opened for reading only")
