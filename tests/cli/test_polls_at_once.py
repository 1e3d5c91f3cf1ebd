"""Several polls of one folder, as cron and an open screen start them: each feed is asked by one of them."""

from __future__ import annotations

import json
import os
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import FEED, Place, with_feeds

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator


class Slow:
    """A real server of one feed, which answers once `let_go` is set."""

    def __init__(self) -> None:
        self.asked, self.let_go = threading.Semaphore(0), threading.Event()
        self.requests = 0
        body = FEED.format(date=time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 3600))).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(handler) -> None:
                self.requests += 1
                self.asked.release()
                self.let_go.wait(60)
                handler.send_response(200)
                handler.send_header("Content-Type", "application/rss+xml")
                handler.end_headers()
                with suppress(OSError):  # who asked was killed
                    handler.wfile.write(body)

            def log_message(handler, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def slow() -> Iterator[Slow]:
    site = Slow()
    yield site
    site.let_go.set()
    site.server.shutdown()
    site.server.server_close()


def begun(place: Place, slow: Slow) -> subprocess.Popen[str]:
    """A poll that has asked the feed and waits for its answer."""
    with_feeds(place, f"{slow.url}/1")
    process = place.start("--data", "data", "poll", "--json")
    assert slow.asked.acquire(timeout=30)
    return process


def came(process: subprocess.Popen[str]) -> int:
    """How many new articles the poll says that it brought, once it has ended well."""
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    new: int = json.loads(out)["new_articles"]
    return new


@pytest.mark.parametrize("how", [[], ["--full"]])
def test_feeds_are_left_to_the_poll_under_way(place: Place, slow: Slow, how: list[str]) -> None:
    first = begun(place, slow)
    second = place.run("--data", "data", "poll", "--progress", *how)
    assert (second.returncode, second.stdout) == (0, "")
    assert "Another watcher is polling: 1 feed left to it." in second.stderr
    slow.let_go.set()
    assert came(first) == 1
    assert slow.requests == 1
    assert "left to another poll under way: 1 feed" in (place.folder / "data" / "poll.log").read_text()
    assert came(place.start("--data", "data", "poll", "--json", "--full")) == 0
    assert slow.requests == 2


def test_of_polls_that_start_together_one_asks(place: Place, slow: Slow) -> None:
    with_feeds(place, *(f"{slow.url}/{number}" for number in range(5)))
    slow.let_go.set()
    together = [place.start("--data", "data", "poll", "--json") for _ in range(4)]
    assert sum(came(process) for process in together) == 5
    assert slow.requests == 5


def test_a_killed_poll_holds_back_no_other(place: Place, slow: Slow) -> None:
    first = begun(place, slow)
    first.kill()
    first.communicate(timeout=30)
    slow.let_go.set()
    assert came(place.start("--data", "data", "poll", "--json")) == 1


def test_a_poll_that_hangs_is_told_and_by_which_process(place: Place, slow: Slow) -> None:
    first = begun(place, slow)
    hours_ago = time.time() - 7200
    os.utime(place.folder / "data" / "poll.lock", (hours_ago, hours_ago))
    second = place.run("--data", "data", "poll")
    assert (second.returncode, second.stdout, second.stderr.count("\n")) == (1, "", 1)
    assert f"another watcher, process {first.pid}, has been polling since " in second.stderr
    slow.let_go.set()
    assert came(first) == 1
