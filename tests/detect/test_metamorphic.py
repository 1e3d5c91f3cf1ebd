"""What must follow when a sentence is changed: the label, or nothing at all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.quarrel import labels

SUPPORT = [
    "supports",
    "backs",
    "endorsed",
    "has ratified",
    "praised",
    "will sign",
    "voted for",
    "wants",
    "vowed to sign",
]
OPPOSE = ["opposes", "rejected", "has denounced", "vetoed", "voted against", "refused to sign", "vowed to block"]
TARGETS = ["the harbour treaty", "the new harbour agreement", "a port accord"]
PARTIES = ["Norland", "Sudria"]
ELSEWHERE = [
    "The ferry to the islands leaves at nine.",
    "Rain is expected over the coast on Friday.",
    "A museum of lighthouses opened in the old town.",
    "The price of herring fell by 3% in April.",
]
FRAMES = [
    "{party} {cue} {target}.",
    "On Tuesday {party} {cue} {target}.",
    "{party} {cue} {target}, its officials said.",
]

sentences = st.builds(
    lambda frame, cue, target: (frame, cue, target),
    st.sampled_from(FRAMES),
    st.sampled_from([(cue, "support") for cue in SUPPORT] + [(cue, "oppose") for cue in OPPOSE]),
    st.sampled_from(TARGETS),
)


def say(sentence: tuple[str, tuple[str, str], str], party: str, cue: str = "") -> str:
    frame, (verb, _), target = sentence
    return frame.format(party=party, cue=cue or verb, target=target)


@settings(max_examples=60)
@given(sentences, st.sampled_from(PARTIES))
def test_the_label_goes_with_the_party(sentence: tuple[str, tuple[str, str], str], party: str) -> None:
    assert labels(say(sentence, party)) == {party: f"{sentence[1][1]} own"}


@settings(max_examples=40)
@given(st.sampled_from(PARTIES), st.sampled_from(TARGETS), st.sampled_from(["support", "back", "accept", "sign"]))
def test_a_negation_turns_it(party: str, target: str, verb: str) -> None:
    assert labels(f"{party} will {verb} {target}.") == {party: "support own"}
    assert labels(f"{party} will not {verb} {target}.") == {party: "oppose own"}
    assert labels(f"{party} will never {verb} {target}.") == {party: "oppose own"}


@settings(max_examples=40)
@given(st.sampled_from(PARTIES), st.sampled_from(["favours", "promised to support", "vowed to fight", "opposes"]))
def test_the_opposite_target_turns_it(party: str, cue: str) -> None:
    turned = {"support own": "oppose own", "oppose own": "support own"}
    straight = labels(f"{party} {cue} the harbour treaty.")[party]
    assert labels(f"{party} {cue} the treaty freeze.")[party] == turned[straight]


@settings(max_examples=60)
@given(sentences, st.sampled_from(PARTIES), st.lists(st.sampled_from(ELSEWHERE), max_size=3), st.booleans())
def test_talk_of_other_things_changes_nothing(
    sentence: tuple[str, tuple[str, str], str], party: str, more: list[str], before: bool
) -> None:
    text = say(sentence, party)
    padded = " ".join([*more, text] if before else [text, *more])
    assert labels(padded) == labels(text)


@settings(max_examples=40)
@given(sentences, st.integers(2, 9_000), st.sampled_from(["Aalgard", "Brekke", "Corvo", "Dantas"]))
def test_numbers_and_other_names_change_nothing(
    sentence: tuple[str, tuple[str, str], str], number: int, name: str
) -> None:
    text = say(sentence, "Norland").removesuffix(".")
    assert labels(f"{text}, a text of {number} pages that {name} wrote.") == labels(f"{text}.")


@settings(max_examples=60)
@given(sentences, st.sampled_from(PARTIES))
def test_a_claim_by_another_is_a_claim(sentence: tuple[str, tuple[str, str], str], party: str) -> None:
    other = PARTIES[1 - PARTIES.index(party)]
    verb, target = sentence[1][0], sentence[2]
    clause = sentence[0].split(",")[0].rstrip(".").format(party=party, cue=verb, target=target)
    found = labels(f"{other} said that {clause}.")
    assert found.get(party) == f"{sentence[1][1]} claimed"
