"""Compounds turned round: "the agreement on minerals", "a deal giving X its minerals" for "minerals agreement"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BREAKS = frozenset('.;:"“”()')

TURNED = frozenset(["on", "in", "for", "of", "about", "over", "covering", "concerning", "regarding"])
"""Between the head and the rest of a compound: "the agreement on minerals"."""

TELLING = frozenset(["that", "which", "giving", "granting", "worth", "trading", "under"])
"""They open a clause that tells what the head is about."""

NEAR, NEAR_TOLD = 5, 12
"""The matter starts less than so many words behind the head, with a preposition and in a clause."""


def turned(stems: Sequence[str], lower: Sequence[str], i: int, compounds: Iterable[tuple[str, ...]]) -> int | None:
    """The token after the matter that the head noun at `i` is about, if that is the rest of a compound; its stems
    stand in a row."""
    following = lower[i + 1] if i + 1 < len(lower) else ""
    if following not in TURNED and following not in TELLING:
        return None
    if lower[i + 2 : i + 3] == ["would"]:
        return None  # "a bill that would cut off the aid": what it would do tells
    telling = following in TELLING or lower[i + 2 : i + 3] == ["which"]
    for words in compounds:
        for start in range(i + 2, min(i + (NEAR_TOLD if telling else NEAR), len(stems))):
            if lower[start] in BREAKS or lower[start] == "," or (lower[start] in TURNED and not telling):
                break
            if tuple(stems[start : start + len(words)]) == words:
                return start + len(words)
    return None
