"""What stands in the frame of a sentence tells the position: hundreds of verbs, judgements and nouns."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.detect.quarrel import labels

FRAMES = tomllib.loads((Path(__file__).parent / "frames.toml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(table["frame"].format(" ".join(words.split())), table["party"], stance, id=f"{name}-{stance}-{i}")
    for name, table in FRAMES.items()
    for stance in ("support", "oppose")
    for i, words in enumerate(table[stance].split("|"))
]


@pytest.mark.parametrize(("text", "party", "stance"), CASES)
def test_reads_the_position(text: str, party: str, stance: str) -> None:
    assert labels(text)[party] == f"{stance} own"


@pytest.mark.parametrize(("text", "party", "stance"), [case for case in CASES if "subjects_do" in str(case.id)])
def test_says_nothing_of_one_whose_name_only_stands_nearby(text: str, party: str, stance: str) -> None:
    assert "Sudria" not in labels(f"{text.removesuffix('.')}, a newspaper in Sudria reported.")
