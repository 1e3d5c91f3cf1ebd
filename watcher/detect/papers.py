"""What "it" takes up where a paper is named: "a bill to repeal the law ... it" is the bill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.words import match_entry

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from watcher.detect.targets import Target
    from watcher.detect.words import Lexicon


def sign_of_it(found: Sequence[Target], before: int, lower: Sequence[str], lexicon: Lexicon) -> int:
    """The sign of what "it" takes up: of the last target of the sentence that is a thing, else of one before; of "a
    bill to repeal the law" or "a resolution to block the aid" it is the paper, with the sign of what it would do, 0
    where that is not known."""
    if not found:
        return before
    last = found[-1]
    if last.action:
        return 1
    paper = next((x for x in range(last.start - 1, max(-1, last.start - PAPER_BEFORE), -1) if lower[x] in PAPERS), -1)
    if paper < 0:
        either = last.sign < 0 and not {"of", "from", "to"}.isdisjoint(lower[last.start : last.end])
        return 0 if either else last.sign  # "the end of the bank ... a campaign against it": which is not told
    if (own := next((target for target in found if target.start <= paper < target.end), None)) is not None:
        return own.sign  # "the pact would replace the old treaty": the pact
    words = [lower[x] for x in range(paper + 1, last.start)]
    undoing = [x for x in range(paper + 1, last.start) if _undoes(lower, x, last.start, lexicon)]
    if (
        not undoing
        and "would" in words
        and not any(e.sign > 0 and not e.rest for word in words for e in lexicon.verbs.get(word, ()))
    ):
        return 0  # "a measure that would have put the pact before the voters again"
    sign = last.sign * (-1) ** len(undoing)
    return sign if undoing or last.sign > 0 else 1


def sign_of_paper(found: Sequence[Target], before: int, it: int, lower: Sequence[str]) -> int:
    """The sign of a paper that is not the target itself, told by the last sentence with a target: "voted to block the
    sale ... the resolution"; 0 where it is not known what the paper would do."""
    if not found:
        return before
    last = found[-1]
    named = any(lower[x] in PAPERS for x in range(max(0, last.start - PAPER_BEFORE), last.start))
    return last.sign if last.action or last.sign < 0 else it if named else 0


def is_of_paper(lower: Sequence[str], it: int, heads: Collection[str]) -> bool:
    """`the resolution is symbolic, since X has promised to veto it`: whether "it" takes up a paper in its sentence."""
    near = range(it - 1, 0, -1)
    at = next((x for x in near if lower[x] in PAPERS and lower[x - 1] in ("the", "this")), -1)
    return at > 0 and lower[at] not in heads


def _undoes(lower: Sequence[str], x: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a verb against the target stands at `x`: "scrap", "take the country out of"."""
    entries = lexicon.verbs.get(lower[x], ())
    if any(e.sign < 0 and not e.rest for e in entries):
        return True
    hit = match_entry([e for e in entries if e.rest], lower, x, end)
    return hit is not None and hit[0].sign < 0


PAPER_BEFORE = 10
"""Words between a paper and the target that it is on: "a motion to take the country out of the pact"."""
PAPERS = frozenset(
    [
        "bill",
        "measure",
        "legislation",
        "resolution",
        "amendment",
        "motion",
        "proposal",
        "plan",
        "effort",
        "vote",
        "provision",
    ]
)
"""What "it" takes up rather than what they would do away with."""
