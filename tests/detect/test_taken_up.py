"""What else the target is called, and what is not the target: papers, sides of a vote, nominees, places."""

from __future__ import annotations

import pytest

from tests.detect.quarrel import labels, names
from watcher.domain.topic import Party, Topic

PARTIES = (
    Party("Greens", names("Greens", "Green Party", "Ola Berg", "Berg")),
    Party("Dockers", names("dockers", "Dockers", "Rita Falk", "Falk")),
    Party("Government", names("government", "Anna Lind", "Lind")),
)


def topic(*terms: str, against: tuple[str, ...] = ()) -> Topic:
    return Topic(name=terms[0], target=terms[0], parties=PARTIES, target_terms=terms, against_terms=against)


SALE = topic("ferry sale", "sell the ferries", against=("block the sale", "halt the sale"))
TROOPS = topic("leave Elbonia", "withdraw troops from Elbonia", against=("stay in Elbonia",))
PLEBISCITE = topic("referendum on the port", "vote yes", against=("vote no",))
JUDGE = topic("Karin Holt's nomination", "confirm Karin Holt", "Karin Holt")
BILLS = topic("security bills", "pass the security bills")


@pytest.mark.parametrize(
    ("what", "text", "wanted"),
    [
        (SALE, "Parliament voted to block the sale. The resolution is weak, since Lind has promised to veto it.", "+"),
        (SALE, "The ferry sale is before parliament. The resolution passed, and Lind has promised to veto it.", ""),
        (SALE, "The ferry sale is before parliament. Lind has promised to veto it.", "-"),
        (TROOPS, "Lind wants to leave Elbonia.", "+"),
        (TROOPS, "Lind wants to leave Elbonia. Lind said Elbonia was a danger to the coast.", "+"),
        (TROOPS, "Lind said Elbonia was a danger to the coast.", ""),
        (PLEBISCITE, "Parliament called a referendum on the port. Lind joined the Yes campaign.", "+"),
        (PLEBISCITE, 'Parliament called a referendum on the port. Lind will campaign for a "no" vote.', "-"),
        (JUDGE, "Lind supports Karin Holt.", "+"),
        (JUDGE, "Lind spoke of Karin Holt for an hour. Lind said that Holt was unfit for the court.", "-"),
        (BILLS, "Lind wants the security bills passed. The bills are long overdue, Lind said.", "+"),
        (BILLS, "The security bills are before parliament. Lind voted against both bills.", "-"),
    ],
)
def test_what_the_target_is_called(what: Topic, text: str, wanted: str) -> None:
    label = {"+": "support", "-": "oppose", "": ""}[wanted]
    assert labels(text, topic=what).get("Government", "").split(" ")[0] == label
