"""A party's way through the days: which stance stands, and when it shifts.

The order of weight is the codebook's: own words before what is reported, reported before what
others claim; deeds before words; then the latest. Each day's texts are weighed together
(`history.Day`); the day's label takes the place of the one that stands, unless that one weighs
more: a better voice that is not yet stale, an office against a member, a deed of the last days
against words. And one weakly read text does not turn over a stance that others still uphold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from watcher.domain.board import Shift
from watcher.domain.statement import Stance, Strength
from watcher.engine.history import WEIGHT, Day, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watcher.domain.board import PartyReading

DEED_HOLDS = timedelta(days=3)
"""For so long an act outweighs words about it; later words are news."""
UPHELD = timedelta(days=7)
"""A stance read again within these days is not turned over by one weakly read text."""


@dataclass
class Course:
    """One party's way through the days: the stance that stands, and what it rests on."""

    party: str
    stale_after: timedelta
    standing: Entry | None = None
    since: date | None = None
    previous: Stance | None = None
    upheld: date = date.min  # the last day that agreed
    doubt: Stance | None = None  # what one weakly read text has said since then
    shifts: list[Shift] = field(default_factory=list)
    trend: list[tuple[date, float]] = field(default_factory=list)

    def follow(self, days: Iterable[Day]) -> None:
        """Walks the days, oldest first."""
        for day in days:
            if self._takes_over(day):
                self._stand(day)
            if self.standing:
                self.trend.append((day.day, self.standing.reading.stance.score))

    def _takes_over(self, day: Day) -> bool:
        if self.standing is None:
            return True
        new, old = day.best.reading, self.standing.reading
        if WEIGHT[new.voice] < WEIGHT[old.voice]:
            return day.day - self.upheld > self.stale_after
        if new.decisive.member and not old.decisive.member:
            return False
        if new.stance is old.stance:
            return True
        if old.decisive.deed and not new.decisive.deed and day.day - self.upheld <= DEED_HOLDS:
            return False
        return not self._lone_weak(day, old)

    def _lone_weak(self, day: Day, old: PartyReading) -> bool:
        """Whether the day is a first weak reading against a well read stance that is still upheld."""
        new = day.best.reading
        if day.stories > 1 or new.decisive.strength is Strength.STRONG:
            return False
        if old.decisive.strength is Strength.WEAK or day.day - self.upheld > UPHELD:
            return False
        repeated, self.doubt = self.doubt is new.stance, new.stance
        return not repeated

    def _stand(self, day: Day) -> None:
        before = self.standing.reading.stance if self.standing else None
        after = day.best.reading.stance
        self.standing, self.upheld, self.doubt = day.best, day.day, None
        if after is not before:
            self.shifts.append(Shift(day.day, self.party, before, after, day.best.reading.decisive))
            self.previous, self.since = before, day.day
