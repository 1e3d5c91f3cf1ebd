"""A statement: one party's position in one sentence, with the evidence for it.

The terms are those of stance detection (SemEval-2016 Task 6) and of attribution relations
(PARC 3, PolNeAR: source, cue, content).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from watcher.domain.article import ArticleRef


class Stance(StrEnum):
    """Where a party stands towards the target."""

    SUPPORT = "support"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    OPPOSE = "oppose"


SCORES = {Stance.SUPPORT: 1.0, Stance.CONDITIONAL: 0.25, Stance.UNDECIDED: 0.0, Stance.OPPOSE: -1.0}
"""The stances as numbers from -1 (oppose) to 1 (support), for trends."""


def nearest(score: float) -> Stance:
    """The stance whose score is nearest: what a trend's point shows."""
    return min(SCORES, key=lambda stance: abs(SCORES[stance] - score))


class Voice(StrEnum):
    """Who says what the party's position is; the order is the order of weight."""

    OWN = "own"  # the party itself, in words or deeds
    REPORTED = "reported"  # unnamed sources or another outlet
    CLAIMED = "claimed"  # another party or a named person


class Strength(StrEnum):
    """How far to trust the rule that read the statement."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that bears on the stance, where it stands, and the sign it passes on.

    `start` and `end` are offsets into the article's document; `sign` is -1, 0 or 1.
    """

    text: str
    start: int
    end: int
    sign: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One party's position, and everything that shows it.

    `start` and `end` bound the sentence (or the quotation that runs over several) in the article's
    document. `source` is who is said to say it, as written; `claimed_by` the tracked party behind
    a claim. `chain` are the cues in reading order whose signs multiply to the stance; `target` is
    the target phrase as written, at `target_start`. `speaker` tells how the source was resolved.
    `confidence` is the measured share of such statements that are right, 0 to 1.
    """

    topic: str
    party: str
    stance: Stance
    voice: Voice
    strength: Strength
    cue: str
    rule: str
    sentence: str
    start: int
    end: int
    article: ArticleRef
    source: str | None = None
    claimed_by: str | None = None
    conditions: tuple[str, ...] = ()
    said_on: date | None = None
    confidence: float = 0.5
    member: bool = False  # a member spoke: weighs less than the party
    deed: bool = False  # an act (vote, signature, veto, suit): outranks words
    divided: bool = False  # said of a split camp
    chain: tuple[Cue, ...] = ()
    target: str = ""
    target_start: int = -1
    speaker: str = ""

    @property
    def day(self) -> date:
        """The day it counts for: when it was said if known, else when it was published."""
        return self.said_on or self.article.published.date()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A sentence with a party and a target that gave no statement, and why."""

    sentence: str
    start: int
    end: int
    reason: str
    party: str = ""


@dataclass(frozen=True, slots=True)
class Detection:
    """All that the detector read in one text for one topic.

    `language` is an ISO 639-1 code, empty if unknown; where the detector has no lexicon for it,
    there are no statements and `unread` says so.
    """

    statements: tuple[Statement, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    language: str = "en"
    unread: str = ""
