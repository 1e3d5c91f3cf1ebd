"""Time travel: the board, the evidence and the articles as of a day, plainly marked as the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.ui.ui_world import FLEET, NOW, article, readings, say, shown
from watcher.domain.statement import Stance
from watcher.store.base import Batch
from watcher.ui.app import WatcherApp
from watcher.ui.days import read_day
from watcher.ui.screens.travel import EARLIEST
from watcher.ui.widgets.board import BoardRows

if TYPE_CHECKING:
    from watcher.store.memory import MemoryStore

Make = Callable[..., WatcherApp]
TODAY = NOW.date()


def viewed(app: WatcherApp) -> date | None:
    return app.main.view.as_of


def stance(app: WatcherApp, party: str) -> Stance | None:
    board = app.screen.query_one(BoardRows).board
    assert board is not None
    row = board.row(party)
    assert row is not None
    return row.stance


async def test_brackets_step_through_shifts_and_back_to_now(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert viewed(app) == date(2025, 3, 1)
        assert "THE PAST: as of 1 Mar 2025" in shown(app)
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert viewed(app) == date(2025, 2, 23)
        assert stance(app, "United States") is Stance.SUPPORT
        await pilot.press("right_square_bracket", "right_square_bracket")
        await pilot.pause()
        assert "THE PAST" not in shown(app)
        assert viewed(app) is None
        assert stance(app, "United States") is Stance.OPPOSE


async def test_evidence_and_articles_are_those_published_by_the_day(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("t", *"2025-02-12", "enter")
        await pilot.pause()
        text = shown(app)
        assert "as of 12 Feb 2025" in text
        assert stance(app, "Ukraine") is Stance.OPPOSE
        assert "security guarantees" not in text
        await pilot.press("a")
        await pilot.pause()
        text = shown(app)
        assert "Kyiv says no for now" in text
        assert "A door is left open" not in text
        await pilot.press("T")
        await pilot.pause()
        assert "A door is left open" in shown(app)


async def test_braces_step_by_days(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("left_curly_bracket", "left_curly_bracket")
        assert app.main.view.as_of == date(2025, 3, 4)
        await pilot.press("right_curly_bracket", "right_curly_bracket")
        assert app.main.view.as_of is None


async def test_a_bad_day_is_told_and_the_question_stays(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("t", *"[b]soon", "enter")
        await pilot.pause()
        assert "[b]soon is no day" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.main.view.as_of is None


async def test_the_timeline_has_a_lane_a_party_and_clicks_travel(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        await pilot.press("l")
        await pilot.pause(0.1)
        timeline = app.main.timeline
        lines = [line[timeline.region.x :] for line in shown(app).splitlines()[timeline.region.y :]]
        support, conditional, undecided, oppose = (line.strip() for line in lines[:4])
        assert support.split() == ["▌Ukraine", "▲"]
        assert conditional.startswith("▌              ◐") or "◐━" in conditional
        assert undecided.count("│") == 1, "the course steps from oppose to conditional"
        assert oppose.split()[-1].strip("▼━") == "╯"
        later = lines[5]
        assert later.split()[:2] == ["United", "States"]
        assert lines[8].rstrip().split("▼")[-1].strip("━") == ""
        column = timeline.region.x + later.index("▲", later.index("▲") + 1)
        await pilot.click(offset=(column, timeline.region.y + 6))
        await pilot.pause()
        assert app.main.view.as_of is not None
        assert abs((app.main.view.as_of - date(2025, 2, 23)).days) <= 1


async def test_a_low_timeline_has_a_line_a_lane_with_signs_where_it_shifted(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(90, 17)) as pilot:
        await pilot.pause(0.1)
        await pilot.press("l")
        await pilot.pause(0.1)
        lines = shown(app).splitlines()[app.main.timeline.region.y :]
        assert lines[0].split()[-1].startswith("▼━")
        assert "◐━" in lines[0]
        assert lines[1].rstrip().split("▼")[-1].strip("━") == ""
        assert "┬ 16 Feb ─" in lines[2]


async def test_a_shift_that_was_taken_back_within_a_cell_is_marked(make_app: Make, store: MemoryStore) -> None:
    first = article("s1", "One", "Oslo wants the quotas raised.", "2023-01-05")
    second = article("s2", "Two", "Oslo rejects higher quotas.", "2025-02-10")
    third = article("s3", "Three", "Oslo wants the quotas raised after all.", "2025-02-11")
    said = [
        say(first, "Norway", Stance.SUPPORT, "Oslo wants the quotas raised.", "wants", topic=FLEET.name),
        say(second, "Norway", Stance.OPPOSE, "Oslo rejects higher quotas.", "rejects", topic=FLEET.name),
        say(third, "Norway", Stance.SUPPORT, "Oslo wants the quotas raised after all.", "wants", topic=FLEET.name),
    ]
    store.commit(Batch(articles=[first, second, third], readings=readings([first, second, third], said)))
    app = make_app()
    async with app.run_test(size=(90, 40)) as pilot:
        await pilot.press("3", "l")
        await pilot.pause()
        assert "━Δ━" in shown(app)


async def test_enter_on_a_lane_shows_the_party_s_evidence(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("l", "down", "enter")
        await pilot.pause()
        assert app.main.view.tab == "evidence"
        assert app.main.party == "United States"


async def test_the_first_day_of_all_is_no_way_out_of_the_calendar(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("t", *"0001-01-01", "enter")
        await pilot.pause()
        await pilot.press("left_curly_bracket", "l")
        await pilot.pause()
        assert viewed(app) == EARLIEST
        assert "as of 1 Jan 1900" in shown(app)


async def test_choosing_a_shift_travels_to_its_day(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "▲ support     → ▼ oppose" in shown(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.main.view.as_of == date(2025, 2, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-02-15", date(2025, 2, 15)),
        ("15 Feb 2025", date(2025, 2, 15)),
        ("Feb 15, 2025", date(2025, 2, 15)),
        (" 2025/2/5 ", date(2025, 2, 5)),
        ("05.02.2025", date(2025, 2, 5)),
        ("5.2.25", date(2025, 2, 5)),
        ("15/2/2025", date(2025, 2, 15)),
        ("2/15/2025", date(2025, 2, 15)),
        ("5 Dec", date(2024, 12, 5)),
        ("0031-01-02", date(31, 1, 2)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("yesterday", date(2025, 3, 5)),
        ("2 weeks ago", date(2025, 2, 20)),
        ("last Friday", date(2025, 2, 28)),
        ("today", TODAY),
        ("February", date(2025, 2, 28)),
        ("Mar 2025", TODAY),
        ("2024", date(2024, 12, 31)),
    ],
)
def test_words_for_days_count_from_the_board_s_own_day(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["qwerty", "", "5", "-1", "2025-02-30", "2025-13-01", "T"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is no day; write it as 2025-03-05"):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "why"),
    [("tomorrow", "is still to come"), ("2030-01-01", "is still to come"), ("5/2/2025", "may be one of two days")],
)
def test_a_day_to_come_or_one_of_two_is_refused(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"{typed} {why}; write it as 2025-03-05"):
        read_day(typed, TODAY)
