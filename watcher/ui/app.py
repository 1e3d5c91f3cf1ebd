"""The screen's program: wires store, polling and screens together, and ends them cleanly."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from textual.app import App
from textual.binding import Binding

from watcher.errors import StoreError, WatcherError
from watcher.ui import commands, hangup, headings
from watcher.ui.alerting import Alerting, bell_now, toasts
from watcher.ui.bridge import Bridge
from watcher.ui.configuring import Configuring
from watcher.ui.following import Following
from watcher.ui.ground import settle
from watcher.ui.polling import Polling, next_poll
from watcher.ui.screens.main import MainScreen
from watcher.ui.theme import SIXTEEN, THEMES, plain_style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.binding import BindingType
    from textual.screen import Screen

    from watcher.domain.board import Shift
    from watcher.domain.settings import Settings
    from watcher.store.base import Store
    from watcher.ui.ground import Beginning, Renewal
    from watcher.ui.messages import Judged, OpenLink, PollFeed

TICK = 1.0
"""Seconds between looks at the clock."""
MOST_STATUS_LINES = 4
"""A mistake in the config takes as many lines as it needs, up to these."""
LOOK_EVERY = 0.2
"""Seconds between looks at the store and the config for what others wrote."""


def present() -> datetime:
    """The time, in UTC; tests give another."""
    return datetime.now(UTC)


def palette_provider() -> type[Any]:
    """The command palette's source, imported when it is first opened."""
    from watcher.ui.palette import Everything

    return Everything


class WatcherApp(App[None]):
    """The app. `data` is the folder that polls write to; without it, or with `poll` false, none run.

    `prepare` fills the store (seeds) in a thread after the first paint and after each `reload`,
    which reads the config anew; it returns what a person should know of the store.
    `ahead` gives what the first look shows, where that is worked out elsewhere meanwhile.
    `unkept` says why nothing is kept, where the store ends with the program though another was wanted.
    """

    TITLE = "watcher"
    ALLOW_SELECT = False  # rows cannot be, `y` copies; and a press on a frame that just closed would end the program
    CSS = """
    ToastRack { margin-bottom: 2; }  /* above the status line and the keys */
    Toast { width: auto; max-width: 60%; padding: 0 1; margin-top: 0; }
    CommandPalette > Vertical { width: 92; max-width: 100%; }
    CommandPalette SearchIcon { display: none; }  /* an emoji, of which terminals disagree how wide it is */
    """ + plain_style()
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings("app"),
        Binding("ctrl+z", "suspend_process", show=False),  # as in every program of a shell
    ]
    COMMANDS: ClassVar[set[Any]] = {palette_provider}

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        data: Path | None = None,
        poll: bool = True,
        reload: Callable[[], Settings] | None = None,
        prepare: Callable[[], Sequence[str] | None] | None = None,
        ahead: Callable[[], Beginning | None] | None = None,
        unkept: str = "",
        now: Callable[[], datetime] = present,
    ) -> None:
        super().__init__()
        self.settings, self.store, self.now = settings, store, now
        self.unkept = unkept
        self.bridge = Bridge(settings, store, now, ahead)
        self.polling = Polling(data, now, self.show_status, self.look, lambda message: self.tell(message, problem=True))
        self.alerting = Alerting()
        self.configuring = Configuring(self, settings, reload)
        self._poll_by_itself = poll and data is not None
        self._past = not poll and data is None and not settings.feeds
        self._prepare = prepare
        self.following = Following(self)
        self._seeded = False
        self.bridge.seeding = prepare is not None
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.configuring.theme(settings)
        self.main = MainScreen(self.bridge, self.configuring.keymap)

    async def run_async(self, **how: Any) -> None:
        """Obeys signals to end from before the terminal is taken."""
        hangup.obey(lambda code: self.exit(return_code=code))
        await super().run_async(**how)

    def get_default_screen(self) -> Screen[None]:
        """The main screen, with what was stored while the program loaded."""
        with contextlib.suppress(StoreError):  # the next look tells
            if self.store.refresh():
                self.bridge.forget()
        return self.main

    def watch_app_focus(self, focus: bool) -> None:
        """A browser's page has the focus only after the screen is there: then keys go to the board."""
        if focus and self.screen_stack and self.screen is self.main and self.main.focused is None:
            self.main.set_focus(self.main.board_rows)

    def on_mount(self) -> None:
        """Keys now; after the first paint, what takes longer."""
        self.set_keymap(self.configuring.keymap)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.configuring.tell_theme()
        self.show_status()
        self.set_interval(TICK, self._tick)
        self.set_interval(LOOK_EVERY, self.look)
        self.run_worker(self._fill, thread=True, group="prepare")
        if not self.is_headless:
            hangup.watch(lambda: self.call_from_thread(self.exit))

    def _fill(self) -> None:
        """Works out what the first look did without, and seeds the store, on a thread of its own."""
        if self.bridge.begun:
            self._work_out()
        if self._prepare is not None:
            from watcher.engine.library import Library

            try:
                for problem in self._prepare() or ():
                    self.call_from_thread(self.tell, problem, problem=True)
            except WatcherError as error:
                self.call_from_thread(self.tell, str(error), problem=True)
            with contextlib.suppress(StoreError):  # the next look tells
                self.store.refresh()
                self.polling.wanted = self._poll_by_itself and Library(self.bridge.settings, self.store).waiting()
            self._work_out(seeded=True)
        self.call_from_thread(self._filled)

    def _work_out(self, *, seeded: bool = False) -> None:
        """Works out all boards on this thread, then shows them."""
        renewal, view = None, self.main.view
        with contextlib.suppress(StoreError):  # the next look tells
            renewal = self.bridge.renewal(view.as_of, view.topic)()
        self.call_from_thread(self._show, renewal, seeded)

    def _show(self, renewal: Renewal | None, seeded: bool) -> None:
        """Shows what was worked out; where that is out of date already, it is worked out again here."""
        self.bridge.seeding = self.bridge.seeding and not seeded
        if renewal is None or not self.bridge.adopt(renewal):
            self.bridge.forget()
        self.main.show_all()

    def show_from(self, store: Store, unkept: str) -> None:
        """Goes on with a store that ends with the program, before the screen has said that it is filled."""
        self.store = self.bridge.store = store
        self.unkept = unkept

    def _filled(self) -> None:
        self.alerting.begin(self.bridge)
        if not self.is_headless:
            settle()
        self._seeded = True
        self._tell_news()

    def _tell_news(self) -> None:
        """What changed since the last look, on opening."""
        news = [(topic.name, shift) for topic in self.settings.topics for shift in self.bridge.new_shifts(topic)]
        if not news or len(self.screen_stack) > 1:
            return
        from watcher.ui.screens.since import SinceScreen

        def go(chosen: tuple[str, Shift] | None) -> None:
            if chosen is not None:
                self.main.go_to_party(chosen[0], chosen[1].party)

        news.sort(key=lambda item: item[1].day, reverse=True)
        self.push_screen(SinceScreen(news, self.bridge.today), go)

    # Clock, store, polls, config.

    def _tick(self) -> None:
        self.show_status()
        if not self._poll_by_itself or not self._seeded or self.polling.state.running or self.configuring.problem:
            return  # the seeds' board comes before the news, and a poll reads the config too
        due = next_poll(self.bridge.settings, self.bridge.feed_states(), self.now(), self.polling.state.ended)
        if self.polling.wanted or (due is not None and due <= self.now()):
            self.start_poll()

    def look(self) -> None:
        """Takes in what polls, here or elsewhere, wrote, and a changed config."""
        self.configuring.look()
        self.following.look()

    def show_news(self) -> None:
        """Shows what the bridge took in: changed cells light up, shifts are told."""
        self.main.show_all(flash=True)
        alerts = self.alerting.check(self.bridge)
        for line in toasts(alerts):
            self.notify(line, title="Shift", markup=False, timeout=10)
        if alerts and bell_now(self.settings.alerts, self.now()):
            self.bell()

    def begin_anew(self) -> None:
        """Shows what there is under another config, and reads its seeds."""
        self.bridge.seeding = self._prepare is not None
        self.main.show_all()
        self.run_worker(self._fill, thread=True, group="prepare")

    def start_poll(self, *, full: bool = False, feed: str = "") -> None:
        """Polls in a child process, unless one is under way."""
        switched = dict(self.bridge.switched)
        self.run_worker(self.polling.run(self.settings.path, full=full, feed=feed, switched=switched), group="poll")

    def show_status(self) -> None:
        """Draws the status line."""
        if not self.main.is_mounted:
            return
        if self._past:
            self.main.status_bar.show(lambda palette, width: headings.nothing_polled(palette))
            return
        off = "" if self._poll_by_itself else "not polling by itself"
        state, now, problem = self.polling.state, self.now(), self._problem()
        self.main.status_bar.show(
            lambda palette, width: headings.status(self.bridge, state, now, palette, off=off, problem=problem)
        )
        self.main.status_bar.grow(MOST_STATUS_LINES if problem else 1)

    def _problem(self) -> str:
        """What a person has to mend; empty if nothing."""
        if self.configuring.problem:
            return f"{self.configuring.problem}; the old config stays in use"
        return f"nothing is kept: {self.unkept}" if self.unkept else ""

    def tell(self, message: str, *, problem: bool = False) -> None:
        """A toast; never markup."""
        self.notify(message, severity="warning" if problem else "information", markup=False)

    # Commands.

    def on_open_link(self, message: OpenLink) -> None:
        """Opens a web page in the browser; anything but http and https is refused."""
        try:
            parts = urlsplit(message.url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            self.tell(f"No web link: {message.url[:80] or 'this text has none'}", problem=True)
            return
        self.open_url(message.url)
        self.tell(f"Opening {parts.hostname}")

    def on_judged(self, message: Judged) -> None:
        """One's own judgement raises no alert."""
        self.alerting.know(self.bridge, message.topic)

    def on_poll_feed(self, message: PollFeed) -> None:
        """Polls one feed."""
        self._ask_poll(feed=message.name)

    def action_poll(self) -> None:
        """Polls what is due now."""
        self._ask_poll()

    def action_poll_all(self) -> None:
        """Polls every feed now."""
        self._ask_poll(full=True)

    def _ask_poll(self, *, full: bool = False, feed: str = "") -> None:
        if self._past:
            self.tell("This is a board of the past: nothing is polled.")
        elif not self.polling.possible:
            self.tell(f"Nothing can be polled: {self.unkept or 'there is no data folder'}", problem=True)
        elif self.configuring.problem:
            self.tell(f"A poll needs a config: {self.configuring.problem}", problem=True)
        elif self.polling.state.running:
            self.tell("A poll is under way.")
        else:
            self.start_poll(full=full, feed=feed)

    def action_help_quit(self) -> None:
        """Ctrl+C, which ends other programs and may be a slip here."""
        self.tell(f"{commands.keys_of(commands.BY_ID['quit'], self.configuring.keymap)} leaves.")

    def action_help(self) -> None:
        """Shows the keys."""
        from watcher.ui.screens.help import HelpScreen

        below = self.screen

        async def run(clicked: str | None) -> None:
            if clicked:
                await self.run_action(commands.BY_ID[clicked].qualified, below)

        self.push_screen(HelpScreen(self.configuring.keymap, below), run)

    def action_command_palette(self) -> None:
        """Shows the palette."""
        from watcher.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_feeds(self) -> None:
        """Shows the feeds."""
        from watcher.ui.screens.feeds import FeedsScreen

        self.push_screen(FeedsScreen(self.bridge, self.configuring.keymap))

    def action_search(self) -> None:
        """Searches all articles."""
        from watcher.ui.screens.search import SearchScreen

        self.push_screen(SearchScreen(self.bridge, self.configuring.keymap))

    def action_next_theme(self) -> None:
        """Switches to the next theme."""
        names = [*(theme.name for theme in THEMES), SIXTEEN]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.tell(f"Theme {self.theme}")

    async def on_unmount(self) -> None:
        """Ends a poll under way; writes the marks that wait and that the shifts were seen."""
        await self.polling.stop()
        with contextlib.suppress(StoreError):  # a folder that cannot be written was said on the screen
            self.bridge.flush()
            self.bridge.see_shifts(self.settings.topics)
