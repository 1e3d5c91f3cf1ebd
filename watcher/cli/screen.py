"""`watcher` alone: the screen, or the board where there is no terminal to draw on."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.cli.session import Session
    from watcher.domain.settings import Settings


def open_screen(session: Session) -> int:
    """Opens the screen and returns when it is closed. Raises WatcherError."""
    if not has_terminal():
        from watcher.cli.show import show_boards

        library = session.reading_library()
        show_boards([library.board(topic) for topic in session.settings.topics])
        return 0
    gc.disable()  # what is loaded stays; looking for what can go takes a tenth of the start
    from watcher.store.memory import MemoryStore

    settings = session.settings
    store, writable = session.open_readable(thorough=False)
    data = (Path() if session.url else session.folder) if writable and not isinstance(store, MemoryStore) else None
    seeding = None
    if data and data.parts and not any(store.matched(topic.name) for topic in settings.topics):
        from watcher.engine import seeding as seeds

        seeding = seeds.start(settings, data)  # before Textual, so that both load at once

    sys.setswitchinterval(0.001)  # seconds: a key is not to wait long for a thread that works out boards
    from watcher.ui.app import WatcherApp

    check_keys(settings)

    def prepare() -> Sequence[str]:
        nonlocal seeding
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        read, seeding = seeding is not None and seeding.wait(), None
        if writable and not read:
            from watcher.engine.library import Library

            try:
                Library(session.settings, store).seed()
            except StoreError:  # as on a full disk
                if session.url or store.headlines():
                    raise
                app.show_from(session.passing_library().store)
                raise
        return app.store.damage

    app = WatcherApp(settings, store, data=data, reload=session.reload, prepare=prepare)
    app.run()
    return app.return_code or 0


def check_keys(settings: Settings) -> None:
    """Raises ConfigError where `[keys]` in the config names no command of the screen, or one key for two."""
    from watcher.ui.commands import keymap

    _, problems = keymap(settings.keys)
    if problems:
        from watcher.config import lines
        from watcher.config.files import read

        raise ConfigError(problems[0], path=settings.path, line=lines.line_of(read(settings.path), ("keys",)))


def has_terminal() -> bool:
    """Whether keys can be read and a screen drawn: on a terminal, or by the driver of `watcher serve`."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
