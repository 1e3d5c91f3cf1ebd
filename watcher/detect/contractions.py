"""Words written short, told apart and in full: "won't" is "will" and "not", "I'm" is "I" and "am".

So that each rule knows one way of saying no, and one of saying who will.
"""

from __future__ import annotations

import re

LEANING = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
"""What leans on the word before it; "'d" is "had" before a participle."""

STEMS = {"wo": "will", "ca": "can", "sha": "shall"}
"""What is left of a word before "n't"."""

SHORT = re.compile(r"(?P<stem>\w+?)(?P<rest>n't|'(?:m|re|ve|ll|d|s))", re.IGNORECASE)
PARTICIPLES = frozenset(["been", "had", "done", "gone", "made", "given", "taken", "seen", "said", "told", "better"])


def cut(word: str) -> int:
    """Where what leans on the word begins, 0 if nothing does: 3 in "can't", 1 in "I'm", 3 in "cannot"."""
    if word.lower() == "cannot":
        return 3
    found = SHORT.fullmatch(word) if "'" in word else None
    return found.start("rest") if found else 0


def in_full(words: list[str]) -> list[str]:
    """Lower-case tokens with the short ones in full."""
    lower = [word.lower() for word in words]
    for i, word in enumerate(lower):
        if word == "'s" and i and lower[i - 1] == "let":
            lower[i] = "us"  # "let's sign it"
        if word not in LEANING:
            continue
        full = LEANING[word]
        if word == "n't" and i:
            lower[i - 1] = STEMS.get(lower[i - 1], lower[i - 1])
        if word == "'d" and i + 1 < len(lower) and (lower[i + 1] in PARTICIPLES or lower[i + 1].endswith("ed")):
            full = "had"
        lower[i] = full
    return lower


def spelt_out(phrase: str) -> str:
    """A phrase as the tokens of a text would have it: "won't work" is "will not work"."""
    pieces = [piece for word in phrase.split() for piece in (word[: cut(word)], word[cut(word) :]) if piece]
    return " ".join(in_full(pieces)) if pieces != phrase.split() else phrase
