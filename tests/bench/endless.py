"""Memory of `watcher poll --every` over 200 polls in which 5 % of the items change.

    python -m tests.bench.endless [POLLS] [EVERY]

One item in EVERY (10) is on the topic. Prints the resident memory every 20 polls, and the slope over the second half:
what is stored on a topic is held in memory, and so are the links of a week, by which copies are known.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watcher.config import load
from watcher.engine.poller import poll
from watcher.store.open import open_store

FEEDS, ITEMS, CHANGED = 20, 30, 0.05
CONFIG = """\
[poll]
per_host = 16

[[topics]]
name = "Bridge"
target = "The bridge is built"
target_terms = ["bridge"]
parties = [{ name = "North" }, { name = "South" }]
"""


class Feeds:
    """Feeds whose items change a little from poll to poll."""

    def __init__(self, every: int) -> None:
        self.random, self.every = random.Random(1), every
        self.serial = 0
        self.items = [[self.new() for _ in range(ITEMS)] for _ in range(FEEDS)]

    def new(self) -> str:
        self.serial += 1
        when = format_datetime(datetime.now(UTC) - timedelta(minutes=self.serial % 600))
        what = "bridge" if self.serial % self.every == 0 else "tower"
        text = f"North supports the {what}, officials said. " + "The weather stayed calm over the river that day. " * 15
        return (
            f"<item><guid>{self.serial}</guid><title>{what.title()} news {self.serial}</title>"
            f"<link>https://news.example/{self.serial}</link><pubDate>{when}</pubDate>"
            f"<description>{text}{self.serial}</description></item>"
        )

    def turn(self) -> None:
        """Some items go, others come."""
        for feed in self.items:
            for at in range(ITEMS):
                if self.random.random() < CHANGED:
                    feed[at] = self.new()

    def body(self, number: int) -> bytes:
        """The feed of that number."""
        return (
            f'<rss version="2.0"><channel><title>{number}</title>{"".join(self.items[number])}</channel></rss>'.encode()
        )


def serve(feeds: Feeds) -> ThreadingHTTPServer:
    """The feeds on a local server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = feeds.body(int(self.path.strip("/")))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def resident() -> float:
    """This process's memory in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Runs the polls and prints the figures."""
    polls = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    feeds = Feeds(int(sys.argv[2]) if len(sys.argv) > 2 else 10)
    server = serve(feeds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        tables = [
            f'\n[[feeds]]\nname = "{n}"\nurl = "http://127.0.0.1:{server.server_port}/{n}"\n'
            'allow_private = true\nfull_text = "never"\n'
            for n in range(FEEDS)
        ]
        path.write_text(CONFIG + "".join(tables))
        settings, store = load(path), open_store(Path(folder) / "data")
        memory, started, articles = [], time.perf_counter(), 0
        for number in range(1, polls + 1):
            report = asyncio.run(poll(settings, store, full=True))
            articles += report.new_articles
            memory.append(resident())
            if number % 20 == 0 or number == 1:
                print(
                    f"poll {number:4}: {memory[-1]:6.1f} MB, {articles:,} articles stored, {report.seconds:.1f} s",
                    flush=True,
                )
            feeds.turn()
        seconds = time.perf_counter() - started
        half = memory[len(memory) // 2 :]
        slope = (half[-1] - half[0]) / max(len(half) - 1, 1) * 1000
        print(f"{polls} polls in {seconds:.0f} s; second half {half[-1] - half[0]:+.1f} MB, {slope:+.1f} kB a poll")


if __name__ == "__main__":
    main()
