"""OPML, the list of feeds that readers exchange: folders are tags here."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from watcher.config.problems import Problem
from watcher.config.values import address, told_apart
from watcher.domain.feed import Feed
from watcher.feeds.clean import clean
from watcher.feeds.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

LONGEST_NAME = 200
"""Characters of a feed's or a folder's name."""

KINDS = frozenset({"rss", "rss1", "atom", "link", "include"})
"""Types of outlines that stand for a feed; one without address is missed."""


def read_opml(raw: bytes, on_odd: Callable[[str], None] = lambda reason: None) -> list[Feed]:
    """The feeds of an OPML document, each address once with the tags of all its places, in its order.

    `on_odd` is told of each that cannot be taken, and why. Raises ValueError with the reason.
    """
    if b"<!ENTITY" in raw:
        raise ValueError("declares entities, which no list of feeds needs")
    try:
        root = ET.fromstring(prepare(raw))  # noqa: S314 - what is prepared has no entities
    except ET.ParseError as error:
        raise ValueError(f"not OPML: {error}") from None
    if name_of(root) != "opml":
        raise ValueError(f"not OPML: it begins with <{clean(name_of(root))[:40]}>")
    body = next((child for child in root if name_of(child) == "body"), None)
    if body is None:
        raise ValueError("not OPML: it has no body")
    found: dict[str, Feed] = {}
    try:
        for feed in outlines(body, (), on_odd):
            first = found.get(told_apart(feed.url), feed)
            tags = dict.fromkeys((*first.tags, *feed.tags))
            found[told_apart(feed.url)] = replace(first, tags=tuple(tags))
    except RecursionError:
        raise ValueError("its folders are nested too deeply") from None
    return list(found.values())


def outlines(parent: ET.Element, folders: tuple[str, ...], on_odd: Callable[[str], None]) -> Iterator[Feed]:
    """The feeds below an element; the names of the folders around them are their tags."""
    for outline in parent:
        if name_of(outline) != "outline":
            continue
        values = {key.lower(): value for key, value in outline.attrib.items()}
        name = clean(values.get("text") or values.get("title") or "")[:LONGEST_NAME]
        written = values.get("xmlurl", "").strip()
        if url := feed_address(written):
            categories = (part.strip("/ ") for part in clean(values.get("category", "")).split(","))
            tags = dict.fromkeys(tag for tag in (*folders, *categories) if tag)
            yield Feed(url=url, name=name, tags=tuple(tags))
        elif written:
            on_odd(f'"{name}" has an address that cannot be polled: {clean(written)[:100]}')
        elif values.get("type", "").lower() in KINDS:
            on_odd(f'"{name}" has no xmlUrl')
        yield from outlines(outline, (*folders, name) if name and not written else folders, on_odd)


def name_of(element: ET.Element) -> str:
    """An element's name in lower case and without its namespace: some write OPML in capitals, some give it one."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def feed_address(url: str) -> str:
    """The address as the config takes it, of `feed:` too; empty if no feed can be polled there."""
    scheme, _, rest = url.partition(":")
    url = f"{scheme.lower()}:{rest}"
    if url.startswith("feed:"):
        url = url.removeprefix("feed:").removeprefix("//")
        url = url if url.startswith("http") else f"https://{url}"
    try:
        address(url, ())
    except Problem:
        return ""
    return url


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
    """The feeds as OPML 2.0: in the folder of their first tag, with all tags as categories, and once more in the
    folder of a tag that is no category: a comma parts those."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "watcher"
    body = ET.SubElement(root, "body")
    folders: dict[str, ET.Element] = {"": body}
    for feed in feeds:
        categories = [tag for tag in feed.tags if tag == tag.strip("/ ") and "," not in tag]
        places = [*feed.tags[:1], *(tag for tag in feed.tags[1:] if tag not in categories)]
        for folder in places or [""]:
            if folder not in folders:
                folders[folder] = ET.SubElement(body, "outline", text=folder, title=folder)
            parent = folders[folder]
            outline = ET.SubElement(parent, "outline", type="rss", text=feed.name, title=feed.name, xmlUrl=feed.url)
            if len(feed.tags) > 1 and categories:
                outline.set("category", ",".join(categories))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
