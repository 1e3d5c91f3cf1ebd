"""A sentence as tokens: compounds, owners and contractions parted, asides set off by commas whatever their marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from watcher.detect.contractions import cut

TOKEN = re.compile(
    r"""[a-z]+[^\W\d_]*(?:['&][^\W\d_]+)*                # most words, before what is tried in vain on them
      | (?:[A-Z]\.){2,}                                    # U.S.
      | (?:Mrs?|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Rev|St|Jr|Sr|Inc|Corp|Co|Ltd)\.
      | (?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.
      | \d+(?:[.,]\d+)*(?:%|[A-Za-z]{1,2}\b)?
      | [^\W\d_]+(?:['&][^\W\d_]+)*                         # don't, AT&T
      | \w+
      | --+ | \.{2,}
      | \S""",
    re.VERBOSE,
)
SMALL = frozenset(
    ["the", "a", "an", "and", "or", "of", "to", "on", "in", "for", "by", "at", "as", "it", "is", "no", "not"]
)
SMALL |= {
    "but",
    "be",
    "he",
    "she",
    "we",
    "his",
    "her",
    "its",
    "say",
    "says",
    "has",
    "was",
    "are",
    "may",
    "out",
    "off",
    "up",
}
"""Short words that are no names where a title is in capitals."""

JOINING = frozenset(["But", "And", "Yet"])
"""At its start they join a sentence to the one before, and change nothing in it."""

DASHES = frozenset(["—", "–"])
RELATIVE = frozenset(["who", "which", "whose"])
TELLING = RELATIVE | {"a", "an", "the", "his", "her", "one", "head", "leader", "president", "former", "chief"}
"""Behind an age they go on with who it is."""
LEVELLED = re.compile(r"[—–(]|--")
AGED = re.compile(r"[,—–(-]\s*\d\d\s*[,—–)-]")
"""What a sentence must hold before it is worth a look at each of its tokens."""
ASIDE = 30
"""Words between two dashes that are an aside, at most."""


@dataclass(slots=True)
class Tokens:
    """Parallel lists over the tokens of a sentence that begins at `begin`: as `Sentence` has them."""

    begin: int = 0
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)

    def add(self, word: str, start: int, end: int, glued: bool) -> None:
        """Appends a token."""
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)
        self.glued.append(glued)

    def drop(self, lo: int, hi: int) -> None:
        """Takes tokens [lo, hi) out."""
        for part in (self.words, self.starts, self.ends, self.glued):
            del part[lo:hi]


def tokens(folded: str, span: tuple[int, int], *, title: bool) -> Tokens:
    """The tokens of a sentence. A title gets a full stop: rules may look a token past the last word."""
    found = Tokens(span[0])
    piece = folded[span[0] : span[1]]
    shouted = title and piece.isupper() and piece.count(" ") > 1
    hyphen = False
    words = found.words
    for match in TOKEN.finditer(folded, *span):
        word, start, end = match[0], match.start(), match.end()
        if word == "-" and words and found.ends[-1] == start and folded[end : end + 1].isalnum():
            hyphen = True
            continue
        if word in "[]":
            continue  # "[the pact] must pass": what an editor put in reads like the rest
        if shouted and len(word) > 1:
            word = (
                word.lower() if word.lower() in SMALL else word if len(word) < 4 or "." in word else word.capitalize()
            )
        if at := cut(word):
            found.add(word[:at], start, start + at, hyphen)
            found.add(word[at:].lower(), start + at, end, False)
        else:
            found.add("—" if word in ("--", "---") else word, start, end, hyphen)
        hyphen = False
    if not words:
        return found
    if words[-1][-1].isalnum():
        found.add(".", found.ends[-1], found.ends[-1], False)
    if not title:
        if LEVELLED.search(piece):
            _level(words)
        if AGED.search(piece):
            _without_ages(found)
        if words[0] in JOINING and len(words) > 2 and words[1].lower() not in ("for", ","):
            found.drop(0, 1)
    return found


def _without_ages(found: Tokens) -> None:
    """Of "X, 52, an engineer, said" leaves "X, an engineer, said"."""
    words = found.words
    for i in range(len(words) - 4, 0, -1):
        aged = words[i] == words[i + 2] == "," and words[i + 1].isdigit() and len(words[i + 1]) == 2
        behind = words[i + 3]
        done = behind.endswith(("ed", "ing")) and words[i + 4 : i + 5] and words[i + 4] in ("by", "in", "at", "from")
        if aged and words[i - 1][:1].isupper() and (done or behind in TELLING or behind[:1].isupper()):
            found.drop(i, i + 2)


def _level(words: list[str]) -> None:
    """Makes commas of dashes in pairs, and of brackets around a clause: "X — who leads it — said", "X (who ...)"."""
    dash = -1
    for i, word in enumerate(words):
        if word in DASHES:
            aside = 0 < dash < i - 1 and i - dash < ASIDE
            if aside:
                words[dash] = words[i] = ","
            dash = -1 if aside else i
        elif word in (";", ":"):
            dash = -1
        elif word == "(" and words[i + 1 : i + 2] and words[i + 1].lower() in RELATIVE:
            close = next((x for x in range(i + 2, min(len(words), i + ASIDE)) if words[x] == ")"), -1)
            if close > 0:
                words[i] = words[close] = ","
