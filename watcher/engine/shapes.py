"""The JSON shapes that scripts rely on, as plain dicts: the one place that names their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from watcher.domain.article import ArticleRef
    from watcher.domain.board import Board, Claim, PartyReading, Row, Shift
    from watcher.domain.judgement import Pin
    from watcher.domain.statement import Statement

JSON = dict[str, Any]


def article_json(article: ArticleRef) -> JSON:
    """Where a statement stands written."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "published": moment(article.published),
    }


def statement_json(statement: Statement) -> JSON:
    """A statement; `start` and `end` count in title + "\\n\\n" + text."""
    return {
        "topic": statement.topic,
        "party": statement.party,
        "stance": statement.stance.value,
        "voice": statement.voice.value,
        "strength": statement.strength.value,
        "source": statement.source,
        "claimed_by": statement.claimed_by,
        "cue": statement.cue,
        "rule": statement.rule,
        "conditions": list(statement.conditions),
        "sentence": statement.sentence,
        "start": statement.start,
        "end": statement.end,
        "said_on": statement.said_on.isoformat() if statement.said_on else None,
        "confidence": statement.confidence,
        "member": statement.member,
        "article": article_json(statement.article),
    }


def reading_json(reading: PartyReading) -> JSON:
    """The label that one text gives a party."""
    return {
        "stance": reading.stance.value,
        "voice": reading.voice.value,
        "divided": reading.divided,
        "conditions": list(reading.conditions),
        "confidence": round(reading.confidence, 2),
    }


def analysis_json(
    id: str, topic: str, matched: bool, parties: Mapping[str, PartyReading], statements: Iterable[Statement]
) -> JSON:
    """What the detector alone makes of one text."""
    return {
        "id": id,
        "topic": topic,
        "matched": matched,
        "parties": {party: reading_json(reading) for party, reading in parties.items()},
        "statements": [statement_json(statement) for statement in statements],
    }


def board_json(board: Board) -> JSON:
    """The board of one topic."""
    return {
        "topic": board.topic,
        "target": board.target,
        "as_of": board.as_of.isoformat(),
        "parties": [row_json(row) for row in board.rows],
        "claims": [claim_json(claim) for claim in board.claims],
        "shifts": [shift_json(shift) for shift in board.shifts],
        "feeds": {
            "ok": board.feeds.ok,
            "failing": board.feeds.failing,
            "newest": moment(board.feeds.newest) if board.feeds.newest else None,
        },
    }


def row_json(row: Row) -> JSON:
    """A party's row."""
    return {
        "party": row.party,
        "stance": row.stance.value if row.stance else None,
        "voice": row.voice.value if row.voice else None,
        "divided": row.divided,
        "conditions": list(row.conditions),
        "confidence": row.confidence,
        "since": row.since.isoformat() if row.since else None,
        "previous": row.previous.value if row.previous else None,
        "trend": [[day.isoformat(), score] for day, score in row.trend],
        "sources": row.sources,
        "statements": row.statements,
        "latest": statement_json(row.latest) if row.latest else None,
        "contested": [statement_json(statement) for statement in row.contested],
        "stale": row.stale,
        "unheard": row.unheard,
        "pin": pin_json(row.pin) if row.pin else None,
        "machine": row.machine.value if row.machine else None,
    }


def claim_json(claim: Claim) -> JSON:
    """A claim by one party about another that contradicts its own words."""
    return {
        "about": claim.about,
        "by": claim.by,
        "claimed_stance": claim.claimed_stance.value,
        "own_stance": claim.own_stance.value,
        "statement": statement_json(claim.statement),
    }


def shift_json(shift: Shift) -> JSON:
    """A change of stance; `from` is null for a first position."""
    return {
        "date": shift.day.isoformat(),
        "party": shift.party,
        "from": shift.before.value if shift.before else None,
        "to": shift.after.value,
        "statement": statement_json(shift.statement),
    }


def pin_json(pin: Pin) -> JSON:
    """A stance that a person set."""
    return {"stance": pin.stance.value, "note": pin.note, "by": pin.by, "at": moment(pin.at)}


def moment(time: datetime) -> str:
    """A time as RFC 3339 in UTC, to the second."""
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")
