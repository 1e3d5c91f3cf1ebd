"""With plain letters, every screen is ASCII: frames, scrollbars and the names of keys, too."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.ui.test_news import turn_russia
from tests.ui.test_snapshots import SCREENS
from tests.ui.ui_world import NOW, filled, settings, shown

NAMES = ("board", "topics", "past", "shifts", "article", "feeds", "help", "correct", "found", "palette")
LOOKS = {name: SCREENS[name] for name in NAMES}


async def look() -> dict[str, str]:
    """What each screen shows."""
    from watcher.ui.app import WatcherApp

    screens = {}
    for name, keys in {**LOOKS, "toast": ("u",), "since": ()}.items():
        store = filled()
        for new in (False, True) if name == "since" else (True,):
            app = WatcherApp(settings(), store, poll=False, now=lambda: NOW)
            async with app.run_test(size=(100, 30), notifications=True) as pilot:
                await pilot.pause()
                await pilot.press(*keys)
                await pilot.pause(0.1)
                screens[name] = shown(app)
            if not new:
                turn_russia(store)
    return screens


def test_every_screen_is_ascii() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.test_plain"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "WATCHER_ASCII": "1", "COLORTERM": "truecolor", "TERM": "xterm-256color"},
    )
    screens = json.loads(done.stdout)
    assert "+ Correct this statement" in screens["correct"].replace("-", "")
    assert "There is nothing to undo" in screens["toast"]
    assert "Since you last looked" in screens["since"]
    assert "right" in screens["help"]
    assert {name: "".join(c for c in text if not c.isascii()) for name, text in screens.items()} == dict.fromkeys(
        screens, ""
    )


if __name__ == "__main__":
    print(json.dumps(asyncio.run(look())))
