"""RSS and Atom, by the fast parser where it can be trusted.

fastfeedparser reads a well-formed feed a hundred times faster than feedparser, which stays the
authority: it is asked whenever the fast one raises, finds fewer items than the body has tags for,
or leaves an id, link, title, date or text empty, whenever a date is not written as RFC 822 or 3339
(the fast one guesses at those), and where a body has what the fast one is known to misread. What
both give goes through the same cleaning.

Runs in the worker process: nothing here is trusted to end, or to stay small.
"""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from typing import Any

from watcher.feeds import dates
from watcher.feeds.clean import unescaped
from watcher.feeds.entry import Entry, NotAFeed

ITEM_LIMIT = 10_000
"""Items read of one body."""

DEEPEST = 256
"""Elements within elements, as libxml2 has it; feedparser takes seconds for more."""

MADE_UP = 512
"""Characters of a description that fastfeedparser makes up."""

ODD_DATES = 300
"""Dates in no plain form that are read of one body: each costs milliseconds."""

MENDED = 1_000
"""Items that a body may have for its missing end tags to be written."""

NO_DATE = "Thu, 01 Jan 1970 00:00:00 GMT"
"""What software writes that knows no date; it is never taken for one."""

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
    r"<(?:(?:\w+:)?((?i:item|entry))[\s>]"
    r"|(?:\w+:)?(?:pubDate|published|updated|issued|modified|date)>\s*(?:<!\[CDATA\[)?([^<]{0,80}))"
)
_PLAIN_DATE = re.compile(
    r"\s*(?:(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[ECMP][SD]T|[+-]\d{4})"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d))\s*(?:\]\]>)?\s*"
)
_MARKED_UP = re.compile(
    r"<(?:title|description|summary|content(?::encoded)?)(?:\s[^<>]*+)?(?<!/)>[^<]*+<(?![/!])", re.DOTALL
)
_OTHER_TITLE = re.compile(r"<(?:item|entry)\b(?:[^<]++|<(?!/?(?:item|entry|title)\b))*?<\w+:title\b")
_SOURCE = re.compile(r"<source(?:\s[^<>]*+)?>\s*+[^<\s]")
_RDF = re.compile(r"<rdf:", re.IGNORECASE)

_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_UNENDED = re.compile(
    r"<((?:dc:)?(?:title|link|guid|pubDate|description|date|author|creator|category|comments))((?:\s[^<>]*+)?)(?<!/)>"
    r"([^<]*+)(?!</\1\s*>)"
)
_UNENDED_ITEM = re.compile(r"(<item\b[^<>]*+>)((?:[^<]|<(?!/?item\b))*+)(?:</item\s*>)?")

_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)


def read(text: str, *, quick: bool = False) -> tuple[str, list[Entry]]:
    """Title and entries of an RSS or Atom text, from whichever parser the rule above names. Raises NotAFeed."""
    if _ATTRIBUTE_FLOOD.search(text):
        raise NotAFeed("the answer has a tag with thousands of attributes")
    tags, plain = _survey(text)
    if not plain:
        text = _plain_dates(text, guess=not quick)
    trusted = plain and not _misread(text)
    fast = _fast(text) if quick or trusted or not tags else None
    if fast is not None and len(fast[1]) >= tags and all(_whole(entry) for entry in fast[1]):
        return fast
    slow = mended = None
    if not quick:
        slow = authority(_AUTHOR.sub("", text))
        if not trusted and _readable(slow) < tags:
            fast = _fast(text)
        if max(_readable(slow), _readable(fast)) < tags <= MENDED:
            mended = authority(_AUTHOR.sub("", _ended(text)))
    best = max(slow, fast, mended, key=_readable)
    if best is None or (tags and not _readable(best)):
        raise NotAFeed(_unread(text, tags))
    return best


def _misread(text: str) -> bool:
    """Whether the text has what the fast parser is known to misread or not to see."""
    return (
        "xml:base" in text
        or (":title" in text and bool(_OTHER_TITLE.search(text)))  # takes another vocabulary's title, if that is first
        or ("<source" in text and bool(_SOURCE.search(text)))  # the paper that an aggregator's item is from
        or ("<content:encoded" in text and ("xmlns:content" not in text or bool(_RDF.match(text))))
        or bool(_MARKED_UP.search(text))  # ends a text at the first element in it
    )


def _unread(text: str, tags: int) -> str:
    """Why neither parser finds anything in the text."""
    if _depth(text) > DEEPEST:
        return "the answer is nested too deeply"
    if tags:
        return "none of its items can be read"
    return "the feed is broken" if _ROOT.match(text) else "the answer is XML, but neither RSS nor Atom"


def _readable(result: tuple[str, list[Entry]] | None) -> int:
    """How many entries there is something to read of; -1 for no feed."""
    if result is None:
        return -1
    return sum(bool(entry.title or entry.link or any(map(str.strip, entry.texts))) for entry in result[1])


def _ended(text: str) -> str:
    """The text with the end tags that its items and their plain fields lack."""
    text = _CDATA.sub(lambda section: html.escape(section[1]), text)
    return _UNENDED_ITEM.sub(r"\1\2</item>", _UNENDED.sub(r"<\1\2>\3</\1>", text))


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


def _plain_dates(text: str, guess: bool) -> str:
    """The text with its odd dates written plainly, and set to no date if they are none or too many.

    An empty date would not do: the fast parser would try to read one out of the guid.
    """
    odd = misses = 0

    def plain(found: re.Match[str]) -> str:
        nonlocal odd, misses
        if _PLAIN_DATE.fullmatch(found[2]):
            return found[0]
        odd += 1
        written = html.unescape(found[2]).strip().removeprefix("<![CDATA[").removesuffix("]]>")
        moment = dates.read(written, guess=guess and misses < dates.GUESSES) if odd <= ODD_DATES else None
        misses += moment is None
        return f"<{found[1]}>{moment.isoformat() if moment else NO_DATE}</{found[1]}>"

    return _DATE.sub(plain, text)


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
    """What feedparser reads; None if it takes the text for no feed, or would never end with it."""
    if _depth(text) > DEEPEST:
        return None
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
        guid=unescaped(_text(entry.get("id"))).strip().lstrip("/"),  # feedparser puts one before names
        link=_link(entry),
        title=_text(entry.get("title") or entry.get("itunes_title")),
        texts=(*(_text(part.get("value")) for part in entry.get("content") or ()), _text(entry.get(summary))),
        date=_text(entry.get("published") or entry.get("updated") or entry.get("created")),
        source=_text(source.get("title")) if isinstance(source, dict) else "",
    )


def _link(entry: Any) -> str:
    """The link of an entry. A guid that calls itself a link, as any does by default, is none if it is but a name."""
    link = unescaped(_text(entry.get("link"))).strip()
    named = link and entry.get("link") == entry.get("id") and entry.get("guidislink", True)
    return "" if named and not link.startswith(("http://", "https://", "/")) else link


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(entry: Entry) -> bool:
    """Whether the fast parser left nothing out. It reads no text that has elements in it, unescaped."""
    return bool(entry.guid and entry.link and entry.title and entry.date and any(map(str.strip, entry.texts)))
