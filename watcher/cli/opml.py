"""OPML, the list of feeds that readers exchange: folders are tags here."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from watcher.domain.feed import Feed
from watcher.feeds.clean import clean
from watcher.feeds.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def read_opml(raw: bytes) -> list[Feed]:
    """The feeds of an OPML document, each address once, in its order. Raises ValueError with the reason."""
    if b"<!ENTITY" in raw:
        raise ValueError("declares entities, which no list of feeds needs")
    try:
        body = ET.fromstring(prepare(raw)).find("body")  # noqa: S314 - what is prepared has no entities
    except ET.ParseError as error:
        raise ValueError(f"not OPML: {error}") from None
    if body is None:
        raise ValueError("not OPML: it has no body")
    found: dict[str, Feed] = {}
    try:
        for feed in outlines(body, ()):
            found.setdefault(feed.url, feed)
    except RecursionError:
        raise ValueError("its folders are nested too deeply") from None
    return list(found.values())


def outlines(parent: ET.Element, folders: tuple[str, ...]) -> Iterator[Feed]:
    """The feeds below an element; the names of the folders around them are their tags."""
    for outline in parent.findall("outline"):
        values = {key.lower(): value for key, value in outline.attrib.items()}
        name = clean(values.get("text") or values.get("title") or "")
        url = values.get("xmlurl", "").strip()
        if url.startswith("feed:"):
            url = url.removeprefix("feed:").removeprefix("//")
            url = url if url.startswith("http") else f"https://{url}"
        if is_address(url):
            categories = (part.strip("/ ") for part in clean(values.get("category", "")).split(","))
            tags = dict.fromkeys(tag for tag in (*folders, *categories) if tag)
            yield Feed(url=url, name=name, tags=tuple(tags))
        yield from outlines(outline, (*folders, name) if name and not url else folders)


def is_address(url: str) -> bool:
    """Whether a feed can be polled there."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
    except ValueError:
        return False


def feeds_toml(feeds: Iterable[Feed], taken: set[str]) -> str:
    """The feeds as tables of the config; names that are `taken` (folded) or missing are made unique."""
    return "\n".join(feed_toml(feed, unique_name(feed, taken)) for feed in feeds)


def feed_toml(feed: Feed, name: str) -> str:
    """One feed as a table of the config."""
    lines = ["[[feeds]]", f"name = {text(name)}", f"url = {text(feed.url)}"]
    if feed.tags:
        lines.append(f"tags = [{', '.join(text(tag) for tag in feed.tags)}]")
    return "\n".join(lines) + "\n"


def unique_name(feed: Feed, taken: set[str]) -> str:
    """The feed's name, or its host's, with a number where that is taken; it is then taken too."""
    base = feed.name or urlsplit(feed.url).hostname or feed.url
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base} ({number})"
    taken.add(name.casefold())
    return name


def text(value: str) -> str:
    """A TOML string: JSON's escapes are a part of TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def feeds_opml(feeds: Sequence[Feed]) -> str:
    """The feeds as OPML 2.0; the first tag is the folder, all of them are categories."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "watcher"
    body = ET.SubElement(root, "body")
    folders: dict[str, ET.Element] = {}
    for feed in feeds:
        parent = body
        if feed.tags:
            folder = feed.tags[0]
            if folder not in folders:
                folders[folder] = ET.SubElement(body, "outline", text=folder, title=folder)
            parent = folders[folder]
        outline = ET.SubElement(parent, "outline", type="rss", text=feed.name, title=feed.name, xmlUrl=feed.url)
        categories = [tag for tag in feed.tags if "," not in tag]  # which parts them
        if len(feed.tags) > 1 and categories:
            outline.set("category", ",".join(categories))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
