"""`watcher demo`: the screen over a board with a past, apart from anything of yours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from watcher.cli.screen import has_terminal, run
from watcher.cli.session import command

if TYPE_CHECKING:
    from watcher.cli.session import Session


@command("demo", "watcher demo")
@click.pass_obj
def demo_command(session: Session) -> int:
    """Show the minerals deal of 2025 as it went, with every key of the screen; nothing is stored or polled."""
    from watcher.config.places import packaged
    from watcher.engine.configured import load
    from watcher.engine.demo import demo, last_day

    library = demo(load(packaged()))
    end = last_day(library)
    if not has_terminal():
        from watcher.cli.show import show_boards

        show_boards([library.board(topic, end.date()) for topic in library.settings.topics], past=True)
        return 0
    from watcher.ui.app import WatcherApp

    return run(WatcherApp(library.settings, library.store, poll=False, now=lambda: end))
