"""Articles on topics, read by two processes: this one, and the feed parsers' once feeds leave it time."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from watcher.domain.article import Article
from watcher.domain.topic import Topic
from watcher.engine.ahead import cores
from watcher.engine.pipeline import Reader
from watcher.feeds.pool import Killed, Pool
from watcher.feeds.worker import Job
from watcher.store.base import TopicReading

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from watcher.engine.pipeline import Pipeline

MODULE = "watcher.engine.poll_worker"
"""What the processes of a poll run: they parse feeds, and read articles too."""

FEW = 100
"""So many articles this process reads alone, sooner than the other has loaded what reading needs."""

SHARE, AHEAD = 8, 3
"""How many articles the other process gets at a time, and how many such shares before the first is read: it has
one at work, one at hand, and one that is being got ready."""

LIMIT = 4.0
"""Seconds that reading a share may take there."""


@dataclass(slots=True, eq=False)
class Matched:
    """An article that is on a topic: the words that say so, and once it is read what it says."""

    article: Article
    topic: Topic
    words: tuple[tuple[int, int], ...]
    reading: TopicReading | None = None


Task = tuple[bytes, Article, tuple[tuple[int, int], ...]]
"""A topic, an article and the words that match, as they are sent; the topic as the same bytes each time."""

_encode = msgspec.msgpack.Encoder().encode
_tasks = msgspec.msgpack.Decoder(list[Task])
_readings = msgspec.msgpack.Decoder(list[TopicReading])


class Readers:
    """Reads what `add` was given, by the time that `finish` returns.

    Nothing rests on the other process: what it has not read by the end, whether slow, hung or killed,
    is read here.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._waiting: asyncio.Queue[Matched] = asyncio.Queue()
        self._away: list[Matched] = []  # handed to the other process since the last `finish`
        self._pool: Pool | None = None
        self._helpers: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def helped(self, pool: Pool) -> AsyncIterator[None]:
        """Meanwhile the pool's process takes a part of the work, if there is much and a processor for it."""
        self._pool = pool if cores() > 1 else None
        try:
            yield
        finally:
            for helper in self._helpers:
                helper.cancel()
            await asyncio.gather(*self._helpers, return_exceptions=True)
            self._pool, self._helpers = None, []

    def add(self, matched: Matched) -> None:
        """Takes an article to be read."""
        self._waiting.put_nowait(matched)
        if self._pool and not self._helpers and self._waiting.qsize() > FEW:
            self._helpers = [asyncio.create_task(self._help(self._pool)) for _ in range(AHEAD)]

    @property
    def waiting(self) -> int:
        """How many articles nobody has begun to read."""
        return self._waiting.qsize()

    async def finish(self) -> None:
        """Reads what still waits, then what the other process has not answered yet, the last first."""
        while not self._waiting.empty():
            await self._read(self._waiting.get_nowait())
        for matched in reversed(self._away):
            if matched.reading is None:
                await self._read(matched)
        self._away = []

    async def _read(self, matched: Matched) -> None:
        matched.reading = self._pipeline.detect(matched.article, matched.topic, matched.words)
        await asyncio.sleep(0)  # so that the other process gets its next share

    async def _help(self, pool: Pool) -> None:
        """Gives the other process one share after another."""
        while True:
            share = [await self._waiting.get()]
            while len(share) < SHARE and not self._waiting.empty():
                share.append(self._waiting.get_nowait())
            self._away += share
            with suppress(Killed, ValueError):
                await _read_there(pool, share)


async def _read_there(pool: Pool, share: Sequence[Matched]) -> None:
    """Reads a share in the pool's process. Raises Killed, ValueError for what cannot be sent, or was not answered."""
    tasks: list[Task] = [(_sent(one.topic), one.article, one.words) for one in share]
    answer = await pool.run(Job(_encode(tasks), "", "", "", LIMIT, other=True))
    if answer.other is None:
        raise ValueError(answer.problem)
    for matched, reading in zip(share, _readings.decode(answer.other), strict=True):
        matched.reading = reading


@lru_cache(maxsize=64)
def _sent(topic: Topic) -> bytes:
    return _encode(topic)


@lru_cache(maxsize=64)
def _reader(topic: bytes) -> Reader:
    return Reader(msgspec.msgpack.decode(topic, type=Topic))


def read_tasks(message: bytes) -> bytes:
    """The other process's side: the readings of a share."""
    return _encode([_reader(topic).read(article, words) for topic, article, words in _tasks.decode(message)])
