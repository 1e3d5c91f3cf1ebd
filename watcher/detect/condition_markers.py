"""The marker of a condition beside a position: `only if`, `unless`, `given ...`, and where the condition starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.condition_scope import another_clause
from watcher.detect.marker_senses import asks_nothing, opens_no_condition
from watcher.detect.marks import QUOTES
from watcher.detect.no_condition import (
    delayed,
    in_office,
    itself_so_far,
    so_far,
    told_then,
    unnamed,
    until_when,
)
from watcher.detect.path import cue

if TYPE_CHECKING:
    from watcher.detect.finding import Finding
    from watcher.detect.parsed import Parsed

STOPS = frozenset([".", ";", ":", "—", "–"])
ADDED = (["but", "only"], ["only", "if"], ["provided", "that"], ["on", "condition"], ["if", "only"])
"""Behind a dash they go on with what stands before it."""
FAR = 20
"""A marker further than this from governor and target is about something else."""


def clause(parsed: Parsed, at: int, target: int) -> tuple[int, int]:
    """The stretch around governor and target that qualifies them: to hard punctuation on both sides."""
    lo, hi = min(at, target), max(at, target) + 1
    while lo > 0 and parsed.words[lo - 1] not in STOPS:
        lo -= 1
    while hi < len(parsed) and (parsed.words[hi] not in STOPS or parsed.lower[hi + 1 : hi + 3] in ADDED):
        hi += 1
    return lo, hi


def mark_condition(parsed: Parsed, finding: Finding, *, support: bool = True, negated: bool = False) -> bool:
    """Finds the marker of a condition, notes it and where the condition starts; false if there is none."""
    lo, hi = clause(parsed, finding.at, finding.target.start)
    span = _leading(parsed, finding, lo, support, negated) or _trailing(parsed, finding, lo, hi, support, negated)
    if span is None:
        return False
    finding.cues = [*finding.cues, cue(parsed, span[0], span[1], 0)]
    finding.condition = span[1]
    if " ".join(parsed.lower[span[0] : span[1]]) in parsed.lexicon.sets["before_governor"]:
        finding.condition = _named(parsed, span[1], hi)
    return True


def _named(parsed: Parsed, lo: int, hi: int) -> int:
    """Where the condition of "open to it ..." starts: behind a further marker, -1 if none is named."""
    while (span := parsed.lexicon.phrase("conditional_strong", parsed.lower, lo, hi)) is not None:
        if " ".join(parsed.lower[span[0] : span[1]]) not in parsed.lexicon.sets["before_governor"]:
            return span[1]
        lo = span[1]
    return next((i + 1 for i in range(lo, hi) if parsed.lower[i] in ("if", "once", "when")), -1)


def willing(parsed: Parsed, finding: Finding) -> bool:
    """Whether the position is one to come: "would", "will", "ready to"."""
    near = parsed.lower[max(0, finding.at - 5) : finding.at + 2]
    to_come = parsed.sentence.title and parsed.lower[finding.at - 1] == "to"  # "X to back it if ..."
    return to_come or bool(parsed.lexicon.sets["willing"] & set(near))


def _leading(parsed: Parsed, finding: Finding, lo: int, support: bool, negated: bool) -> tuple[int, int] | None:
    """A condition that opens the sentence: "Given a guarantee, ...", "Should Tarsk agree, ..."."""
    start = lo
    while start < finding.at and parsed.words[start] in QUOTES:
        start += 1
    while start < finding.at and parsed.lower[start] in ("but", "and", "so", "yet", "still"):
        start += 1
    comma = next((x for x in range(start, finding.at) if parsed.words[x] == ","), -1)
    if comma < 0 or parsed.target_at(start) is not None:
        return None
    if comma == start + 1 and parsed.lower[start] == "if":  # "If, and only if, the towns are looked after, ..."
        comma = next((x for x in range(start + 6, finding.at) if parsed.words[x] == ","), -1)
        inner = next((x for x in range(start + 2, comma) if parsed.words[x] == ","), -1)
        return (start, inner + 1) if 0 < inner < comma else None
    for kind, needed in (
        ("leading_any", True),
        ("leading_will", support and willing(parsed, finding)),
        ("leading_not", negated or not support),
    ):
        span = parsed.lexicon.phrase(kind, parsed.lower, start, comma)
        if span and opens_no_condition(parsed, span[0], comma):
            continue
        if span and (_so_far(parsed, span, comma) or in_office(parsed, span[1], finding.mention.party)):
            continue  # "if it were presented to him, he would sign it", "if elected, he would sign it"
        if span and span[0] == start and needed and _opens_clause(parsed, span, comma):
            if span[1] == comma and kind == "leading_any":
                return (start, comma + 1)
            return span
    return None


def _so_far(parsed: Parsed, span: tuple[int, int], comma: int) -> bool:
    """Whether the "if" only puts the case that the target comes so far."""
    lower, realised = parsed.lower, parsed.lexicon.sets["realised"]
    own = any(t.start < comma and t.end > span[0] for t in parsed.targets)
    return lower[span[0]] == "if" and own and not realised.isdisjoint(lower[span[1] : comma])


TIMES = frozenset(["after", "when", "once", "as"])
"""Markers that are a condition only before a clause that is still to come true."""


def _opens_clause(parsed: Parsed, span: tuple[int, int], comma: int) -> bool:
    """Whether a marker of time opens a clause with an auxiliary ("after the leak has been repaired")."""
    inside = range(span[1], comma)
    if parsed.lower[span[0]] in ("before", "until") and any(_past(parsed, x) for x in inside):
        return False  # "before they released the text, the union announced its opposition"
    if parsed.lower[span[0]] in ("before", "until"):  # "before the election" only dates what follows
        return any(parsed.verb(x) or parsed.auxiliary(x) or parsed.lower[x].endswith("ing") for x in inside)
    if parsed.lower[span[0]] not in TIMES:
        return True
    return any(parsed.auxiliary(x) and parsed.lower[x] != "to" for x in inside) and not parsed.lower[span[1]].endswith(
        "ing"
    )


def _past(parsed: Parsed, x: int) -> bool:
    """Whether a verb in the past stands at `x` with no auxiliary before it."""
    hit = parsed.verb(x)
    return hit is not None and hit[0].form == "past" and not parsed.auxiliary(parsed.back_over(x - 1, parsed.adverb))


def _trailing(
    parsed: Parsed, finding: Finding, lo: int, hi: int, support: bool, negated: bool
) -> tuple[int, int] | None:
    """A condition behind or beside the governor: "only if", "unless", "not before"."""
    lower, lexicon = parsed.lower, parsed.lexicon
    to_come = willing(parsed, finding)
    kinds = ["conditional_strong"]
    if support and to_come:
        kinds.append("trailing_will")
    if not support and (negated or to_come or _refusing(parsed, finding.at)):
        kinds.append("trailing_not")
    for kind in kinds:
        i = lo
        while (span := lexicon.phrase(kind, lower, i, hi)) is not None:
            i = span[1]
            if kind != "conditional_strong" and span[0] < finding.at:
                continue  # "after the mayor said that he would build it", "at once pledged to build it"
            if _near(parsed, finding, span, support, negated):
                return span
    return _plain_if(parsed, finding, lo, hi, support, to_come, negated)


def _refusing(parsed: Parsed, at: int) -> bool:
    """Whether the governor at `at` is a refusal: "refused to sign it before ..."."""
    governor = parsed.verb(at)
    return governor is not None and governor[0].lemma in ("refuse", "decline", "balk", "rule out")


def _near(parsed: Parsed, finding: Finding, span: tuple[int, int], support: bool, negated: bool) -> bool:
    start, end = span
    at, target = finding.at, finding.target
    phrase = " ".join(parsed.lower[start:end])
    if parsed.quotation(start) != parsed.quotation(at) and parsed.quotation(start) and parsed.quotation(at):
        return False
    if target.start <= start < target.end:
        return False  # "a repeal that comes without a replacement"
    if unnamed(parsed, start, end) or told_then(parsed, end, at) or asks_nothing(parsed, start, end):
        return False
    if phrase.split()[0] in TIMES and "long" not in phrase and _coming(parsed, finding, end):
        return False
    if phrase.startswith(("depend", "hinge")) and start < at:
        return False  # "X, which depends on gas, wants it"
    denied = any(parsed.negated(x) for x in range(max(0, start - 3), start) if x != at)
    if phrase == "while" and not negated:
        return False
    if phrase == "before" and not support and not negated and not _refusing(parsed, at):
        return False  # "would veto it before the week is out"
    if phrase.endswith("form") and not support and not negated:
        return False  # "would do everything to stop it in its present form"
    if phrase == "before" and parsed.lower[target.end] in ("that", "which") and start > target.end:
        return False  # "is against the bill that was laid before the house"
    if phrase == "until" and (until_when(parsed, end) or delayed(parsed, at, start)):
        return False
    governor = parsed.verb(at)
    if governor is not None and at <= start < governor[1]:
        return False  # "agreed in principle on it"
    if phrase in ("before", "until", "without", "while") and start < at:
        return False  # "before the vote X had promised to stop it"
    if denied and phrase not in ("unless", "until") and not (negated and phrase in ("before", "without")):
        return False
    if min(abs(start - target.end), abs(start - at)) > FAR:
        return False
    if another_clause(parsed, finding, start):
        return False
    if phrase == "in principle" and _done(parsed, at):
        return False  # "reached a deal on it in principle"
    if phrase in ("in exchange for", "in return for"):
        return start >= target.end and not _done(parsed, at)
    if start < at and phrase in parsed.lexicon.sets["before_governor"]:
        return at - end <= 5 and support
    if phrase in parsed.lexicon.sets["before_governor"]:
        return start <= at + 2 and end <= target.end and support
    if phrase.split()[0] in ("tied", "linked", "subject", "contingent", "provided") and not support and not negated:
        return False
    behind = start >= at or start >= target.start
    return behind or (at - end <= 8 and "," not in parsed.words[end:at])


def _coming(parsed: Parsed, finding: Finding, lo: int) -> bool:
    """Whether "once" or "when" before token `lo` only waits for the target, or for its party to come to office."""
    return itself_so_far(parsed, lo) or in_office(parsed, lo, finding.mention.party)


def _done(parsed: Parsed, at: int) -> bool:
    """Whether the governor tells a thing done: "reached", "have signed"."""
    hit = parsed.verb(at)
    return hit is not None and hit[0].lemma in parsed.lexicon.sets["done"] and hit[0].form == "past"


def _wavering(parsed: Parsed, finding: Finding) -> bool:
    """Whether someone might yet give up what it holds."""
    hit = parsed.verb(finding.at)
    lemma = hit[0].lemma if hit else ""
    near = parsed.lower[max(0, finding.at - 3) : finding.at]
    return lemma.startswith(("think", "reconsider", "rethink")) and not {"might", "may", "could"}.isdisjoint(near)


def _plain_if(
    parsed: Parsed, finding: Finding, lo: int, hi: int, support: bool, to_come: bool, path_negated: bool
) -> tuple[int, int] | None:
    """`would sign if ...`; an "if" that only tells what happens if the target comes is none."""
    lower = parsed.lower
    for i in range(lo, hi):
        inverted = lower[i] in ("should", "were") and parsed.mention_at(i + 1) is not None
        inverted = inverted and (i == finding.target.end or "to" in lower[i + 2 : i + 6]) and i >= finding.target.end
        if inverted and support and to_come:
            return (i, i + 1)  # "would sign it should X do the same"
        if lower[i] not in ("if", "unless", "until"):
            continue
        if lower[i - 1 : i] in (["as"], ["even"], ["asked"], ["say"], ["know"], ["see"]) or (
            lower[i] == "until" and support
        ):
            continue
        if lower[i] == "until" and (until_when(parsed, i + 1) or delayed(parsed, finding.at, i)):
            continue
        if finding.at < i < finding.target.start or another_clause(parsed, finding, i):
            continue
        if lower[i] == "if" and (so_far(parsed, i + 1) or in_office(parsed, i + 1, finding.mention.party)):
            continue
        if lower[i] == "if" and asks_nothing(parsed, i, i + 1):
            continue
        unless = lower[i] == "if" and any(parsed.negated(x) for x in range(i + 1, min(hi, i + 7)))
        threatened = to_come or parsed.lexicon.sets["warning"] & set(lower[max(0, finding.at - 5) : finding.at])
        if unless and not support and i > finding.target.start and (path_negated or threatened):
            return (i, i + 1)  # "will not agree to it if the other side is not willing to give way"
        if (support and to_come) or (not support and lower[i] in ("unless", "until")):
            return (i, i + 1)
        if not support and lower[i] == "if" and _wavering(parsed, finding):
            return (i, i + 1)  # "might think again about it if ..."
    return None
