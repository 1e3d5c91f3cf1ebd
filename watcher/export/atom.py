"""Shifts as an Atom feed (RFC 4287), so that other readers can subscribe to a board."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from watcher.export.words import link, quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ATOM = "http://www.w3.org/2005/Atom"
BEFORE_ANY = "1970-01-01T00:00:00Z"
"""`updated` is required: the time of a feed in which nothing has happened yet."""


def shifts_atom(shifts: Iterable[Mapping[str, Any]]) -> str:
    """The feed of shift records (`export.records.shifts`), newest first."""
    newest_first = sorted(shifts, key=updated, reverse=True)
    feed = ET.Element("feed", xmlns=ATOM)
    add(feed, "title", "watcher: shifts")
    add(feed, "subtitle", "Changes of stance by the parties that are watched")
    add(feed, "id", identity("feed"))
    add(feed, "updated", updated(newest_first[0]) if newest_first else BEFORE_ANY)
    add(add(feed, "author"), "name", "watcher")
    for shift in newest_first:
        feed.append(entry(shift))
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def entry(shift: Mapping[str, Any]) -> ET.Element:
    """One change of stance; its id stays the same from one export to the next."""
    statement = shift["statement"]
    article = statement["article"]
    change = f"{shift['from']} → {shift['to']}" if shift["from"] else shift["to"]
    element = ET.Element("entry")
    add(element, "title", f"{shift['topic']}: {shift['party']} {change}")
    add(element, "id", identity(f"{shift['topic']}\n{shift['party']}\n{shift['date']}\n{shift['to']}"))
    add(element, "updated", updated(shift))
    if url := link(article["url"]):
        add(element, "link", rel="alternate", href=url)
    add(element, "category", term=shift["topic"])
    who = statement["source"] or statement["claimed_by"] or shift["party"]
    where = article["source"] or article["title"]
    add(element, "content", f"{quotation(statement['sentence'])}\n{who}, {where}, {shift['date']}", type="text")
    return element


def updated(shift: Mapping[str, Any]) -> str:
    """When the words behind a shift were published."""
    return str(shift["statement"]["article"]["published"])


def identity(key: str) -> str:
    """A permanent id made from what identifies a thing."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"watcher:{key}").urn


def add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new element within `parent`."""
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element
