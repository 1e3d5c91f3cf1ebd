"""Draws the README's pictures from `watcher demo`: python .github/pictures.py"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from watcher.config import load
from watcher.config.places import packaged
from watcher.engine.demo import demo, last_day
from watcher.ui.app import WatcherApp
from watcher.ui.theme import DEFAULT

PICTURES = {"board": ((118, 34), ()), "timeline": ((118, 30), ("l", *["left_square_bracket"] * 3))}
"""The size of each, and the keys that lead to it."""


async def draw() -> None:
    """The board on the last day of the saga, and the timeline on an earlier one."""
    library = demo(load(packaged()))
    end = last_day(library)
    for name, (size, keys) in PICTURES.items():
        app = WatcherApp(replace(library.settings, theme=DEFAULT), library.store, poll=False, now=lambda: end)
        async with app.run_test(size=size) as pilot:
            await pilot.pause(1)
            await pilot.press(*keys)
            await pilot.pause(0.5)
            picture = app.export_screenshot(title="watcher", simplify=True)
        Path(__file__).with_name(f"{name}.svg").write_text(picture, encoding="utf-8")


asyncio.run(draw())
