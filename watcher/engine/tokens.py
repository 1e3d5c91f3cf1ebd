"""Text as words that compare equal however they are written: case and accents folded, invisible
characters dropped. Chinese, Japanese, Thai and other scripts without spaces give a word a character.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
"""Latin letters whose stroke or ligature Unicode does not take apart."""

APOSTROPHES = "'’‘ʼ＇`´"

UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Code points of scripts that put no spaces between words, as first and last."""

TOKEN = re.compile(r"(?<=[^\s'])'s(?![^\s'])|([^\s']+)")
"""A word; the possessive 's, which belongs to none, is passed over."""


class FoldTable(dict[int, str]):
    """What each character becomes, worked out when it is first met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_character(chr(code))
        return folded


def fold_character(character: str) -> str:
    """A letter or digit folded; an apostrophe as '; nothing for what is invisible; else a space."""
    if character in APOSTROPHES:
        return "'"
    code, category = ord(character), unicodedata.category(character)
    if category == "Cf" or character == "ـ" or (category in ("Mn", "Me") and is_accent(code)):
        return ""
    if any(first <= code <= last for first, last in UNSPACED):
        return f" {character} " if category[0] in "LN" else character if category[0] == "M" else " "
    folded = "".join(
        LETTERS.get(part, part)
        for part in unicodedata.normalize("NFKD", character.casefold()).casefold()
        if not (unicodedata.combining(part) and is_accent(ord(part)))
    )
    plain = "".join(part if unicodedata.category(part)[0] in "LNM" else " " for part in folded).strip()
    return f" {plain} " if " " in plain else plain or " "  # ½ holds two words, and is none with its neighbours


def is_accent(code: int) -> bool:
    """Whether a mark is one that readers leave out, not a vowel of an Indic script."""
    return code < 0x0900 or 0x1AB0 <= code <= 0x1DFF or 0x20D0 <= code <= 0x20FF or 0xFE00 <= code <= 0xFE2F


TABLE = FoldTable()


def fold(text: str) -> str:
    """`text` as folded words between spaces; its length may differ."""
    return text.translate(TABLE)


def words(folded: str) -> list[str]:
    """The words of folded text, in order."""
    return [word for word in TOKEN.findall(folded) if word]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text and where they stand in it.

    `places` maps a word to its positions, which count words from 0; `spans` are the words' offsets
    in the text as it was given.
    """

    places: dict[str, list[int]]
    spans: list[tuple[int, int]]


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """`fold`, remembered for the texts just seen: several topics look at each article."""
    return fold(text)


@lru_cache(maxsize=16)
def tokens(text: str) -> Tokens:
    """The words of `text` with their offsets."""
    plain = folded(text)
    places: dict[str, list[int]] = {}
    spans: list[tuple[int, int]] = []
    for found in TOKEN.finditer(plain):
        if word := found[1]:
            places.setdefault(word, []).append(len(spans))
            spans.append(found.span())
    return Tokens(places, spans if keeps_length(text) else unfolded(text, spans))


def keeps_length(text: str) -> bool:
    """Whether each character folds to one, so that offsets stay."""
    return text.isascii() or all(len(TABLE[ord(character)]) == 1 for character in set(text))


def unfolded(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offsets in the folded text as offsets in `text`; marks after a word's last letter belong to it."""
    ends, total = [], 0
    for character in text:
        total += len(TABLE[ord(character)])
        ends.append(total)
    return [(bisect_right(ends, start), bisect_right(ends, end - 1) + 1) for start, end in spans]
