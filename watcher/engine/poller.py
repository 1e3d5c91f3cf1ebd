"""One poll: what is due is fetched, what is new is read, all of it is stored, each step told.

The poller knows no screen: it takes a callback for its events.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from watcher.domain.feed import FeedStatus, host_of
from watcher.engine.alerts import between, send
from watcher.engine.ingest import Ingest
from watcher.engine.readers import MODULE
from watcher.engine.report import FeedOutcome, PollReport
from watcher.feeds.collect import collect
from watcher.feeds.fulltext import full_texts
from watcher.feeds.pool import Pool
from watcher.feeds.schedule import waiting_hosts
from watcher.store.base import Batch

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping

    from watcher.domain.feed import FeedState
    from watcher.domain.settings import Settings
    from watcher.engine.report import Event
    from watcher.feeds.collect import FeedResult
    from watcher.store.base import Store

HOUSEKEEPING = "watcher:housekeeping"
"""What a poller claims, like a feed, to read anew and tidy up: one at a time."""
WRITE_EVERY = 2.0
"""Seconds for which results may wait for others before they are written: a quick poll is one
write, and a feed that hangs does not hold back what the others brought."""
UNREAD = 1000
"""So many articles on topics may wait to be read before what came so far is read and written: a second's work."""

OFFLINE = timedelta(minutes=2)
"""After how long to try again where no host at all could be reached: the fault is this machine's network."""


def now() -> datetime:
    """The time, in UTC; tests give another."""
    return datetime.now(UTC)


async def poll(
    settings: Settings,
    store: Store,
    *,
    full: bool = False,
    only: str = "",
    on_event: Callable[[Event], None] = lambda event: None,
    clock: Callable[[], datetime] = now,
) -> PollReport:
    """Polls the feeds that are due (`full`: all; `only`: the one of that name, due or not, gone or not).

    Afterwards reads anew what an earlier detector or wording of a topic read, and drops what is too old.

    Where others poll for the same store, each takes a share at a time and leaves out what another
    has. A failing feed is part of the report. Raises StoreError if what came cannot be written.
    """
    started, begun = time.monotonic(), clock()
    waiting = {feed.url: feed for feed in settings.feeds if not only or feed.name == only}
    total, full = len(waiting), full or bool(only)
    before = store.feed_states()
    ingest = Ingest(settings, store, clock, lambda message: on_event({"event": "warning", "message": message}))
    ingest.library.begin()
    report = PollReport()
    on_event({"event": "start", "feeds": total})
    while waiting:
        with store.claim(waiting) as mine:
            if not mine:
                report.elsewhere = len(waiting)
                on_event({"event": "elsewhere", "feeds": len(waiting)})
                break
            ingest.follow()
            states = store.feed_states()
            share = [waiting.pop(url) for url in list(waiting) if url in mine]
            if full:
                share = [feed for feed in share if not _asked_since(begun, clock(), states.get(feed.url))]
            async with (
                Pool(module=MODULE) as pool,
                ingest.readers.helped(pool),
                aclosing(
                    collect(share, states, settings.poll, full=full, gone=bool(only), now=clock, pool=pool)
                ) as run,
                aclosing(_with_pauses(run, WRITE_EVERY)) as results,
            ):
                async for result in results:
                    if result is not None:
                        outcome = FeedOutcome.of(result, ingest.take(result))
                        report.feeds.append(outcome)
                        on_event(outcome.event(len(report.feeds), total))
                    if ingest.waiting > WRITE_EVERY or ingest.readers.waiting > UNREAD:
                        await _write(ingest, report, on_event)
                await ingest.readers.finish()
            if ingest.holds_something:
                await _write(ingest, report, on_event)
            await _pages(ingest, settings, report, on_event, waiting_hosts(store.feed_states(), clock()))
    if _offline(report):
        _hold_against_none(store, report, before, clock() + OFFLINE)
    with store.claim([HOUSEKEEPING]) as mine:
        if mine:
            ingest.library.reread(lambda done, of: on_event({"event": "reread", "done": done, "total": of}))
            ingest.library.tidy(begun)
    report.seconds = time.monotonic() - started
    on_event({"event": "done", **report.json()})
    return report


async def _with_pauses(results: AsyncIterator[FeedResult], seconds: float) -> AsyncGenerator[FeedResult | None]:
    """The results as they come, and None whenever none came for so long."""
    while True:
        coming = asyncio.ensure_future(anext(results, None))
        try:
            while not (await asyncio.wait([coming], timeout=seconds))[0]:
                yield None
        finally:
            if not coming.done():
                coming.cancel()
                await asyncio.wait([coming])
        result = coming.result()
        if result is None:
            return
        yield result


def _asked_since(begun: datetime, now: datetime, state: FeedState | None) -> bool:
    """Whether another poller has asked the feed since this poll began; a clock that was set back tells nothing."""
    return state is not None and state.last_poll is not None and begun < state.last_poll <= now


def _offline(report: PollReport) -> bool:
    """Whether feeds of several hosts were asked, and not one host gave any answer."""
    asked = [feed for feed in report.feeds if feed.asked]
    silent = all(feed.http is None and feed.status in (FeedStatus.HTTP_ERROR, FeedStatus.TIMEOUT) for feed in asked)
    return silent and len({host_of(feed.url) for feed in asked}) > 1


def _hold_against_none(store: Store, report: PollReport, before: Mapping[str, FeedState], again: datetime) -> None:
    """Lets the feeds be asked again soon; what is no fault of theirs puts none of them off for longer."""
    present = store.feed_states()
    states = [present[feed.url] for feed in report.feeds if feed.asked]
    failures = {url: state.failures for url, state in before.items()}
    store.commit(Batch(feeds=[replace(one, next_try=again, failures=failures.get(one.url, 0)) for one in states]))


async def _pages(
    ingest: Ingest,
    settings: Settings,
    report: PollReport,
    on_event: Callable[[Event], None],
    refusing: Iterable[str],
) -> None:
    """Fetches the pages of short articles on a topic, once what the feeds brought is stored."""
    short = ingest.short()
    done = 0
    async with aclosing(full_texts(short, settings.poll, refusing)) as pages:
        async for article, feed in pages:
            ingest.take_page(article, feed)
            done += 1
            on_event(
                {
                    "event": "page",
                    "url": article.url,
                    "text": article.full_text.value,
                    "done": done,
                    "total": len(short),
                }
            )
            if ingest.waiting > WRITE_EVERY:
                await _write(ingest, report, on_event)
    if ingest.holds_something:
        await _write(ingest, report, on_event)


async def _write(ingest: Ingest, report: PollReport, on_event: Callable[[Event], None]) -> None:
    """Reads and writes what waits, and tells of it and of the shifts that it brought."""
    await ingest.readers.finish()
    ingest.library.refresh()  # so that a shift that others wrote is not told twice
    before = ingest.boards()
    on_event(ingest.write(report))
    shifts = [alert for board, topic in before for alert in between(board, ingest.library.board(topic))]
    for alert in shifts:
        on_event({"event": "shift", **alert.json()})
    warnings: list[str] = []
    await asyncio.to_thread(send, shifts, ingest.library.settings.alerts, datetime.now().astimezone(), warnings.append)
    for message in warnings:
        on_event({"event": "warning", "message": message})
