"""How fast a poll is: `python -m tests.bench.feeds [--feeds 300] [--items 30] [--hosts 100]`.

A server in a process of its own serves made-up feeds on loopback addresses, one address a host. The
floor is measured in the same run: bare aiohttp, bare aiohttp and feedparser, bare aiohttp and
fastfeedparser. Figures depend on the machine and on what else it does; ratios less so.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import html
import io
import json
import multiprocessing
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT = 18_573
TEXT = (
    "minister talks border agreement deal partners signed draft framework parliament vote committee statement"
    " sanctions delegation envoy summit mineral energy security guarantees ceasefire treaty amendment budget"
)
SOUP = TEXT.split()
NEWS = "Ukraine said on Monday that it backs the minerals deal if it brings security guarantees. "
"""Stands in every tenth soup, so that there is something to match and to read."""

ROOT = Path(__file__).parents[2]
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")


def news() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Our own articles: digests of the minerals deal, and reports of other disputes."""
    paths = [ROOT / "seeds" / "minerals-archive.jsonl"]
    paths += [path for path in sorted((ROOT / "tests/detect/unseen").glob("*/*.jsonl")) if path.name.count(".") == 1]
    first, *others = [[json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in paths]
    return first, [item for some in others for item in some]


def written(number: int, items: int) -> Iterator[tuple[str, str]]:
    """Titles and texts of some 90 words in ordinary sentences; every tenth opens with a digest of the minerals deal."""
    dice = random.Random(number)
    digests, reports = news()
    sentences = [sentence for item in reports for sentence in SENTENCE.split(" ".join(item["text"].split()))]
    for index in range(items):
        item = dice.choice(digests if index % 10 == 0 else reports)
        text = SENTENCE.split(item["text"])[:3] if index % 10 == 0 else []
        while sum(len(sentence.split()) for sentence in text) < 85:
            text.append(dice.choice(sentences))
        yield html.escape(item["title"]), html.escape(" ".join(text))


def soup(number: int, items: int) -> Iterator[tuple[str, str]]:
    """The worst case: nothing but words of politics without a sentence, so that all is looked at and nothing found."""
    dice = random.Random(number)

    def text(words: int) -> str:
        return " ".join(dice.choice(SOUP) for _ in range(words))

    for index in range(items):
        told = NEWS if index % 10 == 0 else ""
        yield text(9).capitalize(), f"{told}{text(45).capitalize()}. {text(45)}."


def body(number: int, items: int, soups: bool = False) -> bytes:
    """One made-up feed of `items` items, with markup as feeds have it."""
    now = datetime.now(UTC)
    entries = "".join(
        f"<item><title>{title} &amp; {index}</title>"
        f"<link>http://127.0.0.1/{number}/{index}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>{number}-{index}</guid>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=7 * index))}</pubDate>"
        f"<description><![CDATA[<p>{text}</p><p><a href='/x'>Read more</a></p>]]></description></item>"
        for index, (title, text) in enumerate((soup if soups else written)(number, items))
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed {number}</title>'
        f"<link>http://127.0.0.1/</link><description>d</description>{entries}</channel></rss>"
    ).encode()


def serve(feeds: int, items: int, latency: float, hang: int, soups: bool) -> None:
    """The server: every `hang`-th feed never answers."""
    from aiohttp import web

    bodies = [body(number, items, soups) for number in range(feeds)]

    async def answer(request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        if hang and number % hang == 0:
            await asyncio.sleep(60)
        if latency:
            await asyncio.sleep(latency)
        if request.headers.get("If-None-Match") == f'"{number}"':
            return web.Response(status=304)
        return web.Response(body=bodies[number], headers={"ETag": f'"{number}"'})

    app = web.Application()
    app.router.add_get("/{number}", answer)
    web.run_app(app, host="0.0.0.0", port=PORT, print=lambda *_: None, access_log=None, shutdown_timeout=0)


@contextlib.contextmanager
def server(feeds: int, items: int, latency: float = 0, hang: int = 0, soups: bool = False):
    import socket

    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(feeds, items, latency, hang, soups), daemon=True
    )
    process.start()
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 0.2):
            break
        time.sleep(0.05)
    try:
        yield
    finally:
        process.kill()
        process.join()


def urls(feeds: int, hosts: int) -> list[str]:
    return [f"http://127.0.{number % hosts + 1}.1:{PORT}/{number}" for number in range(feeds)]


async def bare(addresses: list[str], parser: str) -> int:
    import aiohttp

    gate = asyncio.Semaphore(32)
    found = 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def one(address: str) -> None:
            nonlocal found
            async with gate, session.get(address) as response:
                data = await response.read()
            if parser == "feedparser":
                import feedparser

                found += len(feedparser.parse(io.BytesIO(data)).entries)
            elif parser == "fastfeedparser":
                import fastfeedparser

                found += len(fastfeedparser.parse(data).entries)

        await asyncio.gather(*(one(address) for address in addresses))
    return found


async def ours(addresses: list[str], twice: bool, timeout: float) -> None:
    from watcher.domain.feed import Feed, FeedState
    from watcher.domain.settings import PollSettings
    from watcher.feeds.collect import collect

    feeds = [Feed(url=address, name=f"Feed {number}") for number, address in enumerate(addresses)]
    settings = replace(PollSettings(), timeout=timedelta(seconds=timeout))
    states: dict[str, FeedState] = {}
    for _ in range(2 if twice else 1):
        began, articles, ends = time.perf_counter(), 0, Counter()
        async for result in collect(feeds, states, settings, full=True):
            states[result.feed.url] = result.state
            articles += len(result.articles)
            ends[str(result.state.status)] += 1
        took = time.perf_counter() - began
        print(f"    {took:5.2f} s  {articles} articles, {dict(ends)}", flush=True)


async def whole(addresses: list[str], times: int, timeout: float) -> None:
    """The whole job: everything stored, matched and read for two topics."""
    import tempfile

    from watcher.config import load
    from watcher.domain.feed import Feed
    from watcher.engine.poller import poll
    from watcher.store.open import open_store

    settings = load(ROOT / "config.toml")
    settings = replace(
        settings,
        feeds=tuple(Feed(url=url, name=f"Feed {number}", full_text="never") for number, url in enumerate(addresses)),
        topics=tuple(replace(topic, feeds=()) for topic in settings.topics[:2]),
        poll=replace(settings.poll, timeout=timedelta(seconds=timeout)),
    )
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        for _ in range(times):
            began, busy = time.perf_counter(), time.process_time()
            report = await poll(settings, store, full=True)
            took, busy = time.perf_counter() - began, time.process_time() - busy
            ends = dict(Counter(str(feed.status) for feed in report.feeds))
            counts = f"{report.new_articles} articles, {report.matched} matched, {report.statements} statements"
            print(f"    {took:5.2f} s ({busy:.2f} s of it at work)  {counts}, {ends}", flush=True)


def run(kind: str, feeds: int, hosts: int, timeout: float) -> None:
    """One case in a process of its own, so that memory and imports count for it alone."""
    began = time.perf_counter()
    addresses = urls(feeds, hosts)
    if kind.startswith("collect"):
        asyncio.run(ours(addresses, kind == "collect-twice", timeout))
    elif kind.startswith("poll"):
        asyncio.run(whole(addresses, 2 if kind == "poll-twice" else 1, timeout))
    else:
        found = asyncio.run(bare(addresses, kind))
        print(f"    {time.perf_counter() - began:5.2f} s  {found or 'no'} entries")
    own, children = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"    {time.perf_counter() - began:5.2f} s with imports; memory {own} MB, largest child {children} MB",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--case", default="")
    parser.add_argument("--timeout", type=float, default=20)
    options = parser.parse_args()
    if options.case:
        run(options.case, options.feeds, options.hosts, options.timeout)
        return

    def case(title: str, kind: str, timeout: float = 20) -> None:
        print(f"{title}")
        sizes = (f"--{name}={getattr(options, name)}" for name in ("feeds", "items", "hosts"))
        subprocess.run(
            [sys.executable, "-m", "tests.bench.feeds", *sizes, f"--case={kind}", f"--timeout={timeout}"], check=True
        )

    what = f"{options.feeds} feeds of {options.items} items on {options.hosts} hosts"
    print(f"{what}, {len(body(0, options.items))} bytes each")
    with server(options.feeds, options.items):
        case("floor: bare aiohttp", "aiohttp")
        case("floor: aiohttp and fastfeedparser", "fastfeedparser")
        case("floor: aiohttp and feedparser", "feedparser")
        case("collect, first and second poll", "collect-twice")
        case("whole job, first and second poll", "poll-twice")
    with server(options.feeds, options.items, latency=0.1):
        case("whole job, 100 ms latency", "poll")
    with server(options.feeds, options.items, soups=True):
        case("whole job, word soup: every sentence speaks of treaties", "poll")
    with server(options.feeds, options.items, hang=20):
        case("whole job, every 20th feed hangs, 5 s deadline", "poll", timeout=5)


if __name__ == "__main__":
    main()
