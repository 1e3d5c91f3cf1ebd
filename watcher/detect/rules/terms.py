"""Terms set for the target: `for it to be signed, X would need ...`, `any deal must include ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene
from watcher.detect.marks import HARD
from watcher.detect.path import cue
from watcher.detect.phrases import noun_phrase
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target


def terms(scene: Scene, target: Target) -> Iterator[Finding]:
    """`For the deal to be signed, X would need ...`, `for X to sign, Y must ...`, `before signing, X wants`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if target.sign < 0:
        return
    yield from _price(scene, target)
    yield from _asked_of_it(scene, target)
    yield from _none_without(scene, target)
    opener = next(
        (x for x in range(target.start - 1, max(-1, target.start - 10), -1) if lower[x] in ("for", "before", "order")),
        -1,
    )
    if opener < 0 or opener > 3:
        return
    comma = next((x for x in range(target.end, min(len(parsed), target.end + 12)) if parsed.words[x] == ","), -1)
    if comma < 0 or (lower[opener] == "for" and "to" not in lower[opener:comma]):
        return
    need = next((i for i in range(comma + 1, min(len(parsed) - 1, comma + 12)) if needing(parsed, i)), -1)
    if need < 0:
        return
    subject = noun_phrase(parsed, parsed.back_over(need - 1, parsed.light), scene.memory, need)
    own = next(
        (m for m in parsed.mentions if opener < m.start <= opener + 3 and m.actor and m.end <= target.start), None
    )
    mentions, how = subject.mentions, subject.how
    if own is not None and lower[own.end : own.end + 1] == ["to"]:
        mentions, how = (own,), "for ... to"
    elif subject.kind == "first" and (source := scene.speaker(need)):
        mentions = source.mentions
    for mention in mentions:
        marks = [cue(parsed, opener, target.start, 0), cue(parsed, need, need + 1, 0)]
        yield Finding(
            mention, Stance.CONDITIONAL, "terms", need, target, marks, how=how, condition=_object(parsed, need)
        )


def _price(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X's price for signing it is ...`, `X named conditions for supporting it`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    for i in range(target.start - 1, max(-1, target.start - 7), -1):
        if lower[i] not in parsed.lexicon.demands or lower[i + 1] not in ("for", "to", "on"):
            continue
        if lower[i] == "price" and lower[max(0, i - 2) : i][:1] and lower[max(0, i - 2)] in PAYING:
            return  # "would pay the price for it"
        before = next((m for m in reversed(parsed.mentions) if m.end <= i and m.actor), None)
        if before is None or i - before.end > 6 or "," in lower[before.end : i]:
            return
        stop = next(
            (x for x in range(target.end, len(parsed)) if lower[x] in ("is", "are", "include", "includes", ":")), -1
        )
        condition = stop + 1 if 0 < stop < len(parsed) - 1 else -1
        marks = [cue(parsed, i, i + 2, 0)]
        yield Finding(before, Stance.CONDITIONAL, "terms", i, target, marks, how="possessive", condition=condition)
        return


PAYING = frozenset(["pay", "pays", "paid", "paying"])


def _asked_of_it(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the reef has to be in the pact`, `a safe reef is a precondition for signing it`: who says so."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if "be" not in parsed.vocabulary and CONDITIONS.isdisjoint(parsed.vocabulary):
        return
    at = next((x for x in range(target.start - 1, max(0, target.start - 7), -1) if _inside(lower, x)), -1)
    if at < 0:
        at = next((x for x in range(target.start - 1, max(0, target.start - 7), -1) if _precondition(parsed, x)), -1)
    source = scene.speaker(target.start) if at > 0 else None
    if source is None or source.kind != "party":
        return
    start = parsed.back_over(at - 1, lambda x: parsed.lower[x].isalpha() and parsed.saying(x) is None) + 1
    for mention in source.mentions:
        marks = [cue(parsed, at, at + 2, 0)]
        how = f"speaker: {source.name}"
        yield Finding(mention, Stance.CONDITIONAL, "terms", at, target, marks, how=how, condition=start)


def _none_without(scene: Scene, target: Target) -> Iterator[Finding]:
    """`no treaty without guarantees`, `there will be no deal unless the troops leave`: who says so."""
    parsed, lower, end = scene.parsed, scene.parsed.lower, target.end
    if lower[target.start - 1 : target.start] != ["no"] or lower[end : end + 1] not in WITHOUT:
        return
    opens = target.start == 1 or not parsed.words[target.start - 2].isalnum() or lower[target.start - 2] in THERE
    source = scene.speaker(target.start) if opens else None
    for mention in source.mentions if source is not None and source.kind == "party" else ():
        how = f"speaker: {source.name}" if source else ""
        marks = [cue(parsed, target.start - 1, target.start, -1), cue(parsed, end, end + 1, 0)]
        yield Finding(mention, Stance.CONDITIONAL, "terms", end, target, marks, how=how, condition=end + 1)


WITHOUT = (["without"], ["unless"])
THERE = frozenset(["be", "is", "that"])
"""Before "no treaty" they tell that there is none."""


def _inside(lower: list[str], x: int) -> bool:
    """Whether what must be in it is told from token `x` on: "must be in", "has to be written into"."""
    if lower[x : x + 1] not in (["must"], ["needs"], ["has"], ["have"], ["need"]):
        return False
    k = x + 1 + (lower[x + 1 : x + 2] == ["to"])
    written = lower[k + 1 : k + 2] and lower[k + 1] in WRITTEN
    return lower[k : k + 1] == ["be"] and lower[k + 1 + bool(written) : k + 2 + bool(written)] in (["in"], ["into"])


WRITTEN = frozenset(["included", "written", "put", "anchored", "enshrined", "named", "built", "added"])


def _precondition(parsed: Parsed, x: int) -> bool:
    """Whether something is said to be a condition for it at token `x`: "are preconditions for"."""
    lower = parsed.lower
    k = x - 1 - (lower[x - 1] in ("a", "the", "our", "my"))
    return lower[x] in CONDITIONS and lower[x + 1 : x + 2] in (["for"], ["to"]) and lower[k] in ("is", "are")


CONDITIONS = frozenset(["condition", "conditions", "precondition", "preconditions", "prerequisite", "prerequisites"])


def needing(parsed: Parsed, i: int) -> bool:
    """Whether token `i` opens "would need", "must", "wants"."""
    return (
        parsed.lower[i] in parsed.lexicon.sets["needing"]
        or " ".join(parsed.lower[i : i + 2]) in parsed.lexicon.sets["needing"]
    )


def _object(parsed: Parsed, need: int) -> int:
    """Where the thing needed starts: behind "would need to", "wants"."""
    k = need
    while k < len(parsed) and (
        parsed.lower[k] in ("would", "will", "need", "needs", "have", "has", "to", "must", "know", "see", "that")
        or needing(parsed, k)
    ):
        k += 1
    return k


def conceded(parsed: Parsed, target: Target) -> tuple[int, int] | None:
    """`could be considered if ...` right behind the target; `would come with strings attached`."""
    lower, n = parsed.lower, len(parsed)
    strings = next((x for x in range(target.end, min(n - 1, target.end + 9)) if lower[x] == "strings"), -1)
    if strings > 0 and "with" in lower[target.end : strings] and lower[strings + 1] == "attached":
        return None if "no" in lower[target.end : strings] else (strings, strings + 2)
    lo, hi = target.end, min(n, target.end + 10)
    marker = next((x for x in range(lo, hi) if lower[x] in ("if", "provided", "once")), -1)
    if (
        marker > 0
        and lower[marker] == "once"
        and (marker + 1 == hi or lower[marker + 1] in ("and", ",", ".", "or", "in", "more", "again"))
    ):
        return None  # "stopped it once and could do so again"
    if marker < 0 or parsed.sentence.glued[marker + 1]:
        return None  # "a once-in-a-generation vote"
    between = lower[lo:marker]
    possible = {"could", "would", "can", "may", "might"} & set(between) and "be" in between
    return (marker, marker + 1) if possible else None


def carrying(parsed: Parsed, target: Target, *, demanded: bool = False) -> tuple[int, int] | None:
    """`must include`, `has to protect`, `needs work`: what the target would need to have; `demanded`: a verb of
    demanding tells it."""
    lower, n = parsed.lower, len(parsed)
    if lower[target.start - 1 : target.start] == ["any"] and (span := _of_any(parsed, target)) is not None:
        return span
    bare = lower[target.end] if target.end < n else ""
    if demanded and (bare == "be" or (not bare.endswith("s") and parsed.lexicon.phrase("carry", [bare], 0, 1))):
        span = parsed.lexicon.phrase("carry", lower, target.end, min(n, target.end + 3))
        return span if span and span[0] == target.end else None  # "insisted that it be renegotiated"
    for i in range(target.end, min(n, target.end + 8)):
        needed = lower[i] in ("needs", "requires", "needed") and i == target.end
        span = (i, i + 1) if needed else parsed.lexicon.phrase("obligation", lower, i, min(n, i + 3))
        if span and span[0] == i:
            if lower[i : i + 2] == ["can", "not"]:
                return None
            k = span[1] + (lower[span[1] : span[1] + 1] == ["to"])
            carried = parsed.lexicon.phrase("carry", lower, k, min(n, k + 3))
            if lower[k : k + 1] == ["have"] and (lower[k + 1 : k + 2] == ["been"] or _participle(parsed, k + 1)):
                return None  # "should have been easier"
            return (i, carried[1]) if carried and carried[0] == k else None
        if parsed.words[i] in HARD or parsed.words[i] == "," or lower[i] in ("and", "that", "but"):
            return None
        if parsed.saying(i) is not None:
            return None
    return None


def _of_any(parsed: Parsed, target: Target) -> tuple[int, int] | None:
    """`any pact must keep the quays in local hands`: what any would have to do is asked of this one."""
    lexicon = parsed.lexicon
    span = lexicon.phrase("obligation", parsed.lower, target.end, min(len(parsed), target.end + 4))
    if span is None or any(parsed.negated(x) for x in range(target.end, span[1])):
        return None
    ill = any(lexicon.phrase(k, parsed.lower, span[1], min(len(parsed), span[1] + 4)) for k in ("may_bad", "may_good"))
    return None if ill else span


def _participle(parsed: Parsed, i: int) -> bool:
    """Whether a past participle stands at `i`."""
    return any(e.form == "past" for e in parsed.lexicon.verbs.get(parsed.lower[i], ())) if i < len(parsed) else False
