"""Lines of a store's files: one JSON object each, with a checksum of the rest as its first field.

A line reads `{"crc":"1a2b3c4d","kind":"mark","v":1,...}`; `crc` is the CRC-32 (as zlib has it) of
the bytes that follow it. So any tool that knows JSON lines reads the files, and a flipped bit shows.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

START = b'{"crc":"'
BODY = len(START) + len('12345678",')
"""Where the bytes that the checksum covers begin."""


def seal(record: bytes) -> bytes:
    """A JSON object as a line, checksum first."""
    body = record[1:]
    return b'{"crc":"%08x",%b\n' % (zlib.crc32(body), body)


def intact(line: bytes) -> bool:
    """Whether a line, without its end, is as it was written."""
    return line.startswith(START) and line[len(START) : BODY] == b'%08x",' % zlib.crc32(line[BODY:])


def salvage(data: bytes, offset: int = 0) -> Iterator[tuple[int, bytes, bool]]:
    """Every line as (where it starts, its bytes, whether it is intact), `data` starting at `offset`.

    A line that ran into its neighbour, because the end between them is what was damaged, is cut in
    two. Text inside a record cannot be mistaken for a start: its quotes are escaped.
    """
    for line in data.split(b"\n"):
        if intact(line):
            yield offset, line, True
        elif line:
            for start, piece in _pieces(line):
                whole = next((some for some in (piece, piece[:-1]) if intact(some)), None)
                yield offset + start, whole or piece, whole is not None
        offset += len(line) + 1


def _pieces(line: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    while (cut := line.find(START, start + 1)) > 0:
        yield start, line[start:cut]
        start = cut
    yield start, line[start:]
