"""The sign chain: from a target leftwards to the words that govern it, multiplying their signs.

`vowed(~) to block(-) the repeal(-)` is support. A link holds only by "to", by a preposition or verb before an
-ing form, or by a noun of position with a light verb; other words end the chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.governors import (
    CAUSING,
    before_noun,
    best_entry,
    elsewhere,
    ending_at,
    fate,
    governs,
    intransitive,
    is_act,
    is_idiom,
    unknown_infinitive,
    unknown_verb,
    weightless,
)
from watcher.detect.parsed import HARD, QUOTES, Parsed
from watcher.detect.path import Path, cue, settle

if TYPE_CHECKING:
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry

REACH = 9
"""Words between the target and its governor."""


REACH_LINKED = 6
"""Words between two linked governors: "urged Congress to pass"."""


def govern(parsed: Parsed, target: Target, lo: int = 0) -> Path:
    """Reads leftwards from the target to `lo`."""
    path = Path(target, target.sign, target.start)
    if target.sign < 0:
        path.cues.append(cue(parsed, target.start, target.end, -1))
    i = target.start - 1
    if is_act(parsed, target):
        i = _act(parsed, path, target, lo)
    _climb(parsed, path, i, lo)
    if path.kind in ("verb", "action") and not path.negated and (no := _none_of(parsed, target)) >= 0:
        path.sign = -path.sign
        path.negated += 1
        path.cues.append(cue(parsed, no, no + 1, -1))
    path.hypothetical = path.hypothetical or _in_if_clause(parsed, path, lo)
    if path.kind != "noun":
        settle(path)
    return path


def _none_of(parsed: Parsed, target: Target) -> int:
    """The "no" that belongs to the target: "would sign no deal that ..."; -1 if there is none."""
    inside = (target.end - 1, target.start) if target.action else (target.start - 1, max(-1, target.start - 4))
    for x in range(inside[0], inside[1], -1):
        if parsed.lower[x] == "no" and parsed.negated(x):
            return x
        if not target.action and parsed.lower[x] not in parsed.lexicon.sets["fillers"]:
            return -1
    return -1


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
        if not path.kind and unknown_verb(parsed, i):
            return
        if not path.kind and unknown_infinitive(parsed, i, path.top):
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
        if word == "over" and not path.kind and (k := _threat(parsed, i, lo)) >= 0:
            path.sign, path.kind, path.top = -path.sign, "verb", k
            path.cues.insert(0, cue(parsed, k, k + 1, -1))
            _negate(parsed, path, k)
            return
        hit = best_entry(parsed, path, i)
        if words[i] == "," and not path.kind:
            path.comma = True
        if hit and path.comma and not path.kind and hit[0].sign < 0 and not path.target.action:
            return
        apart = hit is not None and bool(hit[0].rest) and not path.kind and hit[1] - 1 == path.target.end
        if hit and not path.kind and elsewhere(parsed, path, hit[1]):
            return
        if hit and (not hit[0].rest or hit[1] <= path.top + 1 or apart):
            entry, end = hit
            if (
                not is_idiom(parsed, i)
                and _may_govern(parsed, path, entry)
                and not intransitive(parsed, path, i, entry)
            ):
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
            distance += 0 if weightless(parsed, i) else 1
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
            k = before_noun(parsed, i, lo)
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
            and (
                lower[i + 1] in ("to", "in", "on", "of", "for", "from") or lower[i + 1 : i + 4] == ["as", "part", "of"]
            )
            and all(weightless(parsed, x) for x in range(i + 2, path.top))
        ):
            path.terms = True
            if lower[i - 1] == "no" or lower[i - 2 : i] == ["no", "further"]:
                path.amending, path.sign = True, -path.sign
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
        if (
            word in ("why", "how")
            and path.kind
            and not (i == 0 and parsed.sentence.title)
            and lower[i - 1 : i] not in (["is"], ["was"], ["'s"], ["that's"])
        ):
            path.hypothetical = True
            return
        if not weightless(parsed, i):
            distance += 1
        i -= 1


def _may_govern(parsed: Parsed, path: Path, entry: Entry) -> bool:
    if governs(path, entry):
        return True
    return not path.kind and not path.loose and entry.lemma in CAUSING and fate(parsed, path, entry) != 0


def _vehicle(parsed: Parsed, path: Path, i: int, lo: int) -> int:
    """`vetoed a bill that would approve it`: the verb whose object is the paper that "that" at `i` takes up; -1 if
    none is."""
    noun = parsed.lower[i - 1] if i else ""
    if noun not in parsed.lexicon.instruments and noun[:-1] not in parsed.lexicon.instruments:
        return -1
    if parsed.target_at(i - 1) or any(not parsed.light(x) for x in range(i + 1, path.top)):
        return -1
    for k in range(i - 2, max(lo, i - 8) - 1, -1):
        if parsed.words[k] in HARD or parsed.words[k] == "," or parsed.lower[k] in parsed.lexicon.sets["prepositions"]:
            return -1
        hit = parsed.verb(k)
        if hit:
            return k if hit[0].sign and hit[1] <= i - 1 else -1
    return -1


def _threat(parsed: Parsed, i: int, lo: int) -> int:
    """`threatened to leave the coalition over it`: the verb of threatening left of "over"; -1 if there is none."""
    for k in range(i - 2, max(lo, i - 9) - 1, -1):
        if parsed.words[k] in HARD or parsed.words[k] == ",":
            return -1
        if (hit := parsed.verb(k)) is not None and hit[0].lemma == "threaten":
            return k
    return -1


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


def _apply_noun(parsed: Parsed, path: Path, k: int, hit: tuple[Entry, int]) -> None:
    """A position verb on a noun of position: "opposed the repeal of", "rejected calls for"."""
    entry, end = hit
    path.sign *= entry.sign
    path.cues.insert(0, cue(parsed, k, end, entry.sign))
    path.kind, path.top = "verb", k
    path.verbs.append(entry)


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
    elif "label" in entry.kinds and (value := _labelled(parsed, path.target)):
        sign = value
    elif path.terms and not path.kind:
        path.conditional = entry.sign > 0 and not path.amending  # who opposes changes to it wants it as it is
        sign = 1
    else:
        sign = entry.sign
        path.amending = path.amending or "amend" in entry.kinds
        if not sign and entry.kinds & {"undecided", "conditional"}:
            path.undecided = path.undecided or "undecided" in entry.kinds
            path.conditional = path.conditional or "conditional" in entry.kinds
            sign = 1
        elif not sign:
            sign = 1
    if not clause:
        sign *= fate(parsed, path, entry) or 1
    path.sign *= sign
    neutral = not entry.sign and not (clause and entry.control < 0)
    path.cues.insert(0, cue(parsed, i, end, 0 if neutral and sign > 0 else sign))
    path.kind = "verb"
    path.top = i
    path.verbs.append(entry)


def _labelled(parsed: Parsed, target: Target) -> int:
    """`considers the pact dead`: the sign of the word that the verb calls it by, 0 if there is none."""
    lower, k = parsed.lower, target.end
    while k < len(parsed) and k - target.end < 3 and (lower[k] in ("a", "an", "as", "to", "be") or parsed.adverb(k)):
        k += 1
    if k >= len(parsed):
        return 0
    return 1 if lower[k] in parsed.lexicon.good else -1 if lower[k] in parsed.lexicon.bad else 0


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
    if (k := _campaign(parsed, i, lo)) >= 0:
        path.cues[0] = cue(parsed, k, i + 1, -1)
        path.top = k
        return k - 1
    path.kind = "adjective"
    _negate(parsed, path, i)
    return lo - 1


def _campaign(parsed: Parsed, i: int, lo: int) -> int:
    """`ran ads against it`, `brought a suit against it`: the verb whose object stands before "against"; -1 if none."""
    if i < 2 or not parsed.lower[i - 1].isalpha() or parsed.mention_at(i - 1) or parsed.verb(i - 1):
        return -1
    for k in range(i - 2, max(lo, i - 6) - 1, -1):
        if parsed.words[k] in HARD or parsed.words[k] == "," or parsed.mention_at(k):
            return -1
        if (hit := parsed.verb(k)) is not None:
            return k if "light" in hit[0].kinds else -1
    return -1


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
    if before in ("that", "which") and (x := _vehicle(parsed, path, k, lo)) >= 0:
        path.nominal = True
        return True, x
    if lower[i].endswith("ing") and (x := ending_at(parsed, k, lo)) >= 0:
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
    for x in range(k, max(lo - 1, k - 4), -1):  # "did not let ministers sign"
        entry = parsed.verb(x)
        if entry is not None and entry[0].lemma in ("help", "let", "make"):
            return True, x
        if entry is not None or parsed.auxiliary(x) or parsed.words[x] == ",":
            break
    return False, lo - 1


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
    if path.kind and between[:1] in (["of"], ["by"]) and "to" in between and path.top - i <= 9:
        return True  # "the refusal of X to sign"
    if path.kind:
        return bool(between) and between[0] in parsed.lexicon.sets["nominals_after"] and path.top - i <= 4
    near = between[:3]
    return any(word in parsed.lexicon.sets["nominals_after"] for word in near)


def _in_if_clause(parsed: Parsed, path: Path, lo: int) -> bool:
    """Whether target or governor stand behind an "if" of their own clause."""
    j = path.top
    while j >= lo and parsed.words[j] not in HARD and path.top - j < 14:
        if j == 0 and parsed.sentence.title and parsed.lower[0] in ("why", "how"):
            return False  # "Why Greens hate the pact" takes it for granted
        if parsed.lower[j] == "why" and parsed.lower[j - 1 : j] in (["is"], ["'s"], ["was"]):
            return False
        if parsed.lower[j] in ("if", "unless", "why", "whether") and parsed.lower[j - 1 : j] != ["as"]:
            return True
        if parsed.words[j] == "," and parsed.words[j] not in QUOTES:
            return False
        j -= 1
    return False
