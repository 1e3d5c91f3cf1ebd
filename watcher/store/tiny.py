"""The store in a folder: one file of JSON lines, a line a batch."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from watcher.errors import StoreError
from watcher.store.base import Batch
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from pathlib import Path


class TinyStore(MemoryStore):
    """Keeps every batch as a line; a line without its end was never written."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        super().__init__()
        self._file = folder / "store.jsonl"
        self._read_only = read_only
        self._end = 0
        self._decode = msgspec.json.Decoder(Batch).decode
        try:
            if not read_only:
                folder.mkdir(parents=True, exist_ok=True)
            self.refresh()
        except OSError as error:
            raise StoreError(f"{folder}: cannot be opened: {error.strerror}") from error

    def commit(self, batch: Batch) -> None:
        """Writes the batch: all of it or nothing."""
        from filelock import FileLock

        if self._read_only:
            raise StoreError(f"{self._file.parent} was opened for reading only")
        try:
            with FileLock(self._file.with_suffix(".lock")):
                self.refresh()
                with open(self._file, "ab") as file:
                    file.truncate(self._end)
                    file.write(msgspec.json.encode(batch) + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                self.refresh()
        except OSError as error:
            raise StoreError(f"{self._file}: cannot be written: {error.strerror}") from error

    def refresh(self) -> bool:
        """Takes in what other processes wrote; true if anything changed."""
        if not self._file.exists() or self._file.stat().st_size <= self._end:
            return False
        with open(self._file, "rb") as file:
            file.seek(self._end)
            lines = file.read()
        whole = lines[: lines.rfind(b"\n") + 1]
        for line in whole.splitlines():
            super().commit(self._decode(line))
        self._end += len(whole)
        return bool(whole)
