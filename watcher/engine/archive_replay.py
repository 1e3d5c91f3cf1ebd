"""An archive of years through the pipeline into the store, on all cores or on a cluster.

Partitions are read wherever there is room (`archive_workers`); this process alone gives articles
their stories and writes, in the order of the files. So the result is the same however many
workers there are, whichever of them dies, and wherever a run was interrupted.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from watcher.engine.ahead import cores
from watcher.engine.archive_files import find, identity, partitions, size
from watcher.engine.archive_partition import Findings, program
from watcher.engine.archive_workers import Task, chosen, here
from watcher.engine.pipeline import version
from watcher.errors import UsageError
from watcher.feeds.identity import Stories
from watcher.store.base import Batch
from watcher.store.records import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from watcher.domain.article import Article
    from watcher.domain.settings import Settings
    from watcher.domain.topic import Topic
    from watcher.engine.archive import BadLine
    from watcher.engine.archive_files import Partition
    from watcher.engine.archive_partition import Read
    from watcher.engine.archive_workers import Result
    from watcher.feeds.identity import Sketch
    from watcher.store.base import Store, TopicReading

ALONE = 1_000_000
"""Bytes of an archive that are read before other processes are worth their start."""
WRITE = 500
"""Articles that are written together, and at most every WRITE_EVERY seconds."""
WRITE_EVERY = 2.0
REACH = 20_000
"""Copies of a story are looked for among this many lines before, and up to twice as many."""
PROGRESS = "replay:"
"""Begins the keys under which the store remembers how far an unfinished run came."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a replay is: bytes on disk, articles, and seconds since it began. `total` is 0 where it is not known."""

    done: int
    total: int
    articles: int
    seconds: float


@dataclass(slots=True)
class ReplayReport:
    """What a replay brought. `matched` counts articles on any topic; `records` lines that a store had exported;
    `resumed` lines that an earlier, interrupted run had done. `lost` names what no worker survived.

    `work` is the processor time that all partitions together took, in seconds, and `reading` that of
    matching and detecting alone.
    """

    articles: int = 0
    matched: int = 0
    statements: int = 0
    records: int = 0
    bad: int = 0
    resumed: int = 0
    lost: tuple[str, ...] = ()
    seconds: float = 0.0
    work: float = 0.0
    reading: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether anything of the archive is not in the store."""
        return bool(self.bad or self.lost)


def replay(
    paths: Iterable[Path],
    settings: Settings,
    store: Store,
    *,
    topics: Sequence[Topic] | None = None,
    jobs: int | None = None,
    dask: str = "",
    progress: Callable[[Progress], None] = lambda progress: None,
    on_bad_line: Callable[[str, BadLine], None] = lambda file, line: None,
) -> ReplayReport:
    """Reads files and folders of JSON lines (.gz and .zst too; `-` is standard input) into the store.

    `topics` None: all. `jobs` None: a process a core, though none for a small archive. Articles that
    are stored already are read again. An interrupted run leaves what it wrote; the same call goes on
    from there. Raises UsageError, StoreError, WatcherError.
    """
    chosen_topics = tuple(settings.topics if topics is None else topics)
    files = find(paths)
    way = chosen(jobs=cores() if jobs is None else jobs, dask=dask)
    run = _Run(store, chosen_topics, _key(files, chosen_topics), size(files), progress, on_bad_line)
    for task, found in _read(run.tasks(partitions(files)), way, at_once=bool(dask)):
        if isinstance(found, Findings):
            run.take(task, found)
        else:
            run.lose(task, found.reason)
    return run.finish()


def _read(
    tasks: Iterator[Task], way: Callable[[Iterable[Task]], Iterator[Result]], *, at_once: bool
) -> Iterator[Result]:
    """The first tasks here, the rest the chosen way: a small archive is read before processes have started."""
    first: list[Task] = []
    total = 0
    while not at_once and total < ALONE and (task := next(tasks, None)) is not None:
        first.append(task)
        total += sum(map(len, task.partition.lines))
    following = next(tasks, None)
    if following is None:
        return here(first)
    return way(chain(first, [following], tasks))


def _key(files: Sequence[Path], topics: Iterable[Topic]) -> str:
    """Where the store remembers this run: the same files as they are, for the same topics as worded. Empty: nowhere."""
    if not (name := identity(files)):
        return ""
    wording = hashlib.blake2b(" ".join([name, *map(version, topics)]).encode(), digest_size=12)
    return PROGRESS + wording.hexdigest()


class _Run:
    """One replay: what waits to be written, and what was counted."""

    def __init__(
        self,
        store: Store,
        topics: tuple[Topic, ...],
        key: str,
        total: int,
        progress: Callable[[Progress], None],
        on_bad_line: Callable[[str, BadLine], None],
    ) -> None:
        self._store, self._topics, self._key, self._total = store, topics, key, total
        self._progress, self._on_bad_line = progress, on_bad_line
        self._resumed = int(store.meta(key) or 0) if key else 0
        self._copies = _Copies()
        self._articles: list[Article] = []
        self._readings: list[TopicReading] = []
        self._report = ReplayReport(resumed=self._resumed)
        self._started = self._written = time.monotonic()

    def tasks(self, parts: Iterable[Partition]) -> Iterator[Task]:
        """What there is to read. Of lines that an earlier run did, only those in which copies are looked for."""
        for partition in parts:
            if partition.at >= self._resumed:
                yield Task(self._topics, partition)
            elif _stretch(partition) >= _stretch(partition, self._resumed) - 1:
                yield Task((), partition)

    def take(self, task: Task, found: Findings) -> None:
        """Takes in what a partition says."""
        self._check_version(found)
        if task.partition.at < self._resumed:
            self._remember(task.partition, found.read)
            return
        report, partition = self._report, task.partition
        report.work, report.reading = report.work + found.work, report.reading + found.reading
        report.bad += len(found.bad)
        for line in found.bad:
            self._on_bad_line(partition.file, line)
        for read in found.read:
            article = self._copies.placed(partition, read.article, read.sketch)
            self._articles.append(article)
            self._readings += (_told_by(article, reading) for reading in read.readings)
            report.articles, report.matched = report.articles + 1, report.matched + bool(read.readings)
            report.statements += sum(len(reading.statements) for reading in read.readings)
        for batch in batches(found.records):
            self._store.commit(batch)
        report.records += len(found.records)
        self._write_when_due(partition)

    def lose(self, task: Task, reason: str) -> None:
        """Notes what could not be read, and goes on."""
        partition = task.partition
        if partition.at >= self._resumed:
            lines = f"lines {partition.number:,} to {partition.number + len(partition.lines) - 1:,}"
            self._report.lost += (f"{partition.file}: {lines}: {reason}",)

    def finish(self) -> ReplayReport:
        """Writes the rest and forgets how far it came, so that the same archive can be read again."""
        if self._articles or (self._key and self._store.meta(self._key)):
            self._write({self._key: ""} if self._key else {})
        self._report.seconds = time.monotonic() - self._started
        return self._report

    def _remember(self, partition: Partition, reads: Sequence[Read]) -> None:
        """Knows articles of an earlier run again, with the stories that they were given."""
        stories = {one.id: one.story for one in self._store.pick([read.article.id for read in reads])}
        for read in reads:
            known = replace(read.article, story=stories.get(read.article.id, read.article.id))
            self._copies.placed(partition, known, read.sketch)

    def _check_version(self, found: Findings) -> None:
        if found.program != program():
            raise UsageError(
                f"a worker that joined runs {found.program}, here it is {program()}: install the same on all"
            )

    def _write_when_due(self, partition: Partition) -> None:
        now = time.monotonic()
        if len(self._articles) >= WRITE or now - self._written > WRITE_EVERY:
            self._write({self._key: str(partition.end)} if self._key else {})
        self._progress(Progress(partition.position, self._total, self._report.articles, now - self._started))

    def _write(self, meta: dict[str, str]) -> None:
        read = {(reading.article, reading.topic) for reading in self._readings}
        again = self._store.known(article.id for article in self._articles)
        gone = [(id, topic.name) for id in again for topic in self._topics if (id, topic.name) not in read]
        self._store.commit(Batch(articles=self._articles, readings=self._readings, unmatched=gone, meta=meta))
        self._articles, self._readings = [], []
        self._written = time.monotonic()


class _Copies:
    """Finds copies of stories among the last lines: a stretch of REACH lines looks into itself and the one before."""

    def __init__(self) -> None:
        self._stories = Stories()
        self._at = 0
        self._met: list[tuple[Article, Sketch | None]] = []

    def placed(self, partition: Partition, article: Article, sketch: Sketch | None) -> Article:
        """The article with its story."""
        if _stretch(partition) != self._at:
            before, self._met = self._met, []
            self._at, self._stories = _stretch(partition), Stories()
            for one in before:
                self._stories.assign(*one)
        light = self._stories.assign(replace(article, text="", summary=""), sketch)
        self._met.append((light, sketch))
        return replace(article, story=light.story)


def _stretch(partition: Partition, at: int | None = None) -> int:
    return (partition.at if at is None else at) // REACH


def _told_by(article: Article, reading: TopicReading) -> TopicReading:
    """The reading with the article's story in its statements."""
    if article.story == article.id or not reading.statements:
        return reading
    reference = article.reference
    return replace(reading, statements=tuple(replace(one, article=reference) for one in reading.statements))
