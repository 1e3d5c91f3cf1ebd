"""TinyDB's storage made of files that grow: a change writes what changed, to several tables at once.

TinyDB's own storage writes all it has on each change and reads all it has on each look. This one
offers the same `read` and `write`, and `commit`, which `write` and the tables come down to.
"""

from __future__ import annotations

import re
import threading
from collections.abc import ItemsView, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from tinydb.storages import Storage

from watcher.errors import StoreError
from watcher.store import index, lines, records
from watcher.store.articles import Articles
from watcher.store.folder import Change, Folder
from watcher.store.loaded import Loaded, Readings
from watcher.store.records import Fields, Kind

if TYPE_CHECKING:
    from pathlib import Path

Changes: TypeAlias = Mapping[str, Mapping[str, Any]]
"""By table, by key: the record that is to stand there, or None to take it away."""

ARTICLES, FEEDS, MARKS, CORRECTIONS, PINS, META = "articles", "feeds", "marks", "corrections", "pins", "meta"
KINDS: dict[str, Kind[Any]] = {
    ARTICLES: records.ARTICLE,
    FEEDS: records.FEED,
    MARKS: records.MARK,
    CORRECTIONS: records.CORRECTION,
    PINS: records.PIN,
    META: records.META,
}
READINGS = "readings/"
"""Begins the name of the table that holds a topic's readings."""

WORN_LINES = 1000
WORN_TIMES = 4
"""A table with more lines than both (lines, and times its records) is written anew with the next change."""


def kind_of(table: str) -> Kind[Any]:
    """The kind of record that a table holds."""
    if table.startswith(READINGS):
        return records.READING
    if kind := KINDS.get(table):
        return kind
    raise StoreError(f"the store has no table {table!r}, only {', '.join([*KINDS, READINGS + '<topic>'])}")


def stem(table: str) -> str:
    """What a table's files are called after: a topic's name in letters that every system takes, and a hash."""
    if not table.startswith(READINGS):
        return table
    import hashlib  # slow to load, and not needed to read

    topic = table.removeprefix(READINGS)
    slug = re.sub(r"[^a-z0-9]+", "-", topic.lower()).strip("-")[:40]
    return f"readings-{slug}-{hashlib.blake2b(topic.encode(), digest_size=4).hexdigest()}"


class LinesStorage(Storage):
    """The tables of a data folder. Safe to use from several threads."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.folder = Folder(path, read_only=read_only, tables=KINDS)
        self.lock = threading.RLock()
        self._followed = self.folder.manifest
        self._articles: Articles | None = None
        self._readings: dict[str, Readings] = {}
        self._small: dict[str, Loaded[Any]] = {}

    @property
    def tables(self) -> list[str]:
        """Names of the tables that were ever written to."""
        return list(self._followed.tables)

    def contents(self, table: str) -> Loaded[Any] | Articles:
        """The records of a table by key, as of the last `refresh` or `commit`."""
        return self.articles() if table == ARTICLES else self.loaded(table)

    def articles(self) -> Articles:
        """The table of articles."""
        with self.lock:
            if self._articles is None:
                self._articles = Articles()
                self._bring_up(ARTICLES, self._articles)
            return self._articles

    @property
    def articles_loaded(self) -> bool:
        """Whether it is known where the articles are."""
        return self._articles is not None

    def readings(self, topic: str) -> Readings:
        """The table of a topic's readings."""
        table = READINGS + topic
        with self.lock:
            if table not in self._readings:
                self._readings[table] = Readings()
                self._bring_up(table, self._readings[table])
            return self._readings[table]

    def loaded(self, table: str) -> Loaded[Any]:
        """A table other than that of articles."""
        if table.startswith(READINGS):
            return self.readings(table.removeprefix(READINGS))
        with self.lock:
            if table not in self._small:
                self._small[table] = Loaded(kind_of(table))
                self._bring_up(table, self._small[table])
            return self._small[table]

    def refresh(self) -> bool:
        """Takes in what other processes wrote; true if anything changed."""
        with self.lock:
            changed = self.folder.refresh()
            self._follow()
            return changed

    def commit(self, changes: Changes) -> None:
        """Writes all changes or none; durable when this returns. Raises StoreError."""
        encoded = {table: _encode(kind_of(table), change) for table, change in changes.items() if change}
        if not encoded:
            return
        with self.changing() as change:
            for table, data in encoded.items():
                if self._worn(table):
                    change.replace(table, stem(table), [self.rewritten(table), data], oldest=records.VERSION)
                else:
                    change.append(table, stem(table), data)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The one writer's turn; may be taken again inside. Waiting for it does not keep other threads from reading."""
        with self.folder.locked(), self.lock:
            yield

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """A change to tables that are up to date."""
        with self.turn():
            before = self._followed.tables.get(ARTICLES)
            try:
                with self.folder.change() as change:
                    self._follow()
                    yield change
            finally:
                self._follow()
            articles = self._followed.tables.get(ARTICLES)
            if articles and articles != before:
                with suppress(OSError):  # only a help
                    index.extend(self.folder.files[ARTICLES], articles.length)

    def rewritten(self, table: str) -> bytes:
        """The lines of a table that is in memory, without what was replaced or taken away."""
        return _encode(kind_of(table), self.contents(table))

    def read(self) -> dict[str, Mapping[str, Fields]] | None:  # type: ignore[override]  # a Mapping will do
        """Every table as documents by key, each decoded when it is looked at."""
        return {table: Documents(self.contents(table)) for table in self.tables} or None

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Makes the tables hold these documents and no others, by writing what differs."""
        self.commit({table: self.difference(table, data.get(table, {})) for table in {*data, *self.tables}})

    def close(self) -> None:
        """Lets go of files and memory."""
        with self.lock:
            self.folder.files.clear()
            self._articles = None
            self._readings.clear()
            self._small.clear()

    def difference(self, table: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """What has to change for a table to hold these documents. Raises ValueError for what is no record."""
        if isinstance(wanted, Documents):
            return {}
        held = self.contents(table)
        new = {key: document_to_record(kind_of(table), key, document) for key, document in wanted.items()}
        gone = {key: None for key in held if key not in new}
        return gone | {key: record for key, record in new.items() if held.get(key) != record}

    def _worn(self, table: str) -> bool:
        place = self._followed.tables.get(table)
        if place is None or place.lines <= WORN_LINES or table not in KINDS or table == ARTICLES:
            return False
        return place.lines > WORN_TIMES * len(self.contents(table)) and not self.contents(table).damaged

    def _follow(self) -> None:
        """Brings what is in memory to where the folder is."""
        before, now = self._followed.tables, self.folder.manifest.tables
        self._followed = self.folder.manifest
        for table in {*before, *now}:
            old, new = before.get(table), now.get(table)
            if old and (new is None or new.file != old.file):
                self._forget(table)
            elif table == ARTICLES and self._articles is not None:
                self._bring_up(table, self._articles)
            else:
                held = self._readings.get(table, self._small.get(table))
                if held is not None:  # an empty table is held too
                    self._bring_up(table, held)

    def _bring_up(self, table: str, contents: Loaded[Any] | Articles) -> None:
        place = self._followed.tables.get(table)
        if place and place.length > contents.end:
            contents.follow(self.folder.files[table], place)

    def _forget(self, table: str) -> None:
        if table == ARTICLES:
            self._articles = None
        self._readings.pop(table, None)
        self._small.pop(table, None)


class Documents(Mapping[str, Fields]):
    """Records as TinyDB's documents: plain JSON values, made when looked at."""

    def __init__(self, contents: Mapping[str, Any]) -> None:
        self._contents = contents

    def __getitem__(self, key: str) -> Fields:
        fields: Fields = msgspec.to_builtins(self._contents[key])
        return fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)

    def items(self) -> ItemsView[str, Fields]:
        """Keys and documents; those that are damaged on disk are left out."""
        return _Readable(self)


class _Readable(ItemsView[str, Fields]):
    def __init__(self, documents: Documents) -> None:
        super().__init__(documents)
        self._documents = documents

    def __iter__(self) -> Iterator[tuple[str, Fields]]:
        for key in self._documents:
            with suppress(KeyError):
                yield key, self._documents[key]


def document_to_record(kind: Kind[Any], key: str, document: Mapping[str, Any]) -> Any:
    """The record that a document is. Raises ValueError where it is none, or is not its key's."""
    try:
        record = msgspec.convert(dict(document), kind.type)
    except msgspec.ValidationError as error:
        raise ValueError(f"no {kind.name}: {error}") from error
    if kind.key(record) != key:
        raise ValueError(f"a {kind.name} with key {kind.key(record)!r} cannot stand under {key!r}")
    return record


def _encode(kind: Kind[Any], change: Mapping[str, Any]) -> bytes:
    return b"".join(
        lines.seal(kind.removal(key) if record is None else kind.encode(record)) for key, record in change.items()
    )
