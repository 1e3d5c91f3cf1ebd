"""Documents on disk as articles: seeds, and texts given to `analyze` and `explain`.

Plain text, Markdown or HTML. Header lines may open it (`Title:`, `Date:`, `Source:`, `URL:`, in
any order, also between two lines of ---) and are not part of the text.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.domain.article import Article
from watcher.errors import UsageError
from watcher.feeds import dates
from watcher.feeds.clean import clean, clean_block

if TYPE_CHECKING:
    from datetime import date

    from watcher.domain.topic import Seed

LARGEST = 20_000_000
"""Bytes: no text that a person would give is longer."""

HEADER = re.compile(r"(title|date|source|url):[ \t]*(.*)", re.IGNORECASE)
WRAPPED = range(40, 101)
"""How long lines are that an editor or mail program broke."""


def read_seed(seed: Seed, folder: Path) -> Article:
    """The seed as an article; its id is its path within `folder`, so that a reworded seed replaces itself.

    Where neither header nor config gives a date, it is the file's, and marked as not known. Raises UsageError.
    """
    path = folder / seed.path
    inside = path.is_relative_to(folder)
    given = {"title": seed.title, "source": seed.source, "url": seed.url}
    text = read_text(path)
    return article(
        text,
        id=path.relative_to(folder).as_posix() if inside else path.name,
        kind=kind_of(path.name, text),
        given={key: value for key, value in given.items() if value},
        published=seed.published,
        fallback=datetime.fromtimestamp(path.stat().st_mtime, UTC),
    )


def read_given(name: str, raw: bytes, now: datetime) -> Article:
    """A text given on the command line; without a date of its own it counts as of `now`. Raises UsageError."""
    text = decode(raw, name)
    return article(text, id=name, kind=kind_of(name, text), given={}, published=None, fallback=now)


def read_text(path: Path) -> str:
    """The file's text. Raises UsageError with the reason where there is none."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    return decode(raw, str(path))


def decode(raw: bytes, name: str) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, else the Windows code page that old texts are in."""
    if len(raw) > LARGEST:
        raise UsageError(f"{name}: larger than {LARGEST // 1_000_000} MB")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw[:4096]:
        raise UsageError(f"{name}: not text; give a text, Markdown or HTML file")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def kind_of(name: str, text: str) -> str:
    """html, markdown or text, by the file's name and, for HTML, by how it begins."""
    suffix = Path(name).suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") or re.match(r"\s*<(!doctype html|html)\b", text, re.IGNORECASE):
        return "html"
    return "markdown" if suffix in (".md", ".markdown") else "text"


def article(
    text: str, *, id: str, kind: str, given: dict[str, str], published: date | None, fallback: datetime
) -> Article:
    """The article that a document makes; what stands in its header lines wins over `given`."""
    headers, body = split_headers(text.replace("\r\n", "\n").replace("\r", "\n"))
    if kind == "html":
        headers = html_headers(body) | headers
        body = html_body(body)
    elif kind == "markdown":
        heading, body = markdown_body(body)
        headers = ({"title": heading} if heading else {}) | headers
    else:
        body = unwrapped(body)
    known = {key: clean(value) for key, value in (given | headers).items()}
    midnight = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    when = moment(known["date"], id) if known.get("date") else midnight
    return Article(
        id=id,
        url=known.get("url", ""),
        title=known.get("title", ""),
        text=clean_block(body),
        source=known.get("source", ""),
        published=when or fallback,
        first_seen=fallback,
        story=id,
        dated=when is not None,
    )


def split_headers(text: str) -> tuple[dict[str, str], str]:
    """Header lines and the rest. A first line such as "Source: close to Kyiv said" is no header
    unless an empty line, another header or --- follows the block."""
    lines = text.lstrip("\n").split("\n")
    fenced = lines[0].strip() == "---"
    found: dict[str, str] = {}
    at = int(fenced)
    while at < len(lines):
        line = lines[at].strip()
        if match := HEADER.match(line):
            found[match[1].lower()] = match[2].strip("\"' ")
        elif not fenced or line == "---":
            break
        at += 1
    if not found or at >= len(lines):
        return {}, text
    if fenced or not lines[at].strip():
        return found, "\n".join(lines[at + 1 :])
    return {}, text


def moment(text: str, name: str) -> datetime:
    """The time that a header names. Raises UsageError where it names none."""
    found = dates.read(text)
    if found is None:
        raise UsageError(f'{name}: Date: "{text}" is no date; write it like 2025-02-15')
    return found


def unwrapped(text: str) -> str:
    """Text with paragraphs that an editor broke into short lines joined again."""
    paragraphs = re.split(r"\n[ \t]*\n", text)
    if len(paragraphs) < 2:
        return text
    return "\n\n".join(
        " ".join(lines)
        if len(lines := one.split("\n")) > 1 and all(len(line) in WRAPPED for line in lines[:-1])
        else one
        for one in paragraphs
    )


def html_headers(text: str) -> dict[str, str]:
    """The title of a page, and the day in its `article:published_time`."""
    found = {}
    if title := re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL):
        found["title"] = title[1]
    time = re.search(
        r"""<meta\s[^>]*article:published_time[^>]*content\s*=\s*["'](\d{4}-\d\d-\d\d)""", text, re.IGNORECASE
    )
    if time:
        found["date"] = time[1]
    return found


def html_body(text: str) -> str:
    """The part of a page that is its text; `clean_block` takes the markup out."""
    text = re.sub(r"<(head|nav|footer|aside|form)\b.*?</\1\s*>", " ", text, flags=re.IGNORECASE | re.DOTALL)
    for tag in ("article", "main", "body"):
        if found := re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}\s*>", text, re.IGNORECASE | re.DOTALL):
            return found[1]
    return text


def markdown_body(text: str) -> tuple[str, str]:
    """A Markdown text's first heading, and its text without marks; links keep their words."""
    heading = re.match(r"\s*#[ \t]+(.+?)[ \t#]*(?:\n|\Z)", text)
    if heading:
        text = text[heading.end() :]
    text = re.sub(r"!\[[^\]\n]*\]\([^)\n]*\)", "", text)
    text = re.sub(r"\[([^\]\n]+)\]\([^)\n]*\)", r"\1", text)
    text = re.sub(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d+\.[ \t]+)", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__|\*|_|`)(?=\S)([^\n]*?\S)\1(?!\w)", r"\2", text)
    return heading[1] if heading else "", unwrapped(text)
