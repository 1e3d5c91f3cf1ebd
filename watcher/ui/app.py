"""The screen's program: wires store, polling and screens together, and ends them cleanly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from textual.app import App
from textual.theme import BUILTIN_THEMES

from watcher.errors import StoreError, WatcherError
from watcher.ui import commands, headings
from watcher.ui.bridge import Bridge
from watcher.ui.polling import Polling, next_poll
from watcher.ui.screens.main import MainScreen
from watcher.ui.theme import DEFAULT, SIXTEEN, THEMES
from watcher.ui.widgets.bars import Bar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.binding import BindingType
    from textual.screen import Screen

    from watcher.domain.settings import Settings
    from watcher.store.base import Store
    from watcher.ui.messages import OpenLink, PollFeed

TICK = 1.0
"""Seconds between looks at the clock."""
LOOK_EVERY = 2.0
"""Seconds between looks at the store and the config for what others wrote."""


def present() -> datetime:
    """The time, in UTC; tests give another."""
    return datetime.now(UTC)


class WatcherApp(App[None]):
    """The app. `data` is the folder that polls write to; without it, or with `poll` false, none run.

    `prepare` fills the store (seeds) after the first paint; `reload` reads the config anew.
    """

    TITLE = "watcher"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("app")]
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        data: Path | None = None,
        poll: bool = True,
        reload: Callable[[], Settings] | None = None,
        prepare: Callable[[], None] | None = None,
        now: Callable[[], datetime] = present,
    ) -> None:
        super().__init__()
        self.settings, self.store, self.now = settings, store, now
        self.bridge = Bridge(settings, store, now)
        self.polling = Polling(data, now, self._poll_changed, self.look)
        self._poll_by_itself = poll and data is not None
        self._reload, self._prepare = reload, prepare
        self._keymap_chosen, self._keymap_problems = commands.keymap(settings.keys)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme(settings.theme)
        self.main: MainScreen | None = None

    def _first_theme(self, wanted: str) -> str:
        if wanted in self.available_themes:
            return wanted
        return SIXTEEN if self.console.color_system == "standard" and SIXTEEN in BUILTIN_THEMES else DEFAULT

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        self.main = MainScreen(self.bridge, self._keymap_chosen)
        return self.main

    def on_mount(self) -> None:
        """Keys, timers, and after the first paint what takes longer."""
        self.set_keymap(self._keymap_chosen)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        for problem in self._keymap_problems:
            self.tell(problem, problem=True)
        self.set_interval(TICK, self._tick)
        self.set_interval(LOOK_EVERY, self.look)
        if self._prepare is not None:
            self.run_worker(self._seed, thread=True, group="prepare")
        self.show_status()

    def _seed(self) -> None:
        try:
            if self._prepare is not None:
                self._prepare()
        except WatcherError as error:
            self.call_from_thread(self.tell, str(error), problem=True)
        self.call_from_thread(self._seeded)

    def _seeded(self) -> None:
        self.bridge.forget()
        if self.main is not None:
            self.main.show_all(flash=False)

    # Clock, store, polls.

    def _tick(self) -> None:
        self.show_status()
        if not self._poll_by_itself or self.polling.state.running:
            return
        due = next_poll(self.settings, self.store.feed_states(), self.now(), self.polling.state.ended)
        if due is not None and due <= self.now():
            self.run_worker(self.poll(), group="poll")

    async def poll(self, *, full: bool = False, feed: str = "") -> None:
        """Polls in a child process, unless one is under way."""
        await self.polling.run(self.settings.path, full=full, feed=feed)

    def look(self) -> None:
        """Takes in what polls, here or elsewhere, wrote."""
        try:
            self.bridge.flush()
            changed = self.bridge.refresh()
        except StoreError as error:
            self.tell(str(error), problem=True)
            return
        if changed and self.main is not None:
            self.main.show_all(flash=True)

    def _poll_changed(self) -> None:
        self.show_status()

    def show_status(self) -> None:
        """Draws the status line."""
        if self.main is None or not self.main.is_mounted:
            return
        off = "" if self._poll_by_itself else "not polling by itself"
        state, now = self.polling.state, self.now()
        self.main.query_one("#status", Bar).show(
            lambda palette, width: headings.status(self.bridge, state, now, palette, off=off)
        )

    def tell(self, message: str, *, problem: bool = False) -> None:
        """A toast; never markup."""
        self.notify(message, severity="warning" if problem else "information", markup=False)

    def on_open_link(self, message: OpenLink) -> None:
        """Opens a web page in the browser; anything but http and https is refused."""
        url = message.url
        parts = urlsplit(url)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            self.tell(f"No web link: {url[:80] or 'this text has none'}", problem=True)
            return
        self.open_url(url)
        self.tell(f"Opening {parts.hostname}")

    def on_poll_feed(self, message: PollFeed) -> None:
        """Polls one feed."""
        self._start_poll(feed=message.name)

    # Commands.

    def action_poll(self) -> None:
        """Polls what is due now."""
        self._start_poll()

    def action_poll_all(self) -> None:
        """Polls every feed now."""
        self._start_poll(full=True)

    def _start_poll(self, *, full: bool = False, feed: str = "") -> None:
        if not self.polling.possible:
            self.tell("There is no data folder to poll into.", problem=True)
        elif self.polling.state.running:
            self.tell("A poll is under way.")
        else:
            self.run_worker(self.poll(full=full, feed=feed), group="poll")

    def action_help(self) -> None:
        """Shows the keys."""
        from watcher.ui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self._keymap_chosen))

    def action_feeds(self) -> None:
        """Shows the feeds."""
        from watcher.ui.screens.feeds import FeedsScreen

        self.push_screen(FeedsScreen(self.bridge))

    def action_search(self) -> None:
        """Searches all articles."""
        from watcher.ui.screens.search import SearchScreen

        self.push_screen(SearchScreen(self.bridge))

    def action_next_theme(self) -> None:
        """Switches to the next theme."""
        names = [*(theme.name for theme in THEMES), SIXTEEN]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.tell(f"Theme {self.theme}")

    async def on_unmount(self) -> None:
        """Ends a poll under way and writes the marks that wait."""
        await self.polling.stop()
        try:
            self.bridge.flush()
        except StoreError:
            return  # said on the screen while it was there
