"""An item as a parser gives it: nothing cleaned yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Raw strings of one item; `texts` are its summaries and contents, `date` is as written."""

    guid: str
    link: str
    title: str
    texts: tuple[str, ...]
    date: str
    source: str = ""
