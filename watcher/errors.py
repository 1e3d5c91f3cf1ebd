"""Failures that a person must see, each with one clear line.

    WatcherError        exit 1: work failed
    ├── StoreError      the data folder cannot be read or written
    └── UsageError      exit 2: wrong use: an argument, a file that is named but not there
        └── ConfigError a mistake in the config: file, line, key, and what to do

A feed that fails is no exception: it is a `FeedStatus`, met daily and shown on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class WatcherError(Exception):
    """Work failed; the message is one line for a person."""

    exit_code = 1


class StoreError(WatcherError):
    """The data folder cannot be read or written."""


class UsageError(WatcherError):
    """The command was used wrongly."""

    exit_code = 2


class ConfigError(UsageError):
    """A mistake in a config file, with where it stands and what to do about it."""

    def __init__(self, message: str, *, path: Path | None = None, line: int | None = None, key: str = "") -> None:
        self.path, self.line, self.key = path, line, key
        place = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(f"{place}{key + ': ' if key else ''}{message}")


def needs_extra(what: str, extra: str) -> str:
    """What to do where a part of the program was not installed."""
    return f"{what} needs the extra `{extra}`: pip install 'policy-watcher[{extra}]'"
