"""Days as texts write them, read as dateparser reads them, and without waiting for it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime

import dateparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.detect.dates import BACK, PHRASE, said_on

SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
LONG = ("January", "February", "March", "April", "August", "September", "October", "November", "December")
MONTHS = (*SHORT, *(f"{month}." for month in SHORT if month != "May"), *LONG)


@st.composite
def written(draw: st.DrawFn) -> str:
    month, day = draw(st.sampled_from(MONTHS)), draw(st.integers(1, 31))
    year = draw(st.none() | st.integers(1000, 9999))
    space = draw(st.sampled_from([" ", "  ", "\n"]))
    if draw(st.booleans()):
        return f"{month}{space}{day}" + (f",{draw(st.sampled_from(['', ' ']))}{year}" if year else "")
    return f"{day}{space}{month}" + (f"{space}{year}" if year else "")


def by_dateparser(text: str, published: date) -> date | None:
    base = datetime(published.year, published.month, published.day)  # noqa: DTZ001
    found = dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"})
    if found is None:
        return None
    day = found.date()
    dated = any(len(part) == 4 and part.isdigit() for part in text.replace(",", " ").split())
    try:
        if not dated:
            day = day.replace(year=published.year - ((day.month, day.day) > (published.month, published.day)))
    except ValueError:
        return None
    if day > published or (not dated and day.year < published.year and (published - day).days > BACK):
        return None
    return day


@given(written(), st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_a_written_day_is_the_one_that_dateparser_finds(text: str, published: date) -> None:
    assert PHRASE.search(f"said {text}")
    assert said_on(f"Moro rejected the treaty in the talks on {text}", published) == by_dateparser(text, published)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Feb. 29", date(2024, 2, 29)),
        ("on 31 June", None),
        ("on December 30", date(2023, 12, 30)),
        ("on Sept. 30", None),  # half a year back: it may be the one to come
        ("on 30 September 2023", date(2023, 9, 30)),
    ],
)
def test_days_without_a_year_and_days_that_never_were(text: str, day: date | None) -> None:
    assert said_on(f"Moro rejected the treaty {text}", date(2024, 3, 1)) == day


def test_reading_a_day_waits_for_no_library() -> None:
    code = (
        "import sys, datetime; from watcher.detect.dates import said_on;"
        "print(said_on('He said no on Feb. 12.', datetime.date(2025, 2, 15)), 'dateparser' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.split() == ["2025-02-12", "False"]
