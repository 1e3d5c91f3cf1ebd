"""Records as JSON objects and back: `{"kind": "mark", "v": 1, ...the record's fields}`.

The same form stands in the store's files, in `watcher export --jsonl`, and in what `watcher replay`
takes, so that everything can be carried from one store to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import msgspec

from watcher.domain.article import Article
from watcher.domain.feed import FeedState
from watcher.domain.judgement import Correction, Pin
from watcher.errors import StoreError
from watcher.store.base import Batch, Mark, Meta, Record, TopicReading
from watcher.store.lines import BODY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

R = TypeVar("R")
Fields: TypeAlias = dict[str, Any]

VERSION = 1
"""The version of the records that this program writes. Raise it when a field changes its meaning, and
say in MIGRATIONS how a record of the version before becomes one of this."""

MIGRATIONS: dict[tuple[str, int], Callable[[Fields], Fields]] = {}
"""(kind, version) to what makes the fields of the next version; a kind that is not named stayed as it was.
A field added with a default needs no migration."""


@dataclass(frozen=True)
class Kind(Generic[R]):
    """A kind of record: its name in the lines, its type, what replaces what."""

    name: str
    type: type[R]
    key: Callable[[R], str]

    @property
    def _head(self) -> bytes:
        return b'{"kind":"%b","v":%d,' % (self.name.encode(), VERSION)

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[R]:
        """Reads a line of this version; fields that the type does not have are passed over."""
        return msgspec.json.Decoder(self.type)

    def encode(self, record: R) -> bytes:
        """The record as a JSON object that tells its kind and version."""
        return self._head + encode_fields(record)[1:]

    def removal(self, key: str) -> bytes:
        """The JSON object that takes the record with that key away."""
        return _encoder.encode({"kind": REMOVED, "v": VERSION, "of": self.name, "key": key})

    def is_current(self, line: bytes) -> bool:
        """Whether a sealed line can be read by `decoder` as it is."""
        return line.startswith(self._head[1:], BODY)


REMOVED = "removed"
ARTICLE = Kind("article", Article, attrgetter("id"))
READING = Kind("reading", TopicReading, attrgetter("article"))
FEED = Kind("feed", FeedState, attrgetter("url"))
MARK = Kind("mark", Mark, attrgetter("article"))
CORRECTION = Kind("correction", Correction, attrgetter("id"))
PIN = Kind("pin", Pin, attrgetter("id"))
META = Kind("meta", Meta, attrgetter("key"))

KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in (ARTICLE, READING, FEED, MARK, CORRECTION, PIN, META)}
_BY_TYPE = {kind.type: kind for kind in KINDS.values()}
_encoder = msgspec.json.Encoder()


class UnreadableError(ValueError):
    """A line is no record of this program."""


def encode_fields(record: object) -> bytes:
    """A record's fields as a JSON object; half a surrogate pair, which UTF-8 cannot hold, becomes a question mark."""
    try:
        return _encoder.encode(record)
    except UnicodeEncodeError:
        import json

        return json.dumps(msgspec.to_builtins(record), ensure_ascii=False).encode("utf-8", "replace")


def encode(record: Record) -> str:
    """A record as one line of JSON, without its end."""
    return _BY_TYPE[type(record)].encode(record).decode()


def decode(line: str | bytes) -> Record:
    """The record of such a line, whichever version wrote it.

    Raises UnreadableError where it is none, StoreError where a newer version wrote it.
    """
    fields = _fields(line)
    record: Record = convert(KINDS.get(str(fields.get("kind"))), fields)
    return record


def convert(kind: Kind[R] | None, fields: Fields) -> R:
    """A record from its decoded fields, migrated to this version."""
    if kind is None or not isinstance(version := fields.get("v"), int):
        raise UnreadableError("not a record: no kind or version that is known")
    if version > VERSION:
        raise newer("a record", version)
    for step in range(version, VERSION):
        if migrate := MIGRATIONS.get((kind.name, step)):
            fields = migrate(fields)
    try:
        return msgspec.convert(fields, kind.type)
    except msgspec.ValidationError as error:
        raise UnreadableError(f"a damaged {kind.name}: {error}") from error


def decode_change(kind: Kind[R], line: bytes) -> tuple[str, R] | tuple[str, None]:
    """What a stored line says: a key and its record, or None where the record is taken away."""
    fields = _fields(line)
    if fields.get("kind") == REMOVED:
        return str(fields.get("key")), None
    record = convert(kind, fields)
    return kind.key(record), record


def _fields(line: str | bytes) -> Fields:
    try:
        return msgspec.json.decode(line, type=Fields)
    except msgspec.DecodeError as error:
        raise UnreadableError(f"not a record: {error}") from error


def newer(what: str, version: int) -> StoreError:
    """The error for what a newer program wrote."""
    return StoreError(
        f"{what} was written by a newer watcher (format {version}, this one reads up to {VERSION}): update watcher"
    )


def batches(records: Iterable[Record], size: int = 500) -> Iterator[Batch]:
    """Records gathered into batches, for a store to commit one by one."""
    rest = iter(records)
    while some := list(islice(rest, size)):
        yield Batch(
            articles=[one for one in some if isinstance(one, Article)],
            readings=[one for one in some if isinstance(one, TopicReading)],
            feeds=[one for one in some if isinstance(one, FeedState)],
            marks=[one for one in some if isinstance(one, Mark)],
            corrections=[one for one in some if isinstance(one, Correction)],
            pins=[one for one in some if isinstance(one, Pin)],
            meta={one.key: one.value for one in some if isinstance(one, Meta)},
        )
