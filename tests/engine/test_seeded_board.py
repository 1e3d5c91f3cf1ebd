"""The board that a newcomer sees first is read out of the seed document, and out of nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from watcher.config import load
from watcher.domain.settings import Settings
from watcher.domain.topic import Alias, Party, Seed, Topic
from watcher.engine.library import Library
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from watcher.domain.board import Board

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "ukraine-minerals-deal.txt"
SHARED = ROOT.parent / "shared" / "seed-document.txt"
TODAY = date(2025, 2, 16)

OTHER_NAMES = {
    "mineral resource agreement": "fishing waters agreement",
    "rare earth minerals": "cod and herring",
    "rare minerals": "herring grounds",
    "Ukrainian": "Northian",
    "Ukraine": "Northia",
    "Kyiv": "Norburg",
    "Volodymyr Zelensky": "Ottokar Lund",
    "Zelensky": "Lund",
    "United States": "Southern League",
    "U.S.": "Southland",
    "American": "Southish",
    "Donald Trump": "Rufus Mallory",
    "Trump": "Mallory",
    "Scott Bessent": "Pia Orwen",
    "Bessent": "Orwen",
    "Russia": "Westmark",
}


@pytest.fixture
def topic() -> Topic:
    return load(ROOT / "config.toml").topics[0]


def board(topic: Topic, folder: Path, day: date = TODAY) -> Board:
    library = Library(Settings(path=folder / "config.toml", topics=(topic,)), MemoryStore())
    assert library.seed() == len(topic.seeds)
    return library.board(topic, day)


def with_text(topic: Topic, text: str, folder: Path) -> Board:
    (folder / "seed.txt").write_text(text, encoding="utf-8")
    return board(replace(topic, seeds=(Seed("seed.txt", published=date(2025, 2, 15)),)), folder)


def renamed(text: str) -> str:
    for old, new in OTHER_NAMES.items():
        text = text.replace(old, new)
    return text


def stances(board: Board) -> dict[str, str | None]:
    return {row.party: row.stance.value if row.stance else None for row in board.rows}


def test_the_seed_is_the_given_document_byte_for_byte() -> None:
    if not SHARED.exists():
        pytest.skip("the given document lies beside the repository, and is not there")
    assert SEED.read_bytes() == SHARED.read_bytes()


def test_the_seeded_board(topic: Topic) -> None:
    shown = board(topic, ROOT)
    assert stances(shown) == {"Ukraine": "conditional", "United States": "support", "Russia": None}
    ukraine = shown.row("Ukraine")
    assert ukraine is not None
    assert ukraine.voice == "own"
    assert any("security" in condition for condition in ukraine.conditions)
    assert ukraine.since == date(2025, 2, 15)
    claim = next(claim for claim in shown.claims if claim.about == "Ukraine")
    assert (claim.by, claim.claimed_stance, claim.own_stance) == ("United States", "support", "conditional")
    assert "essentially agreed" in claim.statement.sentence


def test_before_its_day_the_board_is_empty(topic: Topic) -> None:
    assert set(stances(board(topic, ROOT, date(2025, 2, 14))).values()) == {None}


def test_under_other_names_it_is_the_same_board(topic: Topic, tmp_path: Path) -> None:
    def party(old: Party) -> Party:
        aliases = tuple(Alias(renamed(alias.text)) for alias in old.aliases)
        members = tuple(Alias(renamed(alias.text)) for alias in old.members)
        return Party(renamed(old.name), aliases, members)

    other = replace(
        topic,
        name="Fishing waters",
        target=renamed(topic.target),
        target_terms=tuple(renamed(term) for term in topic.target_terms),
        exclude=tuple(renamed(term) for term in topic.exclude),
        parties=tuple(party(old) for old in topic.parties),
    )
    shown = with_text(other, renamed(SEED.read_text(encoding="utf-8")), tmp_path)
    assert stances(shown) == {"Northia": "conditional", "Southern League": "support", "Westmark": None}
    assert [(claim.about, claim.by) for claim in shown.claims] == [("Northia", "Southern League")]


def test_a_text_that_says_the_opposite_gives_the_opposite_board(topic: Topic, tmp_path: Path) -> None:
    shown = with_text(
        topic,
        "Ukraine is ready to sign the mineral resource agreement with the United States, President Zelensky said. "
        '"I told the ministers to sign the agreement because it protects our interests," Zelensky said on Feb. 15.\n'
        "The White House said on Saturday that the United States rejects the draft of the agreement. "
        "Trump refused to sign the mineral resource agreement.\n",
        tmp_path,
    )
    assert stances(shown) == {"Ukraine": "support", "United States": "oppose", "Russia": None}


def test_another_seed_gives_another_board(topic: Topic, tmp_path: Path) -> None:
    shown = with_text(
        topic, "Putin praised the minerals deal on Friday. Kyiv has yet to decide on the minerals deal.\n", tmp_path
    )
    assert stances(shown) == {"Ukraine": "undecided", "United States": None, "Russia": "support"}


def test_a_seed_is_read_anew_when_its_text_or_its_date_changes_and_not_otherwise(topic: Topic, tmp_path: Path) -> None:
    seed, store = tmp_path / "seed.txt", MemoryStore()

    def read(day: date | None) -> int:
        dated = replace(topic, seeds=(Seed("seed.txt", published=day),))
        return Library(Settings(path=tmp_path / "config.toml", topics=(dated,)), store).seed()

    seed.write_text("Moscow rejected the minerals deal.\n", encoding="utf-8")
    assert [read(TODAY), read(TODAY)] == [1, 0]
    assert [read(date(2025, 2, 1)), read(date(2025, 2, 1))] == [1, 0]
    assert {one.article.published.date() for one in store.statements(topic.name)} == {date(2025, 2, 1)}
    seed.write_text("Putin praised the minerals deal.\n", encoding="utf-8")
    assert [read(date(2025, 2, 1)), read(date(2025, 2, 1))] == [1, 0]
    assert read(None) == 1
    os.utime(seed, (1_700_000_000, 1_700_000_000))
    assert read(None) == 0, "colleagues' copies of one file differ in its date"
