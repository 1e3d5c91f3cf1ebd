"""First paint and key to paint, in a real pseudo-terminal: `python -m tests.bench.ui_start [DATA]`.

Prints the seconds from the start of the process to the first text of a bare Textual app with a
table, and to the board, and the ratio, and to the board in a new data folder, whose seeds are read
first; then how long a key takes to change the screen.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = str(Path(tempfile.gettempdir()) / "watcher-bench-bytecode")
BARE = """
from textual.app import App
from textual.widgets import DataTable
class Bare(App):
    def compose(self):
        yield DataTable()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns('party', 'stance')
        for n in range(12):
            table.add_row(f'READY{n}', 'support')
Bare().run()
"""


class Terminal:
    """A program on a pseudo-terminal of 140 by 45."""

    def __init__(self, command: list[str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 45, 140, 0, 0))
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPYCACHEPREFIX": CACHE}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
        self.last = b""  # what was read away last
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=env, start_new_session=True
        )
        os.close(slave)

    def until(self, text: bytes, seconds: float = 20) -> float:
        """Seconds from now until `text` is written."""
        begun, seen = time.perf_counter(), b""
        while time.perf_counter() - begun < seconds:
            if select.select([self.master], [], [], 0.05)[0]:
                try:
                    seen += os.read(self.master, 65536)
                except OSError:
                    raise SystemExit(f"the program ended: {seen.decode(errors='replace')}") from None
                if text in seen:
                    return time.perf_counter() - begun
        raise TimeoutError(f"{text!r} was not shown; the end was {seen[-300:]!r}")

    def drain(self, seconds: float) -> None:
        """Reads away what is written for a while."""
        end, self.last = time.perf_counter() + seconds, b""
        while time.perf_counter() < end:
            if select.select([self.master], [], [], 0.02)[0]:
                self.last += os.read(self.master, 65536)

    def key(self, key: bytes) -> float:
        """Seconds from a key to the first byte drawn."""
        os.write(self.master, key)
        begun = time.perf_counter()
        select.select([self.master], [], [], 5)
        took = time.perf_counter() - begun
        self.drain(0.06)
        return took

    def close(self) -> None:
        """Ends the program."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)
        os.close(self.master)


def first_paint(command: list[str], text: bytes) -> float:
    terminal = Terminal(command)
    try:
        terminal.until(text)
        return time.perf_counter() - terminal.started
    finally:
        terminal.close()


def main() -> None:
    data = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()
    watcher = [sys.executable, "-m", "watcher", "--data", data]
    bare = [first_paint([sys.executable, "-c", BARE], b"READY11") for _ in range(5)]
    ours = [first_paint(watcher, b"conditional") for _ in range(5)]
    print(f"bare app with a table  {statistics.median(bare):.3f} s")
    print(f"the board              {statistics.median(ours):.3f} s")
    print(f"ratio                  {statistics.median(ours) / statistics.median(bare):.2f}")
    fresh = [first_paint([*watcher[:-1], tempfile.mkdtemp()], b"conditional") for _ in range(5)]
    print(f"the first board ever   {statistics.median(fresh):.3f} s, seeds read")
    terminal = Terminal(watcher)
    terminal.until(b"conditional")
    terminal.drain(3)
    times = sorted(terminal.key(b"j" if n % 2 else b"k") for n in range(60))
    print(f"key to paint           {times[30] * 1000:.1f} ms, p95 {times[56] * 1000:.1f} ms")
    terminal.close()


if __name__ == "__main__":
    main()
