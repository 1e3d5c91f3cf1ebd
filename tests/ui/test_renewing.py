"""Boards worked out apart from the screen: what is out of date is not shown, and keys come before news."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from tests.ui.ui_world import FEEDS, MINERALS, NOW, article, filled, settings, shown
from watcher.domain.feed import FeedState, FeedStatus
from watcher.domain.judgement import Pin
from watcher.domain.statement import Stance
from watcher.store.base import Batch, Mark, TopicReading
from watcher.store.open import open_store
from watcher.ui.bridge import Bridge
from watcher.ui.ground import REST, Pace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from watcher.store.memory import MemoryStore
    from watcher.ui.app import WatcherApp


def bridge(store: MemoryStore) -> Bridge:
    return Bridge(settings(), store, lambda: NOW)


def test_what_was_worked_out_is_what_would_be_worked_out_at_once() -> None:
    store = filled()
    renewed, fresh, day = bridge(store), bridge(store), date(2025, 2, 20)
    assert renewed.adopt(renewed.renewal(day, MINERALS.name)())
    for as_of in (None, day):
        assert renewed.board(MINERALS, as_of) == fresh.board(MINERALS, as_of)
        assert renewed.headlines(MINERALS, as_of) == fresh.headlines(MINERALS, as_of)
    assert renewed._evidence.keys() == {(MINERALS.name, party.name) for party in MINERALS.parties}
    for party in MINERALS.parties:
        assert renewed.evidence(MINERALS, party.name) == fresh.evidence(MINERALS, party.name)


def test_what_is_kept_for_long_is_not_searched_for_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watcher.ui.bridge.MANY", 1)
    before = gc.get_freeze_count()
    kept = [[n] for n in range(10_000)]
    bridge(filled()).renewal(None)()
    assert gc.get_freeze_count() - before >= len(kept)
    assert not any(each is kept[0] for each in gc.get_objects())


def test_what_a_screen_throws_away_goes_however_many_polls_there_are() -> None:
    class Line:
        pass

    screen = bridge(filled())
    screen.renewal(None)()
    thrown = []
    for _ in range(5):
        line = Line()
        line.own = line  # type: ignore[attr-defined]  # only a search for garbage finds it
        thrown.append(weakref.ref(line))
        screen.renewal(None)()
        del line
    gc.collect()
    assert [each() for each in thrown] == [None] * 5


async def test_a_feed_s_failure_is_seen_at_the_next_look(make_app: Callable[..., WatcherApp], tmp_path: Path) -> None:
    ours, other = open_store(tmp_path), open_store(tmp_path)
    app = make_app(store=ours)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "not polled yet" in shown(app)
        state = FeedState(url=FEEDS[0].url, status=FeedStatus.TIMEOUT, last_poll=NOW)
        other.commit(Batch(feeds=[state]))
        app.look()
        app.show_status()
        await pilot.pause()
        assert "× 1 failing" in shown(app)


def test_a_pin_set_while_boards_are_worked_out_is_not_lost_from_sight() -> None:
    store = filled()
    screen = bridge(store)
    old = screen.renewal(None)()
    pin = Pin(id="p", topic=MINERALS.name, party="Russia", stance=Stance.OPPOSE, note="", by="", at=NOW)
    store.commit(Batch(pins=[pin]))
    screen.forget()
    assert not screen.adopt(old)
    row = screen.board(MINERALS).row("Russia")
    assert row is not None
    assert row.stance is Stance.OPPOSE


def outdated(app: WatcherApp) -> bool:
    return app.following.outdated


async def test_a_screen_that_was_written_to_meanwhile_works_it_out_again(make_app: Callable[..., WatcherApp]) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.following.pace.begin(monotonic())
        work = app.bridge.renewal(None)
        app.bridge.forget()
        app.following.renewed(work(), "")
        assert outdated(app)
        while outdated(app):
            app.look()
            await pilot.pause(0.02)
        await app.workers.wait_for_complete()


def test_unread_articles_are_those_of_the_topic_without_a_read_mark() -> None:
    store = filled()
    more = article("z1", "Elsewhere", "Nothing on it.", "2025-03-02")
    gone = TopicReading("never-stored", MINERALS.name, (), (), "1")
    store.commit(Batch(articles=[more], readings=[gone]))
    screen = bridge(store)
    assert screen.unread(MINERALS) == 5
    store.commit(Batch(marks=[Mark("z1", read=True), Mark("a1", read=True), Mark("a2", starred=True)]))
    screen.forget()
    assert screen.unread(MINERALS) == 4
    screen.set_marks(["a1"], read=False)
    screen.set_marks(["a4", "a5"], read=True)
    assert screen.unread(MINERALS) == 3
    assert screen.unread(MINERALS, date(2025, 2, 20)) == 2  # of a1, a2 and a5


def test_long_work_is_followed_by_a_longer_rest_and_short_work_by_a_short_one() -> None:
    pace = Pace()
    assert pace.begin(10.0)
    assert not pace.begin(11.0)  # it is still at work
    pace.end(12.0)
    assert not pace.begin(12.0 + 2 * REST - 0.1)
    assert pace.begin(12.0 + 2 * REST)
    pace.end(12.0 + 2 * REST)
    assert pace.begin(12.0 + 2 * REST)
