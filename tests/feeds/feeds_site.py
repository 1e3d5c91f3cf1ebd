"""A real server on loopback whose answers each test writes, and small feeds to serve."""

from __future__ import annotations

import asyncio
import csv
import time
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from watcher.domain.feed import Feed, FeedState, FeedStatus
from watcher.domain.settings import PollSettings
from watcher.feeds.collect import FeedResult, collect

if TYPE_CHECKING:
    from watcher.domain.article import Article

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
SETTINGS = PollSettings(timeout=timedelta(seconds=5), max_body=2_000_000)
CAPTURED = Path(__file__).parents[3] / "shared" / "feeds"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """The server: `pages` by path, and what it was asked."""

    port: int = 0
    pages: dict[str, Answer] = field(default_factory=dict)
    requests: list[web.Request] = field(default_factory=list)
    busy: dict[str, int] = field(default_factory=dict)
    busiest: int = 0

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, body: bytes | str, path: str = "/feed", status: int = 200, **headers: str) -> str:
        """Answers with this body; header names are written with underscores. Returns the URL."""
        data = body.encode() if isinstance(body, str) else body
        fields = {name.replace("_", "-"): value for name, value in headers.items()}

        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(body=data, status=status, headers=fields)

        self.pages[path] = answer
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.put(b"", path, status, Location=to)

    def asked(self, path: str = "/feed") -> list[web.Request]:
        return [request for request in self.requests if request.path == path]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        host = request.host
        self.busy[host] = self.busy.get(host, 0) + 1
        self.busiest = max(self.busiest, self.busy[host])
        try:
            page = self.pages.get(request.path)
            return await page(request) if page else web.Response(status=404)
        finally:
            self.busy[host] -= 1


async def serving(site: Site) -> web.AppRunner:
    app = web.Application(handler_args={"max_field_size": 65_536, "max_line_size": 65_536})
    app.router.add_route("*", "/{path:.*}", site.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0).start()
    site.port = runner.addresses[0][1]
    return runner


async def raw_server(answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> asyncio.Server:
    """A server that speaks whatever bytes the test wants, where HTTP libraries would not."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    return await asyncio.start_server(handle, "127.0.0.1", 0)


async def poll(
    *urls: str,
    states: Mapping[str, FeedState] | None = None,
    settings: PollSettings = SETTINGS,
    full: bool = True,
    now: datetime = NOW,
    **options: object,
) -> list[FeedResult]:
    """Polls these URLs at `now`; `options` are the feeds' fields."""
    feeds = [replace(Feed(url=url, name=f"Feed {number}"), **options) for number, url in enumerate(urls)]  # type: ignore[arg-type]
    results = [result async for result in collect(feeds, states or {}, settings, full=full, now=lambda: now)]
    assert sorted(result.feed.url for result in results) == sorted(urls), "one result for every feed"
    return results


async def poll_one(url: str, state: FeedState | None = None, **options: object) -> FeedResult:
    """Polls one URL."""
    (result,) = await poll(url, states={url: state} if state else {}, **options)  # type: ignore[arg-type]
    return result


def rss(*items: str, head: str = "") -> str:
    """A small RSS feed around these items."""
    channel = f"<channel><title>News</title>{head}{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'


def item(
    number: int = 1, *, title: str = "", text: str = "", date: str = "Sat, 01 Mar 2025 10:00:00 GMT", **more: str
) -> str:
    """One RSS item; `title` and `text` are put in as they are, `more` are further elements."""
    fields = {
        "title": title or f"Envoys meet for round {number}",
        "link": f"https://news.example/{number}",
        "guid": f"item-{number}",
        "pubDate": date,
        "description": text or f"The delegations sat down for round {number} of the talks.",
    } | more
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value) + "</item>"


def only(result: FeedResult) -> Article:
    (article,) = result.articles
    return article


def captured() -> list[dict[str, str]]:
    """The index of the captured feeds; skips where they are missing."""
    if not (CAPTURED / "index.tsv").exists():
        pytest.skip("the captured feeds are not here")
    with (CAPTURED / "index.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


async def beside_a_healthy_feed(site: Site, body: bytes | str, **headers: str) -> FeedResult:
    """Polls a hostile body and a healthy feed together; the healthy one must come through."""
    good, bad = site.put(rss(item(1)), "/good"), site.put(body, "/bad", **headers)
    began = time.monotonic()
    results = {result.feed.url: result for result in await poll(good, bad)}
    assert time.monotonic() - began < 12
    assert results[good].state.status is FeedStatus.OK
    assert len(results[good].articles) == 1
    hostile = results[bad]
    for article in hostile.articles:
        assert_harmless(article.title)
        assert_harmless(article.text.replace("\n", " "))
    return hostile


def assert_harmless(text: str) -> None:
    assert not [
        c for c in text if unicodedata.category(c) in {"Cc", "Cs", "Cn"} or c in "\u2028\u2029\u200b\u202e\u2066"
    ]
    text.encode()
