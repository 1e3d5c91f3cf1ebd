"""Values as a reader sees them: days, ages, trends. Pure functions of plain values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from watcher.domain.statement import Stance, Statement, Voice, nearest
from watcher.export import words as wording
from watcher.ui.wrap import last_break

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTHS = wording.MONTHS
long_day = wording.day
ROOM_FOR_CUE = 40
"""In fewer cells an excerpt that begins amid the sentence says less than its beginning."""
LONGEST_LOSS = 14
"""Cells of a word that is left out rather than cut."""
VOICES = {Voice.OWN: "own words", Voice.REPORTED: "reported", Voice.CLAIMED: "claimed"}


def short_day(day: date, today: date) -> str:
    """ "12 Feb", with the year's last digits where it is not this year."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year % 100:02d}"


def age(day: date, today: date) -> str:
    """How long ago in one short word: "today", "3d", "5w", "4mo", "2y"."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days < 14:
        return f"{days}d"
    if days < 61:
        return f"{days // 7}w"
    if days < 730:
        return f"{days // 30}mo"
    return f"{days // 365}y"


def span(seconds: float) -> str:
    """A length of time in one unit: "8 s", "12 min", "3 h", "2 days"."""
    seconds = max(seconds, 0)
    if seconds < 60:
        return f"{int(seconds)} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    if seconds < 129_600:
        return f"{round(seconds / 3600)} h"
    return f"{round(seconds / 86_400)} days"


def ago(moment: datetime, now: datetime) -> str:
    """ "just now" or "12 min ago"."""
    seconds = (now - moment).total_seconds()
    return "just now" if seconds < 10 else f"{span(seconds)} ago"


def fit(text: str, width: int, ellipsis: str = "…", *, words: bool = False) -> str:
    """The text in exactly `width` cells, cut with an ellipsis or padded; with `words`, cut between words."""
    if width <= 0:
        return ""
    if cell_len(text) > width:
        text = (whole_words(text, width - 1) if words else set_cell_size(text, width - 1).rstrip()) + ellipsis
    return set_cell_size(text, width)


def whole_words(text: str, width: int) -> str:
    """The beginning of a text that is longer than `width` cells, without half a word at its end."""
    kept = set_cell_size(text, width).rstrip()
    at = last_break(text, 0, len(kept)) if len(kept) < len(text) else len(kept)
    torn = 0 < at < len(kept) and cell_len(kept[at:]) <= LONGEST_LOSS + 1
    return kept[:at].rstrip(" ,;:-–—") if torn else kept


def excerpt(statement: Statement, width: int, ellipsis: str = "…") -> str:
    """The part of a statement's sentence around its cue, on one line, at most `width` cells."""
    words = " ".join(statement.sentence.split()).strip('"“”„ ')
    if cell_len(words) <= width:
        return words
    at = words.casefold().find(statement.cue.casefold()) if statement.cue else 0
    if width >= ROOM_FOR_CUE and at > width * 2 // 3:  # the cue would be cut off: begin a few words before it
        start = words.rfind(" ", 0, max(at - width // 3, 1)) + 1
        words = ellipsis + words[start:]
    return fit(words, width, ellipsis, words=True).rstrip()


def spark(trend: Sequence[tuple[date, float]], start: date, end: date, width: int) -> list[Stance | None]:
    """The stance in each of `width` equal slices of `start`..`end`; None before the first point.

    A slice shows the last point in it, and where it has none, what held before.
    """
    cells: list[Stance | None] = [None] * width
    if not trend or width < 1:
        return cells
    days = max((end - start).days, 1)
    for day, score in trend:
        if day <= end:
            cells[min(max((day - start).days, 0) * width // (days + 1), width - 1)] = nearest(score)
    held: Stance | None = None
    for index, cell in enumerate(cells):
        held = cell if cell is not None else held
        cells[index] = held
    return cells


def period(trends: Sequence[Sequence[tuple[date, float]]], today: date, most: int | None = None) -> tuple[date, date]:
    """First and last day of a time axis shared by these trends: at least a week, at most `most` days.

    It ends a little after the last reading: where nothing was read for a year, a year of standing
    still would leave no room for what moved. How old the last words are is told beside it.
    """
    days = [day for points in trends if points for day, _ in (points[0], points[-1])] or [today]
    first, last = min(days), max(days)
    end = min(today, last + max(timedelta(days=7), (last - first) // 10))
    start = min(first, end - timedelta(days=7))
    return (max(start, end - timedelta(days=most)) if most else start), end


def plural(count: int, noun: str) -> str:
    """ "1 feed", "2 feeds"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
