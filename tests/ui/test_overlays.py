"""What stands in a frame over the screen, by mouse alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.command import CommandList
from textual.geometry import Offset
from textual.widgets import Static

from tests.ui.test_news import look, turn_russia
from tests.ui.ui_world import MINERALS, shown
from watcher.domain.statement import Stance
from watcher.ui.palette import Palette

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


@pytest.mark.parametrize("key", ["t", "f", "p", "c", "question_mark", "F", "ctrl+f", "ctrl+p"])
async def test_the_second_of_two_quick_clicks_or_keys_closes_nothing_more(make_app: Make, key: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", key)
        await pilot.pause(0.1)
        opened = app.screen
        assert opened is not app.main
        opened.dismiss(None)
        opened.dismiss(None)
        await pilot.pause(0.1)
        assert app.screen is app.main
        await pilot.press("F")
        await pilot.pause()
        before = app.screen
        opened.dismiss(None)
        await pilot.pause()
        assert app.screen is before


async def test_a_palette_without_room_for_its_list_takes_keys(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(40, 4)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.5)
        await pilot.press("down", "pagedown", "pageup", "escape")
        await pilot.pause()
        assert app.screen is app.main


async def test_a_search_of_the_palette_may_begin_once_its_list_is_gone(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.1)
        palette = app.screen
        assert isinstance(palette, Palette)
        await palette.query(CommandList).remove()
        palette._gather_commands("theme")
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert app.screen is app.main


async def test_a_click_that_comes_after_another_frame_closes_neither(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause(0.1)
        help_screen = app.screen
        await pilot.press("ctrl+p")
        await pilot.pause(0.1)
        palette = app.screen
        help_screen.dismiss(None)
        await pilot.pause(0.1)
        assert app.screen is palette
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert app.screen is help_screen
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert app.screen is app.main


async def test_a_press_on_words_that_are_gone_ends_nothing(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await pilot.pause(0.1)
        hint = app.screen.query(Static).first()
        place = hint.region.offset
        await hint.remove()
        monkeypatch.setattr(app.screen, "get_widget_and_offset_at", lambda x, y: (hint, Offset(0, 0)))
        await pilot.mouse_down(offset=place)
        await pilot.pause()
        assert app.screen is not app.main
