"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/).

Read here rather than by fastfeedparser, which drops the whole feed for one odd item and guesses
at dates; feedparser does not read JSON.
"""

from __future__ import annotations

import json
from typing import Any

from watcher.feeds.entry import Entry


def read(text: str) -> tuple[str, list[Entry]]:
    """Title and entries. Raises ValueError if the text is no JSON Feed."""
    try:
        feed = json.loads(text, strict=False)  # line breaks within strings are let be
    except (ValueError, RecursionError):
        raise ValueError("it cannot be read") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ValueError("it has no list of items")
    return _text(feed.get("title")), [_entry(item) for item in feed["items"] if isinstance(item, dict)]


def _entry(item: dict[str, Any]) -> Entry:
    return Entry(
        guid=_text(item.get("id")).strip(),
        link=(_text(item.get("url")) or _text(item.get("external_url"))).strip(),
        title=_text(item.get("title")),
        texts=(
            _text(item.get("content_html")),
            _text(item.get("content_text")),
            _text(item.get("summary")),
        ),
        date=_text(item.get("date_published")) or _text(item.get("date_modified")),
    )


def _text(value: object) -> str:
    """Ids may be numbers; anything else that is no string counts as missing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
