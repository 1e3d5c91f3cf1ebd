"""The sign chain: from a target leftwards to the words that govern it, multiplying their signs.

`vowed(~) to block(-) the repeal(-)` is support. A link holds only by "to", by a preposition or verb before an
-ing form, or by a noun of position with a light verb; other words end the chain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from watcher.detect.parsed import HARD, QUOTES, Parsed
from watcher.domain.statement import Cue

if TYPE_CHECKING:
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry

REACH = 9
"""Words between the target and its governor."""

REACH_LINKED = 6
"""Words between two linked governors: "urged Congress to pass"."""


@dataclass(slots=True)
class Path:
    """What governs a target. `kind` is verb, noun, adjective, action (the target is itself an act) or empty;
    `top` the leftmost governing token; `sign` the product; `undecided` and `conditional` whether
    a governor withholds judgement or moves on terms; `hypothetical` an if-clause; `negated` how many negations."""

    target: Target
    sign: int
    top: int
    kind: str = ""
    cues: list[Cue] = field(default_factory=list)
    undecided: bool = False
    conditional: bool = False
    hypothetical: bool = False
    negated: int = 0
    verbs: list[Entry] = field(default_factory=list)
    purpose: bool = False
    exchange: bool = False
    loose: bool = False
    comma: bool = False
    void: bool = False
    terms: bool = False
    nominal: bool = False
    judge: tuple[int, int, int] | None = None


def cue(parsed: Parsed, lo: int, hi: int, sign: int) -> Cue:
    """A cue over tokens [lo, hi) with its place in the document."""
    sentence = parsed.sentence
    hi = max(hi, lo + 1)
    return Cue(" ".join(sentence.words[lo:hi]), sentence.starts[lo], sentence.ends[hi - 1], sign)


def govern(parsed: Parsed, target: Target, lo: int = 0) -> Path:
    """Reads leftwards from the target to `lo`."""
    path = Path(target, target.sign, target.start)
    if target.sign < 0:
        path.cues.append(cue(parsed, target.start, target.end, -1))
    i = target.start - 1
    if _acts(parsed, target):
        i = _act(parsed, path, target, lo)
    _climb(parsed, path, i, lo)
    path.hypothetical = path.hypothetical or _in_if_clause(parsed, path, lo)
    return path


def _acts(parsed: Parsed, target: Target) -> bool:
    """Whether the target is told as an act here: "to expand checks", not "expanded checks"."""
    if (target.end - target.start < 2 and not target.action) or parsed.sentence.glued[target.start]:
        return False
    hit = parsed.verb(target.start)
    if hit is None:
        return False
    if target.action:
        return True
    entries = parsed.lexicon.verbs[parsed.lower[target.start]]
    before = parsed.lower[target.start - 1] if target.start else ""
    return (
        target.full
        and entries[0].form == "base"
        and hit[0].sign > 0
        and (before == "to" or before in parsed.lexicon.sets["act_openers"])
    )


def _act(parsed: Parsed, path: Path, target: Target, lo: int) -> int:
    """The target's own verb governs: "build the wall"."""
    if parsed.lower[target.start].endswith("ing") and parsed.lower[target.start - 1 : target.start] in (["the"], ["a"]):
        return target.start - 1
    path.kind, path.top = "action", target.start
    if target.sign > 0:
        path.cues.append(cue(parsed, target.start, target.end, 1))
    linked, i = _link(parsed, path, target.start, lo)
    return i if linked else lo - 1


def _climb(parsed: Parsed, path: Path, i: int, lo: int) -> None:
    lower, words, lexicon = parsed.lower, parsed.words, parsed.lexicon
    distance, reach = 0, REACH if not path.kind else REACH_LINKED
    while i >= lo and distance < reach:
        word = lower[i]
        if words[i] in HARD:
            return
        if word in parsed.lexicon.sets["clause_starts"] and word != "whether":
            return
        if word == "that" and (path.kind or (i > lo and parsed.saying(i - 1) is not None)):
            return
        if not path.kind and _unknown_verb(parsed, i):
            return
        if not path.kind and _unknown_infinitive(parsed, i, path.top):
            path.loose = True
        if (path.kind and i < path.target.start and (other := parsed.target_at(i)) and other is not path.target) or (
            not path.kind and (other := parsed.target_at(i)) and other.full and i < path.top - 2
        ):
            return
        if word in ("if", "unless") and path.kind:
            return
        if word == "whether" and path.kind:
            _whether(parsed, path, i)
            return
        if word == "against" and path.kind != "action":
            i = _against(parsed, path, i, lo)
            distance, reach = 0, REACH_LINKED
            if path.kind == "noun":
                return
            if path.kind == "verb" and path.verbs:
                linked, i = _link(parsed, path, path.top, lo)
                if not linked:
                    return
            continue
        hit = _best_entry(parsed, path, i)
        if words[i] == "," and not path.kind:
            path.comma = True
        if hit and path.comma and not path.kind and hit[0].sign < 0 and not path.target.action:
            return
        apart = hit is not None and bool(hit[0].rest) and not path.kind and hit[1] - 1 == path.target.end
        if hit and not path.kind and _elsewhere(parsed, path, hit[1]):
            return
        if hit and (not hit[0].rest or hit[1] <= path.top + 1 or apart):
            entry, end = hit
            if not _idiom(parsed, i) and _governs(path, entry) and not _intransitive(parsed, path, i, entry):
                _apply_verb(parsed, path, i, min(end, path.top) if end > i + 1 else i + 1, entry)
                linked, i = _link(parsed, path, i, lo)
                if not linked:
                    return
                distance, reach = 0, REACH_LINKED
                continue
        adjective = parsed.adjective(i)
        if adjective and path.loose and not path.kind and not adjective[0].kinds & {"undecided", "conditional"}:
            adjective = None
        if (
            adjective
            and adjective[1] <= path.top + 1
            and (
                adjective[0].rest
                or lower[adjective[1] : adjective[1] + 1]
                in (["to"], ["that"], ["about"], ["on"], ["over"], ["of"], ["for"])
                or adjective[0].kinds & {"undecided"}
            )
        ):
            _apply_adjective(parsed, path, i, adjective)
            return
        if path.loose and not path.kind:
            distance += 0 if _weightless(parsed, i) else 1
            i -= 1
            continue
        if (
            word in lexicon.nouns
            and not hit
            and _nominal(parsed, path, i)
            and (not path.exchange or word in lexicon.proposals or word == "proposition")
        ):
            path.sign *= lexicon.nouns[word]
            path.cues.insert(0, cue(parsed, i, i + 1, lexicon.nouns[word]))
            path.kind, path.top = "noun", i
            path.conditional = path.conditional or word in lexicon.open_nouns
            k = _before_noun(parsed, i, lo)
            carrier = parsed.verb(k) if k >= lo else None
            if (
                carrier
                and carrier[0].sign
                and (carrier[0].sign < 0 or "light" not in carrier[0].kinds)
                and carrier[1] <= i
            ):
                _apply_noun(parsed, path, k, carrier)
                linked, i = _link(parsed, path, k, lo)
                if linked:
                    distance, reach = 0, REACH_LINKED
                    continue
            return
        if (
            word in lexicon.terms
            and not path.kind
            and not path.terms
            and lower[i + 1] in ("to", "in", "on", "of", "for")
            and all(_weightless(parsed, x) for x in range(i + 2, path.top))
        ):
            path.terms = True
            path.cues.insert(0, cue(parsed, i, i + 1, 0))
            distance = 0
        if path.kind and path.purpose and not hit and (word in lexicon.transparent_nouns or word in lexicon.proposals):
            path.nominal = True  # "fight attempts to block it": the next verb has a noun for its object
            path.purpose = False
        if word == "for" and lower[i - 2 : i] in (["in", "exchange"], ["in", "return"]) and not path.kind:
            path.exchange = True
            path.cues.insert(0, cue(parsed, i - 2, i + 1, 1))
            i -= 3
            distance, reach = 0, 14
            continue
        if word in ("why", "how") and path.kind and lower[i - 1 : i] not in (["is"], ["was"], ["'s"], ["that's"]):
            path.hypothetical = True
            return
        if not _weightless(parsed, i):
            distance += 1
        i -= 1


def _whether(parsed: Parsed, path: Path, i: int) -> None:
    """`weighing whether to sign`: the same subject withholds; `asked whether X would sign` says nothing."""
    for k in range(i - 1, max(-1, i - 4), -1):
        hit = parsed.verb(k)
        if hit is None:
            continue
        if parsed.lower[i + 1 : i + 2] == ["to"] and "say" not in hit[0].kinds:
            path.undecided, path.kind, path.top = True, "verb", k
            path.cues.insert(0, cue(parsed, k, i + 1, 0))
            path.verbs.append(hit[0])
            return
        break
    path.hypothetical = True


def _before_noun(parsed: Parsed, i: int, lo: int) -> int:
    """The token left of the noun at `i` and of the articles and adjectives that belong to it."""
    sets = parsed.lexicon.sets
    k = i - 1
    while (
        k >= lo
        and i - k < 5
        and (
            parsed.lower[k]
            in (
                "the",
                "a",
                "an",
                "any",
                "all",
                "his",
                "her",
                "its",
                "their",
                "new",
                "and",
                "repeated",
                "latest",
                "such",
                "these",
                "those",
                "this",
            )
            or parsed.lower[k] in sets["fillers"]
            or parsed.words[k] in QUOTES
            or (
                parsed.words[k][:1].isupper() and parsed.mention_at(k) is None and parsed.lower[k + 1] != "'s" and k > 0
            )
        )
    ):
        k -= 1
    return k


def _apply_noun(parsed: Parsed, path: Path, k: int, hit: tuple[Entry, int]) -> None:
    """A position verb on a noun of position: "opposed the repeal of", "rejected calls for"."""
    entry, end = hit
    path.sign *= entry.sign
    path.cues.insert(0, cue(parsed, k, end, entry.sign))
    path.kind, path.top = "verb", k
    path.verbs.append(entry)


def _elsewhere(parsed: Parsed, path: Path, end: int) -> bool:
    """Whether the verb that ends at `end` has another noun for its object: "condemned the theft near the pipeline"."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    if path.exchange or path.terms or path.loose:
        return False
    for x in range(end + 1, path.top):
        if lower[x] not in ("near", "in", "from", "at", "behind", "during", "under", "of", "over"):
            continue
        head = lower[x - 1]
        if head in sets["prepositions"] or parsed.mention_at(x - 1) or parsed.target_at(x - 1):
            continue
        if lower[x] == "of" and lower[x - 2 : x - 1] not in (["the"], ["a"], ["its"], ["his"], ["their"]):
            continue
        known = head in parsed.lexicon.transparent_nouns or head in parsed.lexicon.nouns or head in parsed.lexicon.terms
        if (
            not known
            and not parsed.adverb(x - 1)
            and head not in sets["heads"]
            and head not in sets["fillers"]
            and head.isalpha()
            and head not in parsed.lexicon.verbs
        ):
            return True
    return False


def _best_entry(parsed: Parsed, path: Path, i: int) -> tuple[Entry, int] | None:
    """The longest entry at `i` that can govern here."""
    hit = parsed.verb(i)
    if hit is None or not hit[0].rest or (_governs(path, hit[0]) and hit[1] <= path.top + 1):
        return hit
    return next(((e, i + 1) for e in parsed.lexicon.verbs[parsed.lower[i]] if not e.rest), hit)


def _governs(path: Path, entry: Entry) -> bool:
    """A verb that only passes signs on ("tried", "got") governs no bare noun."""
    if entry.kinds & {"undecided", "conditional"}:
        return True
    if not path.kind and entry.lemma in ("let", "allow") and not path.loose:
        return True
    if path.loose and not path.kind:
        return False
    if entry.sign:
        return True
    return bool(path.kind) and bool(entry.control or "prevent" in entry.kinds)


def _unknown_verb(parsed: Parsed, i: int) -> bool:
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


def _unknown_infinitive(parsed: Parsed, i: int, top: int) -> bool:
    """`wanted to hear about the deal`: what "hear" does to the deal is not known."""
    lower = parsed.lower
    if lower[i] != "to" or i + 2 >= top or not lower[i + 1].isalpha() or lower[i + 1] in parsed.lexicon.verbs:
        return False
    sets = parsed.lexicon.sets
    following = lower[i + 2]
    return lower[i + 1] not in sets["determiners"] and (
        following in sets["determiners"] or following in sets["prepositions"]
    )


def _intransitive(parsed: Parsed, path: Path, i: int, entry: Entry) -> bool:
    """A verb with a preposition of its own right behind it has no direct object: "end with", "blocked by"."""
    if path.kind or entry.rest or path.exchange or "undecided" in entry.kinds:
        return False
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
    ) or after in ("up", "out", "down", "away")


def _weightless(parsed: Parsed, i: int) -> bool:
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


def _idiom(parsed: Parsed, i: int) -> bool:
    """Words that look like a governor and are none here: "as opposed to", "compared", "so called"."""
    lower = parsed.lower
    word = lower[i]
    before = lower[i - 1] if i else ""
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if word in ("called", "labeled", "dubbed") and before in ("so", "what", "'s"):
        return True
    if word in ("according", "regarding", "concerning", "including", "opposed") and (
        before == "as" or word != "opposed"
    ):
        return True
    if word in ("fight", "battle", "fighting") and after in ("over", "about"):
        return True
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


def _apply_verb(parsed: Parsed, path: Path, i: int, end: int, entry: Entry) -> None:
    """Adds a verb on the left. Before an infinitive only its `control` passes; before a noun its `sign`."""
    clause = path.kind in ("verb", "action", "adjective") and not path.nominal
    path.nominal = False
    if clause:
        sign = entry.control
        if "ending" in entry.kinds and parsed.lower[path.top].endswith("ing"):
            sign = -1  # "stop fighting"
        if ("prevent" in entry.kinds and "from" in parsed.lower[end - 1 : path.top]) or (
            "prevent" in entry.kinds and entry.rest
        ):
            sign = -1
        if not sign:
            sign = 1  # only a purpose: "filibustered to preserve it"
        if "undecided" in entry.kinds:
            path.undecided = True
    elif path.terms and not path.kind:
        path.conditional = entry.sign > 0  # who opposes changes to it wants it as it is
        sign = 1
    else:
        sign = entry.sign
        if not sign and entry.kinds & {"undecided", "conditional"}:
            path.undecided = path.undecided or "undecided" in entry.kinds
            path.conditional = path.conditional or "conditional" in entry.kinds
            sign = 1
        elif not sign:
            sign = 1
    if not clause:
        sign *= _fate(parsed, path, entry)
    path.sign *= sign
    neutral = not entry.sign and not (clause and entry.control < 0)
    path.cues.insert(0, cue(parsed, i, end, 0 if neutral and sign > 0 else sign))
    path.kind = "verb"
    path.top = i
    path.verbs.append(entry)


def _fate(parsed: Parsed, path: Path, entry: Entry) -> int:
    """What the subject wants done with the target: "wants it scrapped" -1, "let it go ahead" 1."""
    if entry.lemma not in ("want", "like", "let", "see", "need", "demand", "prefer", "allow", "order"):
        return 1
    lower, k = parsed.lower, path.target.end
    while k < len(parsed) and k - path.target.end < 3 and (lower[k] in ("to", "be", "is", "being") or parsed.adverb(k)):
        k += 1
    if k >= len(parsed):
        return 1
    for kind, sign in (("may_bad", -1), ("may_good", 1)):
        span = parsed.lexicon.phrase(kind, lower, k, min(len(parsed), k + 2))
        if span and span[0] == k:
            return sign
    entries = parsed.lexicon.verbs.get(lower[k], ())
    return next((e.sign for e in entries if e.sign and e.form == "past"), 1)


def _apply_adjective(parsed: Parsed, path: Path, i: int, hit: tuple[Entry, int]) -> None:
    entry, end = hit
    clause = path.kind in ("verb", "action")
    if "conditional" in entry.kinds:
        path.conditional = True
        sign = 1
    elif "undecided" in entry.kinds:
        path.undecided = True
        sign = 1
    elif clause:
        sign = entry.control
    else:
        sign = entry.sign
    if not sign:
        return
    path.sign *= sign
    path.cues.insert(0, cue(parsed, i, end, sign if entry.sign or sign < 0 else 0))
    path.kind = "adjective"
    path.top = i
    path.verbs.append(entry)
    _negate(parsed, path, i)


def _against(parsed: Parsed, path: Path, i: int, lo: int) -> int:
    """`voted against`, `came out against`, `is against`, `the case against`."""
    path.sign = -path.sign
    path.cues.insert(0, cue(parsed, i, i + 1, -1))
    path.kind, path.top = "verb", i
    for k in range(i - 1, max(lo - 1, i - 7), -1):
        entries = parsed.lexicon.verbs.get(parsed.lower[k], ())
        entry = next((e for e in entries if e.rest and e.rest[-1] == "against"), None)
        if entry or parsed.lower[k] in (
            "vote",
            "votes",
            "case",
            "fight",
            "stand",
            "position",
            "stance",
            "campaign",
            "battle",
            "argument",
            "arguments",
        ):
            path.cues[0] = cue(parsed, k, i + 1, -1)
            path.top = k
            if entry and parsed.verb(k):
                path.verbs.append(entry)
            else:
                path.kind = "noun"
            return k - 1
    path.kind = "adjective"
    _negate(parsed, path, i)
    return lo - 1


def _negate(parsed: Parsed, path: Path, i: int) -> int:
    """Flips for negations right before the governor; returns the token left of the verb group."""
    k = i - 1
    while k >= 0 and (i - k <= 7) and (parsed.light(k)):
        if parsed.negated(k):
            path.sign = -path.sign
            path.negated += 1
            if (
                path.verbs and path.verbs[-1].lemma in parsed.lexicon.sets["not_opposed"]
            ) or "necessarily" in parsed.lower[k:i]:
                path.void = True
            path.cues.insert(0, cue(parsed, k, k + 1, -1))
            if parsed.lower[k] in ("never", "nor", "neither", "no"):
                k -= 1
                break
        k -= 1
    return k


def _link(parsed: Parsed, path: Path, i: int, lo: int) -> tuple[bool, int]:
    """Whether the verb at `i` hangs on words further left, and where they start."""
    k = _negate(parsed, path, i)
    lower = parsed.lower
    between = lower[k + 1 : i]
    before = lower[k] if k >= lo else ""
    if (
        before == "against"
        and k
        and any(e.rest and e.rest[-1] == "against" for e in parsed.lexicon.verbs.get(lower[k - 1], ()))
    ):
        return True, k - 1  # "warned against passing it": the verb brings its own sign
    if lower[i].endswith("ing") and (x := _ending_at(parsed, k, lo)) >= 0:
        return True, x
    if before in ("against", "without", "instead"):
        path.sign = -path.sign
        path.cues.insert(0, cue(parsed, k, k + 1, -1))
        return before == "against", k - 1
    if before in ("for", "of", "over") and lower[i].endswith("ing") and _judged(parsed, path, k):
        return False, lo - 1
    if "to" in between:
        path.purpose = True
        return k >= lo, k
    if lower[i].endswith("ing"):
        if before == "for" and lower[k - 2 : k] in (["in", "exchange"], ["in", "return"]):
            path.conditional = True  # "wants concessions in return for backing it"
            return True, k - 3
        if (
            before in parsed.lexicon.sets["ing_heads"]
            or (k >= lo and parsed.verb(k) is not None)
            or (k >= lo and parsed.adjective(k) is not None)
        ):
            return True, k
        if before in ("to",):
            return True, k
    entry = parsed.verb(k) if k >= lo else None
    if entry and entry[0].lemma in ("help", "let", "make"):
        return True, k
    return False, lo - 1


def _ending_at(parsed: Parsed, k: int, lo: int) -> int:
    """Where a verb starts whose particle is token `k`: "ruled out signing"; -1 if none does."""
    for x in range(k - 1, max(lo - 1, k - 3), -1):
        hit = parsed.verb(x)
        if hit and hit[0].rest and hit[1] == k + 1:
            return x
    return -1


def _judged(parsed: Parsed, path: Path, k: int) -> bool:
    """`criticized X for blocking it`: notes the judging verb left of the preposition at `k`."""
    for x in range(k - 1, max(-1, k - 14), -1):
        if parsed.words[x] in HARD and parsed.words[x] != "—":
            return False
        hit = parsed.verb(x)
        if hit and hit[0].lemma in parsed.lexicon.judging:
            path.judge = (x, hit[1], k)
            return True
    return False


def judged(parsed: Parsed, path: Path, k: int) -> bool:
    """The same for a noun of position with an owner: "slammed X for its support of the deal"."""
    lower = parsed.lower
    if lower[k] == "and":  # "for its rejection of one and its promotion of the other"
        k = next((x for x in range(k - 1, max(-1, k - 12), -1) if lower[x] in ("for", "over")), k)
    return lower[k] in ("for", "over") and _judged(parsed, path, k)


def _nominal(parsed: Parsed, path: Path, i: int) -> bool:
    """Whether the noun of position at `i` reaches the target: by a preposition or an infinitive."""
    between = parsed.lower[i + 1 : path.top + 1]
    if path.kind and between[:1] == ["of"] and "to" in between and path.top - i <= 9:
        return True  # "the refusal of X to sign"
    if path.kind:
        return bool(between) and between[0] in parsed.lexicon.sets["nominals_after"] and path.top - i <= 4
    near = between[:3]
    return any(word in parsed.lexicon.sets["nominals_after"] for word in near)


def _in_if_clause(parsed: Parsed, path: Path, lo: int) -> bool:
    """Whether target or governor stand behind an "if" of their own clause."""
    j = path.top
    while j >= lo and parsed.words[j] not in HARD and path.top - j < 14:
        if parsed.lower[j] in ("if", "unless", "why", "whether") and parsed.lower[j - 1 : j] != ["as"]:
            return True
        if parsed.words[j] == "," and parsed.words[j] not in QUOTES:
            return False
        j -= 1
    return False
