"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds.dates import plausible, read

NOON = datetime(2025, 2, 15, 12, 0, tzinfo=UTC)
DAY = datetime(2025, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sat, 15 Feb 2025 12:00:00 GMT", NOON),
        ("Sat, 15 Feb 2025 14:00:00 +0200", NOON),
        ("Sat, 15 Feb 2025 14:00:00 +02:00", NOON),
        ("15 Feb 2025 07:00:00 EST", NOON),
        ("Sat, 15 Feb 2025 13:00:00 CET", NOON),
        ("Sat, 15 Feb 2025 15:00:00 MSK", NOON),
        ("  Sat,  15 Feb 2025\n12:00 GMT ", NOON),
        ("2025-02-15T12:00:00Z", NOON),
        ("2025-02-15T14:00:00+02:00", NOON),
        ("2025-02-15T12:00:00.123Z", NOON + timedelta(milliseconds=123)),
        ("2025-02-15 12:00:00", NOON),
        ("2025-02-15", DAY),
        ("15-02-2025", DAY),
        ("05.02.2025", datetime(2025, 2, 5, tzinfo=UTC)),
        ("February 15, 2025", DAY),
        ("15 лютого 2025", DAY),
        ("Sáb, 15 Fev 2025 09:00:00 -0300", NOON),
        ("Sat, 15 Feb 2025 14:00:00 +02", NOON),
        ("Sat, 15 Feb 2025 14:00:00 GMT+2", NOON),
        ("Sat Feb 15 2025 13:00:00 GMT+0100 (CET)", NOON),
        ("Sat, 15 Feb 2025 20:00:00 SGT", NOON),
        ("Sat, 15 Feb 2025 09:00:00 BRT", NOON),
        ("Sat, 15 Feb 2025 12:00:00 PM GMT", NOON),
        ("Sat, 15 Feb 2025 7:00 am EST", NOON),
        ("2/15/2025 12:00:00 PM", NOON),
        ("2/3/2025 0:00 AM", datetime(2025, 2, 3, tzinfo=UTC)),
        ("Sáb, 15 Fev 2025 09:00 -0300", NOON),
        ("1739620800", NOON),
        ("1739620800000", NOON),
        ("20250215T120000Z", NOON),
        ("20250215", DAY),
    ],
)
def test_dates_are_read_in_utc(text: str, moment: datetime) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2 hours ago", "yesterday", "12345", "item-2025-4711", "Feb 2025", "9" * 1000),
        *("Wed, 01 Jan 0000 00:00:00 GMT", "10000-01-01", "Sat, 15 Feb 2025 99:00:00 GMT", "2025-02-30T00:00:00Z"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read(text) is None


@given(st.text(max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    moment = read(text, guess=False)
    assert moment is None or moment.tzinfo is not None


def test_only_moments_at_which_articles_are_published_are_plausible() -> None:
    assert plausible(NOON, NOON) == NOON
    assert plausible(NOON + timedelta(minutes=5), NOON) == NOON
    assert plausible(NOON + timedelta(hours=1), NOON) is None
    assert plausible(datetime(1970, 1, 1, tzinfo=UTC), NOON) is None
    assert plausible(datetime(9999, 12, 31, tzinfo=UTC), NOON) is None
    assert plausible(None, NOON) is None
