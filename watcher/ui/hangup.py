"""Notices that the terminal is gone where no signal says so, as a closed pseudo-terminal's end does."""

from __future__ import annotations

import os
import select
import stat
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

GRACE = 4.0
"""Seconds that the program gets to end: what it writes to the lost terminal may hold it up for ever."""


def watch(end: Callable[[], object]) -> None:
    """Calls `end`, on a thread of its own, once nobody is at the other end of standard input."""
    terminal = sys.__stdin__
    if terminal is None or not hasattr(select, "poll"):
        return
    if not stat.S_ISCHR(os.fstat(terminal.fileno()).st_mode):  # a terminal that is lost says that it is none
        return
    lost = select.poll()
    lost.register(terminal.fileno(), 0)  # no event asked for: the loss is told in any case

    def wait() -> None:
        lost.poll()
        try:
            end()
        finally:
            time.sleep(GRACE)
            os._exit(1)

    threading.Thread(target=wait, daemon=True, name="hangup").start()
