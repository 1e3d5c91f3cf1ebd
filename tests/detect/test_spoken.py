"""What is said in the first person, in every way that papers quote it: each content in each frame."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.detect.quarrel import labels

SPOKEN = tomllib.loads((Path(__file__).parent / "spoken.toml").read_text(encoding="utf-8"))
SAID = [(content, stance) for stance in ("support", "oppose") for content in SPOKEN[stance]]


def within(content: str) -> str:
    """As it stands inside a sentence."""
    return content if content.startswith(("I ", "I'")) else content[0].lower() + content[1:]


@pytest.mark.parametrize(("content", "stance"), SAID)
def test_a_speaker_is_read_however_quoted(content: str, stance: str) -> None:
    missed = []
    for frame in SPOKEN["quotations"]:
        text = frame.format(C=content, c=within(content))
        if labels(text).get("Dockers") != f"{stance} own":
            missed.append(text)
    for frame in SPOKEN["titles"]:
        title = frame.format(C=content)
        if labels("", title).get("Dockers") != f"{stance} own":
            missed.append(title)
    assert missed == []
