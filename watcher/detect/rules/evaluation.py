"""What is said of the target, as one sign: words of judgement, demands, vows, fears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.naming import is_name
from watcher.detect.parsed import HARD, Parsed
from watcher.detect.path import cue

if TYPE_CHECKING:
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry
    from watcher.domain.statement import Cue

PREDICATE_REACH = 16
"""Words between the target and what is said of it."""

ASIDE = 18
"""Words that an aside behind the target has at most."""

OBLIGING = frozenset(["must", "should", "deserves", "needs", "ought", "cannot", "can't"])


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
        if (
            lower[k] in lexicon.bad
            and not _does(parsed, k)
            and not any(
                lower[x] in lexicon.sets["prepositions"] or parsed.words[x] == "," for x in range(k + 1, target.start)
            )
        ):
            value = 1 if any(parsed.negated(x) for x in range(max(0, k - 4), k)) else -1
            score += value
            cues.append(cue(parsed, k, k + 1, -1))
    start = _behind_aside(parsed, target)
    k, end = start, min(n, start + PREDICATE_REACH)
    negated = "without" in lower[max(0, target.start - 3) : target.start]  # "without it trade would be unfair"
    while k < end:
        word = lower[k]
        if word == "but" and score > 0 and not lexicon.bad.isdisjoint(lower[k + 1 : k + 4]):
            return 0, []  # "good for some but bad for others"
        if word == "and" and k == target.end:
            break  # "had wanted to kill the law and had failed"
        if parsed.words[k] in HARD or word in ("because", "which", "but", "while", "if", "than"):
            break
        bad = lexicon.phrase("bad_phrases", lower, k, min(end, k + 6))
        good = lexicon.phrase("good_phrases", lower, k, min(end, k + 6))
        value, stop, entry = 0, k + 1, 0
        if bad and bad[0] == k:
            value, stop = -1, bad[1]
        elif good and good[0] == k:
            value, stop = 1, good[1]
        elif word in ILLS and not COMBATING.isdisjoint(lower[max(start, k - 4) : k]):
            value = entry = 1  # "will tackle crime"
        elif word in lexicon.good or word in lexicon.bad:
            value = 1 if word in lexicon.good else -1
            if value > 0 and k + 1 < n and lower[k + 1] in lexicon.bad:
                value = 0  # "a great mistake": only its size
        elif entry := _demanded_of(parsed, target, k, demanded, announced):
            value = entry
        if word in lexicon.sets["failing"] and {"might", "may", "could"} & set(lower[max(start, k - 2) : k]):
            value = 0  # "might fail": a fear of its friends as well
        if value < 0 and stop == k + 1 and not COMBATING.isdisjoint(lower[max(start, k - 3) : k]):
            value = 1  # "will tackle fraud"
        if value < 0 and lower[k - 2 : k] == ["in", "no"]:
            value = 0  # "is in no danger"
        if value > 0 and word in HELPING and k + 1 < n and _named(parsed, k + 1):
            value = 0  # "would help Sudria": whether that is good depends on who speaks
        if parsed.negated(k) and not value and word != "without":
            negated = not negated
            cues.append(cue(parsed, k, k + 1, -1))
        apart = "," in parsed.words[start:k]
        if value and (
            linked
            or demanded
            or entry
            or word in parsed.lexicon.sets["copulas"]
            or (stop > k + 1 and k - start < 3)  # "levels the playing field"
            or (value < 0 and k - target.end < 6 and not apart)
            or _predicating(parsed, k)
        ):
            score += (-value if negated else value) * (3 if word in lexicon.strong else 1)
            cues.append(cue(parsed, k, stop, value))
            end = min(end, next((x for x in range(stop, end) if lower[x] in lexicon.sets["prepositions"]), end))
        linked = linked or word in parsed.lexicon.sets["copulas"]
        linked = linked or word in BRINGING
        linked = linked or (word in ("has", "have", "had") and lower[k + 1 : k + 2] in (["no"], ["little"]))
        k = max(stop, k + 1)
    return (score > 0) - (score < 0), cues if any(c.sign for c in cues) and score else []


BRINGING = frozenset(
    [
        "provides",
        "provide",
        "brings",
        "bring",
        "offers",
        "offer",
        "ensures",
        "ensure",
        "delivers",
        "makes",
        "make",
        "keeps",
    ]
)
"""Behind these stands what is good about it: "provides a secure supply"."""

COMBATING = frozenset(
    f"{stem}{ending}"
    for stem in (
        "tackle",
        "prevent",
        "combat",
        "fight",
        "curb",
        "reduce",
        "end",
        "stop",
        "eliminate",
        "avert",
        "avoid",
        "stem",
    )
    for ending in ("", "s")
)
"""What is bad behind these is well met."""

ILLS = frozenset(
    [
        "crime",
        "corruption",
        "poverty",
        "inequality",
        "pollution",
        "terrorism",
        "smuggling",
        "emissions",
        "violence",
        "deaths",
    ]
) | frozenset(["shortages", "waste", "bloodshed", "suffering", "discrimination", "trafficking", "evasion", "debt"])
"""What is bad in itself, and tells nothing of the target unless the target meets it."""

HELPING = frozenset(["help", "helps", "benefit", "benefits", "boost", "boosts", "strengthen", "strengthens"])


def _named(parsed: Parsed, k: int) -> bool:
    """Whether a name of a party, or another one, stands at `k`."""
    return parsed.mention_at(k) is not None or is_name(parsed, parsed.words[k])


def _does(parsed: Parsed, k: int) -> bool:
    """Whether the word at `k` is a verb behind a modal or a "not": "fires do not endanger it"."""
    return k > 0 and (parsed.negated(k - 1) or parsed.lower[k - 1] == "to" or parsed.auxiliary(k - 1))


def asked_for(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`there should be no T`, `there must be a T`: what the speaker wants, as one sign."""
    lower = parsed.lower
    if lower[target.start - 1 : target.start] == ["to"] or lower[max(0, target.start - 2) : target.start - 1] == ["to"]:
        for x in range(max(0, target.start - 5), target.start - 1):
            if lower[x] in ("no", "any") and lower[x + 1] in ("alternative", "alternatives"):
                return 1, [cue(parsed, x, x + 2, 1)]  # "there is no alternative to it"
    there = next((x for x in range(target.start - 1, max(-1, target.start - 7), -1) if lower[x] == "there"), -1)
    between = lower[there + 1 : target.start]
    told = OBLIGING & set(between) or ("no" in between and {"will", "would"} & set(between))
    if there < 0 or not told or "be" not in between or "if" in lower[max(0, there - 2) : there]:
        return 0, []
    if not all(word in OBLIGING or word in THERE or word in ("will", "would") for word in between):
        return 0, []
    value = -1 if {"no", "not", "never", "cannot", "can't"} & set(between) else 1
    return value, [cue(parsed, there, target.start, value)]


THERE = frozenset(["be", "to", "no", "not", "never", "a", "an", "any", "such", "also", "now", "further", "new", "more"])
"""Words between "there" and what there should be."""


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
            span = parsed.lexicon.phrase(kind, parsed.lower, k, min(len(parsed), k + 5))
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


def vowed(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`promised that it would go ahead`, `vowed that it would never pass`: what is to become of it."""
    k = next((x for x in range(target.end, len(parsed)) if not parsed.light(x)), len(parsed))
    modal = set(parsed.lower[target.end : k]) & {"will", "would", "shall", "won't", "'ll", "can", "could"}
    for kind, sign in (("may_good", 1), ("may_bad", -1)) if modal and k < len(parsed) else ():
        span = parsed.lexicon.phrase(kind, parsed.lower, k, min(len(parsed), k + 3))
        if span and span[0] == k:
            denied = any(parsed.negated(x) for x in range(target.end, k)) or "won't" in modal
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
    never = {"cannot", "can't", "couldn't"} & group or ("not" in group and {"can", "could"} & group)
    if (
        not (never or group & {"will", "would", "won't", "'ll", "wouldn't"})
        or k >= n
        or group & {"likely", "probably", "perhaps"}
    ):
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
    return [e for e in parsed.lexicon.verbs.get(parsed.lower[k], ()) if e.form == "past" and not e.rest]


def denied(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`said that no referendum will be held`: who says so of the target does not want it."""
    lower, no = parsed.lower, max(0, target.start - 2)
    k = next((x for x in range(no, target.start) if lower[x] == "no"), -1)
    told = k > 0 and (lower[k - 1] == "that" or parsed.saying(k - 1) is not None)
    if not told or lower[target.end : target.end + 1] not in (["will"], ["would"], ["can"], ["could"], ["shall"]):
        return 0, []
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
