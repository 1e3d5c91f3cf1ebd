from __future__ import annotations

from datetime import UTC, datetime

from watcher.domain.article import Article
from watcher.engine.match import Query

DAY = datetime(2025, 2, 15, tzinfo=UTC)


def article(title: str = "", text: str = "", source: str = "The Paper") -> Article:
    return Article(id="a", url="", title=title, text=text, source=source, published=DAY, first_seen=DAY)


def found(query: str, title: str = "", text: str = "", source: str = "The Paper") -> list[str] | None:
    """The words that matched, as written."""
    given = article(title, text, source)
    spans = Query(query).match(given)
    return None if spans is None else [given.document[start:end] for start, end in spans]
