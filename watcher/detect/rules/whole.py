"""What others say of a plan as a whole: `Y opposes X's plan to sign it`, `Y sued to stop X's effort to end it`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.chain import govern
from watcher.detect.governors import weightless
from watcher.detect.marks import OWNING
from watcher.detect.naming import told_in_title
from watcher.detect.rules.clause import governed
from watcher.detect.rules.deciding import undertaken
from watcher.detect.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.finding import Finding, Reasons, Scene
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

OWNER = 7
"""Words that an owner before "'s" has at most."""

BESIDE = frozenset(["respect", "accept", "understand", "want", "seek", "need", "win", "give", "offer", "get", "do"])
"""Whose plan it is, they leave to its owner: "respects X's decision to leave it", "sought X's support for it"."""


def whole(scene: Scene, path: Path, reasons: Reasons) -> Iterator[Finding]:
    """Whoever a verb of position before "X's plan" belongs to; X itself is read by other rules."""
    parsed = scene.parsed
    noun = _noun(parsed, path)
    x = parsed.back_over(noun - 1, lambda at: _colour(parsed, at)) if noun > 1 else -1
    if x < 2 or parsed.lower[x] not in OWNING:
        return
    start = x if parsed.lower[x] not in ("'s", "'") else _owner_start(parsed, x)
    written = " ".join(parsed.words[start : noun + 1])
    outer = govern(parsed, Target(start, noun + 1, path.sign, written, full=False))
    if outer.kind == "noun" and not outer.void and not outer.verbs:
        outer.target, outer.cues = path.target, [*outer.cues, *(c for c in path.cues if c not in outer.cues)]
        yield from governed(scene, outer, reasons)
        return
    if outer.kind != "verb" or outer.void or not outer.verbs or outer.verbs[0].lemma in BESIDE:
        return
    inner = parsed.sentence.starts[start]
    last = max((c.end for c in outer.cues if c.start < inner), default=inner)
    between = [at for at in range(start) if last <= parsed.sentence.starts[at] < inner]
    if not (outer.verbs[0].sign or outer.undecided) or not all(weightless(parsed, at) for at in between):
        return
    outer.target, outer.cues = path.target, [*outer.cues, *(c for c in path.cues if c not in outer.cues)]
    yield from governed(scene, outer, reasons)


def _colour(parsed: Parsed, at: int) -> bool:
    """Whether the word at `at` only tells what the plan is like."""
    word, sets = parsed.lower[at], parsed.lexicon.sets
    return word != "'s" and (word in sets["fillers"] or word in sets["qualities"])


def _noun(parsed: Parsed, path: Path) -> int:
    """The noun that the chain ends at: "plan", "opposition", "decision"; 0 if it ends at another word."""
    if path.void or path.hypothetical:
        return 0
    if path.kind == "noun":
        return path.top
    k = parsed.back_over(path.top - 1, parsed.light)
    if path.kind in ("verb", "action") and k > 0 and "to" in parsed.lower[k + 1 : path.top] and undertaken(parsed, k):
        return k
    return 0


def _owner_start(parsed: Parsed, x: int) -> int:
    """Where the owner before the "'s" at `x` starts: a name with its titles, or a noun with its article."""
    k = x - 1
    mention = parsed.mention_at(k)
    k = mention.start if mention is not None else k
    while k > 0 and x - k < OWNER and parsed.words[k - 1].isalpha():
        word, sets = parsed.lower[k - 1], parsed.lexicon.sets
        named = parsed.words[k - 1][:1].isupper() or word in sets["titles"] or word in sets["offices"]
        if (not named and word not in ("the", "a", "an")) or told_in_title(parsed, k - 1):
            break
        k -= 1
        if word in ("the", "a", "an"):
            break
    return k
