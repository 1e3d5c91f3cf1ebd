"""How often a statement is right: rates measured on labelled articles, by rule and by how its parts were found.

A statement counts as right where it agrees with the label that careful readers gave the party for the whole text,
so a true statement of an earlier position counts against it: the rates are on the low side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.domain.statement import Stance, Strength, Voice

if TYPE_CHECKING:
    from watcher.detect.finding import Finding
    from watcher.detect.voice import Telling

RATES = {
    "clause": 0.85,
    "relative": 0.68,
    "passive": 0.82,
    "nominal": 0.8,
    "reaction": 0.82,
    "withheld": 0.73,
    "terms": 0.7,
    "bare": 0.8,
    "own-proposal": 0.76,
    "emotion": 0.72,
    "judgement": 0.74,
    "content": 0.7,
    "predicate": 0.66,
}
STRONG = 0.72


def confidence(finding: Finding, told: Telling) -> float:
    """The rule's rate, less for claims, for a speaker who had to be inferred, and for long chains."""
    rate = RATES[finding.rule]
    how = finding.how or finding.mention.how
    if told.voice is Voice.CLAIMED:
        rate -= 0.2
    elif told.voice is Voice.REPORTED:
        rate -= 0.05
    if "pronoun" in how:
        rate -= 0.09
    elif how == "elided" or "relative" in how or how.startswith("its "):
        rate -= 0.12
    if not finding.target.full:
        rate -= 0.03
    if len(finding.cues) > 2:
        rate -= 0.12
    if finding.stance is Stance.OPPOSE:
        rate -= 0.04
    return round(min(0.95, max(0.05, rate - held_back(finding))), 2)


def held_back(finding: Finding) -> float:
    """How much rarer a clause is right that holds a position back, than one that takes a side."""
    if finding.stance in (Stance.SUPPORT, Stance.OPPOSE) or finding.rule in ("withheld", "terms"):
        return 0.0
    return 0.1 if finding.condition >= 0 else 0.3


def strength(finding: Finding, told: Telling) -> Strength:
    """Strong where at least 85 in 100 were right when measured."""
    return Strength.STRONG if confidence(finding, told) >= STRONG else Strength.WEAK
