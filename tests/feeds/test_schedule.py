"""When feeds are asked again: pure functions."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.feeds_site import NOW
from watcher.domain.feed import Feed, FeedState
from watcher.feeds import schedule

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
durations = st.timedeltas(timedelta(), timedelta(days=400))


@given(
    interval=st.timedeltas(MINUTE, timedelta(days=7)),
    wait=durations,
    failures=st.integers(0, 10_000),
    jitter=st.floats(0, 1),
    hours=st.lists(st.integers(0, 23)),
)
def test_nothing_shortens_the_users_interval_nor_puts_a_poll_off_by_more_than_a_day(
    interval: timedelta, wait: timedelta, failures: int, jitter: float, hours: list[int]
) -> None:
    moment = schedule.next_try(interval, NOW, failures=failures, wait=wait, skip_hours=hours, jitter=jitter)
    assert moment >= NOW + interval
    assert moment <= NOW + max(interval, DAY) + DAY
    if 0 < len(set(hours)) < 24:
        assert moment.hour not in hours


def test_each_failure_doubles_the_pause() -> None:
    pauses = [schedule.next_try(30 * MINUTE, NOW, failures=failures) - NOW for failures in range(8)]
    assert pauses == [30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY, DAY]


def test_a_feeds_own_interval_counts() -> None:
    state = FeedState(url="u", last_poll=NOW, next_try=NOW + HOUR)
    assert not schedule.due(Feed(url="u"), state, HOUR, NOW + 50 * MINUTE)
    assert schedule.due(Feed(url="u"), state, HOUR, NOW + HOUR)
    assert schedule.due(Feed(url="u"), None, HOUR, NOW)
    assert schedule.due(Feed(url="u"), FeedState(url="u"), HOUR, NOW)


def test_a_host_waits_as_long_as_the_longest_of_its_feeds_was_told() -> None:
    states = {
        url: FeedState(url=url, http=429, next_try=NOW + wait, told_by=host)
        for url, host, wait in (
            ("http://a.example/1", "a.example", HOUR),
            ("http://c.example/2", "a.example", 2 * HOUR),
            ("http://b.example/", "b.example", -HOUR),
        )
    }
    assert schedule.waiting_hosts(states, NOW) == {"a.example": NOW + 2 * HOUR}


def test_stale_is_measured_by_the_feeds_own_rhythm() -> None:
    assert schedule.is_stale(NOW - 8 * DAY, HOUR, NOW)
    assert not schedule.is_stale(NOW - 6 * DAY, HOUR, NOW)
    assert not schedule.is_stale(NOW - 80 * DAY, 30 * DAY, NOW)
    assert schedule.is_stale(NOW - 100 * DAY, 30 * DAY, NOW)
    assert not schedule.is_stale(None, HOUR, NOW)
    hourly = [NOW - n * HOUR for n in range(20)]
    assert schedule.usual_gap([*hourly, NOW - 3_000 * DAY]) == HOUR
    assert schedule.usual_gap([NOW, NOW - DAY]) == DAY
    assert schedule.usual_gap([NOW]) == schedule.usual_gap([]) == timedelta()
