"""Topics whose target does away with something: who defends the thing is against the target."""

from __future__ import annotations

import pytest

from tests.detect.quarrel import labels, names
from watcher.detect.lexicons import load
from watcher.detect.undoing import undone
from watcher.domain.topic import Party, Topic

PARTIES = (Party("Norland", names("Norland", "Lind")), Party("Sudria", names("Sudria", "Moro")), Party("Greens"))
EMBARGO = Topic("Embargo", "Norland lifts the embargo", PARTIES, "", ("lift the embargo", "ending the embargo"))
REPEAL = Topic(
    "Repeal", "The Clean Ports Act is repealed", PARTIES, "", ("repeal the Clean Ports Act", "repeal of the ports law")
)


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Sudria opposes the embargo.", "support"),
        ("Sudria denounced the embargo.", "support"),
        ("Sudria wants the embargo lifted.", "support"),
        ("Sudria said the embargo must end.", "support"),
        ("Sudria called the embargo a disaster.", "support"),
        ("Sudria voted against it.", "oppose"),
        ("Sudria defended the embargo.", "oppose"),
        ("Sudria supports the embargo.", "oppose"),
        ("Sudria would not lift the embargo.", "oppose"),
        ("Sudria opposes ending the embargo.", "oppose"),
    ],
)
def test_the_embargo_and_its_end(sentence: str, stance: str) -> None:
    assert labels(f"Lind asked parliament to lift the embargo. {sentence}", topic=EMBARGO)["Sudria"] == f"{stance} own"


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Sudria wants to repeal the Clean Ports Act.", "support"),
        ("Sudria attacked the law.", "support"),
        ("Sudria opposes the Clean Ports Act.", "support"),
        ("Sudria fought the repeal of the ports law.", "oppose"),
        ("Sudria praised the Clean Ports Act.", "oppose"),
        ("Sudria vowed to protect the law.", "oppose"),
        ("Sudria condemned the repeal.", "oppose"),
    ],
)
def test_the_law_and_its_repeal(sentence: str, stance: str) -> None:
    text = f"Lind tabled a motion on the Clean Ports Act. {sentence}"
    assert labels(text, topic=REPEAL)["Sudria"] == f"{stance} own"


MINE = Topic("Mine", "The marsh mine is closed", PARTIES, "", ("close the marsh mine", "closure of the marsh mine"))


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Sudria wants to shut the mine.", "support"),
        ("Sudria wants to close the mine.", "support"),
        ("Sudria voted to shut the marsh mine.", "support"),
        ("Sudria opposes shutting the marsh mine.", "oppose"),
        ("Sudria refused to close the marsh mine.", "oppose"),
        ("Sudria defended the mine.", "oppose"),
    ],
)
def test_the_mine_and_its_closure(sentence: str, stance: str) -> None:
    text = f"Lind tabled a motion to close the marsh mine. {sentence}"
    assert labels(text, topic=MINE)["Sudria"] == f"{stance} own"


SKYLARK = Topic(
    "Skylark", "Skylark is renewed", PARTIES, "", ("renewal of Skylark", "replace Skylark"), ("scrap Skylark",)
)


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Sudria still backs Skylark.", "support"),
        ("Sudria wants to replace Skylark.", "support"),
        ("Sudria opposes Skylark.", "oppose"),
        ("Sudria wants to scrap Skylark.", "oppose"),
    ],
)
def test_what_one_side_would_scrap_the_other_does_not_replace_to_be_rid_of_it(sentence: str, stance: str) -> None:
    assert labels(sentence, topic=SKYLARK) == {"Sudria": f"{stance} own"}


@pytest.mark.parametrize(
    ("term", "thing"),
    [
        ("lift the embargo", "embargo"),
        ("lifting the embargo on Cassland", "embargo on Cassland"),
        ("repeal of the ports law", "ports law"),
        ("ports law repeal", "ports law"),
        ("Cassland embargo lifted", "Cassland embargo"),
        ("withdraw from the port accord", "port accord"),
        ("close the Marsh prison", "Marsh prison"),
        ("close the deal", None),
        ("exit deal", None),
        ("repeal bill", None),
        ("harbour treaty", None),
        ("sign the treaty", None),
        ("travel ban", None),
    ],
)
def test_what_a_term_would_do_away_with(term: str, thing: str | None) -> None:
    found = undone(term, load())
    assert found == (thing.split() if thing else None)


@pytest.mark.parametrize("term", ["leave Sudria", "withdraw from the Union", "scrap Norland"])
def test_what_is_named_for_other_reasons_is_no_target(term: str) -> None:
    topic = Topic("Exit", "Norland leaves", PARTIES, "", (term, "exit vote"))
    assert labels("Parliament holds the exit vote. Moro praised Norland, Sudria and the Union.", topic=topic) == {}
