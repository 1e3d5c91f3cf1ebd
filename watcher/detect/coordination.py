"""Names that act together: "X, Y and the Z states"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.naming import finite, is_name, phrase_start

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def coordinated(parsed: Parsed, mention: Mention) -> tuple[Mention, ...]:
    """The mentions joined to this one by and, or, commas, to its left."""
    group = [mention]
    for other in reversed(parsed.mentions):
        first = group[0]
        if other.end > first.start:
            if other.start == first.start and other.party != first.party:
                group.append(other)
            continue
        if other.party == first.party and all(_titled(parsed, x) for x in range(other.end, first.start)):
            group[0] = replace(first, start=other.start)  # "Norlandic President Anna Lind"
            continue
        if phrase_start(parsed, first.start) <= other.start:
            continue  # "X and Democratic Sens. Joe Smith": the camp is but part of his title
        if (start := phrase_start(parsed, other.start)) > 1 and parsed.lower[start - 1] in ("of", "from"):
            named = parsed.mention_at(start - 2)
            if named is not None and named.person and named.end == start - 1:
                continue  # "Smith of Ohio and"
        gap = _between(parsed, other, phrase_start(parsed, first.start))
        start = phrase_start(parsed, other.start)
        if "," in gap and len(group) == 1 and start and parsed.verb(start - 1) is not None:
            break  # "said it favoured X, and Y welcomed it"
        opening = parsed.lower[max(0, start - 2) : start]
        not_only = gap == ["but", "also"] and opening in (["not", "only"], ["not", "just"])
        joined = (
            "and" in gap
            or "or" in gap
            or "nor" in gap
            or "along" in gap
            or "together" in gap
            or ("," in gap and (len(group) > 1 or _goes_on(parsed, first, other)))
            or "well" in gap
        )
        known = set(gap) - {","} <= parsed.lexicon.sets["joining"] | parsed.lexicon.sets["fillers"] | MEMBERS
        if other.actor and gap and len(gap) <= 6 and ((joined and known) or not_only):
            group.insert(0, other)
        else:
            break
    return tuple(group)


def _between(parsed: Parsed, mention: Mention, hi: int) -> list[str]:
    """The words from a name to token `hi`, without its place ("Smith of Ohio and"), what it is called between
    commas ("Smith, the minister, and") and others that are no party ("X, Elbonia and")."""
    lower, words, lo = parsed.lower, parsed.words, mention.end
    if lower[lo : lo + 1] == ["("] and ")" in words[lo : lo + 6]:
        lo = words.index(")", lo) + 1  # "Smith (R-Ohio) and"
    home = next((m for m in parsed.mentions if m.start == lo + 1), None)
    if lower[lo : lo + 1] in (["of"], ["from"]) and mention.person:
        k = home.end if home else lo + 1
        while k < hi and words[k][:1].isupper():
            k += 1
        lo = k if k > lo + 1 else lo
    gap = lower[lo:hi]
    if gap == [","] and parsed.sentence.title:
        return [",", "and"]  # "Norland, Sudria sign treaty"
    if gap[:1] == [","] and gap[-2:] == [",", "and"] and 3 < len(gap) < APPOSED:
        aside = range(lo + 1, hi - 2)
        apposed = gap[1] in APPOSING if mention.person else gap[1] in ("who", "which")
        if apposed and not _clause(parsed, aside) and not any(parsed.saying(x) is not None for x in aside):
            return gap[-2:]
    if gap[:1] == [","] and gap[-1:] == ["and"]:
        return [word for x, word in enumerate(gap, lo) if not is_name(parsed, words[x]) or parsed.mention_at(x)]
    return gap


def _clause(parsed: Parsed, aside: range) -> bool:
    """Whether what stands between commas says something of its own: "of X's plans, the quay is the one that is left,
    and Y"; a relative clause does not: "X, the minister who drew it up, and Y"."""
    relative = next((x for x in aside if parsed.lower[x] in RELATIVES), aside.stop)
    return any(finite(parsed, x) for x in range(aside.start, relative))


MEMBERS = frozenset(["members", "of"])
APPOSED = 16
"""Words of what a name is called between commas, with those."""
RELATIVES = frozenset(["who", "whose", "whom", "which", "that"])
APPOSING = frozenset(["the", "a", "an", "his", "her", "its", "their", "who", "whose"])


def _goes_on(parsed: Parsed, mention: Mention, before: Mention) -> bool:
    """`X, Y and others`: the list of X and Y goes on behind Y, and nothing else begins it."""
    start = phrase_start(parsed, before.start)
    sets = parsed.lexicon.sets
    opens = not start or parsed.lower[start - 1] not in sets["prepositions"]
    opens = opens or (start > 1 and parsed.lower[start - 2] in sets["representing"])  # "the leaders of X, Y and others"
    return opens and parsed.lower[mention.end : mention.end + 1] in (["and"], ["or"])


def _titled(parsed: Parsed, i: int) -> bool:
    """Whether token `i` is a title or part of a name."""
    return parsed.lower[i] in parsed.lexicon.sets["titles"] or is_name(parsed, parsed.words[i])
