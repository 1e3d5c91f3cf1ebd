"""Which words may govern a target, and which only look like it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.marks import HARD, QUOTES
from watcher.detect.words import match_entry

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.words import Entry


def elsewhere(parsed: Parsed, path: Path, end: int) -> bool:
    """Whether the verb that ends at `end` has another noun for its object: "condemned the theft near the pipeline"."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    if path.exchange or path.terms or path.loose:
        return False
    dared = next((x for x in range(end, path.top - 1) if lower[x] == "to" and parsed.mention_at(x - 1)), -1)
    if dared > 0 and lower[end - 1].startswith(("challeng", "defie", "defy")) and parsed.verb(dared + 1):
        return True  # "challenged X to make the vote one on the treaty"
    for x in range(end + 1, path.top):
        if lower[x] not in ATTACHING and (lower[x] != "to" or lower[x - 1] not in OTHERS):
            continue
        inner = x - 1 - (parsed.words[x - 1] in QUOTES)
        head = lower[inner]
        if head in sets["prepositions"] or parsed.mention_at(x - 1) or parsed.target_at(x - 1):
            continue
        if head in OTHERS and lower[x] == "to":
            return True  # "called for another approach to it"
        if head in DEBATES and lower[x] in ("on", "about", "over", "into"):
            return True  # "wants a debate on it"
        if (head in ASPECTS and lower[x] == "of") or (head in RELIEFS and lower[x] == "from"):
            return True  # "criticised X's handling of it", "secured an exemption from it"
        if lower[x] == "of" and lower[x - 2 : x - 1] not in (["the"], ["a"], ["its"], ["his"], ["their"]):
            continue
        if path.target.sign < 0 and lower[x] in ("on", "about") and head in parsed.lexicon.instruments:
            return True  # "signs an order on the limit", where the target is to lift it
        known = head in parsed.lexicon.transparent_nouns or head in parsed.lexicon.nouns or head in parsed.lexicon.terms
        if (
            not known
            and not parsed.adverb(x - 1)
            and (head not in sets["heads"] or lower[x] == "over")
            and head not in sets["fillers"]
            and head.isalpha()
            and parsed.verb(x - 1) is None
        ):
            return True
    return False


ATTACHING = frozenset(["near", "in", "from", "at", "behind", "during", "under", "of", "over", "on", "about", "into"])
"""Prepositions that may tie what follows to a noun rather than to the verb."""
RELIEFS = frozenset(["exemption", "exemptions", "relief", "waiver", "waivers", "exclusion", "exclusions", "reprieve"])
ASPECTS = frozenset(["handling", "management", "conduct", "coverage", "reporting", "portrayal", "mishandling"])
OTHERS = frozenset(["approach", "solution", "response", "answer", "alternative", "alternatives", "approaches"])
DEBATES = frozenset(["debate", "discussion", "hearing", "briefing", "report", "study", "inquiry", "figures", "data"])
ASPECTS |= {"oversight", "scrutiny", "supervision", "monitoring", "audit", "audits"}


def best_entry(parsed: Parsed, path: Path, i: int) -> tuple[Entry, int] | None:
    """The longest entry at `i` that can govern here."""
    hit = parsed.verb(i)
    if hit is not None and hit[0].lemma == "keep" and not path.kind and _kept_from(parsed, path):
        return replace(hit[0], sign=-1, kinds=frozenset(["oppose"])), i + 1
    if hit is not None and hit[0].rest and _noun_within(parsed, i, hit):
        return next(((e, i + 1) for e in parsed.lexicon.verbs[parsed.lower[i]] if not e.rest), None)
    idle = hit is not None and hit[0].kinds == {"neutral"} and hit[1] <= path.top  # "steers clear of it"
    if (
        hit is None
        or idle
        or not hit[0].rest
        or (governs(path, hit[0]) and (hit[1] <= path.top + 1 or apart(path, hit)))
    ):
        return hit
    return next(((e, i + 1) for e in parsed.lexicon.verbs[parsed.lower[i]] if not e.rest), hit)


def _kept_from(parsed: Parsed, path: Path) -> bool:
    """Whether the target is kept from something: "keep the ban that X wrote from taking effect"."""
    end = path.target.end
    within = range(end, min(len(parsed) - 1, end + KEPT))
    at = next((x for x in within if parsed.lower[x] == "from" and parsed.lower[x + 1].endswith("ing")), 0)
    return at > 0 and not any(parsed.words[x] in HARD for x in range(end, at))


KEPT = 9
"""Words between what is kept from something and its "from"."""


def _noun_within(parsed: Parsed, i: int, hit: tuple[Entry, int]) -> bool:
    """`rally opposition to it`: a noun of position between the verb and what would be its particle."""
    gap = [word for word in parsed.lower[i + 1 : hit[1]] if word not in hit[0].rest]
    return any(parsed.lexicon.nouns.get(word, 0) < 0 for word in gap)


def apart(path: Path, hit: tuple[Entry, int]) -> bool:
    """Whether the verb's own words stand right behind the target: "strike it down", "sent it to parliament"."""
    rest = hit[0].rest
    return bool(rest) and not path.kind and hit[1] - len(rest) == path.target.end


def governs(path: Path, entry: Entry) -> bool:
    """A verb that only passes signs on ("tried", "got") governs no bare noun."""
    if entry.kinds & {"undecided", "conditional"} or ("amend" in entry.kinds and not path.kind):
        return True
    if not path.kind and entry.lemma in ("let", "allow") and not path.loose:
        return True
    if path.loose and not path.kind:
        return False
    if entry.sign:
        return True
    return bool(path.kind) and bool(entry.control or "prevent" in entry.kinds)


def puts_out(parsed: Parsed, path: Path, i: int, entry: Entry) -> bool:
    """`released a draft of it`, `set out a framework for it`: who puts out the paper wants what it is for."""
    if entry.lemma not in PUTTING_OUT or path.kind or path.target.sign < 0:
        return False
    between = parsed.lower[i + 1 : path.target.start]
    return not DRAFTS.isdisjoint(between) and (between[-1:] == ["the"] or "of" in between or "for" in between)


PUTTING_OUT = frozenset(
    ["release", "publish", "issue", "circulate", "set out", "lay out", "outline", "present", "table", "detail", "print"]
)
DRAFTS = frozenset(["version", "draft", "drafts", "text", "framework", "blueprint", "outline", "outlines", "roadmap"])


def unknown_verb(parsed: Parsed, i: int) -> bool:
    """A verb that the lexicon does not know holds its object: "visited the wall"."""
    word = parsed.lower[i]
    following = parsed.lower[i + 1 : i + 2]
    if (
        word.endswith("ing")
        and len(word) > 5
        and word not in parsed.lexicon.verbs
        and following in (["him"], ["her"], ["them"], ["us"], ["me"], ["the"], ["a"])
    ):
        return True
    return (
        word.endswith("ed")
        and len(word) > 4
        and word not in parsed.lexicon.verbs
        and word not in parsed.lexicon.sets["fillers"]
        and following in (["the"], ["a"], ["an"], ["his"], ["her"], ["its"], ["their"], ["this"], ["that"])
    )


TELLING = frozenset(["undecided", "conditional", "label", "prevent", "refuse", "amend", "say"])
"""Kinds of verbs that tell something of a position, though they have no sign."""


def unknown_infinitive(parsed: Parsed, i: int, top: int) -> bool:
    """`wanted to hear about the deal`: what "hear" does to the deal is not known."""
    lower = parsed.lower
    if any(hit is not None and hit[1] > i + 1 for hit in map(parsed.verb, range(max(0, i - 4), i))):
        return False  # "gone to bat for it", "took the state to court over it"
    if lower[i] != "to" or i + 2 >= top or not lower[i + 1].isalpha():
        return False
    entries = parsed.lexicon.verbs.get(lower[i + 1], ())
    telling = [entry for entry in entries if entry.sign or entry.control or entry.kinds & TELLING]
    if telling and match_entry(telling, lower, i + 1, len(lower)) is not None:
        return False
    if any("neutral" in entry.kinds for entry in entries):
        return True  # "wants to know more about it"
    sets = parsed.lexicon.sets
    following = lower[i + 2]
    return lower[i + 1] not in sets["determiners"] and (
        following in sets["determiners"] or following in sets["prepositions"]
    )


def intransitive(parsed: Parsed, path: Path, i: int, entry: Entry) -> bool:
    """A verb with a preposition of its own right behind it has no direct object: "end with", "blocked by"."""
    if path.kind or entry.rest or path.exchange or "undecided" in entry.kinds:
        return False
    if entry.lemma in RECEIVED and entry.form == "past" and _received(parsed, i):
        return True  # "were given a free vote on it", "was offered the deal"
    after = parsed.lower[i + 1] if i + 1 < len(parsed) else ""
    if after == "for" and entry.lemma in (
        "want",
        "seek",
        "need",
        "demand",
        "propose",
        "offer",
        "provide",
        "allocate",
        "earmark",
        "appropriate",
        "secure",
        "approve",
    ):
        return False
    return (
        after in parsed.lexicon.sets["prepositions"]
        and after not in ("of", "to", "as", "like", "over", "about", "under", "around", "between", "than")
    ) or after in ("up", "out", "down", "away", "back", "off")


RECEIVED = frozenset(["give", "grant", "offer", "lend", "hand", "promise"])


def _received(parsed: Parsed, i: int) -> bool:
    """Whether the participle at `i` tells what its subject gets."""
    k = parsed.back_over(i - 1, parsed.light)
    return not {"is", "are", "was", "were", "be", "been", "being"}.isdisjoint(parsed.lower[k + 1 : i])


def weightless(parsed: Parsed, i: int) -> bool:
    """Tokens that may stand between governor and target without moving them apart."""
    word, sets = parsed.lower[i], parsed.lexicon.sets
    return (
        parsed.words[i] in QUOTES
        or word
        in ("the", "a", "an", "this", "that", "of", "on", "'s", "$", "its", "his", "their", "new", "own", "any", "to")
        or word[0].isdigit()
        or word in ("million", "billion", "trillion")
        or word in parsed.lexicon.transparent_nouns
        or word in sets["fillers"]
    )


def near(parsed: Parsed, lo: int, hi: int) -> bool:
    """Whether nothing of weight stands between two tokens: an owner does not count, "block the mayor's latest plan"."""
    x = hi - 1
    while x >= lo:
        if parsed.lower[x] in ("'s", "'") and x > lo:
            owner = x - 1
            while x > lo and owner - x < OWNER and parsed.words[x - 1].isalpha() and not weightless(parsed, x - 1):
                x -= 1
                if parsed.lower[x] in parsed.lexicon.sets["prepositions"]:
                    return False
        elif not weightless(parsed, x):
            return False
        x -= 1
    return True


OWNER = 3
"""Words that name an owner, at most."""


def is_idiom(parsed: Parsed, i: int) -> bool:
    """Words that look like a governor and are none here: "as opposed to", "compared", "so called"."""
    lower = parsed.lower
    word = lower[i]
    before = lower[i - 1] if i else ""
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if word in ("need", "needs", "needed") and after in ("is", "was") and "thing" in lower[max(0, i - 4) : i]:
        return True  # "the last thing we need is the pact"
    if word in ("do", "does", "did") and after in parsed.lexicon.sets["negation"]:
        return True  # "I do not see a way of signing it"
    if word.startswith(("stand", "stood")) and lower[i + 1 : i + 3] in (["by", "and"], ["by", "while"], ["by", "as"]):
        return True  # "will not stand by and let it pass"
    if word.startswith("mak") or word == "made":
        return "sense" in lower[i + 1 : i + 4]  # "it made no sense to sign"
    if word in ("called", "labeled", "dubbed") and before in ("so", "what", "'s"):
        return True
    if i and "by" in lower[i + 1 : i + 3] and _made_by(parsed, i):
        return True
    if word in ("according", "regarding", "concerning", "including", "opposed") and (
        before == "as" or word != "opposed"
    ):
        return True
    if word in ("fight", "battle", "fighting") and after in ("over", "about"):
        return True
    if word in ("like", "love") and before == "would":
        return False  # "would like to sign"
    return word in ("like", "need", "love") and before in (
        "would",
        "looks",
        "look",
        "looked",
        "something",
        "things",
        "sounds",
        "'s",
        ",",
        "just",
        "much",
        "more",
        "is",
        "was",
        "it",
    )


def _made_by(parsed: Parsed, i: int) -> bool:
    """`a pledge drawn up by X to oppose it`: the participle at `i` only tells whose the pledge is."""
    hit, noun, lexicon = parsed.verb(i), parsed.lower[i - 1], parsed.lexicon
    known = noun in lexicon.proposals or noun in lexicon.instruments or noun in lexicon.sets["decisions"]
    return known and hit is not None and hit[0].form == "past"


def _compound(parsed: Parsed, k: int) -> bool:
    """Whether the token at `k` is of a compound that only tells what a thing is like: "a last-minute plea"."""
    glued, lower = parsed.sentence.glued, parsed.lower
    first = k if glued[k + 1] and not glued[k] else k - 1 if glued[k] else -1
    return first >= 0 and parsed.mention_at(first) is None and lower[first : first + 2] != ["back", "up"]


COLOURLESS = frozenset(["the", "a", "an", "any", "all", "his", "her", "its", "their", "new", "and", "repeated"])
COLOURLESS |= {"latest", "such", "these", "those", "this", "first", "second", "third", "last", "two", "three", "four"}


def before_noun(parsed: Parsed, i: int, lo: int) -> int:
    """The token left of the noun at `i` and of the articles and adjectives that belong to it."""
    sets = parsed.lexicon.sets
    k = i - 1
    while (
        k >= lo
        and i - k < 6
        and (
            parsed.lower[k] in COLOURLESS
            or parsed.lower[k] in sets["fillers"]
            or (parsed.lower[k] in sets["qualities"] and not parsed.negated(k))
            or _compound(parsed, k)
            or parsed.words[k] in QUOTES
            or (parsed.adverb(k) and not parsed.negated(k))
            or (
                parsed.words[k][:1].isupper() and parsed.mention_at(k) is None and parsed.lower[k + 1] != "'s" and k > 0
            )
        )
    ):
        k -= 1
    return k


def ending_at(parsed: Parsed, k: int, lo: int) -> int:
    """Where a verb starts whose particle is token `k`: "ruled out signing"; -1 if none does."""
    for x in range(k - 1, max(lo - 1, k - 5), -1):
        hit = parsed.verb(x)
        if hit and hit[0].rest and hit[1] == k + 1:
            return x
    return -1
