"""A poll from a real server to the board: what comes in, what it changes, what fails."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from watcher.domain.article import FullText
from watcher.domain.feed import Feed, FeedStatus
from watcher.domain.settings import Settings
from watcher.domain.topic import Alias, Party, Topic
from watcher.engine.library import Library
from watcher.engine.poller import poll
from watcher.errors import StoreError
from watcher.store.memory import MemoryStore
from watcher.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TODAY = datetime(2025, 5, 10, 12, tzinfo=UTC)
TREATY = Topic(
    name="Canal treaty",
    target="Arland and Borland sign the canal treaty",
    match='"canal treaty"',
    target_terms=("canal treaty",),
    parties=(Party("Arland", (Alias("Arland"),)), Party("Borland", (Alias("Borland"),))),
)


class Paper:
    """A newspaper with one feed that a test edits, on a real server."""

    def __init__(self) -> None:
        self.items: list[tuple[str, str, str]] = []
        self.status = 200
        self.pages: dict[str, str] = {}
        self.read: list[str] = []  # pages asked for, and robots.txt
        self.link = "https://paper.example"
        self.asked = 0
        self.hanging = asyncio.Event()

    async def hang(self, request: web.Request) -> web.Response:
        """The feed, once what it waits for has come."""
        await self.hanging.wait()
        return await self.serve(request)

    async def page(self, request: web.Request) -> web.Response:
        self.read.append(request.path)
        text = self.pages.get(request.match_info["guid"])
        if text is None:
            return web.Response(status=404, text="no such page")
        body = "".join(f"<p>{paragraph}</p>" for paragraph in text.splitlines())
        return web.Response(text=f"<html><body><article>{body}</article></body></html>", content_type="text/html")

    async def serve(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.status != 200:
            return web.Response(status=self.status, text="no")
        items = "".join(
            f"<item><guid>{guid}</guid><link>{self.link}/{guid}</link><title>{title}</title>"
            f"<description>{text}</description>"
            f"<pubDate>{format_datetime(TODAY - timedelta(hours=9 - int(guid)))}</pubDate></item>"
            for guid, title, text in self.items
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml")


@pytest.fixture
async def paper() -> AsyncIterator[tuple[Paper, str]]:
    paper = Paper()
    app = web.Application()
    app.router.add_get("/feed", paper.serve)
    app.router.add_get("/hanging", paper.hang)
    app.router.add_get("/{guid}", paper.page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", 0)
    await site.start()
    yield paper, f"http://127.0.0.1:{runner.addresses[0][1]}/feed"
    await runner.cleanup()


def settings(*urls: str, full_text: str = "never") -> Settings:
    feeds = tuple(Feed(name=f"Paper {n}", url=url, full_text=full_text) for n, url in enumerate(urls))
    return Settings(path=Path("config.toml"), topics=(TREATY,), feeds=feeds)


async def test_news_moves_the_board(paper: tuple[Paper, str]) -> None:
    page, url = paper
    store = MemoryStore()
    library = Library(settings(url), store)
    page.items = [
        ("1", "Borland rejects the canal treaty", "Borland said on Friday that it opposes the canal treaty."),
        ("2", "Harvest begins", "Farmers in Arland are content."),
    ]
    events: list[dict[str, object]] = []
    report = await poll(library.settings, store, on_event=events.append, clock=lambda: TODAY)
    assert (report.new_articles, report.matched) == (2, 1)
    assert report.statements >= 1
    assert [event["event"] for event in events] == ["start", "feed", "stored", "shift", "done"]
    library.forget()
    row = library.board(TREATY, date(2025, 5, 10)).row("Borland")
    assert row is not None
    assert row.stance == "oppose"
    assert row.latest is not None
    assert row.latest.article.url == "https://paper.example/1"

    page.items.insert(0, ("3", "Borland signs canal treaty", "Borland signed the canal treaty on Saturday."))
    report = await poll(library.settings, store, full=True, clock=lambda: TODAY)
    assert (report.new_articles, report.matched) == (1, 1)
    library.forget()
    row = library.board(TREATY, date(2025, 5, 10)).row("Borland")
    assert row is not None
    assert row.stance == "support"


async def test_a_changed_headline_is_an_edit_and_an_unchanged_feed_brings_nothing(paper: tuple[Paper, str]) -> None:
    page, url = paper
    store = MemoryStore()
    page.items = [("1", "Borland rejects the canal treaty", "Borland said that it opposes the canal treaty.")]
    await poll(settings(url), store, clock=lambda: TODAY)
    again = await poll(settings(url), store, full=True, clock=lambda: TODAY)
    assert (again.new_articles, again.matched) == (0, 0)
    page.items = [("1", "Borland: no to the canal treaty", "Borland said that it opposes the canal treaty.")]
    edited = await poll(settings(url), store, full=True, clock=lambda: TODAY)
    assert edited.new_articles == 0
    assert [headline.title for headline in store.headlines()] == ["Borland: no to the canal treaty"]


async def test_a_failing_feed_stops_no_other_and_is_told(paper: tuple[Paper, str], unused_tcp_port: int) -> None:
    page, url = paper
    page.items = [("1", "Borland rejects the canal treaty", "Borland said that it opposes the canal treaty.")]
    store = MemoryStore()
    dead = f"http://127.0.0.1:{unused_tcp_port}/feed"
    report = await poll(settings(dead, url), store, clock=lambda: TODAY)
    states = {feed.url: feed for feed in report.feeds}
    assert states[url].status is FeedStatus.OK
    assert states[dead].status is FeedStatus.HTTP_ERROR
    assert states[dead].error
    assert not report.failed
    assert report.new_articles == 1
    page.status = 500
    assert (await poll(settings(dead, url), store, full=True, clock=lambda: TODAY)).failed
    assert store.feed_states()[url].status is FeedStatus.HTTP_ERROR
    assert len(store.headlines()) == 1


FILLER = "The treaty has been on the table since the spring, and both sides have sent envoys to the capital. " * 6


async def test_a_feed_that_hangs_does_not_hold_back_what_the_others_brought(paper: tuple[Paper, str]) -> None:
    page, url = paper
    page.items = [("1", "Harvest begins", "Farmers are content.")]
    page.hanging = asyncio.Event()
    store, told = MemoryStore(), []

    def tell(event: dict[str, object]) -> None:
        told.append(event["event"])
        if event["event"] == "stored":
            page.hanging.set()

    hung = url.replace("127.0.0.1", "127.0.0.2").replace("/feed", "/hanging")
    report = await poll(settings(url, hung), store, clock=lambda: TODAY, on_event=tell)
    assert [feed.status for feed in report.feeds] == [FeedStatus.OK, FeedStatus.OK]
    assert told == ["start", "feed", "stored", "feed", "stored", "done"]


async def test_a_feed_that_is_gone_is_asked_again_only_if_it_is_asked_for_by_name(paper: tuple[Paper, str]) -> None:
    page, url = paper
    page.status = 410
    store = MemoryStore()
    (gone,) = (await poll(settings(url), store, clock=lambda: TODAY)).feeds
    assert gone.status is FeedStatus.GONE
    page.status, page.items = 200, [("1", "Harvest begins", "Farmers are content.")]
    for full in (False, True):
        later = await poll(settings(url), store, full=full, clock=lambda: TODAY + timedelta(days=9))
        assert (later.feeds[0].status, later.new_articles, page.asked) == (FeedStatus.GONE, 0, 1)
    back = await poll(settings(url), store, only="Paper 0", clock=lambda: TODAY)
    assert (back.feeds[0].status, back.new_articles) == (FeedStatus.OK, 1)
    again = await poll(settings(url), store, full=True, clock=lambda: TODAY)
    assert (again.feeds[0].status, page.asked) == (FeedStatus.NOT_MODIFIED, 3)


async def test_the_page_behind_a_short_text_is_read_too(paper: tuple[Paper, str]) -> None:
    page, url = paper
    page.link = url.removesuffix("/feed")
    teaser = "Ministers met on Friday over the canal treaty."
    page.items = [("1", "Talks on the canal treaty", teaser), ("2", "Canal treaty: a look back", "Years of talks.")]
    page.pages["1"] = f"{teaser} {FILLER}\nArland rejects the canal treaty, its foreign minister said. {FILLER}"
    store = MemoryStore()
    report = await poll(settings(url, full_text="auto"), store, clock=lambda: TODAY)
    assert (report.new_articles, report.matched) == (2, 2)
    read, failed = sorted(store.articles(), key=lambda article: article.url)
    assert (read.full_text, failed.full_text) == (FullText.FETCHED, FullText.FAILED)
    assert read.summary == teaser
    assert "Arland rejects" in read.text
    assert failed.text == "Years of talks."
    assert [(s.party, s.stance) for s in store.statements(TREATY.name)] == [("Arland", "oppose")]
    assert report.statements == 1

    again = await poll(settings(url, full_text="auto"), store, full=True, clock=lambda: TODAY)
    assert (again.new_articles, again.matched, again.statements) == (0, 0, 0)
    assert store.article(read.id) == read


async def test_a_host_that_asks_for_fewer_requests_is_not_asked_for_pages(paper: tuple[Paper, str]) -> None:
    page, url = paper
    page.link = url.removesuffix("/feed")
    page.items = [("1", "Talks on the canal treaty", "Ministers met on Friday over the canal treaty.")]
    page.pages["1"] = f"Ministers met on Friday over the canal treaty. {FILLER}"

    def tell(event: dict[str, object]) -> None:
        if event["event"] == "feed":  # the first has come; the other is now refused
            page.status = 429
            page.hanging.set()

    store = MemoryStore()
    both = settings(url, url.replace("/feed", "/hanging"), full_text="auto")
    report = await poll(both, store, clock=lambda: TODAY, on_event=tell)
    assert sorted(feed.http or 0 for feed in report.feeds) == [200, 429]
    (article,) = store.articles()
    assert article.full_text is FullText.FAILED
    assert page.read == []


async def test_a_poll_with_nothing_due_writes_nothing(paper: tuple[Paper, str], tmp_path: Path) -> None:
    news, url = paper
    news.items = [("1", "Arland signs the canal treaty", "Arland signed the canal treaty.")]
    store = open_store(tmp_path)
    await poll(settings(url), store, clock=lambda: TODAY)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    await poll(settings(url), store, clock=lambda: TODAY + timedelta(minutes=1))
    assert news.asked == 1
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


async def test_a_clock_that_was_set_back_keeps_no_feed_from_a_full_poll(paper: tuple[Paper, str]) -> None:
    news, url = paper
    store = MemoryStore()
    for asked, day in enumerate((TODAY + timedelta(days=900), TODAY), 1):
        await poll(settings(url), store, full=True, clock=lambda day=day: day)
        assert news.asked == asked


async def test_no_feed_is_asked_where_nothing_can_be_written(paper: tuple[Paper, str], tmp_path: Path) -> None:
    news, url = paper
    open_store(tmp_path).close()
    with pytest.raises(StoreError, match="reading only"):
        await poll(settings(url), open_store(tmp_path, read_only=True), clock=lambda: TODAY)
    assert news.asked == 0


async def test_no_network_at_all_is_held_against_no_feed(unused_tcp_port: int) -> None:
    away = settings(f"http://127.0.0.1:{unused_tcp_port}/feed", f"http://127.0.0.2:{unused_tcp_port}/feed")
    store = MemoryStore()
    await poll(away, store, clock=lambda: TODAY)
    for state in store.feed_states().values():
        assert state.status is FeedStatus.HTTP_ERROR
        assert state.failures == 0
        assert state.next_try == TODAY + timedelta(minutes=2)


async def test_one_answer_shows_that_there_is_a_network(paper: tuple[Paper, str], unused_tcp_port: int) -> None:
    news, url = paper
    news.status = 500
    some = settings(f"http://127.0.0.2:{unused_tcp_port}/feed", url)
    store = MemoryStore()
    await poll(some, store, clock=lambda: TODAY)
    assert [state.failures for state in store.feed_states().values()] == [1, 1]
    assert all(state.next_try > TODAY + timedelta(minutes=10) for state in store.feed_states().values())
