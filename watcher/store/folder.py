"""A folder of append-only files under one manifest, and how they change: all of a change or nothing.

A change appends to files beyond the bytes that count, makes that durable, then puts a new manifest
in place of the old with one rename: that is the moment it happens. What a killed writer left beyond
the counted bytes is ignored by readers and cut off by the next writer. Readers need no lock: what
counts is never written again, and an open file outlives its name.
"""

from __future__ import annotations

import os
import re
import threading
import zlib
from contextlib import contextmanager, suppress
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from watcher.errors import StoreError
from watcher.store import alone, records
from watcher.store import manifest as manifests
from watcher.store.durable import DataFile, plain_errors, sync, sync_folder, write_all
from watcher.store.manifest import Manifest, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from filelock import BaseFileLock

LOCK = "lock"
LOCK_SECONDS = 60.0
NEW = ".new"
"""Ends the name of a file that is being written; one that lies about was left by a killed writer."""
DAMAGED = "damaged.txt"
"""Where lines that could not be read are kept when their file is written anew."""
OWN_FILE = re.compile(r"(?P<stem>.+)\.(?P<generation>\d+)\.(jsonl|\w+\.index)")
"""A table's file, or the index beside it."""


class Folder:
    """A data folder as of the last `refresh`; `manifest` and `files` (by table) go together.

    `tables` are those whose files are called after them.
    """

    def __init__(self, path: Path, *, read_only: bool, tables: Collection[str] = ()) -> None:
        self.path = path
        self.read_only = read_only
        self._tables = tables
        self.manifest = Manifest()
        self.files: dict[str, DataFile] = {}
        self.damage: list[str] = []
        self._missing: list[str] = []
        self._seen: bytes | None = None
        self._filelock: BaseFileLock | None = None
        self._making = threading.Lock()  # of two threads' first turns one makes the lock
        self._tidied = False
        if not read_only and not os.path.isdir(path):
            with plain_errors(path):
                path.mkdir(parents=True, exist_ok=True)
                with suppress(PermissionError):  # one may make folders where one may not look
                    sync_folder(path.parent)
        self.refresh()

    def refresh(self) -> bool:
        """Looks at the manifest; true if it is another than before. Raises StoreError."""
        with plain_errors(self.path):
            while (seen := self._read()) != self._seen:
                manifest, told = self._decode(seen)
                files, missing = self._open(manifest)
                if (told or missing) and self._read() != seen:
                    continue  # written, or written anew, between the two looks
                for name in missing:
                    told.append(f"{self.path / manifest.tables[name].file}: missing, though {manifests.NAME} names it")
                tables = {name: table for name, table in manifest.tables.items() if name in files}
                self.manifest, self.files = msgspec.structs.replace(manifest, tables=tables), files
                self.damage, self._missing, self._seen = told, missing, seen
                return True
        return False

    @contextmanager
    def change(self) -> Iterator[Change]:
        """The one writer's turn: what the block does to the Change happens when it ends without an error."""
        with self.locked(), plain_errors(self.path):
            self.refresh()
            if self._missing:
                raise StoreError(
                    f"{self.path}: {self.damage[-1].rpartition(os.sep)[2]}: put the file back, "
                    f"or delete {manifests.NAME} to go on without"
                )
            if not self._seen:  # without a manifest a new file would pass for one that lost it
                _prepare(self.path, self.manifest)
                _put(self.path)
            if not self._tidied:
                self.tidy()
            change = Change(self.path, self.manifest)
            try:
                yield change
                change.publish()
            except BaseException:
                change.undo()
                raise
            self.refresh()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The one writer's lock; may be taken again inside. The system frees it when a process dies."""
        if self.read_only:
            raise StoreError(f"{self.path}: was opened for reading only")
        from filelock import FileLock, Timeout  # not needed to read, and slow to import

        with self._making:
            if self._filelock is None:
                self._filelock = FileLock(self.path / LOCK, timeout=LOCK_SECONDS, poll_interval=0.005)
        with plain_errors(self.path):
            try:
                self._filelock.acquire()
            except Timeout as error:
                raise StoreError(
                    f"{self.path}: another watcher has been writing for {LOCK_SECONDS:.0f} s: see whether one hangs"
                ) from error
        try:
            yield
        finally:
            self._filelock.release()

    def own_files(self) -> list[Path]:
        """The files in the folder that are the store's. Raises StoreError where it may not be looked into."""
        names = {manifests.NAME, LOCK, alone.NAME, DAMAGED}
        with plain_errors(self.path):
            found = [path for path in self.path.iterdir() if path.is_file()] if self.path.is_dir() else []
        return [path for path in found if path.name in names or OWN_FILE.fullmatch(path.name.removesuffix(NEW))]

    def tidy(self) -> None:
        """Deletes what killed writers left of tables that have a file that counts; for the one writer only."""
        counting = {table.stem: table.generation for table in self.manifest.tables.values()}
        for path in self.own_files():
            found = OWN_FILE.fullmatch(path.name.removesuffix(NEW))
            if found is None or found["stem"] not in counting:
                continue
            if path.suffix == NEW or int(found["generation"]) != counting[found["stem"]]:
                with suppress(OSError):
                    path.unlink()
        self._tidied = True

    def _read(self) -> bytes:
        try:
            return (self.path / manifests.NAME).read_bytes()
        except FileNotFoundError:
            return b""

    def _decode(self, data: bytes) -> tuple[Manifest, list[str]]:
        """The manifest, and what is wrong with it."""
        if manifest := manifests.decode(data, self.path):
            return manifest, []
        manifest = manifests.rebuild(self.path, self._tables)
        if not data and not manifest.tables:
            return manifest, []  # a new store
        state = "damaged" if data else "missing"
        taken = "taken from the files beside it instead" if manifest.tables else "no file beside it can be read either"
        return manifest, [f"{self.path / manifests.NAME}: {state}; {taken}"]

    def _open(self, manifest: Manifest) -> tuple[dict[str, DataFile], list[str]]:
        """Each table's file, opened where it is another than before; tables whose file is not there."""
        files: dict[str, DataFile] = {}
        missing: list[str] = []
        for name, table in manifest.tables.items():
            before = self.manifest.tables.get(name)
            try:
                kept = self.files[name] if before and before.file == table.file else None
                files[name] = kept or DataFile(self.path / table.file)
            except FileNotFoundError:
                missing.append(name)
        return files, missing


class Change:
    """What one writer is about to change; nothing of it counts before `publish`."""

    def __init__(self, path: Path, before: Manifest) -> None:
        self._path = path
        self._before = before
        self._tables = dict(before.tables)
        self._appended: dict[str, int] = {}  # file -> descriptor
        self._new: list[str] = []
        self._published = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to publish."""
        return self._tables == self._before.tables

    def append(self, name: str, stem: str, lines: bytes) -> None:
        """Adds whole lines to a table, whose first file would be called after `stem`."""
        if not lines:
            return
        table = self._tables.get(name)
        if table is None:
            self.replace(name, stem, [lines], oldest=records.VERSION)
            return
        if table.file not in self._appended:
            descriptor = self._appended[table.file] = os.open(self._path / table.file, os.O_WRONLY)
            size = os.lseek(descriptor, 0, os.SEEK_END)
            if size < table.length:  # bytes went missing: begin a new file with those that are left
                left = DataFile(self._path / table.file).read(0, size)
                self.replace(name, stem, [left[left.find(b"\n") + 1 :], b"\n", lines], oldest=0)
                return
            os.ftruncate(descriptor, table.length)  # what an unfinished change left
            os.lseek(descriptor, 0, os.SEEK_END)
        write_all(self._appended[table.file], lines)
        self._tables[name] = msgspec.structs.replace(
            table,
            length=table.length + len(lines),
            sum=zlib.crc32(lines, table.sum),
            lines=table.lines + lines.count(b"\n"),
        )

    def replace(self, name: str, stem: str, chunks: Iterable[bytes], *, oldest: int) -> None:
        """Puts a new file in place of a table's; `oldest` is the oldest version of a record in it."""
        before = self._tables.get(name)
        file = f"{stem}.{before.generation + 1 if before else 1}.jsonl"
        self._new.append(file)
        length = total = count = 0
        descriptor = os.open(self._path / (file + NEW), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            for chunk in chain([manifests.header(name)], chunks):
                write_all(descriptor, chunk)
                length, total, count = length + len(chunk), zlib.crc32(chunk, total), count + chunk.count(b"\n")
            sync(descriptor)
        finally:
            os.close(descriptor)
        self._tables[name] = Table(file=file, length=length, sum=total, lines=count, v=oldest)

    def publish(self) -> None:
        """Makes the change durable, and makes it happen."""
        if self.empty:
            return
        for descriptor in self._appended.values():
            sync(descriptor)
        for file in self._new:
            _keep_unreadable(self._path / file)
            os.replace(self._path / (file + NEW), self._path / file)
        if self._new:
            sync_folder(self._path)
        _prepare(self._path, Manifest(commits=self._before.commits + 1, tables=self._tables))
        self._published = True
        _put(self._path)
        self._close()
        kept = {table.file for table in self._tables.values()}
        for table in self._before.tables.values():
            if table.file not in kept:
                with suppress(OSError):
                    os.unlink(self._path / table.file)

    def undo(self) -> None:
        """Gives back the room that an unpublished change took, as far as that can be done."""
        if not self._published:
            for table in self._before.tables.values():
                descriptor = self._appended.get(table.file)
                if descriptor is not None and os.fstat(descriptor).st_size > table.length:
                    with suppress(OSError):
                        os.ftruncate(descriptor, table.length)
            for file in self._new:
                for name in (file + NEW, file):
                    with suppress(OSError):
                        os.unlink(self._path / name)
        self._close()

    def _close(self) -> None:
        while self._appended:
            os.close(self._appended.popitem()[1])


def _keep_unreadable(path: Path) -> None:
    """Gives a file that nobody can tell the table of another name, so that it is not written over."""
    if not path.exists() or manifests.readable(path):
        return
    number = 1
    while (aside := path.with_name(f"{path.name}.{number}.damaged")).exists():
        number += 1
    os.rename(path, aside)


def _prepare(folder: Path, manifest: Manifest) -> None:
    """Writes a manifest beside the one that holds."""
    descriptor = os.open(folder / (manifests.NAME + NEW), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        write_all(descriptor, manifest.encode())
        sync(descriptor)
    finally:
        os.close(descriptor)


def _put(folder: Path) -> None:
    """Puts the prepared manifest in place of the one before, in one step."""
    os.replace(folder / (manifests.NAME + NEW), folder / manifests.NAME)
    sync_folder(folder)
