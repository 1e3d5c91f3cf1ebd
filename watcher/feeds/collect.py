"""One poll of many feeds: schedule, fetch, parse, clean, identify. The package's front door."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from watcher.domain.article import Article
from watcher.domain.feed import Feed, FeedState, FeedStatus, host_of
from watcher.feeds import dates, schedule
from watcher.feeds.fetch import Fetched, Fetcher
from watcher.feeds.pool import Killed, Pool
from watcher.feeds.worker import Answer, Job

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

    from watcher.domain.settings import PollSettings
    from watcher.feeds.parse import Item, Parsed

READING_LIMIT, QUICK_LIMIT = 4.0, 2.0
"""Seconds that reading one body may take, and by the fast parser alone once that was not enough."""


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What a poll of one feed gave. `asked` is false where the feed was not due, waits or is off."""

    feed: Feed
    state: FeedState
    articles: tuple[Article, ...]
    seconds: float
    asked: bool = True


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


async def collect(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    settings: PollSettings,
    *,
    full: bool = False,
    gone: bool = False,
    now: Callable[[], datetime] = utc_now,
    pool: Pool | None = None,
) -> AsyncGenerator[FeedResult]:
    """Polls what is due and yields one result for every feed given, as each is done.

    Those not asked come first, with `asked` false: disabled feeds, gone ones (410), failing ones
    that wait (BACKING_OFF, with the error that made them), and healthy ones that are not due, whose
    state is as it was. `full` asks all but the disabled, the gone and those whose server said
    when to come back; `gone` the gone too. Articles are every item of a body that changed, known ones too; which are
    new is for the store to say. `pool` reads the bodies, if it is to live longer than this. Never
    raises for a feed's sake: every failure is in its state.
    """
    poll = _Poll(states, settings, full, gone, now)
    asked: list[Feed] = []
    for feed in feeds:
        idle = poll.idle(feed)
        if idle is None:
            asked.append(feed)
        else:
            yield FeedResult(feed, idle, (), 0.0, asked=False)
    if not asked:
        return
    asked.sort(key=lambda feed: poll.failures(feed))  # at a host, the healthy ones first
    done: asyncio.Queue[FeedResult] = asyncio.Queue()
    async with Fetcher(settings) as fetcher, nullcontext(pool) if pool else Pool() as parsers:
        fetcher.hosts.refusing |= poll.refusing

        async def ask(feed: Feed) -> None:
            done.put_nowait(await poll.ask(feed, fetcher, parsers))

        tasks = [asyncio.create_task(ask(feed)) for feed in asked]
        try:
            for _ in tasks:
                yield await done.get()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class _Poll:
    """What is common to all feeds of one poll."""

    def __init__(
        self,
        states: Mapping[str, FeedState],
        settings: PollSettings,
        full: bool,
        gone: bool,
        now: Callable[[], datetime],
    ) -> None:
        self._states, self._settings, self._full, self._gone, self._now = states, settings, full, gone, now
        self._waits = schedule.waiting_hosts(states, now())

    @property
    def refusing(self) -> set[str]:
        """Hosts that asked for fewer requests and whose time is not up."""
        return set(self._waits)

    def failures(self, feed: Feed) -> int:
        """How often in a row a feed failed."""
        state = self._states.get(feed.url)
        return state.failures if state else 0

    def idle(self, feed: Feed) -> FeedState | None:
        """The state of a feed that is not to be asked now; None for one that is."""
        state, now = self._states.get(feed.url), self._now()
        known = state or FeedState(url=feed.url)
        if not feed.enabled:
            return replace(known, status=FeedStatus.DISABLED)
        if state is None:
            return None
        if state.status is FeedStatus.GONE:
            return None if self._gone else state
        if schedule.told_to_wait(state, now):
            return schedule.waits(state)
        if self._full or schedule.due(feed, state, self._settings.interval, now):
            return None
        return schedule.waits(state) if state.failures else state

    async def ask(self, feed: Feed, fetcher: Fetcher, pool: Pool) -> FeedResult:
        """Asks one feed; whatever goes wrong is in the result's state."""
        state = self._states.get(feed.url) or FeedState(url=feed.url)
        started = time.monotonic()
        articles: tuple[Article, ...] = ()
        try:
            state, articles = await self._read(feed, state, fetcher, pool)
        except Exception as error:  # our own mistake must cost one feed, and be seen
            state = self._failed(
                feed,
                state,
                Fetched(FeedStatus.HTTP_ERROR, error=f"an error in watcher: {type(error).__name__}: {error}"),
            )
        seconds = time.monotonic() - started
        return FeedResult(
            feed,
            replace(state, seconds=round(seconds, 3)),
            articles,
            seconds,
            asked=state.status is not FeedStatus.BACKING_OFF,
        )

    async def _read(
        self, feed: Feed, state: FeedState, fetcher: Fetcher, pool: Pool
    ) -> tuple[FeedState, tuple[Article, ...]]:
        asked = schedule.address(feed, state)
        fetched = await fetcher.get(
            asked,
            own=feed.url,
            allow_private=feed.allow_private,
            etag=state.etag,
            last_modified=state.last_modified,
        )
        if fetched.status is FeedStatus.BACKING_OFF:
            until = self._waits.get(fetched.told_by, state.next_try)
            return replace(state, status=fetched.status, error=fetched.error, next_try=until), ()
        if fetched.status is FeedStatus.NOT_MODIFIED:
            if not (state.etag or state.last_modified):
                problem = "HTTP 304: says that nothing changed, though that was not asked"
                return self._failed(feed, state, replace(fetched, status=FeedStatus.HTTP_ERROR, error=problem)), ()
            state = schedule.moved(state, fetched.moved_to, asked)
            return self._fine(feed, state, FeedStatus.NOT_MODIFIED, fetched), ()
        if fetched.status is not FeedStatus.OK:
            if asked != feed.url:
                state = replace(state, moved_to="", moved_times=0)  # the new place fails: back to the old
            state = self._failed(feed, state, fetched)
            if fetched.http == 429 and state.next_try:
                self._waits[fetched.told_by] = state.next_try
            return state, ()
        state = schedule.moved(state, fetched.moved_to, asked)
        body_hash = hashlib.blake2b(fetched.body, digest_size=16).hexdigest()
        if body_hash == state.body_hash:
            state = replace(state, etag=fetched.etag, last_modified=fetched.last_modified)
            return self._fine(feed, state, FeedStatus.NOT_MODIFIED, fetched), ()
        job = Job(fetched.body, fetched.content_type, feed.url, fetched.url, READING_LIMIT)
        try:
            answer = await pool.run(job)
        except Killed as error:
            answer = await _quickly(job, pool, str(error))
        if answer.parsed is None:
            failed = replace(fetched, status=FeedStatus.NOT_A_FEED, error=answer.problem)
            return self._failed(feed, state, failed), ()
        return self._parsed(feed, state, fetched, body_hash, answer.parsed)

    def _parsed(
        self, feed: Feed, state: FeedState, fetched: Fetched, body_hash: str, parsed: Parsed
    ) -> tuple[FeedState, tuple[Article, ...]]:
        now = self._now()
        source = feed.name or parsed.title or host_of(feed.url)
        articles = tuple(_article(item, feed, source, now) for item in parsed.items)
        moments = [article.published for article in articles if article.dated]
        state = replace(
            state,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            body_hash=body_hash,
            items=parsed.seen,
            newest_item=max(moments, default=state.newest_item),
            usual_gap=schedule.usual_gap(moments) if moments else state.usual_gap,
            ttl=timedelta(seconds=min(parsed.ttl, 86_400)),
            skip_hours=parsed.skip_hours,
        )
        status = FeedStatus.OK if articles else FeedStatus.EMPTY
        return self._fine(feed, state, status, fetched), articles

    def _fine(self, feed: Feed, state: FeedState, status: FeedStatus, fetched: Fetched) -> FeedState:
        """The state after an answer that was as it should be."""
        now = self._now()
        if status is FeedStatus.NOT_MODIFIED and not state.items:
            status = FeedStatus.EMPTY
        if schedule.is_stale(state.newest_item, state.usual_gap, now):
            status, error = FeedStatus.STALE, f"nothing new since {state.newest_item:%d %B %Y}"
        elif state.moved_to and state.moved_times >= schedule.MOVES:
            error = f"moved for good to {state.moved_to}: change the address in the config"
        else:
            error = "a feed without items" if status is FeedStatus.EMPTY else ""
        return replace(
            state,
            status=status,
            http=fetched.http,
            error=error,
            last_poll=now,
            last_success=now,
            failures=0,
            told_by="",
            next_try=schedule.next_try(
                feed.interval or self._settings.interval,
                now,
                wait=max(fetched.wait, state.ttl),
                skip_hours=state.skip_hours,
            ),
        )

    def _failed(self, feed: Feed, state: FeedState, fetched: Fetched) -> FeedState:
        """The state after a failure; what was known of the feed stays."""
        now, failures = self._now(), state.failures + 1
        again = schedule.next_try(
            feed.interval or self._settings.interval,
            now,
            failures=failures,
            wait=fetched.wait,
            jitter=random.random(),  # noqa: S311 - spreads load, guards nothing
        )
        return replace(
            state,
            status=fetched.status,
            http=fetched.http,
            error=fetched.error,
            last_poll=now,
            failures=failures,
            told_by=fetched.told_by,
            next_try=None if fetched.status is FeedStatus.GONE else again,
        )


async def _quickly(job: Job, pool: Pool, problem: str) -> Answer:
    """What the fast parser alone finds, where the authority was too slow; else the problem."""
    try:
        answer = await pool.run(replace(job, quick=True, seconds=QUICK_LIMIT))
    except Killed:
        return Answer(problem=problem)
    return answer if answer.parsed and answer.parsed.items else Answer(problem=problem)


def _article(item: Item, feed: Feed, source: str, now: datetime) -> Article:
    published = dates.plausible(item.published, now)
    return Article(
        id=item.id,
        url=item.url,
        title=item.title,
        text=item.text,
        source=item.source or source,
        published=published or now,
        first_seen=now,
        feed=feed.name,
        story=item.id,
        dated=published is not None,
    )
