"""One text, one label a party: voice, act, lateness, conditions, members."""

from __future__ import annotations

import pytest

from tests.detect.quarrel import detect, labels
from watcher.engine.reading import read_document


def read(text: str) -> dict[str, str]:
    return {party: f"{r.stance} {r.voice}" for party, r in read_document(detect(text).statements).items()}


@pytest.mark.parametrize(
    ("text", "party", "label"),
    [
        (
            "Moro claimed that Norland backs the harbour treaty. Lind rejected the harbour treaty.",
            "Norland",
            "oppose own",
        ),
        ("Sources said Sudria would reject the harbour treaty.", "Sudria", "oppose reported"),
        ("Lind praised the harbour treaty. Lind vetoed the harbour treaty.", "Norland", "oppose own"),
        ("Lind rejected the harbour treaty last year. Now Lind supports the harbour treaty.", "Norland", "support own"),
        (
            "Lind rejected the harbour treaty. She is open to the harbour treaty if tolls fall.",
            "Norland",
            "conditional own",
        ),
        ("Lind backs the harbour treaty. Eskil Holm opposes the harbour treaty.", "Norland", "support own"),
    ],
)
def test_tie_breakers(text: str, party: str, label: str) -> None:
    assert read(text)[party] == label


def test_a_member_never_flips_the_party() -> None:
    text = "Lind backs the harbour treaty. Holm opposes the harbour treaty. Eskil Holm rejected the port accord."
    assert read(text)["Norland"] == "support own"


def test_years_back_is_not_today() -> None:
    assert read("In 2013 Lind opposed the harbour treaty.") == {}
    assert read("Ten years ago Lind opposed the harbour treaty. She supports the harbour treaty today.") == {
        "Norland": "support own"
    }


def test_years_back_of_something_else_are_no_past_position() -> None:
    text = "Lind wants to revive the harbour treaty that lapsed in 2004. Falk, who took over in 2010, opposes it."
    assert read(text) == {"Norland": "support own", "Dockers": "oppose own"}


def test_conditions_of_the_whole_text_are_each_named_once() -> None:
    statements = detect(
        "Norland would sign the harbour treaty only if tolls fall. "
        "Lind said any harbour treaty must include fishing rights. "
        "Norland will back the harbour treaty provided that tolls fall by half."
    ).statements
    conditions = read_document(statements)["Norland"].conditions
    assert len(conditions) == 2
    assert any("tolls" in c for c in conditions)
    assert any("fishing rights" in c for c in conditions)


@pytest.mark.parametrize("title", ["Lind backs treaty", "Lind rams treaty through parliament", "Lind wants treaty"])
def test_a_title_may_say_it_short_once_the_text_names_it(title: str) -> None:
    assert labels("The harbour treaty has 38 articles.", title) == {"Norland": "support own"}
    assert labels("The fishing talks have 38 items.", title) == {}


def test_a_title_of_courtesy_tells_whom_a_pronoun_cannot_mean() -> None:
    assert labels("Mr. Moro suggested that she had soured on the harbour treaty.") == {}
    assert labels("Ms. Lind suggested that she had soured on the harbour treaty.") == {"Norland": "oppose own"}
