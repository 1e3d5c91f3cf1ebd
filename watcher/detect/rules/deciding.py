"""Whose decision, request or attempt a chain tells: `X's decision to leave it`, `a request by X to stop it`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.marks import OWNERS, OWNING
from watcher.detect.naming import phrase_start
from watcher.detect.path import cue
from watcher.detect.rules.ownership import possessor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

UNDERTAKINGS = frozenset(
    ["attempt", "attempts", "bids", "drives", "choice", "moves", "decisions", "move", "fight", "aim", "aims", "goal"]
) | frozenset(["hope", "hopes", "wish", "ambition", "determination", "petition", "motion", "plea", "pledge"])

HELP = frozenset(["vote", "votes", "support", "backing", "help"])
NEEDING = frozenset(
    [
        "need",
        "needs",
        "needed",
        "needing",
        "seek",
        "seeks",
        "sought",
        "seeking",
        "court",
        "courted",
        "courting",
        "lacks",
        "lacked",
    ]
)
"""What someone needs of another it has not got."""


def deciding(scene: Scene, path: Path) -> tuple[Mention, ...]:
    """X, whose decision the chain ends at."""
    parsed, lower = scene.parsed, scene.parsed.lower
    k = parsed.back_over(path.top - 1, parsed.light)
    if k < 1 or "to" not in lower[k + 1 : path.top]:
        return ()
    if undertaken(parsed, k):
        return _owners(scene, k)
    mention = next((m for m in parsed.mentions if m.actor and k - 3 <= m.end - 1 <= k), None)
    by = phrase_start(parsed, mention.start) - 1 if mention else 0
    by -= by > 0 and lower[by] == "the"
    noun = by - 1
    while noun > 0 and by - noun < 4 and (lower[noun] in ("up", "out", "together") or _made(parsed, noun)):
        noun -= 1  # "a pledge drawn up by X to oppose it"
    paper = noun < by - 1 and lower[noun] in parsed.lexicon.instruments  # "a bill proposed by X to end it"
    theirs = by > 0 and lower[by] in ("by", "from") and (paper or undertaken(parsed, noun))
    return tuple(coordinated(parsed, mention)) if mention and theirs else ()


def _made(parsed: Parsed, x: int) -> bool:
    """Whether a participle stands at `x`: "drawn", "launched"."""
    return parsed.lower[x].endswith("ed") or parsed.lower[x] in MADE


MADE = frozenset(["drawn", "written", "made", "put", "begun", "led", "taken", "brought"])


def decided(scene: Scene, path: Path) -> Iterator[Finding]:
    """`rejected a request by X to stop it`, `would not challenge X's decision to stop it`: X, whatever others do."""
    for i, sign, cues in path.decided:
        if scene.parsed.lower[i - 1] in OWNERS:
            continue  # whoever it is has a verb of its own: "dropped its resistance"
        if scene.parsed.lower[i] in HELP and not NEEDING.isdisjoint(scene.parsed.lower[max(0, i - 6) : i]):
            continue  # "needs X's votes to pass it"
        for mention in _owners(scene, i):
            marks = [cue(scene.parsed, i, i + 1, 0), *(c for c in cues if c.start != scene.parsed.sentence.starts[i])]
            yield Finding(mention, signed(sign), "nominal", i, path.target, marks, how="possessive")


def undertaken(parsed: Parsed, i: int) -> bool:
    """Whether the noun at `i` is something that someone sets out to do: "decision", "attempt", "plan"."""
    noun, lexicon = parsed.lower[i], parsed.lexicon
    return noun in lexicon.sets["decisions"] or noun in lexicon.proposals or noun in UNDERTAKINGS


def _owners(scene: Scene, i: int) -> tuple[Mention, ...]:
    """Whose the noun at `i` is: the owner before it, or X in "by X" and "of X" behind it."""
    parsed, lower, fillers = scene.parsed, scene.parsed.lower, scene.parsed.lexicon.sets["fillers"]
    if lower[i - 1] == "no":
        return ()  # "knew of no promise by X to sign it"
    if lower[i + 1] in ("by", "from", "of"):
        mention = first_mention(parsed, i + 2, i + 7)
        group = group_right(parsed, mention) if mention else []
        return tuple(group) if group and lower[group[-1].end : group[-1].end + 1] in (["to"], ["not"]) else ()
    x = parsed.back_over(i - 1, lambda at: lower[at] in fillers and lower[at] != "'s")
    return tuple(mention for mention, _ in possessor(scene, x, i)) if x >= 0 and lower[x] in OWNING else ()
