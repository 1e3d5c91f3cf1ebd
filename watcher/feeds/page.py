"""The article on a web page, by trafilatura. Runs in the worker process."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.feeds.charset import decode
from watcher.feeds.clean import clean_block
from watcher.feeds.prepare import without_controls


@dataclass(frozen=True, slots=True)
class Page:
    """The text of an article's page, in plain paragraphs; empty where none was found."""

    text: str


def extract(body: bytes, content_type: str, url: str) -> Page:
    """The article's text on a page. Raises ImportError where trafilatura is not installed."""
    import trafilatura

    page = without_controls(decode(body, content_type))
    text = trafilatura.extract(page, url=url, include_comments=False, include_tables=False, favor_precision=True)
    return Page(clean_block((text or "").replace("\n", "\n\n")))  # it gives a line a paragraph
