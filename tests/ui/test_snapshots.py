"""Every screen as it looks, letter and colour, at three sizes and without colour.

Any browser shows the pictures in `snapshots`. What differs from them is told by row, and shown side by side in
`build/snapshots/index.html`. After a wanted change: `UPDATE_SNAPSHOTS=1 python -m pytest tests/ui/test_snapshots.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.pictures import ACCEPT, KEPT, compare, hold, picture, words
from tests.ui.test_failing_feeds import DEAD
from tests.ui.test_news import look, turn_russia
from tests.ui.ui_world import settings, shown
from watcher.store.base import Batch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watcher.store.memory import MemoryStore
    from watcher.ui.app import WatcherApp

    Make = Callable[..., WatcherApp]

SIZES = ((80, 24), (140, 45), (200, 60))
PLAIN = (100, 30)
"""The size without colour, and of the themes."""
THEMES = ("watcher-day", "watcher-clear", "watcher-clear-day", "ansi-dark")
SCREENS: dict[str, tuple[str, ...]] = {
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
    "corrected": ("tab", "down", "c", "G", "enter"),
    "pinned": ("p", "G", "enter"),
    "day": ("t", *"no", "enter"),
    "narrow": ("f", *"kyiv", "enter"),
    "search": ("ctrl+f",),
    "found": ("ctrl+f", *"kyiv"),
    "palette": ("ctrl+p", *"ti"),
}


@pytest.fixture(autouse=True)
def fades_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watcher.ui.widgets.board.FADE_EVERY", 0.01)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(make_app: Make, name: str, size: tuple[int, int]) -> None:
    await compare(make_app(), name, size, SCREENS[name])


@pytest.mark.parametrize("name", SCREENS)
async def test_without_colour(make_app: Make, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    await compare(make_app(), f"{name}-no-colour", PLAIN, SCREENS[name])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_is_new_on_opening(make_app: Make, store: MemoryStore, size: tuple[int, int]) -> None:
    await look(make_app())
    turn_russia(store)
    await compare(make_app(), "since", size, ())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_where_all_feeds_fail(make_app: Make, store: MemoryStore, size: tuple[int, int]) -> None:
    store.commit(Batch(feeds=DEAD))
    await compare(make_app(), "failing", size, ())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_just_changed(make_app: Make, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]) -> None:
    monkeypatch.setattr("watcher.ui.widgets.board.FADE_EVERY", 1000)
    await compare(make_app(), "lit", size, SCREENS["corrected"])


@pytest.mark.parametrize("theme", THEMES)
async def test_theme(make_app: Make, theme: str) -> None:
    await compare(make_app(settings=settings(theme=theme)), f"board-{theme}", PLAIN, ())


def test_every_picture_is_of_a_screen_that_is_looked_at() -> None:
    """A picture that no test compares says nothing."""
    sized = {f"{name}-{width}x{height}" for name in (*SCREENS, "since", "failing", "lit") for width, height in SIZES}
    plain = {
        f"{name}-100x30"
        for name in (*(f"{name}-no-colour" for name in SCREENS), *(f"board-{theme}" for theme in THEMES))
    }
    assert {path.stem for path in KEPT.glob("*")} == sized | plain


async def test_a_difference_is_told_by_row_and_shown(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UPDATE_SNAPSHOTS", raising=False)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = picture(app)
        await pilot.pause()
        assert picture(app) == before, "the same screen is the same picture"
    (tmp_path / "screen.svg").write_text(before, encoding="utf-8")
    now = before.replace("United States</tspan>", "United Status</tspan>", 1).replace("#e0b865", "#ff0000", 1)
    with pytest.raises(pytest.fail.Exception) as told:
        hold(now, "screen", tmp_path, tmp_path / "new")
    said = str(told.value)
    assert "row  2 in other colours: '◐ conditional' fill=\"#ff0000\"" in said
    assert "row  4 -  United States ▼ oppose" in said
    assert "       +  United Status ▼ oppose" in said
    assert "\n       ?             ^\n" in said
    assert ACCEPT in said
    page = (tmp_path / "new" / "index.html").read_text(encoding="utf-8")
    assert all((tmp_path / name).as_uri() in page for name in ("screen.svg", "new/screen.svg"))
    hold(before, "screen", tmp_path, tmp_path / "new")
    assert not (tmp_path / "new" / "screen.svg").exists(), "what is mended is no longer shown"


async def test_a_picture_says_what_the_screen_says(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.pause()
        lines = [line for line in picture(app).splitlines() if "<text " in line]
        assert "\n".join(map(words, lines)) == shown(app)
