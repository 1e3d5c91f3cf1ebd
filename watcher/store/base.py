"""What the engine and the screen ask of a store, and nothing more.

One contract suite (`tests/store/`) runs over every store. All times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias

from watcher.domain.article import Article
from watcher.domain.feed import FeedState
from watcher.domain.judgement import Correction, Pin
from watcher.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class TopicReading:
    """What one article says on one topic: the words that matched, the statements read.

    `words` are (start, end) offsets into the article's document. `version` names the detector and
    the topic's wording that made it (`engine.pipeline.version`): another version is read anew.
    A reading replaces the earlier one of the same article and topic whole.
    """

    article: str
    topic: str
    words: tuple[tuple[int, int], ...]
    statements: tuple[Statement, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A person's marks on an article."""

    article: str
    read: bool = False
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Meta:
    """A small text kept under a key."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Headline:
    """An article as lists show it: no text, so that 100,000 fit in memory."""

    id: str
    title: str
    source: str
    published: datetime
    story: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that one durable write holds. Each item replaces the one with its key:
    articles and marks by article id, readings by (article, topic), feeds by URL, corrections and
    pins by id. `unmatched` names (article, topic) pairs whose reading is to go. `meta` is small
    text by key."""

    articles: Sequence[Article] = ()
    readings: Sequence[TopicReading] = ()
    unmatched: Sequence[tuple[str, str]] = ()
    feeds: Sequence[FeedState] = ()
    marks: Sequence[Mark] = ()
    corrections: Sequence[Correction] = ()
    pins: Sequence[Pin] = ()
    meta: Mapping[str, str] = field(default_factory=dict)


Record: TypeAlias = Article | TopicReading | FeedState | Mark | Correction | Pin | Meta
"""One stored thing; together they are all that a store holds."""


class Store(Protocol):
    """Keeps articles, readings, feed states and what people marked.

    Reads see the state as of the last `refresh` (or of this store's own last commit). Any number
    of processes may read; `commit` takes the one writer's lock for its own duration only, so a
    cron poll and an open screen share a store.
    """

    def commit(self, batch: Batch) -> None:
        """Writes the batch: all of it or nothing, durable when this returns. Raises StoreError."""

    def refresh(self) -> bool:
        """Takes in what other processes wrote; true if anything changed."""

    def claim(self, urls: Iterable[str]) -> AbstractContextManager[Set[str]]:
        """Feeds out of `urls` that no other poller asks until the block ends: all, or this poller's
        share where several work at once; none while others have them all. The next `refresh` takes in
        what their last holder wrote. Raises StoreError.
        """

    def article(self, id: str) -> Article | None:
        """The article with that id."""

    def pick(self, ids: Iterable[str]) -> Iterator[Article]:
        """Those of these articles that are stored, in the order of the ids."""

    def articles(self) -> Iterator[Article]:
        """Every article, one at a time, oldest written first: for search, export and re-reading."""

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these article ids are stored."""

    def headlines(self, topic: str | None = None, until: datetime | None = None) -> Sequence[Headline]:
        """Articles that matched `topic` (None: all), published by `until`, newest first."""

    def matched(self, topic: str) -> int:
        """How many articles matched the topic: costs less than their headlines."""

    def reading(self, article: str, topic: str) -> TopicReading | None:
        """What was read in that article for that topic."""

    def versions(self, topic: str) -> Mapping[str, str]:
        """Article id to version of its reading for that topic."""

    def statements(self, topic: str, until: datetime | None = None) -> Sequence[Statement]:
        """Every statement on the topic from articles published by `until`, in order of publication."""

    def feed_states(self) -> Mapping[str, FeedState]:
        """What is remembered of each feed, by URL."""

    def marks(self) -> Mapping[str, Mark]:
        """Marks by article id."""

    def corrections(self, topic: str) -> Sequence[Correction]:
        """Corrections of statements on that topic, oldest first, withdrawn ones too."""

    def pins(self, topic: str) -> Sequence[Pin]:
        """Pins on that topic, oldest first, withdrawn ones too."""

    def meta(self, key: str) -> str:
        """The small text kept under that key, empty if none."""

    def records(self) -> Iterator[Record]:
        """Everything that is stored, articles before what refers to them: for export and for moving house."""

    def prune(self, before: datetime) -> int:
        """Takes away the articles from feeds published before that time, with their readings and marks; tells how many.

        Starred articles stay, and so do those of seeds and archives (no feed gave them), corrections and pins.
        A poller should not take in what is older, or it comes back. Raises StoreError.
        """

    def compact(self) -> int:
        """Gives back the room of what was replaced or taken away; tells how many bytes. Raises StoreError."""

    def size(self) -> int:
        """Bytes that the store takes up."""

    def check(self) -> Sequence[str]:
        """Reads everything through, then tells all there is to warn of: `warnings` and `damage`."""

    @property
    def warnings(self) -> Sequence[str]:
        """What a person should know of where the data is kept, in plain lines."""

    @property
    def damage(self) -> Sequence[str]:
        """What was found unreadable so far, in plain lines; everything else is as it was."""

    def close(self) -> None:
        """Lets go of files; nothing is lost without it."""
