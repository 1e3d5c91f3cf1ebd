"""An act that a topic names is read in the passive too: of "move the embassy", "the embassy should be moved"."""

from __future__ import annotations

import pytest

from tests.detect.quarrel import detect, labels
from tests.detect.test_taken_up import topic

ACTS = [
    ("move the embassy", "the embassy", "moved"),
    ("close the camp", "the camp", "closed"),
    ("legalise hemp", "hemp", "legalised"),
    ("arm the rebels", "the rebels", "armed"),
    ("raise the minimum wage", "the minimum wage", "raised"),
    ("ban fur farming", "fur farming", "banned"),
    ("withdraw the troops", "the troops", "withdrawn"),
    ("build the dam", "the dam", "built"),
    ("repeal the law", "the law", "repealed"),
    ("privatise the railway", "the railway", "privatised"),
    ("lower the voting age", "the voting age", "lowered"),
    ("twin the island", "the island", "twinned"),
]
FRAMES = [
    ("Lind said {n} should be {v}.", "support"),
    ("Lind said {n} should not be {v}.", "oppose"),
    ("Lind wants {n} {v}.", "support"),
    ("Lind does not want {n} {v}.", "oppose"),
    ("Lind called for {n} to be {v}.", "support"),
    ("Lind said {n} must be {v} now.", "support"),
    ("Lind voted to have {n} {v}.", "support"),
    ("Lind demanded that {n} be {v}.", "support"),
    ("Lind promised that {n} would be {v}.", "support"),
]


@pytest.mark.parametrize(("act", "thing", "done"), ACTS)
def test_what_should_be_done_is_wanted(act: str, thing: str, done: str) -> None:
    missed = []
    for frame, wanted in FRAMES:
        text = frame.format(n=thing, v=done)
        found = labels(f"Parliament debated the plan to {act}. {text}", topic=topic(act)).get("Government", "nothing")
        if found.split(" ")[0] != wanted:
            missed.append(f"{text} -> {found}")
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "Parliament debated the plan to move the embassy. Lind visited the embassy.",
        "Parliament debated the plan to move the embassy. Lind was moved at the embassy.",
        "Parliament debated the plan to move the embassy. Lind said the embassy had a leak.",
    ],
)
def test_the_thing_alone_is_no_target(text: str) -> None:
    assert labels(text, topic=topic("move the embassy")) == {}


def test_what_is_shown_is_what_was_written() -> None:
    [found] = detect("Lind said the embassy should be moved.", topic=topic("move the embassy")).statements
    assert found.sentence == "Lind said the embassy should be moved."
    assert all(cue.text in found.sentence for cue in found.chain)
