"""What a party wants before it agrees: the words behind the marker of a condition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watcher.detect.marks import QUOTES

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed

MAX_WORDS = 14
STOPS = frozenset([".", ";", ":", "—", "–", "?", "!", "(", ")"])
SPLIT = re.compile(r"\s+(?:and|or|as well as)\s+|\s*,\s*")


def extract(parsed: Parsed, start: int) -> tuple[str, ...]:
    """The conditions named from token `start` on, as written, without articles.

    What a verb of containing holds ("includes", "brings") is split into its items; a clause stays whole.
    """
    lower, words, n = parsed.lower, parsed.words, len(parsed)
    sets = parsed.lexicon.sets
    stop = start
    while stop < n and stop - start < 40 and words[stop] not in STOPS:
        if words[stop] in QUOTES and stop > start + 1:
            break
        if lower[stop] in sets["condition_ends"] and stop > start:
            break
        if lower[stop] == "," and not _listing(parsed, stop):
            break
        stop += 1
    carried: list[str] = []
    i = start
    while i < stop:
        if (lower[i] in sets["carriers"] and i + 1 < stop and lower[i + 1] != "to") or lower[i] in ("tied", "linked"):
            j = i + 1 + (lower[i + 1 : i + 2] in (["to"], ["by"]))
            end = min(stop, j + MAX_WORDS)
            for k in range(j + 1, end):
                if lower[k] in ("for", "that", "from", "before", "if", "when"):
                    end = k
                    break
            carried += _items(_joined(parsed, j, end), sets["condition_leading"])
            i = end
        i += 1
    if carried:
        return tuple(dict.fromkeys(carried))
    whole = _joined(parsed, start, min(stop, start + MAX_WORDS))
    return tuple(_items(whole, sets["condition_starts"], split=False))


def _joined(parsed: Parsed, lo: int, hi: int) -> list[str]:
    """The words with hyphens put back."""
    words: list[str] = []
    for i in range(lo, hi):
        if parsed.sentence.glued[i] and words:
            words[-1] += "-" + parsed.words[i]
        else:
            words.append(parsed.words[i])
    return words


def _listing(parsed: Parsed, comma: int) -> bool:
    """Whether a comma stands in a list and not at the end of the clause."""
    following = parsed.lower[comma + 1 : comma + 3]
    return bool(following) and following[0] in ("and", "or", "as", "be")


TRAILING = frozenset(["for", "to", "of", "the", "a", "and", "in", "with", "is", "from"])


def _items(words: list[str], trim: frozenset[str], *, split: bool = True) -> list[str]:
    text = " ".join(words).replace(" 's", "'s").replace(" ' ", "' ").replace(" ,", ",").strip(' ,"“”')
    items = []
    for piece in SPLIT.split(text) if split else [text]:
        parts = piece.split()
        while parts and parts[0].lower() in trim:
            parts.pop(0)
        while parts and parts[-1].lower() in TRAILING:
            parts.pop()
        if parts and len(" ".join(parts)) > 2:
            items.append(" ".join(parts[:MAX_WORDS]))
    return items
