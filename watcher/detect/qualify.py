"""What holds a position back: the words that make a bare yes or no conditional or undecided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.bargains import asked, before_it, restricted
from watcher.detect.condition_markers import clause, mark_condition
from watcher.detect.path import Path, cue
from watcher.detect.questions import other_question
from watcher.detect.takers import STUDYING
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from watcher.detect.finding import Finding
    from watcher.detect.parsed import Parsed

LOOKING = frozenset(["hear", "see", "read", "study", "know", "learn", "consult", "review", "examine", "look", "wait"])
"""Who wants to do so before it agrees has not made up its mind."""
HEDGED = frozenset(["conditional", "qualified"])
"""Of such support something is still asked."""


def qualify(parsed: Parsed, finding: Finding, path: Path | None) -> None:
    """Turns a bare sign into conditional or undecided where the sentence holds it back."""
    lower, target = parsed.lower, finding.target
    support = finding.stance is Stance.SUPPORT
    if path is not None and path.amending and not path.conditional:
        return  # wants it as it is
    if path is not None and path.conditional and support and not path.negated:
        finding.stance = Stance.CONDITIONAL
        mark_condition(parsed, finding)
        return
    if path is not None and path.undecided and _turned_down(parsed, path):
        return
    if path is not None and path.undecided:
        considered = all(entry.lemma not in STUDYING for entry in path.verbs) and any(
            word in ("would", "can", "could", "willing") for word in lower[max(0, path.top - 4) : path.top]
        )
        finding.stance = Stance.CONDITIONAL if considered else Stance.UNDECIDED
        if considered:
            mark_condition(parsed, finding)
        return
    if support and not HEDGED.isdisjoint(lower[max(0, finding.at - 2) : target.start]):
        finding.stance = Stance.CONDITIONAL  # "gave conditional support to it"
        return
    negated = path is not None and path.negated > 0
    if negated and not support and (start := restricted(parsed, finding)) >= 0:
        finding.stance, finding.condition = Stance.CONDITIONAL, start
        return
    if support and (start := before_it(parsed, finding)) >= 0:
        looking = not LOOKING.isdisjoint(lower[start : start + 2])
        looking = looking and parsed.lexicon.terms.isdisjoint(lower[start : start + 6])  # "to see changes"
        finding.stance, finding.condition = (Stance.UNDECIDED, -1) if looking else (Stance.CONDITIONAL, start)
        return
    if support and (start := asked(parsed, finding)) >= 0:
        finding.stance, finding.condition = Stance.CONDITIONAL, start
        return
    if mark_condition(parsed, finding, support=support, negated=negated):
        if not (finding.deed and not support and not negated):
            finding.stance = Stance.CONDITIONAL
        return
    lo, _ = clause(parsed, finding.at, target.start)
    span = parsed.lexicon.phrase("undecided", lower, lo, min(len(parsed), target.end))
    before = span is not None and span[0] <= finding.at and "," not in parsed.words[span[1] : finding.at]
    if (
        span
        and not other_question(parsed, span[1])
        and (span[0] <= finding.at < span[1] or (before and not negated and finding.at - span[1] < 4))
    ):
        finding.stance = Stance.UNDECIDED
        finding.cues = [cue(parsed, span[0], span[1], 0), *finding.cues]


def _turned_down(parsed: Parsed, path: Path) -> bool:
    """`will not consider it`, `refuses even to look at it`, `vowed not to take it up`: who will not is against it."""
    if CONSIDERING.isdisjoint(entry.lemma for entry in path.verbs):
        return False
    if any("refuse" in entry.kinds and entry.lemma not in PUTTING_OFF for entry in path.verbs):
        return True
    group = parsed.lower[parsed.back_over(path.top - 1, parsed.light) + 1 : path.top + 1]
    vowed = any(entry.lemma in VOWING for entry in path.verbs)
    return path.negated % 2 > 0 and (vowed or not COMING.isdisjoint(group))


CONSIDERING = frozenset(["consider", "contemplate", "entertain", "look at"])
PUTTING_OFF = frozenset(["hesitate", "put off", "delay", "postpone", "hold off", "avoid"])
VOWING = frozenset(["vow", "pledge", "promise", "swear", "threaten"])
COMING = frozenset(["will", "would", "wo", "could", "can", "'ll", "going", "should", "must", "wont"])
"""Before a denied verb they tell what one means to do, not what one did."""
