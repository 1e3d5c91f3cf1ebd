"""Line breaking by terminal cells, fast enough for thousands of sentences."""

from __future__ import annotations

import re

from rich.cells import get_character_cell_size

UNSURE = re.compile(
    "[^\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)
"""Letters that may take no cell or two: their lines are measured letter by letter."""
NO_BEGINNING = "、。，．：；！？）」』】》〉・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
"""Signs with which no line of Chinese or Japanese begins."""


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of `text` start and end, each at most `width` cells wide; broken at spaces."""
    width = max(width, 2)  # a wide character must fit
    narrow = text.isascii() or not UNSURE.search(text)
    lines: list[tuple[int, int]] = []
    start, length = 0, len(text)
    while start < length:
        end = _reach(text, start, width, narrow)
        newline = text.find("\n", start, end)
        if newline >= 0:
            lines.append((start, newline))
            start = newline + 1
            continue
        if end < length and text[end] not in " \n":
            at = text.rfind(" ", start, end) if narrow else last_break(text, start, end)
            end = at if at > start else end
        lines.append((start, end))
        start = end
        if start < length and text[start] in " \n":
            start += 1
    return lines or [(0, 0)]


def last_break(text: str, start: int, end: int) -> int:
    """The last place up to `end` where a line may end: at a space, or beside an ideograph, a word of its own."""
    while end > start and not _may_break(text, end):
        end -= 1
    return end


def _may_break(text: str, at: int) -> bool:
    letter = text[at]
    if letter.isspace():
        return True
    if letter in NO_BEGINNING or not get_character_cell_size(letter):
        return False
    return _ideograph(letter) or _ideograph(text[at - 1])


def _ideograph(letter: str) -> bool:
    return get_character_cell_size(letter) == 2 and not "\uac00" <= letter <= "\ud7a3"  # Korean has spaces


def _reach(text: str, start: int, width: int, narrow: bool) -> int:
    """The end of what fits into `width` cells from `start` on."""
    if narrow:
        return min(start + width, len(text))
    cells = 0
    for index in range(start, len(text)):
        cells += get_character_cell_size(text[index])
        if cells > width:
            return index
    return len(text)
