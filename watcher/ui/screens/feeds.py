"""How every feed is doing: those that fail first, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text

from watcher.domain.feed import Feed, FeedState, FeedStatus, without_password
from watcher.ui import commands
from watcher.ui.format import ago, fit, plural, span
from watcher.ui.glyphs import GLYPHS
from watcher.ui.messages import OpenLink, PollFeed
from watcher.ui.screens.closing import Closing
from watcher.ui.widgets.bars import Bar, KeyBar
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from watcher.ui.bridge import Bridge

MEANINGS = {
    FeedStatus.OK: "answers",
    FeedStatus.NOT_MODIFIED: "answers, nothing new",
    FeedStatus.EMPTY: "answers with no items",
    FeedStatus.STALE: "answers, nothing new for long",
    FeedStatus.NOT_A_FEED: "what it answers is no feed",
    FeedStatus.HTTP_ERROR: "cannot be reached",
    FeedStatus.TIMEOUT: "does not answer in time",
    FeedStatus.TOO_LARGE: "is larger than max_body",
    FeedStatus.REDIRECT_REFUSED: "redirects to where it must not",
    FeedStatus.GONE: "is gone for good",
    FeedStatus.BACKING_OFF: "failed, waits to be asked",
    FeedStatus.DISABLED: "is switched off",
}

REFUSED = "answers with an error"
"""Said of an HTTP error where there was an answer."""
MEANING_WIDTH = max(map(len, MEANINGS.values()))


def meaning_of(state: FeedState) -> str:
    """What became of the feed's last poll."""
    return REFUSED if state.status is FeedStatus.HTTP_ERROR and state.http else MEANINGS[state.status]


@dataclass(frozen=True, slots=True)
class Health:
    """A feed with what is remembered of it."""

    feed: Feed
    state: FeedState | None
    switched: bool = False  # for now, by a key

    @property
    def known(self) -> FeedState | None:
        """What its last poll came to; nothing yet where it was off until a moment ago."""
        if self.state and self.feed.enabled and self.state.status is FeedStatus.DISABLED:
            return None
        return self.state

    @property
    def rank(self) -> int:
        """Failing first, then never polled, then fine, then switched off."""
        if not self.feed.enabled:
            return 3
        if self.known is None:
            return 1
        return 0 if self.known.status.failing else 2


def health(
    feeds: Sequence[Feed], states: Mapping[str, FeedState], switched: Container[str] = frozenset()
) -> list[Health]:
    """The feeds, those that need a look first; `switched` names those that are on or off for now."""
    found = (Health(feed, states.get(feed.url), feed.name in switched) for feed in feeds)
    return sorted(found, key=lambda item: item.rank)


class FeedRows(Rows):
    """Two lines a feed: how it does, and why."""

    uniform = False
    empty = "The config has no feeds.\nAdd [[feeds]] with a name and a url; a saved change is live."

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(id="feed-rows")
        self.items: list[Health] = []
        self._now = now

    @property
    def count(self) -> int:
        """Feeds."""
        return len(self.items)

    @property
    def selected(self) -> Health | None:
        """The selected feed."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def show(self, items: list[Health]) -> None:
        """Shows these feeds; the selection stays on its feed."""
        before = self.selected
        if items != self.items:
            self.items = items
            urls = [item.feed.url for item in items]
            self.changed(urls.index(before.feed.url) if before and before.feed.url in urls else None)

    def lines_of(self, index: int, width: int) -> int:
        """A failing feed takes a line for its reason."""
        return 2 if self.items[index].rank == 0 else 1

    def draw(self, index: int, width: int) -> list[Text]:
        """Sign, name, state, when it was polled, its newest item; below, why it fails."""
        item, palette, now = self.items[index], self.palette, self._now()
        state, feed = item.known, item.feed
        name_width = min(24, width // 4)
        if not feed.enabled:
            style = palette.warn if item.switched else palette.faint
            sign, meaning = GLYPHS.idle, "is switched off for now" if item.switched else "is switched off"
        elif state is None:
            sign, style, meaning = GLYPHS.idle, palette.dim, "not polled yet"
        else:
            sign = GLYPHS.bad if state.status.failing else GLYPHS.ok
            style = palette.bad if state.status.failing else palette.good
            meaning = meaning_of(state)
        text = Text.assemble(
            (sign + " ", style),
            (fit(feed.name or feed.url, name_width, GLYPHS.ellipsis), palette.text if feed.enabled else palette.faint),
            ("  " + fit(meaning, MEANING_WIDTH, GLYPHS.ellipsis), style),
            end="",
        )
        facts = []
        if state is not None and feed.enabled:
            if state.next_try and state.next_try > now:
                facts.append(f"next in {span((state.next_try - now).total_seconds())}")
            if state.last_poll:
                facts.append(f"polled {ago(state.last_poll, now)}")
            if state.newest_item:
                facts.append(f"newest {ago(state.newest_item, now)}")
            if state.items:
                facts.append(plural(state.items, "item"))
        elif feed.note:
            facts.append(feed.note)
        if item.switched and feed.enabled:
            facts.insert(0, "switched on for now")
        lines = [text.append("  " + joined(facts, width - text.cell_len - 2), palette.dim)]
        if item.rank == 0 and state is not None:
            why = [state.error or MEANINGS[state.status]]
            if state.http and str(state.http) not in why[0]:
                why.append(f"HTTP {state.http}")
            if state.failures > 1:
                why.append(f"{state.failures} times in a row")
            if state.last_success:
                why.append(f"last answered {ago(state.last_success, now)}")
            why.append(without_password(feed.url))
            lines.append(Text("  " + f" {GLYPHS.dot} ".join(why), palette.dim, end=""))
        return lines


def joined(facts: Sequence[str], width: int) -> str:
    """As many of the facts as fit whole; the first in any case."""
    line = facts[0] if facts else ""
    for fact in facts[1:]:
        longer = f"{line} {GLYPHS.dot} {fact}"
        if cell_len(longer) > width:
            break
        line = longer
    return line


class FeedsScreen(Closing[None]):
    """The feeds' health, kept fresh while it is open."""

    CSS = """
    FeedsScreen #feeds-top { background: $surface; }
    FeedsScreen #feed-rows { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("feeds")]

    def __init__(self, bridge: Bridge, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self.bridge, self._keymap = bridge, keymap

    def compose(self) -> ComposeResult:
        """Summary, feeds, keys."""
        yield Bar(id="feeds-top")
        yield FeedRows(self.bridge.now)
        yield KeyBar(self._keymap, commands.listed("feeds"))

    def on_mount(self) -> None:
        """Shows the feeds, and again every second."""
        self.query_one(FeedRows).focus()
        self.show_feeds()
        self.set_interval(1, self.show_feeds)

    def show_feeds(self) -> None:
        """Shows what is remembered of the feeds now."""
        items = health(self.bridge.settings.feeds, self.bridge.feed_states(), self.bridge.switched)
        failing = sum(item.rank == 0 for item in items)
        answering = sum(item.rank == 2 for item in items)
        self.query_one(FeedRows).show(items)
        self.query_one("#feeds-top", Bar).show(
            lambda palette, width: [
                ("Feeds  ", palette.heading),
                (f"{answering} ok", palette.good),
                (f"  {failing} failing", palette.bad if failing else palette.faint),
                (f"  {len(items) - answering - failing} not polled or off", palette.dim),
            ]
        )

    def action_back(self) -> None:
        """Back to the board."""
        self.dismiss()

    def action_poll_one(self) -> None:
        """Polls the selected feed, due or not."""
        chosen = self.query_one(FeedRows).selected
        if chosen is None:
            return
        if not chosen.feed.enabled:
            key = commands.key_of("switch-feed", self._keymap)
            message = f"{chosen.feed.name} is switched off; {key} switches it on."
            self.notify(message, severity="warning", markup=False)
            return
        self.post_message(PollFeed(chosen.feed.name))

    def action_switch_feed(self) -> None:
        """Keeps the selected feed out of this screen's polls, or takes it in, until the program ends."""
        chosen = self.query_one(FeedRows).selected
        if chosen is not None:
            self.bridge.switch(chosen.feed)
            self.show_feeds()

    def action_open_feed(self) -> None:
        """Opens the feed's address in the browser."""
        chosen = self.query_one(FeedRows).selected
        if chosen is not None:
            self.post_message(OpenLink(chosen.feed.url))
