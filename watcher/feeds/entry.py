"""What a parser gives: items not yet cleaned, or the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Raw strings of one item; `texts` are its summaries and contents, `date` is as written.
    `link_names` is false where the link is no item's own."""

    guid: str
    link: str
    title: str
    texts: tuple[str, ...]
    date: str
    source: str = ""
    link_names: bool = True


class NotAFeed(ValueError):
    """The body is something else; the message says what it looks like."""
