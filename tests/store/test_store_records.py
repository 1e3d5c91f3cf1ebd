"""Records as lines and back, whatever is in them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.store_samples import article, everything
from watcher.domain.article import Article
from watcher.domain.feed import FeedState
from watcher.domain.judgement import Correction, Pin
from watcher.domain.statement import Statement
from watcher.errors import StoreError
from watcher.store import lines, records
from watcher.store.base import Mark, Meta, Record, TopicReading
from watcher.store.memory import MemoryStore

st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"])))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(date, st.dates())
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))


@pytest.mark.parametrize("kind", get_args(Record), ids=lambda kind: kind.__name__)
def test_any_record_comes_back_equal(kind: type[Any]) -> None:
    @settings(max_examples=30)
    @given(st.builds(kind))
    def check(record: Any) -> None:
        line = records.encode(record)
        assert "\n" not in line
        assert json.loads(line)["v"] == records.VERSION
        assert records.decode(line) == record
        assert records.decode(lines.seal(line.encode())) == record, "a store's own line will do"

    check()


def test_every_kind_has_its_name() -> None:
    assert {kind.type for kind in records.KINDS.values()} == set(get_args(Record))
    assert set(get_args(Record)) == {Article, TopicReading, FeedState, Mark, Correction, Pin, Meta}


NO_RECORDS = [
    "",
    "x",
    "[]",
    "{}",
    '{"kind":"article"}',
    '{"kind":"article","v":1}',
    '{"kind":"poem","v":1}',
    '{"kind":[],"v":1}',
    '{"kind":"mark","v":"1","article":"a"}',
    '{"kind":"mark","v":1,"article":"a","read":"perhaps"}',
    '{"kind":"removed","v":1,"of":"mark","key":"a"}',
]


@pytest.mark.parametrize("line", [*NO_RECORDS, b"\xff{}"])
def test_what_is_no_record_is_refused(line: str | bytes) -> None:
    with pytest.raises(records.UnreadableError):
        records.decode(line)


def test_a_newer_record_is_refused_by_name() -> None:
    with pytest.raises(StoreError, match="update watcher"):
        records.decode('{"kind":"mark","v":99,"article":"a"}')


def test_fields_that_are_new_or_missing_do_no_harm() -> None:
    fields = json.loads(records.encode(article()))
    del fields["summary"], fields["dated"]
    assert records.decode(json.dumps(fields | {"mood": "calm"})) == article()


def test_batches_hold_everything_in_order() -> None:
    store = MemoryStore()
    store.commit(everything())
    some = list(store.records())
    cut = list(records.batches(some, size=4))
    assert sum(len(one.articles) for one in cut) == 2
    assert [len(one.articles) + len(one.readings) for one in cut[:2]] == [4, 1]


@given(st.lists(st.binary(min_size=1).map(lambda data: data.replace(b"\n", b" ")), max_size=6), st.data())
def test_a_flipped_byte_never_passes_for_sound(bodies: list[bytes], data: st.DataObject) -> None:
    sealed = [lines.seal(b"{" + body.replace(lines.START, b"") + b"}") for body in bodies]
    whole = b"".join(sealed)
    assert [line + b"\n" for _, line, intact in lines.salvage(whole) if intact] == sealed
    assert all(whole[offset:].startswith(line) for offset, line, _ in lines.salvage(whole))
    if whole:
        at = data.draw(st.integers(0, len(whole) - 1))
        harmed = bytearray(whole)
        harmed[at] ^= data.draw(st.integers(1, 255))
        kept = [line + b"\n" for _, line, intact in lines.salvage(bytes(harmed)) if intact]
        assert set(kept) <= set(sealed)
        assert len(kept) >= len(sealed) - 2


def test_a_statement_has_nothing_that_lines_cannot_carry() -> None:
    @settings(max_examples=30)
    @given(st.builds(TopicReading, statements=st.tuples(st.builds(Statement))))
    def check(reading: TopicReading) -> None:
        assert records.decode(records.encode(reading)) == reading

    check()
