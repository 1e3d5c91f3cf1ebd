"""What Textual draws with signs of its own, in plain letters: frames, toasts, the palette and scrollbars."""

from __future__ import annotations

from textual.scrollbar import ScrollBar, ScrollBarRender

CSS = """
Overlay > Vertical { border: ascii $primary; }
Toast { border: none; }
CommandPalette #--input { border: none; }
CommandPalette CommandList, CommandPalette CommandList:focus { border: none; }
"""


class PlainScrollBar(ScrollBarRender):
    """A scrollbar whose ends stand between lines of text, not within them."""

    VERTICAL_BARS = [" "]  # noqa: RUF012 - so Textual declares it
    HORIZONTAL_BARS = [" "]  # noqa: RUF012


def style() -> str:
    """Has every scrollbar drawn so; returns the rest as CSS."""
    ScrollBar.renderer = PlainScrollBar
    return CSS
