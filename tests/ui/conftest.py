"""The app over the made-up world, with a clock that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.ui.ui_world import NOW, filled, settings
from watcher.ui.app import WatcherApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.store.memory import MemoryStore


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run sees the same terminal, whatever the one it is started from."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store() -> MemoryStore:
    return filled()


@pytest.fixture
def make_app(store: MemoryStore) -> Callable[..., WatcherApp]:
    def make(**rest: Any) -> WatcherApp:
        chosen = rest.pop("settings", None) or settings()
        return WatcherApp(chosen, rest.pop("store", store), poll=False, now=rest.pop("now", lambda: NOW), **rest)

    return make
