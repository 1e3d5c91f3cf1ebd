"""Files that must be on the disk when we say so, and what to tell a person when they cannot be."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from watcher.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class DataFile:
    """A file open for reading at any place; it stays readable when another process deletes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_RDONLY)

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`, fewer where the file is shorter."""
        data = os.pread(self._descriptor, end - start, start)
        while len(data) < end - start and (
            more := os.pread(self._descriptor, end - start - len(data), start + len(data))
        ):
            data += more  # one call gives at most 2 GB
        return data

    def chunks(self, start: int, end: int, size: int = 1 << 20) -> Iterator[bytes]:
        """The bytes from `start` to before `end` as runs of whole lines; the last may lack its end."""
        rest = b""
        while start < end and (data := self.read(start, min(start + size, end))):
            start += len(data)
            cut = data.rfind(b"\n") + 1
            if cut:
                yield rest + data[:cut]
                rest = data[cut:]
            else:
                rest += data
        if rest:
            yield rest

    def __del__(self) -> None:
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes all of `data` where the descriptor stands."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync(descriptor: int) -> None:
    """Returns when what was written is on the disk, as far as the system can tell."""
    try:
        from fcntl import F_FULLFSYNC, fcntl  # type: ignore[attr-defined,unused-ignore]  # macOS: fsync stops short
    except ImportError:
        os.fsync(descriptor)
    else:
        fcntl(descriptor, F_FULLFSYNC)


def sync_folder(path: Path) -> None:
    """Makes names that were added, changed or removed in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems have no such thing for folders
            raise
    finally:
        os.close(descriptor)


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns the system's errors inside the block into a StoreError that says what to do."""
    try:
        yield
    except OSError as error:
        raise StoreError(_told(path, error)) from error


def _told(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.errno in FULL:
        return f"{path}: no room to write ({reason}); nothing of this was kept, all else is unharmed: make room"
    if error.errno in REFUSED:
        return f"{path}: not allowed ({reason}): check the folder's permissions, or name another with --data"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{path}: is not a folder: name another with --data"
    return f"{error.filename or path}: {reason}"
