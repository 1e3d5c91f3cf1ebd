"""The stances over time as a drawing (SVG): a lane a party, a bar a stance, a mark a shift."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from watcher.domain.statement import nearest
from watcher.export import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.domain.board import Board, Row
    from watcher.domain.statement import Stance

WIDTH, LANE, TOP, LEFT, RIGHT = 800, 30, 8, 170, 20
"""Pixels of the drawing's own scale: whole width, a lane's height, the margins."""


def timeline_svg(board: Board) -> str:
    """The drawing, coloured by the page's own styles."""
    start = min(day for row in board.rows for day, _ in row.trend)
    end = max(board.as_of, start + timedelta(days=7))
    height = TOP + LANE * len(board.rows) + 24

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - start).days / (end - start).days, 1)

    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Stances over time">',
        *(f'<line class="tick" x1="{x(day)}" x2="{x(day)}" y1="{TOP}" y2="{height - 20}"/>'
          f'<text class="when" x="{x(day)}" y="{height - 5}">{label}</text>' for day, label in ticks(start, end)),
    ]  # fmt: skip
    for number, row in enumerate(board.rows):
        middle = TOP + LANE * number + LANE // 2
        parts.append(f'<text class="who" x="{LEFT - 10}" y="{middle + 4}">{escape(shortened(row.party))}</text>')
        for stance, first, last in spans(row, board.as_of):
            wide = max(x(last) - x(first), 3)
            title = f"{row.party}: {stance.value} from {words.day(first)}"
            parts.append(
                f'<rect class="bar {stance.value}" x="{x(first)}" y="{middle - 7}" width="{wide:.1f}" height="14">'
                f"<title>{escape(title)}</title></rect>"
            )
            parts.append(f'<text class="mark" x="{x(first) + 2}" y="{middle + 4}">{words.GLYPHS[stance]}</text>')
    return "\n".join([*parts, "</svg>"])


def spans(row: Row, end: date) -> Iterator[tuple[Stance, date, date]]:
    """Each stretch of one stance: what, from when, to when."""
    points = [(day, nearest(score)) for day, score in row.trend]
    changes = [point for number, point in enumerate(points) if not number or points[number - 1][1] is not point[1]]
    for number, (day, stance) in enumerate(changes):
        yield stance, day, changes[number + 1][0] if number + 1 < len(changes) else max(end, day)


def ticks(start: date, end: date) -> Iterator[tuple[date, str]]:
    """About six days to name below, evenly apart; months where the time is long."""
    step = max((end - start).days // 6, 1)
    for number in range(0, (end - start).days + 1, step):
        day = start + timedelta(days=number)
        yield (
            day,
            f"{words.MONTHS[day.month - 1]} {day.year}" if step > 45 else f"{day.day} {words.MONTHS[day.month - 1]}",
        )


def shortened(name: str) -> str:
    """A name that fits beside its lane."""
    return name if len(name) <= 24 else name[:23] + "…"
