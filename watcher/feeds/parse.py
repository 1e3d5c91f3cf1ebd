"""A body to items, cleaned and identified, whatever kind of feed it is.

Runs in the worker process (`worker.py`): nothing here is trusted to end, or to stay small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - records are decoded by their annotations
from urllib.parse import urljoin, urlsplit

from watcher.feeds import dates, jsonfeed, xmlfeed
from watcher.feeds.charset import mended
from watcher.feeds.clean import clean, clean_block, clean_link
from watcher.feeds.entry import Entry, NotAFeed
from watcher.feeds.identity import article_id, identified
from watcher.feeds.prepare import prepare

TITLE_LIMIT = 1_000
TEXT_LIMIT = 200_000
LINK_LIMIT = 4_000
"""Characters kept of a title and a text, and those that a link may have."""

LONGER = 1.2
"""How many times longer a summary must be to be taken for the text in place of the content."""

_PLAIN_LINK = re.compile(r"https?://[A-Za-z0-9.-]{1,255}(?::\d{1,5})?(?:[/?#][!#-%'-;=?-~]{0,2000})?")
"""A link that needs no cleaning: no blank, bracket, quote or ampersand."""

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_PIECE_OF_HTML = re.compile(
    r"<(?:meta|title|link|script|style|noscript|base|div|span|p|h[1-6]|br|center|table|form|iframe|a|b|img)[\s/>]",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PAGE_TITLE = re.compile(r"<title[^<>]*>([^<]{0,300})", re.IGNORECASE)
_PASSWORD = re.compile(r"""type\s*=\s*["']?password""", re.IGNORECASE)
_LINK_TAG = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HREF = re.compile(r"""\shref\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>|<(?:\w+:)?(?:rss|feed|rdf)\b[^<>]*/>", re.IGNORECASE)
_TTL = re.compile(r"<ttl>\s*(\d{1,12})\s*</ttl>")
_SKIP = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.DOTALL)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>")


@dataclass(frozen=True, slots=True)
class Item:
    """One item, cleaned and identified. `published` is aware UTC, or None if the feed gives none."""

    id: str
    url: str
    title: str
    text: str
    published: datetime | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a body holds. `ttl` in seconds and `skip_hours` (0 to 23, GMT) are the feed's own wishes."""

    title: str
    items: tuple[Item, ...]
    seen: int  # items in the body, repeated ones too
    ttl: int = 0
    skip_hours: tuple[int, ...] = ()


def parse(body: bytes, content_type: str, feed: str, base: str, *, quick: bool = False) -> Parsed:
    """The items of a body. `feed` is the URL that ids hang on, `base` the one that links start from;
    `quick` leaves the authority out. Raises NotAFeed.
    """
    text = prepare(body, content_type)
    if not text:
        raise NotAFeed("the answer is empty")
    if text.startswith(("{", "[")):
        try:
            title, entries = jsonfeed.read(text)
        except ValueError as error:
            raise NotAFeed(f"the answer is JSON, but no JSON Feed: {error}") from None
        return Parsed(clean(title[:TITLE_LIMIT]), _items(entries, feed, base, dates.GUESSES), seen=len(entries))
    if len(text) < 12 or not text.startswith("<"):
        if len(_NO_TEXT.findall(body[:200])) > 2:
            raise NotAFeed("the answer is no feed but data of another kind")
        raise NotAFeed(f"the answer is no feed but text: {clean(text[:60])}")
    if _HTML.match(text):
        raise NotAFeed(_page(text, base))
    try:
        title, entries = xmlfeed.read(text, quick=quick)
    except NotAFeed:
        if _PIECE_OF_HTML.match(text):
            raise NotAFeed(_page(text, base)) from None
        raise
    if not entries and not _END.search(text[-200:]):
        raise NotAFeed("the feed breaks off before its first item")
    hours = _SKIP.search(text, 0, 20_000)
    ttl = _TTL.search(text, 0, 20_000)
    return Parsed(
        clean(title[:TITLE_LIMIT]),
        _items(entries, feed, base, 0 if quick else dates.GUESSES),
        seen=len(entries),
        ttl=int(ttl[1]) * 60 if ttl else 0,
        skip_hours=tuple(sorted({int(hour) % 24 for hour in _HOUR.findall(hours[1])})) if hours else (),
    )


def _items(entries: list[Entry], feed: str, base: str, guesses: int) -> tuple[Item, ...]:
    """Entries cleaned and identified; the same item twice in a body is one."""
    items: dict[str, Item] = {}
    misses = 0
    for entry in identified(entries[: xmlfeed.ITEM_LIMIT]):
        published = dates.read(entry.date, guess=misses < guesses) if entry.date else None
        misses += bool(entry.date) and published is None
        item = _item(entry, published, feed, base)
        if item is not None:
            items.setdefault(item.id, item)
    return tuple(items.values())


def _item(entry: Entry, published: datetime | None, feed: str, base: str) -> Item | None:
    title = _cut(clean(mended(entry.title[: 4 * TITLE_LIMIT])), TITLE_LIMIT)
    text = ""
    for part in dict.fromkeys(entry.texts):
        other = clean_block(mended(part[:TEXT_LIMIT]))
        if len(other) > LONGER * len(text):
            text = other
    link = web_link(entry.link, base)
    if not title:
        title = _cut(clean(text[:500]), 120) or link
    if not title:
        return None
    return Item(
        id=article_id(feed, entry.guid, link if entry.link_names else "", title, text),
        url=link,
        title=title,
        text=text,
        published=published,
        source=clean(entry.source[:TITLE_LIMIT])[:200],
    )


def _cut(text: str, limit: int) -> str:
    """The text, or what fits of it with a sign that there was more."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def web_link(link: str, base: str) -> str:
    """The link as an absolute http or https URL, or empty: nothing else is ever opened."""
    if _PLAIN_LINK.fullmatch(link):
        return link
    link = clean_link(link) if len(link) <= LINK_LIMIT else ""
    try:
        link = urljoin(base, link) if link else ""
        parts = urlsplit(link)
        _ = parts.port
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and parts.hostname else ""


def _page(text: str, base: str) -> str:
    """What to say of a web page: what it is, and which feed it names, if any."""
    head = text[:200_000]
    title = _PAGE_TITLE.search(head)
    named = f" ({clean(title[1])[:80]})" if title and clean(title[1]) else ""
    if _PASSWORD.search(head):
        return f"the answer is a login page, not a feed{named}"
    for tag in _LINK_TAG.findall(head):
        href = _HREF.search(tag)
        feed = web_link(href[1], base) if href and _FEED_TYPE.search(tag) else ""
        if feed:
            return f"the answer is a web page, not a feed{named}; it names a feed: {feed[:300]}"
    return f"the answer is a web page, not a feed{named}"
