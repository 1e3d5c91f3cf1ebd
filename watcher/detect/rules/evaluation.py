"""What is said of the target, as one sign: words of judgement and of demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import PASSIVE, done_to
from watcher.detect.marks import HARD
from watcher.detect.naming import is_name
from watcher.detect.path import cue

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target
    from watcher.domain.statement import Cue

PREDICATE_REACH = 16
"""Words between the target and what is said of it."""

ASIDE = 18
"""Words that an aside behind the target has at most."""

OBLIGING = frozenset(["must", "should", "deserves", "needs", "needed", "ought"])


def evaluate(
    parsed: Parsed,
    target: Target,
    *,
    linked: bool = False,
    demanded: bool = False,
    announced: bool = False,
    until: int = -1,
) -> tuple[int, list[Cue]]:
    """Evaluative words that modify the target or are predicated of it, as one sign.

    `until`: the token to stop before, -1 for none. `linked`: a verb has tied what follows to it; `demanded`,
    `announced`: a verb of demanding or of announcing tells it. Before the target only blame counts ("a terrible
    deal"): "a good deal" is mostly one that is wished for.
    """
    lower, lexicon, n = parsed.lower, parsed.lexicon, len(parsed)
    score, cues, sentence_title = 0, [], parsed.sentence.title
    for k in range(max(0, target.start - 3), target.start):
        if (
            lower[k] in lexicon.bad
            and lower[k].removesuffix("s") not in lexicon.bad - {lower[k]}  # "any state that ignores the pact"
            and not _does(parsed, k)
            and not any(
                lower[x] in lexicon.sets["prepositions"]
                or lower[x] in lexicon.sets["clause_starts"]
                or parsed.words[x] == ","
                for x in range(k + 1, target.start)
            )
        ):
            value = 1 if any(parsed.negated(x) for x in range(max(0, k - 4), k)) else -1
            score += value
            cues.append(cue(parsed, k, k + 1, -1))
    if linked and lower[target.end : target.end + 1] == ["with"]:  # "viewed it with suspicion"
        felt = next((x for x in range(target.end + 1, min(n, target.end + 5)) if lower[x] in lexicon.nouns), n)
        sign = lexicon.nouns[lower[felt]] if felt < n else 0
        return sign, [cue(parsed, felt, felt + 1, sign)] if sign else []
    start = _behind_aside(parsed, target)
    plural = lower[target.start] == "it" and lower[start : start + 1] in (["are"], ["were"])
    if plural and "who" not in lower[max(0, target.start - 4) : target.start]:
        return 0, []  # "the marches against it, he said, are wrong"
    k = since = start  # since: behind the last words that counted
    end = min(n if until < 0 else until, start + PREDICATE_REACH)
    negated = "without" in lower[max(0, target.start - 3) : target.start]  # "without it trade would be unfair"
    while k < end:
        word = lower[k]
        if word == "but" and score > 0 and not lexicon.bad.isdisjoint(lower[k + 1 : k + 4]):
            return 0, []  # "good for some but bad for others"
        if word == "but" and negated and not score:  # "is not a choice but a need"
            negated, k = False, k + 1
            continue
        if word == "and" and (k == target.end or (k + 1 < n and parsed.saying(k + 1) is not None)):
            break  # "had wanted to kill the law and had failed", "would pass it, and warned that ..."
        if word == "and" and score and parsed.words[k - 1] == ",":
            break  # "a mistake, and talks went on"
        bad = lexicon.phrase("bad_phrases", lower, k, min(end, k + 6))
        good = lexicon.phrase("good_phrases", lower, k, min(end, k + 6))
        told = any(span is not None and span[0] == k for span in (bad, good))  # "a once in a generation chance"
        if parsed.words[k] in HARD or (word in CLOSING and not told and not _told_of_it(parsed, start, k)):
            break
        value, stop, entry = 0, k + 1, 0
        if bad and bad[0] == k:
            value, stop = -1, bad[1]
        elif good and good[0] == k:
            value, stop = 1, good[1]
        elif linked and word == "too" and lower[k + 1 : k + 2] and _excess(parsed, k):
            value, stop = -1, k + 2
        elif word in ILLS and not COMBATING.isdisjoint(lower[max(since, k - 4) : k]):
            value = entry = 1  # "will tackle crime"
        elif k > start and parsed.words[k].istitle() and not sentence_title:
            pass  # "Rob Portman" robs nobody
        elif word in lexicon.good or word in lexicon.bad:
            value = 1 if word in lexicon.good else -1
            noun = not linked or word in GAINS
            if value > 0 and k == target.end and noun and not word.endswith("s") and not sentence_title:
                value = 0  # "the tax boost", not "called the vote historic"
            if value > 0 and k + 1 < n and lower[k + 1] in lexicon.bad:
                value = 0  # "a great mistake": only its size
        elif _excessive(parsed, k):
            value, stop = -1, k + 2
        elif entry := _demanded_of(parsed, target, k, demanded, announced) or _did(parsed, target, k):
            value = entry
        if word == "sound" and lower[k + 1 : k + 2] in (["out"], ["like"], ["the"], ["as"]):
            value = 0  # "will sound out others"
        if word in lexicon.sets["failing"] and {"might", "may", "could"} & set(lower[max(start, k - 2) : k]):
            value = 0  # "might fail": a fear of its friends as well
        if value < 0 and stop == k + 1 and not COMBATING.isdisjoint(lower[max(since, k - 3) : k]):
            value = entry = 1  # "will tackle fraud"
        if value < 0 and lower[k - 2 : k] == ["in", "no"]:
            value = 0  # "is in no danger"
        if value > 0 and not VILLAINS.isdisjoint(lower[stop : stop + 4]):
            value = entry = -1  # "a victory for smugglers"
        elif value < 0 and not VILLAINS.isdisjoint(lower[stop : stop + 1 + ("blow" in lower[k:stop])]):
            value = entry = 1  # "would deter smugglers", "a blow to smugglers"
        if value > 0 and word in HELPING and k + 1 < n and _named(parsed, k + 1):
            value = 0  # "would help Sudria": whether that is good depends on who speaks
        if (parsed.negated(k) or word in LACKING) and not value and word != "without":
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
            since = stop
            end = min(end, next((x for x in range(stop, end) if lower[x] in lexicon.sets["prepositions"]), end))
        linked = linked or word in parsed.lexicon.sets["copulas"]
        linked = linked or word in BRINGING or word in LACKING
        linked = linked or (word in ("has", "have", "had") and lower[k + 1 : k + 2] in (["no"], ["little"]))
        k = max(stop, k + 1)
    return (score > 0) - (score < 0), cues if any(c.sign for c in cues) and score else []


CLOSING = frozenset(["because", "which", "but", "while", "if", "than", "everything"]) | (
    frozenset(["after", "before", "when", "once", "until", "unless", "although", "though", "whereas"])
)
"""Behind them stands what is said of something else: "a walkout from the pact after X threatens the fleet"."""


def _excessive(parsed: Parsed, k: int) -> bool:
    """`is too lenient`, `remains far too vague`; not "too early to say", "too close to call"."""
    if parsed.lower[k] != "too" or k + 1 >= len(parsed) or parsed.lower[k + 1] in NO_BLAME:
        return False
    before = parsed.back_over(k - 1, lambda x: parsed.lower[x] in ("far", "much", "simply", "just", "still", "also"))
    sets = parsed.lexicon.sets
    told = before >= 0 and (parsed.lower[before] in sets["copulas"] or parsed.lower[before] in sets["linking"])
    return told and parsed.words[k + 1].isalpha() and parsed.words[k + 1].islower()


NO_BLAME = frozenset(["early", "soon", "late", "close", "big", "important", "good", "often", "long", "new", "tired"])
"""Behind "too" they tell nothing of what is said to be so."""

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
        "provided",
        "brought",
        "offered",
        "ensured",
        "delivered",
        "made",
        "kept",
        "left",
        "leave",
        "leaves",
    ]
)
"""Behind these stands what is good about it: "provides a secure supply"."""

COMBATING = frozenset(
    f"{stem}{ending}"
    for stem in (
        "tackle",
        "solve",
        "address",
        "fix",
        "cure",
        "resolve",
        "overcome",
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
    for ending in ("", "s", "d", "ed")
)
"""What is bad behind these is well met."""

GAINS = frozenset(["boost", "win", "success", "victory", "triumph", "gain", "benefit", "breakthrough"])

ILLS = frozenset(
    [
        "uncertainty",
        "chaos",
        "abuse",
        "abuses",
        "dependence",
        "bureaucracy",
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


VILLAINS = frozenset(
    [
        "abusers",
        "criminals",
        "crooks",
        "fraudsters",
        "scammers",
        "smugglers",
        "terrorists",
        "traffickers",
        "polluters",
        "cartels",
    ]
)
"""What is good for them is bad."""

LACKING = frozenset(["lack", "lacks", "lacked", "lacking"])
"""What is good behind them is missing."""


EXCESSES = frozenset(["early", "soon", "late", "close", "good", "important", "big", "precious", "valuable", "many"])
EXCESSES |= {"popular", "strong", "often", "long", "old", "young", "to", "and", "the"}
"""Not blamed behind "too": "too early to tell", "too important to fail", "would help others too"."""


def _excess(parsed: Parsed, k: int) -> bool:
    """Whether "too" at `k` blames what is said of it: "is too strict"."""
    return parsed.lower[k + 1].isalpha() and parsed.lower[k + 1] not in EXCESSES


def _did(parsed: Parsed, target: Target, k: int) -> int:
    """The sign of what it did: "the pact betrayed us", not "was betrayed", "the pact betrayed by its friends"."""
    value = parsed.lexicon.told.get(parsed.lower[k], 0)
    if not value or parsed.lower[k + 1 : k + 2] == ["by"]:
        return 0
    between = range(target.end, k)
    passive = not PASSIVE.isdisjoint(parsed.lower[target.end : k])
    return 0 if passive or not all(parsed.light(x) for x in between) else value


def _named(parsed: Parsed, k: int) -> bool:
    """Whether a name of a party, or another one, stands at `k`."""
    return parsed.mention_at(k) is not None or is_name(parsed, parsed.words[k])


def _does(parsed: Parsed, k: int) -> bool:
    """Whether the word at `k` is a verb behind a modal or a "not": "fires do not endanger it"."""
    return k > 0 and (parsed.negated(k - 1) or parsed.lower[k - 1] == "to" or parsed.auxiliary(k - 1))


def _told_of_it(parsed: Parsed, start: int, k: int) -> bool:
    """`the pact, which is badly needed`: whether the word at `k` opens what is told of the target right before it."""
    return parsed.lower[k] == "which" and k in (start, start + (parsed.words[start] == ","))


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


AGAIN = (["again"], ["afresh"], ["anew"])
"""Behind a verb they tell of another time: "cannot be negotiated afresh" is no no to it."""


def _demanded_of(parsed: Parsed, target: Target, k: int, demanded: bool, announced: bool) -> int:
    """The sign of "must be rejected", "should be passed", "has to end", "(demanded that it) be scrapped"; of "will be
    signed" too: who says so in its own name means to."""
    before = parsed.lower[max(target.end, k - 4) : k]
    denied = "not" in before and bool({"can", "could"} & set(before))
    bound = bool(set(before) & OBLIGING) or denied or ("to" in before and bool({"has", "have", "had"} & set(before)))
    plain = all(word == "not" or parsed.adverb(x) for x, word in enumerate(parsed.lower[target.end : k], target.end))
    if bound or (demanded and plain):
        for kind, sign in (("may_good", 1), ("may_bad", -1)):
            span = parsed.lexicon.phrase(kind, parsed.lower, k, min(len(parsed), k + 5))
            if span and span[0] == k:
                return sign
    if "be" not in before or parsed.lower[k + 1 : k + 2] in AGAIN:
        return 0
    if denied and any("amend" in e.kinds and e.form == "past" for e in parsed.lexicon.verbs.get(parsed.lower[k], ())):
        return -1  # "cannot be reopened": the negation before it makes it stand
    bound = bound or (demanded and before[-1:] == ["be"] and len(before) <= 2)
    entries = parsed.lexicon.verbs.get(parsed.lower[k], ())
    entry = next((e for e in entries if e.sign and e.form == "past" and not e.rest), None)
    if entry is None:
        return 0
    sign = done_to(parsed, target, entry)
    if parsed.lower[k + 1 : k + 2] == ["by"] and parsed.mention_at(k + 2) is not None:
        return sign if bound else 0
    doing = "will" in before and (announced or (sign > 0 and "deed" in entry.kinds))
    return sign if bound or doing else 0
