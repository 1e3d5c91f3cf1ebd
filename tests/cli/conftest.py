from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIG = """\
[[topics]]
name = "Harbour bridge"
target = "The two cities build the harbour bridge"
match = '"harbour bridge" OR "bridge plan"'
target_terms = ["harbour bridge", "bridge plan", "bridge agreement"]
seeds = [{ path = "first.txt", date = 2025-03-01, source = "Our Paper", title = "Bridge" }]

  [[topics.parties]]
  name = "Norham"
  aliases = ["Mayor Ames"]

  [[topics.parties]]
  name = "Southby"
  aliases = ["Mayor Bell"]
"""

SEED = """\
Norham supports the harbour bridge, Mayor Ames said on Saturday.
Southby rejected the bridge plan.
"""

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>World</title>
<item><guid>1</guid><title>Southby backs the harbour bridge</title><link>https://news.example/1</link>
<pubDate>{date}</pubDate><description>Southby now supports the harbour bridge, Mayor Bell said.</description></item>
</channel></rss>"""


bound = pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None,
    reason="permissions do not bind root; no setpriv",
)
"""For tests of permissions: as root they need setpriv, which the program is then started by."""


@contextmanager
def forbidden(folder: Path, mode: int) -> Iterator[None]:
    """The folder with these permissions, for the time of a test."""
    folder.chmod(mode)
    try:
        yield
    finally:
        folder.chmod(0o700)


@dataclass
class Place:
    """A folder of one's own with a config, and the program run in it as a user would."""

    folder: Path
    home: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def env(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "TMPDIR")}
        return kept | {"HOME": str(self.home), "COLUMNS": "100", "PYTHONWARNINGS": "error"}

    def start(self, *arguments: str, bound: bool = False, **rest) -> subprocess.Popen[str]:
        """Starts the program; `bound` by the permissions of files even where the tests run as root."""
        env = self.env | rest.pop("env", {})
        command = [sys.executable, "-m", "watcher", *arguments]
        if bound and os.geteuid() == 0:
            command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | rest
        return subprocess.Popen(command, cwd=pipes.pop("cwd", self.folder), env=env, text=True, **pipes)

    def run(self, *arguments: str, stdin: str | None = None, **rest) -> subprocess.CompletedProcess[str]:
        if stdin is not None:
            rest["stdin"] = subprocess.PIPE
        process = self.start(*arguments, **rest)
        out, err = process.communicate(stdin, timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with a config, a seed and a data folder of its own."""
    folder, home = tmp_path / "here", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    (folder / "config.toml").write_text(CONFIG)
    (folder / "first.txt").write_text(SEED)
    return Place(folder, home)


@pytest.fixture
def bare(tmp_path: Path) -> Place:
    """An empty folder and an empty home, as on a fresh machine."""
    folder, home = tmp_path / "here", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    return Place(folder, home)


@pytest.fixture
def feed_server() -> Iterator[str]:
    """A real server: /good is a feed, /missing is not there, /back is gone when it is first asked for, then a feed."""
    from datetime import UTC, datetime, timedelta
    from email.utils import format_datetime

    body = FEED.format(date=format_datetime(datetime.now(UTC) - timedelta(hours=1))).encode()

    asked: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            good = self.path == "/good" or (self.path == "/back" and self.path in asked)
            self.send_response(200 if good else 410 if self.path == "/back" else 404)
            asked.add(self.path)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body) if good else 0))
            self.end_headers()
            self.wfile.write(body if good else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def with_feeds(place: Place, *urls: str) -> None:
    """Adds feeds to the config."""
    tables = "".join(
        f'\n[[feeds]]\nname = "Feed {number}"\nurl = "{url}"\nallow_private = true\nfull_text = "never"\n'
        for number, url in enumerate(urls, 1)
    )
    place.config.write_text(CONFIG + tables)
