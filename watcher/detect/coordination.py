"""Names that act together: "X, Y and the Z states"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.naming import is_name, phrase_start

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
        gap = parsed.lower[other.end : phrase_start(parsed, first.start)]
        start = phrase_start(parsed, other.start)
        if "," in gap and len(group) == 1 and start and parsed.verb(start - 1) is not None:
            break  # "said it favoured X, and Y welcomed it"
        if (
            other.actor
            and gap
            and len(gap) <= 6
            and set(gap) - {","} <= parsed.lexicon.sets["joining"] | parsed.lexicon.sets["fillers"]
            and (
                "and" in gap
                or "or" in gap
                or "nor" in gap
                or "along" in gap
                or "together" in gap
                or ("," in gap and (len(group) > 1 or _goes_on(parsed, first, other)))
                or "well" in gap
            )
        ):
            group.insert(0, other)
        else:
            break
    return tuple(group)


def _goes_on(parsed: Parsed, mention: Mention, before: Mention) -> bool:
    """`X, Y and others`: the list of X and Y goes on behind Y, and nothing else begins it."""
    start = phrase_start(parsed, before.start)
    opens = not start or parsed.lower[start - 1] not in parsed.lexicon.sets["prepositions"]
    return opens and parsed.lower[mention.end : mention.end + 1] in (["and"], ["or"])


def _titled(parsed: Parsed, i: int) -> bool:
    """Whether token `i` is a title or part of a name."""
    return parsed.lower[i] in parsed.lexicon.sets["titles"] or is_name(parsed, parsed.words[i])
