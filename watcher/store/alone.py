"""One poll of a data folder at a time: several would ask each feed several times."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from watcher.errors import StoreError
from watcher.store.durable import plain_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "poll.lock"
"""Holds the number of the process that polls, or polled last; was written when that poll began."""
TOO_LONG = 3600.0
"""Seconds after which a poll that goes on is told of, sooner than left to itself for good."""


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether this process may poll: no other does until the block ends. The system frees the lock of one that dies.

    Raises StoreError where the folder cannot be written to, or another process has been polling for too long.
    """
    with plain_errors(folder):
        descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        with plain_errors(folder):
            free = _take(descriptor, folder)
        yield free
    finally:
        os.close(descriptor)


def _take(descriptor: int, folder: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        began = os.fstat(descriptor).st_mtime
        if time.time() - began < TOO_LONG:
            return False
        process = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        since = datetime.fromtimestamp(began).astimezone().isoformat(" ", "minutes")
        raise StoreError(
            f"{folder}: another watcher, process {process}, has been polling since {since}: end it if it hangs"
        ) from None
    os.pwrite(descriptor, f"{os.getpid()}\n".ljust(20).encode(), 0)
    return True
