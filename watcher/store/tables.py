"""TinyDB's API over the data folder, for the store and for anyone's own scripts:

    db = open_db(folder)
    db.table("articles").search(where("source") == "Reuters")
    db.table("corrections").all()

The key of a document is its `doc_id`: a record's own key (an article's id, a feed's URL).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

import msgspec
from tinydb import TinyDB
from tinydb.table import Document, Table

from watcher.store.storage import Documents, LinesStorage, document_to_record, kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from watcher.store.records import Fields


class LinesTable(Table):
    """A table that reads only itself and writes only what changes."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB counts; our records have keys

    def __init__(self, storage: LinesStorage, name: str) -> None:
        kind_of(name)
        super().__init__(storage, name, cache_size=0)  # another process may have written since a query
        self._lines = storage

    def insert(self, document: Mapping[str, Any]) -> Any:
        """Adds a document under its record's key."""
        return super().insert(self._keyed(document))

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> Any:
        """Adds documents under their records' keys, in one change."""
        return super().insert_multiple(map(self._keyed, documents))

    def _keyed(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        if isinstance(document, Document):
            return document
        kind = kind_of(self.name)
        try:
            return Document(document, kind.key(msgspec.convert(dict(document), kind.type)))  # type: ignore[arg-type]
        except msgspec.ValidationError as error:
            raise ValueError(f"no {kind.name}: {error}") from error

    def _read_table(self) -> Any:
        return Documents(self._lines.contents(self.name))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        """Lets TinyDB change the documents, then writes those that it touched."""
        with self._lines.turn():
            self._lines.refresh()
            overlay = Overlay(self._read_table())
            updater(overlay)
            kind = kind_of(self.name)
            changed = {
                key: None if document is None else document_to_record(kind, key, document)
                for key, document in overlay.changed()
            }
            self._lines.commit({self.name: changed})


class Overlay(MutableMapping[str, Any]):
    """Documents that may be changed, in place too, without touching those beneath."""

    def __init__(self, beneath: Mapping[str, Fields]) -> None:
        self._beneath = beneath
        self._touched: dict[str, Fields | None] = {}

    def changed(self) -> Iterator[tuple[str, Fields | None]]:
        """What is other than beneath: key and document, None where it is gone."""
        for key, document in self._touched.items():
            if document != self._beneath.get(key):
                yield key, document

    def __getitem__(self, key: str) -> Any:
        if key not in self._touched:
            self._touched[key] = self._beneath[key]
        document = self._touched[key]
        if document is None:
            raise KeyError(key)
        return document

    def __setitem__(self, key: str, document: Any) -> None:
        self._touched[key] = document

    def __delitem__(self, key: str) -> None:
        self[key]
        self._touched[key] = None

    def __iter__(self) -> Iterator[str]:
        for key in self._beneath:
            if self._touched.get(key, True) is not None:
                yield key
        for key, document in self._touched.items():
            if key not in self._beneath and document is not None:
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)


class LinesDB(TinyDB):
    """TinyDB over a data folder."""

    table_class: type[Table] = LinesTable

    def __init__(self, storage: LinesStorage) -> None:
        super().__init__(storage=lambda: storage)
        self.lines = storage


def open_db(folder: Path, *, read_only: bool = False) -> LinesDB:
    """The data folder as a TinyDB database. Raises StoreError."""
    return LinesDB(LinesStorage(folder, read_only=read_only))
