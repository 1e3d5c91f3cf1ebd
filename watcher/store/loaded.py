"""A table that is in memory whole, decoded straight into the domain's types."""

from __future__ import annotations

import gc
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from watcher.store import lines, records
from watcher.store.base import TopicReading
from watcher.store.records import READING, Kind, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from watcher.domain.statement import Statement
    from watcher.store.durable import DataFile
    from watcher.store.manifest import Table

R = TypeVar("R")
CHUNK = 1 << 17
"""Bytes to decode at a time: what fits the processor's cache."""


class Loaded(Mapping[str, R], Generic[R]):
    """Records by key, in order of first writing."""

    def __init__(self, kind: Kind[R]) -> None:
        self.kind = kind
        self.damaged: list[bytes] = []
        self._records: dict[str, R] = {}  # never changed, only replaced: what was handed out stays as it was
        self.end = 0
        self._sum = 0

    def follow(self, file: DataFile, table: Table) -> None:
        """Takes in what was written since the last time."""
        with _gc_paused():
            found = self._read_quickly(file, table)
            kept = dict(self._records)
            if found is None:
                self._read_carefully(file, table, kept)
            else:
                kept.update(zip(map(self.kind.key, found), found, strict=True))
            self._records = kept
        self.end, self._sum = table.length, table.sum

    def _read_quickly(self, file: DataFile, table: Table) -> list[R] | None:
        """The new records, None where a line is damaged, of an older version, or takes a record away."""
        if table.v != records.VERSION:
            return None
        found: list[R] = []
        total, start = self._sum, self.end
        for chunk in file.chunks(start, table.length, CHUNK):
            total = zlib.crc32(chunk, total)
            try:
                found += self.kind.decoder.decode_lines(chunk if start else chunk[chunk.find(b"\n") + 1 :])
            except msgspec.DecodeError:
                return None
            start += len(chunk)
        return found if total == table.sum else None

    def _read_carefully(self, file: DataFile, table: Table, kept: dict[str, R]) -> None:
        """Takes the new lines one by one."""
        start = self.end
        for chunk in file.chunks(start, table.length, CHUNK):
            for _, line, intact in lines.salvage(chunk if start else chunk[chunk.find(b"\n") + 1 :]):
                try:
                    key, record = self._change(line) if intact else ("", None)
                except (UnreadableError, msgspec.DecodeError):
                    intact = False
                if not intact:
                    self.damaged.append(line)
                elif record is None:
                    kept.pop(key, None)
                else:
                    kept[key] = record
            start += len(chunk)

    def _change(self, line: bytes) -> tuple[str, R | None]:
        if self.kind.is_current(line):
            record = self.kind.decoder.decode(line)
            return self.kind.key(record), record
        return records.decode_change(self.kind, line)

    def __getitem__(self, key: str) -> R:
        return self._records[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def snapshot(self) -> Mapping[str, R]:
        """The records as they are now."""
        return self._records


class Readings(Loaded[TopicReading]):
    """A topic's readings by article, and their statements in order of publication."""

    def __init__(self) -> None:
        super().__init__(READING)
        self._ordered: list[Statement] | None = None

    def follow(self, file: DataFile, table: Table) -> None:
        """Takes in what was written since the last time."""
        super().follow(file, table)
        self._ordered = None

    def statements(self, until: datetime | None) -> Sequence[Statement]:
        """Those from articles published by `until`."""
        if self._ordered is None:
            self._ordered = in_order(self._records.values())
        if until is None:
            return self._ordered[:]
        return self._ordered[: bisect_right(self._ordered, until, key=_published)]


def in_order(readings: Iterable[TopicReading]) -> list[Statement]:
    """Statements in order of publication; those of one moment as they were written."""
    return sorted((statement for reading in readings for statement in reading.statements), key=_published)


def _published(statement: Statement) -> datetime:
    return statement.article.published


@contextmanager
def _gc_paused() -> Iterator[None]:
    """Many new objects that stay make the garbage collector search them over and over, in vain."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
