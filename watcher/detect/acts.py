"""Whether a target is told as an act: "to expand checks", and not "expanded checks"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import QUOTES

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target

OF = frozenset(["of", "on", "against", "for", "to"])


def inside(parsed: Parsed, target: Target) -> list[str]:
    """The words of a target."""
    return parsed.lower[target.start : target.end]


def is_act(parsed: Parsed, target: Target) -> bool:
    """Whether the target is told as an act here: "to expand checks", not "expanded checks"."""
    if (target.end - target.start < 2 and not target.action) or parsed.sentence.glued[target.start]:
        return False
    hit = parsed.verb(target.start)
    opens = not target.start or parsed.words[target.start - 1] in QUOTES
    if not opens and parsed.words[target.start][:1].isupper() and not parsed.sentence.title:
        return False  # "opposition to Judge Smith's confirmation"
    if hit is None:
        return target.action and target.full and parsed.lower[target.start] not in parsed.lexicon.verbs
    if target.action:
        return True
    entries = parsed.lexicon.verbs[parsed.lower[target.start]]
    before = parsed.lower[target.start - 1] if target.start else ""
    named = parsed.lower[target.end - 1] in parsed.lexicon.sets["heads"] and not _determined(parsed, target)
    if named and not hit[0].sign:
        return False  # "opposition to trade deal" in a title: a noun
    if before == "to" and target.full and entries[0].form == "base" and OF.isdisjoint(inside(parsed, target)):
        return True  # "not to use force"
    return (
        target.full
        and entries[0].form == "base"
        and hit[0].sign > 0
        and (before == "to" or before in parsed.lexicon.sets["act_openers"])
    )


def _determined(parsed: Parsed, target: Target) -> bool:
    """Whether an article or the like stands in the target: "trade the deal"."""
    return not parsed.lexicon.sets["determiners"].isdisjoint(inside(parsed, target)[1:])
