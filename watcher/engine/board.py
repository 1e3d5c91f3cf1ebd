"""Statements to the board: where each party stands on a day, and how it came there.

The order of weight is the codebook's: own words before what is reported, reported before what
others claim; deeds before words; then the latest. Over days that reads:

- each day's texts are weighed together: the best voice of the day, then deeds, then the label
  that most independent stories give, then the latest;
- the day's label takes the place of the one that stands, unless that one weighs more: a better
  voice that is not yet stale, a deed of the last days against words, an office against a member;
- one weakly read text does not turn over a stance that others still uphold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from watcher.domain.board import Board, Claim, FeedSummary, Row, Shift
from watcher.domain.settings import BoardSettings
from watcher.domain.statement import Stance, Strength, Voice
from watcher.engine.history import Entry, History

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from watcher.domain.board import PartyReading
    from watcher.domain.feed import Feed, FeedState
    from watcher.domain.judgement import Correction, Pin
    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic

STALE_AFTER = BoardSettings().stale_after
DEED_HOLDS = timedelta(days=3)
"""For so long an act outweighs words about it; later words are news."""
UPHELD = timedelta(days=7)
"""A stance read again within these days is not turned over by one weakly read text."""
CLAIM_REACH = timedelta(days=30)
"""A claim that is older than the party's own last words by more than this is history."""
CONTESTED_SHOWN = 5
WEIGHT = {Voice.OWN: 2, Voice.REPORTED: 1, Voice.CLAIMED: 0}
OPEN = frozenset({Stance.CONDITIONAL, Stance.UNDECIDED})


def build(
    topic: Topic,
    statements: Iterable[Statement],
    *,
    as_of: date,
    corrections: Sequence[Correction] = (),
    pins: Sequence[Pin] = (),
    feed_states: Mapping[str, FeedState] | None = None,
    feeds: Sequence[Feed] = (),
    stale_after: timedelta = STALE_AFTER,
) -> Board:
    """The board as it would have been shown at the end of the day `as_of` (UTC).

    Only articles published by then count, and pins set by then; corrections always do, since
    they mend the reading and not the world. `feeds` are those that the topic listens to.
    """
    history = History(statements, corrections)
    return board_of(
        topic, history, as_of=as_of, pins=pins, feed_states=feed_states, feeds=feeds, stale_after=stale_after
    )


def board_of(
    topic: Topic,
    history: History,
    *,
    as_of: date,
    pins: Sequence[Pin] = (),
    feed_states: Mapping[str, FeedState] | None = None,
    feeds: Sequence[Feed] = (),
    stale_after: timedelta = STALE_AFTER,
) -> Board:
    """The same from a history that is at hand: stepping through days costs a walk each."""
    states = feed_states or {}
    failing = {feed.name for feed in feeds if (state := states.get(feed.url)) and state.status.failing}
    rows, claims, shifts = [], [], []
    for party in topic.parties:
        entries = [entry for entry in history.entries.get(party.name, ()) if entry.published <= as_of]
        course = Course(party.name, stale_after)
        course.follow(entries)
        pin = next((p for p in reversed(pins) if _holds(p, party.name, as_of)), None)
        rows.append(_row(course, entries, as_of, failing, pin))
        shifts += course.shifts
        claims += _claims(course, entries)
    shifts.sort(key=lambda shift: shift.day)
    return Board(
        topic.name, topic.target, as_of, tuple(rows), tuple(claims), tuple(shifts), summarise_feeds(feeds, states)
    )


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

    def follow(self, entries: Sequence[Entry]) -> None:
        """Walks the entries, oldest first."""
        for day, group in groupby(entries, key=lambda entry: entry.day):
            best = weigh(list(group))
            if self._takes_over(best, day):
                self._stand(best, day)
            if self.standing:
                self.trend.append((day, self.standing.reading.stance.score))

    def _takes_over(self, best: Day, day: date) -> bool:
        now = self.standing
        if now is None:
            return True
        new, old = best.entry.reading, now.reading
        if new.stance == old.stance:
            # the same stance in a lesser voice confirms it, and leaves the better evidence standing
            return WEIGHT[new.voice] >= WEIGHT[old.voice] or self._stale(day)
        if WEIGHT[new.voice] < WEIGHT[old.voice]:
            return self._stale(day)
        if new.decisive.member and not old.decisive.member:
            return False
        if old.decisive.deed and not new.decisive.deed and day - self.upheld <= DEED_HOLDS:
            return False
        return not self._lone_weak(best, day, old)

    def _lone_weak(self, best: Day, day: date, old: PartyReading) -> bool:
        """Whether the day is a first weak reading against a well read stance that is still upheld."""
        new = best.entry.reading
        if best.stories > 1 or new.decisive.strength is Strength.STRONG:
            return False
        if old.decisive.strength is Strength.WEAK or day - self.upheld > UPHELD:
            return False
        repeated, self.doubt = self.doubt is new.stance, new.stance
        return not repeated

    def _stale(self, day: date) -> bool:
        return day - self.upheld > self.stale_after

    def _stand(self, best: Day, day: date) -> None:
        before = self.standing.reading.stance if self.standing else None
        after = best.entry.reading.stance
        self.standing, self.upheld, self.doubt = best.entry, day, None
        if after is not before:
            self.shifts.append(Shift(day, self.party, before, after, best.entry.reading.decisive))
            self.previous, self.since = before, day


@dataclass(frozen=True, slots=True)
class Day:
    """What a day's texts come to: the entry that speaks for it, and how many stories agree with it."""

    entry: Entry
    stories: int


def weigh(entries: Sequence[Entry]) -> Day:
    """One label for all texts of a day: best voice, then office before member, then deeds, then
    the label of most stories, then the latest."""
    best = max(_rank(entry) for entry in entries)
    leading = [entry for entry in entries if _rank(entry) == best]
    stories: dict[Stance, set[str]] = {}
    for entry in leading:
        stories.setdefault(entry.reading.stance, set()).add(entry.article.story)
    last = {entry.reading.stance: n for n, entry in enumerate(leading)}
    winner = max(stories, key=lambda stance: (len(stories[stance]), last[stance]))
    chosen = max(
        (entry for entry in leading if entry.reading.stance is winner),
        key=lambda entry: (entry.reading.decisive.strength is Strength.STRONG, entry.article.published),
    )
    return Day(chosen, len(stories[winner]))


def _rank(entry: Entry) -> tuple[int, bool, bool]:
    decisive = entry.reading.decisive
    return WEIGHT[entry.reading.voice], not decisive.member, decisive.deed


def _row(course: Course, entries: Sequence[Entry], as_of: date, failing: set[str], pin: Pin | None) -> Row:
    """The party's row from its course."""
    statements = [statement for entry in entries for statement in entry.statements]
    if course.standing is None:
        return Row(course.party, stance=pin.stance if pin else None, pin=pin, since=pin.at.date() if pin else None)
    reading = course.standing.reading
    since = course.since or course.standing.day
    period = [entry for entry in entries if entry.day >= since]
    agreeing = [entry for entry in period if entry.reading.stance is reading.stance]
    against = [
        s for entry in period if entry.reading.stance is not reading.stance for s in entry.statements
        if s.stance is not reading.stance
    ]  # fmt: skip
    latest = max(statements, key=lambda s: (s.day, s.voice is not Voice.CLAIMED, s.article.published))
    feeds = {entry.article.feed for entry in agreeing if entry.article.feed}
    return Row(
        party=course.party,
        stance=pin.stance if pin else reading.stance,
        voice=reading.voice,
        divided=reading.divided,
        conditions=reading.conditions,
        confidence=_confidence(agreeing, period),
        since=pin.at.date() if pin else since,
        previous=course.previous,
        trend=tuple(course.trend),
        sources=_independent(agreeing),
        statements=len(statements),
        latest=latest,
        contested=tuple(sorted(against, key=lambda s: s.day, reverse=True)[:CONTESTED_SHOWN]),
        stale=latest.day + course.stale_after < as_of,
        unheard=bool(feeds) and feeds <= failing,
        pin=pin,
        machine=reading.stance if pin else None,
    )


def _confidence(agreeing: Sequence[Entry], period: Sequence[Entry]) -> float:
    """How sure the row is, 0 to 1: the chance that not all agreeing stories were misread, times
    the share of the period's stories that agree."""
    wrong = 1.0
    for confidence in _per_story(agreeing).values():
        wrong *= 1 - confidence
    share = len({e.article.story for e in agreeing}) / max(1, len({e.article.story for e in period}))
    return round((1 - wrong) * (0.5 + 0.5 * share), 2)


def _per_story(entries: Sequence[Entry]) -> dict[str, float]:
    """The best confidence of each story: copies of a text add nothing."""
    best: dict[str, float] = {}
    for entry in entries:
        best[entry.article.story] = max(best.get(entry.article.story, 0.0), entry.reading.confidence)
    return best


def _independent(entries: Sequence[Entry]) -> int:
    """Independent sources: for each story the one that had it first, each source once."""
    first: dict[str, tuple[datetime, str]] = {}
    for entry in entries:
        mine = (entry.article.published, entry.article.source)
        first[entry.article.story] = min(first.get(entry.article.story, mine), mine)
    return len({source for _, source in first.values()})


def _claims(course: Course, entries: Sequence[Entry]) -> list[Claim]:
    """What others say of the party against its own words; of one claimant and label the newest."""
    own = [entry for entry in entries if entry.reading.voice is Voice.OWN]
    if course.standing is None or not own or course.standing.reading.voice is not Voice.OWN:
        return []
    stands, last_word = course.standing.reading.stance, max(entry.day for entry in own)
    newest: dict[tuple[str, Stance], Statement] = {}
    for statement in (s for entry in entries for s in entry.statements):
        by = statement.claimed_by or statement.source
        if statement.voice is not Voice.CLAIMED or not by or by == course.party:
            continue
        if contradicts(statement.stance, stands) and statement.day >= last_word - CLAIM_REACH:
            key = (by, statement.stance)
            if key not in newest or newest[key].day <= statement.day:
                newest[key] = statement
    return [Claim(course.party, by, stance, stands, statement) for (by, stance), statement in newest.items()]


def contradicts(claimed: Stance, own: Stance) -> bool:
    """Whether a claim contradicts a party's own stance; conditional and undecided are both open."""
    return claimed is not own and not {claimed, own} <= OPEN


def _holds(pin: Pin, party: str, as_of: date) -> bool:
    return pin.party == party and not pin.withdrawn and pin.at.date() <= as_of


def summarise_feeds(feeds: Sequence[Feed], states: Mapping[str, FeedState]) -> FeedSummary:
    """How many of the feeds answer, how many fail, and the newest item of any."""
    known = [states[feed.url] for feed in feeds if feed.enabled and feed.url in states]
    newest = max((state.newest_item for state in known if state.newest_item), default=None)
    failing = sum(state.status.failing for state in known)
    return FeedSummary(len(known) - failing, failing, newest)
