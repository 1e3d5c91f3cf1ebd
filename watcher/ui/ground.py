"""What the screen's boards and lists rest on, and working them out apart from the screen."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, overload

from watcher.domain.judgement import StatementKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from watcher.domain.board import Board
    from watcher.domain.feed import FeedState
    from watcher.domain.judgement import Correction, Pin
    from watcher.domain.settings import Settings
    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic
    from watcher.engine.history import History
    from watcher.store.base import Headline

FIRST = 100
"""Statements that are laid out at first."""
REST = 4
"""How many times longer than it works a renewal rests: keys wait for the interpreter while it works."""


class Evidence(NamedTuple):
    """A statement as the machine read it, with what a person made of it."""

    statement: Statement
    correction: Correction | None = None


class Course(NamedTuple):
    """A topic's history with what it was made of."""

    statements: list[Statement]
    corrections: list[Correction]
    history: History


class Ground(NamedTuple):
    """What a topic's boards rest on, taken from the store at one moment."""

    topic: Topic
    statements: list[Statement]
    corrections: list[Correction]
    pins: Sequence[Pin]
    states: Mapping[str, FeedState]
    settings: Settings

    def course(self, kept: Course | None) -> Course:
        """The history; the one at hand if it was made of the same, else what it has of the same texts."""
        if kept is not None and kept.statements == self.statements and kept.corrections == self.corrections:
            return kept
        from watcher.engine.history import History  # not needed where the first board was worked out ahead

        before = kept.history if kept is not None else None
        return Course(self.statements, self.corrections, History(self.statements, self.corrections, before))

    def board(self, course: Course, day: date) -> Board:
        """The board at the end of that day."""
        from watcher.engine.board import board_of

        return board_of(
            self.topic,
            course.history,
            as_of=day,
            pins=self.pins,
            feed_states=self.states,
            feeds=self.settings.feeds_of(self.topic),
            stale_after=self.settings.board.stale_after,
        )


@dataclass(slots=True)
class Renewal:
    """What the screen shows, worked out anew; `writing` tells what the bridge knew when that began."""

    writing: int
    courses: dict[str, Course] = field(default_factory=dict)
    boards: dict[tuple[str, date], Board] = field(default_factory=dict)
    headlines: dict[tuple[str, date | None], Sequence[Headline]] = field(default_factory=dict)
    evidence: dict[tuple[str, str], list[Evidence]] = field(default_factory=dict)


class Beginning(NamedTuple):
    """What the first look at a topic shows: its board of a day, the evidence on one party as far as it is
    laid out at first and how much there is of it, and how many articles matched."""

    topic: str
    day: date
    board: Board
    party: str
    evidence: list[Evidence]
    total: int
    matched: int


class Begun(Sequence[Evidence]):
    """A list of which the first items are at hand; the whole is made once others are asked for."""

    def __init__(self, first: list[Evidence], total: int, whole: Callable[[], Sequence[Evidence]]) -> None:
        self._items: Sequence[Evidence] = first
        self._total = total
        self._whole: Callable[[], Sequence[Evidence]] | None = whole if total > len(first) else None

    def __len__(self) -> int:
        return self._total if self._whole else len(self._items)

    @overload
    def __getitem__(self, at: int) -> Evidence: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Evidence]: ...
    def __getitem__(self, at: int | slice) -> Evidence | Sequence[Evidence]:
        if self._whole:
            wanted = range(self._total)[at]
            places = (wanted,) if isinstance(wanted, int) else (*wanted[:1], *wanted[-1:])
            if any(place >= len(self._items) for place in places):
                self._items, self._whole = self._whole(), None
        return self._items[at]


class Pace:
    """When to work out anew: at once, and after long work only once it has rested."""

    def __init__(self) -> None:
        self._begun = self._due = 0.0

    def begin(self, now: float) -> bool:
        """Whether it is time; then the work begins. `now` is in seconds of any clock that only goes on."""
        if now < self._due:
            return False
        self._begun, self._due = now, float("inf")
        return True

    def end(self, now: float) -> None:
        """The work is done."""
        self._due = now + REST * (now - self._begun)


def settle() -> None:
    """Leaves what was loaded out of the garbage collector's full searches, which would hold up keys.

    It stays for long, and has no cycles, so that it goes without a search when it is replaced.
    """
    if gc.isenabled():
        gc.collect(1)
    gc.freeze()
    gc.enable()  # it rests while the program starts


def standing(corrections: Sequence[Correction]) -> dict[StatementKey, Correction]:
    """The corrections that hold, by the words that they are of; they are given oldest first."""
    return {correction.key: correction for correction in corrections if not correction.withdrawn}


def gathered(statements: Sequence[Statement], corrections: Sequence[Correction], party: str) -> list[Evidence]:
    """One party's statements with what a person made of them, the newest first."""
    made = standing(corrections)
    found = [Evidence(s, made.get(StatementKey.of(s)) if made else None) for s in statements if s.party == party]
    found.sort(key=lambda item: (item.statement.day, item.statement.article.published), reverse=True)
    return found
