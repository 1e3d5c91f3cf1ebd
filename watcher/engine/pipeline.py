"""One article through match and detect, for each topic: pure, picklable, the same code in the
screen's worker, in a cron job and over an archive."""

from __future__ import annotations

import hashlib
from functools import cache
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
    """Names the detector and the topic's wording; a reading of another version is out of date.

    Feeds and seeds do not enter: they bring articles and change no reading.
    """
    from watcher.detect.detector import VERSION

    wording = (topic.target, topic.parties, topic.match, topic.target_terms, topic.against_terms, topic.exclude)
    return f"{VERSION}-{hashlib.sha256(repr(wording).encode()).hexdigest()[:12]}"


class Pipeline:
    """The topics, ready to read articles. Matchers and detectors are made on first use."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        self._matchers: dict[str, Matcher] = {}

    def read(self, article: Article, topics: Iterable[Topic] | None = None) -> list[TopicReading]:
        """A reading for each of the topics (all if None) that the article matches."""
        readings = []
        for topic in self.topics if topics is None else topics:
            words = self._matcher(topic).match(article)
            if words is not None:
                readings.append(self.detect(article, topic, words))
        return readings

    def detect(self, article: Article, topic: Topic, words: tuple[tuple[int, int], ...] = ()) -> TopicReading:
        """The article's statements on the topic, whether or not it matched."""
        statements = detector(topic).read(article).statements
        return TopicReading(article.id, topic.name, words, statements, version(topic))

    def _matcher(self, topic: Topic) -> Matcher:
        if topic.name not in self._matchers:
            from watcher.engine.match import Matcher

            self._matchers[topic.name] = Matcher(topic)
        return self._matchers[topic.name]


@cache
def detector(topic: Topic) -> Detector:
    """The topic's detector, made once."""
    from watcher.detect.detector import Detector

    return Detector(topic)
