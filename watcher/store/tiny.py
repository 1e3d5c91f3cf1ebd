"""The store in a data folder: the store's protocol in terms of TinyDB tables."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from tinydb import where

from watcher.domain.judgement import Correction, Pin
from watcher.store import upkeep
from watcher.store.alone import alone
from watcher.store.base import Meta
from watcher.store.storage import ARTICLES, CORRECTIONS, FEEDS, MARKS, META, PINS, READINGS
from watcher.store.tables import open_db

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
    from datetime import datetime
    from pathlib import Path

    from tinydb.queries import QueryInstance

    from watcher.domain.article import Article
    from watcher.domain.feed import FeedState
    from watcher.domain.statement import Statement
    from watcher.store.base import Batch, Headline, Mark, Record, TopicReading

R = TypeVar("R")


class TinyStore:
    """Keeps everything in a folder of JSON lines, readable with any tool."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._db = open_db(folder, read_only=read_only)
        self._storage = self._db.lines

    def commit(self, batch: Batch) -> None:
        """Writes the batch: all of it or nothing, durable when this returns. Raises StoreError."""
        changes: dict[str, dict[str, Any]] = {
            ARTICLES: {article.id: article for article in batch.articles},
            FEEDS: {state.url: state for state in batch.feeds},
            MARKS: {mark.article: mark for mark in batch.marks},
            CORRECTIONS: {correction.id: correction for correction in batch.corrections},
            PINS: {pin.id: pin for pin in batch.pins},
            META: {key: Meta(key, value) for key, value in batch.meta.items()},
        }
        read = {(reading.article, reading.topic) for reading in batch.readings}
        for article, topic in set(batch.unmatched) - read:
            if READINGS + topic in self._storage.tables:
                changes.setdefault(READINGS + topic, {})[article] = None
        for reading in batch.readings:
            changes.setdefault(READINGS + reading.topic, {})[reading.article] = reading
        self._storage.commit(changes)

    def refresh(self) -> bool:
        """Takes in what other processes wrote; true if anything changed."""
        return self._storage.refresh()

    @contextmanager
    def claim(self, urls: Iterable[str]) -> Iterator[Set[str]]:
        """All of them, or none while another process polls for this folder.

        Raises StoreError where nothing could be written: no feed need be asked then.
        """
        with self._storage.turn():
            pass
        with alone(self._storage.folder.path) as free:
            yield set(urls) if free else set()

    def article(self, id: str) -> Article | None:
        """The article with that id."""
        return self._storage.articles().get(id)

    def pick(self, ids: Iterable[str]) -> Iterator[Article]:
        """Those of these articles that are stored, in the order of the ids."""
        return (article for id in ids if (article := self.article(id)) is not None)

    def articles(self) -> Iterator[Article]:
        """Every article, one at a time, oldest written first."""
        return self._storage.articles().walk()

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these article ids are stored."""
        articles = self._storage.articles()
        return {id for id in ids if id in articles}

    def headlines(self, topic: str | None = None, until: datetime | None = None) -> Sequence[Headline]:
        """Articles that matched `topic` (None: all), published by `until`, newest first."""
        with self._storage.lock:
            articles = self._storage.articles()
            if topic is None:
                return articles.newest_first(articles.rows.values(), until)
            matched = self._storage.readings(topic)
            return articles.newest_first([articles.rows[id] for id in matched if id in articles], until)

    def matched(self, topic: str) -> int:
        """How many articles matched the topic; one whose line is damaged counts too."""
        return len(self._storage.readings(topic))

    def reading(self, article: str, topic: str) -> TopicReading | None:
        """What was read in that article for that topic."""
        return self._storage.readings(topic).get(article)

    def versions(self, topic: str) -> Mapping[str, str]:
        """Article id to version of its reading for that topic."""
        return {id: reading.version for id, reading in self._storage.readings(topic).snapshot().items()}

    def statements(self, topic: str, until: datetime | None = None) -> Sequence[Statement]:
        """Every statement on the topic from articles published by `until`, in order of publication."""
        with self._storage.lock:
            return self._storage.readings(topic).statements(until)

    def feed_states(self) -> Mapping[str, FeedState]:
        """What is remembered of each feed, by URL."""
        return self._storage.loaded(FEEDS).snapshot()

    def marks(self) -> Mapping[str, Mark]:
        """Marks by article id."""
        return self._storage.loaded(MARKS).snapshot()

    def corrections(self, topic: str) -> Sequence[Correction]:
        """Corrections of statements on that topic, oldest first, withdrawn ones too."""
        found = self._search(CORRECTIONS, where("key")["topic"] == topic, Correction)
        return sorted(found, key=lambda correction: correction.at)

    def pins(self, topic: str) -> Sequence[Pin]:
        """Pins on that topic, oldest first, withdrawn ones too."""
        return sorted(self._search(PINS, where("topic") == topic, Pin), key=lambda pin: pin.at)

    def meta(self, key: str) -> str:
        """The small text kept under that key, empty if none."""
        found = self._db.table(META).get(doc_id=key)  # type: ignore[call-overload]  # ours are text
        return str(found["value"]) if found else ""

    def records(self) -> Iterator[Record]:
        """Everything that is stored, articles before what refers to them."""
        yield from self.articles()
        readings = [table for table in self._storage.tables if table.startswith(READINGS)]
        for table in [*readings, FEEDS, MARKS, CORRECTIONS, PINS, META]:
            yield from self._storage.loaded(table).snapshot().values()

    def prune(self, before: datetime) -> int:
        """Takes away the articles from feeds published before that time; tells how many."""
        return upkeep.prune(self._storage, before)

    def compact(self) -> int:
        """Gives back the room of what was replaced or taken away; tells how many bytes."""
        return upkeep.compact(self._storage)

    def size(self) -> int:
        """Bytes that the data folder takes up."""
        return upkeep.size(self._storage)

    def check(self) -> Sequence[str]:
        """Reads everything through, then tells all there is to warn of."""
        upkeep.read_through(self._storage)
        return [*self.warnings, *self.damage]

    @property
    def warnings(self) -> Sequence[str]:
        """What a person should know of where the data is kept."""
        return upkeep.warnings(self._storage)

    @property
    def damage(self) -> Sequence[str]:
        """What was found unreadable so far."""
        return upkeep.damage(self._storage)

    def close(self) -> None:
        """Lets go of files; nothing is lost without it."""
        self._db.close()

    def _search(self, table: str, query: QueryInstance, type: type[R]) -> list[R]:
        return msgspec.convert(self._db.table(table).search(query), list[type])  # type: ignore[valid-type]
