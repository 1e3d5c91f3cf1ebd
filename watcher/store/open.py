"""Opens the store that the settings name: a data folder, or a team's database."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from watcher.errors import StoreError, needs_extra

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.store.base import Store


def open_store(folder: Path, *, url: str = "", read_only: bool = False, patient: bool = True) -> Store:
    """The store in that folder, which is made if it is not there; with `url`, the one in that
    database. `patient`: whether to wait for a database that restarts. Raises StoreError."""
    if url:
        try:
            from watcher.store.postgres import PostgresStore
        except ImportError:
            raise StoreError(needs_extra("store.url", "team")) from None
        return PostgresStore(url, read_only=read_only, patient=patient)
    from watcher.store.tiny import TinyStore

    return TinyStore(folder, read_only=read_only)


def holds_store(folder: Path) -> bool:
    """Whether a store was ever written to the folder, be it one that cannot be read."""
    from watcher.store.manifest import NAME

    return os.path.lexists(folder / NAME)
