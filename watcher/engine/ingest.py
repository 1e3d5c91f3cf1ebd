"""What feeds bring on its way into the store: what is new or edited is read and written in batches."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from watcher.domain.article import FullText
from watcher.engine.library import Library
from watcher.engine.readers import Matched, Readers
from watcher.feeds.fulltext import wanted
from watcher.feeds.identity import Stories, edit
from watcher.store.base import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from watcher.domain.article import Article
    from watcher.domain.board import Board
    from watcher.domain.feed import Feed, FeedState
    from watcher.domain.settings import Settings
    from watcher.domain.topic import Topic
    from watcher.engine.pipeline import Words
    from watcher.engine.report import Event, PollReport
    from watcher.feeds.collect import FeedResult
    from watcher.store.base import Store, TopicReading

STORY_REACH = timedelta(days=7)
"""Copies of a story are looked for among the articles of this long before."""


class Ingest:
    """Takes what feeds bring, keeps what is new or edited, reads it, and writes it in batches."""

    def __init__(
        self, settings: Settings, store: Store, clock: Callable[[], datetime], on_failure: Callable[[str], None]
    ) -> None:
        self.library = Library(settings, store, on_failure)
        self._store = store
        self._pipeline = self.library.pipeline
        self.readers = Readers(self._pipeline)
        self._listeners = _listeners(settings)
        self._clock = clock
        self._met: set[str] = set()  # ids of the articles that `_stories` knows
        self._stories, self._recalled = Stories(), False
        self._oldest = clock() - settings.store.keep  # older ones would be dropped at once
        self._articles: dict[str, Article] = {}
        self._matched: dict[tuple[str, str], Matched] = {}
        self._unmatched: list[tuple[str, str]] = []
        self._states: list[FeedState] = []
        self._known_states = store.feed_states()
        self._short: list[tuple[Article, Feed]] = []
        self._since = time.monotonic()

    def _recall(self) -> None:
        """Makes the articles of late known that were not met before: their pages, and their stories if on a topic."""
        self._recalled = True
        since = self._clock() - STORY_REACH
        recent = takewhile(lambda headline: headline.published >= since, self._store.headlines())
        new = [headline.id for headline in recent if headline.id not in self._met]
        self._met.update(new)
        for article in self._store.pick(reversed(new)):
            if any(self._store.reading(article.id, topic.name) for topic in self._pipeline.topics):
                self._stories.assign(article)
            else:
                self._stories.meet(article)

    def follow(self) -> None:
        """Takes in what other pollers wrote, so that copies of their articles are known as such."""
        if self.library.refresh() and self._recalled:
            self._recall()
        self._known_states = self._store.feed_states()

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
        if result.state != self._known_states.get(result.feed.url):
            self._states.append(result.state)
        listeners = self._listeners.get(result.feed.name, ())
        known = {article.id: article for article in self._store.pick(article.id for article in result.articles)}
        self._recall_old(result, known)
        beside = {article.id for article in result.articles}
        new = 0
        for article in result.articles:
            earlier = self._earlier(article, known, beside)
            if earlier is not None:
                edited = edit(earlier, replace(article, id=earlier.id))
                if edited is not None:
                    self._keep(edited, self._matches(edited, listeners), listeners, result.feed)
            elif article.published >= self._oldest:
                self._take_new(article, listeners, result.feed)
                new += 1
        return new

    def _recall_old(self, result: FeedResult, known: Mapping[str, Article]) -> None:
        """Makes known what a feed gave long ago and may now give again under new guids."""
        state = self._known_states.get(result.feed.url)
        if state is None or state.last_success is None:  # it gave nothing yet
            return
        since = self._clock() - STORY_REACH
        unknown = (article for article in result.articles if article.id not in known)
        titles = {article.title for article in unknown if article.published < since or not article.dated}
        if not titles:
            return
        old = [one.id for one in self._store.headlines() if one.published < since and one.title in titles]
        for article in self._store.pick(id for id in old if id not in self._met):
            self._met.add(article.id)
            self._stories.meet(article)

    def _earlier(self, article: Article, known: Mapping[str, Article], beside: set[str]) -> Article | None:
        """The article as it is already, under its id or under the guid that its feed gave it before; what stands
        `beside` it in the feed is another."""
        if found := self._articles.get(article.id) or known.get(article.id):
            return found
        if not self._recalled:
            self._recall()
        id = self._stories.same_article(article, beside)
        return self._articles.get(id) or (self._store.article(id) if id else None)

    def _take_new(self, article: Article, listeners: Sequence[Topic], feed: Feed) -> None:
        """Takes a new article. Which story it tells is found out only if it is on a topic: it costs a hash a word."""
        matches = self._matches(article, listeners)
        if matches:
            article = self._stories.assign(article)
        else:
            self._stories.meet(article)
        self._met.add(article.id)
        self._keep(article, matches, listeners, feed)

    def _matches(self, article: Article, listeners: Sequence[Topic]) -> dict[str, tuple[Topic, Words]]:
        """The topics that listen and that the article is on, by name."""
        return {topic.name: (topic, words) for topic, words in self._pipeline.matches(article, listeners)}

    def short(self) -> list[tuple[Article, Feed]]:
        """Hands over the articles taken since the last call that are on a topic and whose page is wanted."""
        short, self._short = self._short, []
        return short

    def take_page(self, article: Article, feed: Feed) -> None:
        """Takes an article again, now with the text of its page, or with the mark that there is none to be had."""
        if article.full_text is FullText.FETCHED:
            listeners = self._listeners.get(feed.name, ())
            self._keep(article, self._matches(article, listeners), listeners, feed)
        else:
            self._articles[article.id] = article

    def _keep(
        self,
        article: Article,
        matches: Mapping[str, tuple[Topic, Words]],
        listeners: Sequence[Topic],
        feed: Feed,
    ) -> None:
        """Keeps an article for the next write, to be read by then; what it no longer matches is to go."""
        self._articles[article.id] = article
        for topic in listeners:
            key = (article.id, topic.name)
            if topic.name in matches:
                self._matched[key] = Matched(article, *matches[topic.name])
                self.readers.add(self._matched[key])
            else:
                self._matched.pop(key, None)
                if self._store.reading(*key):
                    self._unmatched.append(key)
        if matches and wanted(article, feed):
            self._short.append((article, feed))

    def boards(self) -> list[tuple[Board, Topic]]:
        """The present boards of the topics that what waits has statements on."""
        touched = {reading.topic for reading in self._readings() if reading.statements}
        return [(self.library.board(topic), topic) for topic in self.library.settings.topics if topic.name in touched]

    def write(self, report: PollReport) -> Event:
        """Writes all that waits as one batch, durable on return, and counts what it added."""
        articles, readings = list(self._articles.values()), self._readings()
        earlier = [self._store.reading(reading.article, reading.topic) for reading in readings]
        added = len(articles) - len(self._store.known(self._articles))
        matched = {reading.article for reading, old in zip(readings, earlier, strict=True) if old is None}
        statements = sum(len(reading.statements) for reading in readings)
        statements -= sum(len(old.statements) for old in earlier if old)
        self._store.commit(Batch(articles=articles, readings=readings, unmatched=self._unmatched, feeds=self._states))
        self.library.forget()
        report.new_articles += added
        report.matched += len(matched)
        report.statements += statements
        self._articles, self._matched, self._unmatched, self._states = {}, {}, [], []
        self._since = time.monotonic()
        return {"event": "stored", "articles": added, "matched": len(matched), "statements": statements}

    def _readings(self) -> list[TopicReading]:
        """What was read since the last write."""
        return [matched.reading for matched in self._matched.values() if matched.reading]


def _listeners(settings: Settings) -> dict[str, list[Topic]]:
    """The topics that listen to each feed, by its name."""
    listeners: dict[str, list[Topic]] = {feed.name: [] for feed in settings.feeds}
    for topic in settings.topics:
        for feed in settings.feeds_of(topic):
            listeners[feed.name].append(topic)
    return listeners
