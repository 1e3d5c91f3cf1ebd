"""Strangers who speak for a party by what they are called: `Jan Vos, the union's president,`, `union chief Jan Vos`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.naming import is_name, phrase_start

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

MEMBERS = frozenset(
    ["member", "lawmaker", "senator", "congressman", "congresswoman", "mp", "msp", "mep", "deputy", "legislator"]
)
"""They speak for themselves first."""

PAST = frozenset(["former", "ex", "late", "one-time", "onetime", "retired", "then"])
REACH = 8
"""Words between the comma and the party's name."""

LEADING = frozenset(["leads", "heads", "chairs", "runs", "represents"])

SUITED = frozenset(["of", "for", "at", "with"])


def spoken_for(parsed: Parsed, lo: int, hi: int) -> Mention | None:
    """The party that someone speaks for who is called what stands at tokens [lo, hi): "the union's spokesman",
    "president of the union", "a White House official"; None where that names no office of a party."""
    lower = parsed.lower
    mention = next((m for m in parsed.mentions if lo <= m.start < min(hi, lo + REACH) and m.actor), None)
    if mention is None or not PAST.isdisjoint(lower[lo:hi]):
        return None
    start = phrase_start(parsed, mention.start)
    if lower[lo : lo + 1] == ["who"]:
        leads = lower[lo + 1 : lo + 2] and lower[lo + 1] in LEADING and start - lo <= 3
        return _as(mention, "leader") if leads else None
    opens = start - lo <= 1 and lower[lo] in ("the", "a", "an", lower[start])
    if opens:
        owner = lower[mention.end : mention.end + 1] in (["'s"], ["'"])
        behind = range(mention.end + owner, min(hi, mention.end + 7))
        office = next((x for x in behind if _office(parsed, x)), -1)
        between = range(mention.end + owner, office)
        plain = office >= 0 and not any(lower[x] in parsed.lexicon.sets["prepositions"] for x in between)
        return _as(mention, lower[office]) if plain and (owner or office - mention.end <= 3) else None
    before = start - 1 - (lower[start - 1] in ("the", "its"))
    office = next((x for x in range(lo, before) if _office(parsed, x)), -1)
    if office < 0 or before <= office or lower[before] not in SUITED or office - lo > 4:
        return None
    if before - office > (2 if lower[before] == "of" else 3):
        return None  # "an aide to a rival of X"
    return _as(mention, lower[office])


def titled_name(parsed: Parsed, k: int) -> tuple[Mention, int] | None:
    """`union president Jan Vos`, `Norland's transport minister, Jan Vos`: the party whose office stands before the
    name that ends at `k`, and where the phrase starts."""
    lower, words = parsed.lower, parsed.words
    first = k
    while first > 0 and k - first < 2 and is_name(parsed, words[first - 1]) and parsed.mention_at(first - 1) is None:
        first -= 1
    if first == k or not is_name(parsed, words[k]):
        return None
    x = first - 1 - (words[first - 1] == ",")
    office = x
    if x < 1 or not _office(parsed, x):
        return None
    while x > 0 and office - x < 4 and words[x].isalpha() and parsed.mention_at(x) is None:
        x -= 1
    x -= lower[x] in ("'s", "'")
    mention = parsed.mention_at(x)
    if mention is None or not mention.actor or mention.end - 1 != x or not PAST.isdisjoint(lower[x:first]):
        return None
    return _as(mention, lower[office]), phrase_start(parsed, mention.start)


def _office(parsed: Parsed, x: int) -> bool:
    word = parsed.lower[x]
    return word in parsed.lexicon.sets["representing"] or word in MEMBERS


def _as(mention: Mention, office: str) -> Mention:
    return replace(mention, how="spokesman", member=mention.member or office in MEMBERS)
