"""Where no news can come the screen says so on every row: a dead feed never looks like a quiet party."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.ui.ui_world import FEEDS, NOW, feed_states, settings, shown
from watcher.domain.feed import FeedState, FeedStatus
from watcher.store.base import Batch
from watcher.ui.app import WatcherApp
from watcher.ui.widgets.columns import columns

if TYPE_CHECKING:
    from watcher.store.memory import MemoryStore

Make = Callable[..., WatcherApp]
PARTIES = ("Ukraine", "United States", "Russia")
DEAD = [replace(state, status=FeedStatus.HTTP_ERROR, error="no such host", failures=4) for state in feed_states()]


@pytest.fixture
def deaf(store: MemoryStore) -> MemoryStore:
    """A store whose feeds all fail."""
    store.commit(Batch(feeds=DEAD))
    return store


def rows_of(text: str) -> dict[str, str]:
    """The board's line of each party."""
    names = {party: f"{party} " for party in PARTIES}
    lines = [line[line.index(name) :] for line in text.splitlines() for name in names.values() if name in line]
    stands = [
        line for line in lines if any(sign in line for sign in ("◐ con", "▼ opp", "· no", "~ con", "- opp", ". no"))
    ]
    return {party: next(line for line in stands if line.startswith(name)) for party, name in names.items()}


@pytest.mark.parametrize("size", [(140, 45), (100, 30), (80, 24), (80, 12), (60, 20), (46, 20)])
async def test_every_row_says_that_its_feeds_fail(make_app: Make, deaf: MemoryStore, size: tuple[int, int]) -> None:
    app = make_app(store=deaf)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = shown(app)
    assert all("× failing" in line for line in rows_of(text).values())
    assert "× all 2 feeds failing: no such host" in text


def test_the_signs_of_failure_need_neither_colour_nor_unicode() -> None:
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "import asyncio\n"
        "from tests.ui.test_failing_feeds import DEAD\n"
        "from tests.ui.ui_world import NOW, filled, settings, shown\n"
        "from watcher.store.base import Batch\n"
        "from watcher.ui.app import WatcherApp\n"
        "store = filled()\n"
        "store.commit(Batch(feeds=DEAD))\n"
        "app = WatcherApp(settings(), store, poll=False, now=lambda: NOW)\n"
        "async def look():\n"
        "    async with app.run_test(size=(80, 24)) as pilot:\n"
        "        await pilot.pause()\n"
        "        return shown(app)\n"
        "print(asyncio.run(look()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "WATCHER_ASCII": "1", "NO_COLOR": "1"},
    )
    assert done.stdout.isascii()
    assert all("x failing" in line for line in rows_of(done.stdout).values())
    assert "x all 2 feeds failing: no such host" in done.stdout


async def test_only_the_rows_that_a_failing_feed_feeds_say_so(make_app: Make, store: MemoryStore) -> None:
    answers = FeedState(url=FEEDS[1].url, last_poll=NOW, last_success=NOW)
    store.commit(Batch(feeds=[DEAD[0], answers]))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = shown(app)
    assert [party for party, line in rows_of(text).items() if "failing" in line] == ["United States"]
    assert "1 of 2 feeds ok · × 1 failing" in text


async def test_where_all_feeds_answer_there_is_no_column_of_failures(make_app: Make, store: MemoryStore) -> None:
    store.commit(Batch(feeds=[FeedState(url=feed.url, last_poll=NOW, last_success=NOW) for feed in FEEDS]))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "failing" not in shown(app)
        assert "feeds" not in [column.key for column in app.main.board_rows.columns]


async def test_a_party_without_position_is_not_called_quiet(make_app: Make, deaf: MemoryStore) -> None:
    app = make_app(store=deaf)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        text = " ".join(shown(app).split())
    assert "no news of it can come: its feeds are failing." in text
    assert "F tells why" in text


@pytest.mark.parametrize("pane", ["e", "a", "l"])
async def test_no_empty_pane_offers_a_poll_that_cannot_help(make_app: Make, deaf: MemoryStore, pane: str) -> None:
    app = make_app(store=deaf)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", pane)
        await pilot.pause()
        text = " ".join(shown(app).split())
    assert "its feeds are failing. F tells why; R asks all of them again." in text
    assert "r polls the feeds" not in text


async def test_the_list_of_topics_tells_which_have_no_feed_left(make_app: Make, store: MemoryStore) -> None:
    answers = FeedState(url=FEEDS[1].url, last_poll=NOW, last_success=NOW)
    store.commit(Batch(feeds=[DEAD[0], answers]))
    whole = settings()
    first = replace(whole.topics[0], feeds=("The Herald",))
    app = make_app(settings=replace(whole, topics=(first, *whole.topics[1:])))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert [item.unheard for item in app.main.topic_pane.rows.items] == [True, False, False]
        assert "◐▼·  × failing  5 new" in shown(app)


async def test_several_reasons_are_told_by_the_commonest(make_app: Make, store: MemoryStore) -> None:
    feeds = tuple(replace(FEEDS[0], name=f"Paper {n}", url=f"https://news.example/{n}.xml") for n in range(3))
    errors = ("HTTP 503", "no such host", "HTTP 503")
    states = [
        FeedState(url=feed.url, status=FeedStatus.HTTP_ERROR, error=error, last_poll=NOW)
        for feed, error in zip(feeds, errors, strict=True)
    ]
    store.commit(Batch(feeds=states))
    app = make_app(settings=settings(feeds=feeds))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "× all 3 feeds failing: mostly HTTP 503" in shown(app)


async def test_one_reason_at_several_hosts_is_told_without_a_host(make_app: Make, store: MemoryStore) -> None:
    feeds = tuple(replace(FEEDS[0], name=f"Paper {n}", url=f"https://news{n}.example/") for n in range(3))
    states = [
        FeedState(url=feed.url, status=FeedStatus.HTTP_ERROR, error=f"no such host: {feed.url[8:-1]}", last_poll=NOW)
        for feed in feeds
    ]
    store.commit(Batch(feeds=states))
    app = make_app(settings=settings(feeds=feeds))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "× all 3 feeds failing: no such host ·" in shown(app)


async def test_a_feed_that_was_off_until_now_is_not_said_to_answer(make_app: Make, store: MemoryStore) -> None:
    store.commit(Batch(feeds=[FeedState(url=FEEDS[1].url, status=FeedStatus.DISABLED, last_poll=NOW)]))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "1 of 2 feeds ok" in shown(app)


@pytest.mark.parametrize("width", range(24, 200))
def test_a_failure_has_room_in_every_width(width: int) -> None:
    chosen = {column.key: column for column in columns(width, 14, unheard=True)}
    assert sum(column.width + 1 for column in chosen.values()) - 1 <= max(width, 28)
    assert "feeds" in chosen or width < 28


def test_the_printed_board_says_so_on_every_row(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]  # nobody listens there once it is closed
    (tmp_path / "config.toml").write_text(
        f"""
[[feeds]]
name = "Gone"
url = "http://127.0.0.1:{port}/feed.xml"

[[topics]]
name = "Bridge"
target = "The cities build the bridge"
match = "bridge"
target_terms = ["bridge"]
seeds = [{{ path = "seed.txt", date = 2025-03-01, source = "Our Paper", title = "Bridge" }}]
parties = [{{ name = "Norham" }}, {{ name = "Southby" }}]
""",
        encoding="utf-8",
    )
    (tmp_path / "seed.txt").write_text("Norham supports the bridge.\n", encoding="utf-8")

    def run(*arguments: str) -> Any:
        command = [sys.executable, "-m", "watcher", "--config", "config.toml", "--data", "data", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert "fail" not in run("board").stdout
    run("poll")
    text = run("board").stdout
    norham = next(line for line in text.splitlines() if "Norham" in line)
    southby = next(line for line in text.splitlines() if "Southby" in line)
    assert "support" in norham
    assert "no position" in southby
    assert "× feeds failing" in norham
    assert "× feeds failing" in southby
    assert "1 failing: watcher doctor tells why" in text


async def test_a_feed_that_answers_with_an_error_does_not_pass_for_one_out_of_reach(
    make_app: Make, store: MemoryStore
) -> None:
    answers, silent = (replace(DEAD[0], http=503, error="HTTP 503"), replace(DEAD[1], http=None))
    store.commit(Batch(feeds=[answers, silent]))
    app = make_app(store=store)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("F")
        await pilot.pause()
        lines = shown(app).splitlines()
    assert any("The Herald" in line and "answers with an error" in line for line in lines)
    assert any("Coast Post" in line and "cannot be reached" in line for line in lines)
