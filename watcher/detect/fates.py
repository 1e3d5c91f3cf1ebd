"""What is to become of the target, told behind it: "wants it scrapped", "let it go ahead"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.words import Entry

WISHING = frozenset(["want", "like", "let", "see", "need", "demand", "prefer", "allow", "order"])

CAUSING = frozenset(["make", "have", "get", "see", "expect", "keep", "leave", "put", "take", "bring", "hold", "place"])
"""They govern a target only with what becomes of it: "have it annulled", "expects it to be kept"."""

PAPERS = frozenset(["bill", "plan", "proposal", "measure", "legislation", "resolution", "motion", "amendment", "deal"])
"""Behind them an infinitive tells what they are to do."""

UNTOUCHED = frozenset(["untouched", "unchanged", "intact", "alone", "standing", "unaltered", "alive"])


class Fate(NamedTuple):
    """What becomes of the target: 1 it lives, -1 it ends; the tokens that tell it; whether it is only changed."""

    sign: int
    start: int
    end: int
    amended: bool = False


def fate(parsed: Parsed, path: Path, entry: Entry) -> Fate | None:
    """What the subject wants done with the target, None if the words behind it tell nothing."""
    if entry.lemma not in WISHING and entry.lemma not in CAUSING and entry.rest[-1:] != ("for",):
        return None
    lower, n, k = parsed.lower, len(parsed), path.target.end
    if lower[k : k + 1] and lower[k] in UNTOUCHED:
        return Fate(-1 if entry.sign < 0 else 1, k, k + 1)  # "leaves it untouched"
    paper = lower[k - 1] in PAPERS and lower[k : k + 1] == ["to"] and lower[k + 1 : k + 2] != ["be"]
    if entry.lemma == "leave" or paper:
        return None  # "dropped support for a bill to end it"
    if entry.lemma == "make":
        article = lower[k : k + 1] and lower[k] in ("a", "an", "the", "his", "her", "its", "their")
        cherished = parsed.lexicon.sets["cherished"]
        found = next((x for x in range(k + 1, min(n, k + 5)) if lower[x] in cherished), -1) if article else -1
        return Fate(1, found, found + 1) if found >= 0 else None
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
        if done.form == "past" and list(done.rest) == lower[k + 1 : end]:
            if done.lemma == "renegotiate" or ("amend" in done.kinds and not done.sign):
                return Fate(1, k, end, amended=True)  # "wants it renegotiated"
            if done.sign:
                return Fate(done.sign, k, end)
    return None
