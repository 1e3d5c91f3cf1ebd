"""The files of an archive as partitions: a few hundred lines each, cut at the same places every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from watcher.errors import UsageError, needs_extra

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
"""What the files of a folder end in; a file that is named itself may be called anything."""
PARTITION = 256 * 1024
"""Bytes of a partition: some hundred articles, a quarter of a second's work."""
LONGEST = 5_000_000
"""Bytes of a line: no article is longer."""
LONGEST_RECORD = 200_000_000
"""Bytes of a line that a store exported: a seed may be a book, and its readings as long."""
RECORD = re.compile(rb'\s*\{"kind":"\w+","v":\d')
"""How each line begins that a store exported."""
STANDARD_INPUT = Path("-")
HEAD = 64 * 1024
"""Bytes at a file's start that tell it from others."""

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class Partition:
    """Lines of one file that are read together.

    `number` is the first one's in the file, from 1; `at` counts lines over all files, from 0, and
    `position` bytes as they lie on disk, up to the end of these lines. `damage` says why the file
    could not be read beyond them.
    """

    file: str
    number: int
    at: int
    lines: tuple[bytes, ...]
    position: int
    damage: str = ""

    @property
    def end(self) -> int:
        """The line after the last one, counted over all files."""
        return self.at + len(self.lines)


def find(paths: Iterable[Path]) -> list[Path]:
    """The files of an archive, folders replaced by what is in them, by name. Raises UsageError."""
    found: list[Path] = []
    for path in paths:
        if path == STANDARD_INPUT or not _is_folder(path):
            found.append(path)
        elif inside := _inside(path):
            found += inside
        else:
            raise UsageError(f"{path}: no archive in it; its files should end in {', '.join(ENDINGS)}")
    return list(dict.fromkeys(found))


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        raise UsageError(f"{path}: not there") from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _inside(folder: Path) -> list[Path]:
    """The archives in a folder and those within it. Raises UsageError for one that may not be looked into."""

    def refuse(error: OSError) -> None:
        raise _unreadable(error.filename, error)

    found = (Path(where, name) for where, _, names in os.walk(folder, onerror=refuse) for name in names)
    return sorted(path for path in found if path.name.endswith(ENDINGS) and path.is_file())


def _unreadable(path: Path | str, error: OSError) -> UsageError:
    return UsageError(f"{path}: cannot be read: {error.strerror or error}")


def _passes(path: Path) -> bool:
    """Whether what is read there is gone then: standard input, a pipe."""
    return path == STANDARD_INPUT or not path.is_file()


def size(files: Iterable[Path]) -> int:
    """Bytes on disk of all the files; what comes through a pipe counts for nothing."""
    return sum(path.stat().st_size for path in files if not _passes(path))


def identity(files: Sequence[Path]) -> str:
    """Names these files as they are now: another one, or one that changed, gives another name.
    Empty where a pipe is among them, which cannot be read a second time."""
    if any(map(_passes, files)):
        return ""
    found = hashlib.blake2b(digest_size=12)
    for path in files:
        about = path.stat()
        with open_bytes(path) as raw:
            found.update(f"{about.st_size} {about.st_mtime_ns} ".encode() + raw.read(HEAD))
    return found.hexdigest()


def partitions(files: Iterable[Path]) -> Iterator[Partition]:
    """The lines of all files. Raises UsageError for a file that cannot be opened; one that breaks off
    gives what could be read, and why."""
    at = before = 0
    for path in files:
        number, passes = 1, _passes(path)
        with open_bytes(path) as raw:
            for lines, damage in _blocks(unpacked(raw, path)):
                position = before if passes else before + raw.tell()
                yield Partition(str(path), number, at, lines, position, damage)
                number, at = number + len(lines), at + len(lines)
            if not passes:
                before += raw.tell()


def open_bytes(path: Path) -> IO[bytes]:
    """The file open for reading. Raises UsageError."""
    if path == STANDARD_INPUT:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    try:
        return path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from None


def unpacked(raw: IO[bytes], path: Path) -> IO[bytes]:
    """What is in the file, packed or not, by its first bytes and not by its name."""
    assert isinstance(raw, io.BufferedReader)  # noqa: S101 - what open() gives for bytes
    start = raw.peek(4)
    if start.startswith(GZIP):
        import gzip

        return gzip.open(raw)  # type: ignore[return-value]
    if start.startswith(ZSTD):
        return io.BufferedReader(_Zstd(raw, path), PARTITION)
    return raw


def _blocks(stream: IO[bytes]) -> Iterator[tuple[tuple[bytes, ...], str]]:
    """Lines in blocks of about PARTITION bytes, each with what ended the file early, if anything did."""
    lines: list[bytes] = []
    total, damage = 0, ""
    while not damage:
        try:
            line = stream.readline(LONGEST + 1)
            rest, record = line, RECORD.match(line)
            while len(rest) > LONGEST and not rest.endswith(b"\n"):
                rest = stream.readline(LONGEST + 1)
                if record and len(line) < LONGEST_RECORD:
                    line += rest
        except (OSError, EOFError, zlib.error) as error:  # a download cut short, a bad block
            damage = f"the file is damaged from here on: {error}"
        else:
            if not line:
                break
            lines.append(line)
            total += len(line)
        if total >= PARTITION or damage:
            yield tuple(lines), damage
            lines, total = [], 0
    if lines:
        yield tuple(lines), ""


class _Zstd(io.RawIOBase):
    """Bytes out of Zstandard frames. Unlike the library's own stream, one that misses its end is an error."""

    def __init__(self, raw: IO[bytes], path: Path) -> None:
        try:
            import zstandard
        except ImportError:
            raise UsageError(needs_extra(f"{path}: .zst", "zstd")) from None
        self._raw = raw
        self._error, self._new = zstandard.ZstdError, zstandard.ZstdDecompressor().decompressobj
        self._frame = self._new()
        self._packed = self._ready = b""
        self._started = False  # inside a frame

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills some of the buffer. Raises OSError for what is no frame, EOFError for half of one."""
        while not self._ready:
            self._packed = self._packed or self._raw.read(HEAD)
            if not self._packed:
                if self._started:
                    raise EOFError("its end is missing")
                return 0
            self._started = True
            try:
                self._ready, self._packed = self._frame.decompress(self._packed), b""
            except self._error as error:
                raise OSError(str(error)) from None
            if self._frame.eof:
                self._packed, self._frame, self._started = self._frame.unused_data, self._new(), False
        some = self._ready[: len(buffer)]
        self._ready = self._ready[len(some) :]
        buffer[: len(some)] = some
        return len(some)
