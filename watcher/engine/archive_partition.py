"""What one partition of an archive says: pure, so that it may be worked out on any machine, and twice."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from watcher import __version__
from watcher.engine.archive import BadLine, read_line
from watcher.engine.archive_files import LONGEST, RECORD
from watcher.engine.pipeline import Pipeline
from watcher.feeds.identity import Sketch, sketch_of
from watcher.store.records import decode

if TYPE_CHECKING:
    from watcher.domain.article import Article
    from watcher.domain.topic import Topic
    from watcher.engine.archive_files import Partition
    from watcher.store.base import Record, TopicReading


@dataclass(frozen=True, slots=True)
class Read:
    """An article and what it says. Its story is not known yet; `sketch` is what that is found by."""

    article: Article
    sketch: Sketch | None
    readings: list[TopicReading]


@dataclass(slots=True)
class Findings:
    """What a partition came to.

    `records` are lines that a store exported, which are taken over as they are. `program` names the
    version that read it. `work` is the processor time that all of it took, in seconds, and `reading`
    that of matching and detecting alone.
    """

    program: str
    read: list[Read] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    work: float = 0.0
    reading: float = 0.0


def read_partition(topics: tuple[Topic, ...], partition: Partition) -> Findings:
    """Matches and detects every article of the partition; without topics it is only sketched."""
    begun = time.thread_time()
    findings = Findings(program())
    pipeline = _pipeline(topics)
    for number, line in enumerate(partition.lines, partition.number):
        if not line.strip():
            continue
        try:
            if RECORD.match(line):
                findings.records.append(decode(line))
                continue
            article = _article(line)
        except ValueError as error:
            findings.bad.append(BadLine(number, str(error)))
            continue
        started = time.thread_time()
        try:
            readings = pipeline.read(article)
        except Exception as error:  # our own mistake must cost one article, and be seen
            findings.bad.append(BadLine(number, f"an error in watcher: {type(error).__name__}: {error}"))
            continue
        findings.reading += time.thread_time() - started
        findings.read.append(Read(article, sketch_of(article), readings))
    if partition.damage:
        findings.bad.append(BadLine(partition.number + len(partition.lines), partition.damage))
    findings.work = time.thread_time() - begun
    return findings


def program() -> str:
    """The versions of all that has a part in findings."""
    from watcher.detect.detector import VERSION

    return f"watcher {__version__}, detector {VERSION}"


def _article(line: bytes) -> Article:
    if len(line) > LONGEST:
        raise ValueError(f"longer than {LONGEST // 1_000_000} MB")
    return read_line(line, datetime.fromtimestamp(0, UTC), dated=True)


@lru_cache(maxsize=4)
def _pipeline(topics: tuple[Topic, ...]) -> Pipeline:
    """The topics' pipeline, kept from one partition to the next."""
    return Pipeline(topics)
