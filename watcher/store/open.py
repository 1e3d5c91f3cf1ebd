"""Opens the store of a data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.store.tiny import TinyStore

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.store.base import Store


def open_store(folder: Path, *, read_only: bool = False) -> Store:
    """The store in that folder, which is made if it is not there. Raises StoreError."""
    return TinyStore(folder, read_only=read_only)
