"""First paint, key to paint and search, in a real pseudo-terminal: `python -m tests.bench.ui_start [ARTICLES]`.

Stores ARTICLES (100,000) made-up articles, of which one in five holds a statement on one of five topics,
and all are matched by the last topic.
Then prints the seconds from the start of the process to the first text of a bare Textual app with a
table, and to the board, in turns, and how many times as long that is, also with the topic that matches
all in front; to the board in a new data folder, whose seeds are read first; the longest that a key takes
in the first second, while the other boards are worked out; how long a key takes to change the screen, on
the board and in the list of all articles, by lines, by pages and from end to end; and how long a search
takes to show its first results.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tests.bench.store import TOPICS, batch
from watcher.store.base import TopicReading
from watcher.store.open import open_store
from watcher.ui.glyphs import GLYPHS

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


TOPIC = """
[[topics]]
name = "{name}"
target = "The council backs the toll"
target_terms = ["toll"]
parties = [{{ name = "Council" }}, {{ name = "Union" }}, {{ name = "Port" }}]
"""
BAR = GLYPHS.bar.encode()
"""Stands beside the selected row, and so is drawn with it when the selection moves."""


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
                    self.last = seen
                    return time.perf_counter() - begun
        raise TimeoutError(f"{text!r} was not shown; the end was {seen[-300:]!r}")

    def drain(self, seconds: float) -> None:
        """Reads away what is written for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if select.select([self.master], [], [], 0.02)[0]:
                self.last += os.read(self.master, 65536)

    def key(self, key: bytes, drawn: bytes = BAR) -> float:
        """Seconds from a key until what it changes is drawn; a spinner's turn does not count."""
        os.write(self.master, key)
        took = self.until(drawn)
        self.drain(0.02)
        return took

    def close(self) -> None:
        """Ends the program."""
        os.killpg(self.process.pid, signal.SIGTERM)
        with suppress(OSError):  # it is read until it has ended
            while self.process.poll() is None:
                self.drain(0.02)
        self.process.wait(10)
        os.close(self.master)


def first_paint(command: list[str], text: bytes) -> float:
    terminal = Terminal(command)
    try:
        terminal.until(text)
        return time.perf_counter() - terminal.started
    finally:
        terminal.close()


def hoard(folder: Path, articles: int) -> tuple[Path, Path, Path]:
    """A config with five topics, one with the last of them first, and a data folder with so many articles, all of
    which that topic matches."""
    config, turned, data = folder / "config.toml", folder / "turned.toml", folder / "data"
    config.write_text("".join(TOPIC.format(name=name) for name in TOPICS), encoding="utf-8")
    turned.write_text("".join(TOPIC.format(name=name) for name in reversed(TOPICS)), encoding="utf-8")
    store, rng = open_store(data), random.Random(1)
    for first in range(0, articles, 1000):
        made = batch(first, min(1000, articles - first), rng, TOPICS)
        said = {one.article for one in made.readings if one.topic == TOPICS[-1]}
        silent = [TopicReading(one.id, TOPICS[-1], (), (), "1") for one in made.articles if one.id not in said]
        store.commit(replace(made, readings=[*made.readings, *silent]))
    store.close()
    return config, turned, data


def longest_at_first(command: list[str]) -> float:
    """The longest that a key takes in the first second of the board."""
    terminal = Terminal(command)
    try:
        terminal.until(b"Council")
        painted, longest = time.perf_counter(), 0.0
        while time.perf_counter() < painted + 1:
            for key in (b"j", b"k"):
                longest = max(longest, terminal.key(key))
        return longest
    finally:
        terminal.close()


def told(what: str, times: list[float]) -> None:
    """One line: the median, the 95th of 100, the longest."""
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    median, longest = statistics.median(times), times[-1]
    print(f"{what:26}{median * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms, longest {longest * 1000:.1f} ms")


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(tempfile.mkdtemp())
    config, turned, data = hoard(folder, articles)
    watcher = [sys.executable, "-m", "watcher", "--config", str(config), "--data", str(data)]
    matching_all = [sys.executable, "-m", "watcher", "--config", str(turned), "--data", str(data)]
    bare, ours, all_matched = [], [], []
    for _ in range(9):  # in turns, so that what else the machine does weighs on all
        bare.append(first_paint([sys.executable, "-c", BARE], b"READY11"))
        ours.append(first_paint(watcher, b"Council"))
        all_matched.append(first_paint(matching_all, b"Council"))
    floor = statistics.median(bare)
    print(f"bare app with a table  {floor:.3f} s")
    for what, times in (("the board", ours), ("matched by all", all_matched)):
        took = statistics.median(times)
        print(f"{what:23}{took:.3f} s, {took / floor:.2f} times as long; {articles:,} articles stored")
    fresh = [
        first_paint([sys.executable, "-m", "watcher", "--data", tempfile.mkdtemp()], b"conditional") for _ in range(5)
    ]
    print(f"the first board ever   {statistics.median(fresh):.3f} s, seeds read")
    told("a key in the first second", [longest_at_first(watcher) for _ in range(5)])
    terminal = Terminal(watcher)
    terminal.until(b"Council")
    terminal.drain(3)
    told("key to paint", [terminal.key(b"j" if n % 2 == 0 else b"k") for n in range(60)])
    terminal.key(str(len(TOPICS)).encode())
    terminal.key(b"a")
    terminal.drain(1)
    told("in all articles: a line", [terminal.key(b"j") for _ in range(100)])
    told("... a page", [terminal.key(b"\x1b[6~") for _ in range(100)])
    told("... end to end", [terminal.key(b"g" if n % 2 else b"G") for n in range(20)])
    terminal.key(b"\x06", b"search all articles")
    terminal.drain(0.5)
    found = []
    for query in (b"toll", b"council AND union", b'"the spring session"', b"title:friday", b"assem*"):
        for letter in query[:-1]:
            os.write(terminal.master, bytes([letter]))
        terminal.drain(0.03)  # the last letter follows at once, as when typed
        found.append(terminal.key(query[-1:], b"Newspaper"))
        terminal.drain(1)
        for _ in query:
            os.write(terminal.master, b"\x7f")
        terminal.drain(1)
    told("search, first results", found)
    terminal.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
