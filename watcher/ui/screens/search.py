"""Search in all stored articles, with the syntax of the config's `match`; results as they are found."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Input

from watcher.domain.topic import Topic
from watcher.ui import commands
from watcher.ui.format import plural
from watcher.ui.messages import OpenLink
from watcher.ui.screens.closing import Closing
from watcher.ui.widgets.bars import Bar, KeyBar
from watcher.ui.widgets.found import Found, FoundRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from watcher.domain.article import Article
    from watcher.engine.match import Matcher
    from watcher.ui.bridge import Bridge
    from watcher.ui.theme import Palette
    from watcher.ui.widgets.bars import Part

SLICE = 0.02
"""Seconds of searching between two looks at the keyboard."""
PAUSE = 0.05
"""Seconds without a key before a search starts."""
BREATH = 0.001
"""Seconds between two slices, in which keys come through."""
MOST = 5_000
"""Articles that are shown; a narrower query reaches the others."""


class SearchScreen(Closing[None]):
    """A line to type on, and what is found below it."""

    CSS = """
    SearchScreen #query { height: 1; padding: 0 1; background: $panel; }
    SearchScreen .input--placeholder { color: $foreground 70%; }
    SearchScreen #found { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("search")]
    EMPTY = 'Type words, "a phrase", AND OR NOT, title:word, source:name, word*.\nResults come as they are found.'

    def __init__(self, bridge: Bridge, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self.bridge, self._keymap = bridge, keymap
        self._matcher: Matcher | None = None
        self._articles: Iterator[Article] = iter(())
        self._found: list[Found] = []
        self._looked = 0
        self._searching = False
        self._problem = ""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """The query, how far the search is, the results."""
        yield Input(
            placeholder='search all articles: "minerals deal" AND Kyiv', id="query", select_on_focus=False, compact=True
        )
        yield Bar(id="progress")
        yield FoundRows(self.bridge.mark)
        yield KeyBar(self._keymap, commands.listed("search"))

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()
        self.query_one("#progress", Bar).show(self._progress)
        self._show()

    def _progress(self, palette: Palette, width: int) -> list[Part]:
        """How far the search is, or what is wrong with the query."""
        if self._problem:
            return [(self._problem, palette.bad)]
        if not self.query_one(Input).value.strip():
            return []
        looked = f" of {self._looked:,} looked at" + (", searching" if self._searching else "")
        return [(plural(len(self._found), "article"), palette.accent), (looked, palette.dim)]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._searching = False
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, lambda: self._start(event.value))

    def _start(self, query: str) -> None:
        from watcher.engine.match import Matcher, QueryError

        if not self.is_attached:
            return
        self._found, self._looked, self._problem = [], 0, ""
        if query.strip():
            try:
                self._matcher = Matcher(Topic(name="search", target="", parties=(), match=query))
            except QueryError as error:
                self._problem = str(error)
            else:
                self._articles = self.bridge.articles()
                self._searching = True
                self.set_timer(BREATH, self._go_on)
        self._show()

    def _go_on(self) -> None:
        """Searches for a moment, then lets keys through."""
        if not self._searching or self._matcher is None or not self.is_attached:
            return
        until = time.monotonic() + SLICE
        for article in self._articles:
            self._looked += 1
            if (hits := self._matcher.match(article)) is not None:
                self._found.append(Found.of(article, hits))
            if len(self._found) >= MOST:
                break
            if time.monotonic() > until:
                self.set_timer(BREATH, self._go_on)
                self._show()
                return
        self._searching = False
        self._show()

    def _show(self) -> None:
        self._found.sort(key=lambda found: found.headline.published, reverse=True)
        asked = self.query_one(Input).value.strip() and not self._searching and not self._problem
        empty = self._nothing() if asked else self.EMPTY
        self.query_one(FoundRows).show_found(list(self._found), self.bridge.today, empty)
        self.query_one("#progress", Bar).refresh()

    def _nothing(self) -> str:
        """What to do where nothing is found."""
        if self._looked:
            return "Nothing found.\nOR in place of AND finds more, and so does a word's beginning with a star: miner*."
        back, poll = (commands.key_of(id, self._keymap) for id in ("close-search", "poll"))
        return f"Nothing found: no article is stored yet.\n{back} leads back, and {poll} polls the feeds there."

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.query_one(FoundRows).focus()

    @on(FoundRows.Chosen)
    def _chosen(self) -> None:
        from watcher.ui.screens.article import ArticleScreen

        headline = self.query_one(FoundRows).selected
        article = self.bridge.article(headline.id) if headline else None
        if article is not None:
            readings = (self.bridge.reading(article.id, topic.name) for topic in self.bridge.settings.topics)
            reading = next((reading for reading in readings if reading is not None), None)
            self.bridge.set_marks([article.id], read=True)
            hits = (self._matcher.match(article) or ()) if self._matcher else ()
            made = self.bridge.corrections(reading.topic) if reading else None
            at = hits[0][0] if hits else None
            self.app.push_screen(ArticleScreen(article, reading, self._keymap, at, made, hits))

    def key_down(self, event: events.Key) -> None:
        """From the query into the results."""
        if self.query_one(Input).has_focus:
            event.stop()
            self.query_one(FoundRows).focus()

    def action_open_found(self) -> None:
        """Opens the selected article's link."""
        headline = self.query_one(FoundRows).selected
        article = self.bridge.article(headline.id) if headline else None
        if article is not None:
            self.post_message(OpenLink(article.url))

    def action_back(self) -> None:
        """From the results to the query, from there to the board."""
        if self.query_one(Input).has_focus:
            self._searching = False
            self.dismiss()
        else:
            self.query_one(Input).focus()
