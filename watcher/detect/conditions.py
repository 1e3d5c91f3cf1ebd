"""What a party wants before it agrees: the words behind `if`, `unless`, `in exchange for`, `must include`."""

from __future__ import annotations

import re

from watcher.detect.parsed import HARD, QUOTES, Parsed

MARKERS = (
    "if and only if",
    "only if",
    "provided that",
    "providing that",
    "on the condition that",
    "on condition that",
    "on one condition",
    "conditioned on",
    "conditional on",
    "conditional upon",
    "contingent on",
    "contingent upon",
    "in exchange for",
    "in return for",
    "as long as",
    "so long as",
    "tied to",
    "linked to",
    "hinges on",
    "hinge on",
    "depends on",
    "depend on",
    "predicated on",
    "subject to",
    "must include",
    "must contain",
    "must be accompanied by",
    "needs to include",
    "need to include",
    "should include",
    "has to include",
    "have to include",
    "would have to include",
    "would need to",
    "would have to",
    "insists on",
    "insist on",
    "insisted on",
    "insisting on",
    "only when",
    "only once",
    "only after",
    "unless",
    "provided",
    "until",
    "if",
    "once",
    "without",
)
"""Longest first; what follows them is the condition."""

CARRIERS = frozenset(
    [
        "include",
        "includes",
        "including",
        "contain",
        "contains",
        "provide",
        "provides",
        "bring",
        "brings",
        "give",
        "gives",
        "guarantee",
        "guarantees",
        "offer",
        "offers",
        "get",
        "gets",
        "receive",
        "receives",
        "secure",
        "secures",
        "ensure",
        "ensures",
        "have",
        "has",
        "tied",
        "linked",
        "add",
        "adds",
        "accompanied",
    ]
)
STARTERS = frozenset(
    [
        "the",
        "a",
        "an",
        "any",
        "some",
        "its",
        "their",
        "his",
        "her",
        "more",
        "that",
        "it",
        "they",
        "we",
        "he",
        "she",
        "there",
        "is",
        "are",
        "be",
        "will",
        "would",
        "can",
        "to",
        "and",
        "also",
        "clear",
        "firm",
        "real",
        "such",
    ]
)
ENDS = frozenset(
    [
        "but",
        "while",
        "although",
        "though",
        "because",
        "who",
        "which",
        "said",
        "says",
        "say",
        "told",
        "added",
        "adding",
        "according",
        "saying",
        ",",
        ".",
        ";",
        ":",
        "—",
        "–",
        ")",
        "(",
    ]
)
MAX_WORDS = 8
SPLIT = re.compile(r"\s+(?:and|or|as well as)\s+|\s*,\s*")


def extract(parsed: Parsed, lo: int = 0) -> tuple[str, ...]:
    """The conditions named in the sentence, as written, without articles."""
    lower = parsed.lower
    for marker in MARKERS:
        words = marker.split()
        for i in range(lo, len(lower) - len(words)):
            if lower[i] == words[0] and lower[i : i + len(words)] == words:
                found = _phrase(parsed, i + len(words))
                if found:
                    return found
    return ()


def _phrase(parsed: Parsed, start: int) -> tuple[str, ...]:
    lower, words, n = parsed.lower, parsed.words, len(parsed)
    if start >= n:
        return ()
    stop = start
    while stop < n and stop - start < 40 and words[stop] not in HARD and words[stop] not in QUOTES:
        if (lower[stop] in ENDS and lower[stop] not in (",",)) or (lower[stop] == "," and not _listing(parsed, stop)):
            break
        stop += 1
    carried: list[str] = []
    for i in range(start, stop):
        if (
            lower[i] in CARRIERS
            and (i + 1 < stop)
            and not (lower[i] in ("have", "has") and lower[i + 1 : i + 2] == ["to"])
        ):
            j = i + 1
            if lower[j] in ("to", "by"):
                j += 1
            end = min(stop, j + MAX_WORDS)
            for k in range(j, end):
                if (
                    lower[k] in ("for", "that", "from", "before", "if", "when", "as")
                    and k > j
                    and not (lower[k] == "as" and lower[k + 1 : k + 2] == ["well"])
                ):
                    end = k
                    break
            carried += _items(words[j:end])
    if carried:
        return tuple(dict.fromkeys(carried))
    end = min(stop, start + MAX_WORDS)
    return tuple(_items(words[start:end], split=False))


def _listing(parsed: Parsed, comma: int) -> bool:
    following = parsed.lower[comma + 1 : comma + 3]
    return bool(following) and (
        following[0] in ("and", "or", "as", "be") or "and" in parsed.lower[comma + 1 : comma + 6]
    )


def _items(words: list[str], *, split: bool = True) -> list[str]:
    text = " ".join(words).replace(" 's", "'s").replace(" ,", ",").strip(' ,"“”')
    pieces = SPLIT.split(text) if split else [text]
    items = []
    for piece in pieces:
        parts = piece.split()
        while parts and parts[0].lower() in STARTERS:
            parts.pop(0)
        while parts and parts[-1].lower() in ("for", "to", "of", "the", "a", "and", "in", "with", "is", "from"):
            parts.pop()
        if parts and len(" ".join(parts)) > 2:
            items.append(" ".join(parts[:MAX_WORDS]))
    return items
