"""What every key does, from the table of commands."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.containers import Vertical
from textual.markup import escape

from watcher.domain.statement import Stance
from watcher.ui import commands
from watcher.ui.format import fit
from watcher.ui.glyphs import GLYPHS
from watcher.ui.screens.overlay import Overlay
from watcher.ui.widgets.rows import Rows
from watcher.ui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size
    from textual.screen import Screen
    from textual.strip import Strip

    from watcher.ui.commands import Command

Group = tuple[str, list[tuple[str, str, str]]]
"""A heading, and below it keys with what they do, or signs with what they mean; and the command that a click runs."""

MOST_KEYS_WIDTH = 20
LEAST_WIDTH, GAP = 60, 3
"""Cells of a column, and between two."""
TWO_FROM = 140
"""From so many columns of the terminal on, two of ours."""
SIGNS = (
    (GLYPHS.stances[None], "no position read yet"),
    (GLYPHS.claim, "a claim about a party that contradicts its own words"),
    (GLYPHS.divided, "the party is divided"),
    (GLYPHS.pin, "pinned by you"),
    (GLYPHS.corrected, "corrected by you"),
    (GLYPHS.shift, "a shift that you have not seen; in the timeline, one that was soon taken back"),
    (GLYPHS.unread, "an unread article"),
)


class HelpRows(Rows):
    """Groups of commands, then the signs; in two columns where there is room. It scrolls, and nothing is selected.

    A click on a command that works on the screen below runs it there.
    """

    def __init__(self, keymap: Mapping[str, str], below: Screen[object]) -> None:
        super().__init__(id="help-rows")

        def run(command: Command) -> str:
            works = command.scope == "app" or hasattr(below, "action_" + command.action.partition("(")[0])
            return command.id if works and command.id != "help" else ""

        self._groups: list[Group] = [
            (group, [(commands.keys_of(command, keymap), command.help, run(command)) for command in listed])
            for group, listed in commands.by_group().items()
        ]
        signs = [*((GLYPHS.stances[stance], stance.value) for stance in Stance), *SIGNS]
        self._groups.append(("Signs", [(sign, means, "") for sign, means in signs]))
        longest = max(cell_len(keys) for _, listed in self._groups for keys, _, _ in listed)
        self._indent = min(longest, MOST_KEYS_WIDTH) + 2
        self._lines: list[Text] = []

    @property
    def count(self) -> int:
        """Lines."""
        return len(self._lines)

    def _measure(self) -> None:
        """Lays all of it out for the width."""
        self._lines = self._laid_out(self.row_width)
        super()._measure()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """No more than the lines take, beside the scrollbar and the bar of a list."""
        return len(self._laid_out(width - 2))

    def _laid_out(self, width: int) -> list[Text]:
        if width < 2 * LEAST_WIDTH + GAP:
            return self._column(self._groups, width)
        half = (width - GAP) // 2
        pairs = ((self._column(one, half), self._column(other, half)) for one, other in self._halves())
        left, right = min(pairs, key=lambda pair: max(map(len, pair)))
        return beside(left, right, half)

    def _halves(self) -> Iterator[tuple[list[Group], list[Group]]]:
        """Every way to break the groups into two columns."""
        for at in range(1, len(self._groups)):
            yield self._groups[:at], self._groups[at:]

    def _column(self, groups: list[Group], width: int) -> list[Text]:
        """The lines of some groups, with a blank one between them."""
        palette = self.palette
        lines: list[Text] = []
        for group, listed in groups:
            lines += [Text(end="")] if lines else []
            lines.append(Text.assemble((group, palette.heading), end=""))
            for keys, does, command in listed:
                meta = Style(meta={"command": command}) if command else Style()
                for number, (start, end) in enumerate(wrap(does, width - self._indent)):
                    head = fit("" if number else keys, self._indent)
                    words = (does[start:end], palette.text + meta)
                    lines.append(Text.assemble((head, palette.accent + meta), words, end=""))
        return lines

    def notify_style_update(self) -> None:
        """Takes the colours of another theme."""
        super().notify_style_update()
        self._measure()

    def draw(self, index: int, width: int) -> list[Text]:
        """A line of each column."""
        return [self._lines[index].copy()]

    def _finish(self, text: Text, selected: bool, index: int) -> Strip:
        return super()._finish(text, False, -2)

    def on_click(self, event: events.Click) -> None:
        """Runs the command under the mouse."""
        command = event.style.meta.get("command")
        if command:
            event.stop()
            event.prevent_default()
            self.screen.dismiss(command)

    def action_move(self, by: int) -> None:
        """Scrolls by lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False)

    def action_page(self, by: int) -> None:
        """Scrolls by a page."""
        self.action_move(by * max(self.size.height - 1, 1))

    def action_edge(self, end: int) -> None:
        """Scrolls to the beginning (0) or the end (1)."""
        self.scroll_to(y=self.count if end else 0, animate=False)


def beside(left: list[Text], right: list[Text], width: int) -> list[Text]:
    """Two columns as lines; `width` is that of the left one."""
    lines = []
    for one, other in zip_longest(left, right, fillvalue=Text(end="")):
        line = one.copy()
        line.pad_right(width + GAP - line.cell_len)
        lines.append(line.append_text(other))
    return lines


class HelpScreen(Overlay[str]):
    """The help, over the screen; gives the command that was clicked."""

    DEFAULT_CSS = """
    HelpScreen > Vertical { width: 84; }
    HelpScreen.-two > Vertical { width: 97%; max-width: 168; }
    HelpScreen Rows { height: auto; max-height: 90vh; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (TWO_FROM, "-two")]  # noqa: RUF012 - so Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [("question_mark,f1,q", "dismiss(None)", "Close")]

    def __init__(self, keymap: Mapping[str, str], below: Screen[object]) -> None:
        super().__init__()
        self._keymap, self._below = keymap, below

    def compose(self) -> ComposeResult:
        """The list in a frame."""
        with Vertical() as box:
            box.border_title = "Keys"
            box.border_subtitle = escape("esc closes, a click runs; [keys] in the config rebinds")
            yield HelpRows(self._keymap, self._below)

    def on_mount(self) -> None:
        """Measures the list."""
        self.query_one(HelpRows).focus()
