"""What a rule hands on: one party's position, before voice and evidence are added; and the scene it was read in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from watcher.detect.marks import HARD
from watcher.detect.targets import Target
from watcher.detect.voice import speaker_at
from watcher.domain.statement import Cue, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from watcher.detect.attribution import Attribution, Source
    from watcher.detect.memory import Memory
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

Reasons = list[tuple[Target, str]]
"""Why a target gave no statement, for people who ask."""


@dataclass(slots=True)
class Finding:
    """One party's position as a rule read it.

    `at` is the token that voice is judged at; `how` tells how the party was found. `teller` and `told` are the
    mentions and the name of who claims it, where the rule itself knows ("X accused Y of ...").
    `condition` is the token that a condition starts at, -1 for none; `past` the day of a position held years ago.
    """

    mention: Mention
    stance: Stance
    rule: str
    at: int
    target: Target
    cues: list[Cue] = field(default_factory=list)
    deed: bool = False
    divided: bool = False
    how: str = ""
    teller: tuple[Mention, ...] | None = None
    told: str = ""
    condition: int = -1
    past: date | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its attributions, what pronouns may mean, and who speaks in each quotation."""

    parsed: Parsed
    attributions: Sequence[Attribution]
    memory: Memory
    quote_speakers: dict[int, Source]

    def speaker(self, i: int) -> Source | None:
        """The source whose words token `i` belongs to."""
        attribution = speaker_at(self.attributions, i)
        if attribution and attribution.source.kind != "first":
            return attribution.source
        return self.quote_speakers.get(self.parsed.sentence.quoted[i])


def signed(sign: int) -> Stance:
    """The bare stance of a sign."""
    return Stance.SUPPORT if sign > 0 else Stance.OPPOSE


def as_first(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The speaker's mentions, spoken of as I or we."""
    return tuple(replace(mention, how="first person") for mention in mentions)


def first_mention(parsed: Parsed, lo: int, hi: int) -> Mention | None:
    """The first party that starts between two tokens."""
    return next((m for m in parsed.mentions if lo <= m.start < hi and m.actor), None)


def named_or_example(parsed: Parsed, lo: int, hi: int) -> tuple[Mention, int] | None:
    """The party that a phrase from token `lo` names, or gives as an example of those it names ("unions, including X"),
    and where the phrase before it ends."""
    mention = first_mention(parsed, lo, hi)
    if mention is not None and "," not in parsed.words[lo : mention.start]:
        return mention, mention.start
    for x in range(lo + 1, min(hi, len(parsed) - 1)):
        if parsed.verb(x) is not None or parsed.words[x] in HARD:
            return None
        if parsed.lower[x] == "including" or parsed.lower[x : x + 2] in EXAMPLES:
            named = first_mention(parsed, x + 1, x + 5)
            return (named, x - (parsed.words[x - 1] == ",")) if named is not None else None
    return None


EXAMPLES = (["such", "as"], ["among", "them"], ["led", "by"])


def group_right(parsed: Parsed, mention: Mention) -> list[Mention]:
    """The mention with those joined to its right by and, or, commas."""
    group = [mention]
    for other in parsed.mentions:
        if other.start < group[-1].end:
            continue
        gap = parsed.lower[group[-1].end : other.start]
        listed = [x for x in range(group[-1].end, other.start) if not _another(parsed, x)]
        if len(listed) < len(gap) and gap[0] == "," and gap[-1] in (",", "and", "the"):
            gap = [parsed.lower[x] for x in listed][:4]  # "X, Elbonia, Y and Z"
        named = gap[:2] == ["such", "as"] or gap[:1] == ["including"]  # "Republicans such as X"
        joined = (
            other.actor
            and len(gap) <= 4
            and "not" not in gap
            and (named or any(word in ("and", "or", ",") for word in gap))
        )
        if joined and not any(parsed.verb(x) for x in listed):
            group.append(other)
        else:
            break
    return group


def _another(parsed: Parsed, x: int) -> bool:
    """Whether a name that is no party's stands at `x` in a list, or what belongs to it: "the Baltic states"."""
    word = parsed.words[x]
    return (word[:1].isupper() and word.isalpha()) or parsed.lower[x] in ("states", "countries", "unions", "groups")
