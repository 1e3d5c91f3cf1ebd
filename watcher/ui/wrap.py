"""Line breaking by terminal cells, fast enough for thousands of sentences."""

from __future__ import annotations

from rich.cells import cell_len, get_character_cell_size


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of `text` start and end, each at most `width` cells wide; broken at spaces."""
    width = max(width, 2)  # a wide character must fit
    narrow = text.isascii() or cell_len(text) == len(text)
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
            space = text.rfind(" ", start, end)
            end = space if space > start else end
        lines.append((start, end))
        start = end
        if start < length and text[start] in " \n":
            start += 1
    return lines or [(0, 0)]


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
