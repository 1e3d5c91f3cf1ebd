"""The single lines around the panes: what is viewed, how polling stands, what keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget

from watcher.ui import commands
from watcher.ui.glyphs import cut
from watcher.ui.theme import Palette, palette_of
from watcher.ui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from watcher.ui.commands import Command

Part = tuple[str, Style]
GAP = 2
"""Cells between two entries of the bottom line."""


def clickable(style: Style, action: str) -> Style:
    """The style with an action for clicks."""
    return style + Style(meta={"@click": action})


class Bar(Widget):
    """One line of text: `left`, and `right` at the other end where there is room."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._palette: Palette | None = None
        self._left: Callable[[Palette, int], Sequence[Part]] = lambda palette, width: ()
        self._right: Callable[[Palette, int], Sequence[Part]] = lambda palette, width: ()

    @property
    def palette(self) -> Palette:
        """The theme's styles."""
        if self._palette is None:
            self._palette = palette_of(self.app)
        return self._palette

    def notify_style_update(self) -> None:
        """Takes the colours of another theme."""
        super().notify_style_update()
        self._palette = None

    def show(
        self,
        left: Callable[[Palette, int], Sequence[Part]],
        right: Callable[[Palette, int], Sequence[Part]] | None = None,
    ) -> None:
        """Sets what makes the parts; called with the palette and the width at each drawing."""
        self._left = left
        if right is not None:
            self._right = right
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line; the right part wins where both do not fit. In a higher bar the left part wraps, and is all."""
        width = self.size.width
        if self.size.height > 1:
            return self._part(y, width)
        right = Text.assemble(*self._right(self.palette, width), end="")
        right = right if cell_len(right.plain) < width - 8 else Text(end="")
        left = Text.assemble(" ", *self._left(self.palette, width - right.cell_len - 3), end="")
        gap = width - right.cell_len - 1
        cut(left, gap - 1)
        left.pad_right(gap - left.cell_len)
        left.append_text(right)
        left.append(" ")
        strip = Strip(left.render(self.app.console))
        return strip.adjust_cell_length(width).apply_style(self.rich_style)

    def _part(self, y: int, width: int) -> Strip:
        text = Text.assemble(*self._left(self.palette, width), end="")
        lines = wrap(text.plain, width - 2)
        line = Text(" ", end="")
        if y < len(lines):
            line.append_text(text[slice(*lines[y])])
        return Strip(line.render(self.app.console)).adjust_cell_length(width).apply_style(self.rich_style)

    def grow(self, most: int) -> None:
        """Takes the lines that the left part needs, at most so many."""
        width = self.size.width
        text = "".join(part for part, _ in self._left(self.palette, width))
        height = min(len(wrap(text, width - 2)), most) if width > 2 else 1
        if height != self.size.height:
            self.styles.height = height


class KeyBar(Bar):
    """The bottom line, from the table of commands; each entry can be clicked."""

    DEFAULT_CSS = "KeyBar { dock: bottom; background: $surface; }"

    def __init__(self, chosen: Mapping[str, str], listed: Sequence[Command] | None = None) -> None:
        super().__init__(id="keys")
        self._chosen, self._listed = chosen, listed if listed is not None else commands.footer()
        self.show(self._parts)

    def _parts(self, palette: Palette, width: int) -> list[Part]:
        """The commands that fit; help and quit always do."""
        entries = [(command, commands.keys_of(command, self._chosen).split()[0]) for command in self._listed]
        widths = [cell_len(key) + 1 + cell_len(command.label) + GAP for command, key in entries]
        shown = set(range(len(entries)))
        for index in sorted(shown, key=lambda i: -entries[i][0].footer if entries[i][0].footer < 98 else 1):
            if sum(widths[i] for i in shown) - GAP <= width:
                break
            shown.discard(index)
        parts: list[Part] = []
        for index in sorted(shown):
            command, key = entries[index]
            parts.append((key, clickable(palette.accent + Style(bold=True), command.qualified)))
            parts.append((f" {command.label}", clickable(palette.dim, command.qualified)))
            parts.append((" " * GAP, Style()))
        return parts[:-1]
