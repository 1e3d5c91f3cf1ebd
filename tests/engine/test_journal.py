"""poll.log: what polls did, from the screen's child as from cron, in one file that stays small."""

from __future__ import annotations

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from watcher.engine import journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RSS = """<rss version="2.0"><channel><title>Paper</title><item><guid>1</guid><link>https://paper.example/1</link>
<title>Borland rejects the canal treaty</title><description>Borland opposes it.</description></item></channel></rss>"""
CONFIG = """\
[[topics]]
name = "Canal treaty"
target = "Arland and Borland sign the canal treaty"
target_terms = ["canal treaty"]
parties = [{ name = "Borland" }]

[[feeds]]
name = "Paper"
url = "http://127.0.0.1:%d/feed"
allow_private = true
full_text = "never"
"""
DONE = {"event": "done", "seconds": 1.0, "new_articles": 0}
WRITER = """\
import sys
from pathlib import Path
from watcher.engine import journal
journal.LARGEST, journal.KEPT = 20_000, 400
for n in range(400):
    note = journal.Journal(Path(sys.argv[1]))
    for part in ("start", "middle", "end"):
        note({"event": "warning", "message": f"{sys.argv[2]} {n} {part} " + "x" * 200})
    note.write()
"""


@pytest.fixture
def paper() -> Iterator[tuple[int, list[str]]]:
    """A feed's port, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = RSS.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()
    server.server_close()


def worker(config: Path, data: Path, *options: str) -> None:
    """A poll as the screen starts it."""
    command = [sys.executable, "-m", "watcher.engine.worker", "--config", str(config), "--data", str(data), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def noted(folder: Path) -> list[str]:
    """The lines of the log without their times."""
    return [line.partition(" ")[2] for line in (folder / journal.NAME).read_text().splitlines()]


def test_what_the_screens_polls_did_is_noted(tmp_path: Path, paper: tuple[int, list[str]]) -> None:
    port, asked = paper
    config, data = tmp_path / "config.toml", tmp_path / "data"
    config.write_text(CONFIG % port)
    worker(config, data)
    lines = noted(data)
    assert lines[:2] == ["poll of 1 feed", "Paper: ok, 1 new"]
    assert lines[2].startswith("stored 1 article, 1 reading, ")
    assert "shift: Canal treaty: Borland no position to oppose" in lines
    assert lines[-1].startswith("done in ")
    assert lines[-1].endswith(" s, 1 new article, 1 feed asked")

    feeds = asked.count("/feed")
    worker(config, data)
    assert asked.count("/feed") == feeds
    assert [line for line in noted(data)[len(lines) :] if not line.startswith("done")] == ["poll of 1 feed"]
    assert noted(data)[-1].endswith(" 0 new articles, 0 feeds asked")


def test_the_screens_poll_names_a_feed_in_letters_that_the_locale_lacks(
    tmp_path: Path, paper: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text((CONFIG % paper[0]).replace('"Paper"', '"Газета"'), encoding="utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    worker(config, tmp_path / "data")
    assert "Газета: ok, 1 new" in noted(tmp_path / "data")


def test_a_feed_that_was_not_due_is_not_said_to_have_answered() -> None:
    event = {"event": "feed", "name": "Paper", "new": 0, "error": ""}
    assert journal.told(event | {"state": "not_modified", "asked": True}) == "Paper: not modified"
    assert not journal.told(event | {"state": "not_modified", "asked": False})
    assert not journal.told(event | {"state": "stale", "asked": False})
    assert journal.told(event | {"state": "backing_off", "asked": False, "error": "HTTP 500"}).endswith("HTTP 500")


def test_the_log_is_set_aside_before_it_grows_large(tmp_path: Path) -> None:
    for _ in range(5):
        (tmp_path / journal.NAME).write_text("x" * journal.LARGEST)
        journal.Journal(tmp_path)(DONE)
    names = sorted(path.name for path in tmp_path.glob("poll.log*"))
    assert names == ["poll.log", "poll.log.1", "poll.log.2", "poll.log.3"]
    assert (tmp_path / journal.NAME).stat().st_size < 200


def test_two_processes_lose_and_mix_no_lines(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in ("one", "two")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    files = list(tmp_path.glob("poll.log*"))
    assert len(files) > 3  # set aside again and again, but not while the other one is at it
    lines = [line for path in files for line in path.read_text().splitlines()]
    assert len(lines) == len(set(lines)) == 2 * 400 * 3
    for path in files:
        parts = [line.split()[1:4] for line in path.read_text().splitlines()]
        whole = [parts[n : n + 3] for n in range(0, len(parts), 3)]
        assert all([part for _, _, part in three] == ["start", "middle", "end"] for three in whole)
        assert all(len({(name, n) for name, n, _ in three}) == 1 for three in whole)


def test_where_nothing_can_be_written_the_log_is_silent(tmp_path: Path) -> None:
    journal.Journal(tmp_path / "not there")(DONE)
    assert not list(tmp_path.iterdir())
