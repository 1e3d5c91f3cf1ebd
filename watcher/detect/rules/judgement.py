"""Judging what someone else does about the target: praise, blame, accusation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, signed
from watcher.detect.path import Path, cue
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed


def judgement(scene: Scene, path: Path) -> Iterator[Finding]:
    """`X criticized Y for blocking the deal`: Y as X tells it, and X against what Y does."""
    if path.judge is None:
        return
    parsed = scene.parsed
    verb, end, preposition = path.judge
    hit = parsed.verb(verb)
    if hit is not None and hit[0].rest[-1:] == ("court",):
        end = verb + 1  # "took X to court for it": X stands within the verb
    judge = subject_of(parsed, verb, scene.memory)
    critics = judge.mentions if judge.kind == "party" else ()
    if end == preposition and hit is not None and hit[0].form == "past" and critics and path.kind != "noun":
        stance = signed(path.sign)  # "X criticized for backing it": X backs it
        yield Finding(critics[0], stance, "judgement", path.top, path.target, path.cues, how=judge.how)
        return
    done = next((m for m in reversed(parsed.mentions) if end <= m.start and m.end <= preposition and m.actor), None)
    sign = path.sign
    if done is not None and path.kind != "noun":
        stance = signed(sign)
        yield Finding(
            done,
            stance,
            "judgement",
            path.top,
            path.target,
            path.cues,
            how="judged",
            teller=critics or None,
            told=judge.name,
        )
    if hit is not None:
        verdict = parsed.lexicon.judging.get(hit[0].lemma, -1)  # "fired X for backing it"
        sign *= verdict
        stance = signed(sign)
        marks = [cue(parsed, verb, end, verdict), *path.cues]
        for mention in critics:
            yield Finding(mention, stance, "judgement", verb, path.target, marks, how=judge.how)


DOING_WELL = {
    **dict.fromkeys(["right", "correct", "wise", "smart", "justified", "brave"], 1),
    **dict.fromkeys(["wrong", "mistaken", "foolish", "unwise", "crazy", "stupid", "reckless", "irresponsible"], -1),
}


MADE = frozenset(["made", "makes", "did", "took"])
CHOICES = frozenset(["choice", "decision", "thing", "call", "step", "move"])
"""Which of them it was to do something: "did the right thing in leaving it"."""


def _wrong_of(parsed: Parsed, top: int) -> int:
    """`it was wrong of X to sign it`, where the verb at `top` stands behind "of X to": the word of judgement; else
    -1."""
    of = next((x for x in range(top - 2, max(0, top - 8), -1) if parsed.lower[x] == "of"), -1)
    known = of > 1 and parsed.lower[of - 1] in DOING_WELL and "it" in parsed.lower[max(0, of - 5) : of]
    return of - 1 if known and parsed.lower[top - 1] == "to" else -1


MIGHT = frozenset(["would", "could", "might", "may", "'d"])


def judged_doing(scene: Scene, path: Path) -> Iterator[Finding]:
    """`X said Y was wrong to leave it`: Y as X tells it, and X, against what Y did."""
    parsed, lower, k = scene.parsed, scene.parsed.lower, path.top - 2
    value = DOING_WELL.get(lower[k], 0) if k > 0 and lower[k + 1] == "to" else 0
    if lower[path.top] in MADE and lower[path.top + 3 : path.top + 4] and lower[path.top + 3] in CHOICES:
        k = path.top + 2  # "made the right choice in leaving it"
        value = DOING_WELL.get(lower[k], 0)
    elif (of := _wrong_of(parsed, path.top)) >= 0:
        k, value = of, DOING_WELL[lower[of]]
    if not value or path.kind not in ("verb", "action"):
        return
    made = k > path.top
    before = path.top if made else parsed.back_over(k - 1, parsed.adverb)
    group = range(parsed.back_over(before, parsed.light) + 1, k)
    if not made and lower[before] not in ("is", "was", "are", "were", "be", "been"):
        return
    value = -value if any(parsed.negated(x) for x in group) else value
    source = scene.speaker(path.top)
    judges = source.mentions if source is not None and source.kind == "party" else ()
    doer = subject_of(parsed, path.top if made else k, scene.memory)
    done = MIGHT.isdisjoint(lower[x] for x in group)  # not "X would be foolish to leave it"
    others = doer.mentions if doer.kind == "party" and done else ()
    marks = [cue(parsed, k, k + 1, value), *path.cues]
    told = source.name if source else ""
    for mention in others:
        if all(mention.party != judge.party for judge in judges):
            teller = tuple(judges) or None
            stance = signed(path.sign)
            yield Finding(
                mention, stance, "judgement", path.top, path.target, path.cues, how="judged", teller=teller, told=told
            )
    for mention in judges:
        how = source.how if source else ""
        yield Finding(mention, signed(value * path.sign), "judgement", k, path.target, marks, how=how)
