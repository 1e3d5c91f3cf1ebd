"""An item as a parser gives it: nothing cleaned yet."""

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
