"""How a governor hangs on the words further left: negations, "to", prepositions before an -ing form, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.governors import ending_at
from watcher.detect.leftwards import before_time
from watcher.detect.marks import HARD, QUOTES
from watcher.detect.path import Path, cue

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.words import Entry


MEANT = frozenset(["meant", "intended", "aimed", "designed", "written", "drafted"])
"""Behind a paper they lead to what it would do: "a bill intended to save it"."""


def negate(parsed: Parsed, path: Path, i: int) -> int:
    """Flips for negations right before the governor; returns the token left of the verb group."""
    k = parsed.over_aside(i - 1)
    while k >= 0 and (i - k <= 9) and (parsed.light(k)):
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
    if k > 2 and parsed.lower[k] == "and" and parsed.lower[k - 2 : k] in STANDING_BY:
        return negate(parsed, path, k - 2)  # "will not stand by and let it pass"
    return k


STANDING_BY = (["stand", "by"], ["sit", "by"], ["stand", "back"], ["sit", "back"], ["stand", "aside"], ["idly", "by"])


def link(parsed: Parsed, path: Path, i: int, lo: int) -> tuple[bool, int]:
    """Whether the verb at `i` hangs on words further left, and where they start."""
    k = negate(parsed, path, i)
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
    does = lower[i].endswith("ing") or lower[i] in MEANT
    if does and k == i - 1 and (x := _vehicle(parsed, path, i, lo)) >= 0:
        path.nominal = True  # "appealed against the ruling upholding it", "rejected a bill meant to end it"
        return True, x
    if before in ("against", "without", "instead"):
        path.sign = -path.sign
        path.cues.insert(0, cue(parsed, k, k + 1, -1))
        return before == "against", k - 1
    if before == "than" and (rather := _rather(parsed, k, lo)) >= 0:
        path.sign, path.top = -path.sign, rather + 1
        path.cues.insert(0, cue(parsed, rather, k + 1, -1))
        return False, lo - 1
    about = before == "of" and lower[k - 1] in parsed.lexicon.sets["outcomes"]
    about = about or (before == "for" and lower[k - 1] in parsed.lexicon.sets["settings"])
    if about and lower[i].endswith("ing") and (warned := _warned(parsed, k, lo)) >= 0:
        path.sign, path.top = -path.sign, warned
        path.cues.insert(0, cue(parsed, warned, k, -1))
        return False, lo - 1  # "warned of the consequences of ending it"
    if before == "of" and lower[k - 1] in STEPS and (taking := _taking(parsed, k - 1, lo)) >= 0:
        before_it = negate(parsed, path, taking)
        return True, before_it - (lower[before_it : before_it + 1] == ["to"])  # "not to take the step of signing it"
    if about and lower[i].endswith("ing"):
        path.void = True  # "the cost of ending it", "the conditions for signing it"
        return False, lo - 1
    if before == "by" and lower[i].endswith("ing") and _accused(parsed, path, k):
        return False, lo - 1
    if before in ("for", "of", "over") and lower[i].endswith("ing") and _judged(parsed, path, k):
        return False, lo - 1
    if "to" in between:
        if k > lo and lower[k] in parsed.lexicon.good | parsed.lexicon.bad and "it" in lower[max(lo, k - 5) : k]:
            return False, lo - 1  # "insisted it would be wrong to sign it": that is what is judged
        if (wanted := _wanted(parsed, k, lo)) >= 0:
            return True, wanted
        if before in RIGHTS and (asking := _questioning(parsed, k, lo)) >= 0:
            path.sign, path.top = -path.sign, asking
            path.cues.insert(0, cue(parsed, asking, asking + 1, -1))
            return False, lo - 1  # "questioned its right to sign it"
        no = next((x for x in range(k - 1, max(lo, k - 4), -1) if parsed.negated(x)), -1) if before == "time" else -1
        if no >= 0 and "it" not in lower[max(lo, no - 3) : no]:
            path.sign, path.negated = -path.sign, path.negated + 1
            path.cues.insert(0, cue(parsed, no, k + 1, -1))
            return False, lo - 1  # "now is not the time to sign it"
        name = parsed.mention_at(k) if k >= lo else None
        if name is not None and name.start and falls_to(parsed, name.start - 1):
            return False, lo - 1
        path.purpose = True
        k = before_time(parsed, k) if k >= lo else k  # "a vote on Monday to ratify it"
        return k >= lo, k
    if lower[i].endswith("ing"):
        if before == "for" and lower[k - 2 : k] in (["in", "exchange"], ["in", "return"]):
            path.conditional = True  # "wants concessions in return for backing it"
            return True, k - 3
        path.conditional = path.conditional or (before == "for" and _priced(parsed, k, lo))
        if before == "before" and (twice := _twice(parsed, k)) >= 0:
            path.sign = -path.sign
            path.cues.insert(0, cue(parsed, twice, k + 1, -1))
            return True, twice - 1
        if before == "by":
            return False, lo - 1  # "ended the strike by signing it": a means, whatever it ends
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


RIGHTS = frozenset(["right", "authority", "power", "mandate", "competence"])


def _questioning(parsed: Parsed, right: int, lo: int) -> int:
    """`questioned the minister's right`: the verb of who does; -1 if none does."""
    near = range(right - 1, max(lo, right - OWNER), -1)
    return next((x for x in near if (hit := parsed.verb(x)) is not None and hit[0].lemma in QUESTIONING), -1)


QUESTIONING = frozenset(["question", "challenge", "dispute", "contest", "doubt", "deny"])
OWNER = 7
"""Words between such a verb and the right: whose it is."""

STEPS = frozenset(["step", "move", "course", "route", "measure"])


def _taking(parsed: Parsed, step: int, lo: int) -> int:
    """`take the rare step`: the verb of who takes it; -1 if none does."""
    return next((x for x in range(step - 1, max(lo, step - 5), -1) if parsed.lower[x] in TAKING), -1)


TAKING = frozenset(["take", "takes", "took", "taking", "taken"])


def _verb_before(parsed: Parsed, k: int, lo: int, reach: int) -> tuple[int, tuple[Entry, int] | None]:
    """The nearest verb whose object ends before the preposition at `k`, with its place; -1 and None if none is near."""
    near = range(k - 2, max(lo, k - reach), -1)
    return next(((x, hit) for x in near if (hit := parsed.verb(x)) is not None), (-1, None))


def _warned(parsed: Parsed, k: int, lo: int) -> int:
    """`warned of the consequences of ending it`, where "of" stands at `k`: the verb of warning; -1 if none does."""
    x, hit = _verb_before(parsed, k, lo, WARNED)
    return x if hit is not None and hit[0].lemma.split()[0] in ("warn", "fear", "dread", "caution") else -1


WARNED = 7
"""Words between a verb of warning and the end of what it warns of."""


def _priced(parsed: Parsed, k: int, lo: int) -> bool:
    """`demands safeguards for backing it`, where "for" stands at `k`: whether something is asked for doing it."""
    _, hit = _verb_before(parsed, k, lo, PRICE)
    return hit is not None and hit[0].lemma in ASKING and hit[1] < k


ASKING = frozenset(["demand", "want", "seek", "ask", "ask for", "require", "expect", "request", "hold out for"])
PRICE = 8
"""Words between who asks for something and what is done for it."""


def falls_to(parsed: Parsed, i: int) -> bool:
    """`it was left to X to defend it`, where the "to" before X stands at `i`: X does so."""
    lower = parsed.lower
    return lower[i] == "to" and lower[i - 1] in ("left", "fell", "falls", "fallen") and "it" in lower[max(0, i - 4) : i]


def _wanted(parsed: Parsed, k: int, lo: int) -> int:
    """`what X wants is for Y to sign it`, where Y ends at `k`: the verb of wanting; -1 if it is no such sentence."""
    lower = parsed.lower
    first = next((x for x in range(k, max(lo, k - WANTED_OF), -1) if lower[x] == "for"), -1)
    if first < 1 or lower[first - 1] not in ("is", "was"):
        return -1
    what = next((x for x in range(first - 2, max(-1, first - WANTED), -1) if lower[x] == "what"), -1)
    verbs = (x for x in range(what + 1, first - 1) if lower[x] in parsed.lexicon.verbs and parsed.verb(x) is not None)
    return next(verbs, -1) if what >= 0 else -1


def _rather(parsed: Parsed, than: int, lo: int) -> int:
    """`would rather resign than sign it`: where "rather" stands; -1 if it does not."""
    near = range(than - 2, max(lo, than - RATHER), -1)
    return next((x for x in near if parsed.lower[x] in ("rather", "sooner") and parsed.auxiliary(x - 1)), -1)


RATHER = 10
"""Words between "rather" and "than"."""

WANTED, WANTED_OF = 16, 6
"""Words between "what" and "is", and between "for" and "to"."""


def _twice(parsed: Parsed, k: int) -> int:
    """`told X to think twice before quitting it`: where "think twice" starts that ends before token `k`; else -1."""
    x = parsed.back_over(k - 1, lambda at: parsed.words[at] in QUOTES)
    return x - 1 if parsed.lower[max(0, x - 1) : x + 1] in (["think", "twice"], ["think", "again"]) else -1


def carried(parsed: Parsed, path: Path) -> int:
    """The sign of what is said to stand at the target: that of the chain, where a paper or an act carries it as
    subject ("a bill that would scrap it was vetoed", "the decision to leave it is a mistake"), else the target's."""
    if path.kind == "noun" and not path.void and path.top < path.target.start:
        return path.sign  # "the rejection of it was a victory"
    if path.kind == "adjective" and parsed.lower[path.top] == "against" and path.top:
        ruled = parsed.lower[path.top - 1] in parsed.lexicon.sets["decisions"]
        return path.sign if ruled else path.target.sign  # "the ruling against it was a victory"
    if path.kind not in ("verb", "action") or path.top == 0 or path.void or path.hypothetical:
        return path.target.sign
    k = parsed.back_over(path.top - 1, parsed.light)
    between = parsed.lower[k + 1 : path.top]
    if k > 0 and parsed.lower[k] in ("that", "which"):
        k -= 1
    elif "to" not in between and not (k == path.top - 1 and parsed.lower[path.top].endswith("ing")):
        return path.target.sign
    noun, sets = parsed.lower[k], parsed.lexicon.sets
    carriers = (parsed.lexicon.instruments, sets["decisions"], parsed.lexicon.proposals)
    own = parsed.target_at(k)
    if own is not None or not any(noun in group or noun.removesuffix("s") in group for group in carriers):
        return path.target.sign
    return path.sign


def _vehicle(parsed: Parsed, path: Path, i: int, lo: int) -> int:
    """`vetoed a bill that would approve it`, `refrain from anything that would harm it`: the verb whose object is
    the paper or the step that "that" at `i` takes up; -1 if none is."""
    noun = parsed.lower[i - 1] if i else ""
    means = (parsed.lexicon.instruments, parsed.lexicon.sets["steps"], parsed.lexicon.sets["decisions"])
    if not any(noun in group or noun.removesuffix("s") in group for group in means):
        return -1
    if parsed.target_at(i - 1) or any(not parsed.light(x) for x in range(i + 1, path.top)):
        return -1
    for k in range(i - 2, max(lo, i - 8) - 1, -1):
        if (own := ending_at(parsed, k, lo)) >= 0 and parsed.verb(k) is None:
            return own  # "refrain from anything that would harm it"
        if parsed.lower[k] == "against" or ending_adjective(parsed, k, 0) is not None:
            return k  # "is against a motion ratifying it", "is critical of a measure that would end it"
        if parsed.words[k] in HARD or parsed.words[k] == "," or parsed.lower[k] in parsed.lexicon.sets["prepositions"]:
            return -1
        hit = parsed.verb(k)
        if hit and k == i - 2 and parsed.lower[k].endswith("ing"):
            continue  # "a spending bill that funds it"
        if hit:
            return k if (hit[0].sign or "refuse" in hit[0].kinds) and hit[1] <= i - 1 else -1
    return -1


def ending_adjective(parsed: Parsed, k: int, lo: int) -> tuple[int, tuple[Entry, int]] | None:
    """The adjective of position that ends with the word at `k`, and where it starts: "critical of"."""
    for x in range(k - 1, max(lo, k - 3), -1):
        hit = parsed.adjective(x)
        if hit is not None and hit[1] == k + 1 and hit[0].sign and hit[0].rest:
            return x, hit
    return None


def _judged(parsed: Parsed, path: Path, k: int) -> bool:
    """`criticized X for blocking it`, `fired X for backing it`: notes the verb left of the preposition at `k`."""
    for x in range(k - 1, max(-1, k - 14), -1):
        if parsed.words[x] in HARD and parsed.words[x] != "—":
            return False
        hit = parsed.verb(x)
        punishes = hit is not None and "punish" in hit[0].kinds and hit[0].form in ("past", "s")
        if hit and (punishes or hit[0].lemma in parsed.lexicon.judging):
            path.judge = (x, hit[1], k)
            return True
    return False


def _accused(parsed: Parsed, path: Path, k: int) -> bool:
    """`accused X of giving in by signing it`: notes the judging verb left of "of", where "by" stands at `k`."""
    of = next((x for x in range(k - 1, max(0, k - 9), -1) if parsed.lower[x] in ("of", "for")), -1)
    return of > 0 and parsed.lower[of + 1].endswith("ing") and _judged(parsed, path, of)


def judged(parsed: Parsed, path: Path, k: int) -> bool:
    """The same for a noun of position with an owner: "slammed X for its support of the deal"."""
    lower = parsed.lower
    if lower[k] == "and":  # "for its rejection of one and its promotion of the other"
        k = next((x for x in range(k - 1, max(-1, k - 12), -1) if lower[x] in ("for", "over")), k)
    return lower[k] in ("for", "over") and _judged(parsed, path, k)
