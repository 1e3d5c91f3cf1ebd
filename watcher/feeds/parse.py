"""A body to items: RSS, Atom and JSON Feed, by the fast parser where it can be trusted.

fastfeedparser reads a well-formed feed a hundred times faster than feedparser, which stays the
authority: it is asked whenever the fast one raises, finds fewer items than the body has tags for,
or leaves an id, link, title or date empty, and whenever a date is not written as RFC 822 or 3339
(the fast one guesses at those). What both give goes through the same cleaning.

Runs in the worker process (`worker.py`): nothing here is trusted to end, or to stay small.
"""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003 - records are decoded by their annotations
from typing import Any
from urllib.parse import urljoin, urlsplit

from watcher.feeds import dates, jsonfeed
from watcher.feeds.charset import mended
from watcher.feeds.clean import clean, clean_block
from watcher.feeds.entry import Entry
from watcher.feeds.identity import article_id, identified
from watcher.feeds.prepare import prepare

TITLE_LIMIT = 1_000
TEXT_LIMIT = 200_000
LINK_LIMIT = 4_000
"""Characters kept of a title, a text and a link."""

ITEM_LIMIT = 10_000
"""Items kept of one body."""

LONGER = 1.2
"""How many times longer a summary must be to be taken for the text in place of the content."""

GUESSES = 10
"""Dates of one body that may turn out to be none before only plain ones are read."""

DEEPEST = 256
"""Elements within elements, as libxml2 has it; feedparser takes seconds for more."""

MADE_UP = 512
"""Characters of a description that fastfeedparser makes up."""

ODD_DATES = 100
"""Dates in no plain form that parsers are shown of one body."""

_DATE = re.compile(
    r"<((?:\w+:)?(?:pubDate|published|updated|created|issued|modified|lastBuildDate|date))\b[^<>]*>"
    r"((?:[^<]|<!\[CDATA\[)*+)</\1\s*>"
)
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*?(/?)>")
_NO_ELEMENTS = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_ATTRIBUTE_FLOOD = re.compile(r"<[A-Za-z](?:[^<>=]*+=){2000}")
_AUTHOR = re.compile(
    r"<((?:\w+:)?(?:author|creator|contributor|owner|managingEditor|webMaster))\b[^<>]*+>"
    r"(?:[^<]|<(?!/?\1\b))*+</\1\s*+>"
)
"""Authors are not used, and feedparser's expression for them can run for hours."""

_TAGS = re.compile(
    r"<(?:(?:\w+:)?(item|entry)[\s>]"
    r"|(?:\w+:)?(?:pubDate|published|updated|issued|modified|date)>\s*(?:<!\[CDATA\[)?([^<]{0,80}))"
)
_PLAIN_DATE = re.compile(
    r"\s*(?:(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[ECMP][SD]T|[+-]\d{4})"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d))\s*(?:\]\]>)?\s*"
)
_PLAIN_LINK = re.compile(r"https?://[A-Za-z0-9.-]{1,255}(?::\d{1,5})?(?:[/?#][!#-%'-;=?-~]{0,2000})?")
"""A link that needs no cleaning: no blank, bracket, quote or ampersand."""

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_RDF_CONTENT = re.compile(r"^<rdf:.*<content:encoded", re.DOTALL | re.IGNORECASE)
"""RSS 1.0 with whole texts, which the fast parser does not see."""

_SOURCE = re.compile(r"<source\b[^<>]*+>\s*+[^<\s]")
"""The paper that an aggregator's item is from, which the fast parser does not see either."""

_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>|<(?:\w+:)?(?:rss|feed|rdf)\b[^<>]*/>", re.IGNORECASE)
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>")
_SKIP = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.DOTALL)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>")


class NotAFeed(ValueError):
    """The body is something else; the message says what it looks like."""


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
        return Parsed(clean(title), _items(entries, feed, base), seen=len(entries))
    if len(text) < 12 or not text.startswith("<"):
        raise NotAFeed(f"the answer is no feed but text: {clean(text[:60])}")
    if _HTML.match(text):
        raise NotAFeed(_page(text))
    title, entries = read_xml(text, quick=quick)
    if not entries and not _END.search(text[-200:]):
        raise NotAFeed("the feed breaks off before its first item")
    hours = _SKIP.search(text, 0, 20_000)
    ttl = _TTL.search(text, 0, 20_000)
    return Parsed(
        clean(title[:TITLE_LIMIT]),
        _items(entries, feed, base),
        seen=len(entries),
        ttl=int(ttl[1]) * 60 if ttl else 0,
        skip_hours=tuple(sorted({int(hour) % 24 for hour in _HOUR.findall(hours[1])})) if hours else (),
    )


def read_xml(text: str, *, quick: bool = False) -> tuple[str, list[Entry]]:
    """Title and entries of an RSS or Atom text, from whichever parser the rule above names. Raises NotAFeed."""
    if _ATTRIBUTE_FLOOD.search(text):
        raise NotAFeed("the answer has a tag with thousands of attributes")
    tags, plain = _survey(text)
    plain = plain and not _RDF_CONTENT.search(text) and not _SOURCE.search(text)
    if not plain:
        text = _fewer_odd_dates(text)
    fast = _fast(text) if quick or plain or not tags else None
    if fast is not None and len(fast[1]) >= tags and all(_whole(entry) for entry in fast[1]):
        return fast
    slow = None if quick else authority(_AUTHOR.sub("", text))
    if fast is None and (slow is None or len(slow[1]) < tags):
        fast = _fast(text)
    found = [result for result in (slow, fast) if result is not None]
    if not found:
        raise NotAFeed("the feed is broken" if _ROOT.match(text) else "the answer is XML, but neither RSS nor Atom")
    return max(found, key=lambda result: len(result[1]))


def _survey(text: str) -> tuple[int, bool]:
    """How many items the body has tags for, and whether each has a date in a plain form."""
    items, dated = 0, True
    plain = True
    for found in _TAGS.finditer(text):
        if found[1]:
            plain = plain and (dated or not items)
            items, dated = items + 1, False
        elif _PLAIN_DATE.fullmatch(found[2]):
            dated = True
        elif items:
            return items + len(re.findall(r"<(?:\w+:)?(?:item|entry)[\s>]", text[found.end() :])), False
    return items, plain and dated


def _fewer_odd_dates(text: str) -> str:
    """The text without the odd dates beyond the first hundred: each costs a parser milliseconds."""
    odd = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal odd
        odd += not _PLAIN_DATE.fullmatch(found[2])
        return found[0] if odd <= ODD_DATES else ""

    return _DATE.sub(kept, text)


def _as_utf8(text: str) -> bytes:
    """The text as bytes that say what they are: without a declaration libxml2 may guess Latin-1."""
    return b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("utf-8", "replace")


def _fast(text: str) -> tuple[str, list[Entry]] | None:
    import fastfeedparser  # type: ignore[import-untyped]

    try:
        result = fastfeedparser.parse(_as_utf8(text), include_tags=False, include_media=False, include_enclosures=False)
    except Exception:  # whatever it stumbles over, the authority has the last word
        return None
    return _text(result.feed.get("title")), [_fast_entry(entry) for entry in result.entries[:ITEM_LIMIT]]


def _fast_entry(entry: Any) -> Entry:
    """An entry of the fast parser, without the description that it makes up from the content's start."""
    found = _entry(entry, "description")
    *content, description = found.texts
    made_up = len(description) <= MADE_UP and any(map(str.strip, content))
    return replace(found, texts=tuple(content)) if made_up else found


def authority(text: str) -> tuple[str, list[Entry]] | None:
    """What feedparser reads; None if it takes the text for no feed. Raises NotAFeed where it would never end."""
    if _depth(text) > DEEPEST:
        raise NotAFeed("the answer is nested too deeply")
    import warnings

    import feedparser  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = feedparser.parse(
                io.BytesIO(_as_utf8(text)),
                response_headers={"content-type": "application/xml; charset=utf-8"},
                sanitize_html=False,
                resolve_relative_uris=False,
            )
    except Exception:  # it has its own bugs on crafted input
        return None
    if not result.entries and not result.get("version"):
        return None
    return _text(result.feed.get("title")), [_entry(entry, "summary") for entry in result.entries[:ITEM_LIMIT]]


def _depth(text: str) -> int:
    """How deeply elements are nested at most."""
    depth = deepest = 0
    for tag in _TAG.finditer(_NO_ELEMENTS.sub("", text)):
        if tag[1]:
            depth -= 1
        elif not tag[2]:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _entry(entry: Any, summary: str) -> Entry:
    source = entry.get("source")
    return Entry(
        guid=html.unescape(_text(entry.get("id"))).strip().lstrip("/"),  # feedparser puts one before names
        link=html.unescape(_text(entry.get("link"))).strip(),
        title=_text(entry.get("title")),
        texts=(*(_text(part.get("value")) for part in entry.get("content") or ()), _text(entry.get(summary))),
        date=_text(entry.get("published") or entry.get("updated") or entry.get("created")),
        source=_text(source.get("title")) if isinstance(source, dict) else "",
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(entry: Entry) -> bool:
    """Whether the fast parser left nothing out. It reads no text that has elements in it, unescaped."""
    return bool(entry.guid and entry.link and entry.title and entry.date and any(map(str.strip, entry.texts)))


def _items(entries: list[Entry], feed: str, base: str) -> tuple[Item, ...]:
    """Entries cleaned and identified; the same item twice in a body is one."""
    items: dict[str, Item] = {}
    misses = 0
    for entry in identified(entries):
        published = dates.read(entry.date, guess=misses < GUESSES) if entry.date else None
        misses += bool(entry.date) and published is None
        item = _item(entry, published, feed, base)
        if item is not None:
            items.setdefault(item.id, item)
    return tuple(items.values())


def _item(entry: Entry, published: datetime | None, feed: str, base: str) -> Item | None:
    title = clean(mended(entry.title[: 4 * TITLE_LIMIT]))[:TITLE_LIMIT]
    text = ""
    for part in dict.fromkeys(entry.texts):
        other = clean_block(mended(part[:TEXT_LIMIT]))
        if len(other) > LONGER * len(text):
            text = other
    link = web_link(entry.link, base)
    if not title:
        title = clean(text[:200])[:120] or link
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


def web_link(link: str, base: str) -> str:
    """The link as an absolute http or https URL, or empty: nothing else is ever opened."""
    if _PLAIN_LINK.fullmatch(link):
        return link
    link = clean(link[:LINK_LIMIT]).replace(" ", "%20")
    try:
        link = urljoin(base, link) if link else ""
        parts = urlsplit(link)
        _ = parts.port
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and parts.hostname else ""


def _page(text: str) -> str:
    head = text[:200_000].lower()
    title = re.search(r"<title[^>]*>(.{0,300}?)</title>", head, re.DOTALL)
    named = f" ({clean(text[title.start(1) : title.end(1)])[:80]})" if title and clean(title[1]) else ""
    if re.search(r"""type\s*=\s*["']?password""", head):
        return f"the answer is a login page, not a feed{named}"
    return f"the answer is a web page, not a feed{named}"
