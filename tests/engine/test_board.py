"""The board follows the codebook's order of weight, day after day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.engine.boards import build
from watcher.domain.feed import Feed, FeedState, FeedStatus
from watcher.domain.judgement import Correction, Pin, StatementKey
from watcher.domain.statement import Stance, Strength

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.domain.board import Board
    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic

MAY = [date(2025, 5, day) for day in range(1, 32)]


def stance(board: Board, party: str = "Arland") -> str | None:
    row = board.row(party)
    assert row is not None
    return row.stance.value if row.stance else None


def test_no_statement_is_no_position(topic: Topic) -> None:
    board = build(topic, [], as_of=MAY[0])
    assert [row.party for row in board.rows] == ["Arland", "Borland", "Corland"]
    assert stance(board) is None


def test_the_latest_own_words_stand(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "oppose", MAY[0]), say("Arland", "conditional", MAY[8]), say("Arland", "support", MAY[12])]
    board = build(topic, said, as_of=MAY[20])
    row = board.row("Arland")
    assert row is not None
    assert (row.stance, row.previous, row.since) == (Stance.SUPPORT, Stance.CONDITIONAL, MAY[12])
    assert [(s.day, s.before, s.after) for s in board.shifts] == [
        (MAY[0], None, Stance.OPPOSE),
        (MAY[8], Stance.OPPOSE, Stance.CONDITIONAL),
        (MAY[12], Stance.CONDITIONAL, Stance.SUPPORT),
    ]
    assert row.trend == ((MAY[0], -1.0), (MAY[8], 0.25), (MAY[12], 1.0))


def test_as_of_shows_what_a_reader_could_know_that_day(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "oppose", MAY[0]), say("Arland", "support", MAY[3], published=MAY[9])]
    assert stance(build(topic, said, as_of=MAY[5])) == "oppose"
    assert stance(build(topic, said, as_of=MAY[9])) == "support"


@pytest.mark.parametrize("lesser", ["reported", "claimed"])
def test_a_lesser_voice_does_not_take_over_from_own_words(
    topic: Topic, say: Callable[..., Statement], lesser: str
) -> None:
    said = [say("Arland", "oppose", MAY[0]), say("Arland", "support", MAY[5], lesser, claimed_by="Borland")]
    assert stance(build(topic, said, as_of=MAY[9])) == "oppose"


def test_a_lesser_voice_speaks_where_own_words_are_stale(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "oppose", MAY[0]), say("Arland", "support", MAY[29], "reported")]
    assert stance(build(topic, said, as_of=MAY[30], stale_after=timedelta(days=20))) == "support"


def test_a_deed_outweighs_words_for_some_days_and_not_for_ever(topic: Topic, say: Callable[..., Statement]) -> None:
    vote = say("Arland", "oppose", MAY[0], deed=True)
    soon, later = say("Arland", "support", MAY[2]), say("Arland", "support", MAY[9])
    assert stance(build(topic, [vote, soon], as_of=MAY[3])) == "oppose"
    assert stance(build(topic, [vote, soon, later], as_of=MAY[10])) == "support"


def test_a_member_never_flips_the_party(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", MAY[0]), say("Arland", "oppose", MAY[5], member=True)]
    assert stance(build(topic, said, as_of=MAY[9])) == "support"
    assert stance(build(topic, said[1:], as_of=MAY[9])) == "oppose"


def test_one_weak_reading_does_not_turn_a_strong_one_over_but_two_do(
    topic: Topic, say: Callable[..., Statement]
) -> None:
    said = [say("Arland", "support", MAY[0]), say("Arland", "oppose", MAY[1], strength=Strength.WEAK)]
    assert stance(build(topic, said, as_of=MAY[3])) == "support"
    said.append(say("Arland", "oppose", MAY[2], strength=Strength.WEAK))
    assert stance(build(topic, said, as_of=MAY[3])) == "oppose"


def test_the_days_majority_counts_stories_not_copies(topic: Topic, say: Callable[..., Statement]) -> None:
    copies = [say("Arland", "oppose", MAY[0], story="wire") for _ in range(10)]
    others = [say("Arland", "support", MAY[0]), say("Arland", "support", MAY[0])]
    board = build(topic, copies + others, as_of=MAY[0])
    assert stance(board) == "support"
    assert board.rows[0].sources == 2
    assert build(topic, copies, as_of=MAY[0]).rows[0].sources == 1


def test_a_claim_against_own_words_is_shown_and_changes_nothing(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [
        say("Borland", "conditional", MAY[0]),
        say("Borland", "support", MAY[0], "claimed", claimed_by="Arland"),
        say("Borland", "undecided", MAY[0], "claimed", claimed_by="Arland"),
    ]
    board = build(topic, said, as_of=MAY[1])
    assert stance(board, "Borland") == "conditional"
    assert [(c.about, c.by, c.claimed_stance, c.own_stance) for c in board.claims] == [
        ("Borland", "Arland", Stance.SUPPORT, Stance.CONDITIONAL)
    ]


def test_a_claim_that_came_true_or_grew_old_is_no_contradiction(topic: Topic, say: Callable[..., Statement]) -> None:
    claim = say("Borland", "support", date(2025, 3, 1), "claimed", claimed_by="Arland")
    assert not build(topic, [claim, say("Borland", "support", MAY[0])], as_of=MAY[1]).claims
    assert not build(topic, [claim, say("Borland", "oppose", MAY[0])], as_of=MAY[1]).claims


def test_contested_holds_what_was_said_against_the_present_stance(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", MAY[0]), say("Arland", "oppose", MAY[2], "reported")]
    row = build(topic, said, as_of=MAY[3]).rows[0]
    assert [s.stance for s in row.contested] == [Stance.OPPOSE]
    assert row.confidence < build(topic, said[:1], as_of=MAY[3]).rows[0].confidence


def test_corrections_relabel_and_reject_and_can_be_withdrawn(topic: Topic, say: Callable[..., Statement]) -> None:
    wrong = say("Arland", "support", MAY[0])
    at = datetime(2025, 5, 2, tzinfo=UTC)
    relabel = Correction(id="1", key=StatementKey.of(wrong), stance=Stance.OPPOSE, at=at)
    reject = Correction(id="2", key=StatementKey.of(wrong), stance=None, at=at)
    gone = Correction(id="2", key=StatementKey.of(wrong), stance=None, at=at, withdrawn=True)
    assert stance(build(topic, [wrong], as_of=MAY[3], corrections=[relabel])) == "oppose"
    assert stance(build(topic, [wrong], as_of=MAY[3], corrections=[relabel, reject])) is None
    assert stance(build(topic, [wrong], as_of=MAY[3], corrections=[gone])) == "support"


def test_a_pin_sets_the_stance_and_shows_what_was_read(topic: Topic, say: Callable[..., Statement]) -> None:
    pin = Pin(id="p", topic=topic.name, party="Arland", stance=Stance.OPPOSE, at=datetime(2025, 5, 4, tzinfo=UTC))
    said = [say("Arland", "support", MAY[0])]
    row = build(topic, said, as_of=MAY[9], pins=[pin]).rows[0]
    assert (row.stance, row.machine, row.pin) == (Stance.OPPOSE, Stance.SUPPORT, pin)
    assert stance(build(topic, said, as_of=MAY[1], pins=[pin])) == "support"
    assert stance(build(topic, [], as_of=MAY[9], pins=[pin])) == "oppose"


def test_the_latest_words_of_a_day_are_those_that_bear_the_row_out(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [
        say("Arland", "conditional", MAY[0], article="one", start=0),
        say("Arland", "conditional", MAY[0], article="one", start=50),
        say("Arland", "oppose", MAY[0], article="one", start=99, strength=Strength.WEAK, confidence=0.3),
    ]
    row = build(topic, said, as_of=MAY[1]).rows[0]
    assert row.latest is not None
    assert row.stance == row.latest.stance == "conditional"


def test_age_shows(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", MAY[0])]
    assert not build(topic, said, as_of=MAY[20]).rows[0].stale
    assert build(topic, said, as_of=date(2025, 9, 1)).rows[0].stale


def test_a_row_whose_only_feeds_fail_says_so(topic: Topic, say: Callable[..., Statement]) -> None:
    feeds = [Feed(name="Gazette", url="https://gazette.example/rss"), Feed(name="Post", url="https://post.example/rss")]
    states = {
        feeds[0].url: FeedState(url=feeds[0].url, status=FeedStatus.TIMEOUT),
        feeds[1].url: FeedState(url=feeds[1].url, status=FeedStatus.OK, newest_item=datetime(2025, 5, 9, tzinfo=UTC)),
    }
    said = [say("Arland", "support", MAY[0], feed="Gazette"), say("Borland", "support", MAY[0], feed="Post")]
    board = build(topic, said, as_of=MAY[9], feed_states=states, feeds=feeds)
    assert [row.unheard for row in board.rows] == [True, False, False]
    assert (board.feeds.ok, board.feeds.failing, board.feeds.newest) == (1, 1, datetime(2025, 5, 9, tzinfo=UTC))


GAZETTE, POST = Feed(name="Gazette", url="https://g.example/rss"), Feed(name="Post", url="https://p.example/rss")


def unheard(topic: Topic, said: list[Statement], as_of: date = MAY[9], **states: FeedState | FeedStatus) -> list[bool]:
    """Which of the rows say that their feeds fail, the feeds being as named."""
    feeds = {"gazette": GAZETTE, "post": POST}
    known = {
        feeds[name].url: state if isinstance(state, FeedState) else FeedState(url=feeds[name].url, status=state)
        for name, state in states.items()
    }
    board = build(topic, said, as_of=as_of, feed_states=known, feeds=list(feeds.values()))
    return [row.unheard for row in board.rows]


def test_where_all_feeds_fail_no_party_looks_quiet(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", MAY[0]), say("Borland", "support", MAY[0], feed="Closed since")]
    dead = {"gazette": FeedStatus.TIMEOUT, "post": FeedStatus.BACKING_OFF}
    assert unheard(topic, said, **dead) == [True, True, True]
    assert unheard(topic, said, **dead | {"post": FeedStatus.OK}) == [False, False, False]
    assert unheard(topic, said, gazette=FeedStatus.TIMEOUT) == [False, False, False]  # the Post was not asked yet
    assert unheard(topic, said) == [False, False, False]


def test_a_feed_that_is_off_brings_no_news_and_does_not_fail(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", MAY[0], feed="Post")]
    off = replace(POST, enabled=False)
    states = {feed.url: FeedState(url=feed.url, status=FeedStatus.TIMEOUT) for feed in (GAZETTE, POST)}
    assert [row.unheard for row in build(topic, said, as_of=MAY[9], feed_states=states, feeds=[off]).rows] == [
        False
    ] * 3
    board = build(topic, said, as_of=MAY[9], feed_states=states, feeds=[off, GAZETTE])
    assert [row.unheard for row in board.rows] == [True] * 3


def test_a_row_of_a_failing_feed_and_a_seed_is_unheard(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [
        say("Arland", "support", MAY[0]), say("Arland", "support", MAY[1], feed="Gazette"),
        say("Borland", "support", MAY[0], feed="Post"), say("Borland", "support", MAY[1], feed="Gazette"),
    ]  # fmt: skip
    assert unheard(topic, said, gazette=FeedStatus.TIMEOUT, post=FeedStatus.OK) == [True, False, False]


def test_a_feed_that_answered_after_a_day_did_not_fail_on_it(topic: Topic, say: Callable[..., Statement]) -> None:
    said, later = [say("Arland", "support", MAY[0], feed="Gazette")], datetime(2025, 5, 20, tzinfo=UTC)
    failed = FeedState(url=GAZETTE.url, status=FeedStatus.HTTP_ERROR, last_success=later)
    assert unheard(topic, said, MAY[9], gazette=failed, post=FeedStatus.TIMEOUT)[0] is False
    assert unheard(topic, said, MAY[20], gazette=failed, post=FeedStatus.TIMEOUT) == [True, True, True]
    stale = replace(failed, status=FeedStatus.STALE, newest_item=datetime(2025, 5, 2, tzinfo=UTC))
    assert unheard(topic, said, MAY[9], gazette=stale, post=FeedStatus.OK)[0] is True


def test_a_historic_position_counts_for_its_own_day(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", MAY[0]), say("Arland", "oppose", date(2013, 6, 1), published=MAY[4])]
    row = build(topic, said, as_of=MAY[9]).rows[0]
    assert (row.stance, row.previous) == (Stance.SUPPORT, Stance.OPPOSE)


def test_only_a_person_is_certain(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", MAY[0], article=f"paper {n}", confidence=0.9) for n in range(9)]
    assert build(topic, said, as_of=MAY[3]).rows[0].confidence == 0.99
    relabelled = Correction(id="c", key=StatementKey.of(said[0]), stance=Stance.SUPPORT, at=said[0].article.published)
    assert build(topic, said[:1], as_of=MAY[3], corrections=[relabelled]).rows[0].confidence == 1.0
