"""Markdown: the board, and the brief of what changed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from watcher.export import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watcher.domain.board import Board, Shift
    from watcher.domain.statement import Statement

SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def boards_markdown(boards: Iterable[Board]) -> str:
    """Each board: a table of stances, claims, and the words behind each."""
    parts = ["\n".join([*heading(board), "", *table(board), *claims(board), *evidence(board)]) for board in boards]
    return "\n\n".join(parts) + "\n"


def brief_markdown(pairs: Sequence[tuple[Board, Board]]) -> str:
    """What changed after the first board of each topic up to the second, with quotes and links, and where all stand."""
    if not pairs:
        return ""
    first, last = pairs[0]
    parts = [f"# {words.day(first.as_of + timedelta(days=1))} to {words.day(last.as_of)}"]
    for before, after in pairs:
        new = [shift for shift in after.shifts if shift.day > before.as_of]
        known = {(claim.by, claim.about, claim.claimed_stance) for claim in before.claims}
        fresh = [one for one in after.claims if (one.by, one.about, one.claimed_stance) not in known]
        body = [f"## {escaped(after.topic)}", "", f"*{escaped(after.target)}*", ""]
        if new or fresh:
            body += [line for shift in new for line in shift_lines(shift)]
            body += [
                line for one in fresh for line in (f"- **{escaped(words.claim(one))}**", *quote(one.statement, "  "))
            ]
        else:
            body.append("No change.")
        parts.append("\n".join([*body, "", *table(after)]))
    return "\n\n".join(parts) + "\n"


def heading(board: Board) -> list[str]:
    """The topic, its target and the day."""
    return [f"# {escaped(board.topic)}", "", f"*{escaped(board.target)}*", "", f"As of {words.day(board.as_of)}."]


def table(board: Board) -> list[str]:
    """The stances, a row a party."""
    lines = ["| party | stance | since | sure | sources | notes |", "| --- | --- | --- | --: | --: | --- |"]
    for row in board.rows:
        cells = (
            escaped(row.party),
            words.stance(row.stance),
            words.day(row.since) if row.since else "",
            f"{row.confidence:.0%}" if row.statements else "",
            str(row.sources or ""),
            escaped("; ".join(words.notes(row))),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def claims(board: Board) -> Iterator[str]:
    """Claims that contradict a party's own words."""
    for one in board.claims:
        yield from ("", f"**{escaped(words.claim(one))}:**", "", *quote(one.statement))


def evidence(board: Board) -> Iterator[str]:
    """The latest words of each party."""
    for row in board.rows:
        if row.latest:
            yield from ("", f"**{escaped(row.party)}**", "", *quote(row.latest, labelled=words.dissents(row)))


def shift_lines(shift: Shift) -> list[str]:
    """A change of stance with its words."""
    before = f"{shift.before.value} → " if shift.before else "first position: "
    head = f"- {words.day(shift.day)}: **{escaped(shift.party)}** {before}**{shift.after.value}**"
    return [head, *quote(shift.statement, "  ")]


def quote(statement: Statement, indent: str = "", *, labelled: bool = False) -> list[str]:
    """The sentence as a quotation with who said it and a link to where it stands; `labelled` with its stance."""
    label = f"{words.stance(statement.stance)}: " if labelled else ""
    article = statement.article
    where = escaped(article.source or article.title)
    if url := words.link(article.url):
        where = f"[{where or 'source'}](<{url}>)"
    cite = ", ".join(part for part in (escaped(words.speaker(statement)), where, words.day(statement.day)) if part)
    return [f"{indent}> {label}{escaped(words.quotation(statement.sentence))}", f"{indent}>", f"{indent}> {cite}"]


def escaped(text: str) -> str:
    """Text that Markdown shows letter for letter."""
    return SPECIAL.sub(r"\\\1", text)
