"""Search in all articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.ui.ui_world import shown
from watcher.store.memory import MemoryStore
from watcher.ui.app import WatcherApp
from watcher.ui.screens.article import ArticleRows
from watcher.ui.widgets.found import FoundRows

if TYPE_CHECKING:
    from rich.text import Text
    from textual.pilot import Pilot

    from watcher.ui.theme import Palette

Make = Callable[..., WatcherApp]


async def search(pilot: Pilot[None], query: str) -> list[str]:
    await pilot.press("ctrl+f", *("space" if letter == " " else letter for letter in query))
    await pilot.pause(0.5)
    return [headline.id for headline in pilot.app.screen.query_one(FoundRows).items]


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


def lit(line: Text, palette: Palette) -> list[str]:
    return [line.plain[span.start : span.end] for span in line.spans if span.style == palette.match]


async def test_what_matched_is_lit_in_headline_excerpt_and_article(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert await search(pilot, "kyiv") == ["a3", "a2", "a1"]
        rows = app.screen.query_one(FoundRows)
        drawn = [[lit(line, rows.palette) for line in rows.draw(index, rows.row_width)] for index in range(3)]
        assert drawn == [[["Kyiv"], []], [[], ["Kyiv"]], [["Kyiv"], ["Kyiv"]]]
        assert "Kyiv has all but accepted" in shown(app), "of a long sentence the part that matched"
        await pilot.press("enter", "down", "enter")
        await pilot.pause(0.2)
        text = app.screen.query_one(ArticleRows)
        assert "Kyiv" in text.article.document[slice(*text._lines[text.cursor])], "it opens where the match is"
        lines = [lit(line, text.palette) for index in range(text.count) for line in text.draw(index, text.row_width)]
        assert [word for line in lines for word in line] == ["Kyiv"]


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
        assert "miner*" in shown(app)


async def test_nothing_stored_is_nothing_found(make_app: Make) -> None:
    app = make_app(store=MemoryStore())
    async with app.run_test(size=(120, 40)) as pilot:
        assert await search(pilot, "deal") == []
        assert "Nothing found: no article is stored yet." in shown(app)
        assert "esc leads back, and r polls the feeds there." in shown(app)
