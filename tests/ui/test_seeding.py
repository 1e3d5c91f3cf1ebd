"""Seeds read by a copy of the process, so that the first board is ready when the screen is."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.ui.ui_world import NOW, settings, shown
from watcher.config import load
from watcher.engine.ahead import cores
from watcher.engine.library import Library
from watcher.store.memory import MemoryStore
from watcher.ui.app import WatcherApp

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """
[[topics]]
name = "Minerals deal"
target = "The two states sign the minerals deal"
target_terms = ["minerals deal"]
parties = [{name = "Russia", aliases = ["Moscow"]}]
seeds = [{path = "seed.txt", date = 2025-02-15}]
"""
START = """
import sys
from pathlib import Path
from watcher.cli.screen import begin
from watcher.config import load
from watcher.engine import ahead
from watcher.store.open import open_store
settings, folder = load(Path(sys.argv[1])), Path(sys.argv[2])
store = open_store(folder)
copy = ahead.start(lambda send: begin(settings, store, send))
print(copy.sent(), copy.wait(), copy.wait(), store.refresh(), [s.party for s in store.statements("Minerals deal")])
"""

two_cores = pytest.mark.skipif(cores() < 2, reason="one processor: nothing is copied")


def start(tmp_path: Path, text: str) -> str:
    (tmp_path / "seed.txt").write_text(text, encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    command = [sys.executable, "-c", START, str(config), str(tmp_path / "data")]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


@two_cores
def test_the_seeds_are_in_the_store_once_the_copy_has_ended(tmp_path: Path) -> None:
    assert start(tmp_path, "Moscow rejected the minerals deal.\n") == "None True True True ['Russia']"


@two_cores
def test_a_copy_that_fails_says_so_and_nothing_more(tmp_path: Path) -> None:
    assert start(tmp_path, "no text: \0") == "None False False False []"


async def test_a_board_that_waits_for_its_seeds_does_not_pass_for_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "seed.txt").write_text("Moscow rejected the minerals deal.\n", encoding="utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    config, store, go_on = load(tmp_path / "config.toml"), MemoryStore(), threading.Event()

    def prepare() -> None:
        go_on.wait(20)
        Library(config, store).seed()

    app = WatcherApp(config, store, poll=False, prepare=prepare, now=lambda: NOW)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        before = shown(app)
        go_on.set()
        while app.bridge.seeding:
            await pilot.pause(0.02)
        await pilot.pause()
        after = shown(app)
    assert "Reading the seeds…" in before
    assert "no position" not in before
    assert "▼ oppose" in after
    assert "Reading" not in after


async def test_what_speaks_against_the_store_is_told_once_the_board_is_there() -> None:
    told = "articles.jsonl: 2 damaged lines passed over"
    app = WatcherApp(settings(), MemoryStore(), poll=False, prepare=lambda: [told], now=lambda: NOW)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await pilot.pause(0.3)
        assert told in shown(app)
