"""Prepositions that take a side: "against it", "threatened to leave over it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.links import negate
from watcher.detect.marks import HARD, QUOTES
from watcher.detect.path import Path, cue

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed

ENDING = frozenset(["drop", "withdraw", "reverse", "abandon", "rescind"])
"""Who does this to a suit or a campaign against the target is against it no longer."""


def against(parsed: Parsed, path: Path, i: int, lo: int) -> int:
    """`voted against`, `came out against`, `is against`, `the case against`."""
    path.sign = -path.sign
    path.cues.insert(0, cue(parsed, i, i + 1, -1))
    path.kind, path.top = "verb", i
    for k in range(i - 1, max(lo - 1, i - 15), -1):
        if parsed.words[k] in HARD or parsed.lower[k] in ("but", "who", "which", "that"):
            break  # "not protesting against X but against it", "spoke to a crowd that chanted against it"
        entries = parsed.lexicon.verbs.get(parsed.lower[k], ())
        entry = next((e for e in entries if e.rest and e.rest[-1] == "against"), None)
        if i - k >= 7 and (
            entry is None or len(entry.rest) < 2 or list(entry.rest[:-1]) != parsed.lower[k + 1 : k + len(entry.rest)]
        ):
            continue  # from afar only what is written in full: "lined up with many others against it"
        if entry or parsed.lower[k] in (
            "vote",
            "votes",
            "case",
            "fight",
            "stand",
            "position",
            "stance",
            "campaign",
            "battle",
            "argument",
            "arguments",
            "lawsuit",
            "lawsuits",
            "complaint",
        ):
            if entry and entry.lemma == "appeal against" and parsed.lower[i - 1].removesuffix("s") in ORDERS:
                path.sign = -path.sign  # "appealed a ruling against it"
            path.cues[0] = cue(parsed, k, i + 1, -1)
            path.top = k
            if entry and parsed.verb(k):
                path.verbs.append(entry)
            else:
                path.kind = "noun"
            return k - 1
    for k in range(i - 1, max(lo - 1, i - 4), -1):
        if (adjective := parsed.adjective(k)) is not None and adjective[1] == i + 1:
            path.cues[0] = cue(parsed, k, i + 1, -1)
            path.kind, path.top = "adjective", k
            negate(parsed, path, k)
            return lo - 1  # "is dead set against it"
    if (k := _campaign(parsed, i, lo)) >= 0:
        hit = parsed.verb(k)
        ended = hit is not None and (hit[0].lemma in ENDING or hit[0].sign < 0)  # "appealed a ruling against it"
        path.sign = -path.sign if ended else path.sign
        path.cues[0] = cue(parsed, k, i + 1, 1 if ended else -1)
        path.top = k
        return k - 1
    path.kind = "adjective"
    negate(parsed, path, i)
    return lo - 1


def _campaign(parsed: Parsed, i: int, lo: int) -> int:
    """`ran ads against it`, `brought a suit against it`: the verb whose object stands before "against"; -1 if none."""
    noun = parsed.back_over(i - 1, lambda x: parsed.words[x] in QUOTES)
    if noun < 1 or not parsed.lower[noun].isalpha() or parsed.mention_at(noun) or parsed.verb(noun):
        return -1
    for k in range(noun - 1, max(lo, noun - 5) - 1, -1):
        if parsed.words[k] in HARD or parsed.words[k] == "," or parsed.mention_at(k):
            return -1
        if (hit := parsed.verb(k)) is not None:
            ordered = parsed.lower[noun].removesuffix("s") in ORDERS
            return k if "light" in hit[0].kinds or ordered else -1
    return -1


ORDERS = frozenset(["injunction", "order", "ruling", "petition", "action", "decision", "verdict", "judgment"])
"""Sought or won against the target: "is seeking an injunction against it"."""


def threat(parsed: Parsed, i: int, lo: int) -> int:
    """`threatened to leave the coalition over it`: the verb of threatening left of "over"; -1 if there is none."""
    for k in range(i - 2, max(lo, i - 9) - 1, -1):
        if parsed.words[k] in HARD or parsed.words[k] == ",":
            return -1
        hit = parsed.verb(k)
        if hit is not None and hit[0].lemma == "threaten":
            return k if BARGAINING.isdisjoint(parsed.lower[k:i]) else -1
        if hit is not None and hit[0].lemma in PUNISHING and parsed.lower[k - 1] != "to":
            return k
    return -1


PUNISHING = frozenset(["block", "boycott", "suspend", "recall", "hold up", "walk out", "resign", "quit", "blockade"])
"""Who does this over something is against it: "blocked the nominees over the pact"."""

BARGAINING = frozenset(["block", "hold", "vote", "delay", "stall", "filibuster", "sink", "veto", "derail"])
BARGAINING |= {"shut", "shutdown"}
"""Who threatens this over something may be for it or against it: "threatened to block the budget over the wall"."""
