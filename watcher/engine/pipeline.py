"""One article through match and detect, for each topic: pure, picklable, the same code in the
screen's worker, in a cron job and over an archive."""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from typing import TYPE_CHECKING

from watcher.store.base import TopicReading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watcher.detect.detector import Detector
    from watcher.domain.article import Article
    from watcher.domain.topic import Topic
    from watcher.engine.match import Matcher


@cache
def version(topic: Topic) -> str:
    """Names the detector, the topic's wording and its lexicon's overlays; a reading of another version is out of date.

    Feeds and seeds do not enter: they bring articles and change no reading.
    """
    from watcher.detect.detector import VERSION

    wording = (topic.target, topic.parties, topic.match, topic.target_terms, topic.against_terms, topic.exclude)
    changes = "".join(repr(overlay.text) for overlay in topic.lexicon)
    return f"{VERSION}-{hashlib.sha256((repr(wording) + changes).encode()).hexdigest()[:12]}"


class Pipeline:
    """The topics, ready to read articles. Matchers and detectors are made on first use."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        self._readers: dict[str, Reader] = {}

    def read(self, article: Article, topics: Iterable[Topic] | None = None) -> list[TopicReading]:
        """A reading for each of the topics (all if None) that the article matches."""
        readings = []
        for topic in self.topics if topics is None else topics:
            reader = self._reader(topic)
            words = reader.matcher.match(article)
            if words is not None:
                readings.append(reader.read(article, words))
        return readings

    def detect(self, article: Article, topic: Topic) -> TopicReading:
        """The article's statements on the topic, whether or not it matches."""
        return self._reader(topic).read(article, ())

    def _reader(self, topic: Topic) -> Reader:
        reader = self._readers.get(topic.name)
        if reader is None or reader.topic is not topic:
            reader = self._readers[topic.name] = Reader(topic)
        return reader


class Reader:
    """One topic's matcher and detector, each made when first asked for, and their version."""

    def __init__(self, topic: Topic) -> None:
        self.topic, self.version = topic, version(topic)

    @cached_property
    def matcher(self) -> Matcher:
        """Finds out which articles belong to the topic."""
        from watcher.engine.match import Matcher

        return Matcher(self.topic)

    @cached_property
    def detector(self) -> Detector:
        """Reads the statements in an article."""
        from watcher.detect.detector import Detector

        return Detector(self.topic)

    def read(self, article: Article, words: tuple[tuple[int, int], ...]) -> TopicReading:
        """The article's statements, kept with the words that matched."""
        return TopicReading(article.id, self.topic.name, words, self.detector.read(article).statements, self.version)
