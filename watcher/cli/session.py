"""What every command shares: the options for config and data, and what they lead to."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

import click

from watcher import __version__
from watcher.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watcher.domain.settings import Settings
    from watcher.domain.topic import Topic
    from watcher.engine.library import Library
    from watcher.store.base import Store

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass
class Session:
    """One run of the program: options as given, settings and store once they are asked for."""

    config: Path | None = None
    data: Path | None = None
    verbose: bool = False
    unkept: str = field(default="", repr=False)
    """Why nothing is kept, where the store is one in memory for want of a folder."""
    _settings: Settings | None = field(default=None, repr=False)

    @property
    def config_path(self) -> Path:
        """The config file in use. Raises ConfigError."""
        from watcher.config import find

        return find(self.config)

    @property
    def settings(self) -> Settings:
        """The config, loaded once. Raises ConfigError."""
        if self._settings is None:
            from watcher.engine.configured import load

            self._settings = load(self.config_path)
        return self._settings

    @property
    def folder(self) -> Path:
        """The data folder: --data, else the config's, else the user's own. Raises UsageError."""
        from watcher.config.places import data_folder

        if not self.data:
            return data_folder(self.settings)
        try:
            return self.data.absolute()
        except FileNotFoundError:
            raise UsageError(f"{self.data}: the folder you are in is gone; give --data a path from /") from None

    @property
    def url(self) -> str:
        """The team's database that takes the folder's place, if the config names one and no --data does."""
        return "" if self.data else self.settings.store.url

    def topic(self, name: str) -> Topic:
        """The topic of that name, in any case. Raises UsageError with the nearest."""
        topics = {topic.name.casefold(): topic for topic in self.settings.topics}
        if found := topics.get(" ".join(name.split()).casefold()):
            return found
        near = get_close_matches(name.casefold(), topics, n=1, cutoff=0.4)
        hint = f'did you mean "{topics[near[0]].name}"?' if near else "there are " + self.topic_names()
        raise UsageError(f'no topic is called "{name}"; {hint}')

    def topic_names(self) -> str:
        """The topics' names for a sentence."""
        return ", ".join(f'"{topic.name}"' for topic in self.settings.topics)

    def reload(self, check: Callable[[Settings], None] = lambda settings: None) -> Settings:
        """The config read anew; what was loaded before stays where it is broken, or where `check` says so.

        Raises ConfigError.
        """
        from watcher.engine.configured import load

        settings = load(self.settings.path)
        check(settings)
        self._settings = settings
        return settings

    def open(self, *, read_only: bool = False, patient: bool = True, thorough: bool = True) -> Store:
        """The store, with what a person should know of it said on stderr. Raises StoreError.

        To know of damage it is read; not `thorough`, the caller looks for it, later.
        """
        from watcher.store.open import open_store

        store = open_store(self.folder, url=self.url, read_only=read_only, patient=patient)
        for message in (*store.warnings, *(store.damage if thorough else ())):
            warn(message)
        return store

    def open_readable(self, *, thorough: bool = True) -> Store:
        """The store; where there is none and none can be made, one in memory.

        Raises StoreError where there is one that cannot be read: an empty one would pass for it.
        """
        from watcher.store.memory import MemoryStore
        from watcher.store.open import holds_store

        try:
            return self.open(patient=False, thorough=thorough)
        except StoreError as error:
            if self.url or holds_store(self.folder):
                raise
            self.unkept = str(error)
            warn(f"{error}; nothing will be kept")
            return MemoryStore()

    def library(self, store: Store | None = None) -> Library:
        """The library over a store that can be written to: seeds read, and what older wording read, read anew."""
        from watcher.engine.library import Library

        library = Library(self.settings, store or self.open(), warn)
        library.seed()
        library.reread()
        return library

    def reading_library(self) -> Library:
        """The library for a command that only shows: where nothing can be written, what there is is read."""
        from watcher.engine.library import Library

        store = self.open_readable()
        try:
            return self.library(store)
        except StoreError as error:  # as on a full disk
            if self.url:
                raise
            warn(str(error))
            return Library(self.settings, store) if store.headlines() else self.passing_library()

    def passing_library(self) -> Library:
        """The library over the seeds alone, which ends with the program."""
        from watcher.engine.library import Library
        from watcher.store.memory import MemoryStore

        library = Library(self.settings, MemoryStore(), warn)
        library.seed()
        return library


def warn(message: str) -> None:
    """A line on stderr that stops nothing; what would move the cursor or colour the terminal is shown as ?."""
    line = " ".join(message.split())
    print("watcher:", "".join(one if one.isprintable() else "?" for one in line), file=sys.stderr)


class Named(click.Path):
    """A file or folder that a person names; whether it can be used is told by what uses it."""

    def __init__(self) -> None:
        super().__init__(readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, with ~ for the user's own folder; an empty one, as of an unset variable, would be the current."""
        from watcher.config.places import expanded

        if not value:
            self.fail("is empty", param, ctx)
        return expanded(os.fsdecode(super().convert(value, param, ctx)))


def shared_options(command: F) -> F:
    """--config, --data, --verbose and --version, which stand before or after the command alike."""

    def keep(context: click.Context, option: click.Parameter, value: Any) -> None:
        if value:
            setattr(context.ensure_object(Session), str(option.name), value)

    def option(name: str, **rest: Any) -> Callable[[F], F]:
        return click.option(f"--{name}", callback=keep, expose_value=False, **rest)

    options = (
        option("config", type=Named(), metavar="FILE", help="Config file."),
        option("data", type=Named(), metavar="DIR", help="Data folder."),
        option("verbose", is_flag=True, help="Say what is done and why."),
        click.version_option(__version__, prog_name="watcher", message="%(prog)s %(version)s"),
    )
    for add in reversed(options):
        command = add(command)
    return command


def complete_topic(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The topics that begin with what was typed, for the shell; bash alone puts them in as they are given."""
    try:
        names = [topic.name for topic in context.ensure_object(Session).settings.topics]
    except UsageError:
        return []
    found = [name for name in names if name.casefold().startswith(incomplete.casefold())]
    typed = os.environ.get("COMP_WORDS", "")
    if os.environ.get("_WATCHER_COMPLETE") != "bash_complete" or typed.count('"') % 2 or typed.count("'") % 2:
        return found
    return [re.sub(r"([^\w.,:@%+/-])", r"\\\\\1", name) for name in found]  # click's script reads one of them away


def topic_option(command: F) -> F:
    """--topic, which must be given."""
    return click.option("--topic", required=True, metavar="TOPIC", help="The topic.", shell_complete=complete_topic)(
        command
    )


def one_of(name: str, **choices: str) -> Callable[[F], F]:
    """An option for each of `choices` (its word and its help), of which at most one can be given.

    The command is given the word of that one, or None, as its argument `name`.
    """

    def choose(context: click.Context, option: click.Parameter, given: bool) -> None:
        word = str(option.name)
        before = context.params.setdefault(name, None)
        if given and before:
            raise click.UsageError(f"--{before} and --{word} exclude each other; give one of them", context)
        if given:
            context.params[name] = word

    def wrap(function: F) -> F:
        for word, help in reversed(choices.items()):
            function = click.option(f"--{word}", is_flag=True, callback=choose, expose_value=False, help=help)(function)
        return function

    return wrap


def command(name: str, example: str, **rest: Any) -> Callable[[F], click.Command]:
    """A command with the shared options and an example at the end of its help."""

    def wrap(function: F) -> click.Command:
        settings = {"help_option_names": ["-h", "--help"]}
        make: Any = click.command(name, epilog=f"\b\nExample:\n  {example}", context_settings=settings, **rest)
        made: click.Command = make(shared_options(function))
        return made

    return wrap
