"""`watcher` alone: the screen, or the board where there is no terminal to draw on."""

from __future__ import annotations

import gc
import os
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.cli.session import Session
    from watcher.domain.settings import Settings
    from watcher.engine.ahead import Send
    from watcher.store.base import Store
    from watcher.ui.app import WatcherApp


def open_screen(session: Session) -> int:
    """Opens the screen and returns when it is closed. Raises WatcherError."""
    if not has_terminal():
        from watcher.cli.show import show_boards

        library = session.reading_library()
        show_boards([library.board(topic) for topic in session.settings.topics])
        return 0
    gc.disable()  # what is loaded stays; looking for what can go takes a tenth of the start
    from watcher.engine import ahead
    from watcher.store.memory import MemoryStore
    from watcher.store.tiny import TinyStore

    settings = session.settings
    store = session.open_readable(thorough=False)
    data = None if isinstance(store, MemoryStore) else Path() if session.url else session.folder
    copy = None
    if isinstance(store, TinyStore):  # before Textual, so that both load at once
        copy = ahead.start(lambda send: begin(settings, store, send))
    sys.setswitchinterval(0.001)  # seconds: a key is not to wait long for a thread that works out boards
    from watcher.ui.app import WatcherApp

    check_keys(settings)

    def prepare() -> Sequence[str]:
        nonlocal copy
        first, copy = copy, None  # after a change of the config there are other seeds
        if not (first and first.wait() and first.sent() is None):  # it read no seeds
            from watcher.engine.library import Library

            try:
                Library(session.settings, store).seed()
            except StoreError as error:  # as on a full disk
                if session.url or store.headlines():
                    raise
                app.show_from(session.passing_library().store, str(error))
        return [*app.store.warnings, *app.store.damage]

    look = copy.sent if copy else None
    reload = partial(session.reload, check_keys)
    app = WatcherApp(settings, store, data=data, reload=reload, prepare=prepare, ahead=look, unkept=session.unkept)
    return run(app)


def run(app: WatcherApp) -> int:
    """Shows the screen until it is closed; returns its exit code."""
    setattr(sys, "__stderr__", sys.__stdout__)  # noqa: B010 - where Textual draws, and may lead to a file, or nowhere
    app.run()
    return app.return_code or 0


def begin(settings: Settings, store: Store, send: Send) -> None:
    """What a copy of the process does meanwhile: sends what the first look shows; where nothing is stored yet,
    sends None and reads the seeds into the store."""
    if any(store.matched(topic.name) for topic in settings.topics):
        from watcher.ui.bridge import Bridge

        send(Bridge(settings, store, lambda: datetime.now(UTC)).beginning())
        return
    send(None)
    from watcher.engine.library import Library

    Library(settings, store).seed()


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
