"""A party's way through the days: which stance stands, and when it shifts.

The order of weight is the codebook's: own words before what is reported, reported before what
others claim; deeds before words; then the latest. Each day's texts are weighed together
(`steps`); the day's label takes the place of the one that stands, unless that one weighs
more: a better voice that is not yet stale, an office against a member, a deed of the last days
against words. And one weakly read text does not turn over a stance that others still uphold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from watcher.domain.board import Shift
from watcher.domain.statement import SCORES, Stance, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watcher.domain.board import PartyReading
    from watcher.engine.steps import Entry, Step

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
    begins: datetime | None = None  # the moment of `since` from which it stands, where that day saw a turn
    previous: Stance | None = None
    upheld: date = date.min  # the last day that agreed
    doubt: Stance | None = None  # what one weakly read text has said since then
    shifts: list[Shift] = field(default_factory=list)
    trend: list[tuple[date, float]] = field(default_factory=list)

    def follow(self, steps: Iterable[Step]) -> None:
        """Walks the steps, oldest first."""
        trend = dict(self.trend)
        for step in steps:
            if self._takes_over(step):
                self._stand(step)
            if self.standing:
                trend[step.day] = SCORES[self.standing.reading.stance]
        self.trend = list(trend.items())

    def _takes_over(self, step: Step) -> bool:
        if self.standing is None:
            return True
        new, old = step.best.reading, self.standing.reading
        if step.best.rank[0] < self.standing.rank[0]:
            return step.day - self.upheld > self.stale_after
        if new.decisive.member and not old.decisive.member:
            return False
        if new.stance is old.stance:
            return True
        if old.decisive.deed and not new.decisive.deed and step.day - self.upheld <= DEED_HOLDS:
            return False
        return not self._lone_weak(step, old)

    def _lone_weak(self, step: Step, old: PartyReading) -> bool:
        """Whether the step is a first weak reading against a well read stance that is still upheld."""
        new = step.best.reading
        if step.stories > 1 or new.decisive.strength is Strength.STRONG:
            return False
        if old.decisive.strength is Strength.WEAK or step.day - self.upheld > UPHELD:
            return False
        repeated, self.doubt = self.doubt is new.stance, new.stance
        return not repeated

    def _stand(self, step: Step) -> None:
        before = self.standing.reading.stance if self.standing else None
        after = step.best.reading.stance
        self.standing, self.upheld, self.doubt = step.best, step.day, None
        if after is not before:
            self.shifts.append(Shift(step.day, self.party, before, after, step.best.reading.decisive))
            self.previous, self.since, self.begins = before, step.day, step.begins
