"""Search in all articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.ui.ui_world import shown
from watcher.store.memory import MemoryStore
from watcher.ui.app import WatcherApp
from watcher.ui.widgets.articles import ArticleRows

if TYPE_CHECKING:
    from textual.pilot import Pilot

Make = Callable[..., WatcherApp]


async def search(pilot: Pilot[None], query: str) -> list[str]:
    await pilot.press("ctrl+f", *("space" if letter == " " else letter for letter in query))
    await pilot.pause(0.5)
    return [headline.id for headline in pilot.app.screen.query_one(ArticleRows).items]


async def test_words_phrases_and_fields_are_found_newest_first(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        assert await search(pilot, "agreement") == ["a4", "a1"]
        assert "2 articles of 6 looked at" in shown(app)
        await pilot.press("down", "enter")
        await pilot.pause(0.2)
        assert "The delegation walked out" in shown(app)
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        assert app.screen is app.main


async def test_a_bad_query_is_told(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        assert await search(pilot, "(minerals AND") == []
        line = shown(app).splitlines()[1].strip()
        assert line
        assert "Traceback" not in line
        assert "looked at" not in line


async def test_nothing_found_is_said(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        assert await search(pilot, "xylophone") == []
        assert "Nothing found." in shown(app)


async def test_nothing_stored_is_nothing_found(make_app: Make) -> None:
    app = make_app(store=MemoryStore())
    async with app.run_test(size=(120, 40)) as pilot:
        assert await search(pilot, "deal") == []
        assert "Nothing found." in shown(app)
