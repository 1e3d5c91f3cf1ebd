"""What stands in a frame over the screen, by mouse alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.test_news import look, turn_russia
from tests.ui.ui_world import MINERALS, shown
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from watcher.store.memory import MemoryStore
    from watcher.ui.app import WatcherApp

    Make = Callable[..., WatcherApp]

SIZES = ((80, 24), (140, 45))


async def click(pilot: Pilot[None], text: str) -> None:
    """Clicks on words within the frame."""
    frame = pilot.app.screen.children[0].region
    lines = shown(pilot.app).splitlines()
    y = next(y for y in range(frame.y, frame.bottom) if text in lines[y][frame.x :])
    await pilot.click(offset=(lines[y].index(text, frame.x) + 1, y))
    await pilot.pause(0.1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["t", "f", "p", "question_mark"])
async def test_a_click_beside_the_frame_closes_it_and_one_within_does_not(
    make_app: Make, store: MemoryStore, key: str, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press(key)
        await pilot.pause(0.1)
        frame = app.screen.children[0]
        assert app.screen is not app.main
        await pilot.click(offset=frame.region.offset)
        await pilot.pause(0.1)
        assert app.screen is not app.main
        await pilot.click(offset=(size[0] - 1, size[1] - 1))
        await pilot.pause(0.1)
        assert app.screen is app.main
    assert not store.pins(MINERALS.name)


async def test_a_click_beside_what_is_new_closes_it(make_app: Make, store: MemoryStore) -> None:
    await look(make_app())
    turn_russia(store)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        assert "Since you last looked" in shown(app)
        await pilot.click(offset=(79, 23))
        await pilot.pause(0.1)
        assert app.screen is app.main


async def test_a_stance_is_chosen_and_saved_or_left_by_mouse_alone(make_app: Make, store: MemoryStore) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await pilot.pause(0.1)
        await click(pilot, "oppose")
        await click(pilot, "esc leaves")
        assert app.screen is app.main
        assert not store.pins(MINERALS.name)
        await pilot.press("p")
        await pilot.pause(0.1)
        await click(pilot, "▼ oppose")
        await click(pilot, "enter saves")
        assert app.screen is app.main
    assert [pin.stance for pin in store.pins(MINERALS.name)] == [Stance.OPPOSE]
