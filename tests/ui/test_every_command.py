"""Each command of the table, by each of its keys, on the screen that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.ui.ui_world import BUDGET, FLEET, MINERALS
from watcher.ui import commands
from watcher.ui.app import WatcherApp
from watcher.ui.screens.article import ArticleRows
from watcher.ui.widgets.rows import Rows

Make = Callable[..., WatcherApp]
Probe = Callable[[WatcherApp], Any]
NO_FOLDER = "Nothing can be polled: there is no data folder"


def screen(app: WatcherApp) -> str:
    return type(app.screen).__name__


def said(app: WatcherApp) -> str:
    return " ".join(notification.message for notification in app._notifications)


def tab(app: WatcherApp) -> str:
    return app.main.view.tab


def topic(app: WatcherApp) -> str:
    return app.main.view.topic


def day(app: WatcherApp) -> date | None:
    return app.main.view.as_of


def party(app: WatcherApp) -> str:
    return app.main.party


def focus(app: WatcherApp) -> str | None:
    return app.focused.id if app.focused is not None else None


def opened(app: WatcherApp) -> list[str]:
    return app.opened  # type: ignore[attr-defined, no-any-return]


def cursor(app: WatcherApp) -> int:
    rows = app.screen.focused
    assert isinstance(rows, Rows)
    return rows.cursor


def line(app: WatcherApp) -> str:
    """The selected line of an open article."""
    rows = app.screen.query_one(ArticleRows)
    start, end = rows._lines[rows.cursor]
    return rows.article.document[start:end]


def unread(app: WatcherApp) -> int:
    return app.bridge.unread(MINERALS)


CASES: dict[str, tuple[str, Probe, Any]] = {
    "help": ("", screen, "HelpScreen"),
    "quit": ("", lambda app: app._exit, True),
    "poll": ("", said, NO_FOLDER),
    "poll-all": ("", said, NO_FOLDER),
    "feeds": ("", screen, "FeedsScreen"),
    "theme": ("", lambda app: app.theme, "watcher-day"),
    "palette": ("", screen, "Palette"),
    "filter": ("", lambda app: app.main.topic_pane.filtering, True),
    "narrow": ("", screen, "Ask"),
    "search": ("", screen, "SearchScreen"),
    "clear": ("z", lambda app: app.main.view.zoomed, False),
    "topic-1": ("2", topic, MINERALS.name),
    "topic-2": ("", topic, BUDGET.name),
    "topic-3": ("", topic, FLEET.name),
    **{f"topic-{number}": ("2", topic, BUDGET.name) for number in range(4, 10)},  # there are only three
    "evidence": ("a", tab, "evidence"),
    "articles": ("", tab, "articles"),
    "timeline": ("", tab, "timeline"),
    "shifts": ("", tab, "shifts"),
    "next-tab": ("", tab, "articles"),
    "previous-tab": ("", tab, "shifts"),
    "zoom": ("", lambda app: app.main.view.zoomed, True),
    "why": ("", lambda app: app.main.evidence_rows.why, True),
    "open": ("", opened, ["https://news.example/a5"]),
    "copy": ("", lambda app: app.clipboard.splitlines()[:1], ["Ukraine: conditional (own words)"]),
    "next-unread": ("a", lambda app: app.main.article_rows.cursor, 1),
    "toggle-read": ("a", unread, 4),
    "read-all": ("", unread, 0),
    "star": ("a", lambda app: app.bridge.mark("a4").starred, True),
    "correct": ("tab down", screen, "AskStance"),
    "pin": ("", screen, "AskStance"),
    "undo": ("", said, "There is nothing to undo in this topic."),
    "previous-shift": ("", day, date(2025, 3, 1)),
    "next-shift": ("left_square_bracket left_square_bracket", day, date(2025, 3, 1)),
    "previous-day": ("", day, date(2025, 3, 5)),
    "next-day": ("left_curly_bracket left_curly_bracket", day, date(2025, 3, 5)),
    "go-to-day": ("", screen, "Ask"),
    "now": ("left_square_bracket", day, None),
    "down": ("", party, "United States"),
    "up": ("down down", party, "United States"),
    "page-down": ("", cursor, 3),
    "page-up": ("end", cursor, 0),
    "first": ("down down", cursor, 0),
    "last": ("", cursor, 3),
    "choose": ("", focus, "evidence"),
    "next-pane": ("", focus, "evidence"),
    "previous-pane": ("", focus, "topic-rows"),
    "next-statement": ("tab down enter", lambda app: "Washington insists" in line(app), True),
    "previous-statement": ("tab down enter down down down", lambda app: line(app)[:13], "Ukraine would"),
    "open-article": ("tab down enter", opened, ["https://news.example/a2"]),
    "close-article": ("tab down enter", screen, "MainScreen"),
    "poll-feed": ("F", said, NO_FOLDER),
    "switch-feed": ("F", lambda app: app.bridge.switched, {"Coast Post": False}),
    "open-feed": ("F", opened, ["https://news.example/coast.xml"]),
    "close-feeds": ("F", screen, "MainScreen"),
    "open-found": ("ctrl+f g u a r a n t e e s PAUSE enter", opened, ["https://news.example/a5"]),
    "close-search": ("ctrl+f", screen, "MainScreen"),
}
"""The keys before it, what is looked at, and what is to be seen then."""


def test_no_command_is_left_out() -> None:
    assert set(CASES) == {command.id for command in commands.COMMANDS}


@pytest.mark.parametrize(
    ("command", "key"),
    [(command, key) for command in commands.COMMANDS for key in command.keys],
    ids=lambda value: value.id if isinstance(value, commands.Command) else value,
)
async def test_it_does_what_its_help_says(make_app: Make, command: commands.Command, key: str) -> None:
    before, probe, expected = CASES[command.id]
    app = make_app()
    links: list[str] = []
    app.opened = links  # type: ignore[attr-defined]
    app.open_url = lambda url, *, new_tab=True: links.append(url)  # type: ignore[method-assign]
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause(0.05)
        for earlier in before.split():
            if earlier == "PAUSE":
                await pilot.pause(0.4)
            else:
                await pilot.press(earlier)
        await pilot.pause(0.05)
        if not command.id.startswith(("topic-", "quit")):
            assert probe(app) != expected, "else the key could do nothing"
        await pilot.press(key)
        await pilot.pause(0.1)
        assert probe(app) == expected
