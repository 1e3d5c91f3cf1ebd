"""The label that one text alone gives each party: the codebook's tie-breakers over its statements."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from watcher.domain.board import PartyReading
from watcher.domain.statement import Stance, Statement, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ORDER = (Voice.OWN, Voice.REPORTED, Voice.CLAIMED)

MEMBER = 0.4
"""A member's word against the party's own."""

DEED = 1.5
"""An act against words."""

WEIGHTS = {"own-proposal": 0.6, "predicate": 0.6, "content": 0.8}
"""Rules that show a position only by the way."""

TIE = 0.95
"""Two stances whose weights are this close are a tie."""

_CONDITIONAL = Stance.CONDITIONAL  # an enumeration looks its members up slowly

HISTORIC = timedelta(days=365)
"""A position put on a day this long before the text counts for that day, not for the text's."""

TURN = re.compile(
    r"\b(?:now|today|no longer|has since|have since|reversed|changed (?:his|her|its|their) mind|instead)\b", re.I
)
"""Words that say the later statement replaces the earlier."""

EARLIER = re.compile(
    r"\bhad\s+(?:\w+ly\s+|also\s+|long\s+|once\s+|earlier\s+|before\s+)?"
    r"(?:said|told|warned|vowed|pledged|promised|insisted|argued|declared|announced|threatened|signal+ed|indicated"
    r"|demanded|maintained|stressed|suggested|called)\b",
    re.I,
)
"""What someone "had said" was said before what the text tells, wherever it stands in it."""


def read_document(statements: Sequence[Statement]) -> dict[str, PartyReading]:
    """A reading for each party with statements in one text, in order of first statement.

    Own words outrank what is reported, and that what others claim; within the voice that counts, acts outrank
    words, the party its members, and a condition named outranks a bare refusal. What a text puts years back is no
    position of the day.
    """
    by_party: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if not is_historic(statement):
            by_party[statement.party].append(statement)
    return {party: read_party(group) for party, group in by_party.items()}


def is_historic(statement: Statement) -> bool:
    """Whether the statement counts for its own day and not for that of its text."""
    return statement.said_on is not None and statement.article.published.date() - statement.said_on >= HISTORIC


def weight(statement: Statement) -> float:
    """How much a statement counts in the vote."""
    value = statement.confidence * WEIGHTS.get(statement.rule, 1.0)
    return value * (MEMBER if statement.member else 1.0) * (DEED if statement.deed else 1.0)


def read_party(statements: Sequence[Statement]) -> PartyReading:
    """One party's reading from its statements in one text, of which there is at least one."""
    if len(statements) == 1:  # most often; a history of years is made of these
        one = statements[0]
        conditions = one.conditions if one.stance is _CONDITIONAL else ()
        if len(conditions) > 1:
            conditions = merge_conditions(statements)
        return PartyReading(one.stance, one.voice, one.divided, conditions, _rounded(one.confidence), one)
    voice = next(voice for voice in ORDER if any(s.voice is voice for s in statements))
    group = [s for s in statements if s.voice is voice]
    last = max(group, key=lambda s: (not EARLIER.search(s.sentence), s.start, s.deed))
    votes: dict[Stance, float] = defaultdict(float)
    for statement in group:
        votes[statement.stance] += weight(statement)
    stance = _winner(votes, last)
    agreeing = [s for s in group if s.stance is stance]
    decisive = max(agreeing, key=lambda s: (weight(s), s.start))
    return _reading(agreeing, stance, decisive, votes[stance] / sum(votes.values()))


@lru_cache(maxsize=1024)
def _rounded(confidence: float) -> float:
    """A confidence as it is shown; there are as many as rules, and rounding takes longer than looking up."""
    return round(confidence, 2)


def _reading(agreeing: Sequence[Statement], stance: Stance, decisive: Statement, share: float) -> PartyReading:
    """The reading that `agreeing` statements bear out, with their share of all weight, 0 to 1."""
    return PartyReading(
        stance=stance,
        voice=decisive.voice,
        divided=any(s.divided for s in agreeing),
        conditions=merge_conditions(agreeing) if stance is Stance.CONDITIONAL else (),
        confidence=round(decisive.confidence * (0.5 + 0.5 * share), 2),
        decisive=decisive,
    )


def _winner(votes: dict[Stance, float], last: Statement) -> Stance:
    """The stance with most weight; a turn, a near tie and a condition are settled by the latest statement."""
    stance = max(votes, key=lambda s: (votes[s], s is last.stance))
    if stance is not last.stance and not last.member:
        if TURN.search(last.sentence) and last.rule != "own-proposal":
            return last.stance
        if votes[last.stance] >= TIE * votes[stance]:
            return last.stance
    conditional = votes.get(Stance.CONDITIONAL, 0.0)
    if not conditional or stance is Stance.CONDITIONAL:
        return stance
    final = last.stance is Stance.CONDITIONAL
    if stance is Stance.OPPOSE and (final or conditional >= 0.6 * votes[stance]):
        return Stance.CONDITIONAL  # the way to yes is the more specific
    if stance is Stance.SUPPORT and final and 3 * conditional >= votes[stance]:
        return Stance.CONDITIONAL
    return stance


def merge_conditions(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Conditions, each once: of two that share their main word the later one stands."""
    found: dict[str, str] = {}
    for statement in statements:
        for condition in statement.conditions:
            words = [word for word in condition.lower().split() if len(word) > 3]
            key = next((known for known in found if known in words), words[0] if words else condition)
            found[key] = condition
    return tuple(found.values())
