"""The config's keys and theme, and what is to be done once the config is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES

from watcher.ui import commands
from watcher.ui.reloading import ConfigFile
from watcher.ui.theme import DEFAULT, SIXTEEN, theme_hint
from watcher.ui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.domain.settings import Settings
    from watcher.ui.app import WatcherApp


class Configuring:
    """Has a changed config in use; a broken one leaves the old, and the status line says so."""

    def __init__(self, app: WatcherApp, settings: Settings, reload: Callable[[], Settings] | None) -> None:
        self._app, self._file = app, ConfigFile(settings, reload)
        self.keymap: dict[str, str] = {}
        """The keys of commands that the config gives others; one for all screens, changed in place."""
        self._choose_keys(settings)

    @property
    def problem(self) -> str:
        """What is wrong with the config as it stands; empty if nothing is."""
        return self._file.problem

    def _choose_keys(self, settings: Settings) -> None:
        self.keymap.clear()
        self.keymap.update(commands.keymap(settings.keys)[0])

    def theme(self, settings: Settings) -> str:
        """The theme that is wanted; where there is none of that name, one that fits the terminal."""
        if settings.theme in self._app.available_themes:
            return settings.theme
        sixteen = self._app.console.color_system == "standard" and SIXTEEN in BUILTIN_THEMES
        return SIXTEEN if sixteen else DEFAULT

    def tell_theme(self) -> None:
        """Says so where no theme has the name that the config gives."""
        if hint := theme_hint(self._app.settings.theme):
            self._app.tell(hint, problem=True)

    def look(self) -> None:
        """Reads the config on a thread of its own if it is another."""
        if self._file.changed():
            self._app.run_worker(self._read, thread=True, group="config", exclusive=True)

    def _read(self) -> None:
        before = self.problem
        settings = self._file.read()
        self._app.call_from_thread(self._go_on, settings, self.problem != before)

    def _go_on(self, settings: Settings | None, other_problem: bool) -> None:
        app = self._app
        if settings is not None:
            app.polling.state.problem = ""  # it may have been the file's
        elif other_problem:
            app.clear_notifications()  # they cover lines that it may take
        app.show_status()
        if settings is None or settings == app.settings:
            return
        before, app.settings = app.settings, settings
        if settings.theme != before.theme:
            app.theme = self.theme(settings)
            self.tell_theme()
        if settings.keys != before.keys:
            self._choose_keys(settings)
            app.set_keymap(self.keymap)
            for bar in app.screen.query(KeyBar):
                bar.refresh()
        app.bridge.reload(settings)
        app.begin_anew()
        app.tell("The changed config is in use.")
