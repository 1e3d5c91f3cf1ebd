"""Text that nobody should write costs no more than prose of its size, and breaks nothing."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.quarrel import TOPIC, article
from watcher.detect.detector import Detector

OPENING = "The harbour treaty is before the house and the senate, and it is the talk of the town. "
DETECTOR = Detector(TOPIC)

NASTY = {
    "one word": lambda n: "a" * n,
    "initials": lambda n: "A." * (n // 2),
    "straight quotes": lambda n: '"' * (n // 10),
    "open quotes": lambda n: "“" * (n // 10),
    "quotes never closed": lambda n: '"the treaty ' * (n // 40),
    "names": lambda n: "Norland, " * (n // 60),
    "sayings": lambda n: "Norland said Sudria said " * (n // 100),
    "targets": lambda n: "harbour treaty " * (n // 60),
    "infinitives": lambda n: "to sign to block to vote against the harbour treaty and " * (n // 200),
    "hyphens": lambda n: "a-" * (n // 10),
    "numbers": lambda n: "1," * (n // 2),
    "full stops": lambda n: "." * n,
    "stops in quotes": lambda n: '."' * (n // 2),
    "shouts": lambda n: "?!" * (n // 10),
    "breaks": lambda n: "\n" * n,
    "spaces": lambda n: " " * n,
    "days": lambda n: "Norland rejected the harbour treaty on " + "Monday, " * (n // 60),
    "papers": lambda n: "the plan of the treaty on the " * (n // 100),
    "both": lambda n: "both will " * (n // 60),
    "captions": lambda n: "(Also on ABCD: " * (n // 60),
}


@pytest.mark.parametrize("make", NASTY.values(), ids=NASTY.keys())
def test_time_grows_with_length_only(make: object) -> None:
    def seconds(n: int) -> float:
        """Of the processor: other programs do not count."""
        text = OPENING + make(n)  # type: ignore[operator]
        start = time.process_time()
        DETECTOR.read(article(text))
        return time.process_time() - start

    seconds(1_000)
    short, long = min(seconds(40_000) for _ in range(2)), min(seconds(160_000) for _ in range(2))
    assert long < 0.5 or long < 12 * short, f"4 times the text took {long / short:.1f} times as long"


def test_a_hundred_thousand_quotation_marks() -> None:
    start = time.process_time()
    DETECTOR.read(article(OPENING + '" ' * 100_000))
    assert time.process_time() - start < 10


@settings(max_examples=150)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    detection = DETECTOR.read(article(OPENING + text, title=text[:50]))
    document = article(OPENING + text, title=text[:50]).document
    for statement in detection.statements:
        assert document[statement.start : statement.end] == statement.sentence


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "Norland",
                "Moro",
                "it",
                "he",
                "said",
                '"that',
                "“",
                "”",
                "the",
                "harbour",
                "treaty",
                ",",
                ".",
                "not",
                "only",
                "if",
                "would",
                "sign",
                "block",
                "to",
                ":",
                "—",
                "?",
                "'s",
                "who",
                "which",
                "and",
            ]
        ),
        max_size=60,
    )
)
def test_any_heap_of_its_own_words_is_read(words: list[str]) -> None:
    DETECTOR.read(article(" ".join(words)))


WRITTEN = [
    text.split()
    for file in ("sentences", "newsroom")
    for rows in tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8")).values()
    for text, _ in rows
]


@settings(max_examples=400)
@given(st.sampled_from(WRITTEN), st.integers(0, 30), st.integers(1, 30), st.booleans())
def test_any_cut_of_a_sentence_is_read(words: list[str], start: int, count: int, titled: bool) -> None:
    cut = " ".join(words[start : start + count])
    DETECTOR.read(article(OPENING + cut, title=cut if titled else "Harbour treaty"))


@pytest.mark.parametrize(
    "word", ["It", "That", "This", "Them", "Both", "Which", "Who", "Said", "Not", "If", "To", "No"]
)
def test_a_sentence_of_one_word_is_read(word: str) -> None:
    DETECTOR.read(article(f"{OPENING}\n\n{word}\n\nNorland rejected the harbour treaty.\n\n{word}", title=word))


@pytest.mark.parametrize("figure", ["²", "②", "٣", "५", "½"])
def test_figures_that_are_no_numbers_are_read(figure: str) -> None:
    text = f"Three of the {figure} Green lawmakers backed the harbour treaty in {figure * 4}."
    DETECTOR.read(
        article(f"{text} {figure} Greens opposed it {figure} years ago, {figure} weeks before, 5{figure} did.")
    )
