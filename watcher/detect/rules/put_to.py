"""What is put to someone behind a noun: `rejected the demand that it sign`, `denied claims that it left`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, as_first, signed
from watcher.detect.marks import HARD
from watcher.detect.path import cue
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

CLAUSE, CARRIED = 9, 6
"""Words between "that" and the verb of its clause, and between the noun before it and the verb that carries that."""

DEMANDS = frozenset(["demand", "demands", "call", "calls", "request", "requests", "idea", "notion", "insistence"])
"""What they put to someone may be granted or refused."""

CLAIMS = frozenset(["claim", "claims", "report", "reports", "suggestion", "suggestions", "allegation", "speculation"])
CLAIMS |= {"allegations", "rumour", "rumours", "rumor", "rumors", "accusation", "accusations"}
"""Whoever denies them tells little of what it wants."""

REFUSING = frozenset(["reject", "dismiss", "refuse", "rebuff", "deny", "rule out", "resist", "scoff at", "turn down"])
REFUSING |= {"oppose", "brush off", "brush aside", "laugh off", "ridicule", "dispute", "refute", "spurn"}
MAKING = frozenset(["repeat", "renew", "reiterate", "make", "issue", "back", "support", "accept", "endorse", "embrace"])


def told_behind(parsed: Parsed, path: Path) -> int:
    """Where "that" stands in whose clause, behind a demand or a denied claim, the chain's verb is; -1 if in none."""
    for x in range(path.top - 1, max(1, path.top - CLAUSE), -1):
        if parsed.words[x] in HARD or parsed.words[x] == ",":
            return -1
        if parsed.lower[x] == "that":
            claimed = parsed.lower[x - 1] in CLAIMS and _carrier(parsed, x)[1] in REFUSING
            return x if claimed or parsed.lower[x - 1] in DEMANDS else -1
    return -1


def _carrier(parsed: Parsed, that: int) -> tuple[int, str]:
    """The verb whose object is the noun before "that", and its lemma; -1 if there is none."""
    for x in range(that - 2, max(-1, that - CARRIED), -1):
        if (hit := parsed.verb(x)) is not None:
            return x, hit[0].lemma
    return -1, ""


def put_to(scene: Scene, path: Path, that: int) -> Iterator[Finding]:
    """`X rejected the demand that Y sign it`: X, against it; of who only denies a claim nothing is told."""
    parsed = scene.parsed
    if parsed.lower[that - 1] in CLAIMS:
        return
    at, lemma = _carrier(parsed, that)
    before = parsed.back_over(at - 1, parsed.light)
    if lemma not in REFUSING | MAKING or any(parsed.negated(x) for x in range(before + 1, at)):
        return
    sign = -1 if lemma in REFUSING else 1
    subject = subject_of(parsed, at, scene.memory)
    source = scene.speaker(at) if subject.kind == "first" else None
    mentions = as_first(source.mentions) if source and source.kind == "party" else subject.mentions
    marks = [cue(parsed, at, that, sign), *path.cues]
    for mention in mentions:
        yield Finding(mention, signed(sign * path.sign), "clause", at, path.target, marks, how=subject.how)
