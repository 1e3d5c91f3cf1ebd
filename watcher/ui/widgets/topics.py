"""The topics: a filter on top, below it the topics that pass, each with its parties' stances."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from watcher.ui import commands
from watcher.ui.fuzzy import fuzzy
from watcher.ui.glyphs import GLYPHS
from watcher.ui.widgets.bars import Bar, clickable
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from watcher.domain.statement import Stance


@dataclass(frozen=True, slots=True)
class TopicItem:
    """A topic as the list shows it. `number` is the digit that jumps to it, 0 for none."""

    name: str
    number: int = 0
    stances: tuple[Stance | None, ...] = ()
    unread: int = 0
    shifts: int = 0
    unheard: bool = False  # no feed of it answers
    hits: tuple[int, ...] = field(default=(), compare=False)


class TopicRows(Rows):
    """Two lines a topic: its name, then stances and what is new."""

    uniform = False

    def __init__(self) -> None:
        super().__init__(id="topic-rows")
        self.items: list[TopicItem] = []

    @property
    def count(self) -> int:
        """Topics that pass the filter."""
        return len(self.items)

    def lines_of(self, index: int, width: int) -> int:
        """Name and summary."""
        return 2

    def draw(self, index: int, width: int) -> list[Text]:
        """The name with the filter's hits lit; the stances of the parties in the board's order."""
        item, palette = self.items[index], self.palette
        number = f"{item.number} " if item.number else "  "
        name = Text(item.name, palette.strong if index == self.cursor else palette.text, end="")
        for hit in item.hits:
            name.stylize(palette.match, hit, hit + 1)
        first = Text.assemble((number, palette.faint), name, end="")
        second = Text("  ", end="")
        for stance in item.stances[: width - 12]:
            second.append(GLYPHS.stances[stance], palette.stance(stance))
        if item.unheard:
            second.append(f"  {GLYPHS.bad} failing", palette.failing)
        if item.unread:
            second.append(f"  {item.unread:,} new", palette.dim)
        if item.shifts:
            second.append(f" {GLYPHS.shift}{item.shifts}", palette.accent)
        return [first, second]


class TopicPane(Vertical):
    """The filter and the list."""

    DEFAULT_CSS = """
    TopicPane { width: 28; height: 1fr; background: $surface; }
    TopicPane TopicRows { background: $surface; }
    TopicPane Bar { background: $surface; }
    TopicPane Input { height: 1; border: none; padding: 0 1; background: $surface; color: $foreground; }
    TopicPane Input:focus { background: $panel; border: none; }
    """

    class Picked(Message):
        """Another topic is selected."""

        def __init__(self, name: str) -> None:
            self.name = name
            super().__init__()

    class Done(Message):
        """The filter, or the list, was left by enter."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__(id="topics")
        self._keymap = keymap
        self._all: list[TopicItem] = []
        self._picked = ""

    def compose(self) -> ComposeResult:
        """The list below a hint; the filter is made when it is first wanted."""
        yield Bar(id="filter-hint")
        yield TopicRows()

    def on_mount(self) -> None:
        """The hint, which can be clicked."""
        self.query_one("#filter-hint", Bar).show(
            lambda palette, width: [(f"{self._key('filter')} filter topics", clickable(palette.faint, "screen.filter"))]
        )

    def _key(self, id: str) -> str:
        return commands.key_of(id, self._keymap)

    @property
    def filter(self) -> Input | None:
        """The filter, once it was wanted."""
        return self.query_one_optional("#filter", Input)

    @property
    def filtering(self) -> bool:
        """Whether keys go into the filter."""
        return self.filter is not None and self.filter.has_focus

    async def open_filter(self) -> None:
        """Lets a person type a filter."""
        if self.filter is None:
            line = Input(placeholder="filter topics", id="filter", compact=True, select_on_focus=False)
            await self.mount(line, before=0)
        if self.filter is not None:
            self._show_filter(shown=True)
            self.screen.set_focus(self.filter)  # now, and not after the keys that follow

    def _show_filter(self, *, shown: bool) -> None:
        if self.filter is not None:
            self.filter.display = shown
            self.query_one("#filter-hint").display = not shown

    @property
    def rows(self) -> TopicRows:
        """The list."""
        return self.query_one(TopicRows)

    @property
    def query_text(self) -> str:
        """What the topics are filtered by."""
        return self.filter.value if self.filter is not None else ""

    def show(self, items: list[TopicItem], selected: str) -> None:
        """Shows the topics that pass the filter; `selected` is the one whose board is shown."""
        self._all, self._picked = items, selected
        if self.query_text and not self.filtering and not self._passes(selected):
            self.clear()  # a jump to a topic that the filter hides
        self._apply()
        if self.query_text and self.filtering:
            self._pick()  # typed before there were topics

    def _passes(self, name: str) -> bool:
        return any(item.name == name and fuzzy(self.query_text, item.name) is not None for item in self._all)

    def _apply(self) -> None:
        query = self.query_text
        passing: list[tuple[int, TopicItem]] = []
        for item in self._all:
            found = fuzzy(query, item.name)
            if found is not None:
                passing.append((found[0], replace(item, hits=found[1])))
        if query.strip():
            passing.sort(key=lambda pair: -pair[0])
        rows = self.rows
        rows.empty = f"No topic passes.\n{self._key('clear')} clears the filter." if query else ""
        rows.items = [item for _, item in passing]
        names = [item.name for item in rows.items]
        rows.changed(names.index(self._picked) if self._picked in names else 0)

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._apply()
        if self.query_text:
            self.rows.cursor = 0  # the one that fits best
        self._pick()

    def _pick(self) -> None:
        items = self.rows.items
        if items and self.rows.cursor < len(items):
            name = items[self.rows.cursor].name
            if name != self._picked:
                self._picked = name
                self.post_message(self.Picked(name))

    @on(Rows.Selected)
    def _selected(self, event: Rows.Selected) -> None:
        event.stop()
        self._pick()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.post_message(self.Done())

    @on(Input.Submitted, "#filter")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.query_text:
            self._show_filter(shown=False)
        self.post_message(self.Done())

    def key_down(self, event: events.Key) -> None:
        """From the filter straight into the list, to the topic below the one shown."""
        if self.filtering:
            event.stop()
            self.rows.focus()
            self.rows.action_move(1)

    def clear(self) -> None:
        """Empties the filter and puts the hint in its place."""
        if self.filter is not None:
            self.filter.value = ""
            self._show_filter(shown=False)
