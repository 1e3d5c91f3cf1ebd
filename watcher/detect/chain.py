"""The sign chain: from a target leftwards to the words that govern it, multiplying their signs.

`vowed(~) to block(-) the repeal(-)` is support. A link holds only by "to", by a preposition or verb before an
-ing form, or by a noun of position with a light verb; other words end the chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.acts import is_act
from watcher.detect.climb import Climb
from watcher.detect.fates import becoming
from watcher.detect.leftwards import before_aside
from watcher.detect.links import link, negate
from watcher.detect.marks import HARD
from watcher.detect.opposing import threat
from watcher.detect.path import Path, cue, settle

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target


def govern(parsed: Parsed, target: Target, lo: int = 0) -> Path:
    """Reads leftwards from the target to `lo`."""
    path = Path(target, target.sign, target.start)
    if target.sign < 0:
        path.cues.append(cue(parsed, target.start, target.end, -1))
    i = target.start - 1
    if is_act(parsed, target):
        i = _act(parsed, path, target, lo)
    Climb(parsed, path, i, lo).climb()
    if path.kind in ("verb", "action") and not path.negated and (no := _none_of(parsed, target)) >= 0:
        path.sign = -path.sign
        path.negated += 1
        path.cues.append(cue(parsed, no, no + 1, -1))
    condition = _if_before(parsed, path, lo)
    threatening = condition >= 0 and parsed.lower[condition] == "if"  # "threatened to quit if it agreed to the deal"
    if threatening and (k := threat(parsed, condition, lo)) >= 0:
        missed = not path.kind and any(parsed.negated(x) for x in range(condition, target.start))
        missed = missed or any(entry.lemma == "fail" for entry in path.verbs)  # "if they fail to pass it"
        ends = not path.kind and (fate := becoming(parsed, target)) is not None and fate.sign < 0
        path.sign, path.kind, path.top = path.sign if missed or ends else -path.sign, "verb", k
        path.cues.insert(0, cue(parsed, k, condition + 1, -1))
        before = path.negated
        negate(parsed, path, k)
        path.void = path.void or path.negated > before  # "won't quit if it is signed"
    going_on = any(entry.lemma in ("continue", "keep", "go on", "persist in") for entry in path.verbs)
    path.hypothetical = path.hypothetical or (condition >= 0 and path.top > condition and not going_on)
    if path.kind != "noun":
        settle(path)
    own = bool(path.verbs) and path.verbs[0].lemma in MAKING and _of_its_own(parsed, target)
    unsaid = bool(path.verbs) and path.verbs[0].lemma == "confirm" and any("refuse" in e.kinds for e in path.verbs)
    if own or unsaid or (another(parsed, target) and not path.conditional):  # "declined to confirm it"
        path.void = True
    return path


MAKING = frozenset(
    ["propose", "adopt", "introduce", "develop", "design", "create", "set up", "launch", "build", "draw up"]
)
MAKING |= {"put forward", "offer", "draft", "unveil", "write", "impose", "establish", "float", "pitch"}
"""Who does so with one "of its own" has another than the target in mind."""


RIVAL = frozenset(["smaller", "rival", "competing", "separate", "alternative", "different", "similar", "unrelated"])


def another(parsed: Parsed, target: Target) -> bool:
    """`a smaller infrastructure bill`, `a rival pact`: one of its kind, but not this one."""
    before = parsed.lower[max(0, target.start - 2) : target.start]
    return target.full and not target.action and before[:1] in (["a"], ["an"], ["the"]) and before[-1] in RIVAL


def _of_its_own(parsed: Parsed, target: Target) -> bool:
    """`adopted its own pact`, `proposed a pact of its own`."""
    lower, end = parsed.lower, target.end
    behind = lower[end : end + 1] == ["of"] and lower[end + 2 : end + 3] == ["own"]
    return behind or lower[max(0, target.start - 1) : target.start] == ["own"]


def _none_of(parsed: Parsed, target: Target) -> int:
    """The "no" that belongs to the target: "would sign no deal that ..."; -1 if there is none."""
    if "no" in target.phrase.lower().replace("-", " ").split():
        return -1
    inside = (target.end - 1, target.start) if target.action else (target.start - 1, max(-1, target.start - 4))
    for x in range(inside[0], inside[1], -1):
        if parsed.lower[x] == "no" and parsed.negated(x):
            return x
        if not target.action and parsed.lower[x] not in parsed.lexicon.sets["fillers"]:
            return -1
    return -1


def _act(parsed: Parsed, path: Path, target: Target, lo: int) -> int:
    """The target's own verb governs: "build the wall"."""
    if parsed.lower[target.start].endswith("ing") and parsed.lower[target.start - 1 : target.start] in (["the"], ["a"]):
        return target.start - 1
    path.kind, path.top = "action", target.start
    if target.sign > 0:
        path.cues.append(cue(parsed, target.start, target.end, 1))
    linked, i = link(parsed, path, target.start, lo)
    return i if linked else lo - 1


def _if_before(parsed: Parsed, path: Path, lo: int) -> int:
    """The "if" (or "why") of the clause that target and governor stand in; -1 if there is none."""
    j = path.top
    while j >= lo and parsed.words[j] not in HARD and path.top - j < 14:
        if j == 0 and parsed.sentence.title and parsed.lower[0] in ("why", "how"):
            return -1  # "Why Greens hate the pact" takes it for granted
        if parsed.lower[j] == "why" and parsed.lower[j - 1 : j] in (["is"], ["'s"], ["was"]):
            return -1
        if parsed.lower[j] in ("if", "unless", "why", "whether") and parsed.lower[j - 1 : j] != ["as"]:
            return j
        if parsed.words[j] == ",":  # "if its owner, X, sells it"
            aside = all(parsed.light(x) for x in range(j + 1, path.top))
            before = before_aside(parsed, j) if aside else None
            if before is None:
                return -1
            j = before + 1
        j -= 1
    return -1
