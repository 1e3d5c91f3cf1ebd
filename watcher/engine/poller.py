"""One poll: what is due is fetched, what is new is read, all of it is stored, each step told.

The poller knows no screen: it takes a callback for its events.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from watcher.domain.feed import FeedStatus
from watcher.engine.alerts import between, send
from watcher.engine.library import Library
from watcher.feeds.collect import collect
from watcher.feeds.identity import Stories
from watcher.store.base import Batch, TopicReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from watcher.domain.article import Article
    from watcher.domain.board import Board
    from watcher.domain.feed import Feed, FeedState
    from watcher.domain.settings import Settings
    from watcher.domain.topic import Topic
    from watcher.feeds.collect import FeedResult
    from watcher.store.base import Store

WRITE_EVERY = 2.0
"""Seconds for which results may wait for others before they are written: a quick poll is one
write, and a feed that hangs does not hold back what the others brought."""
STORY_REACH = timedelta(days=7)
"""Copies of a story are looked for among the articles of this long before."""

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """What the poll of one feed came to, as `poll --json` tells it."""

    name: str
    url: str
    status: FeedStatus
    http: int | None
    new: int
    seconds: float
    error: str


@dataclass(slots=True)
class PollReport:
    """What a poll brought. `matched` counts articles new to a topic, `statements` theirs."""

    feeds: list[FeedOutcome] = field(default_factory=list)
    new_articles: int = 0
    matched: int = 0
    statements: int = 0
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether every feed that was asked failed."""
        asked = [feed for feed in self.feeds if feed.status is not FeedStatus.DISABLED]
        return bool(asked) and all(feed.status.failing for feed in asked)

    def json(self) -> Event:
        """The shape of `watcher poll --json`."""
        return {
            "feeds": [
                {
                    "name": feed.name,
                    "url": feed.url,
                    "state": feed.status.value,
                    "http": feed.http,
                    "new": feed.new,
                    "seconds": round(feed.seconds, 3),
                    "error": feed.error or None,
                }
                for feed in self.feeds
            ],
            "new_articles": self.new_articles,
            "matched": self.matched,
            "statements": self.statements,
            "seconds": round(self.seconds, 3),
        }


def now() -> datetime:
    """The time, in UTC; tests give another."""
    return datetime.now(UTC)


async def poll(
    settings: Settings,
    store: Store,
    *,
    full: bool = False,
    only: str = "",
    on_event: Callable[[Event], None] = lambda event: None,
    clock: Callable[[], datetime] = now,
) -> PollReport:
    """Polls the feeds that are due (`full`: all; `only`: the one of that name, due or not).

    Where others poll for the same store, each takes a share at a time and leaves out what another
    has. A failing feed is part of the report. Raises StoreError if what came cannot be written.
    """
    started, begun = time.monotonic(), clock()
    waiting = {feed.url: feed for feed in settings.feeds if not only or feed.name == only}
    total, full = len(waiting), full or bool(only)
    ingest = Ingest(settings, store, clock)
    report = PollReport()
    on_event({"event": "start", "feeds": total})
    while waiting:
        with store.claim(waiting) as mine:
            if not mine:
                break
            ingest.library.refresh()
            states = store.feed_states()
            share = [waiting.pop(url) for url in list(waiting) if url in mine]
            if full:
                share = [feed for feed in share if not _asked_since(begun, states.get(feed.url))]
            async with aclosing(collect(share, states, settings.poll, full=full, now=clock)) as run:
                async for result in run:
                    new = ingest.take(result)
                    outcome = _outcome(result, new)
                    report.feeds.append(outcome)
                    on_event(_feed_event(outcome, len(report.feeds), total))
                    if ingest.waiting > WRITE_EVERY:
                        await _write(ingest, report, on_event)
            if ingest.holds_something:
                await _write(ingest, report, on_event)
    report.seconds = time.monotonic() - started
    on_event({"event": "done", **report.json()})
    return report


def _asked_since(begun: datetime, state: FeedState | None) -> bool:
    """Whether another poller has asked the feed since this poll began."""
    return state is not None and state.last_poll is not None and state.last_poll > begun


async def _write(ingest: Ingest, report: PollReport, on_event: Callable[[Event], None]) -> None:
    """Writes what waits, and tells of it and of the shifts that it brought."""
    ingest.library.refresh()  # so that a shift that others wrote is not told twice
    before = ingest.boards()
    on_event(ingest.write(report))
    shifts = [alert for board, topic in before for alert in between(board, ingest.library.board(topic))]
    for alert in shifts:
        on_event({"event": "shift", **alert.json()})
    warnings: list[str] = []
    await asyncio.to_thread(send, shifts, ingest.library.settings.alerts, datetime.now().astimezone(), warnings.append)
    for message in warnings:
        on_event({"event": "warning", "message": message})


def _outcome(result: FeedResult, new: int) -> FeedOutcome:
    state = result.state
    return FeedOutcome(result.feed.name, result.feed.url, state.status, state.http, new, result.seconds, state.error)


def _feed_event(outcome: FeedOutcome, done: int, total: int) -> Event:
    return {
        "event": "feed",
        "name": outcome.name,
        "state": outcome.status.value,
        "new": outcome.new,
        "error": outcome.error or None,
        "done": done,
        "total": total,
    }


class Ingest:
    """Takes what feeds bring, keeps what is new or edited, reads it, and writes it in batches."""

    def __init__(self, settings: Settings, store: Store, clock: Callable[[], datetime] = now) -> None:
        self.library = Library(settings, store)
        self._store = store
        self._pipeline = self.library.pipeline
        self._listeners = {feed.name: _listeners(settings, feed) for feed in settings.feeds}
        self._stories = Stories(lambda: self._recent(clock() - STORY_REACH))
        self._articles: dict[str, Article] = {}
        self._readings: dict[tuple[str, str], TopicReading] = {}
        self._unmatched: list[tuple[str, str]] = []
        self._states: list[FeedState] = []
        self._since = time.monotonic()

    def _recent(self, since: datetime) -> Iterator[Article]:
        """The stored articles published since then, oldest first."""
        recent = list(takewhile(lambda headline: headline.published >= since, self._store.headlines()))
        for headline in reversed(recent):
            if (article := self._store.article(headline.id)) is not None:
                yield article

    @property
    def waiting(self) -> float:
        """Seconds since the last write, if anything waits for one."""
        return time.monotonic() - self._since if self.holds_something else 0.0

    @property
    def holds_something(self) -> bool:
        """Whether a write is due at the end."""
        return bool(self._articles or self._states)

    def take(self, result: FeedResult) -> int:
        """Takes one feed's result; returns how many of its articles are new."""
        self._states.append(result.state)
        listeners = self._listeners.get(result.feed.name, ())
        known = self._store.known(article.id for article in result.articles)
        new = 0
        for article in result.articles:
            earlier = self._earlier(article, known)
            if earlier is None:
                self._read(self._stories.assign(article), listeners)
                new += 1
            elif (article.title, article.text) != (earlier.title, earlier.summary or earlier.text):
                self._read(_edited(earlier, article), listeners)
        return new

    def _earlier(self, article: Article, known: set[str]) -> Article | None:
        """The article as it is already, under its id or under the guid that its feed gave it before."""
        id = article.id
        if id not in self._articles and id not in known:
            id = self._stories.same_article(article)
        return self._articles.get(id) or (self._store.article(id) if id else None)

    def _read(self, article: Article, topics: Iterable[Topic]) -> None:
        self._articles[article.id] = article
        readings = {reading.topic: reading for reading in self._pipeline.read(article, topics)}
        for topic in topics:
            key = (article.id, topic.name)
            if topic.name in readings:
                self._readings[key] = readings[topic.name]
            else:
                self._readings.pop(key, None)
                if self._store.reading(*key):
                    self._unmatched.append(key)

    def boards(self) -> list[tuple[Board, Topic]]:
        """The present boards of the topics that what waits has statements on."""
        touched = {reading.topic for reading in self._readings.values() if reading.statements}
        return [(self.library.board(topic), topic) for topic in self.library.settings.topics if topic.name in touched]

    def write(self, report: PollReport) -> Event:
        """Writes all that waits as one batch, durable on return."""
        fresh = self._store.known(self._articles)
        articles = list(self._articles.values())
        readings = list(self._readings.values())
        statements = sum(len(reading.statements) for reading in readings)
        self._store.commit(Batch(articles=articles, readings=readings, unmatched=self._unmatched, feeds=self._states))
        self.library.forget()
        report.new_articles += len(articles) - len(fresh)
        report.matched += len({reading.article for reading in readings})
        report.statements += statements
        self._articles, self._readings, self._unmatched, self._states = {}, {}, [], []
        self._since = time.monotonic()
        return {"event": "stored", "articles": len(articles), "matched": len(readings), "statements": statements}


def _listeners(settings: Settings, feed: Feed) -> Sequence[Topic]:
    return [topic for topic in settings.topics if feed in settings.feeds_of(topic)]


def _edited(earlier: Article, article: Article) -> Article:
    """A changed headline or text is an edit: the article keeps its date, story and first sight."""
    return replace(
        article, id=earlier.id, published=earlier.published, first_seen=earlier.first_seen, story=earlier.story
    )
