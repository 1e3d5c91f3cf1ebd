"""A change of mind within one day leaves its trace; a stray reading does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.boards import build
from watcher.domain.statement import SCORES, Stance, Strength
from watcher.engine.history import History
from watcher.engine.steps import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.domain.board import Board
    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic

DAY, EVE = date(2025, 5, 6), date(2025, 5, 5)
STANCES = {"s": "support", "o": "oppose", "c": "conditional", "u": "undecided"}


def trace(board: Board) -> str:
    """Arland's shifts of the day, by first letters."""
    return "".join(shift.after.value[0] for shift in board.shifts if shift.day == DAY)


@pytest.fixture
def hourly(say: Callable[..., Statement]) -> Callable[..., list[Statement]]:
    """Arland's words hour by hour, a letter a story: "so" is support at six and oppose at seven."""

    def make(letters: str, **more: object) -> list[Statement]:
        return [say("Arland", STANCES[letter], DAY, at=time(6 + n), **more) for n, letter in enumerate(letters)]

    return make


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("so", "so"),  # support in the morning, oppose in the evening
        ("ssoo", "so"),
        ("sssssoo", "so"),  # two stories in a row turn over a morning of many
        ("sssssosoo", "so"),  # one that still tells of the morning hides nothing
        ("scu", "scu"),
        ("ss", "s"),
        ("sssso", "s"),  # one stray text against many is none
        ("sos", "s"),
        ("ssoos", "so"),
    ],
)
def test_what_a_day_shows(topic: Topic, hourly: Callable[..., list[Statement]], said: str, seen: str) -> None:
    board = build(topic, hourly(said), as_of=DAY)
    row = board.rows[0]
    assert trace(board) == seen
    assert row.stance == STANCES[seen[-1]]
    assert row.previous == (STANCES[seen[-2]] if len(seen) > 1 else None)
    assert row.trend == ((DAY, SCORES[STANCES[seen[-1]]]),)


def test_the_words_before_the_turn_do_not_contest_the_new_stance(
    topic: Topic, hourly: Callable[..., list[Statement]]
) -> None:
    row = build(topic, hourly("sso"[1:]), as_of=DAY).rows[0]
    assert (row.since, row.sources, row.contested) == (DAY, 1, ())
    assert row.confidence == 0.8
    assert row.latest is not None
    assert row.latest.stance is Stance.OPPOSE


def test_a_lone_weak_reading_of_the_same_day_turns_nothing_over(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [
        say("Arland", "support", DAY, at=time(8)),
        say("Arland", "oppose", DAY, at=time(18), strength=Strength.WEAK),
    ]
    board = build(topic, said, as_of=DAY)
    assert trace(board) == "s"
    assert board.rows[0].stance is Stance.SUPPORT


def test_lesser_voices_and_members_make_no_turn(topic: Topic, say: Callable[..., Statement]) -> None:
    own = say("Arland", "support", DAY, at=time(12))
    early = say("Arland", "oppose", DAY, "reported", at=time(8))
    late = say("Arland", "oppose", DAY, "reported", at=time(18))
    member = say("Arland", "oppose", DAY, at=time(19), member=True)
    assert trace(build(topic, [early, own, late, member], as_of=DAY)) == "s"


def test_an_act_comes_after_the_words_before_it_and_voids_those_after(
    topic: Topic, say: Callable[..., Statement]
) -> None:
    said = [
        say("Arland", "support", DAY, at=time(8)),
        say("Arland", "oppose", DAY, at=time(12), deed=True),
        say("Arland", "support", DAY, at=time(18)),
        say("Arland", "support", DAY, at=time(19)),
    ]
    assert trace(build(topic, said, as_of=DAY)) == "so"


def test_copies_of_the_morning_story_are_of_the_morning(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [
        say("Arland", "support", DAY, at=time(8), story="wire"),
        say("Arland", "oppose", DAY, at=time(12)),
        *(say("Arland", "support", DAY, at=time(20), story="wire") for _ in range(5)),
    ]
    board = build(topic, said, as_of=DAY)
    assert trace(board) == "so"


def test_texts_without_a_moment_bear_out_but_turn_nothing(topic: Topic, say: Callable[..., Statement]) -> None:
    morning, evening = say("Arland", "support", DAY, at=time(8)), say("Arland", "oppose", DAY, at=time(18))
    told_later = say("Arland", "support", DAY, published=DAY + timedelta(days=1), at=time(9))
    day_only = say("Arland", "support", DAY, at=time())
    board = build(topic, [morning, evening, told_later, day_only], as_of=DAY + timedelta(days=1))
    assert trace(board) == "so"
    assert trace(build(topic, [day_only, evening], as_of=DAY)) == "o"


def test_the_same_moment_is_no_turn(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", DAY), say("Arland", "oppose", DAY)]
    assert trace(build(topic, said, as_of=DAY)) == "o"


def test_a_turn_back_to_yesterdays_stance_is_two_shifts(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [
        say("Arland", "oppose", EVE),
        say("Arland", "support", DAY, at=time(8)),
        say("Arland", "oppose", DAY, at=time(18)),
    ]
    board = build(topic, said, as_of=DAY)
    row = board.rows[0]
    assert trace(board) == "so"
    assert (row.stance, row.previous, row.since) == (Stance.OPPOSE, Stance.SUPPORT, DAY)


@given(st.lists(st.tuples(st.sampled_from("socu"), st.integers(0, 23), st.booleans(), st.integers(0, 6)), min_size=1))
def test_the_steps_of_a_day_hold_texts_of_that_day_and_go_forward(texts: list[tuple[str, int, bool, int]]) -> None:
    from tests.engine.conftest import statement

    said = [
        statement(n, "Arland", STANCES[letter], DAY, at=time(hour), deed=deed, story=f"s{story}")
        for n, (letter, hour, deed, story) in enumerate(texts)
    ]
    entries = History(said).entries["Arland"]
    made = steps(entries)
    begun = [step.begins for step in made[1:]]
    assert made[0].begins is None
    assert all(begun)
    assert begun == sorted(begun, key=lambda at: at or datetime.min.replace(tzinfo=UTC))
    assert all(step.best in entries and step.day == DAY for step in made)
