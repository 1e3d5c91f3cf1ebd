"""The page behind a feed's short text: fetched as politely as the feeds, and only where robots.txt lets us."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watcher.domain.article import FullText
from watcher.domain.feed import FeedStatus
from watcher.feeds.charset import decode
from watcher.feeds.fetch import Fetcher
from watcher.feeds.pool import Killed, Pool
from watcher.feeds.worker import Job

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Sequence

    from protego import Protego

    from watcher.domain.article import Article
    from watcher.domain.feed import Feed
    from watcher.domain.settings import PollSettings

SHORT = 1_000
"""Characters from which a feed's own text is taken for the whole article, with `auto`."""

READING_LIMIT = 8.0
"""Seconds that finding the article on a page may take."""

LONGEST_RULES = 500_000
"""Bytes of a robots.txt that are read (RFC 9309, section 2.5)."""

SAME = 0.5
"""The share of the feed's own words that a page must hold: a paywall or a cookie wall holds few."""

PAGES = "text/html, application/xhtml+xml"
AGENT = "watcher"

_WORD = re.compile(r"\w{4,}")


def wanted(article: Article, feed: Feed) -> bool:
    """Whether the page of an article should be fetched: by the feed's setting, once, if its text is short."""
    if feed.full_text == "never" or article.full_text is not FullText.NONE or not article.url:
        return False
    return feed.full_text == "always" or len(article.text) < SHORT


async def full_texts(
    articles: Sequence[tuple[Article, Feed]], settings: PollSettings, refusing: Iterable[str] = ()
) -> AsyncGenerator[tuple[Article, Feed]]:
    """Fetches the pages of these articles and yields each article as its page is done.

    Hosts that are `refusing` requests (429) get none.
    With FETCHED, `text` is the page's and `summary` the feed's own; with FAILED the feed's text
    stands. Never raises for what a page does.
    """
    if not articles:
        return
    async with Fetcher(settings) as fetcher, Pool(pages=True) as pool:
        fetcher.hosts.refusing.update(refusing)
        pages = _Pages(fetcher, pool)
        tasks = [asyncio.create_task(pages.read(article, feed)) for article, feed in articles]
        try:
            for done in asyncio.as_completed(tasks):
                yield await done
        finally:
            await pages.stop(tasks)


class _Pages:
    """Reads pages; what each site's robots.txt says is asked once."""

    def __init__(self, fetcher: Fetcher, pool: Pool) -> None:
        self._fetcher, self._pool = fetcher, pool
        self._robots: dict[str, asyncio.Task[Protego | None]] = {}

    async def stop(self, tasks: Sequence[asyncio.Task[tuple[Article, Feed]]]) -> None:
        """Ends whatever is under way."""
        under_way = [*tasks, *self._robots.values()]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def read(self, article: Article, feed: Feed) -> tuple[Article, Feed]:
        """The article with its page's text, or with the mark that there is none to be had."""
        try:
            text = await self._text(article, feed)
        except Exception:  # our own mistake on some page: the feed's text stands
            text = None
        if text is None:
            return replace(article, full_text=FullText.FAILED), feed
        return replace(article, text=text, summary=article.text, full_text=FullText.FETCHED), feed

    async def _text(self, article: Article, feed: Feed) -> str | None:
        page = await self._fetcher.get(
            article.url,
            own=feed.url,
            allow_private=feed.allow_private,
            accept=PAGES,
            may=lambda url: self._allowed(url, feed),
        )
        if page.status is not FeedStatus.OK or not page.content_type.lower().startswith(tuple(PAGES.split(", "))):
            return None
        try:
            answer = await self._pool.run(Job(page.body, page.content_type, "", page.url, READING_LIMIT, page=True))
        except Killed:
            return None
        text = answer.page.text if answer.page else ""
        text = text.removeprefix(f"{article.title}\n\n")  # the headline, which stands above the text already
        return text if is_the_article(text, article) else None

    async def _allowed(self, url: str, feed: Feed) -> bool:
        """Whether robots.txt of a page's site lets us fetch it (RFC 9309)."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        if site not in self._robots:
            self._robots[site] = asyncio.create_task(self._rules(site, feed))
        rules = await asyncio.shield(self._robots[site])
        return rules is not None and bool(rules.can_fetch(url, AGENT))

    async def _rules(self, site: str, feed: Feed) -> Protego | None:
        """What robots.txt says, nothing if the site has none; None if it cannot be reached."""
        from protego import Protego

        found = await self._fetcher.get(f"{site}/robots.txt", own=feed.url, allow_private=feed.allow_private)
        if found.status is FeedStatus.OK:
            text = decode(found.body[:LONGEST_RULES], found.content_type)
            if len(found.body) > LONGEST_RULES:
                text = text[: text.rfind("\n") + 1]  # half a rule may forbid more than the whole
            return Protego.parse(text)
        return Protego.parse("") if found.http and 400 <= found.http < 500 and found.http != 429 else None


def is_the_article(text: str, article: Article) -> bool:
    """Whether a page's text is the article that the feed told of, and more of it than the feed gave."""
    if len(text) <= len(article.text):
        return False
    known = set(_WORD.findall(f"{article.title} {article.text}".casefold()))
    return len(known & set(_WORD.findall(text.casefold()))) >= SAME * len(known)
