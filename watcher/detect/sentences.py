"""Text to sentences of tokens, with offsets into the document and the quotation each token stands in.

Everything here is linear in the length of the text: sentences are capped, so that run-on headlines
and hostile input cost no more than prose of the same size.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.detect.contractions import in_full
from watcher.detect.folding import fold
from watcher.detect.marks import QUOTES
from watcher.detect.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TOKENS = 160
"""Longer sentences are cut: no rule reaches that far, and captions run together read as one."""

MAX_QUOTE = 12
"""A quotation left open is taken as closed after so many sentences."""

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "sen",
        "sens",
        "rep",
        "reps",
        "gov",
        "lt",
        "col",
        "sgt",
        "capt",
        "prof",
        "rev",
        "hon",
        "pres",
        "adm",
        "maj",
        "gen",
        "jr",
        "sr",
        "inc",
        "corp",
        "co",
        "ltd",
        "vs",
        "no",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "d.c",
        "a.m",
        "p.m",
        "i.e",
        "e.g",
        "etc",
        "ariz",
        "calif",
        "colo",
        "conn",
        "fla",
        "ga",
        "ill",
        "ind",
        "kan",
        "ky",
        "la",
        "mass",
        "md",
        "mich",
        "minn",
        "miss",
        "mo",
        "mont",
        "neb",
        "nev",
        "okla",
        "ore",
        "pa",
        "tenn",
        "tex",
        "va",
        "vt",
        "wash",
        "wis",
        "wyo",
        "ala",
        "ark",
        "del",
        "n.y",
        "n.j",
        "n.c",
        "s.c",
        "n.h",
        "n.m",
        "n.d",
        "s.d",
        "w.va",
        "r.i",
    ]
)
MAY_END = frozenset(["u.s", "u.k", "u.n", "e.u", "d.c", "a.m", "p.m", "inc", "corp", "co", "jr", "sr", "etc"])
NEW_SENTENCE = re.compile(r"(?:The|A|An|But|And|In|On|He|She|They|It|We|For|At|As|That|This|His|Her|If|So)\b")
END = re.compile(r"""(?<![.!?…])[.!?…]++["”’\')\]]*+(?=\s+["“‘\'(\[]?[A-Z0-9])|\n\s*\n|\n(?=\s*[A-Z"“])""")
WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.\-]*$")
SAID = re.compile(
    r"\s+(?:[A-Z][\w.'’-]*\s+){0,5}(?:said|says|asked|added|wrote|tweeted|told|declared|exclaimed|shouted)\b"
)
DATELINE = re.compile(
    r"(?:(?:[A-Z][A-Za-z.'’ ]{2,25}(?:, [A-Z][\w.]+(?: \w+)?){0,2} ?)?\([A-Z][A-Za-z /.]{1,24}\)"
    r"|[A-Z][A-Z.'’ -]{3,25}(?:, [A-Z][\w.]+(?: \w+)?){0,2})\s*(?:—|–|--|-)\s+(?=\S)"
)
"""Where and by whom a report was written: "Porto Bello, May 3 (AP) -", "PORTO BELLO, Norland --"."""
BOILERPLATE = re.compile(
    r"Story Continued Below|Story highlights|ADVERTISEMENT|Advertisement|CLOSE(?= [A-Z])|"
    r"\(\s?Also on [A-Z]{4,}:[^)]{0,120}\)|Follow @\w+|(?:Photo|Getty|AP Photo):[^.)]{0,80}\)|"
    r"Continue reading the main story|Sign up for [^.]{0,80}\.|Read [Mm]ore:[^.]{0,120}"
)


@dataclass(slots=True)
class Sentence:
    """One sentence as parallel lists over its tokens.

    `words` are as written, `lower` folded; `starts` and `ends` are offsets into the document;
    `quoted` holds the number of the quotation a token stands in (its marks included), 0 outside;
    `glued` tells a token joined to the one before by a hyphen (`Republican-led`).
    """

    index: int
    start: int
    end: int
    title: bool
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    quoted: list[int]
    glued: list[bool]

    def __len__(self) -> int:
        return len(self.words)

    def text(self, lo: int, hi: int, document: str) -> str:
        """The document's own words between two token positions."""
        return document[self.starts[lo] : self.ends[hi - 1]] if hi > lo else ""

    def written(self, lo: int, hi: int) -> str:
        """The tokens between two positions, put together as they were: "don't", "Republican-led"."""
        pieces = self.words[lo : lo + 1]
        for i in range(lo + 1, hi):
            apart = " " if self.starts[i] > self.ends[i - 1] else ""
            pieces += ["-" if self.glued[i] else apart, self.words[i]]
        return "".join(pieces)


def boundaries(text: str, base: int = 0) -> list[tuple[int, int]]:
    """Spans of sentences, white space trimmed, offset by `base`."""
    cuts = [0]
    for match in END.finditer(text):
        mark = match.group()
        if mark.isspace():
            cuts.append(match.end())
            continue
        if mark == ".":
            word = WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
            if word and _abbreviated(word.group().lower(), text, match.end()):
                continue
        elif mark[0] in "!?" and mark[-1] in "\"”'’" and SAID.match(text, match.end(), match.end() + 90):
            continue  # "Build it!" Smith said
        cuts.append(match.end())
    cuts.append(len(text))
    spans = []
    for start, end in itertools.pairwise(cuts):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            spans.append((base + start + left, base + start + right))
    return spans


def _abbreviated(word: str, text: str, after: int) -> bool:
    initials = len(word) % 2 == 1 and all(letter == "." for letter in word[1::2])
    if word not in ABBREVIATIONS and not (word.isalpha() and len(word) == 1) and not initials:
        return False
    following = text[after : after + 30].lstrip()
    if word == "no" and not following[:1].isdigit():
        return False  # "voted no." is no number
    return not (word in MAY_END and NEW_SENTENCE.match(following))


def read(document: str, title_end: int = 0) -> list[Sentence]:
    """The sentences of a document whose first `title_end` characters are its title."""
    blanked = BOILERPLATE.sub(lambda m: "\n" + " " * (len(m.group()) - 2) + "\n", document[title_end:])
    folded = fold(document[:title_end] + blanked)
    spans = [(span, True) for span in boundaries(document[:title_end])]
    body = boundaries(folded[title_end:], title_end)
    if body and (dateline := DATELINE.match(folded, *body[0])):
        body[0] = (dateline.end(), body[0][1])
    spans += [(span, False) for span in body]
    sentences: list[Sentence] = []
    quotes = _Quotes()
    last_end = 0
    for (start, end), title in spans:
        if "\n" in document[last_end:start]:
            quotes.close()
        for sentence in _cut(folded, (start, end), len(sentences), title):
            quotes.mark(sentence, folded)
            sentences.append(sentence)
        last_end = end
    return sentences


def _cut(folded: str, span: tuple[int, int], index: int, title: bool) -> Iterator[Sentence]:
    """The sentence in `span`, cut where it is too long for any rule to reach across."""
    found = tokens(folded, span, title=title)
    lower = in_full(found.words)
    for i in range(0, len(found.words), MAX_TOKENS):
        part = slice(i, i + MAX_TOKENS)
        yield Sentence(
            index + i // MAX_TOKENS,
            found.starts[i] if i else found.begin,
            found.ends[part][-1],
            title,
            found.words[part],
            lower[part],
            found.starts[part],
            found.ends[part],
            [0] * len(lower[part]),
            found.glued[part],
        )


class _Quotes:
    """Which quotation each token stands in, carried across sentences of a paragraph."""

    def __init__(self) -> None:
        self.count = 0
        self.open = 0
        self.age = 0

    def close(self) -> None:
        self.open = 0

    def mark(self, sentence: Sentence, text: str) -> None:
        """Fills `sentence.quoted`; a straight mark opens or closes by the side its word is on."""
        self.age += 1
        if self.open and self.age > MAX_QUOTE:
            self.open = 0
        if QUOTES.isdisjoint(sentence.words):
            if self.open:
                sentence.quoted[:] = [self.open] * len(sentence.words)
            return
        for i, word in enumerate(sentence.words):
            if word in QUOTES:
                start, end = sentence.starts[i], sentence.ends[i]
                space_before = start == 0 or text[start - 1] in " \t\n([—-"
                space_after = end >= len(text) or text[end] in " \t\n)].,;:!?—-"
                opens = word in ("“", "``") or (word == '"' and ((space_before and not space_after) or not self.open))
                if word == '"' and space_after and not space_before and not self.open:
                    continue  # a closing mark whose opening one was lost
                if opens:
                    self.count += 1
                    self.open = self.count
                    self.age = 0
                    sentence.quoted[i] = self.open
                else:
                    sentence.quoted[i] = self.open
                    self.open = 0
            else:
                sentence.quoted[i] = self.open
