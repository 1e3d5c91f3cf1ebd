"""Articles, statements and shifts as flat records: what `watcher export` writes, a line each."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from watcher.engine.shapes import moment, shift_json, statement_json
from watcher.store.records import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from watcher.domain.article import Article
    from watcher.domain.topic import Topic
    from watcher.engine.library import Library
    from watcher.store.base import Store

Record = dict[str, Any]


def articles(library: Library, topics: Sequence[Topic], since: date | None, *, every: bool) -> Iterator[Record]:
    """Stored articles as `watcher replay` takes them: all (`every`), or those on one of the topics."""
    store = library.store
    after = datetime.combine(since, time.min, UTC) if since else None
    wanted = None if every else {one.id for topic in topics for one in store.headlines(topic.name)}
    for article in store.articles():
        if (wanted is None or article.id in wanted) and (after is None or article.published >= after):
            yield article_record(article)


def article_record(article: Article) -> Record:
    """An article as a line of an archive."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "date": moment(article.published),
        "source": article.source,
        "feed": article.feed,
        "text": article.text,
    }


def statements(library: Library, topics: Sequence[Topic], since: date | None, *, every: bool) -> Iterator[Record]:
    """Every statement on the topics, in order of publication, as the board's JSON has them."""
    for topic in topics:
        for statement in library.store.statements(topic.name):
            if since is None or statement.day >= since:
                yield statement_json(statement)


def shifts(library: Library, topics: Sequence[Topic], since: date | None, *, every: bool) -> Iterator[Record]:
    """Every change of stance on the topics, oldest first."""
    for topic in topics:
        for shift in library.board(topic).shifts:
            if since is None or shift.day >= since:
                yield {"topic": topic.name, "target": topic.target, **shift_json(shift)}


def everything(store: Store) -> Iterator[str]:
    """All that a store holds, a line each: what `watcher replay` puts into another store."""
    for record in store.records():
        yield encode(record) + "\n"


def jsonl(records: Iterable[Record]) -> Iterator[str]:
    """Each record as a line of JSON."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"
