"""The main screen: topics, the board, and below it what the board rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical

from watcher.domain.board import Claim
from watcher.ui import commands, headings
from watcher.ui.bridge import shift_key
from watcher.ui.screens.judging import Judging
from watcher.ui.screens.reading import Reading
from watcher.ui.screens.travel import Travel
from watcher.ui.view import TABS
from watcher.ui.widgets.articles import ArticleRows
from watcher.ui.widgets.bars import Bar, KeyBar
from watcher.ui.widgets.board import BoardHeader, BoardRows
from watcher.ui.widgets.evidence import EvidenceRows
from watcher.ui.widgets.rows import Rows
from watcher.ui.widgets.shifts import ShiftRows
from watcher.ui.widgets.timeline import Timeline
from watcher.ui.widgets.topics import TopicItem, TopicPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from watcher.domain.topic import Topic
    from watcher.store.base import Headline
    from watcher.ui.bridge import Bridge
    from watcher.ui.ground import Evidence

NARROW, LOW = 100, 32
"""Below so many columns topics open on demand; below so many lines there are no blank ones."""
LINES_AROUND = 3
"""The top line, the status line and the line of keys."""
BOARD_SHARE = 0.55
"""The most of the right side's height that the board takes."""


class MainScreen(Travel, Judging, Reading):
    """Binds what is viewed to the panes; what the commands do is in the classes it is made of."""

    DEFAULT_CSS = """
    MainScreen {
        layers: base over; background: $background;
        &.-narrow TopicPane { display: none; layer: over; height: 60%; width: 36; dock: left; offset-y: 1; }
        &.-narrow TopicPane.-open { display: block; }
        &.-low #tabs { margin-top: 0; }
    }
    #body { height: 1fr; }
    #right { height: 1fr; width: 1fr; }
    #board { height: 5; }
    #top { background: $surface; }
    #top.-past { background: $warning 30%; }
    #tabs { margin-top: 1; }
    #status { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("main")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]  # noqa: RUF012 - so Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]  # noqa: RUF012
    AUTO_FOCUS = "#board"

    def __init__(self, bridge: Bridge, keymap: dict[str, str]) -> None:
        super().__init__(bridge, keymap)
        self.board_rows, self.evidence_rows = BoardRows(), EvidenceRows()
        self.article_rows, self.timeline, self.shift_rows = ArticleRows(bridge.mark), Timeline(), ShiftRows()
        self.panes: dict[str, Rows] = {
            rows.id or "": rows for rows in (self.evidence_rows, self.article_rows, self.timeline, self.shift_rows)
        }
        self.header, self.topic_pane = BoardHeader(self.board_rows), TopicPane(keymap)
        self.complete = False
        """Whether all is there, and not only what the first look needs."""
        self.top_bar, self.tab_bar, self.status_bar = Bar(id="top"), Bar(id="tabs"), Bar(id="status")

    def compose(self) -> ComposeResult:
        """The panes, filled before they are first laid out: the first paint shows the stored board."""
        self.top_bar.show(
            lambda palette, width: headings.top(self, palette, width),
            lambda palette, width: headings.top_right(self, palette),
        )
        self.tab_bar.show(
            lambda palette, width: headings.tabs(self, palette),
            lambda palette, width: headings.narrowed(self, palette),
        )
        width, height = self.app.size  # Textual sets these classes after the first paint, which they must shape
        self.set_class(width < NARROW, "-narrow", update=False)
        self.set_class(height < LOW, "-low", update=False)
        self.show_board()
        yield self.top_bar
        with Horizontal(id="body"):
            yield self.topic_pane
            with Vertical(id="right"):
                yield self.header
                yield self.board_rows
                yield self.tab_bar
                yield self.evidence_rows
        yield self.status_bar
        yield KeyBar(self.keymap)

    def on_mount(self) -> None:
        """What the first look does not need comes after it."""
        self.call_after_refresh(self._complete)

    async def _complete(self) -> None:
        """Mounts the panes that are not shown at first."""
        later = [self.article_rows, self.timeline, self.shift_rows]
        self.show_tab()
        await self.query_one("#right").mount_all(later)
        if not self.bridge.begun:  # else they are being worked out beside the keys
            self.show_topics()
        self.complete = True
        self.show_bars()

    # What is viewed.

    def show_all(self, *, flash: bool = False) -> None:
        """Draws everything for the present view; with `flash`, changed cells light up."""
        self.show_board(flash=flash)
        self.call_after_refresh(self.show_topics)

    def show_board(self, *, flash: bool = False) -> None:
        """Draws the board and what is below it."""
        topic = self.topic
        if topic is None:
            names = [topic.name for topic in self.bridge.settings.topics]
            if not names:
                return
            self.view.topic = names[0]
            topic = self.bridge.settings.topics[0]
        today = self.view.as_of or self.bridge.today
        board, waits = self.bridge.board(topic, self.view.as_of), self.bridge.awaits_seeds(topic)
        unseen = () if self.view.as_of else {shift.party for shift in self.bridge.new_shifts(topic)}
        self.board_rows.show(board, today, flash=flash, waits=waits, unseen=unseen)
        self._share_height()
        self.show_lower()
        self.top_bar.set_class(self.view.as_of is not None, "-past")
        self.show_bars()

    def show_topics(self) -> None:
        """The topics with their stances and what is new in them."""
        items = []
        for number, topic in enumerate(self.bridge.settings.topics, 1):
            board = self.bridge.board(topic, self.view.as_of)
            items.append(
                TopicItem(
                    topic.name,
                    number if number < 10 else 0,
                    tuple(row.stance for row in board.rows),
                    self.bridge.unread(topic, self.view.as_of),
                    len(self.bridge.new_shifts(topic)),
                    all(row.unheard for row in board.rows),
                )
            )
        self.topic_pane.show(items, self.view.topic)

    def show_lower(self) -> None:
        """The pane below the board."""
        topic, board = self.topic, self.board
        if topic is None or board is None:
            return
        today = self.view.as_of or self.bridge.today
        self.evidence_rows.sought = self.article_rows.sought = self.view.narrowing.words
        match self.view.tab:
            case "evidence":
                found = self.evidence_of_selected(topic)
                self.evidence_rows.show(found, today, headings.no_evidence(self))
            case "articles":
                self.article_rows.show(self._headlines(topic), today, headings.no_articles(self))
            case "timeline":
                now = self.bridge.board(topic)
                self.timeline.show(now, self.view.as_of, self.bridge.today, headings.no_timeline(self))
            case "shifts":
                new = {shift_key(shift) for shift in self.bridge.new_shifts(topic)}
                self.shift_rows.show(board.shifts, new, today, headings.no_shifts(self))

    def _headlines(self, topic: Topic) -> Sequence[Headline]:
        """The articles that pass; with a stance or a voice, those that hold such a statement of any party."""
        narrowing, day = self.view.narrowing, self.view.as_of
        headlines = narrowing.narrow(self.bridge.headlines(topic, day))
        if narrowing.starred or narrowing.unread:
            headlines = [headline for headline in headlines if self._mark_passes(headline.id)]
        if narrowing.stances or narrowing.voices:
            said = (item for party in topic.parties for item in self.bridge.evidence(topic, party.name, day))
            holding = {item.statement.article.id for item in said if narrowing.says(item)}
            headlines = [headline for headline in headlines if headline.id in holding]
        return headlines

    def _mark_passes(self, article: str) -> bool:
        mark, narrowing = self.bridge.mark(article), self.view.narrowing
        return (mark.starred or not narrowing.starred) and not (mark.read and narrowing.unread)

    def evidence_of_selected(self, topic: Topic) -> Sequence[Evidence]:
        """The statements behind the selected row; behind a claim, those of its claimant on the party."""
        found = self.bridge.evidence(topic, self.party, self.view.as_of)
        chosen = self.board_rows.selected
        if isinstance(chosen, Claim):
            found = [e for e in found if chosen.by in {e.statement.claimed_by, e.statement.source}]
        if self.view.narrowing.written:
            found = [item for item in found if self.view.narrowing.passes(item)]
        return found

    def show_bars(self) -> None:
        """The lines above and below."""
        for bar in (self.top_bar, self.tab_bar, self.status_bar):
            bar.refresh()

    def _share_height(self) -> None:
        """Two lines a party where there is room, else one; the rest is for the evidence."""
        rows = self.board_rows
        height = self.app.size.height - LINES_AROUND
        most = max(int(height * BOARD_SHARE), 3)
        wanted = rows.lines_wanted()
        rows.two_lines = wanted <= most or wanted <= height - 9
        lines = wanted if rows.two_lines else len(rows.items)
        rows.styles.height = max(min(lines, max(most, height - 9 if rows.two_lines else most)), 1)
        rows.display = self.header.display = not self.view.zoomed
        rows.changed()

    def on_resize(self) -> None:
        """Shares the height anew."""
        if self.is_mounted and self.board is not None:
            self.call_after_refresh(self._share_height)

    # Topics.

    @on(TopicPane.Picked)
    def _topic_picked(self, event: TopicPane.Picked) -> None:
        self.go_to_topic(event.name)

    def go_to_topic(self, name: str) -> None:
        """Shows another topic's board."""
        if name == self.view.topic:
            return
        self.view.topic = name
        self.show_all()

    def go_to_party(self, topic: str, party: str) -> None:
        """Shows the evidence of one party."""
        self.go_to_topic(topic)
        self.board_rows.select_party(party)
        self.action_evidence()

    @on(TopicPane.Done)
    def _topic_done(self) -> None:
        self.topic_pane.remove_class("-open")
        self.set_focus(self.board_rows)  # now, and not after the keys that follow

    async def action_filter(self) -> None:
        """Types a filter for the topics."""
        self.topic_pane.add_class("-open")
        await self.topic_pane.open_filter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A slash that is typed into the filter is a slash."""
        return not (action == "filter" and self.topic_pane.filtering)

    def action_topic(self, number: int) -> None:
        """Jumps to a topic by its number."""
        topics = self.bridge.settings.topics
        if number <= len(topics):
            self.go_to_topic(topics[number - 1].name)

    def action_clear(self) -> None:
        """Clears what is nearest: filter, narrowing, zoom, the past."""
        pane = self.topic_pane
        if pane.query_text or pane.filtering or pane.has_class("-open"):
            pane.clear()
            self._topic_done()
        elif self.view.narrowing.written:
            self.narrow_to("")
        elif self.view.zoomed:
            self.action_zoom()
        elif self.view.as_of is not None:
            self.action_now()

    # Panes.

    @on(Rows.Selected, "#board")
    def _party_selected(self) -> None:
        if self.view.tab == "evidence":
            self.show_lower()
            self.evidence_rows.action_edge(0)
        self.show_bars()

    @on(Rows.Chosen, "#board")
    def _party_chosen(self) -> None:
        self.action_evidence()

    @on(Rows.Selected, "#evidence, #articles, #shifts")
    def _lower_selected(self) -> None:
        self.refresh_bindings()

    def show_tab(self) -> None:
        """Shows the pane of the view's tab."""
        for tab, rows in self.panes.items():
            rows.display = tab == self.view.tab

    def go_to_tab(self, tab: str, *, focus: bool = True) -> None:
        """Shows another pane below the board."""
        self.view.tab = tab
        self.show_tab()
        self.show_lower()
        self.show_bars()
        if focus:
            pane = self.panes[tab]
            if pane.is_mounted:
                pane.focus()
            else:  # a key within the first moment
                self.call_after_refresh(pane.focus)

    def action_evidence(self) -> None:
        """Shows the evidence."""
        self.go_to_tab("evidence")

    def action_articles(self) -> None:
        """Shows the articles."""
        self.go_to_tab("articles")

    def action_timeline(self) -> None:
        """Shows the timeline."""
        self.go_to_tab("timeline")

    def action_shifts(self) -> None:
        """Shows the shifts, and remembers that they were seen."""
        self.go_to_tab("shifts")
        self.seen_shifts()

    def action_turn(self, by: int) -> None:
        """Shows the tab beside; the focus stays where it is unless its pane goes."""
        index = TABS.index(self.view.tab)
        below = self.panes[self.view.tab].has_focus
        self.go_to_tab(TABS[(index + by) % len(TABS)], focus=below)

    def action_pane(self, by: int) -> None:
        """The next pane: topics, board, the one below."""
        panes: list[Rows] = [self.topic_pane.rows, self.board_rows, self.panes[self.view.tab]]
        seen = [pane for pane in panes if pane.size]  # a pane that is closed has none, nor has what is in it
        current = next((i for i, pane in enumerate(seen) if pane.has_focus), -1 if by > 0 else 0)
        seen[(current + by) % len(seen)].focus()

    def action_zoom(self) -> None:
        """Gives the lower pane the whole height, or takes it back."""
        self.view.zoomed = not self.view.zoomed
        self._share_height()
        if self.view.zoomed:
            self.panes[self.view.tab].focus()
