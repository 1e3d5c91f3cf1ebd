"""What one does not think of a clause that follows: `I don't think we should sign it`, `not convinced it helps`.

Who does not think that it is so mostly thinks that it is not so (negation is raised: Horn, A Natural History of
Negation, 1989, chapter 5); who is not sure leaves it open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from watcher.detect.marks import HARD, QUOTES

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed

THINKING = frozenset(
    ["think", "thinks", "thought", "believe", "believes", "believed", "feel", "feels", "felt", "suppose", "imagine"]
)
SURE = frozenset(["sure", "certain", "convinced", "persuaded", "confident"])
UNLIKELY = frozenset(["unlikely", "doubtful", "improbable", "inconceivable", "unclear", "uncertain"])
BORDERS = frozenset([",", "but", "because", "and", "or", "if", "when", "while", "what", "why", "who", "which"])
REACH = 6
"""Words between the verb of thinking and what is thought."""


RUEING = frozenset(["regret", "regrets", "regretted", "sorry", "ashamed", "unhappy", "angry", "dismayed", "furious"])
RUEING |= {"disappointed", "upset", "sad", "saddened", "frustrated", "appalled", "outraged"}
GLAD = frozenset(["glad", "happy", "proud", "pleased", "delighted", "relieved", "grateful", "thrilled"])


class Feeling(NamedTuple):
    """What is felt at token `at` about what a clause tells, and its sign."""

    at: int
    sign: int


class Denial(NamedTuple):
    """The tokens [start, end) that deny a thought; `open` where they only leave it open."""

    start: int
    end: int
    open: bool


def denied(parsed: Parsed, at: int) -> Denial | None:
    """The denied thought that the clause with token `at` hangs on."""
    lower = parsed.lower
    for k in range(at - 1, max(0, at - REACH), -1):
        if lower[k] in UNLIKELY and lower[k + 1 : k + 2] == ["that"]:
            return Denial(k, k + 1, open=True)  # "it was unlikely that X would sign it"
        if lower[k] in THINKING or lower[k] in SURE:
            before = parsed.back_over(k - 1, parsed.light)
            negation = next((x for x in range(before + 1, k) if parsed.negated(x)), -1)
            return Denial(negation, k + 1, lower[k] in SURE) if negation >= 0 else None
        if lower[k] in BORDERS or parsed.words[k] in HARD or parsed.saying(k) is not None:
            return None
    return None


NO_CASE = frozenset(["circumstances", "circumstance", "scenario", "scenarios", "way", "chance", "prospect", "universe"])
"""With "no" before them, and what would be done in them behind: it is ruled out."""
CASE = 9
"""Words between them and who would act."""


def ruled_out(parsed: Parsed, at: int) -> tuple[int, int] | None:
    """`there is no way I'd sign it`, `under no circumstances will X sign`: the tokens that rule out the clause."""
    for x in range(at - 1, max(0, at - CASE), -1):
        if parsed.lower[x] in NO_CASE and parsed.lower[x - 1] == "no":
            return (x - 1, x + 1) if parsed.lower[x + 1] != "to" else None  # "no way to pass it": nobody can
        if parsed.words[x] in HARD or parsed.words[x] == "," or parsed.saying(x) is not None:
            return None
    return None


FEARING = frozenset(["sad", "sorry", "loath", "afraid", "upset", "heartbroken"])


def felt_to_see(parsed: Parsed, top: int) -> Feeling | None:
    """What is felt about what one is "sad to see", where "see" stands at token `top`."""
    word = parsed.lower[top - 2] if top > 1 and parsed.lower[top - 1] == "to" else ""
    return Feeling(top - 2, -1) if word in FEARING else None


def felt(parsed: Parsed, at: int) -> Feeling | None:
    """What is felt about the clause with its subject at token `at`: "I regret that we signed it"."""
    k = parsed.back_over(at - 1, lambda x: parsed.words[x] in QUOTES)
    k = parsed.back_over(k - (parsed.lower[k] == "that"), lambda x: parsed.words[x] in QUOTES)
    word = parsed.lower[k] if k > 0 else ""
    sign = (word in GLAD) - (word in RUEING)
    if not sign:
        return None
    before = parsed.back_over(k - 1, parsed.light)
    negated = any(parsed.negated(x) for x in range(before + 1, k))
    return Feeling(k, -sign if negated else sign)
