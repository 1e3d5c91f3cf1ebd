"""A body made safe and equal for every parser: UTF-8, no DTD, no control characters."""

from __future__ import annotations

import re
from html.entities import html5

from watcher.feeds.charset import decode

_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:(?P<name>[A-Za-z_][\w.:-]{0,63});|#(?P<digits>\d{1,7}|[xX][0-9A-Fa-f]{1,6});)?")
_NUMBER = re.compile(r"&#(\d{1,7}|[xX][0-9A-Fa-f]{1,6});?")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_START = re.compile(r"<\?xml\b|<rss\b|<feed\b|<rdf:RDF\b")
_HTML = re.compile(r"<!DOCTYPE\s+html\b[^<>]*+(?!>\s*<(?:rss|feed|rdf:RDF)[\s>])", re.IGNORECASE)
"""A web page's beginning; some feeds say that they are one."""

_SUBSET_END = re.compile(r"\]\s*+>")
_PROLOG = (("<!--", "-->"), ("<?", "?>"))


def prepare(body: bytes, content_type: str = "") -> str:
    """The body as text that any XML or JSON parser reads the same way.

    The DTD goes, and with it entity bombs and external entities: feeds need none, and HTML's named
    entities, which they do use, are written out. What XML forbids goes too, since one such
    character would otherwise end a strict parser's reading.
    """
    text = decode(body, content_type).lstrip("\ufeff\x00 \t\r\n")
    if _FORBIDDEN.search(text):
        text = text.translate(_CONTROLS)
    if text.startswith(("{", "[")):
        return text
    if not text.startswith("<"):  # a warning of the site's software, before the feed
        start = _START.search(text, 0, 10_000)
        text = text[start.start() :] if start else text
    if "&" in text:
        text = _REFERENCE.sub(_written_out, text)
    return _from_root(text)


def without_controls(page: str) -> str:
    """A web page without what XML forbids, written as such or as a reference: one of them would cost all its text."""
    page = page.translate(_CONTROLS) if _FORBIDDEN.search(page) else page
    return _NUMBER.sub(lambda found: "" if _code(found[1]) in _CONTROLS else found[0], page)


def _code(digits: str) -> int:
    return int(digits[1:], 16) if digits[0] in "xX" else int(digits)


def _written_out(found: re.Match[str]) -> str:
    """A reference that every parser understands: HTML's names as their characters, and as text what
    is no reference (`AT&T`, or an entity of the DTD, which is gone); what XML forbids is left out."""
    name, digits = found["name"], found["digits"]
    if name:
        return found[0] if name in _XML_NAMES else html5.get(name + ";") or f"&amp;{name};"
    if digits:
        code = _code(digits)
        return "" if code in _CONTROLS or code > 0x10FFFF else found[0]
    return "&amp;"


def _from_root(text: str) -> str:
    """The text from its root element on: without declaration, instructions, comments and DTD."""
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        end = -1
        for opening, closing in _PROLOG:
            if text.startswith(opening, at):
                end = text.find(closing, at + len(opening))
                if end < 0:
                    return ""
                end += len(closing)
        if end < 0 and text.startswith("<!DOCTYPE", at) and not _HTML.match(text, at):
            end = _doctype_end(text, at)
        if end < 0:
            return text[at:]
        at = end


def _doctype_end(text: str, start: int) -> int:
    """Where a DTD ends; its internal subset is taken to end at the first `]>`."""
    end = text.find(">", start)
    bracket = text.find("[", start, end if end >= 0 else len(text))
    if bracket >= 0:
        close = _SUBSET_END.search(text, bracket)
        return close.end() if close else len(text)
    return end + 1 if end >= 0 else len(text)
