"""What a person says about the machine's reading; kept beside it, never in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watcher.domain.statement import Stance, Statement


@dataclass(frozen=True, slots=True)
class StatementKey:
    """Finds a statement again after a re-reading: by its words, since offsets and rules change."""

    article: str
    topic: str
    party: str
    sentence: str  # white space folded

    @classmethod
    def of(cls, statement: Statement) -> StatementKey:
        """The key of a statement."""
        return cls(statement.article.id, statement.topic, statement.party, " ".join(statement.sentence.split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A statement relabelled (`stance` set) or rejected (`stance` None). The newest `at` counts."""

    id: str
    key: StatementKey
    stance: Stance | None
    note: str = ""
    by: str = ""
    at: datetime
    withdrawn: bool = False  # undone; stays in the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A party's stance set by a person from `at` on, until withdrawn."""

    id: str
    topic: str
    party: str
    stance: Stance
    note: str = ""
    by: str = ""
    at: datetime
    withdrawn: bool = False
