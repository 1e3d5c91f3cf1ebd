"""JSON lines as articles, one a line: `id`, `url`, `title`, `date`, `text`, `source`; all but the text optional."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.domain.article import Article
from watcher.domain.feed import host_of
from watcher.feeds import dates
from watcher.feeds.clean import clean, clean_block
from watcher.feeds.identity import article_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no article: its number from 1, and why."""

    number: int
    reason: str


def read_lines(lines: Iterable[bytes], now: datetime, *, dated: bool = False) -> Iterator[Article | BadLine]:
    """Each line as an article, or as what is wrong with it; empty lines are passed over.

    `dated`: a line without a date is bad, as in an archive, where the board of a day depends on it.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield read_line(line, now, dated=dated)
        except ValueError as error:
            yield BadLine(number, str(error))


def read_line(line: bytes, now: datetime, *, dated: bool = False) -> Article:
    """One line as an article; undated ones count as of `now`. Raises ValueError with a plain reason."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(data, dict):
        raise ValueError("not an object with title and text")
    values = {key: text_of(data, key) for key in ("id", "url", "title", "date", "text", "source", "feed")}
    title, text = clean(values["title"]), clean_block(values["text"])
    if not title and not text:
        raise ValueError("neither title nor text")
    when = moment(values["date"]) if values["date"] else None
    if dated and when is None:
        raise ValueError("no date; an archive's lines need one")
    url = values["url"].strip()
    id = values["id"] or article_id("", "", url, title, text)
    return Article(
        id=id,
        url=url if url.startswith(("http://", "https://")) else "",
        title=title,
        text=text,
        source=clean(values["source"]) or host_of(url).removeprefix("www."),
        published=when or now,
        first_seen=when or now,
        feed=clean(values["feed"]),
        story=id,
        dated=when is not None,
    )


def text_of(data: dict[str, object], key: str) -> str:
    """A value that must be text; numbers pass as ids. Raises ValueError."""
    value = data.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if key == "id" and isinstance(value, int):
        return str(value)
    raise ValueError(f'"{key}" is not text')


def moment(text: str) -> datetime:
    """A date or time as an aware UTC time; a day counts from its first second. Raises ValueError."""
    found = dates.read(text)
    if found is None:
        raise ValueError(f'"{text}" is no date')
    return found
