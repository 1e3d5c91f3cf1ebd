"""What a speaker says is to become of the target, as one sign: vows, denials, fears, what there should be of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import becoming
from watcher.detect.marks import QUOTES
from watcher.detect.path import cue
from watcher.detect.rules.evaluation import OBLIGING

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry
    from watcher.domain.statement import Cue


def asked_for(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`there should be no T`, `there must be a T`, `nothing to fear from T`: what the speaker wants, as one sign."""
    lower = parsed.lower
    for kind, sign in (("before_good", 1), ("before_bad", -1)):
        lo = max(0, target.start - 8)
        span = parsed.lexicon.phrase(kind, lower, lo, target.start)
        if span and all(lower[x] in ("the", "a", "an", "this", "such") for x in range(span[1], target.start)):
            return sign, [cue(parsed, *span, sign)]
    come = lower[target.end : target.end + 2]
    if lower[max(0, target.start - 3) : target.start][-3:-1] == ["time", "for"] and come in (
        ["has", "come"],
        ["had", "come"],
    ):
        return 1, [cue(parsed, target.end, target.end + 2, 1)]
    if lower[target.start - 1 : target.start] == ["to"] or lower[max(0, target.start - 2) : target.start - 1] == ["to"]:
        for x in range(max(0, target.start - 5), target.start - 1):
            if lower[x] in ("no", "any") and lower[x + 1] in ("alternative", "alternatives"):
                return 1, [cue(parsed, x, x + 2, 1)]  # "there is no alternative to it"
    there = next((x for x in range(target.start - 1, max(-1, target.start - 7), -1) if lower[x] == "there"), -1)
    between = lower[there + 1 : target.start]
    if there >= 0 and "no" in between and "for" in between and not NEEDS.isdisjoint(between):
        return -1, [cue(parsed, there, target.start, -1)]  # "there is no need for it"
    told = OBLIGING & set(between) or ("no" in between and {"will", "would"} & set(between))
    if there < 0 or not told or "be" not in between or "if" in lower[max(0, there - 2) : there]:
        return 0, []
    if not all(word in OBLIGING or word in THERE or word in ("will", "would") for word in between):
        return 0, []
    value = -1 if {"no", "not", "never"} & set(between) else 1
    return value, [cue(parsed, there, target.start, value)]


NEEDS = frozenset(["need", "case", "justification", "place", "mandate", "majority", "reason"])
THERE = frozenset(["be", "to", "no", "not", "never", "a", "an", "any", "such", "also", "now", "further", "new", "more"])
"""Words between "there" and what there should be."""


HOPED = {
    **dict.fromkeys(["passes", "succeeds", "survives", "prevails", "works", "happens", "stands"], 1),
    **dict.fromkeys(["fails", "dies", "collapses", "falls"], -1),
}


def deplored(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`it was a shame that T had been rejected`, `it is good that T passed`: what it wanted to become of T."""
    lower, lexicon = parsed.lower, parsed.lexicon
    that = parsed.back_over(target.start - 1, lambda x: lower[x] in ("the", "this", "a"))
    k = parsed.back_over(that - 1, lambda x: parsed.words[x] in QUOTES)
    fate = becoming(parsed, target) if k > 1 and lower[that] == "that" else None
    if fate is None or "it" not in lower[max(0, k - 5) : k]:
        return 0, []
    value = (lower[k] in lexicon.good or lower[k] in WELL) - (lower[k] in lexicon.bad or lower[k] in ILL)
    if any(parsed.negated(x) for x in range(max(0, k - 3), k)):
        value = -value
    marks = [cue(parsed, k, k + 1, value), cue(parsed, fate.start, fate.end, fate.sign)]
    return value * fate.sign, marks if value else []


WELL = frozenset(["right", "relief", "wonderful"])
ILL = frozenset(["pity", "wrong", "sorry"])
"""Beside the lexicon's words: "a pity that it failed"."""


def serving(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`would give schools millions more`, `aims to keep fees down`: what it brings, as those tell who want it."""
    lower, n = parsed.lower, len(parsed)
    k = next((x for x in range(target.end, n) if not parsed.light(x)), n)
    if k >= n - 2 or any(parsed.negated(x) for x in range(target.end, k)):
        return 0, []
    if lower[k] in AIMING and lower[k + 1] == "to" and lower[k + 2] in GOOD_ENDS:
        return 1, [cue(parsed, k, k + 3, 1)]
    group = set(lower[target.end : k])
    coming = group & {"will", "would", "'ll"} and "be" not in group
    near = lower[k + 1 : k + 9]
    more = next((x for x, word in enumerate(near, k + 1) if word in MORE), -1)
    if not coming or lower[k] not in YIELDING or more < 0 or not parsed.lexicon.bad.isdisjoint(near):
        return 0, []
    return (1, [cue(parsed, k, more + 1, 1)]) if UNWANTED.isdisjoint(near) else (0, [])


AIMING = frozenset(["aims", "aimed", "meant", "designed", "intended", "seeks"])
GOOD_ENDS = frozenset(["keep", "ensure", "help", "protect", "reduce", "prevent", "improve", "encourage", "make", "cut"])
GOOD_ENDS |= {"curb", "lower", "bring", "create", "modernise", "modernize", "simplify", "promote", "strengthen", "give"}
GOOD_ENDS |= {"provide", "stop", "tackle", "speed", "boost", "guarantee", "safeguard", "fund", "support"}
YIELDING = frozenset(["give", "given", "raise", "raised", "bring", "brought", "provide", "provided", "add", "added"])
YIELDING |= {"generate", "generated", "deliver", "delivered", "fund", "funded", "free", "create", "created"}
MORE = frozenset(["more", "million", "millions", "billion", "billions", "extra", "thousands", "hundreds"])
UNWANTED = frozenset(["power", "powers", "control", "rich", "debt", "debts", "taxes", "fees", "less", "nothing", "too"])


def vowed(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`promised that it would go ahead`, `vowed it would never pass`, `hopes it fails`: what is to become of it."""
    if sign := HOPED.get("".join(parsed.lower[target.end : target.end + 1]), 0):
        return sign, [cue(parsed, target.end, target.end + 1, sign)]
    k = next((x for x in range(target.end, len(parsed)) if not parsed.light(x)), len(parsed))
    modal = set(parsed.lower[target.end : k]) & {"will", "would", "shall", "can", "could"}
    for kind, sign in (("may_good", 1), ("may_bad", -1)) if modal and k < len(parsed) else ():
        span = parsed.lexicon.phrase(kind, parsed.lower, k, min(len(parsed), k + 3))
        if span and span[0] == k:
            denied = any(parsed.negated(x) for x in range(target.end, k))
            return (-sign if denied else sign), [cue(parsed, target.end, span[1], -sign if denied else sign)]
    for entry in lexicon_past(parsed, k) if modal and "be" in parsed.lower[target.end : k] else ():
        denied = any(parsed.negated(x) for x in range(target.end, k))
        if entry.sign:
            return (-entry.sign if denied else entry.sign), [cue(parsed, target.end, k + 1, entry.sign)]
    return 0, []


def resolved(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`said that it would go ahead`, `that it will never be signed`: who says so for sure means it to be so."""
    lower, n = parsed.lower, len(parsed)
    k = next((x for x in range(target.end, n) if not parsed.light(x)), n)
    group = set(lower[target.end : k])
    never = "not" in group and {"can", "could"} & group
    if not (never or group & {"will", "would", "going"}) or k >= n or group & {"likely", "probably", "perhaps"}:
        return 0, []
    negated = any(parsed.negated(x) for x in range(target.end, k))
    span = parsed.lexicon.phrase("going_ahead", lower, k, min(n, k + 3))
    of_it = {"on", "about", "over", "for"} & set(lower[max(0, target.start - 2) : target.start])
    if span and span[0] == k and (negated or not of_it):  # "the vote on it will take place" is news of the vote
        return (-1 if negated else 1), [cue(parsed, target.end, span[1], -1 if negated else 1)]
    entries = lexicon_past(parsed, k) if "be" in group else []
    if any(e.sign > 0 and e.kinds & {"deed"} for e in entries):
        return (-1 if negated else 1), [cue(parsed, target.end, k + 1, -1 if negated else 1)]
    return 0, []


def lexicon_past(parsed: Parsed, k: int) -> list[Entry]:
    """What the participle at `k` may mean as a verb by itself."""
    return [
        e
        for word in parsed.lower[k : k + 1]
        for e in parsed.lexicon.verbs.get(word, ())
        if e.form == "past" and not e.rest
    ]


def refuted(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`said that no referendum will be held`: who says so of the target does not want it."""
    lower, no = parsed.lower, max(0, target.start - 2)
    k = next((x for x in range(no, target.start) if lower[x] == "no"), -1)
    told = k > 0 and (lower[k - 1] == "that" or parsed.saying(k - 1) is not None)
    if not told or lower[target.end : target.end + 1] not in (["will"], ["would"], ["can"], ["could"], ["shall"]):
        return 0, []
    if not {"until", "unless", "without", "before"}.isdisjoint(lower[target.end :]):
        return 0, []  # "no tax can be collected until voters approve one"
    return -1, [cue(parsed, k, target.end + 1, -1)]


def agreed(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`has been extended, X and Y said`: those who tell together what was done have wanted it."""
    k = next((x for x in range(target.end, len(parsed)) if not parsed.light(x)), len(parsed))
    if "been" not in parsed.lower[target.end : k] and "was" not in parsed.lower[target.end : k]:
        return 0, []
    entries = parsed.lexicon.verbs.get(parsed.lower[k], ()) if k < len(parsed) else ()
    done = any(e.form == "past" and e.lemma in parsed.lexicon.sets["agreed"] for e in entries)
    negated = any(parsed.negated(x) for x in range(target.end, k))
    return (1, [cue(parsed, target.end, k + 1, 1)]) if done and not negated else (0, [])


def feared(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`warned that the ban would rattle markets`: what it would do is meant ill; not where it would only fail."""
    k = target.end
    if k + 1 >= len(parsed) or parsed.lower[k] not in ("would", "will", "could", "may", "might"):
        return 0, []
    k = next((x for x in range(k + 1, len(parsed)) if not (parsed.adverb(x) and not parsed.negated(x))), k)
    if parsed.lower[k] in parsed.lexicon.sets["failing"] or parsed.negated(k) or not parsed.lower[k].isalpha():
        return 0, []
    return -1, [cue(parsed, target.end, k + 1, -1)]
