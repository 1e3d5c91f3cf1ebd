"""Draws the README's picture from `watcher demo`: python .github/pictures.py"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from watcher.config import load
from watcher.config.places import packaged
from watcher.engine.demo import demo, last_day
from watcher.ui.app import WatcherApp
from watcher.ui.theme import DEFAULT


async def draw() -> None:
    """The board on the last day of the saga."""
    library = demo(load(packaged()))
    end = last_day(library)
    app = WatcherApp(replace(library.settings, theme=DEFAULT), library.store, poll=False, now=lambda: end)
    async with app.run_test(size=(118, 34)) as pilot:
        await pilot.pause(1)
        picture = app.export_screenshot(title="watcher")
    Path(__file__).with_name("board.svg").write_text(picture, encoding="utf-8")


asyncio.run(draw())
