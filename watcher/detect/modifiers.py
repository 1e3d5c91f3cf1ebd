"""Parties that a noun further right belongs to: `Greens in parliament`, `the union and its friends`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.leftwards import before_tag
from watcher.detect.marks import HARD, QUOTES
from watcher.detect.naming import finite, is_name, phrase_start

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def modifier(parsed: Parsed, k: int) -> Mention | None:
    """A party that the noun at `k` belongs to: "Republicans in Congress", "Kyiv's negotiators"."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    for mention in reversed(parsed.mentions):
        if mention.end > k:
            continue
        between = lower[mention.end : k + 1]
        first = phrase_start(parsed, mention.start)
        opens = _opens(parsed, first, k)
        if between[0] in ("and", "nor") and not opens:
            opening = phrase_start(parsed, coordinated(parsed, mention)[0].start)
            opens = _opens(parsed, opening, k)  # "X, Y and the prime minister of Elbonia"
        listing = opens and between[0] == "," and "and" in between and mention.actor
        listing = listing and (not mention.person or _and_strangers(parsed, mention.end + 1, k))
        if len(between) > (15 if opens and (between[0] in ("and", "nor") or listing) else 7):
            return None
        if any(
            word in HARD
            or word in ("that", "who", "which", "but", "or")
            or (word == "," and not listing)
            or word in sets["clause_starts"]
            or (word == "and" and between[-1] not in sets["actors"] and between[0] != "and" and not listing)
            or word in QUOTES
            for word in between
        ):
            return None
        if between[:3] == ["heads", "of", "state"]:
            return mention
        if any(
            parsed.verb(x)
            and (lower[x] not in parsed.lexicon.nouns or (x == mention.end and mention.person))
            and lower[x] not in sets["actors"]
            for x in range(mention.end, k + 1)
        ):
            return None
        head = parsed.lower[_before_place(parsed, mention.end, k)]
        if listing:
            return (
                mention if lower[mention.end + 1] not in APPOSING else None
            )  # "the Greens, students and many traders"
        if (
            between[0] in ("and", "nor")
            and (opens or len(between) <= 5)
            and (opens or lower[first - 1] not in sets["prepositions"])
        ):
            return mention  # "the United States and eleven other nations"
        if between[0] in ("and", "nor"):
            return None  # "a letter to Lind and her aides"
        if between[0] in ("in", "on", "at", "of", "from") and len(between) > 1:
            first -= first > 0 and lower[first - 1] == "the"
            spoken = first > 1 and lower[first - 2] in sets["representing"]  # "leaders of the Greens in parliament"
            if first and lower[first - 1] in sets["prepositions"] and not (spoken or opens):
                return None
            return mention
        if between[0] == "'s":
            if parsed.lexicon.nouns.get(head, 0) < 0:
                return None  # "Norland's opponents": not its own people
            return (
                mention
                if (head in sets["actors"] and head not in ("house", "state", "group", "groups"))
                or head in ("officials", "spokesman", "office")
                else None
            )
        if head in sets["actors"] or head in sets["unnamed"]:
            return mention
        if len(between) == 1 and parsed.words[k][:1].isupper():
            return mention
        return None
    return None


def before_and(parsed: Parsed, k: int) -> tuple[Mention, ...]:
    """`X, Y (R-Ohio) and Jan Vos`, `X, Y and the harbour pilots of Elbonia`: X and Y, where the list opens the clause
    and what ends at `k` is the last of it."""
    x = next((x for x in range(k - 1, max(0, k - LAST), -1) if parsed.lower[x] == "and"), 0)
    inner = range(x + 1, k + 1)
    if x < 1 or any(not parsed.words[y].isalpha() or parsed.verb(y) or parsed.auxiliary(y) for y in inner):
        return ()
    end = before_tag(parsed, x - 1 - (parsed.words[x - 1] == ",")) + 1
    mention = next((m for m in parsed.mentions if m.end == end and m.actor), None)
    group = coordinated(parsed, mention) if mention is not None else _in_list(parsed, x)
    return group if group and _opens(parsed, phrase_start(parsed, group[0].start), k) else ()


def _in_list(parsed: Parsed, hi: int) -> tuple[Mention, ...]:
    """`X, the Coast Party and business groups`, where "and" stands at `hi`: the parties of the list, which opens with
    one."""
    lo = parsed.back_over(hi - 1, lambda x: hi - x < LIST and (parsed.words[x].isalpha() or parsed.words[x] == ","))
    inner = range(lo + 1, hi)
    if "," not in parsed.words[lo + 1 : hi] or any(parsed.verb(x) or parsed.auxiliary(x) for x in inner):
        return ()
    named = [m for m in parsed.mentions if lo < m.start and m.actor and (m.end == hi or parsed.words[m.end] == ",")]
    named = [m for m in named if m.end <= hi]
    opens = bool(named) and phrase_start(parsed, named[0].start) - lo <= 2
    return tuple(named) if opens else ()


LIST = 16
"""Words of a list before its "and", at most."""

LAST = 8
"""Words of the last in a list, at most."""


def _and_strangers(parsed: Parsed, lo: int, k: int) -> bool:
    """`X, Jan Vos and others`: whether nothing but names and "and others" stands at tokens [lo, k]."""
    return parsed.lower[k] == "others" and all(
        is_name(parsed, parsed.words[x]) or parsed.lower[x] in (",", "and") for x in range(lo, k)
    )


def _before_place(parsed: Parsed, lo: int, k: int) -> int:
    """The noun before the place that ends at `k`: "delegation" in "X's delegation in Elbonia"; else `k`."""
    x = parsed.back_over(k, lambda at: at > lo and (parsed.words[at][:1].isupper() or parsed.lower[at] == "the"))
    return x - 1 if lo < x < k and parsed.lower[x] in ("in", "to", "at") else k


def _opens(parsed: Parsed, first: int, k: int) -> bool:
    """Whether the noun phrase at tokens `first` to `k` begins a clause: behind "that", "after" or an opening."""
    if not first:
        return True
    before = parsed.lower[first - 1]
    if before in OPENING:
        return finite(parsed, k + 1) and parsed.lower[max(0, first - 2)] not in LIKE
    if before == "," and not any(m.end < first for m in parsed.mentions):
        sets = parsed.lexicon.sets
        opening = sets["prepositions"] | sets["openers"] | sets["clause_starts"]
        return first == 2 or parsed.lower[0] in opening or parsed.lower[0] == "according"
    if before == "and" and first > 1 and parsed.words[first - 2] == ",":
        return not any(m.end < first for m in parsed.mentions)
    return before in ("that", "but", "while") or parsed.words[first - 1] in HARD


OPENING = frozenset(["after", "before", "since", "until", "as"])
"""They open a clause of its own where a verb follows the name: "talks end as X blocks it"."""


APPOSING = frozenset(["a", "an", "the", "once", "long", "now", "then", "both", "led", "with", "in", "one"])
"""Behind a name and a comma they begin what it is called, and no list."""

LIKE = frozenset(["such", "same", "just", "well", "far", "even", "so"])
