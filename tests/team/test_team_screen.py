"""The screen over a team's database: it goes on while the server is away, says so, and follows again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.store.store_samples import TOPIC, article, reading
from watcher.config import load
from watcher.store.base import Batch
from watcher.store.open import open_store
from watcher.ui.app import WatcherApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.team.conftest import Server
    from watcher.store.base import Store

CONFIG = """
[store]
url = "{url}"
[[topics]]
name = "{topic}"
target = "The toll is kept"
target_terms = ["toll"]
parties = [{{ name = "Council" }}]
"""
KEYS = ["j", "tab", "down", "enter", "escape", "tab", "down", "enter", "escape", "s", "n"]
"""Looks at evidence and articles, opens some, and looks at the shifts: reads and writes."""


async def test_the_screen_outlives_a_restart_of_the_server(
    server: Server, database: str, open_team: Callable[..., Store], tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG.format(url=database, topic=TOPIC))
    settings = load(config)
    some = [article(f"a{n}", hours=n) for n in range(5)]
    open_team().commit(Batch(articles=some, readings=[reading(one) for one in some]))
    screen = open_store(Path(), url=settings.store.url, patient=False)
    app = WatcherApp(settings, screen, data=None, poll=False)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        server.stop()
        try:
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause(0.1)
            assert any("cannot be reached" in str(shown.message) for shown in app._notifications)
        finally:
            server.start()
        new = article("new", hours=50)
        open_team().commit(Batch(articles=[new], readings=[reading(new)]))
        for _ in range(100):
            await pilot.pause(0.1)
            if len(app.bridge.headlines(settings.topics[0])) == 6:
                break
        assert len(app.bridge.headlines(settings.topics[0])) == 6
    screen.close()
