"""What changed since a person last looked: told on opening, and marked until it was looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.ui.ui_world import article, readings, say, shown
from watcher.domain.statement import Stance
from watcher.store.base import Batch
from watcher.ui.app import WatcherApp

if TYPE_CHECKING:
    from watcher.store.memory import MemoryStore

Make = Callable[..., WatcherApp]
WORDS = "Moscow threatened to sink the minerals deal."


async def look(app: WatcherApp) -> None:
    """Opens the program once, and leaves."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.2)


def turn_russia(store: MemoryStore) -> None:
    new = article("n1", "A third voice", WORDS, "2025-03-05")
    said = say(new, "Russia", Stance.OPPOSE, WORDS, "threatened to sink", target="minerals deal")
    store.commit(Batch(articles=[new], readings=readings([new], [said])))


async def test_the_first_look_of_all_has_no_news(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.2)
        assert app.screen is app.main


async def test_what_shifted_since_is_told_on_opening_and_enter_goes_there(make_app: Make, store: MemoryStore) -> None:
    await look(make_app())
    turn_russia(store)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        text = shown(app)
        assert "Since you last looked" in text
        assert "Russia  · no position → ▼ oppose" in text
        assert WORDS in text
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert app.screen is app.main
        assert app.main.party == "Russia"
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        assert app.screen is app.main, "it is told once"


@pytest.mark.parametrize("width", [80, 140])
async def test_the_row_that_shifted_is_marked_until_the_shifts_were_looked_at(
    make_app: Make, store: MemoryStore, width: int
) -> None:
    await look(make_app())
    turn_russia(store)
    app = make_app()
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause(0.3)
        await pilot.press("escape")
        await pilot.pause(0.1)
        russia = next(line for line in shown(app).splitlines() if "▼ oppose" in line and "Russia" in line)
        assert "Δ 5 Mar" in russia
        ukraine = next(line for line in shown(app).splitlines() if "Ukraine" in line and "◐ conditional" in line)
        assert "Δ" not in ukraine.split("Ukraine")[-1]
        await pilot.press("left_curly_bracket", "left_curly_bracket")
        await pilot.pause(0.1)
        assert "Δ 5 Mar" not in shown(app), "the past knows nothing of it"
        await pilot.press("T", "s", "e")
        await pilot.pause(0.1)
        assert "Δ" not in shown(app)
