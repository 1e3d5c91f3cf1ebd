"""When a feed is asked again, and what its state becomes: pure, no clock, no I/O."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from watcher.domain.feed import Feed, FeedState, FeedStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST = timedelta(days=1)
"""The longest that anything but the user can put off a poll."""

SLACK = 0.05
"""The share of the interval by which a poll may come early, so that cron's beat and ours agree."""

MOVES = 3
"""After so many polls in a row that end at another address, that address is asked directly."""

QUIET = timedelta(days=7)
"""No feed is called stale before its newest item is this old."""

QUIET_GAPS = 3
"""Nor before its newest item is this many times older than the usual gap between its items."""


def due(feed: Feed, state: FeedState | None, settings_interval: timedelta, now: datetime) -> bool:
    """Whether it is time to ask a feed. A clock that was set back does not put it to sleep."""
    if state is None or state.next_try is None or state.last_poll is None:
        return True
    interval = feed.interval or settings_interval
    if state.last_poll > now or state.next_try > now + LONGEST + interval:
        return True
    return now >= state.next_try - min(SLACK * interval, timedelta(minutes=1))


def told_to_wait(state: FeedState | None, now: datetime) -> bool:
    """Whether the server itself asked us to come later: then not even a full poll asks it."""
    return bool(state and state.told_by and state.next_try and now < state.next_try <= now + LONGEST)


def waiting_hosts(states: Mapping[str, FeedState], now: datetime) -> dict[str, datetime]:
    """Hosts that asked for fewer requests, and until when: all their feeds wait."""
    waits: dict[str, datetime] = {}
    for state in states.values():
        if state.http == 429 and told_to_wait(state, now) and state.next_try:
            waits[state.told_by] = max(waits.get(state.told_by, state.next_try), state.next_try)
    return waits


def next_try(
    interval: timedelta,
    now: datetime,
    *,
    failures: int = 0,
    wait: timedelta = timedelta(),
    skip_hours: Sequence[int] = (),
    jitter: float = 0.0,
) -> datetime:
    """When to ask again: the interval, doubled with each failure in a row, or the longer wait that
    the server or the feed wishes, up to a day. `jitter` (0 to 1) spreads failures over a quarter more."""
    pause = interval
    if failures:
        pause = min(max(interval, timedelta(minutes=1)) * 2 ** min(failures, 12), LONGEST) * (1 + jitter / 4)
    moment = now + max(interval, min(max(pause, wait), LONGEST))
    hours = set(skip_hours)
    if hours and len(hours) < 24:
        while moment.astimezone(UTC).hour in hours:
            moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment


def is_stale(newest: datetime | None, gap: timedelta, now: datetime) -> bool:
    """Whether a feed's newest item is older than is usual for it; `gap` is the usual one."""
    return newest is not None and now - newest > max(QUIET, QUIET_GAPS * gap)


def usual_gap(moments: Sequence[datetime]) -> timedelta:
    """The time between two items that nine in ten do not exceed: an old item that stays on top is no rhythm."""
    ordered = sorted(moments)
    gaps = sorted(later - earlier for earlier, later in pairwise(ordered))
    return gaps[int(0.9 * (len(gaps) - 1))] if gaps else timedelta()


def address(feed: Feed, state: FeedState | None) -> str:
    """Where to ask: the configured URL, or where it has moved for good."""
    return state.moved_to if state and state.moved_to and state.moved_times >= MOVES else feed.url


def moved(state: FeedState, moved_to: str, asked: str) -> FeedState:
    """Counts permanent redirects to one and the same place."""
    if asked != state.url:  # asked where it moved to; if it moves on, that counts from the start
        return replace(state, moved_to=moved_to, moved_times=MOVES) if moved_to else state
    if not moved_to:
        return replace(state, moved_to="", moved_times=0)
    times = state.moved_times + 1 if state.moved_to == moved_to else 1
    return replace(state, moved_to=moved_to, moved_times=times)


def waits(state: FeedState) -> FeedState:
    """The state of a feed that is not asked this time because it failed before or was told to wait."""
    return replace(state, status=FeedStatus.BACKING_OFF)
