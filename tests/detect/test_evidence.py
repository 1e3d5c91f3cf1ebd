"""Every statement shows what it rests on, and every silence says why."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime

from tests.detect.quarrel import DAY, TOPIC, article, detect, names
from watcher.detect.detector import Detector
from watcher.domain.topic import Party

TEXT = (
    "“We will fight any attempt to block the harbour treaty,” Lind said on Monday. "
    "Moro claimed that the dockers reject it. The treaty runs to forty pages, Lind added."
)


def test_offsets_are_the_documents_own() -> None:
    document = article(TEXT, "Lind backs port accord").document
    for statement in detect(TEXT, "Lind backs port accord").statements:
        assert document[statement.start : statement.end] == statement.sentence
        assert document[statement.target_start :].startswith(statement.target)
        for cue in statement.chain:
            assert document[cue.start : cue.end].lower().split()[0] == cue.text.lower().split()[0]


def test_the_chain_multiplies_to_the_stance() -> None:
    statement = detect("Lind vowed to fight attempts to block the harbour treaty.").statements[0]
    product = 1
    for cue in statement.chain:
        product *= cue.sign or 1
    assert (product, statement.stance) == (1, "support")
    assert [cue.text for cue in statement.chain] == ["vowed", "fight", "block"]
    assert statement.rule == "clause"
    assert statement.target == "harbour treaty"


def test_a_pronoun_tells_whom_it_means() -> None:
    statement = detect("Anna Lind spoke for an hour. She rejected the harbour treaty.").statements[0]
    assert "pronoun" in statement.speaker
    assert statement.party == "Norland"


def test_a_silence_says_why() -> None:
    reasons = {
        "If Sudria rejects the harbour treaty, tolls will rise.": "if-clause",
        "Lind was asked about the harbour treaty.": "no word of position",
        "Will Sudria reject the harbour treaty?": "question",
    }
    for text, reason in reasons.items():
        detection = detect(text)
        assert not detection.statements
        assert reason in detection.rejections[0].reason, detection.rejections


def test_days_named_count_from_publication() -> None:
    days = {
        "Moro rejected the harbour treaty on May 3.": date(2024, 5, 3),
        "Moro rejected the harbour treaty on Monday.": date(2024, 5, 13),
        "Moro rejected the harbour treaty yesterday.": date(2024, 5, 14),
        "Moro rejected the harbour treaty on Dec. 20, 2023.": date(2023, 12, 20),
        "Moro rejected the harbour treaty on Dec. 20.": None,  # last year's, or a slip: too far to tell
        "Moro rejected the harbour treaty.": None,
    }
    for text, day in days.items():
        assert detect(text).statements[0].said_on == day, text
    january = datetime(2024, 1, 10, tzinfo=UTC)
    assert detect("Moro rejected the harbour treaty on Dec. 20.", day=january).statements[0].said_on == date(
        2023, 12, 20
    )


def test_days_of_what_is_to_come_date_nothing() -> None:
    days = {
        "Moro will sign the harbour treaty on May 16.": None,
        "Moro urged the Greens to ratify the harbour treaty by May 8.": None,
        "Moro had planned to sign the harbour treaty on Friday.": None,
        "On Friday, Moro will sign the harbour treaty.": None,
        "Moro said on Monday that he would sign the harbour treaty by Friday.": date(2024, 5, 13),
        "On Monday, Moro said he would sign the harbour treaty.": date(2024, 5, 13),
    }
    for text, day in days.items():
        assert detect(text).statements[0].said_on == day, text


def test_members_speak_for_themselves() -> None:
    statement = detect("Eskil Holm opposes the harbour treaty.").statements[0]
    assert (statement.party, statement.member) == ("Norland", True)
    assert not detect("Lind opposes the harbour treaty.").statements[0].member


def test_an_office_changes_hands() -> None:
    text = "Mayor Berg supports the harbour treaty. Mayor Dahl opposes it."
    then = detect(text, day=datetime(2023, 6, 1, tzinfo=UTC)).statements
    now = detect(text, day=DAY).statements
    assert [str(s.stance) for s in then] == ["support"]
    assert [str(s.stance) for s in now] == ["oppose"]


def test_a_split_camp_is_divided() -> None:
    statement = detect("The dockers are divided over the harbour treaty.").statements[0]
    assert (statement.stance, statement.divided) == ("undecided", True)


def test_conditions_are_named() -> None:
    cases = {
        "Norland would sign the harbour treaty only if Sudria pays for the dredging.": "Sudria pays for the dredging",
        "Moro said he was open to signing the harbour treaty in exchange for cheaper fuel.": "cheaper fuel",
        "Any harbour treaty must include job guarantees, Falk said.": "job guarantees",
        "Without a ban on dumping, the Greens cannot support the harbour treaty.": "ban on dumping",
    }
    for text, condition in cases.items():
        statement = detect(text).statements[0]
        assert statement.stance == "conditional", text
        assert any(condition in named for named in statement.conditions), statement.conditions


def test_same_text_same_statements_also_in_another_process() -> None:
    detector = Detector(TOPIC)
    again = pickle.loads(pickle.dumps(detector))
    assert detector.read(article(TEXT)) == again.read(article(TEXT)) == Detector(TOPIC).read(article(TEXT))


def test_no_party_is_known_by_name() -> None:
    parties = tuple(replace(party, name=f"Party {i}") for i, party in enumerate(TOPIC.parties))
    topic = replace(TOPIC, parties=(*parties, Party("Party 9", names("Nobody Island"))))
    renamed = Detector(topic).read(article(TEXT)).statements
    plain = Detector(TOPIC).read(article(TEXT)).statements
    assert [s.stance for s in renamed] == [s.stance for s in plain]
