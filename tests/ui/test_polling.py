"""Polls from the screen: a child process, a real server, and a board that moves while one looks."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from tests.ui.ui_world import FEEDS, NOW, feed_states, settings, shown, until
from watcher.config import load
from watcher.domain.feed import FeedState, FeedStatus
from watcher.domain.settings import PollSettings
from watcher.store.base import Batch
from watcher.store.open import open_store
from watcher.ui.app import WatcherApp
from watcher.ui.polling import Polling, next_poll

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot


CONFIG = """
[[feeds]]
name = "Local"
url = "http://127.0.0.1:{port}/feed.xml"
allow_private = true
full_text = "never"

[[feeds]]
name = "Broken [one]"
url = "http://127.0.0.1:{port}/missing.xml"
allow_private = true

[[topics]]
name = "Minerals deal"
target = "The two states sign the minerals deal"
match = '"minerals deal"'
target_terms = ["minerals deal"]

  [[topics.parties]]
  name = "Ukraine"
  aliases = ["Kyiv"]

  [[topics.parties]]
  name = "Russia"
  aliases = ["Moscow"]
"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Local</title><link>http://x.example/</link>
<item><title>Moscow speaks</title><link>http://127.0.0.1/{n}</link><guid>{n}</guid><pubDate>{when}</pubDate>
<description>Moscow rejected the minerals deal on Monday.</description></item></channel></rss>"""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        slow = threading.Event()

        def do_GET(self) -> None:
            if self.path == "/slow.xml":
                self.slow.wait(20)
            if self.path != "/feed.xml":
                self.send_error(404)
                return
            when = datetime.now(UTC) - timedelta(minutes=5)
            body = FEED.format(n=1, when=format_datetime(when)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    Handler.slow.set()
    running.shutdown()
    running.server_close()


@pytest.fixture
def config(tmp_path: Path, server: ThreadingHTTPServer) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.format(port=server.server_port), encoding="utf-8")
    return path


def watching(config: Path, **rest: object) -> WatcherApp:
    data = config.parent / "data"
    return WatcherApp(load(config), open_store(data), data=data, reload=partial(load, config), **rest)  # type: ignore[arg-type]


async def test_r_polls_and_the_board_moves_while_one_looks(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = watching(config, poll=False)
    told: list[str] = []
    notify = app.notify

    def tell(text: str, **rest: Any) -> None:
        told.append(text.splitlines()[0])
        notify(text, **rest)

    monkeypatch.setattr(app, "notify", tell)
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await pilot.pause(0.3)
        assert "No position of Ukraine" in shown(app)
        await pilot.press("r")
        await until(pilot, lambda: app.polling.state.running or app.polling.state.ended is not None)
        await until(pilot, lambda: not app.polling.state.running, 90)
        assert not app.polling.state.problem
        await until(pilot, lambda: "▼ oppose" in shown(app))
        await until(pilot, lambda: "1 failing" in shown(app))
        text = shown(app)
        assert "1 of 2 feeds ok" in text
        assert "1 new article" in text
        assert told == ["Russia: no position to oppose"]  # a toast is gone after a while
        await pilot.press("F")
        await until(pilot, lambda: "Broken [one]" in shown(app))
        assert "404" in shown(app)


async def test_it_polls_by_itself_what_is_due(config: Path) -> None:
    app = watching(config)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "▼ oppose" in shown(app))
        await until(pilot, lambda: not app.polling.state.running)
        assert "next in" in shown(app)


async def test_other_words_for_a_party_are_read_in_what_is_stored_without_waiting_for_a_feed(config: Path) -> None:
    app = watching(config, prepare=lambda: ())
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: app.polling.state.ended is not None, 90)
        await until(pilot, lambda: "▼ oppose" in shown(app))
        first = app.polling.state.ended
        assert not app.polling.wanted
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace('aliases = ["Moscow"]', 'aliases = ["Oslo"]'), encoding="utf-8")
        await until(pilot, lambda: "▼ oppose" not in shown(app) and app.polling.state.ended != first, 90)
        assert not app.polling.wanted


async def test_words_changed_while_nobody_looked_are_read_on_opening(config: Path) -> None:
    app = watching(config, prepare=lambda: ())
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: app.polling.state.ended is not None, 90)
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('aliases = ["Moscow"]', 'aliases = ["Oslo"]'), encoding="utf-8")
    app = watching(config, prepare=lambda: ())
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: "▼ oppose" in shown(app))
        await until(pilot, lambda: "▼ oppose" not in shown(app), 90)


async def test_what_another_process_stores_is_seen(config: Path) -> None:
    app = watching(config, poll=False)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        other = open_store(config.parent / "data")
        url = app.settings.feeds[0].url
        other.commit(Batch(feeds=[FeedState(url=url, last_poll=datetime.now(UTC))]))
        other.close()
        await until(pilot, lambda: "1 of 2 feeds ok" in shown(app))


async def test_quitting_ends_a_poll_under_way(config: Path, server: ThreadingHTTPServer) -> None:
    text = config.read_text(encoding="utf-8").replace("/missing.xml", "/slow.xml")
    config.write_text(text, encoding="utf-8")
    app = watching(config, poll=False)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("R")
        await until(pilot, lambda: app.polling._process is not None and app.polling.state.total > 0)
        child = app.polling._process
        await pilot.press("q")
        await pilot.pause()
    assert child is not None
    assert child.returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


async def test_a_poll_that_cannot_run_says_why(tmp_path: Path) -> None:
    polling = Polling(tmp_path / "data", lambda: NOW, lambda: None, lambda: None)
    await polling.run(tmp_path / "no config.toml")
    assert "no config.toml" in polling.state.problem
    assert not polling.state.running


async def test_a_feed_is_switched_off_for_now_and_on_again(config: Path) -> None:
    app = watching(config, poll=False)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("F")
        await until(pilot, lambda: "Broken [one]" in shown(app))
        await pilot.press("down", "space")
        await until(pilot, lambda: "is switched off for now" in shown(app))
        assert app.bridge.switched == {"Broken [one]": False}
        await pilot.press("escape", "R")
        await until(pilot, lambda: app.polling.state.ended is not None, 90)
        states = app.store.feed_states()
        assert states[app.settings.feeds[0].url].status is FeedStatus.OK
        assert states[app.settings.feeds[1].url].status is FeedStatus.DISABLED
        await until(pilot, lambda: "1 of 1 feed ok" in shown(app))
        await pilot.press("F")
        await until(pilot, lambda: "is switched off for now" in shown(app))
        await pilot.press("end", "space")
        await until(pilot, lambda: "not polled yet" in shown(app))
        assert app.bridge.switched == {}


async def test_a_feed_that_is_off_in_the_config_is_polled_once_switched_on(config: Path) -> None:
    text = config.read_text(encoding="utf-8").replace('name = "Local"', 'name = "Local"\nenabled = false')
    config.write_text(text, encoding="utf-8")
    polling = Polling(config.parent / "data", lambda: NOW, lambda: None, lambda: None)
    await polling.run(config, full=True)
    assert polling.state.new == 0
    await polling.run(config, full=True, switched={"Local": True, "Broken [one]": False})
    assert not polling.state.problem
    assert polling.state.new == 1


async def test_only_one_poll_runs_at_a_time(config: Path) -> None:
    polling = Polling(config.parent / "data", lambda: NOW, lambda: None, lambda: None)
    first = asyncio.create_task(polling.run(config))
    await asyncio.sleep(0)
    await polling.run(config)
    assert polling.state.running
    await first


async def test_a_changed_config_is_live_and_a_broken_one_keeps_the_old(config: Path) -> None:
    app = watching(config, poll=False)
    async with app.run_test(size=(160, 40), notifications=True) as pilot:
        await pilot.pause(0.3)
        good = config.read_text(encoding="utf-8")
        config.write_text(
            good.replace('"Russia"', '"Norway"').replace("Minerals deal", "Ore deal", 1), encoding="utf-8"
        )
        await until(pilot, lambda: "Norway" in shown(app) and "Ore deal" in shown(app))
        config.write_text(good + "\n[[topics]]\nnam = 'x'\n", encoding="utf-8")
        await until(pilot, lambda: "the old config stays in use" in shown(app))
        assert "Norway" in shown(app)
        config.write_text(good, encoding="utf-8")
        await until(pilot, lambda: "Russia" in shown(app) and "the old config" not in shown(app))
        assert app.main.topic is not None
        assert "Russia" in {party.name for party in app.main.topic.parties}


async def test_keys_changed_in_the_config_are_live_in_the_bottom_line_too(config: Path) -> None:
    app = watching(config, poll=False)
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.pause(0.3)
        assert "f Narrow" in shown(app)
        config.write_text(config.read_text(encoding="utf-8") + '\n[keys]\nnarrow = "v"\n', encoding="utf-8")
        await until(pilot, lambda: "v Narrow" in shown(app))
        await pilot.press("v")
        await pilot.pause()
        assert "Narrow evidence and articles to" in shown(app)


async def test_a_mistake_in_the_config_is_readable_whole_and_gone_once_mended(config: Path) -> None:
    good = config.read_text(encoding="utf-8")
    app = watching(config, poll=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        config.write_text(re.sub("match = .*", "match = 'deal AND (b OR (c AND d) OR e'", good), encoding="utf-8")
        await wait_for(pilot, app, "the old config stays in use")
        text = " ".join(shown(app).split())
        assert "config.toml:" in text
        assert "2 '(' but 1 ')'" in text
        assert str(config.parent) not in text  # it takes the room of what is wrong
        await pilot.press("r")
        await pilot.pause()
        assert not app.polling.state.running
        config.write_text(good + "\n", encoding="utf-8")
        await wait_for(pilot, app, "feeds ok")
        assert "the old config" not in shown(app)
        await until(pilot, lambda: app.main.status_bar.size.height == 1)


async def test_a_config_that_is_gone_is_said_and_back_it_is_fine(config: Path) -> None:
    good = config.read_text(encoding="utf-8")
    app = watching(config, poll=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        config.write_text("a mistake", encoding="utf-8")
        await wait_for(pilot, app, "not TOML")
        config.unlink()
        await wait_for(pilot, app, "config.toml is gone; the old config stays in use")
        assert "not TOML" not in shown(app)
        config.write_text(good, encoding="utf-8")
        await wait_for(pilot, app, "feeds ok")


async def test_a_poll_s_trouble_with_the_config_ends_with_the_mistake(config: Path) -> None:
    app = watching(config, poll=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.polling.state.problem = "config.toml:3: not TOML"  # what a poll beside a mistake ends with
        app.show_status()
        await wait_for(pilot, app, "not TOML")
        config.write_text(config.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        await wait_for(pilot, app, "not polled yet")
        assert "not TOML" not in shown(app)


async def wait_for(pilot: Pilot[None], app: WatcherApp, text: str) -> None:
    end = monotonic() + 20
    while text not in " ".join(shown(app).split()):
        assert monotonic() < end, shown(app)
        await pilot.pause(0.05)


def test_the_next_poll_is_when_the_first_feed_is_due() -> None:
    states = {state.url: state for state in feed_states()}
    due = next_poll(settings(), states, NOW, None)
    assert due == NOW.replace(hour=12, minute=20)
    assert next_poll(settings(), {}, NOW, None) == NOW
    assert next_poll(settings(), {}, NOW, NOW) == NOW + timedelta(seconds=60)
    assert next_poll(settings(feeds=FEEDS[2:]), {}, NOW, None) is None


def test_an_interval_of_seconds_is_kept_on_the_screen_too() -> None:
    often = replace(settings(), poll=PollSettings(interval=timedelta(seconds=10)))
    assert next_poll(often, {}, NOW, NOW) == NOW + timedelta(seconds=10)
    one = replace(settings(), feeds=(replace(FEEDS[0], interval=timedelta(seconds=20)), *FEEDS[1:]))
    assert next_poll(one, {}, NOW, NOW) == NOW + timedelta(seconds=20)


async def test_a_shift_is_told_once_with_bell_and_command(config: Path, tmp_path: Path) -> None:
    out = tmp_path / "alerts.txt"
    script = tmp_path / "alert.sh"
    script.write_text(f'#!/bin/sh\necho "$1" >> {out}\n', encoding="utf-8")
    script.chmod(0o755)
    text = f'[alerts]\nbell = true\ncommand = ["{script}"]\n' + config.read_text(encoding="utf-8")
    config.write_text(text, encoding="utf-8")
    bells: list[None] = []
    app = watching(config, poll=False)
    app.bell = lambda: bells.append(None)  # type: ignore[method-assign]
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause(0.3)
        await pilot.press("R")
        await until(pilot, out.exists)
        await until(pilot, lambda: not app.polling.state.running)
        await pilot.press("R")
        await until(pilot, lambda: app.polling.state.running)
        await until(pilot, lambda: not app.polling.state.running)
        await pilot.pause(0.2)
    assert len(bells) == 1
    assert out.read_text(encoding="utf-8").splitlines() == [
        "Minerals deal: Russia oppose - Moscow rejected the minerals deal on Monday."
    ]
