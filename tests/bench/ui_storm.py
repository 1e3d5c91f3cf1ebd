"""Keys during a feed storm: `python -m tests.bench.ui_storm [FEEDS] [ITEMS]`.

Serves FEEDS (300) feeds of ITEMS (30) new articles each from this machine, opens the screen in a
pseudo-terminal, starts a poll, and measures how long keys take to change the screen while it runs,
and afterwards.
"""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.bench.ui_start import Terminal

TOPIC = """
[[topics]]
name = "Minerals deal"
target = "The two states sign the minerals deal"
match = '"minerals deal"'
target_terms = ["minerals deal"]
parties = [{ name = "Ukraine", aliases = ["Kyiv"] }, { name = "Russia", aliases = ["Moscow"] }]
"""
ITEM = """<item><title>{party} speaks, {feed}.{item}</title><link>http://127.0.0.1/{feed}/{item}</link>
<guid>{feed}-{item}</guid><pubDate>{when}</pubDate>
<description>{party} {verb} the minerals deal in talk {item} of paper {feed}. {filler}</description></item>"""
VERBS = ("rejected", "welcomed", "would consider", "studies")


class Feeds(BaseHTTPRequestHandler):
    items = 30

    def do_GET(self) -> None:
        feed = int(self.path.strip("/").removesuffix(".xml"))
        now = datetime.now(UTC)
        items = "".join(
            ITEM.format(
                party=("Kyiv", "Moscow")[(feed + item) % 2],
                verb=VERBS[(feed * 7 + item) % 4],
                feed=feed,
                item=item,
                when=format_datetime(now - timedelta(minutes=item)),
                filler=" ".join(f"word{feed}x{item}x{n}" for n in range(60)),
            )
            for item in range(self.items)
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def main() -> None:
    feeds, Feeds.items = (int(argument) for argument in (sys.argv[1:3] + ["300", "30"][len(sys.argv) - 1 :]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    # a process of its own: its work is not to pass for the screen's
    multiprocessing.get_context("fork").Process(target=server.serve_forever, daemon=True).start()
    folder = Path(tempfile.mkdtemp())
    listed = "".join(
        f'[[feeds]]\nname = "Paper {n}"\nurl = "http://127.0.0.1:{server.server_port}/{n}.xml"\n'
        'allow_private = true\nfull_text = "never"\n'
        for n in range(feeds)
    )
    config = folder / "config.toml"
    config.write_text("[poll]\nper_host = 16\n" + listed + TOPIC, encoding="utf-8")
    command = [sys.executable, "-m", "watcher", "--config", str(config), "--data", str(folder / "data")]
    terminal = Terminal(command)
    terminal.until(b"Ukraine")
    terminal.drain(1)
    times, begun, seen = [], time.perf_counter(), b""
    while time.perf_counter() - begun < 120:
        times.append(terminal.key(b"k" if len(times) % 2 else b"j"))
        seen = terminal.last if terminal.last else seen
        if b"next in" in seen:
            break
    took = time.perf_counter() - begun
    terminal.drain(2)
    after = sorted(terminal.key(b"j" if n % 2 else b"k") for n in range(60))
    terminal.close()
    times.sort()
    print(f"{feeds} feeds of {Feeds.items} articles, polled for {took:.1f} s, {len(times)} keys")
    p95 = times[int(len(times) * 0.95)]
    print(f"key to paint  median {statistics.median(times) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms,")
    print(f"              longest {times[-1] * 1000:.1f} ms")
    print(f"afterwards    median {statistics.median(after) * 1000:.1f} ms, p95 {after[56] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
