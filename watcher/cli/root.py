"""`watcher` itself: the table of commands, each imported only when it is asked for."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING

import click

from watcher.cli.session import Session, shared_options

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "poll": ("poll", "Poll the feeds that are due, once or every so often."),
    "board": ("board", "Print where each party stands, today or on any day."),
    "brief": ("board", "Print what changed since a day, with quotes and links."),
    "analyze": ("analyze", "Read the stances in texts; nothing is stored."),
    "explain": ("analyze", "Show why each sentence of a text was read as it was."),
    "check": ("check", "Look over the config: dead terms, missing names, overlaps."),
    "doctor": ("doctor", "Ask every feed once and say what is wrong with it."),
    "demo": ("demo", "Show a board with a past; a first look."),
    "replay": ("archive", "Read a dated archive into the store."),
    "import": ("archive", "Add the feeds of another reader's OPML file to the config."),
    "export": ("archive", "Write out feeds, statements, articles or shifts."),
    "init": ("init", "Write a commented config into your own folder."),
    "serve": ("serve", "Show the screen in a browser."),
}
"""Each command's module in this package and its line in the help."""


class ReaderGone(Exception):
    """Nobody reads standard output any more; click would end the process with 1 at a broken pipe."""


class Commands(click.Group):
    """The commands, listed without importing them."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; a reader of its output that has gone is told apart from other failures."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderGone from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"watcher.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; an unknown one is told the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command is called {args[0]}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  watcher                                  the screen
  watcher board "Ukraine minerals deal"    the board, printed
  watcher poll --every 30m                 poll without a screen""",
)
@shared_options
@click.pass_context
def root(context: click.Context) -> int | None:
    """Watch feeds and show where each party stands: htop for policy positions.

    Without a command, opens the screen; where there is no terminal, prints the board.
    """
    session = context.ensure_object(Session)
    if context.invoked_subcommand is not None:
        return None
    from watcher.cli.screen import open_screen

    return open_screen(session)
