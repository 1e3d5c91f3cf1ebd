"""How often a rule is right: the measured share of its statements that agree with a careful reader."""

from __future__ import annotations

from watcher.detect.frames import Finding
from watcher.detect.voice import Telling
from watcher.domain.statement import Stance, Strength, Voice

RATES = {
    "clause": 0.75,
    "relative": 0.7,
    "passive": 0.7,
    "nominal": 0.7,
    "judgement": 0.6,
    "reaction": 0.65,
    "terms": 0.7,
    "withheld": 0.7,
    "own-proposal": 0.65,
    "content": 0.6,
    "predicate": 0.55,
}
STRONG = 0.65


def confidence(finding: Finding, told: Telling) -> float:
    """The rule's rate, less for claims, pronouns and targets taken up by a bare noun."""
    rate = RATES[finding.rule]
    if told.voice is Voice.CLAIMED:
        rate -= 0.25
    elif told.voice is Voice.REPORTED:
        rate -= 0.1
    if not finding.target.full:
        rate -= 0.05
    if finding.mention.how == "pronoun":
        rate -= 0.03
    if finding.stance in (Stance.CONDITIONAL, Stance.UNDECIDED) and finding.rule != "own-proposal":
        rate += 0.02
    return round(max(0.05, rate), 2)


def strength(finding: Finding, told: Telling) -> Strength:
    """Strong where the confidence is."""
    return Strength.STRONG if confidence(finding, told) >= STRONG else Strength.WEAK
