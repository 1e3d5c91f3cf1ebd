"""What the parts of the main screen share: the view, the panes, and the ways to draw anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from watcher.ui.commands import key_of
from watcher.ui.view import View

if TYPE_CHECKING:
    from watcher.domain.article import ArticleRef
    from watcher.domain.board import Board
    from watcher.domain.topic import Topic
    from watcher.ui.bridge import Bridge
    from watcher.ui.ground import Evidence
    from watcher.ui.widgets.articles import ArticleRows
    from watcher.ui.widgets.board import BoardRows
    from watcher.ui.widgets.evidence import EvidenceRows
    from watcher.ui.widgets.shifts import ShiftRows
    from watcher.ui.widgets.timeline import Timeline


class Viewing(Screen[None]):
    """The ground of the main screen; its commands are in the classes built on this one."""

    board_rows: BoardRows
    evidence_rows: EvidenceRows
    article_rows: ArticleRows
    timeline: Timeline
    shift_rows: ShiftRows

    def __init__(self, bridge: Bridge, keymap: dict[str, str]) -> None:
        super().__init__()
        self.bridge, self.keymap = bridge, keymap
        self.view = View(topic=bridge.settings.topics[0].name if bridge.settings.topics else "")

    @property
    def topic(self) -> Topic | None:
        """The topic whose board is shown."""
        return self.bridge.topic(self.view.topic)

    @property
    def board(self) -> Board | None:
        """The board that is shown."""
        return self.board_rows.board

    @property
    def party(self) -> str:
        """The party whose evidence is shown: that of the row, or the one that a claim is about."""
        return self.board_rows.party

    @property
    def article(self) -> ArticleRef | None:
        """The article of what is selected, wherever the keys go."""
        if self.view.tab == "articles" and not self.board_rows.has_focus:
            headline = self.article_rows.selected
            stored = self.bridge.article(headline.id) if headline else None
            return stored.reference if stored else None
        if self.view.tab == "shifts" and self.shift_rows.has_focus:
            shift = self.shift_rows.selected
            return shift.statement.article if shift else None
        if self.board_rows.has_focus:
            return self.board_rows.article
        return self.evidence_rows.article

    @property
    def evidence(self) -> Evidence | None:
        """The statement that is selected in the evidence pane."""
        return self.evidence_rows.statement if self.view.tab == "evidence" else None

    def key(self, id: str) -> str:
        """The first key of a command, as shown to people."""
        return key_of(id, self.keymap)

    def show_all(self, *, flash: bool = False) -> None:
        """Draws everything for the present view; with `flash`, changed cells light up."""
        raise NotImplementedError

    def show_lower(self) -> None:
        """Draws the pane below the board."""
        raise NotImplementedError

    def show_topics(self) -> None:
        """Draws the list of topics."""
        raise NotImplementedError

    def show_bars(self) -> None:
        """Draws the lines above and below."""
        raise NotImplementedError

    def go_to_tab(self, tab: str, *, focus: bool = True) -> None:
        """Shows another pane below the board."""
        raise NotImplementedError

    def tell(self, message: str, *, problem: bool = False) -> None:
        """A toast; never markup."""
        self.notify(message, severity="warning" if problem else "information", markup=False, timeout=4)
