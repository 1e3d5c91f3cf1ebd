"""Phrases that tell whose view a sentence gives: `in X's view`, `in her opinion`, `in the eyes of X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.phrases import noun_phrase
from watcher.detect.pronouns import resolve_pronoun
from watcher.detect.subject import NONE, Subject

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.parsed import Parsed

REACH = 8
"""Words from "in" to the noun, or from that to the end of the name behind it."""


def view(parsed: Parsed, i: int, memory: Memory) -> tuple[Subject, int] | None:
    """Whose view the "in" at `i` leads to and where the phrase ends; None where it leads to none."""
    lower, views = parsed.lower, parsed.lexicon.sets["views"]
    noun = next((x for x in range(i + 1, min(len(parsed), i + REACH)) if lower[x] in views), 0)
    if not noun or any(not parsed.words[x][0].isalpha() and lower[x] not in ("'s", "'") for x in range(i + 1, noun)):
        return None
    owner, end = NONE, noun + 1
    if lower[noun + 1 : noun + 2] == ["of"] and lower[noun - 1] == "the":
        mention = next((m for m in parsed.mentions if noun < m.start <= noun + 4 and m.actor), None)
        owner, end = (Subject("party", mention.name, (mention,), "view"), mention.end) if mention else (NONE, end)
    elif lower[noun - 1] in ("'s", "'"):
        mention = parsed.mention_at(noun - 2)
        owner = Subject("party", mention.name, (mention,), "view") if mention and mention.actor else NONE
        owner = owner if mention else noun_phrase(parsed, noun - 2, memory, noun)
    elif lower[noun - 1] in ("his", "her", "its", "their"):
        owner = resolve_pronoun(parsed, noun - 1, memory)
    closes = end >= len(parsed) or not parsed.words[end][0].isalnum()
    return (owner, end) if owner.kind == "party" and closes else None
