"""What every key does, from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.containers import Vertical
from textual.markup import escape
from textual.screen import ModalScreen

from watcher.domain.statement import Stance
from watcher.ui import commands
from watcher.ui.format import fit
from watcher.ui.glyphs import GLYPHS
from watcher.ui.widgets.rows import Rows
from watcher.ui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

MOST_KEYS_WIDTH = 20
SIGNS = (
    (GLYPHS.claim, "a claim about a party that contradicts its own words"),
    (GLYPHS.divided, "the party is divided"),
    (GLYPHS.pin, "pinned by you"),
    (GLYPHS.corrected, "corrected by you"),
    (GLYPHS.shift, "a shift that you have not seen; in the timeline, one that was soon taken back"),
    (GLYPHS.unread, "an unread article"),
)


class HelpRows(Rows):
    """Groups of commands, then the signs."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__(id="help-rows")
        self._lines: list[tuple[str, str]] = []
        for group, listed in commands.by_group().items():
            self._lines.append((group, ""))
            self._lines += [(commands.keys_of(command, keymap), command.help) for command in listed]
            self._lines.append(("", ""))
        self._lines.append(("Signs", ""))
        self._lines += [(GLYPHS.stances[stance], stance.value) for stance in Stance]
        self._lines.append((GLYPHS.stances[None], "no position read yet"))
        self._lines += list(SIGNS)
        self._indent = min(max(cell_len(keys) for keys, does in self._lines if does), MOST_KEYS_WIDTH) + 2

    uniform = False

    @property
    def count(self) -> int:
        """Lines."""
        return len(self._lines)

    def lines_of(self, index: int, width: int) -> int:
        """A long explanation wraps."""
        return max(1, len(wrap(self._lines[index][1], width - self._indent)))

    def draw(self, index: int, width: int) -> list[Text]:
        """A group's name, or keys and what they do."""
        keys, does = self._lines[index]
        if not does:
            return [Text(keys, self.palette.heading, end="")]
        drawn = []
        for number, (start, end) in enumerate(wrap(does, width - self._indent)):
            head = fit("" if number else keys, self._indent)
            drawn.append(Text.assemble((head, self.palette.accent), (does[start:end], self.palette.text), end=""))
        return drawn


class HelpScreen(ModalScreen[None]):
    """The help, over the screen."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen > Vertical {
        width: 84; max-width: 100%; height: 90%; background: $surface; border: round $primary; padding: 0 1;
    }
    HelpScreen Rows { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape,question_mark,f1,q", "dismiss(None)", "Close")]

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The list in a frame."""
        with Vertical() as box:
            box.border_title = "Keys"
            box.border_subtitle = escape("esc closes; [keys] in the config rebinds")
            yield HelpRows(self._keymap)

    def on_mount(self) -> None:
        """Measures the list."""
        self.query_one(HelpRows).focus()
