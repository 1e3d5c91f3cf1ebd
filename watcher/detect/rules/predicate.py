"""What a speaker says the target is: `a disaster`, `must be rejected`, `in our interest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.attribution import Source
from watcher.detect.finding import Finding, Scene
from watcher.detect.governors import weightless
from watcher.detect.parsed import HARD, Parsed
from watcher.detect.path import Path, as_subject, cue
from watcher.detect.rules.terms import carrying, conceded
from watcher.detect.subjects import subject_of
from watcher.detect.voice import speaker_at
from watcher.domain.statement import Cue, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.targets import Target

PREDICATE_REACH = 16
"""Words between the target and what is said of it."""


WAY = 8
"""Words between what is refused and its condition."""


def predicate(scene: Scene, target: Target, path: Path) -> Iterator[Finding]:
    """What a speaker says the target is: `a disaster`, `must be rejected`, `in our interest`."""
    parsed = scene.parsed
    if scene.parsed.words[-1] == "?":
        return
    source = scene.speaker(target.start)
    label = labelling(parsed, target)
    if source is None and label >= 0:
        subject = subject_of(parsed, label, scene.memory)
        if subject.kind == "party":
            source = Source("party", subject.name, subject.mentions, subject.how)
    if source is None:
        source = _opening(parsed)
    if source is None or source.kind != "party":
        return
    span = carrying(parsed, target) or conceded(parsed, target)
    if span:
        for mention in source.mentions:
            yield Finding(
                mention,
                Stance.CONDITIONAL,
                "terms",
                target.start,
                target,
                [cue(parsed, *span, 0)],
                how=f"speaker: {source.name}",
                condition=span[1],
            )
        return
    attribution = speaker_at(scene.attributions, target.start)
    teller = parsed.saying(attribution.cue) if attribution and attribution.cue >= 0 else None
    demanded = teller is not None and teller.lemma in parsed.lexicon.sets["demanding"]
    verbless = source.how == "headline colon" and parsed.lower[target.end : target.end + 1] in (["a"], ["an"], ["the"])
    score, cues = evaluate(parsed, target, linked=label >= 0 or verbless, demanded=demanded)
    if not score and teller is not None and teller.lemma in parsed.lexicon.sets["warning"]:
        score, cues = _feared(parsed, target)
    if not score:
        return
    if attribution and attribution.cue > 0 and _denying(parsed, attribution.cue):
        score = -score  # "does not believe that it should be built"
    if as_subject(parsed, path):
        score *= path.sign * target.sign
    stance = Stance.SUPPORT if score * target.sign > 0 else Stance.OPPOSE
    way = _way_to_yes(parsed, cues) if stance is Stance.OPPOSE else -1
    for mention in source.mentions:
        finding = Finding(mention, stance, "predicate", target.start, target, cues, how=f"speaker: {source.name}")
        if way >= 0:
            finding.stance, finding.condition = Stance.CONDITIONAL, way
        yield finding


def _way_to_yes(parsed: Parsed, cues: list[Cue]) -> int:
    """`should not be signed until tolls fall`: where the condition of what is refused starts; -1 if there is none."""
    ends, places = parsed.sentence.ends, range(len(parsed))
    last = next((x for x in places if ends[x] == cues[-1].end), -1)
    if last < 0 or not any(parsed.negated(x) for x in range(max(0, last - 4), last)):
        return -1
    found = next((x for x in places[last + 1 :] if parsed.lower[x] in ("until", "unless")), -1)
    return found + 1 if 0 < found < len(parsed) - 2 and found - last < WAY else -1


def _feared(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`warned that the ban would rattle markets`: what it would do is meant ill; not where it would only fail."""
    k = target.end
    if k + 1 >= len(parsed) or parsed.lower[k] not in ("would", "will", "could", "may", "might"):
        return 0, []
    k = next((x for x in range(k + 1, len(parsed)) if not (parsed.adverb(x) and not parsed.negated(x))), k)
    if parsed.lower[k] in parsed.lexicon.sets["failing"] or parsed.negated(k) or not parsed.lower[k].isalpha():
        return 0, []
    return -1, [cue(parsed, target.end, k + 1, -1)]


def _opening(parsed: Parsed) -> Source | None:
    """`For X, the pact is a betrayal`: whose view the sentence opens with."""
    if parsed.lower[:1] not in (["for"], ["to"]):
        return None
    mention = next((m for m in parsed.mentions if m.start <= 2 and m.actor), None)
    if mention is None or parsed.words[mention.end : mention.end + 1] != [","]:
        return None
    return Source("party", mention.name, (mention,), "for X")


def _denying(parsed: Parsed, i: int) -> bool:
    """Whether a negation belongs to the verb at `i`."""
    k = parsed.back_over(i - 1, parsed.light)
    return any(parsed.negated(x) for x in range(k + 1, i))


def labelling(parsed: Parsed, target: Target) -> int:
    """The verb that calls the target by a name: "branded the pact a gift", "found it wanting"; -1 if none does."""
    k = parsed.back_over(target.start - 1, lambda x: weightless(parsed, x))
    hit = parsed.verb(k) if k >= 0 else None
    if hit is None or "label" not in hit[0].kinds or parsed.words[target.end : target.end + 1] in ([","], ["."]):
        return -1
    return k


def evaluate(parsed: Parsed, target: Target, *, linked: bool = False, demanded: bool = False) -> tuple[int, list[Cue]]:
    """Evaluative words that modify the target or are predicated of it, as one sign.

    `linked`: a verb has tied what follows to it; `demanded`: it is told by a verb of demanding. Before the target
    only blame counts ("a terrible deal"): "a good deal" is mostly one that is wished for.
    """
    lower, lexicon, n = parsed.lower, parsed.lexicon, len(parsed)
    score, cues = 0, []
    for k in range(max(0, target.start - 3), target.start):
        if lower[k] in lexicon.bad and not any(
            lower[x] in lexicon.sets["prepositions"] or parsed.words[x] == "," for x in range(k + 1, target.start)
        ):
            value = 1 if any(parsed.negated(x) for x in range(max(0, k - 4), k)) else -1
            score += value
            cues.append(cue(parsed, k, k + 1, -1))
    k, end = target.end, min(n, target.end + PREDICATE_REACH)
    negated = False
    while k < end:
        word = lower[k]
        if parsed.words[k] in HARD or word in ("because", "which", "but", "while", "if", "than"):
            break
        bad = lexicon.phrase("bad_phrases", lower, k, min(end, k + 6))
        good = lexicon.phrase("good_phrases", lower, k, min(end, k + 6))
        value, stop, entry = 0, k + 1, 0
        if bad and bad[0] == k:
            value, stop = -1, bad[1]
        elif good and good[0] == k:
            value, stop = 1, good[1]
        elif word in lexicon.good or word in lexicon.bad:
            value = 1 if word in lexicon.good else -1
            if value > 0 and k + 1 < n and lower[k + 1] in lexicon.bad:
                value = 0  # "a great mistake": only its size
        elif entry := _demanded_of(parsed, target, k, demanded):
            value = entry
        if parsed.negated(k) and not value:
            negated = not negated
            cues.append(cue(parsed, k, k + 1, -1))
        if value and (
            linked
            or demanded
            or entry
            or word in parsed.lexicon.sets["copulas"]
            or (value < 0 and k - target.end < 6)
            or _predicating(parsed, k)
        ):
            score += (-value if negated else value) * (3 if word in lexicon.strong else 1)
            cues.append(cue(parsed, k, stop, value))
            end = min(end, next((x for x in range(stop, end) if lower[x] in lexicon.sets["prepositions"]), end))
        linked = linked or word in parsed.lexicon.sets["copulas"]
        k = max(stop, k + 1)
    return (score > 0) - (score < 0), cues if any(c.sign for c in cues) and score else []


def _predicating(parsed: Parsed, k: int) -> bool:
    """An evaluative verb right behind its subject: "the deal helps"."""
    return parsed.lower[k].endswith("s") and parsed.verb(k) is not None


def _demanded_of(parsed: Parsed, target: Target, k: int, demanded: bool) -> int:
    """The sign of "must be rejected", "should be passed", "has to end", "(demanded that it) be scrapped"; of "will be
    signed" too: who says so in its own name means to."""
    before = parsed.lower[max(target.end, k - 4) : k]
    bound = bool(set(before) & OBLIGING) or ("to" in before and bool({"has", "have"} & set(before)))
    plain = all(word == "not" or parsed.adverb(x) for x, word in enumerate(parsed.lower[target.end : k], target.end))
    if bound or (demanded and plain):
        for kind, sign in (("may_good", 1), ("may_bad", -1)):
            span = parsed.lexicon.phrase(kind, parsed.lower, k, min(len(parsed), k + 2))
            if span and span[0] == k:
                return sign
    if "be" not in before:
        return 0
    denied = bool({"cannot", "can't", "couldn't"} & set(before)) or (
        "not" in before and bool({"can", "could"} & set(before))
    )
    if denied and any("amend" in e.kinds and e.form == "past" for e in parsed.lexicon.verbs.get(parsed.lower[k], ())):
        return -1  # "cannot be reopened": the negation before it makes it stand
    bound = bound or (demanded and before[-1:] == ["be"] and len(before) <= 2)
    entries = parsed.lexicon.verbs.get(parsed.lower[k], ())
    sign = next((e.sign for e in entries if e.sign and e.form == "past" and not e.rest), 0)
    if bound or (sign > 0 and {"will", "won't"} & set(before) and parsed.lower[k + 1 : k + 2] != ["by"]):
        return sign
    return 0


OBLIGING = frozenset(["must", "should", "deserves", "needs", "ought", "cannot", "can't"])
