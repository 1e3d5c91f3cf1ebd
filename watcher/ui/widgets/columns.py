"""The board's columns: which fit into a width, and how wide each is."""

from __future__ import annotations

from typing import NamedTuple

FIRST_PARTY_WIDTH, MOST_PARTY_WIDTH = 10, 24
STANCE_WIDTH = 15
SINCE_WIDTH = 10
"""A day of another year, and the sign of a shift that was not seen."""
FAILING_WIDTH = 9
TREND_WIDTH_WITH_WANTS, MOST_TREND_WIDTH = 20, 48
"""A trend grows to these, with conditions beside it and without."""
TITLES = {
    "party": "Party",
    "stance": "Stance",
    "feeds": "Feeds",
    "since": "Since",
    "was": "Was",
    "trend": "Trend",
    "confidence": "Conf",
    "sources": "Src",
    "age": "Age",
    "conditions": "Wants",
}
"""Headings by key, in the order of the columns."""
RIGHT = frozenset({"since", "confidence", "sources", "age"})


class Column(NamedTuple):
    """One column: its key, its heading, and its width in cells."""

    key: str
    title: str
    width: int
    right: bool = False


def columns(width: int, longest: int, *, unheard: bool = False, wants: int = 0) -> list[Column]:
    """The columns that fit; `longest` is the longest party's name. What matters least goes first.

    `unheard`: a row's feeds are failing, which has a column of its own; in few cells, a sign.
    `wants`: the cells of the longest conditions; where there are none the trend has their room.
    """
    party = max(FIRST_PARTY_WIDTH, min(longest, MOST_PARTY_WIDTH, width - 24))
    chosen = {"party": party, "stance": STANCE_WIDTH}
    left = width - party - STANCE_WIDTH - 1
    if unheard and left > 1:
        chosen["feeds"] = FAILING_WIDTH if left > FAILING_WIDTH else 1
        left -= chosen["feeds"] + 1
    for key, cells in (("since", SINCE_WIDTH), ("trend", 8), ("age", 6), ("sources", 3), ("confidence", 4), ("was", 3)):
        if left >= cells + 1:
            chosen[key] = cells
            left -= cells + 1
    if "was" in chosen and left >= STANCE_WIDTH - 3 - 1 + (10 if wants else 0):
        chosen["was"] = STANCE_WIDTH - 2
        left -= STANCE_WIDTH - 2 - 3
    if "trend" in chosen and left > 4:
        spare = left - wants - 1 if wants else left  # what is wanted comes first, if it fits at all
        most = TREND_WIDTH_WITH_WANTS if wants else MOST_TREND_WIDTH
        grown = min(spare if spare >= 0 else left // 2, most - chosen["trend"])
        chosen["trend"] += grown
        left -= grown
    if wants and left >= 13:
        chosen["conditions"] = left - 1
    elif left > 1:
        chosen["party"] += max(0, min(left, longest - party))
    return [Column(key, title, chosen[key], key in RIGHT) for key, title in TITLES.items() if key in chosen]
