"""What stands between commas behind a subject: who else acts, who it is, what it is called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.counting import handful
from watcher.detect.leftwards import before_tag
from watcher.detect.marks import QUOTES
from watcher.detect.naming import is_name, phrase_start
from watcher.detect.phrases import LED
from watcher.detect.subject import Subject

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def listed_aside(parsed: Parsed, k: int) -> tuple[Mention, ...]:
    """`Four senators, X of Ohio, Elbonia and Y, back it`: the parties listed behind a plural noun."""
    x = k
    while x > 0 and (parsed.words[x][:1].isupper() or parsed.lower[x] in LISTED or parsed.sentence.glued[x]):
        x -= 1
    plural = parsed.words[x].islower() and parsed.lower[x].endswith("s") and parsed.words[x + 1] == ","
    if not plural or "and" not in parsed.lower[x:k]:
        return ()
    return tuple(
        m for m in parsed.mentions if x < m.start and m.end <= k and m.actor and parsed.lower[m.start - 1] != "of"
    )


LISTED = frozenset([",", "and", "of", "from", "the", "(", ")", ".", "sen.", "rep.", "president", "leader", "minister"])


def apposed(parsed: Parsed, known: Subject, inner: int, k: int) -> Subject | None:
    """`the union's president, Rita Falk, backed it`, `students, along with X, backed it`, `Jan Vos (Greens) backed it`:
    the party named in the aside between tokens `inner` and `k`."""
    lo = inner + 2
    while lo < k and parsed.words[lo] in QUOTES:
        lo += 1
    mention = next((m for m in parsed.mentions if m.start >= lo and m.end <= k and m.actor), None)
    if mention is None:
        return None
    first = phrase_start(parsed, mention.start)
    if parsed.lower[lo] in WITH and first - lo <= 3:
        others = coordinated(parsed, next(m for m in reversed(parsed.mentions) if m.end <= k and m.actor))
        with_it = others if mention in others else (mention,)  # "along with X and Y"
        joint = (*known.mentions, *with_it) if known.kind == "party" else with_it
        return Subject("party", mention.name, joint, "alongside", known.start)
    if parsed.lower[lo] in OF_ALL and known.kind != "party" and _members(parsed, lo, k, mention):
        one = replace(mention, member=True)  # "two lawmakers, both from the Greens, opposed it"
        return Subject("party", mention.name, (one,), "all of them", known.start)
    if parsed.lower[lo] in LED and parsed.lower[lo + 1] == "by" and first - lo <= 3:
        joint = (*known.mentions, mention) if known.kind == "party" else (mention,)
        return Subject("party", mention.name, joint, "led by", known.start)
    if (named := _only_names(parsed, lo, k)) and parsed.words[inner].islower() and not parsed.mention_at(inner):
        same = known.kind == "party" and {m.party for m in named} <= {m.party for m in known.mentions}
        return None if same else Subject("party", named[0].name, named, named[0].how, first)
    if known.kind == "party":
        return None
    ends = before_tag(parsed, k - 1) + 1 in (mention.end, k) or parsed.lower[mention.end] == "of"
    if mention.person and first == lo and ends and parsed.words[inner].islower():
        return Subject("party", mention.name, (mention,), mention.how, first)
    bracketed = parsed.words[k] == ")" or parsed.lower[lo : lo + 1] == ["of"]
    whole = mention.end == k and mention.start - lo <= 2 and not mention.person
    if known.kind == "named" and bracketed and whole:
        member = replace(mention, how="spokesman", member=True)
        return Subject("party", known.name, (member,), "spokesman", known.start)
    return None


OF_ALL = frozenset(["all", "both", "most", "mostly", "mainly", "each"])


def _members(parsed: Parsed, lo: int, hi: int, mention: Mention) -> bool:
    """`all of them from X`, `both X`: whether the aside at tokens [lo, hi) says no more than whom they belong to."""
    light = ("of", "them", "from", "the", "in", "members")
    rest = [x for x in range(lo + 1, hi) if not mention.start <= x < mention.end]
    return all(parsed.lower[x] in light or parsed.lower[x] in parsed.lexicon.sets["actors"] for x in rest)


def _only_names(parsed: Parsed, lo: int, hi: int) -> tuple[Mention, ...]:
    """`her junior partner, the Greens,`, `its biggest members, X and Elbonia,`: the parties in an aside at tokens
    [lo, hi) that holds nothing but names."""
    named = tuple(m for m in parsed.mentions if lo <= m.start and m.end <= hi and m.actor)
    for x in range(lo, hi):
        covered = any(m.start <= x < m.end for m in named) or is_name(parsed, parsed.words[x])
        if not covered and parsed.lower[x] not in parsed.lexicon.sets["titles"] and parsed.lower[x] not in ("and", ","):
            return ()
    return named


WITH = frozenset(["along", "together", "alongside", "with", "joined"])
"""They open an aside that names who acts as well."""


def examples(parsed: Parsed, lo: int, hi: int) -> bool:
    """Whether an aside at tokens [lo, hi) names examples: "including X", "X among them", "from X to Y"."""
    lower = parsed.lower
    ranging = lower[lo : lo + 1] == ["from"] and "to" in lower[lo + 1 : hi]
    opens = lower[lo : lo + 1] == ["including"] or lower[lo : lo + 2] == ["among", "them"]
    return ranging or opens or lower[max(lo, hi - 2) : hi] == ["among", "them"]


def with_examples(parsed: Parsed, found: Subject, lo: int, hi: int) -> Subject:
    """`lawmakers, including X and Y, oppose it`: those named, beside the camp if it is one."""
    named = tuple(m for m in parsed.mentions if lo <= m.start < hi and m.actor)
    camp = next((m for m in parsed.mentions if m.end <= lo <= m.end + 2), None)
    few = "only" in parsed.lower[max(0, lo - 5) : lo - 1]
    if not named or few or (camp is not None and handful(parsed, camp)):
        return found  # "three Greens, including X, voted for it"
    if found.kind == "party":
        return replace(found, mentions=(*found.mentions, *named))
    return Subject("party", named[0].name, named, "including", found.start)
