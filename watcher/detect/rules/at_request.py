"""Who wanted what a court or an office did: `sided with X and blocked it`, `halted it at the request of X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.marks import HARD
from watcher.detect.path import cue
from watcher.detect.rules.against_will import acted
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

SIDING = (("sided", "with"), ("sides", "with"), ("siding", "with"), ("agreed", "with"), ("agreeing", "with"))
RULING = (("in", "favor", "of"), ("in", "favour", "of"))
"""Behind them stands who won; before a decision of someone else's."""
ASKED = (("at", "the", "request", "of"), ("at", "the", "behest", "of"), ("at", "the", "urging", "of"))
ACTING = frozenset(["acting", "bowing", "yielding", "responding"])
"""They open a clause that names who asked for what is done: "Acting on a petition by X, ..."."""

OPENERS = ACTING | {"sided", "sides", "siding", "agreed", "agreeing", "favor", "favour", "request", "behest", "urging"}

REACH = 9
"""Words from such an opening to who asked."""


def at_request(scene: Scene, path: Path) -> Iterator[Finding]:
    """Those at whose wish something else's act was done want what it did."""
    parsed = scene.parsed
    if path.kind != "verb" or OPENERS.isdisjoint(parsed.vocabulary) or not acted(path):
        return
    for i in range(len(parsed) - 2):
        start = _asked(parsed, path, i)
        mention = first_mention(parsed, start, start + 3) if start else None
        if mention is None:
            continue
        actor = subject_of(parsed, path.top, scene.memory)
        if mention.party in {m.party for m in actor.mentions} or actor.kind in ("first", "none"):
            return
        for member in group_right(parsed, mention):
            marks = [cue(parsed, i, start, 1), *path.cues]
            yield Finding(member, signed(path.sign), "reaction", i, path.target, marks, how="agent")
        return


def _asked(parsed: Parsed, path: Path, i: int) -> int:
    """The token where those begin whose wish the words at `i` tell; 0 if they tell none."""
    lower = parsed.lower
    for words in (*SIDING, *RULING, *ASKED):
        if tuple(lower[i : i + len(words)]) != words:
            continue
        end = i + len(words)
        if words in ASKED:
            return end
        before = range(max(0, i - 2), i)
        joined = [x for x in range(end, path.top) if lower[x] in ("and", ",") or parsed.words[x] in HARD]
        ruled = words in SIDING or any((h := parsed.verb(x)) and h[0].lemma in DECIDING for x in before)
        return end if ruled and joined and lower[joined[-1]] in ("and", ",") else 0
    if i == 0 and lower[0] in ACTING:
        comma = next((x for x in range(1, min(len(parsed), 14)) if parsed.words[x] == ","), 0)
        by = next((x for x in range(2, min(comma, REACH)) if lower[x] in ("by", "from", "of")), 0)
        return by + 1 if by and comma < path.top else 0
    return 0


DECIDING = frozenset(["rule", "find", "decide", "judge", "come down"])
