"""Where each article stands in its file, so that texts need not be read to find one.

Beside `articles.N.jsonl` lies `articles.N.little.index` (or big, as the machine's numbers are),
written after each change. It is only ever a help: it may be deleted, and where it is damaged or
does not reach, the texts are read instead.
"""

from __future__ import annotations

import os
import sys
from array import array
from contextlib import suppress
from datetime import datetime  # noqa: TC003 - the decoder resolves it
from typing import TYPE_CHECKING

import msgspec

from watcher.store import lines
from watcher.store.durable import write_all
from watcher.store.records import ARTICLE, UnreadableError, decode_change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from watcher.store.durable import DataFile

GONE = 0
"""The size of an article that was taken away."""
CHUNK = 1 << 18
"""Bytes of articles that one line of the index covers at most."""
TAIL = 1 << 20
"""More bytes than a line of the index can have."""


class Block(msgspec.Struct, gc=False):
    """The lines in one stretch of the file, `start` to `end`: ids of articles; where the lines start and
    their sizes in bytes without the end, as arrays of 64-bit integers (GONE: the line takes the article
    away, and `gone` says that there is one such); publication in seconds since 1970, as doubles."""

    start: int
    end: int
    ids: list[str]
    starts: bytes
    sizes: bytes
    published: bytes
    gone: bool


class _Place(msgspec.Struct, gc=False):
    id: str
    published: datetime


_encoder = msgspec.json.Encoder()
_blocks = msgspec.json.Decoder(Block)
_place = msgspec.json.Decoder(_Place)


def blocks(file: DataFile, start: int, end: int) -> Iterator[Block]:
    """What stands in a file of articles from `start` to `end`: from the index, then from the texts."""
    for block in _read(_path(file), start, end):
        yield block
        start = block.end
    yield from scan(file, start, end)


def extend(file: DataFile, end: int) -> None:
    """Makes the index reach to `end`; only the store's one writer may do so."""
    path = _path(file)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        size = os.fstat(descriptor).st_size
        tail = os.pread(descriptor, TAIL, max(0, size - TAIL)).split(b"\n")
        last = _block(tail[-2]) if len(tail) > 1 and not tail[-1] else None
        start = last.end if last and last.end <= end else 0
        if not start:
            os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_END)
        write_all(descriptor, b"".join(lines.seal(_encoder.encode(block)) for block in scan(file, start, end)))
    finally:
        os.close(descriptor)


def scan(file: DataFile, start: int, end: int) -> Iterator[Block]:
    """What stands in a file of articles from `start` to `end`, from the texts; damaged lines are passed over."""
    for chunk in file.chunks(start, end, CHUNK):
        ids: list[str] = []
        starts, sizes, times = array("q"), array("q"), array("d")
        for offset, line, intact in lines.salvage(chunk, start):
            with suppress(UnreadableError):
                if intact:
                    id, published = _read_place(line)
                    ids.append(id)
                    starts.append(offset)
                    sizes.append(GONE if published is None else len(line))
                    times.append(published or 0.0)
        end_of_chunk = start + len(chunk)
        yield Block(start, end_of_chunk, ids, starts.tobytes(), sizes.tobytes(), times.tobytes(), GONE in sizes)
        start = end_of_chunk


def _read_place(line: bytes) -> tuple[str, float | None]:
    if ARTICLE.is_current(line):
        try:
            place = _place.decode(line)
        except msgspec.DecodeError as error:
            raise UnreadableError(str(error)) from error
        return place.id, place.published.timestamp()
    id, article = decode_change(ARTICLE, line)
    return id, article.published.timestamp() if article else None


def _read(path: Path, start: int, end: int) -> Iterator[Block]:
    """The index's blocks from `start` on, as far as they follow one another and are sound."""
    try:
        written = path.read_bytes()
    except OSError:
        return
    at = 0
    if start:
        at = written.rfind(b"\n", 0, max(0, written.rfind(b'"start":%d,' % start))) + 1
    while (after := written.find(b"\n", at)) > 0:
        line = written[at:after]
        block = _block(line)
        if block is None or block.start != start or block.end > end:
            return
        yield block
        start, at = block.end, after + 1


def _block(line: bytes) -> Block | None:
    try:
        return _blocks.decode(line) if lines.intact(line) else None
    except msgspec.DecodeError:
        return None


def _path(file: DataFile) -> Path:
    return file.path.with_suffix(f".{sys.byteorder}.index")
