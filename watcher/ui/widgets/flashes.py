"""Which cells of a board changed a moment ago: they light up and fade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style

from watcher.ui.theme import FLASH_STEPS

if TYPE_CHECKING:
    from watcher.domain.board import Board, Claim, Row
    from watcher.ui.theme import Palette

FADE_EVERY = 0.4
"""Seconds between the steps in which a changed cell fades."""
CELLS = ("stance", "feeds", "since", "was", "trend", "confidence", "sources", "age", "conditions", "words")


class Flashes:
    """The cells that are lit, each with how far it has faded."""

    def __init__(self) -> None:
        self._steps: dict[tuple[str, str], int] = {}  # (party, column) -> step

    def __bool__(self) -> bool:
        return bool(self._steps)

    def __contains__(self, cell: tuple[str, str]) -> bool:
        return cell in self._steps

    def clear(self) -> None:
        """Nothing is lit."""
        self._steps.clear()

    def light(self, old: Board, new: Board) -> None:
        """Lights what differs between two boards of a topic."""
        before = {row.party: row for row in old.rows}
        for row in new.rows:
            earlier = before.get(row.party)
            if earlier is None or earlier == row:
                continue
            for column in CELLS:
                if _value(earlier, column) != _value(row, column):
                    self._steps[row.party, column] = 0
        for claim in new.claims:
            if claim not in old.claims:
                self._steps[_place(claim)] = 0

    def fade(self) -> None:
        """One step further."""
        self._steps = {cell: step + 1 for cell, step in self._steps.items() if step + 1 < FLASH_STEPS}

    def style(self, palette: Palette, party: str, column: str) -> Style:
        """What is added to the style of a cell."""
        step = self._steps.get((party, column))
        return Style() if step is None else palette.flash[step]

    def style_of_claim(self, palette: Palette, claim: Claim) -> Style:
        """What is added to the style of a claim's line."""
        return self.style(palette, *_place(claim))


def _place(claim: Claim) -> tuple[str, str]:
    return claim.by, f"claim {claim.about}"


def _value(row: Row, column: str) -> object:
    match column:
        case "stance":
            return row.stance, row.divided, row.voice
        case "feeds":
            return row.unheard
        case "since":
            return row.since
        case "was":
            return row.previous
        case "trend":
            return row.trend
        case "confidence":
            return row.confidence
        case "sources":
            return row.sources
        case "conditions":
            return row.conditions
        case "words":
            return row.latest
        case _:
            return None
