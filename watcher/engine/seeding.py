"""Reading the seeds on another processor while the screen loads.

A screen's own libraries and the detector each take a good part of a second to load. On a first
start both are needed before anything can be shown, and neither needs the other.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.domain.settings import Settings


class Seeding:
    """The seeds being read into the data folder, by a copy of this process."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._code: int | None = None

    def wait(self) -> bool:
        """Waits for the end; false if it failed, so that the seeds are still to be read."""
        if self._code is None:
            try:
                self._code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
            except ChildProcessError:  # somebody else took its end
                self._code = 1
        return self._code == 0


def start(settings: Settings, folder: Path) -> Seeding | None:
    """Begins to read the seeds into the store in `folder`; None where this process cannot be copied.

    To be called before anything starts a thread: a copy holds only the thread that made it.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return None
    try:
        pid = os.fork()
    except OSError:
        return None
    if pid:
        return Seeding(pid)
    code = 1
    try:
        from watcher.engine.library import Library
        from watcher.store.open import open_store

        Library(settings, open_store(folder)).seed()
        code = 0
    finally:  # whatever failed is told by the screen, which tries again
        os._exit(code)
