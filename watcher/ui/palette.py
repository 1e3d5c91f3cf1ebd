"""The command palette: topics, parties, and every command of the table."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.css.query import NoMatches
from textual.markup import escape

from watcher.ui import commands
from watcher.ui.fuzzy import fuzzy
from watcher.ui.screens.closing import Closing
from watcher.ui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

HERE = frozenset({"app", "main"})


class Palette(CommandPalette, Closing[None]):
    """Textual's palette, which keys that are faster than its list would have the program fail on."""

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        with suppress(NoMatches):  # it was closed before the search began
            await CommandPalette._gather_commands.__wrapped__(self, search_value)  # type: ignore[attr-defined]

    def _action_command_list(self, action: str) -> None:
        lists = self.query(CommandList)
        if lists and (lists.first().size.height or not action.startswith("page_")):  # without lines there is no page
            super()._action_command_list(action)


class Everything(Provider):
    """What can be reached by name from the main screen."""

    def _entries(self) -> Iterator[tuple[str, str, str, Callable[[], Any]]]:
        """Name, keys, explanation, and what is done."""
        screen = self.screen
        main = screen if isinstance(screen, MainScreen) else None
        for command in commands.COMMANDS:
            if command.help and command.scope in HERE and command.id not in {"palette", "topic-1"}:
                if command.scope == "main" and main is None:
                    continue
                keys = commands.keys_of(command, main.keymap if main else {})
                yield command.label, keys, command.help, partial(self._run, command.qualified)
        if main is None:
            return
        for topic in main.bridge.settings.topics:
            yield f"Topic: {topic.name}", "", topic.target, partial(main.go_to_topic, topic.name)
        for topic in main.bridge.settings.topics:
            for party in topic.parties:
                show = partial(main.go_to_party, topic.name, party.name)
                yield f"{party.name} on {topic.name}", "", "Show the evidence.", show

    async def _run(self, action: str) -> None:
        await self.app.run_action(action, self.screen)

    async def discover(self) -> Hits:
        """All of it, before anything is typed."""
        for name, keys, help, run in self._entries():
            yield DiscoveryHit(_shown(Content(name), keys), run, text=name, help=escape(help))

    async def search(self, query: str) -> Hits:
        """What fits, the best first. Names from the config are shown letter for letter."""
        for name, keys, help, run in self._entries():
            found = fuzzy(query, name)
            if found is not None:
                shown = Content(name)
                for hit in found[1]:
                    shown = shown.stylize(self.match_style or "bold", hit, hit + 1)
                yield Hit(max(found[0], 1), _shown(shown, keys), run, text=name, help=escape(help))


def _shown(name: Content, keys: str) -> Content:
    """A command's name with its keys."""
    return name + Content.styled(f"  {keys}", "$text-accent") if keys else name
