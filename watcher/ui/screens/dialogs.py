"""Small questions over the screen: a line of text, or a stance with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.containers import Vertical
from textual.markup import escape
from textual.widgets import Input, Static

from watcher.domain.statement import Stance
from watcher.ui.glyphs import GLYPHS
from watcher.ui.screens.overlay import Answer, Overlay
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

CSS = """
Dialog > Vertical { width: 64; max-height: 100%; border-title-color: $foreground; }
Dialog Input { height: 1; padding: 0; background: $panel; }
Dialog .input--placeholder { color: $foreground 70%; }
Dialog .hint { color: $text-muted; height: auto; link-color: $text-muted; link-background: $surface; }
Dialog .problem { color: $error; height: auto; display: none; }
Dialog Rows { height: 6; }
"""
LEAVE = "[@click=screen.dismiss(None)]esc leaves[/]"
HOW = f"up and down choose, tab to the note, [@click=screen.save]enter saves[/], {LEAVE}"


class Dialog(Overlay[Answer]):
    """A question, which may be left unanswered."""

    DEFAULT_CSS = CSS

    def on_screen_resume(self) -> None:
        """A question is not to be covered by what was said before."""
        self.app.clear_notifications()


class Ask(Dialog[str]):
    """Asks for a line of text; `check` returns what is wrong with it, or nothing."""

    def __init__(
        self, title: str, hint: str, value: str = "", *, check: Callable[[str], str] = lambda text: ""
    ) -> None:
        super().__init__()
        self._title, self._hint, self._value, self._check = title, hint, value, check

    def compose(self) -> ComposeResult:
        """A line to type on, with a hint."""
        with Vertical() as box:
            box.border_title = escape(self._title)
            yield Input(self._value, id="answer", select_on_focus=False, compact=True)
            yield Static(self._hint, classes="hint", markup=False)
            yield Static("", classes="problem", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Keys typed while the line is not ready yet are not lost."""
        line = self.query_one_optional(Input)
        if event.is_printable and event.character and (line is None or not line.has_focus):
            self._value += event.character
            if line is not None:
                line.value = self._value
                line.cursor_position = len(line.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        problem = self._check(event.value)
        if problem:
            label = self.query_one(".problem", Static)
            label.update(problem)
            label.display = True
        else:
            self.dismiss(event.value)


class StanceRows(Rows):
    """The stances to choose from; None is what `none` says."""

    def __init__(self, none: str) -> None:
        super().__init__()
        self.stances: Sequence[Stance | None] = [*Stance, None] if none else list(Stance)
        self._none = none

    @property
    def count(self) -> int:
        """The choices."""
        return len(self.stances)

    def draw(self, index: int, width: int) -> list[Text]:
        """Glyph and word."""
        stance = self.stances[index]
        word = stance.value if stance else self._none
        sign = GLYPHS.stances[stance] if stance else GLYPHS.bad
        return [Text(f"{sign} {word}", self.palette.stance(stance), end="")]


class AskStance(Dialog[tuple[Stance | None, str]]):
    """Asks for a stance and a note."""

    def __init__(self, title: str, about: str, none: str, stance: Stance | None) -> None:
        super().__init__()
        self._title, self._about, self._none, self._stance = title, about, none, stance

    def compose(self) -> ComposeResult:
        """The stances, and a line for the note."""
        with Vertical() as box:
            box.border_title = escape(self._title)
            yield Static(self._about, classes="hint", markup=False)
            yield StanceRows(self._none)
            yield Input(placeholder="a note: why (optional)", id="note", compact=True)
            yield Static(HOW, classes="hint")

    def on_mount(self) -> None:
        """Selects the present stance."""
        rows = self.query_one(StanceRows)
        rows.styles.height = rows.count
        rows.changed(list(rows.stances).index(self._stance) if self._stance in rows.stances else 0)
        rows.focus()

    @on(Rows.Chosen)
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Answers with the selected stance and the note."""
        rows = self.query_one(StanceRows)
        self.dismiss((rows.stances[rows.cursor], self.query_one(Input).value.strip()))
