"""Positions that ask for something in other words than a marker's: `wants aid before it agrees`, `no deal that ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.condition_markers import clause, willing

if TYPE_CHECKING:
    from watcher.detect.finding import Finding
    from watcher.detect.parsed import Parsed


def restricted(parsed: Parsed, finding: Finding) -> int:
    """`would not sign a deal that threatens the reef`: where what rules the deal out starts, -1 if nothing does.

    Only of a target that is not yet one: "a", "no"; "the deal that ..." is known, "any deal that ..." means it.
    """
    lower, target = parsed.lower, finding.target
    head = lower[max(0, target.start - 4) : target.end]
    i = target.end
    if not {"a", "an", "no"} & set(head) or {"any", "the", "this", "another"} & set(head) or i + 2 >= len(lower):
        return -1
    if not willing(parsed, finding) and "never" not in lower[max(0, finding.at - 4) : finding.at]:
        return -1
    if lower[i] not in ("that", "which") or parsed.mention_at(i + 1) or lower[i + 1] in parsed.lexicon.sets["pronouns"]:
        return -1
    return i + 1


def before_it(parsed: Parsed, finding: Finding) -> int:
    """`wants cheaper gas before it agrees`: where the thing wanted starts, -1 if nothing is."""
    lower = parsed.lower
    before = next((x for x in range(finding.at - 1, max(-1, finding.at - 8), -1) if lower[x] == "before"), -1)
    if before < 3 or lower[before - 1] == "not":
        return -1
    lo, _ = clause(parsed, before, before)
    for x in range(lo, before):
        span = parsed.lexicon.phrase("needing", lower, x, min(before, x + 3))
        if span and span[0] == x:
            hits = [parsed.verb(k) for k in range(max(0, x - 2), x)]
            dropped = any(hit and "ending" in hit[0].kinds for hit in hits)  # "dropped its demand that ..."
            return -1 if dropped else span[1]
    return -1


def only_with(parsed: Parsed, finding: Finding) -> int:
    """`would only sign it with guarantees`: where what it takes starts, -1 if nothing does."""
    lower, end = parsed.lower, finding.target.end
    if "only" not in lower[max(0, finding.at - 3) : finding.at] or not willing(parsed, finding):
        return -1
    return end + 1 if lower[end : end + 1] in (["with"], ["once"], ["after"], ["when"]) else -1
