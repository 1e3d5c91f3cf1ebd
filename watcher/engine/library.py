"""What the screen and the commands ask for: boards of topics, seeds, re-reading."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from watcher.engine.board import board_of
from watcher.engine.history import History
from watcher.engine.pipeline import UNREAD, Pipeline, version
from watcher.store.base import Batch, TopicReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.domain.article import Article
    from watcher.domain.board import Board
    from watcher.domain.settings import Settings
    from watcher.domain.topic import Topic
    from watcher.store.base import Store

SEED_PREFIX = "seed:"
"""Begins the ids of seed documents."""
TIDIED = "tidied"
"""Where the store keeps the day on which old articles were last dropped."""
PAUSE = timedelta(days=30)
"""After so long without tidying, the clock is given a day to show that it is right."""
CHUNK = 500
"""Articles a write when stored articles are read anew."""


class Library:
    """The topics of a config over what a store holds; `on_failure` is the pipeline's."""

    def __init__(self, settings: Settings, store: Store, on_failure: Callable[[str], None] | None = None) -> None:
        self.settings, self.store = settings, store
        self.pipeline = Pipeline(settings.topics, on_failure)
        self._histories: dict[str, History] = {}
        self._before: dict[str, History] = {}  # out of date, but most of it still holds

    def refresh(self) -> bool:
        """Takes in what other processes wrote; true if boards may have changed."""
        changed = self.store.refresh()
        if changed:
            self.forget()
        return changed

    def forget(self) -> None:
        """Drops what was worked out: the store was written to."""
        self._before |= self._histories
        self._histories.clear()

    def history(self, topic: Topic) -> History:
        """All that was read on the topic; kept until the store changes."""
        if topic.name not in self._histories:
            parties = {party.name for party in topic.parties}
            statements = [s for s in self.store.statements(topic.name) if s.party in parties]
            before = self._before.pop(topic.name, None)
            self._histories[topic.name] = History(statements, self.store.corrections(topic.name), before)
        return self._histories[topic.name]

    def board(self, topic: Topic, as_of: date | None = None) -> Board:
        """The board at the end of a day (UTC); today's if none is given."""
        return board_of(
            topic,
            self.history(topic),
            as_of=as_of or datetime.now(UTC).date(),
            pins=self.store.pins(topic.name),
            feed_states=self.store.feed_states(),
            feeds=self.settings.feeds_of(topic),
            stale_after=self.settings.board.stale_after,
        )

    def seed(self) -> int:
        """Reads the topics' seed documents that are not stored in their present wording, with their present date, yet.

        Returns how many were read. Raises UsageError for a seed that cannot be read, and
        StoreError where the store cannot be written.
        """
        from watcher.engine.documents import read_seed

        batch_articles, readings = [], []
        for topic in self.settings.topics:
            for seed in topic.seeds:
                article = read_seed(seed, self.settings.folder)
                article = replace(article, id=SEED_PREFIX + article.id, story=SEED_PREFIX + article.id)
                wording = f"{version(topic)}-{_digest(article)}"
                reading = self.store.reading(article.id, topic.name)
                if reading and reading.version == wording:
                    continue
                batch_articles.append(article)
                found = self.pipeline.detect(article, topic)
                readings.append(found if found.version == UNREAD else replace(found, version=wording))
        if readings:
            self.store.commit(Batch(articles=batch_articles, readings=readings))
            self.forget()
        return len(readings)

    def outdated(self) -> list[Topic]:
        """The topics whose stored articles were not all read by the present detector and wording."""
        return [topic for topic in self.settings.topics if self.store.meta(_read_key(topic)) != version(topic)]

    def begin(self) -> None:
        """Notes that a store which holds only seeds has nothing to read anew."""
        topics = self.outdated()
        if topics and self._only_seeds():
            self.store.commit(Batch(meta={_read_key(topic): version(topic) for topic in topics}))

    def waiting(self) -> bool:
        """Whether there are stored articles, other than seeds, that a poll would read anew."""
        return bool(self.outdated()) and not self._only_seeds()

    def _only_seeds(self) -> bool:
        return all(headline.id.startswith(SEED_PREFIX) for headline in self.store.headlines())

    def reread(self, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Reads stored articles anew for the outdated topics, and only those.

        Old statements stay until they are replaced, `CHUNK` articles a write; interrupted, it goes
        on where it stopped. Returns how many readings changed. Seeds are `seed`'s own work.
        """
        topics = self.outdated()
        if not topics:
            return 0
        versions = {topic.name: version(topic) for topic in topics}
        have = {topic.name: self.store.versions(topic.name) for topic in topics}
        listening = {topic.name: {feed.name for feed in self.settings.feeds_of(topic)} | {""} for topic in topics}
        total, changed = len(self.store.headlines()), 0
        readings: list[TopicReading] = []
        gone: list[tuple[str, str]] = []
        for done, article in enumerate(self.store.articles(), 1):
            if article.id.startswith(SEED_PREFIX):
                continue
            for topic in topics:
                old = have[topic.name].get(article.id)
                if old == versions[topic.name] or article.feed not in listening[topic.name]:
                    continue
                found = self.pipeline.read(article, [topic])
                readings += found
                if old is not None and not found:
                    gone.append((article.id, topic.name))
            if done % CHUNK == 0:
                changed += self._replace(readings, gone)
                readings, gone = [], []
                progress(done, total)
        done_now = {_read_key(topic): versions[topic.name] for topic in topics}
        changed += self._replace(readings, gone, done_now)
        if changed:
            progress(total, total)
        return changed

    def tidy(self, now: datetime) -> int:
        """Once a day drops the articles that are older than `store.keep`; returns how many.

        Not on the first day after a long pause: a clock that leapt ahead would drop everything.
        """
        last, today = self.store.meta(TIDIED), now.date().isoformat()
        if last == today:
            return 0
        paused = last and now.date() - date.fromisoformat(last) > PAUSE
        dropped = 0 if paused else self.store.prune(now - self.settings.store.keep)
        if dropped:
            self.store.compact()
        self.store.commit(Batch(meta={TIDIED: today}))
        self.forget()
        return dropped

    def _replace(
        self, readings: list[TopicReading], gone: list[tuple[str, str]], meta: dict[str, str] | None = None
    ) -> int:
        if readings or gone or meta:
            self.store.commit(Batch(readings=readings, unmatched=gone, meta=meta or {}))
            self.forget()
        return len(readings) + len(gone)


def _digest(article: Article) -> str:
    """Names all that is known of a seed; the file's own date, which copies of it differ in, is not known."""
    known = (article.document, article.source, article.url, article.published if article.dated else None)
    return hashlib.sha256(repr(known).encode("utf-8", "replace")).hexdigest()[:12]


def _read_key(topic: Topic) -> str:
    return f"read:{topic.name}"
