"""Whose word a statement is: the party's own, reported by the unnamed, or claimed by someone else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.domain.statement import Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.detect.attribution import Attribution, Source
    from watcher.detect.parsed import Parsed


@dataclass(frozen=True, slots=True)
class Telling:
    """The voice of a statement, who is said to say it, and the tracked party behind a claim."""

    voice: Voice
    source: str | None = None
    claimed_by: str | None = None
    how: str = ""


def speaker_at(attributions: Sequence[Attribution], i: int) -> Attribution | None:
    """The innermost attribution whose content holds token `i`."""
    holding = [a for a in attributions if a.covers(i) and a.cue != i]
    return min(holding, key=lambda a: a.width(i)) if holding else None


def telling(parsed: Parsed, party: str, at: int, attributions: Sequence[Attribution], first: Source | None) -> Telling:
    """The voice in which `party`'s position at token `at` is told. `first` is who says I there."""
    attribution = speaker_at(attributions, at)
    if attribution is None:
        if parsed.lexicon.phrase("reported", parsed.lower, max(0, at - 6), min(len(parsed), at + 2)):
            return Telling(Voice.REPORTED)
        return Telling(Voice.OWN)
    source = attribution.source
    if source.kind == "first" and first is not None:
        source = first
    if source.kind == "first":
        if parsed.quotation(at):
            return Telling(Voice.OWN, source.name)
        return Telling(Voice.CLAIMED, "the author")
    if source.kind == "party":
        if party in source.parties:
            return Telling(Voice.OWN, source.name, how=source.how)
        return Telling(Voice.CLAIMED, source.name, source.parties[0], source.how)
    if source.kind in ("unnamed", "media"):
        return Telling(Voice.REPORTED, source.name, how=source.how)
    return Telling(Voice.CLAIMED, source.name, how=source.how)
