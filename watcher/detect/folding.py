"""One kind of apostrophe, hyphen, space and quotation mark, for all rules."""

from __future__ import annotations

import re

FOLD = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " "})


def fold(text: str) -> str:
    """The text with one kind of apostrophe, hyphen, space and quotation mark; its length stays."""
    folded = text if text.isascii() else text.translate(FOLD)
    return SINGLE.sub(_doubled, folded) if "'" in folded else folded


SINGLE = re.compile(r"""(?<![^\s(\[—–:-])'(?=[A-Za-z])([^"“”\n]{1,300}?[A-Za-z0-9.,!?%])'(?![A-Za-z0-9])""")
"""Words between single quotation marks, as in British papers."""
ELIDED = re.compile(r"(?:em|til|tis|twas|cause|bout|n)\b", re.IGNORECASE)


def _doubled(match: re.Match[str]) -> str:
    """Single marks as double ones; not of "the 'dockers' union'" to the first that may be an owner's."""
    inner = match[1]
    if ELIDED.match(inner):
        return match[0]
    rest = match.string[match.end() : match.end() + 200]
    owner = inner[-1] == "s" and re.match(r" [a-z]", rest) and re.search(r"[A-Za-z.,!?]'(?![A-Za-z])", rest)
    return match[0] if owner else f'"{inner}"'
