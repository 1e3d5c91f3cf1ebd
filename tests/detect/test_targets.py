"""Targets of every kind are read through the same frames: what is to be banned, repealed, left, built, sent."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.detect.quarrel import labels, names
from watcher.domain.topic import Party, Topic

TABLES = tomllib.loads((Path(__file__).parent / "targets.toml").read_text(encoding="utf-8"))
PARTIES = (
    Party("Greens", names("Greens", "Green lawmakers", "Green Party", "Ola Berg")),
    Party("Dockers", names("dockers", "Dockers", "union leaders")),
    Party("Government", names("government", "prime minister", "Anna Lind", "Lind")),
)
CAMPS = {"the Greens": "Greens", "union leaders": "Dockers"}
TURNED = {"support": "oppose", "oppose": "support"}
CASES = [
    pytest.param(kind, worded, stance, frames, id=f"{kind}-{worded}")
    for kind, table in TABLES["targets"].items()
    for rows, frames in (("names", "named"), ("acts", "done"))
    for worded, stance in table[rows]
]


@pytest.mark.parametrize(("kind", "worded", "stance", "frames"), CASES)
def test_every_kind_of_target(kind: str, worded: str, stance: str, frames: str) -> None:
    table = TABLES["targets"][kind]
    terms = {key: tuple(table[key]) for key in ("target_terms", "against_terms")}
    topic = Topic(name=table["name"], target=table["name"], parties=PARTIES, **terms)
    missed = []
    for frame, position in TABLES[frames]:
        wanted = position if stance == "support" else TURNED[position]
        for camp, party in CAMPS.items():
            text = frame.replace("{T}", worded).replace("{V}", worded).replace("{PS}", f"{camp}'").replace("{P}", camp)
            found = labels(f"{table['introduced']} {text[0].upper()}{text[1:]}.", topic=topic).get(party, "nothing")
            if found.split()[0] != wanted:
                missed.append(f"{text} -> {found}")
    assert missed == []


def test_what_kind_of_reform_it_is_is_no_act() -> None:
    """ "Voting reform" is not the act of voting for reform."""
    table = TABLES["targets"]["field"]
    terms = {key: tuple(table[key]) for key in ("target_terms", "against_terms")}
    topic = Topic(name=table["name"], target=table["name"], parties=PARTIES, **terms)
    for text in (
        "The Greens fear a defeat in the referendum on voting reform.",
        "Union leaders plot to disrupt the voting reform referendum.",
    ):
        assert "support" not in " ".join(labels(text, topic=topic).values())
