"""An article, once it is parsed and cleaned, and where it stands in the news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SEPARATOR = "\n\n"
"""Stands between title and text in the string that statements' offsets count in."""


class FullText(StrEnum):
    """What became of fetching the page behind a feed's short text."""

    NONE = "none"  # not wanted or not tried
    FETCHED = "fetched"
    FAILED = "failed"  # refused by robots.txt, behind a paywall, or broken: the feed's text stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as the whole program knows it: plain text, no markup, safe to show.

    `published` is an aware UTC time; where the feed gives none, or one in the future, it is the
    time of first sight and `dated` is false. `text` is the longest text there is; `summary` is the
    feed's own, kept beside it when `text` came from the page. `story` is the id shared by copies
    of one story (a wire text in ten papers); it equals `id` for the first.
    """

    id: str
    url: str
    title: str
    text: str
    source: str  # the publisher, as shown to the reader
    published: datetime
    first_seen: datetime
    feed: str = ""  # name of the feed in the config; "" for seeds and replayed archives
    summary: str = ""
    story: str = ""
    dated: bool = True
    full_text: FullText = FullText.NONE

    @property
    def document(self) -> str:
        """Title and text as one string: what the detector reads and offsets refer to."""
        return self.title + SEPARATOR + self.text

    @property
    def reference(self) -> ArticleRef:
        """What a statement keeps of its article."""
        return ArticleRef(self.id, self.url, self.title, self.source, self.published, self.story or self.id, self.feed)


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """Where a statement stands written: enough to cite it and to count independent sources."""

    id: str
    url: str
    title: str
    source: str
    published: datetime
    story: str
    feed: str = ""
