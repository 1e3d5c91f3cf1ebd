"""Feeds whose guids tell nothing, over several polls of a real server: no article twice, and none lost."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from tests.engine.test_poller import TODAY, settings
from watcher.engine.poller import poll
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Row = tuple[str, str, str, int | None]
"""Title, link, text, and how many days old; without days it is not dated. Its guid is new with each request."""


class Feeds:
    """Feeds by path, whose guids change with each request."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        self.asked = 0

    async def serve(self, request: web.Request) -> web.Response:
        self.asked += 1
        items = ""
        for number, (title, link, text, days) in enumerate(self.rows[request.path]):
            date = "" if days is None else f"<pubDate>{format_datetime(TODAY - timedelta(days=days))}</pubDate>"
            where = f"<link>{link}</link>" if link else ""
            items += f"<item><guid>{self.asked}-{number}</guid>{where}<title>{title}</title>{date}"
            items += f"<description>{text}</description></item>"
        return web.Response(text=f'<rss version="2.0"><channel><title>N</title>{items}</channel></rss>')


@pytest.fixture
async def feeds() -> AsyncIterator[tuple[Feeds, str]]:
    found = Feeds()
    app = web.Application()
    app.router.add_get("/{path}", found.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield found, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def news(store: MemoryStore, *urls: str, day: int = 0) -> int:
    """How many articles one more poll brings."""
    return (await poll(settings(*urls), store, full=True, clock=lambda: TODAY + timedelta(days=day))).new_articles


def row(number: int, link: str = "", days: int | None = 0) -> Row:
    return (f"Talks {number}", link, f"The envoys met for the {number}th time.", days)


CASES: dict[str, list[Row]] = {
    "a page each": [row(n, f"https://paper.example/{n}") for n in range(4)],
    "no link": [row(n) for n in range(4)],
    "all link to the front page": [row(n, "https://paper.example/") for n in range(4)],
    "all link to one page": [row(n, "https://paper.example/live") for n in range(4)],
    "months old": [row(n, f"https://paper.example/{n}", 100) for n in range(4)],
    "not dated": [row(n, f"https://paper.example/{n}", None) for n in range(4)],
    "neither link nor date": [row(n, days=None) for n in range(4)],
}


@pytest.mark.parametrize("name", CASES)
async def test_guids_that_change_bring_no_article_twice(feeds: tuple[Feeds, str], name: str) -> None:
    site, url = feeds
    site.rows["/a"] = CASES[name]
    store = MemoryStore()
    assert [await news(store, f"{url}/a", day=day) for day in (0, 1, 30)] == [4, 0, 0]


async def test_nor_where_another_feed_told_of_their_pages_first(feeds: tuple[Feeds, str]) -> None:
    site, url = feeds
    site.rows["/a"] = [row(n, f"https://paper.example/{n}", 1) for n in range(4)]
    site.rows["/b"] = [(f"{title}, says a digest", link, text, 0) for title, link, text, _ in site.rows["/a"]]
    store = MemoryStore()
    assert await news(store, f"{url}/a") == 4
    assert [await news(store, f"{url}/a", f"{url}/b") for _ in range(3)] == [4, 0, 0]


async def test_warnings_of_one_name_on_one_page_are_each_kept(feeds: tuple[Feeds, str]) -> None:
    site, url = feeds
    page = "https://harbour.example/warnings"
    site.rows["/a"] = [("Gale warning", page, f"Warning {n}: no ships leave before {n} o'clock.", n) for n in range(4)]
    store = MemoryStore()
    assert await news(store, f"{url}/a") == 4


async def test_also_where_the_feed_shows_only_the_last(feeds: tuple[Feeds, str]) -> None:
    site, url = feeds
    store, page = MemoryStore(), "https://harbour.example/warnings"
    found = []
    for n in (3, 2, 1):
        site.rows["/a"] = [("Gale warning", page, f"Warning {n}: no ships leave before {n} o'clock.", n)]
        found.append(await news(store, f"{url}/a"))
    assert found == [1, 1, 1]
