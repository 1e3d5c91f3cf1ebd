"""`watcher board` and `watcher brief`: what the screen shows, printed or exported."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watcher.cli.inputs import EARLIEST, Day, Since, today, write_out
from watcher.cli.session import F, Session, command, complete_topic, one_of

if TYPE_CHECKING:
    from watcher.domain.board import Board
    from watcher.engine.library import Library

FORMATS = ("json", "csv", "md", "html")


def output_option(function: F) -> F:
    """-o FILE."""
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option("-o", "--output", type=kind, metavar="FILE", help="Write to FILE.")(function)


@command("board", "watcher board 'Ukraine minerals deal' --as-of 2025-03-05 --json")
@click.argument("topic", required=False, shell_complete=complete_topic)
@click.option("--as-of", type=Day(), metavar="DATE", help="The board as it stood on that day.")
@one_of(
    "form",
    json="As JSON: one object, or without TOPIC a list.",
    csv="As CSV, a row a party.",
    md="As Markdown.",
    html="As one HTML page that needs nothing else.",
)
@output_option
@click.pass_obj
def board_command(
    session: Session, topic: str | None, as_of: date | None, form: str | None, output: Path | None
) -> int:
    """Print where each party of TOPIC stands; without TOPIC, of every topic."""
    wanted = [session.topic(topic)] if topic else list(session.settings.topics)
    library = session.reading_library()
    boards = [library.board(one, as_of) for one in wanted]
    form = form or (output.suffix.removeprefix(".") if output else None)
    if form in FORMATS:
        write_out(rendered(library, boards, form, single=topic is not None), output)
    elif output:
        raise click.UsageError(f"no format for {output}; add --json, --csv, --md or --html")
    else:
        from watcher.cli.show import show_boards

        show_boards(boards)
    return 0


def rendered(library: Library, boards: list[Board], form: str, *, single: bool) -> str:
    """The boards in one of FORMATS."""
    if form == "json":
        import json

        from watcher.engine.shapes import board_json

        shapes = [board_json(board) for board in boards]
        return json.dumps(shapes[0] if single else shapes, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        from watcher.export.table import boards_csv

        return boards_csv(boards)
    if form == "md":
        from watcher.export.markdown import boards_markdown

        return boards_markdown(boards)
    from watcher.export.page import boards_html

    statements = {}
    for board in boards:
        known = library.store.statements(board.topic, datetime.combine(board.as_of, time.max, UTC))
        parties = {row.party for row in board.rows}
        statements[board.topic] = [one for one in known if one.party in parties]
    return boards_html(boards, statements)


@command("brief", "watcher brief --since 7d -o week.md")
@click.argument("topic", required=False, shell_complete=complete_topic)
@click.option(
    "--since", type=Since(), default="7d", metavar="TIME", show_default=True, help="How far back, or from which day on."
)
@click.option("--as-of", type=Day(), metavar="DATE", help="The last day; today if not given.")
@output_option
@click.pass_obj
def brief_command(
    session: Session, topic: str | None, since: timedelta | date, as_of: date | None, output: Path | None
) -> int:
    """Print what changed, as Markdown: each shift with its quote and link, then where all stand."""
    end = as_of or today()
    before = since - timedelta(days=1) if isinstance(since, date) else end - min(since, end - EARLIEST)
    if before >= end:
        raise click.UsageError(f"--since {since} leaves no day up to {end}")
    wanted = [session.topic(topic)] if topic else list(session.settings.topics)
    library = session.reading_library()
    from watcher.export.markdown import brief_markdown

    pairs = [(library.board(one, before), library.board(one, end)) for one in wanted]
    write_out(brief_markdown(pairs), output)
    return 0
