"""Acts, which outrank words: votes, signatures, vetoes, suits, withdrawals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.words import match_entry

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.words import Entry

INTENDED = frozenset(["will", "to"])
HYPOTHETICAL = frozenset(["would", "could", "can", "may", "might", "shall", "should", "must"])


def done(parsed: Parsed, path: Path) -> bool:
    """Whether the chain's first verb is an act that was done, not one intended or imagined; a vote
    counts once it is announced."""
    entry = path.verbs[-1] if path.verbs else _own_verb(parsed, path)
    if entry is None or "deed" not in entry.kinds:
        return False
    before = set(parsed.lower[parsed.back_over(path.top - 1, parsed.light) + 1 : path.top])
    return not before & HYPOTHETICAL and (entry.lemma.startswith("vote") or not before & INTENDED)


def _own_verb(parsed: Parsed, path: Path) -> Entry | None:
    """The verb that the target's wording begins with, "signed the treaty"; not "from reimposed sanctions"."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    if path.kind != "action" or path.top == 0:
        return None
    if lower[path.top - 1] in sets["prepositions"] - {"to"} or lower[path.top - 1] in ("a", "an", "the"):
        return None
    hit = match_entry(parsed.lexicon.verbs.get(lower[path.top], ()), lower, path.top, len(parsed))
    return hit[0] if hit else None
