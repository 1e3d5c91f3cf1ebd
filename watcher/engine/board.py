"""The board of a topic on a day: each party's row, the claims against its own words, the shifts."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from watcher.domain.board import Board, Claim, Row
from watcher.domain.settings import BoardSettings
from watcher.domain.statement import Stance, Voice
from watcher.engine.course import Course
from watcher.engine.hearing import Hearing, summarise_feeds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from watcher.domain.feed import Feed, FeedState
    from watcher.domain.judgement import Pin
    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic
    from watcher.engine.history import History
    from watcher.engine.steps import Entry

STALE_AFTER = BoardSettings().stale_after
CLAIM_REACH = timedelta(days=30)
"""A claim that is older than the party's own last words by more than this is history."""
CONTESTED_SHOWN = 5
SUREST = 0.99
"""However many stories agree, a machine read them."""
OPEN = frozenset({Stance.CONDITIONAL, Stance.UNDECIDED})


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
    """The board as it would have been shown at the end of the day `as_of` (UTC).

    Only articles published by then count, and pins set by then; the history's corrections always do,
    since they mend the reading and not the world. `feeds` are those that the topic listens to.
    """
    states = feed_states or {}
    hearing = Hearing(feeds, states, as_of)
    rows, claims, shifts = [], [], []
    for party in topic.parties:
        known = history.until(party.name, as_of)
        course = Course(party.name, stale_after)
        course.follow(known.steps)
        pin = next((p for p in reversed(pins) if _holds(p, party.name, as_of)), None)
        rows.append(_row(course, known.entries, as_of, hearing, pin))
        shifts += course.shifts
        claims += _claims(course, known.entries)
    shifts.sort(key=lambda shift: shift.day)
    return Board(
        topic.name, topic.target, as_of, tuple(rows), tuple(claims), tuple(shifts), summarise_feeds(feeds, states)
    )


def _row(course: Course, entries: Sequence[Entry], as_of: date, hearing: Hearing, pin: Pin | None) -> Row:
    """The party's row from its course."""
    if course.standing is None:
        since = pin.at.date() if pin else None
        return Row(course.party, stance=pin.stance if pin else None, pin=pin, since=since, unheard=hearing.deaf)
    reading = course.standing.reading
    since = course.since or course.standing.day
    period = _since(entries, since)
    if course.begins:
        period = [entry for entry in period if not _overtaken(entry, since, course.begins, reading.stance)]
    stance = reading.stance
    agreeing = [entry for entry in period if entry.reading.stance is stance]
    against = [
        s for entry in period if entry.reading.stance is not stance for s in entry.statements if s.stance is not stance
    ]
    last = takewhile(lambda entry: entry.day == entries[-1].day, reversed(entries))
    latest = max(
        (s for entry in last for s in entry.statements),
        key=lambda s: (s.day, s.voice is not Voice.CLAIMED, s.stance is reading.stance, s.article.published),
    )
    feeds = {entry.article.feed for entry in agreeing} - {""}
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
        statements=sum(len(entry.statements) for entry in entries),
        latest=latest,
        contested=tuple(sorted(against, key=lambda s: s.day, reverse=True)[:CONTESTED_SHOWN]),
        stale=latest.day + course.stale_after < as_of,
        unheard=hearing.misses(feeds),
        pin=pin,
        machine=reading.stance if pin else None,
    )


def _since(entries: Sequence[Entry], day: date) -> Sequence[Entry]:
    """The entries of that day and later; they are in order of days."""
    return entries[bisect_left(entries, day, key=attrgetter("day")) :]


def _overtaken(entry: Entry, since: date, begins: datetime, stance: Stance) -> bool:
    """Whether the entry said otherwise on the day since which the stance stands, before it was taken."""
    return entry.day == since and entry.article.published < begins and entry.reading.stance is not stance


def _confidence(agreeing: Sequence[Entry], period: Sequence[Entry]) -> float:
    """How sure the row is, 0 to 1: the chance that not all agreeing stories were misread, times
    the share of the period's stories that agree. Only a person's own correction makes it certain."""
    wrong = 1.0
    for confidence in _per_story(agreeing).values():
        wrong *= 1 - confidence
    share = len({e.article.story for e in agreeing}) / max(1, len({e.article.story for e in period}))
    return min(round((1 - wrong) * (0.5 + 0.5 * share), 2), SUREST if wrong else 1.0)


def _per_story(entries: Sequence[Entry]) -> dict[str, float]:
    """The best confidence of each story: copies of a text add nothing."""
    best: dict[str, float] = {}
    for entry in entries:
        story, confidence = entry.article.story, entry.reading.confidence
        if story not in best or confidence > best[story]:
            best[story] = confidence
    return best


def _independent(entries: Sequence[Entry]) -> int:
    """Independent sources: for each story the one that had it first, each source once."""
    first: dict[str, tuple[datetime, str]] = {}
    for entry in entries:
        article = entry.article
        mine = (article.published, article.source)
        if article.story not in first or mine < first[article.story]:
            first[article.story] = mine
    return len({source for _, source in first.values()})


def _claims(course: Course, entries: Sequence[Entry]) -> list[Claim]:
    """What others say of the party against its own words; of one claimant and label the newest."""
    if course.standing is None or course.standing.reading.voice is not Voice.OWN:
        return []
    stands = course.standing.reading.stance
    own = Voice.OWN
    last_word = next(entry.day for entry in reversed(entries) if entry.reading.voice is own)
    reach = _since(entries, last_word - CLAIM_REACH)
    newest: dict[tuple[str, Stance], Statement] = {}
    for statement in (s for entry in reach for s in entry.statements):
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
