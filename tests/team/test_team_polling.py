"""Pollers as processes of their own on one database: they share the feeds, and may be killed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.team.papers import Papers
from watcher.config import load
from watcher.engine.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.team.conftest import Server
    from watcher.store.base import Store

TOPIC = "Canal treaty"
FEEDS, HOSTS = 160, 40


@pytest.fixture
def papers() -> Iterator[Papers]:
    papers = Papers(FEEDS, HOSTS, datetime.now(UTC))
    yield papers
    papers.close()


def start(config: Path, *options: str) -> subprocess.Popen[str]:
    """A poll as the screen and cron start it."""
    return subprocess.Popen(
        [sys.executable, "-m", "watcher.engine.worker", "--config", str(config), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def report(poller: subprocess.Popen[str]) -> dict[str, Any]:
    """The last event of a poll that must have gone well."""
    out, err = poller.communicate(timeout=300)
    assert poller.returncode == 0, out[-2000:] + err
    last: dict[str, Any] = json.loads(out.splitlines()[-1])
    assert last["event"] == "done"
    return last


def wait_until(met: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def everything_is_there(store: Store) -> None:
    store.refresh()
    assert len(list(store.articles())) == 2 * FEEDS
    assert len(store.versions(TOPIC)) == FEEDS
    assert len(store.feed_states()) == FEEDS
    assert all(not state.status.failing for state in store.feed_states().values())


def test_pollers_share_the_feeds_and_ask_none_twice(
    papers: Papers, database: str, open_team: Callable[..., Store], tmp_path: Path
) -> None:
    config = papers.config(tmp_path / "config.toml", database)
    papers.hold.clear()
    pollers = [start(config, "--full") for _ in range(3)]
    wait_until(lambda: len({int(name) % HOSTS for name in papers.asked}) >= HOSTS - 4)
    papers.hold.set()
    reports = [report(poller) for poller in pollers]
    assert set(papers.asked.values()) == {1}
    assert len(papers.asked) == FEEDS
    shares = [sum(feed["state"] == "ok" for feed in one["feeds"]) for one in reports]
    assert sum(shares) == FEEDS
    assert sum(share > 0 for share in shares) >= 2, "one took them all"
    assert sum(one["new_articles"] for one in reports) == 2 * FEEDS
    everything_is_there(open_team())


def test_what_another_poller_asked_a_moment_ago_is_not_due(papers: Papers, database: str, tmp_path: Path) -> None:
    config = papers.config(tmp_path / "config.toml", database)
    report(start(config))
    report(start(config))
    assert set(papers.asked.values()) == {1}


def test_a_killed_poller_loses_nothing_and_holds_nothing_back(
    papers: Papers, database: str, open_team: Callable[..., Store], tmp_path: Path
) -> None:
    config = papers.config(tmp_path / "config.toml", database)
    papers.delay = 0.2
    killed = start(config)
    wait_until(lambda: len(papers.asked) > FEEDS // 2)
    killed.kill()
    killed.communicate()
    papers.delay = 0
    report(start(config))
    everything_is_there(open_team())
    assert max(papers.asked.values()) <= 2
    assert min(papers.asked.values()) == 1


def test_a_restart_of_the_server_during_a_poll_loses_nothing(
    server: Server, papers: Papers, database: str, open_team: Callable[..., Store], tmp_path: Path
) -> None:
    config = papers.config(tmp_path / "config.toml", database)
    papers.hold.clear()
    poller = start(config)
    wait_until(lambda: bool(papers.asked))
    server.stop()
    papers.hold.set()
    threading.Timer(0.5, server.start).start()
    report(poller)
    everything_is_there(open_team())


def test_a_shift_reaches_every_screen(
    papers: Papers, database: str, open_team: Callable[..., Store], tmp_path: Path
) -> None:
    settings = load(papers.config(tmp_path / "config.toml", database))
    report(start(settings.path))
    screens = [Library(settings, open_team(person=f"reader {n}")) for n in range(4)]
    (topic,) = settings.topics
    for screen in screens:
        assert screen.board(topic).row("Arland").stance == "support"
    papers.shifted = {"0"}
    papers.now = datetime.now(UTC)
    poller = start(settings.path, "--feed", "Paper 0")
    assert poller.stdout is not None
    while json.loads(poller.stdout.readline())["event"] != "stored":
        pass
    for screen in screens:
        wait_until(lambda screen=screen: screen.refresh() and len(screen.store.versions(TOPIC)) == FEEDS + 1)
        assert screen.board(topic).row("Arland").stance == "oppose"
    report(poller)
