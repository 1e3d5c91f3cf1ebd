"""What keeps a data folder small and sound: retention, compaction, and looking for damage."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from watcher.store import records
from watcher.store.durable import sync, sync_folder, write_all
from watcher.store.filesystem import network_file_system
from watcher.store.folder import DAMAGED
from watcher.store.lines import intact, seal
from watcher.store.records import ARTICLE
from watcher.store.storage import ARTICLES, MARKS, READINGS, stem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from watcher.store.articles import Articles
    from watcher.store.storage import LinesStorage

WORTH_IT = 0.2
"""The share of a table's lines that must be dead for it to be written anew."""
CHUNK = 500
"""Articles to copy at a time."""


def prune(storage: LinesStorage, before: datetime) -> int:
    """Takes away the articles from feeds published before that time, and what hangs on them."""
    with storage.turn():
        storage.refresh()
        articles, marks = storage.articles(), storage.loaded(MARKS)
        limit = before.timestamp()
        old = dict.fromkeys(
            id
            for id, row in articles.rows.items()
            if articles.published[row] < limit
            and not ((mark := marks.get(id)) and mark.starred)
            and (article := articles.get(id))
            and article.feed
        )
        readings = [table for table in storage.tables if table.startswith(READINGS)]
        hanging = {table: {id: None for id in old if id in storage.contents(table)} for table in [*readings, MARKS]}
        storage.commit({ARTICLES: old, **hanging})
        return len(old)


def compact(storage: LinesStorage) -> int:
    """Writes the tables anew that hold many dead lines, or damaged ones; tells how many bytes that gave back."""
    with storage.turn():
        storage.refresh()
        read_through(storage)
        before = size(storage)
        with storage.changing() as change:
            for table in storage.tables:
                contents = storage.contents(table)
                lines = storage.folder.manifest.tables[table].lines - 1  # all but the file's header
                if not contents.damaged and lines - len(contents) <= WORTH_IT * lines:
                    continue
                _set_aside(storage.folder.path, table, contents.damaged)
                if table == ARTICLES:
                    change.replace(table, table, _texts(storage.articles()), oldest=records.VERSION)
                else:
                    change.replace(table, stem(table), [storage.rewritten(table)], oldest=records.VERSION)
        storage.folder.tidy()
        return before - size(storage)


def size(storage: LinesStorage) -> int:
    """Bytes that the store's own files have."""
    total = 0
    for path in storage.folder.own_files():
        with suppress(FileNotFoundError):  # another process put it in the place of an older one
            total += path.stat().st_size
    return total


def read_through(storage: LinesStorage) -> None:
    """Reads every line of every table, so that all damage is known."""
    for table in storage.tables:
        storage.contents(table)
    storage.articles().read_through()


def damage(storage: LinesStorage) -> list[str]:
    """What was found damaged so far, a line a file."""
    told = list(storage.folder.damage)
    for table in storage.tables:
        if table == ARTICLES and not storage.articles_loaded:
            continue  # their lines are looked at one by one, so that nothing was found yet
        if count := len(storage.contents(table).damaged):
            file = storage.folder.path / storage.folder.manifest.tables[table].file
            told.append(f"{file}: {count} damaged line{'s' * (count > 1)} passed over, the rest is as it was")
    aside = storage.folder.path / DAMAGED
    if aside.exists():
        told.append(f"{aside}: holds damaged lines that were set aside; delete it when you do not need them")
    return told


def warnings(storage: LinesStorage) -> list[str]:
    """What speaks against the place where the folder is."""
    if kind := network_file_system(storage.folder.path):
        return [
            f"{storage.folder.path}: on a network file system ({kind}), where locks and durable writes "
            "may not hold: keep it on a local disk, one machine at a time"
        ]
    return []


def _texts(articles: Articles) -> Iterator[bytes]:
    """The live lines of articles, many at a time; those of older versions as this version writes them."""
    some: list[bytes] = []
    for row in articles.rows.values():
        line = articles.line(row)
        if intact(line) and ARTICLE.is_current(line):
            some.append(line + b"\n")
        elif article := articles.read(row):
            some.append(seal(ARTICLE.encode(article)))
        if len(some) == CHUNK:
            yield b"".join(some)
            some = []
    yield b"".join(some)


def _set_aside(folder: Path, table: str, damaged: list[bytes]) -> None:
    """Keeps lines that nobody can read, in case somebody can."""
    if not damaged:
        return
    descriptor = os.open(folder / DAMAGED, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        write_all(descriptor, b"".join(b"%b: %b\n" % (table.encode(), line) for line in damaged))
        sync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(folder)
