"""Work on another processor while the screen loads.

A screen's own libraries take a good part of the time until it can show anything. What it shows
first rests on the store, on a first start on the detector too, and needs none of them.
"""

from __future__ import annotations

import os
import pickle
import threading
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Send: TypeAlias = "Callable[[object], None]"
"""Takes what the work came to; once."""


class Copy:
    """A copy of this process at work."""

    def __init__(self, pid: int, pipe: int) -> None:
        self._pid = pid
        self._pipe = pipe
        self._sent: Any = None
        self._code: int | None = None

    def sent(self) -> Any:
        """Waits for what the work came to; None where it failed."""
        if self._pipe >= 0:
            with os.fdopen(self._pipe, "rb") as pipe:
                self._pipe = -1
                data = pipe.read()
            try:
                self._sent = pickle.loads(data)  # noqa: S301 - this very program wrote it
            except (EOFError, pickle.UnpicklingError):  # nothing, or not all
                self._sent = None
        return self._sent

    def wait(self) -> bool:
        """Waits for the end; false if the work failed."""
        self.sent()  # it ends only once that was read
        if self._code is None:
            try:
                self._code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
            except ChildProcessError:  # somebody else took its end
                self._code = 1
        return self._code == 0


def start(work: Callable[[Send], None]) -> Copy | None:
    """Begins the work; None where this process cannot be copied, or there is no other processor.

    To be called before anything starts a thread: a copy holds only the thread that made it.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1 or cores() < 2:
        return None
    try:
        reader, writer = os.pipe()
    except OSError:
        return None
    try:
        pid = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        return None
    if pid:
        os.close(writer)
        return Copy(pid, reader)
    code = 1
    try:
        os.close(reader)

        def send(result: object) -> None:
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(result, pipe, pickle.HIGHEST_PROTOCOL)

        work(send)
        code = 0
    finally:  # whatever failed is told by the screen, which tries again
        os._exit(code)


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
