"""The seed document's worked example: eleven statements, none false, each with voice, conditions and day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.detect.quarrel import names
from watcher.detect.detector import Detector
from watcher.domain.article import Article
from watcher.domain.topic import Party, Topic
from watcher.engine.reading import read_document

if TYPE_CHECKING:
    from watcher.domain.statement import Statement

SEED = Path(__file__).parents[2] / "seeds" / "ukraine-minerals-deal.txt"
PUBLISHED = datetime(2025, 2, 15, tzinfo=UTC)
TOPIC = Topic(
    "Ukraine minerals deal",
    "The United States and Ukraine sign the minerals agreement",
    (
        Party("Ukraine", names("Ukraine", "Kyiv", "Zelensky", "Volodymyr Zelensky")),
        Party("United States", names("United States", "White House", "Trump", "Donald Trump"), names("Scott Bessent")),
        Party("Russia", names("Russia", "Kremlin", "Putin")),
    ),
    target_terms=(
        "minerals deal",
        "mineral resource agreement",
        "draft of the agreement",
        "resource deal",
        "rare earth minerals",
        "obtain rare minerals",
        "partnership in resource extraction",
    ),
    exclude=("peace deal", "security agreement"),
)
EXPECTED = [
    ("Ukraine is not yet ready", "Ukraine", "oppose", "own", None),
    ('"I did not allow', "Ukraine", "oppose", "own", date(2025, 2, 15)),
    ("The U.S. seeks", "United States", "support", "reported", date(2025, 2, 15)),
    ("U.S. Treasury Secretary", "United States", "support", "own", date(2025, 2, 12)),
    ("Zelensky refused to sign", "Ukraine", "oppose", "own", None),
    ("We can consider", "Ukraine", "conditional", "own", None),
    ('"There are no security', "Ukraine", "oppose", "own", None),
    ("For a mineral resource", "Ukraine", "conditional", "own", None),
    ("Following up", "United States", "support", "own", None),
    ("Following up", "Ukraine", "support", "claimed", None),
    ("Ukraine has already", "Ukraine", "conditional", "own", None),
]


def read(text: str) -> tuple[Statement, ...]:
    article = Article(
        id="seed", url="", title="", text=text, source="Kyiv Independent", published=PUBLISHED, first_seen=PUBLISHED
    )
    return Detector(TOPIC).read(article).statements


@pytest.fixture(scope="module")
def statements() -> tuple[Statement, ...]:
    return read(SEED.read_text(encoding="utf-8"))


def test_finds_the_eleven_statements_and_no_other(statements: tuple[Statement, ...]) -> None:
    found = sorted((s.start, s.party, str(s.stance), str(s.voice), s.said_on) for s in statements)
    text = SEED.read_text(encoding="utf-8")
    wanted = sorted((text.index(o) + 2, p, st, v, day) for o, p, st, v, day in EXPECTED)

    def undated(rows: list[tuple[int, str, str, str, date | None]]) -> list[tuple[int, str, str, str]]:
        return [row[:4] for row in rows]

    assert undated(found) == undated(wanted)
    for row, expected in zip(found, wanted, strict=True):
        assert expected[4] is None or row[4] == expected[4], row


def test_the_claim_names_who_claims(statements: tuple[Statement, ...]) -> None:
    claim = next(s for s in statements if s.voice == "claimed")
    assert (claim.claimed_by, claim.source) == ("United States", "Trump")


def test_the_text_makes_kyiv_conditional_and_washington_support(statements: tuple[Statement, ...]) -> None:
    readings = read_document(statements)
    assert {party: str(reading.stance) for party, reading in readings.items()} == {
        "Ukraine": "conditional",
        "United States": "support",
    }
    assert readings["Ukraine"].voice == "own"
    assert readings["Ukraine"].conditions == ("security guarantees", "profit")


def test_names_swapped_the_board_is_swapped() -> None:
    text = SEED.read_text(encoding="utf-8")
    swapped = text.replace("Ukraine is not yet ready to sign", "The United States is not yet ready to sign")
    stances = {s.party: str(s.stance) for s in read(swapped.splitlines()[0])}
    assert stances.get("United States") == "oppose"


def test_negated_a_sentence_turns() -> None:
    line = SEED.read_text(encoding="utf-8").splitlines()[0]
    assert [str(s.stance) for s in read(line.replace("is not yet ready", "is ready"))] == ["support"]
