"""`watcher replay`, `import` and `export`: data in and out."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from watcher.cli.board import output_option
from watcher.cli.inputs import Day, reading, write_out
from watcher.cli.session import Session, command, complete_topic
from watcher.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from watcher.domain.article import Article


@command("replay", "watcher replay archive.jsonl --topic 'Ukraine minerals deal'")
@click.option("--topic", metavar="TOPIC", help="Only this topic.", shell_complete=complete_topic)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.pass_obj
def replay_command(session: Session, topic: str | None, files: tuple[str, ...]) -> int:
    """Read a dated archive (JSON lines: url, title, date, text; source, id) into the store.

    A bad line is told with its number and skipped; the exit code is then 1.
    """
    from watcher.cli.analyze import lines

    topics = [session.topic(topic)] if topic else None
    library = session.library()
    bad: list[str] = []

    def articles() -> Iterator[Article]:
        now = datetime.now(UTC)
        for name in files:
            with reading(name) as stream:
                yield from lines(name, stream, now, bad, dated=True)

    def progress(count: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{count:,} articles", end="", file=sys.stderr, flush=True)

    total, matched, statements = library.replay(articles(), topics, progress)
    if sys.stderr.isatty():
        print(f"\r{total:,} articles read, {matched:,} on a topic, {statements:,} statements", file=sys.stderr)
    return int(bool(bad))


@command("import", "watcher import subscriptions.opml")
@click.argument("file", metavar="FILE")
@click.pass_obj
def import_command(session: Session, file: str) -> int:
    """Add the feeds of an OPML file to your config; folders become tags. Feeds that it has stay as they are."""
    from watcher.cli.opml import feeds_toml, read_opml
    from watcher.config import load
    from watcher.config.places import packaged

    path = session.config_path
    if path == packaged():
        raise UsageError("this would change the config that comes with watcher; run `watcher init` first")
    with reading(file) as stream:
        try:
            found = read_opml(stream.read())
        except ValueError as error:
            raise UsageError(f"{file}: {error}") from None
    known = {feed.url for feed in session.settings.feeds}
    names = {feed.name.casefold() for feed in session.settings.feeds}
    new = [feed for feed in found if feed.url not in known]
    if new:
        old = path.read_text(encoding="utf-8")
        added = old.rstrip("\n") + "\n\n" + feeds_toml(new, names)
        trial = path.with_name(f".{path.name}.trial")
        try:
            trial.write_text(added, encoding="utf-8")
            load(trial)
            trial.replace(path)
        finally:
            trial.unlink(missing_ok=True)
    click.echo(f"{len(new)} added to {path}, {len(found) - len(new)} there already", err=True)
    return 0


@command("export", "watcher export --shifts --atom -o shifts.xml")
@click.option("--opml", "what", flag_value="opml", help="The feeds, for other readers.")
@click.option("--statements", "what", flag_value="statements", help="Every statement.")
@click.option("--articles", "what", flag_value="articles", help="Every article, as `watcher replay` reads them.")
@click.option("--shifts", "what", flag_value="shifts", help="Every change of stance.")
@click.option("--jsonl", "form", flag_value="jsonl", help="As JSON lines; the default.")
@click.option("--csv", "form", flag_value="csv", help="As CSV.")
@click.option("--atom", "form", flag_value="atom", help="Shifts as a feed that readers subscribe to.")
@click.option("--topic", metavar="TOPIC", help="Only this topic.", shell_complete=complete_topic)
@click.option("--since", type=Day(), metavar="DATE", help="Only from that day on.")
@output_option
@click.pass_obj
def export_command(
    session: Session, what: str | None, form: str | None, topic: str | None, since: date | None, output: Path | None
) -> int:
    """Write out feeds, statements, articles or shifts."""
    if what == "opml":
        from watcher.cli.opml import feeds_opml

        write_out(feeds_opml(session.settings.feeds), output)
        return 0
    what = what or ("shifts" if form == "atom" else "articles")
    form = form or "jsonl"
    if form == "atom" and what != "shifts":
        raise click.UsageError("--atom is for --shifts")
    wanted = [session.topic(topic)] if topic else list(session.settings.topics)
    library = session.reading_library()
    from watcher.export import records

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
