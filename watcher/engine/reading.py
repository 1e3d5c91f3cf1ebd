"""The label that one text alone gives each party: the codebook's tie-breakers over its statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from watcher.domain.board import PartyReading
from watcher.domain.statement import Stance, Statement, Voice

ORDER = (Voice.OWN, Voice.REPORTED, Voice.CLAIMED)
MEMBER = 0.4
RULE_WEIGHT = {"own-proposal": 0.6, "predicate": 0.6, "content": 0.8}


def read_document(statements: Sequence[Statement]) -> dict[str, PartyReading]:
    """A reading for each party with statements in one text, in order of first statement."""
    by_party: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_party[statement.party].append(statement)
    return {party: _read_party(group) for party, group in by_party.items()}


def weight(statement: Statement) -> float:
    """How much a statement counts in the vote."""
    value = statement.confidence * RULE_WEIGHT.get(statement.rule, 1.0)
    if statement.member:
        value *= MEMBER
    if statement.deed:
        value *= 1.5
    return value


def _read_party(statements: list[Statement]) -> PartyReading:
    voice = next(voice for voice in ORDER if any(s.voice is voice for s in statements))
    group = [s for s in statements if s.voice is voice]
    votes: dict[Stance, float] = defaultdict(float)
    for statement in group:
        votes[statement.stance] += weight(statement)
    stance = max(votes, key=lambda s: (votes[s], s is Stance.CONDITIONAL))
    last = max(group, key=lambda s: s.start)
    conditional = votes.get(Stance.CONDITIONAL, 0.0)
    against = votes.get(Stance.OPPOSE, 0.0)
    if conditional and stance is Stance.OPPOSE and (last.stance is Stance.CONDITIONAL or conditional >= 0.6 * against):
        stance = Stance.CONDITIONAL
    elif conditional and stance is Stance.SUPPORT and last.stance is Stance.CONDITIONAL and 3 * conditional >= votes[stance]:
        stance = Stance.CONDITIONAL
    decisive = max((s for s in group if s.stance is stance), key=lambda s: (weight(s), s.start))
    conditions = merge_conditions(s for s in group if s.stance is Stance.CONDITIONAL) if stance is Stance.CONDITIONAL else ()
    share = votes[stance] / sum(votes.values())
    return PartyReading(
        stance=stance,
        voice=voice,
        divided=any(s.divided for s in group),
        conditions=conditions,
        confidence=round(decisive.confidence * (0.5 + 0.5 * share), 2),
        decisive=decisive,
    )


def merge_conditions(statements: object) -> tuple[str, ...]:
    """Conditions, each once: of two that share their main word the later one stands."""
    found: dict[str, str] = {}
    for statement in statements:  # type: ignore[attr-defined]
        for condition in statement.conditions:
            words = [w for w in condition.lower().split() if len(w) > 3]
            key = next((k for k in found if k in words), words[0] if words else condition)
            found[key] = condition
    return tuple(found.values())
