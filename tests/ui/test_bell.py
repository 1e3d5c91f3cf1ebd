"""The bell, as a terminal hears it: once a shift, and not in quiet hours."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ui.test_polling import config, server  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from pathlib import Path

TITLE = re.compile(rb"\x1b\][^\x07\x1b]*(\x07|\x1b\\)")
"""A command to the terminal that ends with a bell which is none, such as the window's title."""


def heard(config: Path, until: bytes, then: float) -> bytes:  # noqa: F811
    """What the program writes to a terminal until it shows some text, and for some seconds more."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    command = [sys.executable, "-m", "watcher", "--config", str(config), "--data", str(config.parent / "data")]
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env={**os.environ, "TERM": "xterm"}
    )
    os.close(slave)
    written, end = b"", time.monotonic() + 30
    shown = False
    try:
        while time.monotonic() < end:
            if select.select([master], [], [], 0.05)[0]:
                written += os.read(master, 65536)
            if not shown and until in written:
                shown, end = True, time.monotonic() + then
        assert shown, written[-500:]
        os.write(master, b"q")
        with suppress(OSError):  # the other end is closed
            while select.select([master], [], [], 10)[0]:
                os.read(master, 65536)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return written


@pytest.mark.parametrize("quiet", [False, True])
def test_the_bell_rings_once_a_shift_outside_of_quiet_hours(config: Path, quiet: bool) -> None:  # noqa: F811
    now = datetime.now().astimezone()
    span = timedelta(hours=-1 if quiet else 2), timedelta(hours=1 if quiet else 3)
    hours = "-".join(f"{now + one:%H:%M}" for one in span)
    text = config.read_text(encoding="utf-8")
    config.write_text(f'[alerts]\nbell = true\nquiet = "{hours}"\n{text}', encoding="utf-8")
    written = heard(config, b"no position to oppose", 1)
    assert TITLE.sub(b"", written).count(b"\x07") == (0 if quiet else 1)
