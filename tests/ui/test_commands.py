"""The one table of commands, and all that is made from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding

from tests.ui.ui_world import settings, shown
from watcher.ui import commands
from watcher.ui.app import WatcherApp
from watcher.ui.screens.article import ArticleScreen
from watcher.ui.screens.feeds import FeedsScreen
from watcher.ui.screens.help import GAP, HelpRows, HelpScreen
from watcher.ui.screens.main import MainScreen
from watcher.ui.screens.search import SearchScreen
from watcher.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.dom import DOMNode

Make = Callable[..., WatcherApp]
PLACES: dict[str, type[DOMNode]] = {
    "app": WatcherApp,
    "main": MainScreen,
    "list": Rows,
    "article": ArticleScreen,
    "feeds": FeedsScreen,
    "search": SearchScreen,
}


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.id)
def test_every_command_does_something_where_it_is_bound(command: commands.Command) -> None:
    place = PLACES[command.scope]
    assert hasattr(place, "action_" + command.action.partition("(")[0])
    if command.id != "palette":
        bound = [binding for binding in place.BINDINGS if isinstance(binding, Binding)]
        assert any(binding.id == command.id for binding in bound)


def test_no_key_does_two_things_in_one_place() -> None:
    for scope in PLACES:
        reach = {scope} | ({"app", "list"} if scope == "main" else set())
        taken: dict[str, str] = {}
        for command in commands.COMMANDS:
            if command.scope in reach:
                for key in command.keys:
                    assert taken.setdefault(key, command.id) == command.id, key


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.id)
def test_keys_reach_every_terminal(command: commands.Command) -> None:
    for key in command.keys:
        assert not key.startswith(("alt+", "ctrl+shift+", "super+"))
        assert key not in {"ctrl+c", "ctrl+q", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+s", "ctrl+z"}


def test_help_lists_each_command_once() -> None:
    listed = [command.id for group in commands.by_group().values() for command in group]
    assert len(listed) == len(set(listed))
    assert {command.id for command in commands.COMMANDS if command.help} == set(listed)


@pytest.mark.parametrize(("size", "columns"), [((80, 24), 1), ((139, 45), 1), ((140, 45), 2), ((200, 60), 2)])
async def test_the_help_shows_each_command_in_one_column_or_two(
    make_app: Make, size: tuple[int, int], columns: int
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        rows = app.screen.query_one(HelpRows)
        lines = [line.plain for index in range(rows.count) for line in rows.draw(index, rows.row_width)]
        assert (lines[0] == "Look") == (columns == 1), lines[0]
        half = (rows.row_width - GAP) // 2 + GAP
        parts = [lines] if columns == 1 else [[line[:half] for line in lines], [line[half:] for line in lines]]
        text = " ".join(" ".join(" ".join(part).split()) for part in parts)
        for command in commands.COMMANDS:
            if command.help:
                assert f"{commands.keys_of(command, {})} {command.help}" in text
        await pilot.press("G")
        await pilot.pause()
        assert "an unread article" in shown(app)
        await pilot.press("g")
        await pilot.pause()
        assert "Look" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_a_click_in_the_help_runs_the_command(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()

    async def click(text: str) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        lines = shown(app).splitlines()
        y = next(y for y, line in enumerate(lines) if text in line)
        await pilot.click(offset=(lines[y].index(text) + 2, y))
        await pilot.pause()

    async with app.run_test(size=size) as pilot:
        await click("Show every party's stance over time.")
        assert app.screen is app.main
        assert app.main.view.tab == "timeline"
        await click("Search all stored articles")
        assert isinstance(app.screen, SearchScreen)
        await pilot.press("escape", "F")
        await pilot.pause()
        await click("Show every party's stance over time.")
        assert isinstance(app.screen, HelpScreen), "among the feeds there is no timeline"


def test_the_readme_has_the_table_of_keys() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    if "| keys | command | does |" not in readme:
        pytest.skip("the README has no table of keys yet")
    assert commands.readme_table() in readme


def test_an_unknown_command_in_keys_names_the_nearest() -> None:
    _, problems = commands.keymap({"fliter": "x"})
    assert problems == ["keys: no command is called fliter; did you mean filter?"]


def test_a_key_given_twice_is_told() -> None:
    _, problems = commands.keymap({"filter": "r"})
    assert problems == ["keys: r is both poll and filter"]


@pytest.mark.parametrize(
    ("key", "problem"),
    [("escap", "no key is called escap; did you mean escape?"), ("ctrl+pagedwn", "did you mean pagedown?"), ("#", "")],
)
def test_a_key_that_no_keyboard_has_is_told(key: str, problem: str) -> None:
    chosen, problems = commands.keymap({"filter": key})
    assert problem in "".join(problems)
    assert bool(problems) == bool(problem)
    assert chosen["filter"] == ("number_sign" if key == "#" else key)


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.id)
def test_every_command_can_be_given_another_key(command: commands.Command) -> None:
    bound = {binding.id: binding for binding in commands.bindings(command.scope)}
    assert bound[command.id].action == command.action


async def test_the_palette_can_be_given_another_key(make_app: Make) -> None:
    app = make_app(settings=settings(keys={"palette": "f2"}))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.1)
        assert app.screen is app.main
        await pilot.press("f2")
        await pilot.pause(0.3)
        assert "Search for commands" in shown(app)
        assert "Poll all  R" in shown(app), "the palette tells the keys"


async def test_rebinding_changes_the_key_the_bottom_line_and_the_help(make_app: Make) -> None:
    app = make_app(settings=settings(keys={"filter": "ctrl+l", "timeline": "v", "clear": "f9", "next-statement": "m"}))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "^l filter topics" in shown(app)
        await pilot.press("v")
        await pilot.pause()
        assert app.main.view.tab == "timeline"
        await pilot.press("l")
        assert "^l Filter" in shown(app)
        assert "v Timeline" in shown(app)
        await pilot.press("ctrl+l", *"fish")
        await pilot.pause()
        assert app.main.topic_pane.query_text == "fish"
        await pilot.press(*"zz")
        await pilot.pause()
        assert "f9 clears the filter" in shown(app)
        await pilot.press("f9", "question_mark")
        await pilot.pause()
        assert any(line.strip("│▌ ").startswith("^l ") for line in shown(app).split("│"))
        await pilot.press("escape", "1", "e", "down", "enter", "home")
        await pilot.pause()
        assert "no statement in this line; m goes to the next" in shown(app)


async def test_the_palette_finds_topics_parties_and_commands(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.1)
        await pilot.press("ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"germ")
        await pilot.pause(0.4)
        assert "Germany on EU joint borrowing" in shown(app)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert app.main.view.topic == "EU joint borrowing"
        assert app.main.party == "Germany"


async def test_the_palette_runs_commands(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"timel")
        await pilot.pause(0.4)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert app.main.view.tab == "timeline"


async def test_help_closes_with_the_key_that_opened_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert app.screen is not app.main
        await pilot.press("question_mark")
        await pilot.pause()
        assert app.screen is app.main
