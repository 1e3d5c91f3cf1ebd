"""A history that follows another one takes over what still holds, and comes to the same as one made afresh."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.conftest import statement
from watcher.domain.judgement import Correction, StatementKey
from watcher.domain.statement import Stance
from watcher.engine.history import History

if TYPE_CHECKING:
    from watcher.domain.statement import Statement

FIRST = date(2025, 5, 1)
PARTIES = ("Arland", "Borland")
DAYS = [FIRST + timedelta(days=n) for n in (0, 2, 5, 400)]


@st.composite
def many(draw: st.DrawFn) -> list[Statement]:
    """Statements of a few days, some of one text, some on days before their text's."""
    made = []
    for n in range(draw(st.integers(1, 10))):
        day = FIRST + timedelta(days=draw(st.integers(0, 5)))
        said = day - timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 600])))
        made += [
            statement(
                10 * n + k, draw(st.sampled_from(PARTIES)), str(draw(st.sampled_from(list(Stance)))), said,
                published=day, article=f"a{n}", story=f"a{draw(st.integers(0, n))}", member=draw(st.booleans()),
            )
            for k in range(draw(st.integers(1, 2)))
        ]  # fmt: skip
    return made


@given(many(), st.data())
def test_the_same_as_made_afresh(statements: list[Statement], data: st.DataObject) -> None:
    before = None
    for _ in range(3):
        some = data.draw(st.lists(st.sampled_from(statements), unique_by=lambda s: s.start))
        corrections = []
        if some and data.draw(st.booleans()):
            stance = data.draw(st.sampled_from([None, *Stance]))
            corrections = [
                Correction(id="c", key=StatementKey.of(some[0]), stance=stance, at=datetime(2025, 6, 1, tzinfo=UTC))
            ]
        grown, fresh = History(some, corrections, before), History(some, corrections)
        if data.draw(st.booleans()):  # parties that nobody asked for have nothing to take over
            for party in PARTIES:
                for day in DAYS:
                    mine, whole = grown.until(party, day), fresh.until(party, day)
                    assert list(mine.entries) == list(whole.entries)
                    assert list(mine.steps) == list(whole.steps)
        before = grown
