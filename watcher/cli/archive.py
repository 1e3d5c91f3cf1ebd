"""`watcher replay`, `import` and `export`: data in and out."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watcher.cli.board import output_option
from watcher.cli.inputs import Day, reading, write_out
from watcher.cli.session import Session, command, complete_topic, one_of, warn
from watcher.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from watcher.engine.archive_replay import Progress


@command("replay", "watcher replay archive.jsonl --topic 'Ukraine minerals deal'")
@click.option("--topic", metavar="TOPIC", help="Only this topic.", shell_complete=complete_topic)
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Processes; one a core if not given.")
@click.option("--dask", default="", metavar="ADDRESS", help="Read on this Dask cluster (needs the cluster extra).")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.pass_obj
def replay_command(session: Session, topic: str | None, jobs: int | None, dask: str, files: tuple[str, ...]) -> int:
    """Read a dated archive into the store: files or folders of JSON lines, also .gz and .zst, - for standard input.

    A line has url, title, date and text, perhaps source and id, or is one that `watcher export` wrote. A
    bad line is told with its number and skipped; the exit code is then 1. The same call goes on where an
    interrupted one stopped.
    """
    topics = [session.topic(topic)] if topic else None
    library = session.library()
    from watcher.engine.archive_replay import replay

    with replay_bar() as tell:
        report = replay(
            [Path(name) for name in files],
            session.settings,
            library.store,
            topics=topics,
            jobs=jobs,
            dask=dask,
            progress=tell,
            on_bad_line=lambda file, line: warn(f"{file}:{line.number}: {line.reason}; skipped"),
        )
    for lost in report.lost:
        warn(f"not read: {lost}")
    if sys.stderr.isatty():
        from watcher.ui.format import plural

        speed = report.articles / max(report.seconds, 0.001)
        print(
            f"{plural(report.articles, 'article')} in {report.seconds:.1f} s ({speed:,.0f}/s), "
            f"{report.matched:,} on a topic, {plural(report.statements, 'statement')}"
            + (f"; {plural(report.resumed, 'line')} were done before" if report.resumed else ""),
            file=sys.stderr,
        )
    return int(report.failed)


@contextmanager
def replay_bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on a terminal that follows the bytes read; else nothing."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from watcher.cli.show import console
    from watcher.ui.format import plural

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda at: bar.update(
            task, completed=at.done, total=at.total or None, description=plural(at.articles, "article")
        )


@command("import", "watcher import subscriptions.opml")
@click.argument("file", metavar="FILE")
@click.pass_obj
def import_command(session: Session, file: str) -> int:
    """Add the feeds of an OPML file to your config; folders become tags. Feeds that it has stay as they are."""
    from watcher.cli.opml import feeds_toml, read_opml
    from watcher.config import loads
    from watcher.config.places import packaged
    from watcher.config.values import told_apart

    path = session.config_path
    if path == packaged():
        raise UsageError("this would change the config that comes with watcher; run `watcher init` first")
    odd: list[str] = []
    with reading(file) as stream:
        try:
            found = read_opml(stream.read(), odd.append)
        except ValueError as error:
            raise UsageError(f"{file}: {error}") from None
    known = {told_apart(feed.url) for feed in session.settings.feeds}
    names = {feed.name.casefold() for feed in session.settings.feeds}
    new = [feed for feed in found if told_apart(feed.url) not in known]
    if new:
        added = path.read_bytes().decode().rstrip() + "\n\n" + feeds_toml(new, names)
        try:
            loads(added.removeprefix("\ufeff"), path)
        except ConfigError:
            raise UsageError(f"{path}: its feeds stand in a list, to which none can be added; use [[feeds]]") from None
        write_out(added, path)
    for reason in odd:
        warn(f"{file}: {reason}; left out")
    click.echo(f"{len(new)} added to {path}, {len(found) - len(new)} there already", err=True)
    return 0


@command("export", "watcher export --shifts --atom -o shifts.xml")
@one_of(
    "what",
    opml="The feeds, for other readers.",
    articles="Every article.",
    statements="Every statement.",
    shifts="Every change of stance.",
)
@one_of(
    "form",
    jsonl="As JSON lines; the default.",
    csv="As CSV.",
    atom="Shifts as a feed that readers subscribe to.",
)
@click.option("--topic", metavar="TOPIC", help="Only this topic.", shell_complete=complete_topic)
@click.option("--since", type=Day(), metavar="DATE", help="Only from that day on.")
@output_option
@click.pass_obj
def export_command(
    session: Session, what: str | None, form: str | None, topic: str | None, since: date | None, output: Path | None
) -> int:
    """Write out feeds, articles, statements or shifts.

    Without any of these: all that is stored, corrections and marks too, as `watcher replay` takes it elsewhere.
    """
    if what == "opml":
        if form or topic or since:
            raise click.UsageError("--opml is every feed, in its own format; give it alone or with -o")
        from watcher.cli.opml import feeds_opml

        write_out(feeds_opml(session.settings.feeds), output)
        return 0
    what = what or ("shifts" if form == "atom" else None)
    if form == "atom" and what != "shifts":
        raise click.UsageError("--atom is for --shifts")
    if what is None and (form == "csv" or topic or since):
        raise click.UsageError("say what: --articles, --statements or --shifts")
    wanted = [session.topic(topic)] if topic else list(session.settings.topics)
    library = session.reading_library()
    from watcher.export import records

    if what is None:
        write_out(records.everything(library.store), output)
        return 0
    rows = {"articles": records.articles, "statements": records.statements, "shifts": records.shifts}[what]
    found = rows(library, wanted, since, every=topic is None)
    if form == "atom":
        from watcher.export.atom import shifts_atom

        write_out(shifts_atom(found), output)
    elif form == "csv":
        from watcher.export.table import records_csv

        write_out(records_csv(found), output)
    else:
        write_out(records.jsonl(found), output)
    return 0
