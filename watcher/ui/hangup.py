"""Being told to end: by signals, and where no signal says so by the loss of the terminal."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import stat
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

GRACE = 4.0
"""Seconds that the program gets to end: what it writes to a terminal that is lost, or does not read, may hold it up
for ever."""


def obey(end: Callable[[int], object]) -> None:
    """Calls `end` with the exit code on a signal to end, so that the terminal is left as it was, and marks are kept."""

    def told(code: int) -> None:
        last_resort = threading.Timer(GRACE, os._exit, (code,))
        last_resort.daemon = True
        last_resort.start()
        end(code)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        asyncio.get_running_loop().add_signal_handler(number, told, 128 + number)


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
