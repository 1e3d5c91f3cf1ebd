"""The table of articles: texts stay on disk, what is in memory only knows where each one is."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, overload

import msgspec

from watcher.domain.article import Article
from watcher.store import index, lines
from watcher.store.base import Headline
from watcher.store.records import ARTICLE, UnreadableError, decode_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watcher.store.durable import DataFile
    from watcher.store.manifest import Table

_headline = msgspec.json.Decoder(Headline)


class Articles(Mapping[str, Article]):
    """Articles by id, each read from disk when asked for; in order of first writing.

    `rows` gives the number of an article's newest line; `starts`, `sizes` and `published` say by that
    number where the line is, and when the article was published (seconds since 1970).
    """

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.starts = array("q")
        self.sizes = array("q")
        self.published = array("d")
        self.file: DataFile | None = None
        self.damaged: list[bytes] = []  # known after `read_through`
        self.end = 0

    def follow(self, file: DataFile, table: Table) -> None:
        """Takes in what was written since the last time."""
        self.file = file
        for block in index.blocks(file, self.end, table.length):
            self._take(block)
        self.end = table.length

    def _take(self, block: index.Block) -> None:
        """Takes in what the index says of one stretch of the file."""
        first = len(self.starts)
        self.starts.frombytes(block.starts)
        self.sizes.frombytes(block.sizes)
        self.published.frombytes(block.published)
        if not block.gone:
            self.rows.update(zip(block.ids, range(first, len(self.starts)), strict=True))
            return
        for row, id in enumerate(block.ids, first):
            if self.sizes[row] == index.GONE:
                self.rows.pop(id, None)
            else:
                self.rows[id] = row

    def line(self, row: int) -> bytes:
        """The line of a row as it stands in the file."""
        start = self.starts[row]
        return self.file.read(start, start + self.sizes[row]) if self.file else b""

    def read(self, row: int) -> Article | None:
        """The article of a row, None where its line is damaged."""
        line = self.line(row)
        if not lines.intact(line):
            return None
        try:
            return ARTICLE.decoder.decode(line) if ARTICLE.is_current(line) else decode_change(ARTICLE, line)[1]
        except (msgspec.DecodeError, UnreadableError):
            return None

    def headline(self, row: int) -> Headline:
        """The headline of a row; where its line is damaged, one that says so."""
        line = self.line(row)
        if ARTICLE.is_current(line) and lines.intact(line):
            headline = _headline.decode(line)
            return headline if headline.story else replace(headline, story=headline.id)
        if article := self.read(row):
            return Headline(article.id, article.title, article.source, article.published, article.story or article.id)
        id = next((id for id, other in self.rows.items() if other == row), "")
        return Headline(id, "(damaged on disk)", "", datetime.fromtimestamp(self.published[row], UTC), id)

    def walk(self) -> Iterator[Article]:
        """The articles that are there now, one at a time."""
        rows = array("q", self.rows.values())
        return (article for row in rows if (article := self.read(row)))

    def read_through(self) -> None:
        """Finds every damaged line."""
        self.damaged = []
        start = 0
        for chunk in self.file.chunks(0, self.end) if self.file else ():
            body = chunk if start else chunk[chunk.find(b"\n") + 1 :]  # a file begins with a line of its own
            self.damaged += [line for _, line, intact in lines.salvage(body) if not (intact and _readable(line))]
            start += len(chunk)

    def newest_first(self, rows: Iterable[int], until: datetime | None) -> Headlines:
        """The headlines of these rows that were published by `until`."""
        ordered = sorted(rows, key=self.published.__getitem__, reverse=True)
        after = bisect_left(ordered, -until.timestamp(), key=lambda row: -self.published[row]) if until else 0
        return Headlines(self, array("q", ordered[after:]))

    def __getitem__(self, id: str) -> Article:
        article = self.read(self.rows[id])
        if article is None:
            raise KeyError(id)
        return article

    def __contains__(self, id: object) -> bool:
        return id in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(list(self.rows))

    def __len__(self) -> int:
        return len(self.rows)


def _readable(line: bytes) -> bool:
    try:
        return ARTICLE.is_current(line) or bool(decode_change(ARTICLE, line)[0])
    except UnreadableError:
        return False


class Headlines(Sequence[Headline]):
    """Headlines that are read from disk when looked at, so that a list of 100,000 is one of numbers."""

    def __init__(self, articles: Articles, rows: array[int]) -> None:
        self._articles = articles
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Headline: ...
    @overload
    def __getitem__(self, at: slice) -> Headlines: ...
    def __getitem__(self, at: int | slice) -> Headline | Headlines:
        if isinstance(at, slice):
            return Headlines(self._articles, self._rows[at])
        return self._articles.headline(self._rows[at])
