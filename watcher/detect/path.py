"""The chain as data: the words that govern a target, with the signs they pass on."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from watcher.detect.marks import QUOTES
from watcher.domain.statement import Cue

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry


@dataclass(slots=True)
class Path:
    """What governs a target. `kind` is verb, noun, adjective, action (the target is itself an act) or empty;
    `top` the leftmost governing token; `sign` the product; `undecided` and `conditional` whether
    a governor withholds judgement or moves on terms; `hypothetical` an if-clause; `negated` how many negations."""

    target: Target
    sign: int
    top: int
    kind: str = ""
    cues: list[Cue] = field(default_factory=list)
    undecided: bool = False
    conditional: bool = False
    hypothetical: bool = False
    negated: int = 0
    verbs: list[Entry] = field(default_factory=list)
    purpose: bool = False
    exchange: bool = False
    loose: bool = False
    comma: bool = False
    void: bool = False
    terms: bool = False
    amending: bool = False  # a governor would change the target
    nominal: bool = False
    judge: tuple[int, int, int] | None = None
    decided: list[tuple[int, int, tuple[Cue, ...]]] = field(default_factory=list)  # nouns, the signs up to them, cues


def as_subject(parsed: Parsed, path: Path) -> bool:
    """Whether the act is what something is said of: "scrapping it would be madness"."""
    if path.kind not in ("verb", "action"):
        return False
    noun = path.top == path.target.start and path.target.action and parsed.lower[path.top] in parsed.lexicon.nouns
    if not parsed.lower[path.top].endswith("ing") and not noun:
        return _infinitive_subject(parsed, path)
    before = parsed.lower[path.top - 1] if path.top else ""
    if noun and before in ("the", "a", "any", "this", "that"):
        before = parsed.lower[path.top - 2] if path.top > 1 else ""  # "the delay to the bill is a gift to thieves"
    opens = not before or not before[0].isalnum() or before == "that" or parsed.saying(path.top - 1) is not None
    end = _behind_teller(parsed, path.target.end)
    after = parsed.lower[end : end + 2]
    return opens and bool(after) and (after[0] in SAYING_OF_IT or after[1:] == ["be"])


SAYING_OF_IT = frozenset(["is", "was", "'s", "would", "will", "could", "may", "might", "means", "meant"])
"""Behind an act they tell what it is or does: "ending it would cost jobs"."""


JUDGING = {("would", "be"), ("will", "be"), ("is", "to"), ("is", "not"), ("is", "a"), ("was", "a"), ("would", "mean")}


def _behind_teller(parsed: Parsed, end: int) -> int:
    """Where a clause goes on that its teller cuts in two: "ending it, X said, would cost jobs"; else `end`."""
    if parsed.words[end : end + 1] != [","]:
        return end
    close = next((x for x in range(end + 1, min(len(parsed) - 1, end + TELLER)) if parsed.words[x] == ","), -1)
    told = any(parsed.saying(x) is not None for x in range(end + 1, max(end + 1, close)))
    return close + 1 + (parsed.words[close + 1] in QUOTES) if told else end


TELLER = 9
"""Words of who tells it, at most, with the verb."""


def _infinitive_subject(parsed: Parsed, path: Path) -> bool:
    """`to scrap it would be madness`, `not to sign it would be to give in`."""
    to = parsed.back_over(path.top - 1, parsed.adverb)
    if to < 0 or parsed.lower[to] != "to":
        return False
    k = to - 1 - (to > 0 and parsed.negated(to - 1))
    opens = k < 0 or not parsed.words[k][0].isalnum() or parsed.lower[k] in ("that", "because", "but")
    opens = opens or parsed.saying(k) is not None
    after = parsed.lower[_behind_teller(parsed, path.target.end) :][:8]
    return opens and any(pair in JUDGING for pair in pairwise(after))


TYING = frozenset(["tie to", "link to", "peg to", "condition on", "make conditional on", "tie", "link"])
"""Who is against making it depend on something wants it without."""


PRESSING = frozenset(
    [
        "urge",
        "call on",
        "call for",
        "press",
        "push",
        "demand",
        "force",
        "ask",
        "want",
        "insist on",
        "vow",
        "promise",
        "pledge",
    ]
)
"""Who does so with a vote on the target wants it; who only holds one may be for or against it."""


def settle(path: Path) -> None:
    """Who refuses to change the target, or sees no reason to, wants it as it is; of who changes it nothing is known.

    Nor of who only takes it up or votes on it: it is keeping it from a vote that takes a side.
    """
    procedure = bool(path.verbs) and "procedure" in path.verbs[0].kinds and path.sign == path.target.sign
    if procedure and all(entry.lemma not in PRESSING for entry in path.verbs):
        path.kind = ""
        return
    refused = path.negated % 2 or any("refuse" in entry.kinds for entry in path.verbs)
    if path.terms and path.conditional and refused and path.sign * path.target.sign < 0:
        path.sign, path.conditional = path.target.sign, False  # "would accept no changes to it"
    tied = path.conditional and any(entry.lemma in TYING for entry in path.verbs)
    if tied and path.sign * path.target.sign < 0:
        path.sign, path.conditional = path.target.sign, False  # "oppose linking it to spending cuts"
    if not path.amending:
        return
    if path.sign * path.target.sign < 0:
        path.sign, path.conditional = path.target.sign, False
    elif not path.conditional:
        path.kind = ""


def cue(parsed: Parsed, lo: int, hi: int, sign: int) -> Cue:
    """A cue over tokens [lo, hi) with its place in the document."""
    sentence = parsed.sentence
    hi = max(hi, lo + 1)
    lo -= lo > 0 and sentence.words[lo] == "n't"  # shown as "won't"
    return Cue(sentence.written(lo, hi), sentence.starts[lo], sentence.ends[hi - 1], sign)
