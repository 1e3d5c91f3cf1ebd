"""The same said a little otherwise is read the same: marks, contractions, titles of courtesy, a "But", dashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.detect.quarrel import labels

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = [
    (text, group == "titles")
    for file in ("sentences", "newsroom", "plain")
    for group, rows in tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8")).items()
    for text, _ in rows
]
NAMES = "Eva|Reuters|NBC|BBC|Lind|Moro|Falk|Berg|Holm|Rita|Anna|Karl|Ola|Norland|Sudria|Vesthaven|Porto|Green|I\\b"
SHORT = {
    **{f"{word} not ": f"{word}n't " for word in ("does", "is", "would", "did", "do", "should", "was", "has", "have")},
    **{f"{word} not ": f"{word}n't " for word in ("are", "could", "were")},
    **{"will not ": "won't ", "cannot ": "can't ", "that is ": "that's "},
    **{f"{word} will ": f"{word}'ll " for word in ("they", "he", "she", "it", "we")},
    **{f"{word} are ": f"{word}'re " for word in ("they", "we")},
    **{f"{word} have ": f"{word}'ve " for word in ("they", "we")},
    **{f"{word} would ": f"{word}'d " for word in ("they", "he", "she")},
}
OPENERS = "who|which|whose|the|a|an|its|led|once|including|along|like|unlike|in|as"
ASIDE = re.compile(rf"(\w), ((?:{OPENERS})\b[^,.;:\"]{{3,80}}), (\w)")


def with_printers_marks(text: str) -> str:
    text = re.sub(r'(^|[\s(])"', r"\1“", text).replace('"', "”")
    return text.replace("'", "’")


def in_short(text: str) -> str:
    for full, short in SHORT.items():
        text = re.sub(rf"\b{full}(?!only|just|necessarily)", short, text)
    return text


def with_courtesy(text: str) -> str:
    title = "Ms." if re.search(r"\b(?:she|her)\b", text, re.IGNORECASE) else "Mr."
    text = re.sub(r"(?<!President )(?<!Minister )(?<!Anna )(?<!Karl )\b(Lind|Moro)\b", rf"{title} \1", text)
    title = "Mr." if re.search(r"\b(?:he|his)\b", text, re.IGNORECASE) else "Ms."
    return re.sub(r"(?<!Rita )(?<!President )(?<!Ms\. )\bFalk\b", f"{title} Falk", text)


def joined_by_but(text: str) -> str:
    *before, last = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    if '"' in text or not re.match(r"[A-Z]", last) or re.match(r"(?:But|And|Yet|For)\b", last):
        return text
    last = last if re.match(NAMES, last) else last[0].lower() + last[1:]
    return " ".join([*before, f"But {last}"])


def between_dashes(text: str) -> str:
    return ASIDE.sub(r"\1 — \2 — \3", text, count=1)


def with_editors_brackets(text: str) -> str:
    return re.sub(r"\b([Tt]he (?:harbour )?treaty)\b(?!')", r"[\1]", text)


def with_dateline(text: str) -> str:
    return f"PORTO BELLO, Norland (AP) — {text}"


def with_agency(text: str) -> str:
    return f"(Reuters) -- {text}"


IN_TEXTS = (joined_by_but, with_dateline, with_agency)
REWORDINGS = (with_printers_marks, in_short, with_courtesy, between_dashes, with_editors_brackets, str.upper)


@pytest.mark.parametrize("reword", [*IN_TEXTS, *REWORDINGS])
def test_the_same_is_read(reword: Callable[[str], str]) -> None:
    changed, tried = [], 0
    for text, title in TEXTS:
        other = reword(text)
        if other == text or (title and reword in IN_TEXTS) or (not title and reword is str.upper):
            continue
        tried += 1
        was, now = (labels("", text), labels("", other)) if title else (labels(text), labels(other))
        if was != now:
            changed.append((other, was, now))
    assert tried > 40
    assert changed == []
