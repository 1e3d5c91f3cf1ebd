"""Labelled articles, where they are at hand: what the detector must reach, and that its reading of a text pays."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.bench import detector as bench
from watcher.domain.statement import Statement, Strength
from watcher.engine.reading import read_document

pytestmark = pytest.mark.skipif(not bench.DEV.exists(), reason=f"the labelled articles are not at {bench.DEV}")

UNSEEN = Path(__file__).parent / "unseen"

Results = dict[str, tuple[object, list[dict], dict[str, list[Statement]]]]


@pytest.fixture(scope="module")
def results() -> Results:
    return bench.run()


def scored(results: Results, read: object) -> dict[str, float]:
    total: Counter = Counter()
    for topic, gold, statements in results.values():
        said = {key: read(group) for key, group in statements.items()}  # type: ignore[operator]
        total += bench.count(gold, said, [party.name for party in topic.parties])  # type: ignore[attr-defined]
    return bench.figures(total)


def ours(statements: list[Statement]) -> dict[str, str]:
    return {party: str(reading.stance) for party, reading in read_document(statements).items()}


def last(statements: list[Statement]) -> dict[str, str]:
    return {s.party: str(s.stance) for s in sorted(statements, key=lambda s: s.start)}


def majority(statements: list[Statement]) -> dict[str, str]:
    parties = {s.party for s in statements}
    return {p: Counter(str(s.stance) for s in statements if s.party == p).most_common(1)[0][0] for p in parties}


def test_right_often_and_seldom_the_wrong_way_round(results: Results) -> None:
    reached = scored(results, ours)
    assert reached["f1"] >= 0.72
    assert reached["precision"] >= 0.78
    assert reached["flips"] <= 0.06
    assert reached["minority"] >= 0.55
    assert reached["oppose"] >= 0.60


def of_all_labels(results: Results) -> Results:
    """The same, every label taken for sure."""

    def sure(item: dict) -> dict:
        return item | {"parties": {party: label | {"sure": True} for party, label in item["parties"].items()}}

    return {name: (topic, [sure(item) for item in gold], found) for name, (topic, gold, found) in results.items()}


def test_the_reading_beats_the_last_statement_and_the_majority(results: Results) -> None:
    """On the labels that are sure; where labellers were not, it may tie with the majority."""
    sure, all_labels = scored(results, ours)["f1"], scored(of_all_labels(results), ours)["f1"]
    assert sure > scored(results, last)["f1"]
    assert sure > scored(results, majority)["f1"]
    assert all_labels > scored(of_all_labels(results), last)["f1"]
    assert all_labels >= scored(of_all_labels(results), majority)["f1"]


def test_so_it_does_on_topics_that_no_rule_was_made_for(results: Results) -> None:
    everything = dict(results)
    for folder in sorted(UNSEEN.iterdir()):
        if (folder / "aliases.json").exists():
            everything |= {f"{folder.name} {name}": found for name, found in bench.run(folder).items()}
    reached = scored(everything, ours)["f1"]
    assert reached > scored(everything, last)["f1"]
    assert reached > scored(everything, majority)["f1"]


def test_voices_and_strong_statements_are_right(results: Results) -> None:
    voices, strong = [], []
    for _, gold, statements in results.values():
        for item in gold:
            for party, reading in read_document(statements[item["id"]]).items():
                label = item["parties"].get(party)
                if label and label["sure"] and label["stance"] == reading.stance:
                    voices.append(label["voice"] == reading.voice)
            for statement in statements[item["id"]]:
                label = item["parties"].get(statement.party)
                if statement.strength is Strength.STRONG and not (label and not label["sure"]):
                    strong.append(bool(label) and label["stance"] == statement.stance)
    assert sum(voices) / len(voices) >= 0.90
    assert sum(strong) / len(strong) >= 0.85
    assert len(strong) >= 60
