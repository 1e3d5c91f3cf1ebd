"""`watcher poll`: one poll of what is due, or one after the other without a screen."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.inputs import Span, print_data
from watcher.cli.session import Session, command, warn
from watcher.errors import StoreError, WatcherError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import timedelta

    from watcher.engine.report import PollReport
    from watcher.store.base import Store

    Tell = Callable[[dict[str, Any]], None]


@command("poll", "watcher poll --json")
@click.option("--json", "as_json", is_flag=True, help="Print what came of each feed as JSON.")
@click.option("--full", is_flag=True, help="Ask every feed, due or not.")
@click.option("--progress/--no-progress", default=None, help="Show a progress bar; on by itself on a terminal.")
@click.option("--every", type=Span(), metavar="TIME", help="Go on, a poll every TIME (30m), until interrupted.")
@click.pass_obj
def poll_command(session: Session, as_json: bool, full: bool, progress: bool | None, every: timedelta | None) -> int:
    """Poll the feeds that are due, read what is new, and store it.

    Says on a terminal what came of it; elsewhere it is quiet unless every feed failed, which alone is a failure.
    """
    shown = sys.stderr.isatty() if progress is None else progress
    store = session.library().store
    if every is None:
        report = poll_once(session, store, as_json, full, shown)
        if report.failed:
            first = next(feed for feed in report.feeds if feed.status.failing)
            warn(f"every feed failed; the first, {first.name}: {first.error or first.status.value}")
        return int(report.failed)
    while True:
        started = time.monotonic()
        try:
            report = poll_once(session, store, as_json, full, shown)
            if report.failed:
                warn("every feed failed; trying again later")
            sys.stdout.flush()
        except StoreError as error:  # a full disk may have room again in an hour
            warn(f"{error}; trying again later")
        time.sleep(max(0.0, every.total_seconds() - (time.monotonic() - started)))
        renew(session, store)


def renew(session: Session, store: Store) -> None:
    """Takes in what others wrote, and the config as it now stands; a broken one is told, and the old stays."""
    from watcher.engine.library import Library

    try:
        store.refresh()
        Library(session.reload(), store, warn).seed()
    except WatcherError as error:
        warn(str(error))


def poll_once(session: Session, store: Store, as_json: bool, full: bool, shown: bool) -> PollReport:
    """One poll, told as asked for, and noted in the data folder."""
    import asyncio

    from watcher.engine.journal import Journal, told
    from watcher.engine.poller import poll

    with bar(shown and not session.verbose) as move:
        note = Journal(session.folder)

        def tell(event: dict[str, Any]) -> None:
            move(event)
            note(event)
            if event["event"] == "warning" or (session.verbose and told(event)):
                warn(told(event))

        report = asyncio.run(poll(session.settings, store, full=full, on_event=tell))
    if as_json:
        print_data([json.dumps(report.json(), ensure_ascii=False), "\n"])
    elif shown or sys.stdout.isatty():
        summarise(report)
    return report


@contextmanager
def bar(shown: bool) -> Iterator[Tell]:
    """A progress bar on stderr that poll events move; or nothing."""
    if not shown:
        yield lambda event: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from watcher.cli.show import console

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(event: dict[str, Any]) -> None:
            if event["event"] == "start":
                progress.update(task, total=event["feeds"])
            elif event["event"] == "feed":
                progress.update(task, completed=event["done"], description=event["name"])

        yield tell


def summarise(report: PollReport) -> None:
    """The poll in a line on stderr, and a line for each feed that failed."""
    from watcher.cli.show import GLYPHS, console
    from watcher.ui.format import plural

    out = console(stderr=True)
    failing = [feed for feed in report.feeds if feed.status.failing]
    parts = [
        plural(len(report.feeds), "feed"),
        f"{plural(report.new_articles, 'new article')}, {report.matched:,} on a topic",
        plural(report.statements, "statement"),
        f"{report.seconds:.1f} s",
    ]
    out.print(f" {GLYPHS.dot} ".join(parts))
    if report.elsewhere:
        out.print(f"Another watcher is polling: {plural(report.elsewhere, 'feed')} left to it.")
    for feed in failing:
        out.print(f"{GLYPHS.bad} {feed.name}: {feed.error or feed.status.value.replace('_', ' ')}")
