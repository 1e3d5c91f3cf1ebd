"""The config edited while the screen is open: a good one is live, a broken one keeps the old."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.errors import WatcherError

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.domain.settings import Settings

GONE = (0, 0)


class ConfigFile:
    """Sees when the config, or a lexicon file that it names, is another, and reads it. Without `reload` it never is."""

    def __init__(self, settings: Settings, reload: Callable[[], Settings] | None) -> None:
        self._path, self._reload = settings.path, reload
        self._files = _files(settings)
        self._stamps = self._look()
        self.problem = ""
        """What is wrong with the file as it stands; empty if nothing is."""

    def _look(self) -> dict[Path, tuple[int, int]]:
        return {path: _stamp(path) for path in self._files}

    def changed(self) -> bool:
        """Whether a file is another than at the last look, or is to be tried again.

        A mistake may stand in a file that the config names, so a broken config is tried at every look.
        """
        if self._reload is None:
            return False
        before, self._stamps = self._stamps, self._look()
        if GONE in self._stamps.values() and self._stamps != before:
            return False  # an editor that replaces a file leaves a moment without one
        if self._stamps[self._path] == GONE:
            self.problem = f"{self._path.name} is gone"
            return False
        return self._stamps != before or GONE in self._stamps.values() or bool(self.problem)

    def read(self) -> Settings | None:
        """The new settings; None, and `problem` set, where the file has a mistake."""
        if self._reload is None:
            return None
        try:
            settings = self._reload()
        except WatcherError as error:
            self.problem = str(error).removeprefix(f"{self._path.parent}{os.sep}")
            return None
        self.problem = ""
        self._files = _files(settings)
        return settings


def _files(settings: Settings) -> list[Path]:
    """The files that the settings were read from."""
    return [settings.path, *dict.fromkeys(Path(one.path) for topic in settings.topics for one in topic.lexicon)]


def _stamp(path: Path) -> tuple[int, int]:
    """What tells one state of a file from another."""
    try:
        found = path.stat()
    except OSError:
        return GONE
    return found.st_mtime_ns, found.st_size
