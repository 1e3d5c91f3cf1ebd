"""What is lit of an article that a search found: what the matcher says, and nothing else."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.ui.ui_world import article
from watcher.engine.match import Query
from watcher.ui.widgets.found import LEAD, PIECE, Found

TITLE = "Müller's deal: a door left open"
TEXT = (
    "The first paragraph tells of the weather.\n"
    "Kyiv weighs the minerals deal, and the minerals agreement with it; a deal on minerals was Kyiv's own idea."
)
STORED = article("x1", TITLE, TEXT, "2025-03-01")


def found(query: str) -> tuple[list[str], list[str]]:
    hits = Query(query).match(STORED)
    assert hits is not None
    one = Found.of(STORED, hits)
    assert one.piece in TEXT
    return [TITLE[a:b] for a, b in one.title], [one.piece[a:b] for a, b in one.lit]


@pytest.mark.parametrize(
    ("query", "title", "text"),
    [
        ("kyiv", [], ["Kyiv", "Kyiv"]),
        ("MULLER", ["Müller"], []),
        ('"minerals deal"', [], ["minerals deal"]),
        ('"deal minerals"~1', [], ["minerals deal", "deal", "minerals"]),
        ("miner*", [], ["minerals", "minerals", "minerals"]),
        ("d??r", ["door"], []),
        ("title:deal", ["deal"], []),
        ("text:deal", [], ["deal", "deal"]),
        ("door AND agreement", ["door"], ["agreement"]),
        ("agreement NOT rejected", [], ["agreement"]),
        ("+agreement idea rejected", [], ["agreement", "idea"]),
        ("source:herald", [], []),
        ("NOT rejected", [], []),
    ],
)
def test_what_matched_is_lit(query: str, title: list[str], text: list[str]) -> None:
    assert found(query) == (title, text)


def test_the_piece_is_of_the_paragraph_that_matched_or_else_of_the_first() -> None:
    assert Found.of(STORED, Query("idea").match(STORED) or ()).piece.startswith("Kyiv weighs")
    assert Found.of(STORED, Query("title:deal").match(STORED) or ()).piece.startswith("The first paragraph")


def test_of_a_long_text_no_more_is_kept_than_a_line_can_show() -> None:
    long = article("x2", "Long", "word " * 5_000 + "needle" + " word" * 5_000, "2025-03-01")
    one = Found.of(long, Query("needle").match(long) or ())
    assert len(one.piece) <= LEAD + PIECE
    assert [one.piece[a:b] for a, b in one.lit] == ["needle"]


@pytest.mark.parametrize("width", [20, 40, 77, 137])
@pytest.mark.parametrize("filler", ["word ", "資源協定"])
@pytest.mark.parametrize("before", [0, 3, 20, 200])
def test_an_excerpt_fits_and_shows_what_matched(width: int, filler: str, before: int) -> None:
    text = filler * before + " needle " + filler * 200
    one = article("x3", "Long", text, "2025-03-01")
    hit = Found.of(one, Query("needle").match(one) or ())
    words, moved = hit.excerpt(width)
    assert cell_len(words) <= width
    ((start, end),) = hit.lit
    assert words[start + moved : end + moved] == "needle"


def test_an_article_without_text_has_no_piece() -> None:
    bare = article("x4", "A deal", "", "2025-03-01")
    assert Found.of(bare, Query("deal").match(bare) or ()).piece == ""
