"""Alerts of a real poll: a command's arguments, quiet hours, and services by way of Apprise."""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Place

apprise = pytest.mark.skipif(
    importlib.util.find_spec("apprise") is None, reason="the extra `alerts` is not installed: pip install '.[alerts]'"
)
PARTY = "$(touch owned); `touch owned` | \"touch\" 'owned' && %s {0} --help"
WORDS = 'Southby now supports the harbour bridge, "Mayor Bell" said; $(touch owned) & `touch owned` 1 < 2 > 0.'
CONFIG = """
[alerts]
{alerts}

[[feeds]]
name = "World"
url = "http://127.0.0.1:{port}/feed"
allow_private = true
full_text = "never"

[[topics]]
name = "Harbour bridge"
target = "The two cities build the harbour bridge"
match = '"harbour bridge" OR "bridge plan"'
target_terms = ["harbour bridge", "bridge plan"]
seeds = [{{ path = "first.txt", date = 2025-03-01 }}]
parties = [{{ name = {party}, aliases = ["Southby"] }}]
"""
APPRISE = {"PYTHONWARNINGS": "error,ignore:'imghdr':DeprecationWarning"}
"""Apprise loads a module that Python 3.11 warns of."""
TOLD = (
    "import json, sys; "
    "open(sys.argv[1], 'a', encoding='utf-8').write(json.dumps([sys.argv[2:], json.load(sys.stdin)]) + '\\n')"
)


class Site(ThreadingHTTPServer):
    """Serves a feed of articles that tell one shift each in its way, and takes in what is posted to it."""

    daemon_threads = True

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        when = datetime.now(UTC) - timedelta(hours=1)
        words = escape(escape(WORDS))
        items = "".join(
            f"<item><guid>{number}</guid><title>Paper {number} on $(touch owned)</title>"
            f"<link>https://news.example/{number}</link><pubDate>{format_datetime(when)}</pubDate>"
            f"<description>{words} Number {number} goes on in its own way: {'lorem ' * number}.</description></item>"
            for number in range(1, 4)
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>World</title>{items}</channel></rss>'.encode()
        self.answer(200, body)

    def do_POST(self) -> None:
        self.server.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer(500 if self.path == "/broken" else 200)

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


def prepare(place: Place, site: Site, **alerts: Any) -> None:
    """A config with alerts and a party whose name is hostile; its board before the news."""
    table = "\n".join(f"{key} = {json.dumps(value)}" for key, value in alerts.items())
    place.config.write_text(CONFIG.format(alerts=table, port=site.server_port, party=json.dumps(PARTY)))
    assert "oppose" in place.run("board").stdout


def hours(start: timedelta, end: timedelta) -> str:
    now = datetime.now().astimezone()
    return f"{now + start:%H:%M}-{now + end:%H:%M}"


def test_a_shift_runs_the_command_once_without_a_shell(place: Place, site: Site) -> None:
    out = place.folder / "told.jsonl"
    prepare(place, site, command=[sys.executable, "-c", TOLD, str(out)])
    for _ in range(2):
        done = place.run("poll", "--full")
        assert (done.returncode, done.stderr) == (0, "")
    (line,) = out.read_text(encoding="utf-8").splitlines()
    (argument,), told = json.loads(line)
    assert argument == f"Harbour bridge: {PARTY} support (was oppose) - {told['sentence']}"
    assert (told["party"], told["from"], told["to"], told["source"]) == (PARTY, "oppose", "support", "World")
    assert told["sentence"] == WORDS
    assert not list(place.folder.rglob("owned"))


@pytest.mark.parametrize(("start", "end", "times"), [(-1, 1, 0), (1, 2, 1)])
def test_quiet_hours_keep_the_command_quiet(place: Place, site: Site, start: int, end: int, times: int) -> None:
    out = place.folder / "told.jsonl"
    quiet = hours(timedelta(hours=start), timedelta(hours=end))
    prepare(place, site, command=[sys.executable, "-c", TOLD, str(out)], quiet=quiet)
    assert place.run("poll", "--full").returncode == 0
    assert len(out.read_text().splitlines() if out.exists() else []) == times


def test_a_command_that_fails_is_told_and_the_poll_is_fine(place: Place, site: Site) -> None:
    prepare(place, site, command=["./nowhere"])
    done = place.run("poll", "--full")
    assert (done.returncode, done.stderr) == (
        0,
        "watcher: alerts.command: ./nowhere cannot be run: No such file or directory\n",
    )


@apprise
def test_a_service_is_told_once_a_shift(place: Place, site: Site) -> None:
    prepare(place, site, urls=[f"json://127.0.0.1:{site.server_port}/told"])
    for _ in range(2):
        done = place.run("poll", "--full", env=APPRISE)
        assert (done.returncode, done.stderr) == (0, "")
    (posted,) = site.posted
    assert posted["title"] == f"Harbour bridge: {PARTY} support (was oppose)"
    sentence, paper, link = posted["message"].splitlines()
    assert (sentence, paper) == (f"“{WORDS}”", "World")
    assert link.startswith("https://news.example/")


@apprise
def test_what_feeds_say_is_no_markup_to_a_service(place: Place, site: Site) -> None:
    prepare(place, site, urls=[f"json://127.0.0.1:{site.server_port}/told?format=html"])
    place.run("poll", "--full", env=APPRISE)
    (posted,) = site.posted
    assert "&amp;" in posted["message"]
    assert "1&nbsp;&lt;&nbsp;2" in posted["message"]


@apprise
def test_a_service_that_fails_is_told_by_its_place_without_its_secrets(place: Place, site: Site) -> None:
    here = f"127.0.0.1:{site.server_port}"
    prepare(place, site, urls=[f"json://me:secret@{here}/broken", "nowhere://secret", f"json://{here}/told"])
    done = place.run("poll", "--full", env=APPRISE)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "watcher: alerts.urls: address 1 (json:...): the notification did not get through",
        "watcher: alerts.urls: address 2 (nowhere:...) is not understood",
    ]
    assert len(site.posted) == 2, "the others are told all the same"


def test_without_the_extra_it_is_said_how_to_get_it(place: Place, site: Site) -> None:
    (place.folder / "apprise.py").write_text("raise ImportError")
    prepare(place, site, urls=["json://127.0.0.1/"])
    done = place.run("poll", "--full")
    assert done.returncode == 0
    assert "alerts.urls needs the extra `alerts`: pip install 'policy-watcher[alerts]'" in done.stderr
