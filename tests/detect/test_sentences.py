"""One sentence a rule and sign, in our own words: who says what of the harbour treaty, and who says nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.detect.quarrel import labels

CASES = [
    pytest.param(text, wanted, group == "titles", id=f"{file}-{group}-{i}")
    for file in ("sentences", "newsroom", "plain")
    for group, rows in tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8")).items()
    for i, (text, wanted) in enumerate(rows)
]


@pytest.mark.parametrize(("text", "wanted", "title"), CASES)
def test_reads_who_says_what(text: str, wanted: str, *, title: bool) -> None:
    expected = {}
    for part in filter(None, wanted.split("; ")):
        party, label = part.split(" ", 1)
        expected[party] = label
    assert (labels("", text) if title else labels(text)) == expected
