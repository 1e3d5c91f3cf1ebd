"""Every screen as it looks, letter and colour, at three sizes and without colour.

A snapshot is what a terminal would be sent: `cat tests/ui/snapshots/board-80x24.ansi` shows it.
After a wanted change: `UPDATE_SNAPSHOTS=1 pytest tests/ui/test_snapshots.py`, then look at the difference.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from tests.ui.ui_world import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.ui.app import WatcherApp

    Make = Callable[..., WatcherApp]

FOLDER = Path(__file__).parent / "snapshots"
SIZES = ((80, 24), (140, 45), (200, 60))
SCREENS = {
    "board": (),
    "claim": ("G",),
    "topics": ("slash", "i", "n"),
    "empty": ("3",),
    "articles": ("a",),
    "timeline": ("l",),
    "shifts": ("s",),
    "past": ("l", "left_square_bracket", "left_square_bracket"),
    "why": ("w", "z"),
    "article": ("tab", "down", "enter"),
    "feeds": ("F",),
    "help": ("question_mark",),
    "correct": ("tab", "down", "c"),
    "narrow": ("f", "o", "w", "n", "enter"),
    "search": ("ctrl+f",),
}


def picture(app: WatcherApp) -> str:
    """What is on the screen, with its colours."""
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False)
    filters = app._filters
    lines = []
    for strip in app.screen._compositor.render_strips():
        for line_filter in filters:
            if line_filter.enabled:
                strip = strip.apply_filter(line_filter, app.screen.background_colors[1])
        lines.append(strip.simplify().render(console))
    return "\n".join(lines) + "\n"


async def compare(app: WatcherApp, name: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.1)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause(0.1)
        for line in app.screen.query("Input"):
            line.cursor_blink = False  # type: ignore[attr-defined]
            line._cursor_visible = True  # type: ignore[attr-defined]
        await pilot.pause()
        shown = picture(app)
    path = FOLDER / f"{name}-{size[0]}x{size[1]}.ansi"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(shown, encoding="utf-8")
    assert path.is_file(), "no snapshot yet; see the top of this file"
    assert shown == path.read_text(encoding="utf-8"), f"differs from {path.name}; see the top of this file"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(make_app: Make, name: str, size: tuple[int, int]) -> None:
    await compare(make_app(), name, size, SCREENS[name])


@pytest.mark.parametrize("theme", ["watcher-day", "watcher-clear", "watcher-clear-day", "ansi-dark"])
async def test_theme(make_app: Make, theme: str) -> None:
    await compare(make_app(settings=settings(theme=theme)), f"board-{theme}", (100, 30), ())


@pytest.mark.parametrize("name", ["board", "timeline", "feeds"])
async def test_without_colour(make_app: Make, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    await compare(make_app(), f"{name}-no-colour", (100, 30), SCREENS[name])
