"""The manifest, `store.json`: which file holds each table and how many of its bytes count."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import msgspec

from watcher.store import lines, records
from watcher.store.durable import DataFile
from watcher.store.records import newer

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

NAME = "store.json"
HEADER = 65_536
"""No first line is longer."""
DATA_FILE = re.compile(r".+\.\d+\.jsonl")


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Where a table is: its file, how many bytes and lines of it count, the CRC-32 of those bytes, and
    the oldest version of a record among them (0: not known)."""

    file: str
    length: int
    sum: int
    lines: int
    v: int

    @property
    def stem(self) -> str:
        """What its files are called after."""
        return self.file.rsplit(".", 2)[0]

    @property
    def generation(self) -> int:
        """How often the table was written anew, counting from 1."""
        return int(self.file.rsplit(".", 2)[1])


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """All tables at one moment. `commits` counts changes, so that no two manifests are alike."""

    v: int = msgspec.field(default_factory=lambda: records.VERSION)
    commits: int = 0
    tables: dict[str, Table] = msgspec.field(default_factory=dict)

    def encode(self) -> bytes:
        """The manifest as a line with its checksum."""
        return lines.seal(msgspec.json.encode(self))


def decode(data: bytes, path: Path) -> Manifest | None:
    """The manifest in these bytes, None where they are damaged. Raises StoreError for a newer program's."""
    line = data.removesuffix(b"\n")
    if not lines.intact(line):
        return None
    try:
        version = msgspec.json.decode(line, type=_Version).v
        if version > records.VERSION:
            raise newer(str(path), version)
        return msgspec.json.decode(line, type=Manifest)
    except msgspec.DecodeError:
        return None


class _Version(msgspec.Struct):
    v: int


def header(table: str) -> bytes:
    """The first line of a table's file: it tells whose it is when the manifest is lost."""
    return lines.seal(msgspec.json.encode({"kind": "table", "v": records.VERSION, "name": table}))


class _Header(msgspec.Struct):
    name: str


def rebuild(folder: Path, tables: Collection[str] = ()) -> Manifest:
    """A manifest from the files alone: each table's newest, up to its last whole line.

    A file whose first line is damaged is the one of `tables` that it is called after.
    """
    newest: dict[str, Table] = {}
    for path in folder.glob("*.jsonl"):
        if not DATA_FILE.fullmatch(path.name):
            continue
        stem = path.name.rsplit(".", 2)[0]
        file = DataFile(path)
        length = total = count = 0
        name = ""
        for chunk in file.chunks(0, path.stat().st_size):
            if not length:
                name = _name(chunk.split(b"\n", 1)[0]) or next((one for one in tables if one == stem), "")
            if chunk.endswith(b"\n"):
                length, total, count = length + len(chunk), zlib.crc32(chunk, total), count + chunk.count(b"\n")
        table = Table(file=path.name, length=length, sum=total, lines=count, v=0)
        if name and length and (name not in newest or newest[name].generation < table.generation):
            newest[name] = table
    return Manifest(tables=newest)


def readable(path: Path) -> bool:
    """Whether a table's file tells by its first line whose it is."""
    with open(path, "rb") as file:
        return _name(file.readline(HEADER).removesuffix(b"\n")) != ""


def _name(line: bytes) -> str:
    try:
        return msgspec.json.decode(line, type=_Header).name if lines.intact(line) else ""
    except msgspec.DecodeError:
        return ""
