"""The one table of commands: bindings, footer, help, palette and the README's table come from it."""

# ruff: noqa: E501 - a table reads best with a row a line

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, format_key

from watcher.ui.glyphs import ASCII, GLYPHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Command(NamedTuple):
    """Something a person can do. `id` is what `[keys]` in the config rebinds.

    `scope` is where it works: everywhere ("app"), on the main screen ("main"), in any list
    ("list"), or on the screen of that name. `action` is Textual's. `footer` orders the commands
    in the bottom line, the lowest first; 0 keeps it out. A command without `help` is listed nowhere.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    label: str
    help: str
    group: str
    scope: str = "main"
    footer: int = 0
    shown: str = ""  # keys as help shows them, where they are a range
    at_once: bool = False  # before keys that are typed after it are given out: it moves where they go

    @property
    def qualified(self) -> str:
        """The action with its place, for a click anywhere and the palette."""
        return f"app.{self.action}" if self.scope == "app" else f"screen.{self.action}"


def _command(id: str, keys: str, label: str, help: str, group: str, **rest: str | int) -> Command:
    action = str(rest.pop("action", id.replace("-", "_")))
    return Command(id, tuple(keys.split()), action, label, help, group, **rest)  # type: ignore[arg-type]


LOOK, FIND, JUDGE, TIME, READ, MOVE, APP = "Look", "Find", "Judge", "Time", "Read", "Move", "Program"

COMMANDS: tuple[Command, ...] = (
    _command("help", "question_mark f1", "Help", "Show what every key does.", APP, scope="app", footer=98),
    _command("quit", "q", "Quit", "Leave; a poll under way is ended.", APP, scope="app", footer=99),
    _command("poll", "r", "Poll", "Poll now whatever is due.", APP, scope="app", footer=20),
    _command("poll-all", "R", "Poll all", "Poll every feed now, due or not.", APP, scope="app"),
    _command("feeds", "F", "Feeds", "Show how every feed is doing, and why those that fail do.", APP, scope="app", footer=60),
    _command("theme", "ctrl+t", "Theme", "Switch to the next theme.", APP, scope="app", action="next_theme"),
    _command("filter", "slash", "Filter", "Filter the topics as you type; enter keeps it, esc clears it.", FIND, footer=10, at_once=True),
    _command("narrow", "f", "Narrow", "Narrow evidence and articles by stance, voice, source, words or date.", FIND, footer=50),
    _command("search", "ctrl+f", "Search", "Search all stored articles with the syntax of the config's match.", FIND, scope="app", footer=55),
    _command("clear", "escape", "Clear", "Clear the filter, leave the past, close what is open.", FIND),
    *(
        _command(
            f"topic-{number}", str(number), "Topic", "Jump to a topic." if number == 1 else "", FIND,
            action=f"topic({number})", shown="1…9" if number == 1 else "",
        )
        for number in range(1, 10)
    ),
    _command("evidence", "e", "Evidence", "Show the statements behind the selected party's stance.", LOOK),
    _command("articles", "a", "Articles", "Show the articles of the topic.", LOOK, footer=40),
    _command("timeline", "l", "Timeline", "Show every party's stance over time.", LOOK, footer=45),
    _command("shifts", "s", "Shifts", "Show who changed stance, and when.", LOOK),
    _command("next-tab", "right", "Next tab", "Show the next of evidence, articles, timeline and shifts.", LOOK, action="turn(1)"),
    _command("previous-tab", "left", "Previous tab", "Show the one before.", LOOK, action="turn(-1)"),
    _command("zoom", "z", "Zoom", "Give the lower pane the whole height, or take it back.", LOOK),
    _command("why", "w", "Why", "Show the rule and the cues behind each statement, or hide them.", LOOK),
    _command("open", "o", "Open link", "Open the link of what is selected in the browser.", READ, footer=30),
    _command("copy", "y", "Copy", "Copy the evidence with its link.", READ, footer=35),
    _command("next-unread", "n", "Next unread", "Go to the next unread article.", READ),
    _command("toggle-read", "N", "Read/unread", "Mark the selected article read or unread.", READ),
    _command("read-all", "A", "All read", "Mark all articles of the topic read; pressed again, take that back.", READ),
    _command("star", "asterisk", "Star", "Star the selected article, or take the star away.", READ),
    _command("correct", "c", "Correct", "Relabel or reject the selected statement, with a note.", JUDGE, footer=70),
    _command("pin", "p", "Pin", "Set the selected party's stance yourself, with a note.", JUDGE, footer=75),
    _command("undo", "u", "Undo", "Take back your last correction or pin.", JUDGE),
    _command("previous-shift", "left_square_bracket", "Shift back", "See the board as of the previous shift.", TIME, action="step_shift(-1)"),
    _command("next-shift", "right_square_bracket", "Shift on", "See the board as of the next shift.", TIME, action="step_shift(1)"),
    _command("previous-day", "left_curly_bracket", "Day back", "See the board as of the day before.", TIME, action="step_day(-1)"),
    _command("next-day", "right_curly_bracket", "Day on", "See the board as of the day after.", TIME, action="step_day(1)"),
    _command("go-to-day", "t", "Go to day", "Type the day to see the board of.", TIME, footer=80),
    _command("now", "T", "Back to now", "Come back from the past.", TIME),
    _command("down", "down j", "Down", "Go down.", MOVE, scope="list", action="move(1)"),
    _command("up", "up k", "Up", "Go up.", MOVE, scope="list", action="move(-1)"),
    _command("page-down", "pagedown ctrl+d", "Page down", "Go down a page.", MOVE, scope="list", action="page(1)"),
    _command("page-up", "pageup ctrl+u", "Page up", "Go up a page.", MOVE, scope="list", action="page(-1)"),
    _command("first", "home g", "First", "Go to the first row.", MOVE, scope="list", action="edge(0)"),
    _command("last", "end G", "Last", "Go to the last row.", MOVE, scope="list", action="edge(1)"),
    _command("choose", "enter", "Choose", "Open what is selected: a topic's board, a party's evidence, an article.", MOVE, scope="list"),
    _command("next-pane", "tab", "Next pane", "Go to the next pane; shift+tab goes back.", MOVE, action="pane(1)"),
    _command("previous-pane", "shift+tab", "Pane back", "", MOVE, action="pane(-1)"),
    _command("next-statement", "n", "Next statement", "In an open article, go to the next statement.", READ, scope="article", action="step(1)"),
    _command("previous-statement", "N", "Previous", "In an open article, go to the statement before.", READ, scope="article", action="step(-1)"),
    _command("open-article", "o", "Open link", "", READ, scope="article", action="open_link"),
    _command("close-article", "escape", "Back", "", READ, scope="article", action="back"),
    _command("poll-feed", "r", "Poll feed", "Among the feeds, poll the selected one, due or not.", APP, scope="feeds", action="poll_one"),
    _command("switch-feed", "space", "On/off", "Among the feeds, switch the selected one on or off in this screen's polls, until the program ends.", APP, scope="feeds"),
    _command("open-feed", "o", "Open link", "", APP, scope="feeds", action="open_feed"),
    _command("close-feeds", "escape F", "Back", "", APP, scope="feeds", action="back"),
    _command("open-found", "o", "Open link", "", READ, scope="search", action="open_found"),
    _command("close-search", "escape", "Back", "", READ, scope="search", action="back"),
    _command("palette", "ctrl+p", "Commands", "Find any topic, party or command by its name.", APP, scope="app", action="command_palette", footer=90, at_once=True),
)  # fmt: skip

NAMED_KEYS = frozenset(key.value.rpartition("+")[2] for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())
"""Names of keys that are no signs; signs have those of Unicode."""
GROUPS = (LOOK, FIND, READ, JUDGE, TIME, MOVE, APP)
BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}


def bindings(scope: str) -> list[Binding]:
    """Textual's bindings for a scope, with ids so that a keymap can replace their keys."""
    return [
        Binding(
            ",".join(command.keys), command.action, command.label, show=False, id=command.id, priority=command.at_once
        )
        for command in COMMANDS
        if command.scope == scope
    ]


def keymap(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The keymap for Textual from the config's `[keys]`, and what is wrong with it, a line each."""
    if not wanted:
        return {}, []
    import difflib

    chosen: dict[str, str] = {}
    problems: list[str] = []
    for id, keys in wanted.items():
        if id not in BY_ID:
            close = difflib.get_close_matches(id, BY_ID, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            problems.append(f"keys: no command is called {id}{hint}")
            continue
        wished = [key.strip() for key in keys.split(",") if key.strip()]
        for key in wished:
            name = key.rpartition("+")[2]
            if not _is_key(name):
                close = difflib.get_close_matches(name, NAMED_KEYS, 1)
                problems.append(
                    f"keys: {id}: no key is called {name}" + (f"; did you mean {close[0]}?" if close else "")
                )
        chosen[id] = ",".join(binding.key for binding in Binding.make_bindings([(",".join(wished), "", "")]))
    taken: dict[str, str] = {}
    for command in COMMANDS:
        for key in chosen.get(command.id, ",".join(command.keys)).split(","):
            other = taken.setdefault(key, command.id)
            if other != command.id and (command.id in chosen or other in chosen):
                problems.append(f"keys: {show_key(key)} is both {other} and {command.id}")
    return chosen, problems


def _is_key(name: str) -> bool:
    import unicodedata

    try:
        return len(name) == 1 or name in NAMED_KEYS or bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False


def show_key(key: str) -> str:
    """A key as people write it: "/", "^f", "esc", "↓"."""
    *modifiers, name = key.split("+")
    name = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup"}.get(name, name)
    shown = name if len(name) < 5 and name.isascii() and name not in {"up", "down", "left"} else format_key(name)
    if GLYPHS is ASCII and not shown.isascii():
        shown = name
    return "".join("^" if modifier == "ctrl" else f"{modifier}+" for modifier in modifiers) + shown


def keys_of(command: Command, chosen: Mapping[str, str]) -> str:
    """The keys of a command as shown to people, rebound ones included."""
    if command.shown and command.id not in chosen:
        return command.shown.replace("…", "-") if GLYPHS is ASCII else command.shown
    keys = chosen[command.id].split(",") if command.id in chosen else command.keys
    return " ".join(show_key(key) for key in keys)


def key_of(id: str, chosen: Mapping[str, str]) -> str:
    """The first key of the command with that id, for a sentence."""
    return keys_of(BY_ID[id], chosen).split()[0]


def footer() -> list[Command]:
    """The commands of the bottom line, in order."""
    return sorted((command for command in COMMANDS if command.footer), key=lambda command: command.footer)


def listed(scope: str) -> list[Command]:
    """The bottom line of a screen other than the main one: its own commands, then help and quit."""
    return [command for command in COMMANDS if command.scope == scope] + [BY_ID["help"], BY_ID["quit"]]


def by_group(commands: Iterable[Command] = COMMANDS) -> dict[str, list[Command]]:
    """The commands that help lists, by group, in the order of the groups."""
    listed = [command for command in commands if command.help]
    return {group: [command for command in listed if command.group == group] for group in GROUPS}


def readme_table() -> str:
    """The README's table of keys, in Markdown."""
    lines = ["| keys | command | does |", "| --- | --- | --- |"]
    for commands in by_group().values():
        for command in commands:
            keys = " ".join(f"`{key}`" for key in keys_of(command, {}).split())
            lines.append(f"| {keys} | `{command.id}` | {command.help} |")
    return "\n".join(lines) + "\n"
