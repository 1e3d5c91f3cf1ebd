"""The board as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from watcher.export import words
from watcher.export.timeline import timeline_svg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from watcher.domain.board import Board, Row
    from watcher.domain.statement import Statement

SHOWN = 40
"""Statements a party on the page: the newest; the rest is what `watcher export` is for."""


def boards_html(boards: Sequence[Board], statements: Mapping[str, Sequence[Statement]]) -> str:
    """The page; `statements` are all those behind each topic's board, by topic."""
    style = files("watcher.export").joinpath("page.css").read_text(encoding="utf-8")
    title = boards[0].topic if len(boards) == 1 else "watcher"
    body = "\n".join(part for board in boards for part in section(board, statements.get(board.topic, ())))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def section(board: Board, statements: Sequence[Statement]) -> Iterator[str]:
    """One board: stances, claims, timeline, evidence."""
    yield "<section>"
    yield f"<h1>{escape(board.topic)}</h1>"
    yield f'<p class="target">{escape(board.target)}</p>'
    yield f'<p class="day">As of {words.day(board.as_of)}</p>'
    yield "<table>\n<thead><tr><th>Party<th>Stance<th>Since<th>Sure<th>Sources<th>Latest words</tr></thead>\n<tbody>"
    for row in board.rows:
        yield table_row(row)
    yield "</tbody>\n</table>"
    for claim in board.claims:
        yield f'<div class="claim"><p>{escape(words.claim(claim))}:</p>{quote(claim.statement)}</div>'
    if any(row.trend for row in board.rows):
        yield f"<figure>{timeline_svg(board)}</figure>"
    if board.shifts:
        yield "<h2>Shifts</h2>\n<ol>"
        for shift in reversed(board.shifts):
            before = f"{words.stance(shift.before)} → " if shift.before else ""
            yield f"<li>{words.day(shift.day)}: <b>{escape(shift.party)}</b> {before}{words.stance(shift.after)}"
            yield f"{quote(shift.statement)}</li>"
        yield "</ol>"
    if statements:
        yield "<h2>Evidence</h2>"
    for row in board.rows:
        mine = sorted((one for one in statements if one.party == row.party), key=lambda one: one.day, reverse=True)
        if mine:
            more = f" of {len(mine)}" if len(mine) > SHOWN else ""
            yield f"<h3>{escape(row.party)} <small>{min(len(mine), SHOWN)}{more}</small></h3>"
            yield "\n".join(quote(one, labelled=True) for one in mine[:SHOWN])
    yield "</section>"


def table_row(row: Row) -> str:
    """A party's row; on a phone each cell carries its own label."""
    notes = "".join(f'<span class="note">{escape(note)}</span>' for note in words.notes(row))
    cells = (
        ("Stance", f"{badge(row)}{notes}"),
        ("Since", words.day(row.since) if row.since else ""),
        ("Sure", f"{row.confidence:.0%}" if row.statements else ""),
        ("Sources", str(row.sources or "")),
        ("Latest words", quote(row.latest, labelled=words.dissents(row)) if row.latest else ""),
    )
    body = "".join(f'<td data-label="{label}">{value}' for label, value in cells)
    return f'<tr><th scope="row">{escape(row.party)}{body}</tr>'


def badge(row: Row) -> str:
    """The stance: glyph, word and colour."""
    return f'<span class="stance {row.stance.value if row.stance else "none"}">{words.stance(row.stance)}</span>'


def quote(statement: Statement, *, labelled: bool = False) -> str:
    """The sentence with who said it, where, and a link; `labelled` with its stance."""
    article = statement.article
    where = escape(article.source or article.title)
    if url := words.link(article.url):
        where = f'<a href="{escape(url)}" rel="noreferrer">{where or "source"}</a>'
    cite = ", ".join(part for part in (escape(words.speaker(statement)), where, words.day(statement.day)) if part)
    label = ""
    if labelled:
        label = f'<span class="stance {statement.stance.value}">{words.stance(statement.stance)}</span> '
        cite += f", {words.VOICES[statement.voice]}"
    return f"<blockquote>{label}{escape(words.quotation(statement.sentence))}<cite>{cite}</cite></blockquote>"
