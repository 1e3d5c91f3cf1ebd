"""Words inside a party's own name are no cues: "Northern Dream", "Save the Quay", "Stop the Dam"."""

from __future__ import annotations

import pytest

from tests.detect.quarrel import labels, names
from watcher.domain.topic import Party, Topic

TOPIC = Topic(
    name="Harbour treaty",
    target="Norland and Sudria sign and keep the harbour treaty",
    parties=(
        Party("Northern Dream", names("Northern Dream")),
        Party("Save the Quay", names("Save the Quay")),
        Party("Support Alliance", names("Alliance in Support of Fishermen", "Support Alliance")),
        Party("Stop the Dam", names("Stop the Dam")),
        Party("Greens", names("Greens", "Green lawmakers")),
    ),
    target_terms=("harbour treaty",),
)

CASES = [
    ("Ode accused the governing Northern Dream party of a policy on the harbour treaty.", {}),
    ("The Greens accused the Northern Dream of lying about the harbour treaty.", {}),
    ("The Northern Dream spoke of the harbour treaty.", {}),
    ("Farmers met Save the Quay at talks on the harbour treaty.", {}),
    ("The Support Alliance for the harbour treaty debate was absent.", {}),
    ("The Northern Dream opposes the harbour treaty.", {"Northern Dream": "oppose own"}),
    ("Save the Quay rejected the harbour treaty.", {"Save the Quay": "oppose own"}),
    ("Stop the Dam welcomed the harbour treaty.", {"Stop the Dam": "support own"}),
    ("The Greens urged the Support Alliance to back the harbour treaty.", {"Greens": "support own"}),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_word_of_a_name_is_no_cue(text: str, wanted: dict[str, str]) -> None:
    assert labels(text, topic=TOPIC) == wanted
