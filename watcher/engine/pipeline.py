"""One article through match and detect, for each topic: pure, picklable, the same code in the
screen's worker, in a cron job and over an archive."""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

from watcher.store.base import TopicReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from watcher.detect.detector import Detector
    from watcher.domain.article import Article
    from watcher.domain.topic import Topic
    from watcher.engine.match import Matcher

Words: TypeAlias = "tuple[tuple[int, int], ...]"
"""Where words stand in an article's document, each as start and end."""

UNREAD = ""
"""The version of a reading that failed: the next version of the detector or of the topic's wording tries again."""


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
    """The topics, ready to read articles. Matchers and detectors are made on first use.

    An article on which the detector fails, by a mistake of ours, costs no other: `on_failure` is told of it, and
    its reading has no statements. Without `on_failure` the error is the caller's.
    """

    def __init__(self, topics: Sequence[Topic], on_failure: Callable[[str], None] | None = None) -> None:
        self.topics, self._on_failure = tuple(topics), on_failure
        self._readers: dict[str, Reader] = {}

    def read(self, article: Article, topics: Iterable[Topic] | None = None) -> list[TopicReading]:
        """A reading for each of the topics (all if None) that the article matches."""
        chosen = self.topics if topics is None else topics
        return [self.detect(article, topic, words) for topic, words in self.matches(article, chosen)]

    def matches(self, article: Article, topics: Iterable[Topic]) -> Iterator[tuple[Topic, Words]]:
        """Those of the topics that the article matches, and where the words stand that say so."""
        for topic in topics:
            words = self._reader(topic).matcher.match(article)
            if words is not None:
                yield topic, words

    def detect(self, article: Article, topic: Topic, words: Words = ()) -> TopicReading:
        """The article's statements on the topic, whether or not it matches."""
        try:
            return self._reader(topic).read(article, words)
        except Exception as error:
            if self._on_failure is None:
                raise
            self._on_failure(
                f'kept but not read for {topic.name}: "{article.title}" {article.url}'
                f" (an error in watcher: {type(error).__name__}: {error})"
            )
            return TopicReading(article.id, topic.name, words, (), UNREAD)

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

    def read(self, article: Article, words: Words) -> TopicReading:
        """The article's statements, kept with the words that matched."""
        return TopicReading(article.id, self.topic.name, words, self.detector.read(article).statements, self.version)
