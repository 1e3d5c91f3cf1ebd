"""What goes over the wire: headers, redirects, addresses, one request a host at a time."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from tests.feeds.feeds_site import NOW, SETTINGS, Site, item, only, poll, poll_one, raw_server, rss
from watcher import __version__
from watcher.domain.feed import FeedState, FeedStatus

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_request_says_who_asks_and_nothing_else(site: Site) -> None:
    await poll_one(site.put(rss(item()), Set_Cookie="id=1"), settings=replace(SETTINGS, contact="mailto:a@b.example"))
    await poll_one(site.url())
    first, second = site.requests
    assert first.headers["User-Agent"] == f"Mozilla/5.0 (compatible; watcher/{__version__}; +mailto:a@b.example)"
    assert second.headers["User-Agent"] == f"Mozilla/5.0 (compatible; watcher/{__version__})"
    for request in site.requests:
        assert not {"Cookie", "Referer", "Authorization", "If-None-Match"} & set(request.headers)
        assert {"gzip", "br"} <= set(request.headers["Accept-Encoding"].split(", "))


async def test_etag_and_last_modified_come_back_as_they_were(site: Site) -> None:
    etag, modified = 'W/"a--\'b;c,d"', "sometime last Tuesday"
    site.put(rss(item()), ETag=etag, Last_Modified=modified)
    state = (await poll_one(site.url())).state
    site.put(b"", status=304)
    result = await poll_one(site.url(), state)
    assert site.requests[1].headers["If-None-Match"] == etag
    assert site.requests[1].headers["If-Modified-Since"] == modified
    assert (result.state.status, result.state.http, result.articles) == (FeedStatus.NOT_MODIFIED, 304, ())
    assert (result.state.etag, result.state.items, result.state.newest_item) == (etag, 1, state.newest_item)


async def test_an_etag_too_long_to_send_back_is_forgotten(site: Site) -> None:
    state = (await poll_one(site.put(rss(item()), ETag='"' + "a" * 8_192 + '"'))).state
    assert (state.status, state.etag) == (FeedStatus.OK, "")


async def test_a_body_like_the_last_one_is_not_read_again(site: Site) -> None:
    state = (await poll_one(site.put(rss(item())))).state
    result = await poll_one(site.url(), state)
    assert (result.state.status, result.state.http, result.articles) == (FeedStatus.NOT_MODIFIED, 200, ())


async def test_one_request_a_host_at_a_time_and_several_hosts_at_once(site: Site) -> None:
    everywhere = 0
    most = 0

    async def slow(request: web.Request) -> web.StreamResponse:
        nonlocal everywhere, most
        everywhere += 1
        most = max(most, everywhere)
        await asyncio.sleep(0.05)
        everywhere -= 1
        return web.Response(text=rss(item()))

    site.pages = {f"/{n}": slow for n in range(4)}
    await poll(*(site.url(f"/{n}", f"127.0.0.{host}") for n in range(4) for host in range(1, 6)))
    assert site.busiest == 1
    assert most == 5


async def test_concurrency_is_a_limit_in_all(site: Site) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.05)
        return web.Response(text=rss(item()))

    site.pages = {"/feed": slow}
    began = time.monotonic()
    settings = replace(SETTINGS, concurrency=2)
    await poll(*(site.url("/feed", f"127.0.0.{host}") for host in range(1, 9)), settings=settings)
    assert time.monotonic() - began >= 0.2


async def test_a_host_that_hangs_takes_the_deadline_once_and_its_other_feeds_come_through(site: Site) -> None:
    async def hang(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    site.pages = {"/0": hang, "/1": hang, "/2": hang}
    good = [site.put(rss(item(n)), f"/{n}") for n in range(3, 6)]
    settings = replace(SETTINGS, timeout=timedelta(seconds=2))
    began = time.monotonic()
    results = {
        result.feed.url: result
        for result in await poll(*(site.url(f"/{n}") for n in range(3)), *good, settings=settings)
    }
    assert time.monotonic() - began < 6, "one after the other"
    assert Counter(result.state.status for result in results.values()) == {FeedStatus.TIMEOUT: 3, FeedStatus.OK: 3}
    assert all(results[url].state.status is FeedStatus.OK for url in good)
    assert "2 s" in results[site.url("/0")].state.error


async def test_failures_say_what_is_wrong(site: Site) -> None:
    site.pages = {}
    closed = await raw_server(_closes)
    port = closed.sockets[0].getsockname()[1]
    closed.close()
    await closed.wait_closed()
    expected = {
        site.url("/nowhere"): (FeedStatus.HTTP_ERROR, 404, "not found"),
        site.put(b"", "/secret", 401): (FeedStatus.HTTP_ERROR, 401, "password"),
        site.put(b"", "/broken", 500): (FeedStatus.HTTP_ERROR, 500, "failed"),
        site.put(b"", "/withheld", 451): (FeedStatus.HTTP_ERROR, 451, "legal"),
        site.put(b"", "/edge", 520): (FeedStatus.HTTP_ERROR, 520, "failed"),
        site.put(rss(item()), "/part", 206): (FeedStatus.HTTP_ERROR, 206, "Partial"),
        site.put(b"", "/odd", 418): (FeedStatus.HTTP_ERROR, 418, "Teapot"),
        f"http://127.0.0.1:{port}/": (FeedStatus.HTTP_ERROR, None, "no connection"),
        "http://no-such-host.invalid/feed": (FeedStatus.HTTP_ERROR, None, "no such host"),
        f"https://127.0.0.1:{site.port}/feed": (FeedStatus.HTTP_ERROR, None, ""),
        "ftp://127.0.0.1/feed": (FeedStatus.HTTP_ERROR, None, "only http"),
        "http://xn--/feed": (FeedStatus.HTTP_ERROR, None, "not a URL"),
        "http://[bad/feed": (FeedStatus.HTTP_ERROR, None, "not a URL"),
        "": (FeedStatus.HTTP_ERROR, None, "only http"),
    }
    for result in await poll(*expected):
        status, code, words = expected[result.feed.url]
        assert (result.state.status, result.state.http) == (status, code), result.state
        assert words in result.state.error
        assert result.state.error
        assert "\n" not in result.state.error


async def _closes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


# Redirects


async def test_redirects_are_followed_and_links_start_from_where_they_end(site: Site) -> None:
    site.redirect("/feed", "/a/b/other?x=1#top", 307)
    site.put(rss(item(link="story")), "/a/b/other")
    result = await poll_one(site.url())
    assert only(result).url == site.url("/a/b/story")
    assert result.state.status is FeedStatus.OK
    assert result.state.moved_to == ""
    assert "Referer" not in site.asked("/a/b/other")[0].headers


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "gopher://127.0.0.1/", "http://", "http://[bad",
        "http://127.0.0.1:1/", "http://localhost:{port}/private", "http://127.0.0.2:{port}/private",
        "http://2130706433:{port}/private", "http://0x7f000001:{port}/private", "http://127.1:{port}/private",
        "http://[::1]:{port}/private", "http://[::ffff:127.0.0.1]:{port}/private", "http://169.254.169.254/latest/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/", "http://0.0.0.0:{port}/private",
        "http://xn--/", "http://h:99999/", "http://[::ffff:7f00:1]:{port}/private", "http://017700000001:{port}/private",
        "http://[fe80::1]/", "http://[fec0::1]/", "http://[fc00::1]/",
        "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/", "http://localhost./",
    ],
)  # fmt: skip
async def test_redirects_to_where_no_feed_is_are_refused(site: Site, target: str) -> None:
    site.redirect("/feed", target.format(port=site.port))
    site.put(rss(item()), "/private")
    result = await poll_one(site.url())
    assert result.state.status is FeedStatus.REDIRECT_REFUSED, result.state
    assert result.state.error
    assert site.asked("/private") == []


async def test_a_redirect_to_another_server_on_this_machine_is_refused(site: Site, other_site: Site) -> None:
    site.redirect("/feed", other_site.put(rss(item())))
    assert (await poll_one(site.url())).state.status is FeedStatus.REDIRECT_REFUSED
    assert (await poll_one(site.url(), allow_private=True)).state.status is FeedStatus.REDIRECT_REFUSED
    assert other_site.requests == []


async def test_a_name_that_leads_inside_is_refused_at_connect_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """`localhost.localdomain` and friends: the name looks public, its address is not."""
    import socket

    lookup = socket.getaddrinfo

    def rebound(host: str, *rest: object, **more: object) -> object:
        return lookup("127.0.0.1" if host == "rebound.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    site.put(rss(item()))
    url = site.url(host="rebound.example")
    refused = await poll_one(url)
    assert refused.state.status is FeedStatus.REDIRECT_REFUSED
    assert "private" in refused.state.error
    assert site.requests == []
    site.redirect("/start", url)
    assert (await poll_one(site.url("/start"))).state.status is FeedStatus.REDIRECT_REFUSED
    assert site.asked() == []
    allowed = await poll_one(url, allow_private=True)
    assert allowed.state.status is FeedStatus.OK


async def test_loops_and_redirects_to_nowhere_end(site: Site) -> None:
    site.redirect("/feed", "/b")
    site.redirect("/b", "/feed")
    result = await poll_one(site.url())
    assert (result.state.status, result.state.http) == (FeedStatus.REDIRECT_REFUSED, 302)
    assert len(site.requests) < 12
    site.put(b"", status=302)
    assert (await poll_one(site.url())).state.status is FeedStatus.REDIRECT_REFUSED


async def test_https_never_becomes_http(site: Site, tmp_path: Path) -> None:
    from yarl import URL

    from watcher.feeds.fetch import follow

    problem, target = follow(URL("https://a.example/feed"), "http://a.example/feed")
    assert target is None
    assert "https" in problem
    assert follow(URL("http://a.example/feed"), "https://a.example/feed") == ("", URL("https://a.example/feed"))


async def test_credentials_go_to_the_configured_server_only(site: Site, other_site: Site) -> None:
    site.put(rss(item()), "/private")
    site.redirect("/feed", "/private")
    url = site.url().replace("://", "://reader:secret@")
    result = await poll_one(url)
    assert result.state.status is FeedStatus.OK
    assert all("Authorization" in request.headers for request in site.requests)
    site.redirect("/feed", site.url("/private"), 301)
    site.put(rss(item(link="story")), "/private")
    state = None
    for _ in range(4):
        result = await poll_one(url, state)
        state = result.state
        assert [article.url for article in result.articles] in ([site.url("/story")], [])
    assert all("Authorization" in request.headers for request in site.requests)
    assert state is not None
    assert "secret" not in state.error + state.moved_to
    site.redirect("/feed", other_site.put(rss(item())))
    await poll_one(url.replace("127.0.0.1", "localhost"), allow_private=True)
    site.redirect("/feed", site.url("/private", "127.0.0.2"))
    await poll_one(url, allow_private=True)
    assert not other_site.requests

    from yarl import URL

    from watcher.feeds.fetch import follow

    for target in ("https://b.example/", "https://eve:pw@b.example/", "https://a.example:8443/", "//b.example/"):
        _, hop = follow(URL("https://reader:secret@a.example/feed"), target)
        assert hop is not None
        assert hop.user is hop.password is None


async def test_a_permanent_move_is_kept_after_three_times_and_said(site: Site) -> None:
    site.redirect("/feed", "/new", 301)
    site.put(rss(item()), "/new")
    state = None
    for times in (1, 2, 3):
        state = (await poll_one(site.url(), state)).state
        assert (state.moved_to, state.moved_times) == (site.url("/new"), times)
    assert "moved for good" in state.error
    assert state.status in {FeedStatus.OK, FeedStatus.NOT_MODIFIED}
    asked = len(site.asked())
    state = (await poll_one(site.url(), state)).state
    assert len(site.asked()) == asked, "the old address is left alone"
    assert "moved for good" in state.error
    site.put(b"", "/new", 404)
    state = (await poll_one(site.url(), state)).state
    assert (state.status, state.moved_to) == (FeedStatus.HTTP_ERROR, "")
    await poll_one(site.url(), state)
    assert len(site.asked()) == asked + 1, "the new address failed: back to the old one"


async def test_a_move_that_is_not_for_good_is_not_kept(site: Site) -> None:
    site.redirect("/feed", "/a", 301)
    site.redirect("/a", "/b", 302)
    site.put(rss(item()), "/b")
    state = None
    for _ in range(4):
        state = (await poll_one(site.url(), state)).state
    assert state.moved_to == site.url("/a")
    site.redirect("/feed", "/b", 302)
    assert (await poll_one(site.url(), state)).state.status in {FeedStatus.OK, FeedStatus.NOT_MODIFIED}


# Waiting


async def test_410_stops_and_says_so(site: Site) -> None:
    state = (await poll_one(site.put(b"", status=410))).state
    assert (state.status, state.http) == (FeedStatus.GONE, 410)
    assert "gone" in state.error
    later = await poll_one(site.url(), state, now=NOW + timedelta(days=30))
    assert (later.state.status, later.asked, len(site.requests)) == (FeedStatus.GONE, False, 1)


async def test_429_holds_back_the_whole_host_and_no_other(site: Site) -> None:
    for n in range(3):
        site.put(b"", f"/{n}", 429, Retry_After="7200")
    site.put(rss(item()), "/free")
    urls = [site.url(f"/{n}") for n in range(3)]
    free = site.url("/free", "127.0.0.2")
    results = {result.feed.url: result.state for result in await poll(*urls, free)}
    assert len(site.requests) == 2
    assert results[free].status is FeedStatus.OK
    assert sorted(results[url].status for url in urls) == ["backing_off", "backing_off", "http_error"]
    assert {results[url].next_try for url in urls} == {NOW + timedelta(hours=2)}
    again = await poll(*urls, states=results, now=NOW + timedelta(hours=1))
    assert {result.state.status for result in again} == {FeedStatus.BACKING_OFF}
    assert len(site.requests) == 2
    await poll(urls[0], states=results, now=NOW + timedelta(hours=3))
    assert len(site.requests) == 3


async def test_a_429_counts_for_the_host_that_sent_it_and_not_for_the_one_that_led_there(site: Site) -> None:
    site.put(b"", "/there", 429, Retry_After="7200")
    state = (await poll_one(site.url("/there", "127.0.0.2"))).state
    assert state.told_by == "127.0.0.2"
    led = replace(state, url=site.url("/led"))
    near, far = site.put(rss(item()), "/other"), site.url("/other", "127.0.0.2")
    results = await poll(led.url, near, far, states={led.url: led}, now=NOW + timedelta(hours=1))
    assert {result.feed.url: result.state.status for result in results} == {
        led.url: FeedStatus.BACKING_OFF, near: FeedStatus.OK, far: FeedStatus.BACKING_OFF,
    }  # fmt: skip
    assert [request.host for request in site.requests[1:]] == [f"127.0.0.1:{site.port}"]


@pytest.mark.parametrize(
    ("told", "asked"), [({}, True), ({"Retry_After": "soon"}, True), ({"Retry_After": "7200"}, False)]
)
async def test_a_full_poll_asks_a_server_that_is_down_unless_it_said_when_to_come_back(
    site: Site, told: dict[str, str], asked: bool
) -> None:
    url = site.put(b"", "/feed", 503, **told)
    state = (await poll_one(url)).state
    assert (state.status, state.http) == (FeedStatus.HTTP_ERROR, 503)
    site.put(rss(item()))
    soon = NOW + timedelta(minutes=1)
    assert not (await poll_one(url, state, full=False, now=soon)).asked
    again = await poll_one(url, state, now=soon)
    assert (again.asked, again.state.status) == (asked, FeedStatus.OK if asked else FeedStatus.BACKING_OFF)
    assert again.state.told_by == ("" if asked else "127.0.0.1")


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("7200", 7200, 7200), ("1", 1800, 9000), ("-5", 1800, 9000), ("soon", 1800, 9000), ("", 1800, 9000),
        ("99999999999999999999", 86_400, 86_400),
        ("Sat, 01 Jan 2101 00:00:00 GMT", 86_400, 86_400), ("1e9", 1800, 9000),
    ],
)  # fmt: skip
async def test_retry_after_only_lengthens_up_to_a_day(site: Site, value: str, least: int, most: int) -> None:
    state = (await poll_one(site.put(b"", status=503, Retry_After=value))).state
    assert least <= (state.next_try - NOW).total_seconds() <= max(most, 4_500)


@pytest.mark.parametrize(
    ("body", "headers", "minutes"),
    [
        (rss(item()), {}, 30),
        (rss(item()), {"Cache_Control": "public, max-age=7200"}, 120),
        (rss(item()), {"Cache_Control": "max-age=60"}, 30),
        (rss(item()), {"Cache_Control": "max-age=31536000"}, 1440),
        (rss(item()), {"Cache_Control": "max-age=junk, no-cache"}, 30),
        (rss(item(), head="<ttl>90</ttl>"), {}, 90),
        (rss(item(), head="<ttl>5</ttl>"), {}, 30),
        (rss(item(), head="<ttl>99999999</ttl>"), {}, 1440),
        (rss(item(), head="<skipHours><hour>12</hour><hour>13</hour></skipHours>"), {}, 120),
        (rss(item(), head="<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>"), {}, 30),
    ],
)
async def test_what_feed_and_server_wish_only_lengthens_the_interval(
    site: Site, body: str, headers: dict[str, str], minutes: int
) -> None:
    state = (await poll_one(site.put(body, ETag='"1"', **headers))).state
    assert state.next_try == NOW + timedelta(minutes=minutes)
    site.put(b"", status=304, **headers)
    assert (await poll_one(site.url(), state)).state.next_try == state.next_try


async def test_failures_back_off_with_jitter(site: Site) -> None:
    state = FeedState(url=site.url())
    site.put(b"", status=500)
    waits = []
    for _ in range(12):
        state = (await poll_one(site.url(), state)).state
        waits.append(state.next_try - NOW)
    assert timedelta(hours=1) <= waits[0] <= timedelta(hours=1.25)
    assert all(one <= other * 1.26 for one, other in pairwise(waits))
    assert waits[-1] == timedelta(days=1)
    assert state.failures == 12
    site.put(rss(item()))
    assert (await poll_one(site.url(), state)).state.failures == 0
