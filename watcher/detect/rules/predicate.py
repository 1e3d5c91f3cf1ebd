"""What a speaker says the target is: `a disaster`, `must be rejected`, `in our interest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.attribution import Source
from watcher.detect.finding import Finding, Scene
from watcher.detect.governors import weightless
from watcher.detect.links import carried
from watcher.detect.parsed import HARD, Parsed
from watcher.detect.path import Path, as_subject, cue
from watcher.detect.rules.terms import carrying, conceded
from watcher.detect.verb_subjects import said_it, subject_of
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
    label, act = labelling(parsed, target, target.start), False
    if label < 0 and path.kind in ("noun", "verb", "adjective") and not path.void:
        label = labelling(parsed, target, path.top)
        act = label >= 0
    if source is None and label >= 0:
        subject = subject_of(parsed, label, scene.memory)
        if subject.kind == "party":
            source = Source("party", subject.name, subject.mentions, subject.how)
    if source is None:
        source = _opening(parsed)
    if source is None or source.kind != "party":
        return
    if parsed.lower[max(0, target.start - 1) : target.start] == ["should"]:
        return  # "should it go into effect"
    if (
        parsed.lower[target.start] == "it"
        and said_it(parsed, target.start)
        and not any(m.person for m in source.mentions)
    ):
        return  # "the company said it would fight on": it speaks of itself
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
    if attribution and teller is not None and parsed.lower[attribution.cue + 1 : attribution.cue + 2] in ASKED:
        return  # "asked how it was fair"
    demanded = teller is not None and teller.lemma in parsed.lexicon.sets["demanding"]
    vowed = teller is not None and teller.lemma in parsed.lexicon.sets["vowing"]
    verbless = source.how == "headline colon" and parsed.lower[target.end : target.end + 1] in (["a"], ["an"], ["the"])
    score, cues = _vowed(parsed, target) if vowed else (0, [])
    if not score:
        announced = teller is not None and teller.lemma in parsed.lexicon.sets["announcing"]
        linked = label >= 0 or verbless
        score, cues = evaluate(parsed, target, linked=linked, demanded=demanded, announced=announced)
    if not score and len(source.parties) > 1:
        score, cues = _agreed(parsed, target)
    if not score and teller is not None and teller.lemma in parsed.lexicon.sets["warning"]:
        score, cues = _feared(parsed, target)
    if not score:
        return
    if attribution and attribution.cue > 0 and _denying(parsed, attribution.cue):
        score = -score  # "does not believe that it should be built"
    if act or as_subject(parsed, path):
        score *= path.sign * target.sign
    elif any(c.start >= parsed.sentence.ends[target.end - 1] for c in cues):
        score *= carried(parsed, path) * target.sign
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


def _vowed(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`promised that it would go ahead`, `vowed that it would never pass`: what is to become of it."""
    k = next((x for x in range(target.end, len(parsed)) if not parsed.light(x)), len(parsed))
    modal = set(parsed.lower[target.end : k]) & {"will", "would", "shall", "won't", "'ll"}
    for kind, sign in (("may_good", 1), ("may_bad", -1)) if modal and k < len(parsed) else ():
        span = parsed.lexicon.phrase(kind, parsed.lower, k, min(len(parsed), k + 3))
        if span and span[0] == k:
            denied = any(parsed.negated(x) for x in range(target.end, k)) or "won't" in modal
            return (-sign if denied else sign), [cue(parsed, target.end, span[1], -sign if denied else sign)]
    return 0, []


def _agreed(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`has been extended, X and Y said`: those who tell together what was done have wanted it."""
    k = next((x for x in range(target.end, len(parsed)) if not parsed.light(x)), len(parsed))
    if "been" not in parsed.lower[target.end : k] and "was" not in parsed.lower[target.end : k]:
        return 0, []
    entries = parsed.lexicon.verbs.get(parsed.lower[k], ()) if k < len(parsed) else ()
    done = any(e.form == "past" and e.lemma in parsed.lexicon.sets["agreed"] for e in entries)
    negated = any(parsed.negated(x) for x in range(target.end, k))
    return (1, [cue(parsed, target.end, k + 1, 1)]) if done and not negated else (0, [])


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


def labelling(parsed: Parsed, target: Target, start: int) -> int:
    """The verb that calls the target by a name: "branded the pact a gift", "found it wanting"; -1 if none does.

    What is named begins at `start`: the target, or what is done about it ("called the vote against it a disgrace").
    """
    k = parsed.back_over(start - 1, lambda x: weightless(parsed, x))
    hit = parsed.verb(k) if k >= 0 else None
    if hit is None or "label" not in hit[0].kinds or parsed.words[target.end : target.end + 1] in ([","], ["."]):
        return -1
    return k


def evaluate(
    parsed: Parsed, target: Target, *, linked: bool = False, demanded: bool = False, announced: bool = False
) -> tuple[int, list[Cue]]:
    """Evaluative words that modify the target or are predicated of it, as one sign.

    `linked`: a verb has tied what follows to it; `demanded`, `announced`: a verb of demanding or of announcing tells
    it. Before the target only blame counts ("a terrible deal"): "a good deal" is mostly one that is wished for.
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
    start = _behind_aside(parsed, target)
    k, end = start, min(n, start + PREDICATE_REACH)
    negated = "without" in lower[max(0, target.start - 3) : target.start]  # "without it trade would be unfair"
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
        elif entry := _demanded_of(parsed, target, k, demanded, announced):
            value = entry
        if parsed.negated(k) and not value:
            negated = not negated
            cues.append(cue(parsed, k, k + 1, -1))
        apart = "," in parsed.words[start:k]
        if value and (
            linked
            or demanded
            or entry
            or word in parsed.lexicon.sets["copulas"]
            or (value < 0 and k - target.end < 6 and not apart)
            or _predicating(parsed, k)
        ):
            score += (-value if negated else value) * (3 if word in lexicon.strong else 1)
            cues.append(cue(parsed, k, stop, value))
            end = min(end, next((x for x in range(stop, end) if lower[x] in lexicon.sets["prepositions"]), end))
        linked = linked or word in parsed.lexicon.sets["copulas"]
        k = max(stop, k + 1)
    return (score > 0) - (score < 0), cues if any(c.sign for c in cues) and score else []


def _behind_aside(parsed: Parsed, target: Target) -> int:
    """Where what is said of the target goes on: behind an aside, "the pact, passed in haste, hurts farmers"."""
    end = target.end
    if parsed.words[end : end + 1] != [","]:
        return end
    close = next((x for x in range(end + 1, min(len(parsed), end + ASIDE)) if parsed.words[x] in (",", *HARD)), -1)
    if close < 0 or parsed.words[close] != "," or close + 1 >= len(parsed):
        return end
    goes_on = parsed.auxiliary(close + 1) or parsed.verb(close + 1) is not None or parsed.lower[close + 1].endswith("s")
    return close + 1 if goes_on else end


ASIDE = 18
"""Words that an aside behind the target has at most."""


def _predicating(parsed: Parsed, k: int) -> bool:
    """An evaluative verb right behind its subject: "the deal helps"."""
    return parsed.lower[k].endswith("s") and parsed.verb(k) is not None


def _demanded_of(parsed: Parsed, target: Target, k: int, demanded: bool, announced: bool) -> int:
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
    entry = next((e for e in entries if e.sign and e.form == "past" and not e.rest), None)
    if entry is None:
        return 0
    if parsed.lower[k + 1 : k + 2] == ["by"] and parsed.mention_at(k + 2) is not None:
        return entry.sign if bound else 0
    doing = {"will", "won't"} & set(before) and (announced or (entry.sign > 0 and "deed" in entry.kinds))
    return entry.sign if bound or doing else 0


ASKED = (["how"], ["why"], ["whether"], ["if"], ["what"], ["when"])
OBLIGING = frozenset(["must", "should", "deserves", "needs", "ought", "cannot", "can't"])
