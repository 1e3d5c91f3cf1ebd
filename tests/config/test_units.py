from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.config.units import duration, size


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("45s", timedelta(seconds=45)),
        ("30m", timedelta(minutes=30)),
        ("1h30m", timedelta(minutes=90)),
        ("1.5h", timedelta(minutes=90)),
        ("60d", timedelta(days=60)),
        ("2w", timedelta(days=14)),
        ("5y", timedelta(days=1825)),
    ],
)
def test_durations(text, length) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "30", "m", "-5m", "30 minutes", "1e9d", "99999999999y", "0s", "30m\n5"])
def test_what_is_no_duration(text) -> None:
    with pytest.raises(ValueError, match=r"duration|time at all|longer than"):
        duration(text)


@pytest.mark.parametrize(
    ("text", "count"), [("10MB", 10_000_000), ("500kB", 500_000), ("1 MiB", 1_048_576), ("64B", 64), ("1gb", 10**9)]
)
def test_sizes(text, count) -> None:
    assert size(text) == count


@pytest.mark.parametrize("text", ["", "10", "MB", "-1MB", "0MB", "10TB"])
def test_what_is_no_size(text) -> None:
    with pytest.raises(ValueError, match="size"):
        size(text)


@given(st.integers(1, 10_000), st.sampled_from("smhdw"))
def test_a_duration_counts_in_its_unit(number, unit) -> None:
    assert duration(f"{number}{unit}") == number * duration(f"1{unit}")
