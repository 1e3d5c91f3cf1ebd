"""What is to become of the target, told behind it: "wants it scrapped", "let it go ahead"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from watcher.detect.marks import OWNERS, QUOTES
from watcher.detect.verbal import UNCHANGED

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry

WISHING = frozenset(["want", "like", "let", "see", "need", "demand", "prefer", "allow", "order"])

CAUSING = frozenset(
    ["make", "have", "get", "see", "expect", "keep", "leave", "put", "take", "bring", "hold", "place", "send"]
)
"""They govern a target only with what becomes of it: "have it annulled", "expects it to be kept"."""

PARTICLES = (["in"], ["about"], ["back"], ["down"], ["forward"], ["up"])

PAPERS = frozenset(["bill", "plan", "proposal", "measure", "legislation", "resolution", "motion", "amendment", "deal"])
"""Behind them an infinitive tells what they are to do."""

UNTOUCHED = frozenset(["untouched", "unchanged", "intact", "alone", "standing", "unaltered", "alive"])


GIVING = frozenset(["give", "grant", "offer", "lend", "provide", "hand"])
"""What they give the target may be a position: "gave it a cautious welcome"."""


WELCOMES = {"welcome": 1, "nod": 1, "credit": 1, "blame": -1}


class Fate(NamedTuple):
    """What becomes of the target: 1 it lives, -1 it ends; the tokens that tell it; whether it is only changed."""

    sign: int
    start: int
    end: int
    amended: bool = False


DEFINING = frozenset(["signature", "defining", "flagship", "central", "top", "main", "chief", "core", "key", "leading"])
CAUSES = frozenset(["issue", "cause", "policy", "theme", "plank", "mission", "task", "business"])


def unquoted(parsed: Parsed, k: int) -> int:
    """Right over the mark that closes a quotation: `called for the "unfair treaty" to be scrapped`."""
    while k < len(parsed) and parsed.words[k] in QUOTES:
        k += 1
    return k


def _made(parsed: Parsed, k: int) -> Fate | None:
    """`made the pact a priority`, `made a pact built on trust his signature issue`: what stands from token `k` on."""
    lower, n = parsed.lower, len(parsed)
    if lower[k : k + 1] and lower[k] in ("a", "an", "the"):
        start = k
    else:  # words that tell what the target is like may stand between
        start = next((x for x in range(k, min(n, k + MADE)) if lower[x] in OWNERS), -1)
    for x in range(start + 1, min(n, start + 5)) if start >= 0 else ():
        if lower[x] in parsed.lexicon.sets["cherished"] or (lower[x] in CAUSES and lower[x - 1] in DEFINING):
            return Fate(1, x, x + 1)
    return None


MADE = 8
"""Words between a target and what it is made."""


def fate(parsed: Parsed, path: Path, entry: Entry) -> Fate | None:
    """What the subject wants done with the target, None if the words behind it tell nothing."""
    sent = _sent(parsed, path.target.end) if entry.lemma in ("send", "bring", "take", "put") else None
    if entry.lemma == "put" and sent is not None and parsed.lower[sent.end - 1] == "voters":
        sent = None  # who puts it before the voters may hope for a no
    if sent is not None or entry.lemma == "send":
        return sent
    if entry.lemma in GIVING:
        return _given(parsed, path.target.end)
    if entry.lemma not in WISHING and entry.lemma not in CAUSING and entry.rest[-1:] != ("for",):
        return None
    lower, n, k = parsed.lower, len(parsed), unquoted(parsed, path.target.end)
    if lower[k : k + 1] and lower[k] in UNTOUCHED:
        return Fate(-1 if entry.sign < 0 else 1, k, k + 1)  # "leaves it untouched"
    carried = parsed.lexicon.phrase("carry", lower, k + 1, min(n, k + 4)) if lower[k : k + 1] == ["to"] else None
    if carried and lower[carried[1] : carried[1] + 1] in PARTICLES:
        carried = None  # "wants it to bring in money"
    if carried and carried[0] == k + 1 and entry.sign > 0:
        return Fate(1, k, carried[1], amended=True)  # "wants it to include guarantees"
    if entry.lemma == "keep" and lower[k : k + 1] == ["from"]:
        return _kept_from(parsed, k)
    paper = lower[k - 1] in PAPERS and lower[k : k + 1] == ["to"] and lower[k + 1 : k + 2] != ["be"]
    if entry.lemma == "leave" or paper:
        return None  # "dropped support for a bill to end it"
    if entry.lemma == "make":
        return _made(parsed, k)
    while k < n and k - path.target.end < 3 and (lower[k] in ("to", "be", "is", "being") or parsed.adverb(k)):
        k += 1
    if k < n - 1 and lower[k] in ("declared", "ruled", "found"):
        sign = (lower[k + 1] in parsed.lexicon.good) - (lower[k + 1] in parsed.lexicon.bad)
        return Fate(sign, k, k + 2) if sign else None
    if k >= n:
        return None
    for kind, sign in (("may_good", 1), ("may_bad", -1)) if entry.lemma != "have" else ():
        span = parsed.lexicon.phrase(kind, lower, k, min(n, k + 4))
        if span and span[0] == k:
            return Fate(sign, *span)
    if entry.lemma in ("put", "take", "bring", "hold", "place"):
        return None  # only with what it becomes: "put it on hold"
    for done in parsed.lexicon.verbs.get(lower[k], ()):
        end = k + 1 + len(done.rest)
        past = done.form == "past" or (done.form == "base" and lower[k] in UNCHANGED)
        if past and list(done.rest) == lower[k + 1 : end]:
            if done.lemma == "renegotiate" or (done.kinds & {"amend", "conditional"} and not done.sign):
                return Fate(1, k, end, amended=True)  # "wants it renegotiated"
            if sign := done_to(parsed, path.target, done):
                return Fate(sign, k, end)
    return None


def done_to(parsed: Parsed, target: Target, entry: Entry) -> int:
    """The sign of doing this to the target: who closes a deal makes it, who closes a plant or strikes a rule from the
    books ends it."""
    closed = entry.lemma == "close" and parsed.lower[target.end - 1] not in parsed.lexicon.sets["signable"]
    struck = entry.lemma == "strike" and not STRUCK.isdisjoint(parsed.lower[target.end : target.end + 4])
    return -1 if closed or struck else entry.sign


STRUCK = frozenset(["from", "out", "off", "down"])
"""Behind it they tell that the target is struck away: "struck it from the code"."""


def _given(parsed: Parsed, k: int) -> Fate | None:
    """`gave the pact a cautious welcome`: the noun of position that the target, which ends at `k`, is given."""
    lower, nouns, sets = parsed.lower, parsed.lexicon.nouns, parsed.lexicon.sets
    article = lower[k : k + 1] and lower[k] in ("a", "an", "its", "his", "her", "their", "full", "the", "all")
    if article or (lower[k : k + 1] and lower[k] in sets["qualities"]):
        for x in range(k + 1, min(len(parsed), k + 5)):
            if lower[x] == "reception" and (mood := (lower[x - 1] in sets["warm"]) - (lower[x - 1] in sets["cold"])):
                return Fate(mood, x - 1, x + 1)
            if sign := nouns.get(lower[x], WELCOMES.get(lower[x], 0)):
                return Fate(sign, x, x + 1)
            if lower[x] in sets["prepositions"] or not lower[x].isalpha():
                return None
    return None


def _sent(parsed: Parsed, k: int) -> Fate | None:
    """`sent the treaty to parliament`: to those who are to pass it."""
    lower = parsed.lower
    if lower[k : k + 1] not in (["to"], ["before"]):
        return None
    place = k + 1 + (lower[k + 1 : k + 2] in (["the"], ["both"], ["a"]))
    return Fate(1, k, place + 1) if lower[place : place + 1] and lower[place] in DECIDING else None


def _kept_from(parsed: Parsed, k: int) -> Fate | None:
    """`keep the treaty from ever taking effect`, `from falling apart`: what "from" at `k` leads to."""
    doing = next((x for x in range(k + 1, min(len(parsed), k + 4)) if parsed.lower[x].endswith("ing")), -1)
    if doing < 0:
        return None
    return Fate(1 if parsed.lower[doing] in ENDING else -1, k, doing + 1)


ENDING = frozenset(["collapsing", "failing", "dying", "falling", "unravelling", "unraveling", "lapsing", "sinking"])
ENDING |= {"expiring", "breaking", "coming", "disintegrating", "being"}


DECIDING = frozenset(
    ["parliament", "congress", "senate", "house", "lawmakers", "senators", "deputies", "mps", "voters", "vote", "floor"]
)


def becoming(parsed: Parsed, target: Target) -> Fate | None:
    """`is rejected`, `fails`, `does not pass`: what becomes of the target as the subject of what follows."""
    lower, n, k = parsed.lower, len(parsed), unquoted(parsed, target.end)
    while k < n and parsed.light(k):
        k += 1
    if k >= n:
        return None
    turned = -1 if any(parsed.negated(x) for x in range(target.end, k)) else 1
    group = set(lower[target.end : k])
    for entry in parsed.lexicon.verbs.get(lower[k], ()):
        if entry.sign and not entry.rest and entry.form == "past" and group & PASSIVE:
            return Fate(done_to(parsed, target, entry) * turned, k, k + 1)
    sign = 0 if group & PASSIVE else ENDS.get(lower[k], 0)
    return Fate(sign * turned, k, k + 1) if sign else None


PASSIVE = frozenset(["is", "are", "was", "were", "be", "been", "being", "gets", "get"])
ENDS = {
    **dict.fromkeys(["fail", "fails", "failed", "collapse", "collapses", "collapsed", "dies", "died", "lapses"], -1),
    **dict.fromkeys(["lapsed", "expires", "expired", "sank", "stalls", "stalled"], -1),
    **dict.fromkeys(["survive", "survives", "survived", "prevailed", "prevails", "advanced", "succeed"], 1),
    **dict.fromkeys(["pass", "passes", "passed", "succeeds", "succeeded", "proceeds", "goes", "happens", "stands"], 1),
}
"""What a target may do by itself, and whether it lives."""
