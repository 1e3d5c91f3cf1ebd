"""Shapes of phrases that every position must be read through: who acts, how it is told, where and when it stands.

Each case puts one shape together with all that may fill it, so that no reading hangs on one happy sentence.
"""

from __future__ import annotations

import tomllib
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.detect.quarrel import labels

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPES = tomllib.loads((Path(__file__).parent / "composition.toml").read_text(encoding="utf-8"))
INTRODUCED = "The harbour treaty is in the news."
CAMPS = {"the Greens": "Greens", "Green lawmakers": "Greens", "the dockers": "Dockers", "union leaders": "Dockers"}
TITLED = {"Greens": "Greens", "Green lawmakers": "Greens", "Dockers": "Dockers", "Union leaders": "Dockers"}
TARGETS = ["the harbour treaty", "the treaty", "the government's harbour treaty", "a new harbour treaty"]
NAMES = ["harbour treaty", "the harbour treaty", "new harbour treaty", "Harbour Treaty"]


def opening(text: str) -> str:
    return text[0].upper() + text[1:]


def within(text: str) -> str:
    """As it stands inside a sentence: a name keeps its capital."""
    named = text.split()[0] in ("Green", "Greens", "Rita", "Ola")
    return text if named else text[0].lower() + text[1:]


def wrong(text: str, party: str, stance: str, title: str = "") -> Iterator[str]:
    """The text, if it is not read as it should be."""
    found = labels(text, title).get(party, "nothing")
    if found.split()[0] != stance:
        yield f"{title or text} -> {found}"


@pytest.mark.parametrize("row", SHAPES["subjects"], ids=lambda row: row[2])
def test_whoever_acts_by_whatever_name(row: list[str]) -> None:
    party, number, subject = row
    missed, wrappings = [], cycle(SHAPES["wrappings"])
    for plural, singular, stance in SHAPES["predicates"]:
        for target in TARGETS[:2]:
            wrapping = next(wrappings)
            clause = f"{subject} {plural if number == 'plural' else singular} {target}"
            clause = wrapping.format(clause if wrapping.startswith("{") else within(clause))
            missed += wrong(f"{INTRODUCED} {clause}", party, stance)
    assert missed == []


@pytest.mark.parametrize("frame", SHAPES["tellings"])
def test_whatever_is_said_however_it_is_told(frame: str) -> None:
    missed, camps = [], cycle(CAMPS.items())
    for plain, quoted, stance in SHAPES["contents"]:
        words, (camp, party) = quoted if '"' in frame else plain, next(camps)
        text = frame.replace("{C}", opening(words)).replace("{c}", words).replace("{P}", camp)
        missed += wrong(f"{INTRODUCED} {text if text[0] == chr(34) else opening(text)}", party, stance)
    assert missed == []


@pytest.mark.parametrize("row", SHAPES["frames"] + SHAPES["qualified"], ids=lambda row: row[0])
def test_whatever_stands_between_a_party_and_the_target(row: list[str]) -> None:
    frame, stance = row
    missed = []
    for camp, party in CAMPS.items():
        for target in TARGETS:
            text = frame.replace("{T}", target).replace("{PS}", f"{camp}'").replace("{P}", camp)
            missed += wrong(f"{INTRODUCED} {opening(text)}.", party, stance)
            missed += wrong(f"{INTRODUCED} The paper said that {text}.", party, stance)
    assert missed == []


@pytest.mark.parametrize("row", SHAPES["titles"], ids=lambda row: row[0])
def test_titles(row: list[str]) -> None:
    frame, stance = row
    missed = []
    for camp, party in TITLED.items():
        for name in NAMES:
            named = camp if frame.startswith("{P") or camp != "Union leaders" else "union leaders"
            title = frame.replace("{T}", name).replace("{PS}", f"{named}'").replace("{P}", named)
            missed += wrong(INTRODUCED, party, stance, opening(title))
    assert missed == []


@pytest.mark.parametrize("row", SHAPES["taken_up"], ids=lambda row: row[0])
def test_words_that_take_up_the_target(row: list[str]) -> None:
    frame, stance = row
    missed = []
    for first in SHAPES["named_before"]:
        for camp, party in CAMPS.items():
            text = frame.replace("{P}", camp)
            missed += wrong(f"{first} {text if text[0] == chr(34) else opening(text)}", party, stance)
    assert missed == []


@pytest.mark.parametrize("row", SHAPES["pronouns"], ids=lambda row: row[2])
def test_words_that_take_up_a_party(row: list[str]) -> None:
    name, pronoun, party = row
    own = {"she": "her", "he": "his", "they": "their"}[pronoun]
    missed = []
    for first in SHAPES["spoken_before"]:
        for frame, stance in SHAPES["going_on"]:
            has = frame.replace("{s} has", "{s} have") if pronoun == "they" else frame
            text = has.replace("{s}", pronoun).replace("{S}", own)
            text = text if text[0] == chr(34) else opening(text)
            missed += wrong(f"{INTRODUCED} {opening(first.replace('{P}', name))} {text}", party, stance)
    assert missed == []
