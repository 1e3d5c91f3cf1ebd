"""CSV for spreadsheets, with cells that a spreadsheet would run as formulas made harmless."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watcher.domain.board import Board, Row

FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""What a cell begins with that Excel and LibreOffice take for a formula (OWASP: CSV injection)."""

BOARD_COLUMNS = (
    "topic", "as_of", "party", "stance", "voice", "divided", "conditions", "confidence", "since", "previous",
    "sources", "statements", "stale", "unheard", "pinned",
    "latest_date", "latest_by", "latest_sentence", "latest_source", "latest_title", "latest_url",
)  # fmt: skip


def boards_csv(boards: Iterable[Board]) -> str:
    """A row a party, with its latest words."""
    return "".join(lines(BOARD_COLUMNS, (board_row(board, row) for board in boards for row in board.rows)))


def board_row(board: Board, row: Row) -> tuple[Any, ...]:
    """The cells of one party's row."""
    latest = row.latest
    words: tuple[Any, ...] = ("",) * 6
    if latest:
        article = latest.article
        sentence = " ".join(latest.sentence.split())
        words = (latest.day, latest.source or latest.claimed_by, sentence, article.source, article.title, article.url)
    return (
        board.topic, board.as_of, row.party, row.stance, row.voice, row.divided, "; ".join(row.conditions),
        row.confidence if row.statements else None, row.since, row.previous, row.sources, row.statements,
        row.stale, row.unheard, row.pin is not None, *words,
    )  # fmt: skip


def records_csv(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Records as rows; what is nested becomes columns such as article.url. The first record names the columns."""
    columns: list[str] = []
    for record in records:
        flat = dict(flattened(record))
        if not columns:
            columns = list(flat)
            yield from lines(columns, ())
        yield from lines((), [[flat.get(column) for column in columns]])


def flattened(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """A record's values by dotted name; lists joined."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from flattened(value, f"{before}{key}.")
        else:
            yield before + key, "; ".join(map(str, value)) if isinstance(value, list) else value


def lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """CSV lines (RFC 4180, ended by a line feed)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    if head:
        writer.writerow(head)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    yield buffer.getvalue()


def cell(value: Any) -> Any:
    """A value as a cell: yes and no for truth, text defused, numbers as they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = str(value)
    return "'" + text if text.startswith(FORMULA) else text
