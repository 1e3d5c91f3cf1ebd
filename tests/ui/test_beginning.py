"""The first look, worked out by a copy of the process while the screen loads."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ui.ui_world import BUDGET, MINERALS, NOW, article, filled, readings, say, settings, shown
from watcher.domain.statement import Stance
from watcher.store.base import Batch
from watcher.store.memory import MemoryStore
from watcher.ui.bridge import Bridge
from watcher.ui.ground import FIRST, Begun

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.store.base import Store
    from watcher.ui.app import WatcherApp
    from watcher.ui.ground import Beginning


def talkative() -> MemoryStore:
    """A store with more statements of Ukraine than are laid out at first."""
    store = filled()
    text = "Kyiv refuses to sign the agreement."
    articles = [article(f"t{n:03}", f"Article {n}", text, f"2025-01-{n % 28 + 1:02}") for n in range(FIRST + 20)]
    store.commit(
        Batch(
            articles=articles,
            readings=readings(articles, [say(one, "Ukraine", Stance.OPPOSE, text, "refuses") for one in articles]),
        )
    )
    return store


def sent(store: Store) -> Beginning | None:
    """What a copy of the process sends."""
    beginning: Beginning | None = pickle.loads(pickle.dumps(Bridge(settings(), store, lambda: NOW).beginning()))
    return beginning


def test_the_first_look_is_that_of_the_store_and_does_not_wait_for_it() -> None:
    store = talkative()
    whole = Bridge(settings(), store, lambda: NOW)
    begun = Bridge(settings(), MemoryStore(), lambda: NOW, lambda: sent(store))
    assert begun.board(MINERALS) == whole.board(MINERALS)
    assert begun.count(MINERALS) == whole.count(MINERALS) == FIRST + 25
    found, all_of_it = begun.evidence(MINERALS, "Ukraine"), whole.evidence(MINERALS, "Ukraine")
    assert len(found) == len(all_of_it) > FIRST
    assert list(found[:FIRST]) == list(all_of_it[:FIRST])


def test_what_the_first_look_does_not_show_is_worked_out_when_asked_for() -> None:
    store = talkative()
    whole = Bridge(settings(), store, lambda: NOW)
    for ask in (
        lambda bridge: list(bridge.evidence(MINERALS, "Ukraine")),
        lambda bridge: bridge.evidence(MINERALS, "Ukraine")[-1],
        lambda bridge: list(bridge.evidence(MINERALS, "United States")),
        lambda bridge: list(bridge.evidence(MINERALS, "Ukraine", date(2025, 2, 13))),
        lambda bridge: bridge.board(BUDGET),
        lambda bridge: bridge.board(MINERALS, date(2025, 2, 13)),
        lambda bridge: bridge.renewal(None, MINERALS.name)().boards,
    ):
        begun = Bridge(settings(), store, lambda: NOW, lambda: sent(store))
        begun.board(MINERALS)
        assert begun.begun
        assert ask(begun) == ask(whole)


def test_a_list_at_hand_in_part_is_like_the_whole() -> None:
    whole = list(Bridge(settings(), talkative(), lambda: NOW).evidence(MINERALS, "Ukraine"))

    def begun() -> Begun:
        return Begun(whole[:10], len(whole), lambda: whole)

    assert len(begun()) == len(whole)
    for part in (slice(None), slice(5), slice(10), slice(11), slice(3, 7), slice(9, None), slice(-3, None)):
        assert list(begun()[part]) == whole[part]
    for place in (0, 9, 10, -1):
        assert begun()[place] == whole[place]
    with pytest.raises(IndexError):
        begun()[len(whole)]
    assert list(begun()) == whole


@pytest.mark.parametrize("how", ["forgotten", "another day", "another topic", "nothing sent"])
def test_what_no_longer_holds_is_not_shown(how: str) -> None:
    before, store = talkative(), filled()
    old = sent(before)
    assert old is not None
    if how == "another day":
        old = old._replace(day=old.day - timedelta(days=1))
    elif how == "another topic":
        old = old._replace(topic="Gone")
    bridge = Bridge(settings(), store, lambda: NOW, lambda: None if how == "nothing sent" else old)
    if how == "forgotten":  # as where the store has changed since
        bridge.forget()
    assert bridge.board(MINERALS) == Bridge(settings(), store, lambda: NOW).board(MINERALS)


async def test_the_screen_is_the_same_whoever_worked_out_its_first_look(make_app: Callable[..., WatcherApp]) -> None:
    store, screens = talkative(), []
    for ahead in (None, lambda: sent(store)):
        app = make_app(store=store, ahead=ahead)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            while app.bridge.begun:
                await pilot.pause(0.02)
            await pilot.pause()
            assert len(app.main.topic_pane.rows.items) == 3
            await pilot.press("G")
            await pilot.pause()
            screens.append(shown(app))
    assert screens[0] == screens[1]


async def test_keys_at_once_do_what_they_say_and_what_comes_later_leaves_the_selection(
    make_app: Callable[..., WatcherApp],
) -> None:
    store = talkative()
    app = make_app(store=store, ahead=lambda: sent(store))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "e", "j")
        chosen = app.main.evidence_rows.statement
        assert chosen is not None
        assert chosen.statement.party == app.main.party == "United States"
        while app.bridge.begun:
            await pilot.pause(0.02)
        await pilot.pause()
        assert app.main.party == "United States"
        assert app.main.evidence_rows.statement == chosen
