"""Parties under the name of an office or a body: `the president`, `the commission`, `the X-led council`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.marks import HARD, QUOTES
from watcher.detect.subject import Subject

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

GROUPS = frozenset(["group", "organization", "organisation", "association", "lobby", "company", "federation", "agency"])

STATES = frozenset(["government", "administration", "union", "states", "kingdom", "nations", "republic"]) | (
    frozenset(["parliament", "congress", "senate", "house", "ministry", "commission", "council", "republicans"])
)
"""What has one of these in its name is not called a group."""

CHAMBERS = frozenset(["house", "senate", "congress", "parliament", "chamber", "council", "assembly", "legislature"]) | (
    frozenset(["committee", "board", "court", "cabinet", "majority", "panel", "state", "states"])
)


def ruling(parsed: Parsed, k: int) -> Mention | None:
    """`the Norland-led council`, `the Green-controlled house` at `k`: whose majority acts."""
    holds = k > 1 and parsed.lower[k - 1] in ("led", "controlled", "dominated", "run", "majority")
    mention = parsed.mention_at(k - 2) if holds and parsed.sentence.glued[k - 1] else None
    body = parsed.lower[k] in parsed.lexicon.sets["bodies"] or parsed.lower[k] in CHAMBERS
    return mention if mention is not None and mention.end == k - 1 and body else None


def titled(parsed: Parsed, k: int, memory: Memory) -> Subject | None:
    """`the president`, `the commission` at `k`: who was named with that title, the body named last."""
    lower, words, sets = parsed.lower, parsed.words, parsed.lexicon.sets
    word, start = lower[k], k - 1
    if start > 0 and lower[start] in ("prime", "foreign"):
        word, start = f"{lower[start]} {word}", start - 1
    if start < 0 or lower[start] != "the" or parsed.sentence.title:
        return None
    taken = memory.titles.get(word) if lower[k] in sets["offices"] else memory.bodies.get(word)
    if taken is None and word in sets["bodies"] and memory.singular is not None and _embodies(memory.singular, word):
        taken = memory.singular
    named = start > 0 and not words[start - 1][:1].islower() and words[start - 1] not in (",", *QUOTES, *HARD)
    if taken is None or named:
        return None
    mentions = (replace(taken, how="pronoun", start=start, end=k + 1),)
    return Subject("party", f"the {word}", mentions, f"{word} for {taken.name}", start)


def _embodies(mention: Mention, word: str) -> bool:
    """Whether a body may be called so: "the commission" is one by name; "the group" no country."""
    names = (mention.name.lower(), mention.party.lower())
    return any(word in name for name in names) or (
        word in GROUPS
        and STATES.isdisjoint(names[1].split())
        and (mention.name.isupper() or len(mention.name.split()) > 1)
    )
