"""A poll as the poller sees it: who is asked, in what state each feed ends, what it brings."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from tests.feeds.feeds_site import NOW, SETTINGS, Site, item, only, poll, poll_one, rss
from watcher.domain.feed import Feed, FeedState, FeedStatus
from watcher.feeds.collect import collect


async def test_an_article_is_what_the_feed_says(site: Site) -> None:
    text = "&lt;p&gt;The envoys &lt;b&gt;met&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;They will meet again.&lt;/p&gt;"
    article = only(await poll_one(site.put(rss(item(3, text=text))), name="Gazette"))
    assert article.title == "Envoys meet for round 3"
    assert article.text == "The envoys met.\n\nThey will meet again."
    assert article.url == "https://news.example/3"
    assert (article.source, article.feed) == ("Gazette", "Gazette")
    assert (article.published.isoformat(), article.dated) == ("2025-03-01T10:00:00+00:00", True)
    assert (article.first_seen, article.story) == (NOW, article.id)


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>f</id>
<updated>2025-03-01T10:00:00Z</updated><entry><id>tag:1</id><title type="html">Envoys &amp;amp; ministers</title>
<link rel="alternate" href="/story"/><published>2025-03-01T09:00:00Z</published><updated>2025-03-01T10:00:00Z</updated>
<content type="html">&lt;p&gt;They met.&lt;/p&gt;</content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [{"id": 7, "url": "/story",
"title": "Envoys & ministers", "content_html": "<p>They met.</p>", "date_published": "2025-03-01T09:00:00Z"},
"junk", null]}"""


@pytest.mark.parametrize("body", [ATOM, JSON], ids=["atom", "json"])
async def test_atom_and_json_are_read_like_rss(site: Site, body: str) -> None:
    article = only(await poll_one(site.put(body)))
    assert (article.title, article.text, article.url) == ("Envoys & ministers", "They met.", site.url("/story"))
    assert article.published.isoformat() == "2025-03-01T09:00:00+00:00"


async def test_an_aggregators_item_names_the_paper_it_is_from(site: Site) -> None:
    body = rss(item(1), item(2).replace("</item>", '<source url="https://herald.example">The Herald</source></item>'))
    assert [one.source for one in (await poll_one(site.put(body))).articles] == ["Feed 0", "The Herald"]


async def test_who_is_not_asked_and_what_is_said_of_them(site: Site) -> None:
    site.put(rss(item()))
    urls = {name: site.url(f"/{name}") for name in ("fresh", "failing", "gone", "off", "told")}
    soon = NOW + timedelta(minutes=20)
    states = {
        urls["fresh"]: FeedState(url=urls["fresh"], last_poll=NOW, next_try=soon, items=3),
        urls["failing"]: FeedState(
            url=urls["failing"], status=FeedStatus.TIMEOUT, error="slow", failures=1, last_poll=NOW, next_try=soon
        ),
        urls["gone"]: FeedState(url=urls["gone"], status=FeedStatus.GONE, http=410, failures=1, last_poll=NOW),
        urls["told"]: FeedState(
            url=urls["told"],
            status=FeedStatus.HTTP_ERROR,
            http=503,
            failures=1,
            last_poll=NOW,
            next_try=soon,
            told_by="127.0.0.1",
        ),
    }
    feeds = [Feed(url=url, name=name, enabled=name != "off") for name, url in urls.items()]

    async def ended(full: bool) -> dict[str, FeedStatus]:
        results = [r async for r in collect(feeds, states, SETTINGS, full=full, now=lambda: NOW)]
        assert all(not r.articles and r.state.url == r.feed.url for r in results if not r.asked)
        return {r.feed.name: r.state.status for r in results if not r.asked}

    assert await ended(full=False) == {
        "fresh": FeedStatus.OK,
        "failing": FeedStatus.BACKING_OFF,
        "gone": FeedStatus.GONE,
        "off": FeedStatus.DISABLED,
        "told": FeedStatus.BACKING_OFF,
    }
    assert site.requests == []
    assert await ended(full=True) == {
        "gone": FeedStatus.GONE,
        "off": FeedStatus.DISABLED,
        "told": FeedStatus.BACKING_OFF,
    }
    assert {request.path for request in site.requests} == {"/fresh", "/failing"}


async def test_cron_beating_a_little_early_is_no_lost_poll(site: Site) -> None:
    state = (await poll_one(site.put(rss(item())))).state
    assert state.next_try == NOW + timedelta(minutes=30)
    early = await poll_one(site.url(), state, full=False, now=NOW + timedelta(minutes=29, seconds=30))
    assert early.asked
    much = await poll_one(site.url(), state, full=False, now=NOW + timedelta(minutes=20))
    assert not much.asked


async def test_a_clock_set_back_does_not_put_feeds_to_sleep(site: Site) -> None:
    state = (await poll_one(site.put(rss(item())), now=NOW + timedelta(days=400))).state
    assert (await poll_one(site.url(), state, full=False)).asked


async def test_a_feed_whose_newest_item_is_old_is_stale_and_a_slow_one_is_not(site: Site) -> None:
    daily = [item(n, date=f"{n:02d} Jan 2025 00:00:00 GMT") for n in range(1, 20)]
    months = ["Oct 2024", "Nov 2024", "Dec 2024", "Jan 2025"]
    monthly = [item(n, date=f"01 {month} 00:00:00 GMT") for n, month in enumerate(months)]
    daily_url, monthly_url = site.put(rss(*daily), "/daily", ETag='"1"'), site.put(rss(*monthly), "/monthly")
    results = {r.feed.url: r for r in await poll(daily_url, monthly_url)}
    stale = results[daily_url]
    assert stale.state.status is FeedStatus.STALE
    assert "19 January 2025" in stale.state.error
    assert len(stale.articles) == 19
    assert results[monthly_url].state.status is FeedStatus.OK
    site.put(b"", "/daily", 304)
    assert (await poll_one(daily_url, stale.state)).state.status is FeedStatus.STALE


async def test_a_feed_without_items_is_empty(site: Site) -> None:
    result = await poll_one(site.put(rss(), ETag='"1"'))
    assert (result.state.status, result.articles) == (FeedStatus.EMPTY, ())
    unchanged = await poll_one(site.url(), result.state)
    site.put(b"", status=304)
    not_modified = await poll_one(site.url(), unchanged.state)
    for again, code in ((unchanged, 200), (not_modified, 304)):
        assert (again.state.status, again.state.http) == (FeedStatus.EMPTY, code)
        assert "without items" in again.state.error
    cut = await poll_one(site.put(rss()[:60], "/cut"))
    assert cut.state.status is FeedStatus.NOT_A_FEED


async def test_a_failure_keeps_what_was_known(site: Site) -> None:
    before = (await poll_one(site.put(rss(item(1), item(2)), ETag='"1"'))).state
    site.put("<html><body><form><input type='password'></form></body></html>")
    after = (await poll_one(site.url(), before, now=NOW + timedelta(hours=1))).state
    assert after.status is FeedStatus.NOT_A_FEED
    assert "login" in after.error
    assert (after.items, after.etag, after.body_hash) == (2, '"1"', before.body_hash)
    assert (after.last_success, after.newest_item) == (before.last_success, before.newest_item)
    assert after.last_poll == NOW + timedelta(hours=1)


async def test_a_page_that_names_its_feed_is_asked_for_it(site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">'
    page = f"<!doctype html><html><head><title>Gazette</title>{link}</head><body></body></html>"
    state = (await poll_one(site.put(page))).state
    assert state.error == f"the answer is a web page, not a feed (Gazette); it names a feed: {site.url('/news.xml')}"


async def test_a_warning_before_the_feed_does_not_hide_it(site: Site) -> None:
    only(await poll_one(site.put("Warning: Undefined index in feed.php on line 3\n" + rss(item()))))


async def test_results_come_as_they_are_done(site: Site) -> None:
    release = asyncio.Event()

    async def late(request: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response(text=rss(item()))

    site.pages["/late"] = late
    feeds = [Feed(url=site.url("/late", "127.0.0.2"), name="late"), Feed(url=site.put(rss(item())), name="prompt")]
    order = []
    async for result in collect(feeds, {}, SETTINGS, now=lambda: NOW):
        order.append(result.feed.name)
        release.set()
    assert order == ["prompt", "late"]


def children() -> set[int]:
    """The worker processes of this process."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            found.add(int(path.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes in /proc")
async def test_a_poll_that_is_broken_off_leaves_nothing_behind(site: Site) -> None:
    async def hang(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    site.pages["/hang"] = hang
    feeds = [Feed(url=site.url("/hang", "127.0.0.2")), Feed(url=site.put(rss(item())))]
    before = children()
    run = collect(feeds, {}, SETTINGS, now=lambda: NOW)
    async for _ in run:
        break
    await run.aclose()
    assert children() <= before


async def test_two_feeds_of_one_url_are_both_answered(site: Site) -> None:
    url = site.put(rss(item()))
    feeds = [Feed(url=url, name="one"), Feed(url=url, name="two")]
    assert len([r async for r in collect(feeds, {}, SETTINGS, now=lambda: NOW)]) == 2


async def test_no_feeds_is_no_work() -> None:
    assert [r async for r in collect([], {}, SETTINGS)] == []
