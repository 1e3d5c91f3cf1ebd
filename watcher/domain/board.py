"""The board of a topic: a row a party, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from watcher.domain.judgement import Pin
from watcher.domain.statement import Stance, Statement, Voice


@dataclass(slots=True)  # frozen ones take five times as long to make, and a board rests on thousands
class PartyReading:
    """The label that one text alone would put on the board for one party."""

    stance: Stance
    voice: Voice
    divided: bool
    conditions: tuple[str, ...]
    confidence: float
    decisive: Statement  # the statement that the label rests on most


@dataclass(frozen=True, slots=True)
class Shift:
    """A party's stance changed: `before` is None when it took its first position."""

    day: date
    party: str
    before: Stance | None
    after: Stance
    statement: Statement


@dataclass(frozen=True, slots=True)
class Claim:
    """One party says of another what contradicts that party's own words."""

    about: str
    by: str
    claimed_stance: Stance
    own_stance: Stance
    statement: Statement


@dataclass(frozen=True, slots=True)
class Row:
    """Where one party stands. `stance` None: no position read yet.

    `since` and `previous` bound the present stance. `sources` counts the independent sources that
    agree with it since then, copies of a wire text as one; `statements` counts all on the party.
    `trend` is the score of the stance after each day on which it was read. `contested` are later
    statements that say otherwise, newest first. `stale`: the newest statement is older than the
    config's `stale_after`. `unheard`: every feed that could bring its news is failing. A person's
    `pin` sets `stance`; `machine` keeps what was read.
    """

    party: str
    stance: Stance | None = None
    voice: Voice | None = None
    divided: bool = False
    conditions: tuple[str, ...] = ()
    confidence: float = 0.0
    since: date | None = None
    previous: Stance | None = None
    trend: tuple[tuple[date, float], ...] = ()
    sources: int = 0
    statements: int = 0
    latest: Statement | None = None
    contested: tuple[Statement, ...] = ()
    stale: bool = False
    unheard: bool = False
    pin: Pin | None = None
    machine: Stance | None = None


@dataclass(frozen=True, slots=True)
class FeedSummary:
    """How the topic's feeds are doing: counts, and the newest item that any of them gave.

    `waiting` are switched on and were not asked yet, `off` are switched off.
    """

    ok: int = 0
    failing: int = 0
    newest: datetime | None = None
    waiting: int = 0
    off: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one topic as shown on `as_of`. Shifts are oldest first."""

    topic: str
    target: str
    as_of: date
    rows: tuple[Row, ...]
    claims: tuple[Claim, ...] = ()
    shifts: tuple[Shift, ...] = ()
    feeds: FeedSummary = field(default_factory=FeedSummary)

    def row(self, party: str) -> Row | None:
        """The row of that party, if it is on the board."""
        return next((row for row in self.rows if row.party == party), None)
