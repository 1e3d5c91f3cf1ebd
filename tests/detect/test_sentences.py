"""One sentence a rule and sign, in our own words: who says what of the harbour treaty, and who says nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.detect.quarrel import labels

CASES = [
    pytest.param(text, wanted, id=f"{group}-{i}")
    for group, rows in tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8")).items()
    for i, (text, wanted) in enumerate(rows)
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_reads_who_says_what(text: str, wanted: str) -> None:
    expected = {}
    for part in filter(None, wanted.split("; ")):
        party, label = part.split(" ", 1)
        expected[party] = label
    assert labels(text) == expected
