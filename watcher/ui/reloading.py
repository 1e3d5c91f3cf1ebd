"""The config edited while the screen is open: a good one is live, a broken one keeps the old."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from watcher.errors import WatcherError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watcher.domain.settings import Settings

GONE = (0, 0)


class ConfigFile:
    """Sees when the file is another, and reads it. Without `reload` it never is."""

    def __init__(self, path: Path, reload: Callable[[], Settings] | None) -> None:
        self._path, self._reload = path, reload
        self._stamp = self._look()
        self.problem = ""
        """What is wrong with the file as it stands; empty if nothing is."""

    def _look(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return GONE  # an editor that replaces the file leaves a moment without one
        return found.st_mtime_ns, found.st_size

    def changed(self) -> bool:
        """Whether the file is another than at the last look, or is to be tried again.

        A mistake may stand in a file that the config names, so a broken one is tried at every look.
        """
        if self._reload is None:
            return False
        before, self._stamp = self._stamp, self._look()
        if self._stamp == GONE == before:
            self.problem = f"{self._path.name} is gone"
        return self._stamp != GONE and (self._stamp != before or bool(self.problem))

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
        return settings
