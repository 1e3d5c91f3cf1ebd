"""Records as columns, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from psycopg.types.string import StrDumper

from watcher.errors import StoreError
from watcher.store.records import VERSION, Kind, UnreadableError, convert, encode_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from psycopg import Connection

R = TypeVar("R")

NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""A NUL in JSON: PostgreSQL keeps one, and then cannot look into the record."""


def write(record: object) -> str:
    """A record as JSON, with the same in place of what no column can hold as in `PlainText`."""
    return NUL.sub("\\1\ufffd", encode_fields(record).decode())


def read(kind: Kind[R], version: int, text: str) -> R:
    """A record from a row, whichever version wrote it. Raises StoreError where it is none."""
    try:
        if version == VERSION:
            return kind.decoder.decode(text)
        return convert(kind, {**msgspec.json.decode(text), "v": version})
    except (msgspec.DecodeError, UnreadableError) as error:
        raise StoreError(f"the database holds {kind.name}s that cannot be read: {error}") from error


class PlainText(StrDumper):
    """Text as a column can hold it: PostgreSQL has no NUL, and UTF-8 no half of a surrogate pair."""

    def dump(self, obj: str) -> bytes:
        """The text's bytes."""
        return obj.replace("\0", "\ufffd").encode("utf-8", "replace")


def upsert(
    connection: Connection, table: str, key: Sequence[str], columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]],
    revision: int,
) -> None:  # fmt: skip
    """Writes rows in their order; each replaces the one with its key. `columns` are names and types."""
    if not rows:
        return
    names = ", ".join(columns)
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    new = ", ".join(f"{name} = excluded.{name}" for name in (*columns, "revision") if name not in key)
    # Names and types are this package's own; values go as parameters.
    connection.execute(
        f"INSERT INTO {table} ({names}, revision) "  # noqa: S608
        f"SELECT {names}, {revision:d} FROM unnest({arrays}) WITH ORDINALITY AS row ({names}, place) ORDER BY place "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {new}",
        [list(column) for column in zip(*rows, strict=True)],
    )
