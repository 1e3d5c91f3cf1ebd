"""The sign of a chain is the product of its parts: the lexicon's verbs and adjectives before each kind of object."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.detect.quarrel import labels
from watcher.detect.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OBJECTS = {
    "the harbour treaty": 1,
    "ratification of the harbour treaty": 1,
    "the bill to ratify the harbour treaty": 1,
    "a plan to sign the harbour treaty": 1,
    "the idea of signing the harbour treaty": 1,
    "a bill that would ratify the harbour treaty": 1,
    "a resolution ratifying the harbour treaty": 1,
    "a motion rejecting the harbour treaty": -1,
    "a bill that would scrap the harbour treaty": -1,
    "efforts to kill the harbour treaty": -1,
    "the repeal of the harbour treaty": -1,
    "a vote against the harbour treaty": -1,
    "criticism of the harbour treaty": -1,
    "a delay to the harbour treaty": -1,
}
SIDES = {1: "support own", -1: "oppose own"}
EVERY = 3
"""So many verbs are passed over for each that is tried: all of them take a minute."""


def verbs() -> Iterator[tuple[str, int]]:
    entries = {(e.lemma, e.sign) for group in load().verbs.values() for e in group if e.sign and e.form == "base"}
    yield from ((f"will {lemma}", sign) for lemma, sign in sorted(entries)[::EVERY])


def adjectives() -> Iterator[tuple[str, int]]:
    entries = {(e.lemma, e.sign) for group in load().adjectives.values() for e in group if e.sign and " " in e.lemma}
    yield from ((f"is {lemma}", sign) for lemma, sign in sorted(entries))


@pytest.mark.parametrize("governors", [verbs, adjectives])
def test_the_sign_is_the_product_of_the_parts(governors: Callable[[], Iterator[tuple[str, int]]]) -> None:
    counts: Counter[str] = Counter()
    for governor, sign in governors():
        for phrase, side in OBJECTS.items():
            label = labels(f"Moro {governor} {phrase}.").get("Sudria", "")
            wrong = label in SIDES.values()
            counts["right" if label == SIDES[sign * side] else "turned" if wrong else "silent"] += 1
    assert counts["right"] > 0.96 * counts.total()
    assert counts["turned"] < 0.015 * counts.total()
