"""What servers send around a body: compression that swells or lies, lengths that lie, no end, no HTTP."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from dataclasses import replace
from datetime import timedelta

import brotli
import pytest
from aiohttp import web

from tests.feeds.feeds_site import (
    NOW,
    SETTINGS,
    Site,
    assert_harmless,
    beside_a_healthy_feed,
    item,
    only,
    poll,
    poll_one,
    raw_server,
    rss,
)
from watcher.domain.feed import FeedState, FeedStatus

BOMB = b"\0" * 50_000_000


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(BOMB)),
        ("br", brotli.compress(BOMB, quality=1)),
        ("deflate", zlib.compress(BOMB)),
        ("gzip, gzip", gzip.compress(gzip.compress(BOMB))),
        ("gzip, br", brotli.compress(gzip.compress(BOMB), quality=1)),
        ("", BOMB),
    ],
    ids=["gzip", "br", "deflate", "gzip twice", "gzip in br", "plain"],
)
async def test_a_body_that_swells_is_cut_off(site: Site, encoding: str, body: bytes) -> None:
    began = time.monotonic()
    result = await beside_a_healthy_feed(site, body, **({"Content_Encoding": encoding} if encoding else {}))
    assert result.state.status is FeedStatus.TOO_LARGE
    assert "2 MB" in result.state.error
    assert time.monotonic() - began < 6


@pytest.mark.parametrize(
    ("encoding", "body", "status"),
    [
        ("gzip, gzip, gzip", gzip.compress(b"x"), FeedStatus.HTTP_ERROR),
        ("gzip", gzip.compress(rss(item()).encode())[:-30], FeedStatus.HTTP_ERROR),
        ("br", brotli.compress(rss(item()).encode())[:-10], FeedStatus.HTTP_ERROR),
        ("br", rss(item()).encode(), FeedStatus.HTTP_ERROR),
        ("zstd", rss(item()).encode(), FeedStatus.HTTP_ERROR),
        ("gzip", rss(item()).encode(), FeedStatus.OK),
        ("identity", rss(item()).encode(), FeedStatus.OK),
        ("", gzip.compress(rss(item()).encode()), FeedStatus.OK),
        ("deflate", zlib.compress(rss(item()).encode())[2:-4], FeedStatus.OK),
        ("gzip", gzip.compress(rss(item()).encode()) + gzip.compress(b"\n") + b"\0" * 20, FeedStatus.OK),
        ("gzip", gzip.compress(rss(item()).encode()) + b"\x1f\x8bjunk", FeedStatus.OK),
        ("gzip", gzip.compress(rss(item()).encode()[:200]) + gzip.compress(b"junk")[:-6], FeedStatus.HTTP_ERROR),
        ("br", brotli.compress(rss(item()).encode()) + b"junk", FeedStatus.HTTP_ERROR),
        ("br", gzip.compress(rss(item()).encode()), FeedStatus.HTTP_ERROR),
        ("UTF-8", rss(item()).encode(), FeedStatus.OK),
        ("none, gzip", gzip.compress(rss(item()).encode()), FeedStatus.OK),
    ],
    ids=[
        *("thrice", "cut", "cut br", "not br", "unasked", "not gzip", "identity", "unsaid", "bare deflate", "members"),
        *("junk", "cut member", "junk br", "gzip as br", "a charset", "none"),
    ],
)
async def test_compression_that_lies(site: Site, encoding: str, body: bytes, status: FeedStatus) -> None:
    result = await poll_one(site.put(body, **({"Content_Encoding": encoding} if encoding else {})))
    assert result.state.status is status, result.state
    assert len(result.articles) == (status is FeedStatus.OK)
    assert result.state.http == 200
    assert "watcher" not in result.state.error


async def test_what_is_no_text_is_not_shown_as_text(site: Site) -> None:
    twice = gzip.compress(gzip.compress(rss(item()).encode()))
    state = (await poll_one(site.put(twice, Content_Encoding="gzip"))).state
    assert (state.status, state.error) == (
        FeedStatus.NOT_A_FEED,
        "the answer is no feed but data of another kind",
    )


async def test_a_title_of_many_megabytes_is_too_large(site: Site) -> None:
    result = await poll_one(site.put(rss(item(title="a" * 3_000_000))))
    assert result.state.status is FeedStatus.TOO_LARGE
    result = await poll_one(site.put(rss(item(title="a" * 1_000_000))))
    assert len(only(result).title) <= 1_000


async def test_an_endless_body_and_a_byte_a_second_end_at_the_limits(site: Site) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"<item>" * 10_000)

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(100):
            await response.write(b" ")
            await asyncio.sleep(0.1)
        return response

    site.pages |= {"/endless": endless, "/drip": drip}
    settings = replace(SETTINGS, timeout=timedelta(seconds=1))
    began = time.monotonic()
    results = await poll(site.url("/endless"), site.url("/drip", "127.0.0.2"), settings=settings)
    assert time.monotonic() - began < 9, "the drip lasts ten seconds"
    assert {result.feed.name: result.state.status for result in results} == {
        "Feed 0": FeedStatus.TOO_LARGE,
        "Feed 1": FeedStatus.TIMEOUT,
    }


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + rss(item()).encode(), FeedStatus.OK),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + rss(item()).encode() + b"\n<!-- cached -->",
            FeedStatus.OK,
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + rss(item()).encode() + b"<!-- cut",
            FeedStatus.HTTP_ERROR,
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + rss(item()).encode()[:-40], FeedStatus.HTTP_ERROR),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + rss(item()).encode(), None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + rss(item()).encode(), FeedStatus.HTTP_ERROR),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", FeedStatus.TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n", FeedStatus.HTTP_ERROR),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", FeedStatus.HTTP_ERROR),
        (b"\x16\x03\x01 not HTTP at all\r\n\r\n", FeedStatus.HTTP_ERROR),
        (b"", FeedStatus.HTTP_ERROR),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", FeedStatus.HTTP_ERROR),
        (b"HTTP/1.1 999 \x1b[31mOdd\r\nContent-Length: 0\r\n\r\n", FeedStatus.HTTP_ERROR),
        (b"HTTP/1.1 204 No Content\r\n\r\n", FeedStatus.HTTP_ERROR),
    ],
    ids=[
        "long",
        "long, a note",
        "cut note",
        "cut",
        "short",
        "negative",
        "huge",
        "chunks",
        "header",
        "no http",
        "silence",
        "304",
        "999",
        "204",
    ],
)
async def test_servers_that_lie(answer: bytes, status: FeedStatus | None) -> None:
    async def lie(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    server = await raw_server(lie)
    port = server.sockets[0].getsockname()[1]
    result = await poll_one(f"http://127.0.0.1:{port}/feed")
    server.close()
    await server.wait_closed()
    assert result.state.status is status or (status is None and result.state.status.failing), result.state
    assert result.state.error or status is FeedStatus.OK
    assert_harmless(result.state.error)


async def test_a_304_that_nobody_asked_for_is_a_failure_and_keeps_what_was_known(site: Site) -> None:
    before = FeedState(url=site.url(), items=7, last_success=NOW - timedelta(days=1), newest_item=NOW)
    site.put(b"", status=304)
    state = (await poll_one(site.url(), before)).state
    assert (state.status, state.items, state.last_success) == (FeedStatus.HTTP_ERROR, 7, before.last_success)
    assert "304" in state.error


@pytest.mark.parametrize(
    "header",
    [b'ETag: "a\x01b"', b'ETag: "caf\xe9"', b"Last-Modified: caf\xe9", b"Content-Type: text/xml; charset=caf\xe9"],
    ids=["control code", "no UTF-8", "date", "type"],
)
async def test_a_header_that_cannot_be_sent_back_is_forgotten(header: bytes) -> None:
    body = rss(item()).encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n\r\n%s" % (len(body), header, body))
        await writer.drain()

    server = await raw_server(answer)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
    async with asyncio.timeout(10):
        first = await poll_one(url)
        again = await poll_one(url, first.state)
    server.close()
    await server.wait_closed()
    assert (first.state.status, len(first.articles)) == (FeedStatus.OK, 1)
    assert (first.state.etag, first.state.last_modified) == ("", "")
    assert again.state.status is FeedStatus.NOT_MODIFIED
