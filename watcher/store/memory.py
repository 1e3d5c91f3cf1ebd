"""A store that lives in memory alone: for the demo, where no folder can be written, and as the contract's plainest
reading."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import nullcontext
from typing import TYPE_CHECKING

from watcher.store.base import Headline, Meta
from watcher.store.loaded import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
    from contextlib import AbstractContextManager
    from datetime import datetime

    from watcher.domain.article import Article
    from watcher.domain.feed import FeedState
    from watcher.domain.judgement import Correction, Pin
    from watcher.domain.statement import Statement
    from watcher.store.base import Batch, Mark, Record, TopicReading


class MemoryStore:
    """Keeps everything in dictionaries; gone when the process ends."""

    def __init__(self) -> None:
        self._articles: dict[str, Article] = {}
        self._readings: dict[str, dict[str, TopicReading]] = {}  # topic -> article id -> reading
        self._feeds: dict[str, FeedState] = {}
        self._marks: dict[str, Mark] = {}
        self._corrections: dict[str, Correction] = {}
        self._pins: dict[str, Pin] = {}
        self._meta: dict[str, str] = {}
        self._ordered: dict[str, list[Statement]] = {}  # topic -> statements, until the topic is written to

    def commit(self, batch: Batch) -> None:
        """Takes the batch in."""
        self._articles.update((article.id, article) for article in batch.articles)
        read = {(reading.article, reading.topic) for reading in batch.readings}
        for article, topic in set(batch.unmatched) - read:
            self._readings.get(topic, {}).pop(article, None)
            self._ordered.pop(topic, None)
        for reading in batch.readings:
            self._readings.setdefault(reading.topic, {})[reading.article] = reading
            self._ordered.pop(reading.topic, None)
        self._feeds.update((state.url, state) for state in batch.feeds)
        self._marks.update((mark.article, mark) for mark in batch.marks)
        self._corrections.update((correction.id, correction) for correction in batch.corrections)
        self._pins.update((pin.id, pin) for pin in batch.pins)
        self._meta.update(batch.meta)

    def refresh(self) -> bool:
        """Nobody else can write here."""
        return False

    def claim(self, urls: Iterable[str]) -> AbstractContextManager[Set[str]]:
        """Nobody else can poll for this store."""
        return nullcontext(set(urls))

    def article(self, id: str) -> Article | None:
        """The article with that id."""
        return self._articles.get(id)

    def pick(self, ids: Iterable[str]) -> Iterator[Article]:
        """Those of these articles that are stored, in the order of the ids."""
        return (self._articles[id] for id in ids if id in self._articles)

    def articles(self) -> Iterator[Article]:
        """Every article, oldest written first."""
        return iter(list(self._articles.values()))

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these article ids are stored."""
        return {id for id in ids if id in self._articles}

    def headlines(self, topic: str | None = None, until: datetime | None = None) -> Sequence[Headline]:
        """Articles that matched `topic` (None: all), published by `until`, newest first."""
        found = (
            self._articles.values()
            if topic is None
            else [self._articles[id] for id in self._readings.get(topic, {}) if id in self._articles]
        )
        return sorted(
            (
                Headline(article.id, article.title, article.source, article.published, article.story or article.id)
                for article in found
                if until is None or article.published <= until
            ),
            key=lambda headline: headline.published,
            reverse=True,
        )

    def matched(self, topic: str) -> int:
        """How many articles matched the topic."""
        return sum(id in self._articles for id in self._readings.get(topic, {}))

    def reading(self, article: str, topic: str) -> TopicReading | None:
        """What was read in that article for that topic."""
        return self._readings.get(topic, {}).get(article)

    def versions(self, topic: str) -> Mapping[str, str]:
        """Article id to version of its reading for that topic."""
        return {id: reading.version for id, reading in self._readings.get(topic, {}).items()}

    def statements(self, topic: str, until: datetime | None = None) -> Sequence[Statement]:
        """Every statement on the topic from articles published by `until`, in order of publication."""
        ordered = self._ordered.get(topic)
        if ordered is None:
            ordered = self._ordered[topic] = in_order(self._readings.get(topic, {}).values())
        if until is None:
            return ordered[:]
        return ordered[: bisect_right(ordered, until, key=lambda one: one.article.published)]

    def feed_states(self) -> Mapping[str, FeedState]:
        """What is remembered of each feed, by URL."""
        return dict(self._feeds)

    def marks(self) -> Mapping[str, Mark]:
        """Marks by article id."""
        return dict(self._marks)

    def corrections(self, topic: str) -> Sequence[Correction]:
        """Corrections of statements on that topic, oldest first, withdrawn ones too."""
        return sorted((one for one in self._corrections.values() if one.key.topic == topic), key=lambda one: one.at)

    def pins(self, topic: str) -> Sequence[Pin]:
        """Pins on that topic, oldest first, withdrawn ones too."""
        return sorted((pin for pin in self._pins.values() if pin.topic == topic), key=lambda pin: pin.at)

    def meta(self, key: str) -> str:
        """The small text kept under that key, empty if none."""
        return self._meta.get(key, "")

    def records(self) -> Iterator[Record]:
        """Everything that is stored, articles before what refers to them."""
        yield from self.articles()
        for readings in list(self._readings.values()):
            yield from list(readings.values())
        yield from list(self._feeds.values())
        yield from list(self._marks.values())
        yield from list(self._corrections.values())
        yield from list(self._pins.values())
        yield from [Meta(key, value) for key, value in self._meta.items()]

    def prune(self, before: datetime) -> int:
        """Takes away the articles from feeds published before that time; tells how many."""
        starred = {mark.article for mark in self._marks.values() if mark.starred}
        old = [
            article.id
            for article in self._articles.values()
            if article.published < before and article.feed and article.id not in starred
        ]
        for id in old:
            del self._articles[id]
            self._marks.pop(id, None)
            for readings in self._readings.values():
                readings.pop(id, None)
        self._ordered.clear()
        return len(old)

    def compact(self) -> int:
        """There is nothing to give back."""
        return 0

    def size(self) -> int:
        """Memory is not counted."""
        return 0

    def check(self) -> Sequence[str]:
        """There is nothing to warn of."""
        return [*self.warnings, *self.damage]

    @property
    def warnings(self) -> Sequence[str]:
        """None."""
        return ()

    @property
    def damage(self) -> Sequence[str]:
        """None."""
        return ()

    def close(self) -> None:
        """Nothing to let go of."""
