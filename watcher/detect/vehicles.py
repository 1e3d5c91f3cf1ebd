"""Papers that would do something about the target, taken up again as "the bill", "the measure".

Where the news is of a bill that would scrap a treaty, whoever votes for "the bill" is against the treaty: the noun
stands for the target, with the sign of what the paper would do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.chain import govern
from watcher.detect.targets import Target

if TYPE_CHECKING:
    from collections.abc import Collection

    from watcher.detect.parsed import Parsed
    from watcher.detect.words import Lexicon

FAMILY = frozenset(["bill", "measure", "legislation", "proposal"])
"""What one and the same paper is called in turn."""

PAPERS = FAMILY | {"resolution", "amendment", "motion", "provision", "order", "directive", "petition"}
WOULD = frozenset(["would", "will"])

APART = 12
"""Words between a paper and the target that it is about."""

REACH = 12
"""For so many sentences a paper may be taken up again."""


class Vehicles:
    """The papers that a text has told would do something about the target, sentence after sentence."""

    def __init__(self, lexicon: Lexicon, heads: Collection[str]) -> None:
        self._lexicon = lexicon
        self._heads = heads  # nouns that take up the target itself
        self._known: dict[str, int] = {}  # noun to the sign of what it would do; 0 where two of them differ
        self._left = 0
        self._it = 0  # the sign of the paper that the last sentence with a target spoke of in the end

    def note(self, parsed: Parsed) -> None:
        """Takes in the papers of a sentence."""
        self._left -= 1
        if parsed.targets:
            last = parsed.lower[parsed.targets[-1].start]
            paper = not parsed.targets[-1].full and last not in self._heads
            self._it = self._known.get(last, self._it if last == "it" else 0) if paper else 0
        if PAPERS.isdisjoint(parsed.vocabulary):
            return
        for target in parsed.targets:
            if target.full and not target.action and parsed.lower[target.end - 1] in PAPERS:
                self._call(parsed.lower[target.end - 1], target.sign)  # "the refugee bill": "the bill", "the measure"
                continue
            for k in range(target.start - 1, max(-1, target.start - APART), -1) if target.full else ():
                if parsed.lower[k] not in PAPERS or not (sign := _would(parsed, target, k)):
                    continue
                self._call(parsed.lower[k], sign)
                break

    def _call(self, noun: str, sign: int) -> None:
        """Remembers what a paper would do, by whatever it is called."""
        for word in FAMILY if noun in FAMILY else (noun,):
            self._known[word] = sign if self._known.get(word, sign) == sign else 0
        self._left = REACH

    def take_up(self, parsed: Parsed) -> None:
        """Adds a target for each noun that takes a paper up again."""
        first = parsed.targets[0] if parsed.targets else None
        if self._it < 0 < self._left and first is not None and parsed.lower[first.start] == "it" and first.sign > 0:
            parsed.targets[0] = replace(first, sign=self._it)  # "The bill passed. He would veto it"
        if self._left <= 0 or self._known.keys().isdisjoint(parsed.vocabulary):
            return
        lower, closing = parsed.lower, self._closing()
        for i in range(1, len(lower)):
            sign = self._known.get(lower[i], 0)
            other = parsed.target_at(i)
            if (
                not sign
                or lower[i] in self._heads
                or (other is not None and (other.full or other.end - other.start > 1))
            ):
                continue
            following = lower[i + 1] if i + 1 < len(lower) else "."
            if lower[i - 1] not in ("the", "this", "that") or (following.isalpha() and following not in closing):
                continue
            if other is not None:
                parsed.targets.remove(other)
            parsed.targets.append(Target(i, i + 1, sign, parsed.words[i], full=False))
        parsed.targets.sort(key=lambda target: target.start)

    def _closing(self) -> frozenset[str]:
        """Words behind which a noun phrase has ended; what tells what a paper is on goes on with it."""
        sets = self._lexicon.sets
        return (
            (sets["prepositions"] - ON_WHAT)
            | (sets["auxiliaries"] - {"to"})
            | {"and", "or", "but"}
            | sets["after_elliptic"]
        )


ON_WHAT = frozenset(["of", "on", "for", "to", "about"])


def _would(parsed: Parsed, target: Target, k: int) -> int:
    """The sign of what the paper at `k` would do: "a bill that would scrap the pact", "a motion to scrap it"."""
    path = govern(parsed, target, k + 1)
    if path.kind not in ("verb", "action") or path.void or path.undecided or path.conditional:
        return 0
    before = parsed.lower[k + 1 : path.top]
    tied = before[:1] == ["to"] or (before[:1] in (["that"], ["which"]) and not WOULD.isdisjoint(before))
    if not tied or not all(parsed.light(x) for x in range(k + 2, path.top)):
        return 0
    told = path.kind == "action" or any(entry.sign for entry in path.verbs)
    return (1 if path.sign > 0 else -1) if told else 0
