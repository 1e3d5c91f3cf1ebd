"""Nouns of position within a chain: what they reach, what carries them, what they hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.clauses import offered_instead
from watcher.detect.governors import before_noun, ending_at
from watcher.detect.marks import QUOTES

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.words import Entry


def outer_noun(parsed: Parsed, i: int, lo: int) -> int:
    """`concerns over efforts to ban it`, `opposition to calls for it`: the noun that the one at `i` hangs on."""
    k = before_noun(parsed, i, lo)
    whose = parsed.mention_at(k) if k >= lo and parsed.sentence.title else None
    if whose is not None and whose.end == k + 1 == i:
        k = whose.start - 1  # "voice opposition to X push for it"
    if k == i - 1:  # "opposition to more public support for it"
        k = parsed.back_over(k, lambda x: i - x < QUALIFIED and _qualifies(parsed, x))
    if k - 1 < lo or parsed.lower[k] not in HANGING:
        return -1
    noun = parsed.lower[k - 1]
    if ending_at(parsed, k, lo) >= 0:
        return -1  # "said yes to a proposal"
    plain = noun in parsed.lexicon.nouns and noun not in parsed.lexicon.sets["holders"]
    return k - 1 if plain and parsed.verb(k - 1) is None and parsed.target_at(k - 1) is None else -1


HANGING = frozenset(["over", "about", "to", "of", "for", "against", "on", "with"])
QUALIFIED = 5
"""Words between a noun of position and the preposition before it, at most."""


def _qualifies(parsed: Parsed, k: int) -> bool:
    """Whether the word at `k` may tell what kind the noun behind it is: "further public backing"."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    small = any(lower[k] in sets[kind] for kind in ("prepositions", "clause_starts", "auxiliaries", "negation"))
    known = small or parsed.verb(k) is not None or parsed.mention_at(k) is not None
    return not known and parsed.words[k].islower() and lower[k].isalpha() and lower[k] not in ("and", "or", "that")


def carrier(parsed: Parsed, i: int, sign: int, lo: int) -> tuple[int, Entry, int] | None:
    """The verb with a sign of its own that carries the noun of position at `i`: "opposed the repeal of"."""
    lower = parsed.lower
    k = before_noun(parsed, i, lo)
    hit = parsed.verb(k) if k >= lo else None
    free = sign < 0 or not {"his", "her", "its", "their", "'s"} & set(lower[k + 1 : i])
    if hit is None and sign > 0 and k > lo and lower[k] in ("'s", "'") and (won := _won(parsed, k, lo)) is not None:
        return won
    if hit is None and free and k > lo and (x := ending_at(parsed, k, lo)) >= 0:
        k, hit = x, parsed.verb(x)  # "called for its ratification"
    studied = sign > 0 and hit is not None and "undecided" in hit[0].kinds  # "is weighing a plan to build it"
    if hit is None or not (hit[0].sign or studied) or hit[1] > i or (hit[0].sign > 0 and "light" in hit[0].kinds):
        return None
    return k, *hit


def _won(parsed: Parsed, k: int, lo: int) -> tuple[int, Entry, int] | None:
    """`win parliament's approval of it`, `sought X's backing for it`: the verb by which the owner at `k` is won."""
    for x in range(k - 1, max(lo - 1, k - OWNER), -1):
        hit = parsed.verb(x)
        if hit is not None:
            return (x, *hit) if hit[0].lemma in WINNING and hit[0].sign > 0 else None
        if parsed.lower[x] in parsed.lexicon.sets["prepositions"] or parsed.words[x] == ",":
            return None
    return None


WINNING = frozenset(["win", "secure", "seek", "obtain", "get", "ask for", "lobby for", "press for", "push for"])
OWNER = 6
"""Words from a verb of winning to the end of whose support is won."""


def within_verb(parsed: Parsed, i: int, lo: int) -> bool:
    """Whether the noun at `i` belongs to a verb of several words: "cast doubt on it"."""
    return any(
        (hit := parsed.verb(x)) is not None and hit[0].sign != 0 and hit[0].rest[-1:] != () and hit[1] > i + 1
        for x in range(max(lo, i - 3), i)
    )


REFUSING = frozenset(
    [
        "refusal",
        "reluctance",
        "unwillingness",
        "hesitation",
        "hesitancy",
        "failure",
        "inability",
        "denial",
        "abstention",
    ]
)
"""Of nouns against the target these deny the infinitive behind them; of others it tells the purpose."""


SUITS = frozenset(["suit", "lawsuit", "challenge", "threat", "petition", "protest"])
"""Behind them "by X" may stand before what they are to do: "a suit by X to stop it"."""


def means(parsed: Parsed, path: Path, i: int) -> bool:
    """`a lawsuit to stop it`, `a threat to veto it`: the noun at `i` is only a means to what the infinitive tells."""
    if path.kind not in ("verb", "action") or parsed.lexicon.nouns.get(parsed.lower[i], 0) >= 0:
        return False
    behind = parsed.lower[i + 1 : path.top]
    to = next((x for x in range(i + 1, path.top) if parsed.lower[x] == "to"), -1)
    owned = behind[:1] in (["by"], ["from"]) and parsed.lower[i] in SUITS
    infinitive = to > 0 and (to == i + 1 or owned) and not parsed.lower[to + 1].endswith("ing")
    return infinitive and parsed.lower[i] not in REFUSING


def _named(parsed: Parsed, i: int) -> bool:
    """Whether the word at `i` is part of a party's name, as that is written: "the Northern Dream"."""
    mention = parsed.mention_at(i)
    return mention is not None and parsed.words[i][:1].isupper() and parsed.words[i] in mention.name.split()


def reaches(parsed: Parsed, path: Path, i: int) -> bool:
    """Whether the noun of position at `i` reaches the target: by a preposition or an infinitive."""
    if _named(parsed, i):
        return False
    while i + 2 < len(parsed) and (parsed.lower[i + 1] == "even" or parsed.words[i + 1] in QUOTES):
        i += 1  # "its refusal even to consider it"
    between = parsed.lower[i + 1 : path.top + 1]
    if not path.kind and offered_instead(parsed, i + 1, path.top):
        return False  # "a call for a compromise on it"
    if path.kind and between[:1] in (["of"], ["by"], ["from"]) and "to" in between and path.top - i <= 9:
        return True  # "the refusal of X to sign"
    if path.kind:
        return bool(between) and between[0] in parsed.lexicon.sets["nominals_after"] and path.top - i <= 5
    near = between[:3]
    return any(word in parsed.lexicon.sets["nominals_after"] for word in near)
