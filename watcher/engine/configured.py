"""The config as the engine takes it up: read, and its changes to the lexicon tried."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import watcher.config
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.domain.settings import Settings
    from watcher.domain.topic import Overlay


def load(path: Path) -> Settings:
    """The settings in the file at `path`, wholly checked. Raises ConfigError, which names the file that is wrong.

    Without overlays the lexicon is not touched, and costs nothing at the start.
    """
    settings = watcher.config.load(path)
    if overlays := settings.topics[0].lexicon:  # every topic has the same
        check(overlays)
    return settings


def check(overlays: tuple[Overlay, ...]) -> None:
    """Raises ConfigError for a mistake in the overlays, with its line in the overlay's file."""
    from watcher.config.lines import line_of
    from watcher.detect.lexicons import LexiconError, merged

    try:
        merged("en", overlays)
    except LexiconError as error:
        line = line_of(error.overlay.text, error.at)
        raise ConfigError(error.problem, path=Path(error.overlay.path), line=line, key=".".join(error.at)) from None
