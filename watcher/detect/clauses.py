"""What tells that a word left of the target belongs to another clause than the target does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import CAUSING, fate
from watcher.detect.governors import elsewhere, governs, near, weightless
from watcher.detect.marks import QUOTES

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.words import Entry

INSTEAD = frozenset(["compromise", "alternative", "alternatives", "substitute", "counterproposal", "counteroffer"])
"""What is offered in its place: who rejects that may want the thing itself."""

CLOSE_BY = frozenset(["do", "announce", "win"])
"""They govern only what stands right behind them: "does not plan to talk about it" does nothing to it."""

FINITE = frozenset(["has", "had", "have", "went", "goes", "came", "comes", "passed", "failed", "took"])
"""Verbs that the target is the subject of, besides copulas."""


def relative(parsed: Parsed, i: int) -> bool:
    """Whether a clause on something else begins at `i`: "banks that will not pay for it", "firms that lay it"."""
    lower = parsed.lower
    if lower[i] not in ("that", "which", "who") or not i or parsed.saying(i - 1) is not None:
        return False
    told = any(
        parsed.saying(x) is not None for x in range(max(0, i - 5), i - 1)
    )  # "told reporters that work on it ..."
    lexicon, before = parsed.lexicon, lower[i - 1]
    paper = before in lexicon.proposals or before in lexicon.instruments  # "backs plans that include it"
    acts = lower[i + 1 : i + 2] and lower[i + 1] not in lexicon.sets["determiners"] and parsed.words[i + 1].islower()
    if before.endswith("s") and acts and not told and not paper and parsed.mention_at(i + 1) is None:
        return True
    return lower[i + 1] in parsed.lexicon.sets["modals"] and lower[i - 1].isalpha()


def done_to_it(parsed: Parsed, path: Path, end: int) -> bool:
    """Whether the target stands right behind the verb ending at `end`, and is no "treaty decision"."""
    after = parsed.lower[path.target.end : path.target.end + 1]
    close = all(weightless(parsed, x) and parsed.lower[x] != "vote" for x in range(end, path.top))
    return close and not (after and after[0] in parsed.lexicon.sets["decisions"])


def told_of_it(parsed: Parsed, path: Path, end: int) -> bool:
    """Whether the target begins a clause of its own that is not the object of the verb ending at `end`."""
    after = path.target.end
    finite = after < len(parsed) and (parsed.auxiliary(after) or parsed.lower[after] in FINITE)
    finite = finite and parsed.lower[after] != "to"
    teller = parsed.saying(end - 1)
    denied = teller is not None and teller.lemma in parsed.lexicon.sets["denying"]  # "denied the pact was a gift"
    return finite and (denied or not near(parsed, end, path.target.start))


def offered_instead(parsed: Parsed, lo: int, hi: int) -> bool:
    """Whether "a compromise on" the target stands between two tokens."""
    return any(parsed.lower[x] in INSTEAD and parsed.lower[x + 1] in ("on", "over") for x in range(lo, hi - 1))


def of_another_clause(parsed: Parsed, path: Path, entry: Entry, end: int) -> bool:
    """Whether the first verb met has an object of its own: "filed a motion and said the pact ..."."""
    causing = entry.lemma in CAUSING and fate(parsed, path, entry) is not None  # "wants to see it pass"
    if not entry.sign and entry.kinds & {"say", "label"} and not governs(path, entry) and not causing:
        return True
    if path.comma and entry.sign < 0 and not path.target.action:
        return True
    blames = parsed.lexicon.judging.get(entry.lemma, 0) < 0 or entry.lemma.startswith("complain")
    if blames and any(parsed.lower[x] in PARTS and parsed.lower[x + 1] == "of" for x in range(end, path.top - 1)):
        return True  # "criticised a provision of it"
    if entry.lemma in REPLYING and any(end <= m.start < path.top for m in parsed.mentions):
        return True  # "hit back at X over it"
    instead = entry.sign < 0 and offered_instead(parsed, end, path.top)  # "rejected X's compromise on it"
    return instead or elsewhere(parsed, path, end)


PARTS = frozenset(
    ["provision", "provisions", "part", "parts", "clause", "clauses", "section", "sections", "article"]
) | (frozenset(["articles", "aspect", "aspects", "element", "elements", "detail", "details", "version"]))
"""Who finds fault with these may be for the whole."""

REPLYING = frozenset(["hit back at", "fire back at", "strike back at", "push back at"])
"""Who answers someone who attacked it over the target may have been for it."""

CALLED = frozenset(
    ["referendum", "plebiscite", "vote", "election", "strike", "boycott", "ceasefire", "truce", "moratorium"]
)
"""To call one is to bring it about."""


def calls(parsed: Parsed, path: Path, end: int) -> bool:
    """Whether the verb "call" that ends at `end` brings the target about, and does not call it by a name."""
    after = parsed.lower[path.target.end : path.target.end + 1]
    sets = parsed.lexicon.sets
    if parsed.lower[end - 3 : end - 2] == ["what"]:
        return False  # "what he called a divisive referendum"
    if parsed.words[path.target.end : path.target.end + 1] and parsed.words[path.target.end] in QUOTES:
        return False  # "called the vote 'staggering'"
    closed = not after or not after[0].isalpha() or after[0] in sets["prepositions"] | sets["auxiliaries"] | {"and"}
    return closed and parsed.lower[path.target.end - 1] in CALLED and near(parsed, end, path.top)
