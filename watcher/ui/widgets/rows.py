"""A list that draws only what is seen: 100,000 rows cost what twenty do."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from watcher.ui import commands
from watcher.ui.glyphs import GLYPHS, cut
from watcher.ui.theme import Palette, palette_of
from watcher.ui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text
    from textual import events
    from textual.binding import BindingType


class Rows(ScrollView, can_focus=True):
    """A list of rows of one or more lines, one of them selected.

    Subclasses give `count`, `lines_of` (how many lines a row takes) and `draw` (its lines as
    Texts). Call `changed` when the rows are others than before, `redraw` when only their looks are.
    """

    DEFAULT_CSS = """
    Rows {
        height: 1fr; overflow-x: hidden; background: $background;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("list")]

    uniform: ClassVar[bool] = True  # every row takes one line
    empty: str = ""
    """What an empty list says: what to do next."""

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Selected(Message):
        """Another row is selected."""

        def __init__(self, rows: Rows, index: int) -> None:
            self.rows, self.index = rows, index
            super().__init__()

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    class Chosen(Selected):
        """A row was chosen: enter, or a click on the selected row."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._offsets: list[int] = [0]
        self._cache: LRUCache[tuple[object, ...], list[Strip]] = LRUCache(256)
        self._palette: Palette | None = None
        self._look: Style | None = None
        self._hover = -1
        self._measured = -1

    # What a subclass gives.

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def lines_of(self, index: int, width: int) -> int:
        """How many lines a row takes at that width; asked only where `uniform` is false."""
        return 1

    def draw(self, index: int, width: int) -> Sequence[Text]:
        """The lines of a row, each at most `width` cells; the selection's look is added here."""
        raise NotImplementedError

    # What callers use.

    @property
    def palette(self) -> Palette:
        """The theme's styles."""
        if self._palette is None:
            self._palette = palette_of(self.app)
        return self._palette

    def changed(self, cursor: int | None = None) -> None:
        """The rows are others: measures and draws anew, and selects `cursor` (None: as it was)."""
        if self.size:  # else it is not laid out yet, and will be measured then
            self._measure()
        target = self.cursor if cursor is None else cursor
        target = max(0, min(target, self.count - 1))
        if target != self.cursor:
            self.set_reactive(Rows.cursor, target)
        self.redraw()
        self.call_after_refresh(self.show_cursor)

    def redraw(self) -> None:
        """Draws all anew, with the same rows."""
        self._cache.clear()
        self.refresh()

    def show_cursor(self) -> None:
        """Scrolls the selected row into sight."""
        if self.count and self.size.height:
            top, bottom = self._top(self.cursor), self._top(self.cursor + 1)
            self.scroll_to_region(Region(0, top, 1, bottom - top), animate=False, force=True)

    @property
    def look(self) -> Style:
        """The pane's own colours; asking Textual for them each line would cost more than the line."""
        if self._look is None:
            self._look = self.rich_style
        return self._look

    # How it works.

    @property
    def row_width(self) -> int:
        """Cells that a row may fill, beside the selection's bar."""
        return max(self.scrollable_content_region.width - 1, 1)

    def _top(self, index: int) -> int:
        return index if self.uniform else self._offsets[min(index, len(self._offsets) - 1)]

    def _index_at(self, line: int) -> int:
        index = line if self.uniform else bisect_right(self._offsets, line) - 1
        return index if line >= 0 and index < self.count else -1

    def _measure(self) -> None:
        width = self.row_width
        self._measured = width
        if self.uniform:
            height = self.count
        else:
            lines = (self.lines_of(index, width) for index in range(self.count))
            self._offsets = list(accumulate(lines, initial=0))
            height = self._offsets[-1]
        self.virtual_size = Size(self.size.width, height)

    def on_resize(self, event: events.Resize) -> None:
        """Breaks lines anew at another width."""
        if self.row_width != self._measured:
            self._measure()
            self.redraw()
        self.call_after_refresh(self.show_cursor)

    def notify_style_update(self) -> None:
        """Takes the colours of another theme."""
        super().notify_style_update()
        self._palette = self._look = None
        self._cache.clear()

    def watch_has_focus(self, focused: bool) -> None:
        """The selection looks stronger where keys go."""
        self._cache.clear()
        super().watch_has_focus(focused)

    def validate_cursor(self, cursor: int) -> int:
        """Keeps the selection on a row."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draws both rows, keeps the new one in sight, and tells."""
        self.refresh()
        self.show_cursor()
        self.post_message(self.Selected(self, new))

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self.size.width
        line = y + self.scroll_offset.y
        if not self.count:
            return self._blank(y, width)
        index = self._index_at(line)
        if index < 0:
            return Strip.blank(width, self.look)
        strips = self._strips(index)
        part = line - self._top(index)
        return strips[part] if part < len(strips) else Strip.blank(width, self.look)

    def _blank(self, y: int, width: int) -> Strip:
        lines = [line[a:b] for line in self.empty.split("\n") for a, b in wrap(line, width - 3)]
        if not self.empty or not 1 <= y <= len(lines):
            return Strip.blank(width, self.look)
        segments = [Segment("  "), Segment(lines[y - 1], self.palette.dim)]
        return Strip(segments).adjust_cell_length(width).apply_style(self.look)

    def _strips(self, index: int) -> list[Strip]:
        selected = index == self.cursor
        key = (index, selected, index == self._hover, self.size.width)
        strips = self._cache.get(key)
        if strips is None:
            strips = [self._finish(text, selected, index) for text in self.draw(index, self.row_width)]
            self._cache[key] = strips
        return strips

    def _finish(self, text: Text, selected: bool, index: int) -> Strip:
        """A drawn line with the selection's bar and background, filled to the width."""
        look = self.look
        bar = Segment(" ")
        if selected:
            look += self.palette.cursor if self.has_focus else self.palette.cursor_blurred
            bar = Segment(GLYPHS.bar, self.palette.accent if self.has_focus else self.palette.dim)
        elif index == self._hover:
            look += self.palette.hover
        text.no_wrap, text.end = True, ""
        if not text.spans:  # Rich leaves the base style out where there is no other
            text.stylize(text.style)
        cut(text, self.row_width)
        segments = [bar, *text.render(self.app.console)]
        # The row's number travels with each cell, so that a click finds it however rows are scrolled.
        meta = look + Style(meta={"row": index})
        return Strip(segments).adjust_cell_length(self.size.width, self.look + look).apply_style(meta)

    def _row_under(self, event: events.MouseEvent) -> int:
        row = event.style.meta.get("row")
        return row if isinstance(row, int) else -1

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A faint look for the row under the mouse."""
        row = self._row_under(event)
        if row != self._hover:
            self._hover = row
            self.refresh()

    def on_leave(self) -> None:
        """No row is under the mouse."""
        if self._hover != -1:
            self._hover = -1
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Selects the row under the mouse; a second click chooses it."""
        row = self._row_under(event)
        if row < 0:
            return
        if row == self.cursor and event.chain > 1:
            self.post_message(self.Chosen(self, row))
        else:
            self.cursor = row

    def action_move(self, by: int) -> None:
        """Selects the row so many below."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Selects the row a page below."""
        height = max(self.size.height - 1, 1)
        line = max(0, self._top(self.cursor) + by * height)
        index = self._index_at(line)
        target = (self.count - 1 if by > 0 else 0) if index < 0 else index
        self.cursor = self.cursor + by if target == self.cursor else target

    def action_edge(self, end: int) -> None:
        """Selects the first (0) or the last (1) row."""
        self.cursor = self.count - 1 if end else 0

    def action_choose(self) -> None:
        """Chooses the selected row."""
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))
