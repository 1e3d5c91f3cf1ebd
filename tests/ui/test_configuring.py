"""The config edited while the screen is open, as `watcher` reads it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.ui.ui_world import shown, until
from watcher.cli.screen import check_keys
from watcher.cli.session import Session
from watcher.store.memory import MemoryStore
from watcher.ui.app import WatcherApp

if TYPE_CHECKING:
    from pathlib import Path

TRAINS = """
[[topics]]
name = "Night trains"
target = "The EU funds night trains"
  [[topics.parties]]
  name = "Brussels"
"""
DEAL = """
[[topics]]
name = "Minerals deal"
target = "The deal is signed"
  [[topics.parties]]
  name = "Kyiv"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(TRAINS + DEAL, encoding="utf-8")
    return path


def watching(config: Path) -> WatcherApp:
    session = Session(config=config)
    return WatcherApp(session.settings, MemoryStore(), reload=partial(session.reload, check_keys))


async def test_one_key_for_two_commands_leaves_the_old_keys_in_use_and_is_named(config: Path) -> None:
    app = watching(config)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause(0.2)
        config.write_text(TRAINS + '[keys]\nfilter = "q"\n', encoding="utf-8")
        said = "config.toml:7: keys: q is both quit and filter; the old config stays in use"
        await until(pilot, lambda: said in " ".join(shown(app).split()))
        assert "Night trains 1/2" in shown(app)
        assert "/ Filter" in shown(app)
        app.tell("said meanwhile")
        await pilot.pause(0.6)  # in which the file is tried again
        assert "said meanwhile" in shown(app)
        config.write_text(TRAINS + '[keys]\nfilter = "x"\n', encoding="utf-8")
        await until(pilot, lambda: "x Filter" in shown(app))


async def test_a_theme_that_there_is_none_of_is_told_at_the_start_and_after_an_edit(config: Path) -> None:
    config.write_text('theme = "watcher-dai"\n' + TRAINS, encoding="utf-8")
    app = watching(config)
    told = 'No theme is called "watcher-dai"; did you mean "watcher-day"?'
    async with app.run_test(size=(140, 24), notifications=True) as pilot:
        await until(pilot, lambda: told in shown(app))
        assert app.theme == "watcher-night"
        config.write_text('theme = "watcher-day"\n' + TRAINS, encoding="utf-8")
        await until(pilot, lambda: app.theme == "watcher-day")
        app.clear_notifications()
        config.write_text('theme = "watcher-dai"\n' + TRAINS, encoding="utf-8")
        await until(pilot, lambda: app.theme == "watcher-night")
        await until(pilot, lambda: told in shown(app))


@pytest.mark.parametrize(("after", "name"), [(TRAINS, "Night trains"), (TRAINS + DEAL.replace("Min", "M"), "Night")])
async def test_a_topic_that_goes_or_is_renamed_while_it_is_shown_gives_way_to_the_first(
    config: Path, after: str, name: str
) -> None:
    app = watching(config)
    async with app.run_test(size=(140, 24)) as pilot:
        await pilot.press("2", "down", "e")
        await pilot.pause()
        assert "Kyiv" in shown(app)
        config.write_text(after, encoding="utf-8")
        await until(pilot, lambda: "Brussels" in shown(app))
        assert name in shown(app).splitlines()[0]
        await pilot.press("tab", "a", "l", "s", "e", "p")
        await pilot.pause()
        assert "Pin Brussels" in shown(app)


async def test_what_an_empty_pane_says_is_readable_whole(config: Path) -> None:
    app = watching(config)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause(0.2)
        assert "or switch one on; a shows what was matched." in " ".join(shown(app).split())
