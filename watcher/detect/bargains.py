"""Positions that ask for something in other words than a marker's: `wants aid before it agrees`, `no deal that ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.condition_markers import clause, willing
from watcher.detect.condition_scope import WANTING, in_return
from watcher.detect.marks import QUOTES

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
        span = (x, x + 1) if lower[x] in NEED else parsed.lexicon.phrase("needing", lower, x, min(before, x + 3))
        if span and span[0] == x:
            hits = [parsed.verb(k) for k in range(max(0, x - 2), x)]
            dropped = any(hit and "ending" in hit[0].kinds for hit in hits)  # "dropped its demand that ..."
            return -1 if dropped else span[1]
    return -1


NEED = frozenset(["need", "needs", "needed"])


def asked(parsed: Parsed, finding: Finding) -> int:
    """Where what a yes asks for starts, -1 if it asks for nothing."""
    for rule in (in_return, _in_return_alone, _only_with, _given, _in_principle):
        if (start := rule(parsed, finding)) >= 0:
            return start
    return -1


def _in_return_alone(parsed: Parsed, finding: Finding) -> int:
    """`would sign it in return`: for what was named before."""
    end = finding.target.end
    alone = parsed.lower[end : end + 2] in (["in", "return"], ["in", "exchange"]) and parsed.lower[
        end + 2 : end + 3
    ] != ["for"]
    return end if alone and willing(parsed, finding) else -1


def _given(parsed: Parsed, finding: Finding) -> int:
    """`give us guarantees and we will sign it`: what is told to be done first."""
    lower = parsed.lower
    joint = next((x for x in range(finding.at - 1, max(0, finding.at - 6), -1) if lower[x] == "and"), -1)
    if joint < 2 or lower[joint + 1] not in ("we", "i") or not willing(parsed, finding):
        return -1
    lo, _ = clause(parsed, joint, joint)
    start = next((x for x in range(lo, joint) if parsed.words[x] not in QUOTES), joint)
    return start if lower[start] in GIVING else -1


GIVING = frozenset(
    ["give", "meet", "drop", "lift", "change", "remove", "accept", "fix", "guarantee", "scrap", "show", "end"]
)
GIVING |= {"grant", "bring", "put", "write", "withdraw", "release", "pay", "free", "cut", "let", "take", "open", "add"}
"""As the first word of a bargain they tell what the other side is to do."""


def _in_principle(parsed: Parsed, finding: Finding) -> int:
    """`agreed in principle to it but wants changes`: where what is still wanted starts."""
    lower, end = parsed.lower, finding.target.end
    but = next((x for x in range(end, min(len(parsed) - 1, end + 3)) if lower[x] in ("but", "though")), -1)
    if but < 0 or "principle" not in lower[finding.at : finding.target.start]:
        return -1
    hits = [parsed.verb(x) for x in range(but + 1, min(len(parsed), but + 5))]
    return next((hit[1] for hit in hits if hit is not None and hit[0].lemma in WANTING | {"need"}), -1)


def _only_with(parsed: Parsed, finding: Finding) -> int:
    """`would only sign it with guarantees`: where what it takes starts, -1 if nothing does."""
    lower, end = parsed.lower, finding.target.end
    if "only" not in lower[max(0, finding.at - 3) : finding.at] or not willing(parsed, finding):
        return -1
    return end + 1 if lower[end : end + 1] in (["with"], ["once"], ["after"], ["when"]) else -1
