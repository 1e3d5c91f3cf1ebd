"""Who was for or against what was done: `Defying X, parliament passed it`, `passed with votes from X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.counting import handful
from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.naming import phrase_start
from watcher.detect.path import cue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path

DEFYING = frozenset(
    ["defying", "ignoring", "overruling", "overriding", "rebuffing", "snubbing", "bucking", "disregarding", "flouting"]
)
OPENERS = DEFYING | {"against"}
WISHES = frozenset(["wishes", "will", "wish", "advice", "urging", "pleas", "recommendation"])
VOTES = frozenset(["vote", "votes", "ballot", "ballots"])
HELP = VOTES | {"help", "assistance", "backing", "support"}
PASSING = frozenset(["pass", "approve", "adopt", "ratify", "confirm", "reject", "clear", "repeal", "carry", "defeat"])

REACH = 7
"""Words between "passed", "with the help of" and the name behind."""


def acted(path: Path) -> bool:
    """Whether a verb says plainly what was done about the target, which others may have been for or against."""
    if path.kind not in ("verb", "action"):
        return False
    return not (path.void or path.hypothetical or path.negated or path.undecided or path.conditional)


def overruled(scene: Scene, path: Path) -> Iterator[Finding]:
    """`Defying X, parliament passed it`, `passed it against the wishes of X`: X, who was for the contrary."""
    parsed = scene.parsed
    if not acted(path) or OPENERS.isdisjoint(parsed.vocabulary):
        return
    found = next(((i, m) for i in range(len(parsed) - 1) if (m := _whose_will(parsed, i))), None)
    if found is None:
        return
    i, mention = found
    for member in group_right(parsed, mention):
        marks = [cue(parsed, i, i + 1, -1), *path.cues]
        yield Finding(member, signed(-path.sign), "reaction", i, path.target, marks, how=member.how)


def _whose_will(parsed: Parsed, i: int) -> Mention | None:
    """Whom the words at `i` say to be defied: "Defying X, ...", "against the wishes of X", "against X's wishes"."""
    lower = parsed.lower
    if lower[i] in DEFYING and (i == 0 or parsed.words[i - 1] == ","):
        mention = first_mention(parsed, i + 1, i + 5)
        titled = mention is not None and all(
            parsed.words[x][:1].isupper() or lower[x] in parsed.lexicon.sets["determiners"]
            for x in range(i + 1, mention.start)
        )
        ends = mention is not None and lower[mention.end : mention.end + 1] in ([","], ["and"])
        return mention if titled and ends else None
    if lower[i] != "against":
        return None
    if lower[i + 1] == "the" and lower[i + 2 : i + 3] and lower[i + 2] in WISHES and lower[i + 3 : i + 4] == ["of"]:
        return first_mention(parsed, i + 4, i + 7)
    mention = first_mention(parsed, i + 1, i + 5)
    if mention is None or lower[mention.end : mention.end + 1] not in (["'s"], ["'"]):
        return None
    wish = lower[mention.end + 1 : mention.end + 2]
    return mention if wish and wish[0] in WISHES and phrase_start(parsed, mention.start) <= i + 2 else None


def with_votes(scene: Scene, path: Path) -> Iterator[Finding]:
    """`passed with votes from X`, `approved with the help of X`, `passed without a single vote from X`."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    first = next((x for x in range(min(6, len(parsed))) if lower[x] in ("with", "thanks")), -1)
    opens = first >= 0 and (first < 3 or lower[first - 1] == "that") and parsed.mention_at(0) is None
    if opens:
        yield from _passed_with(scene, path, first)
    if HELP.isdisjoint(parsed.vocabulary) and "thanks" not in parsed.vocabulary:
        return
    for i in range(target.end, len(parsed) - 3):
        thanks = lower[i : i + 2] == ["thanks", "to"]
        if lower[i] not in ("with", "without") and not thanks:
            continue
        k = next((x for x in range(i + 1, min(len(parsed) - 1, i + REACH)) if lower[x] in HELP), i if thanks else -1)
        passed = next((x for x in range(i - 1, max(-1, i - REACH), -1) if parsed.verb(x) is not None), -1)
        hit = parsed.verb(passed) if passed >= 0 else None
        if k < 0 or hit is None or hit[0].lemma not in PASSING or lower[k + 1] not in ("of", "from", "to"):
            continue
        mention = first_mention(parsed, k + 2, k + REACH)
        if mention is None or any(parsed.verb(x) or parsed.words[x] == "," for x in range(i + 1, mention.start)):
            continue
        without = lower[i] == "without" or lower[i + 1] == "no"
        done = path.sign if acted(path) else target.sign * (hit[0].sign or 1)
        sign = -done if without else done
        for member in group_right(parsed, mention):
            some = handful(parsed, member) == "some" or parsed.lower[member.end : member.end + 1] == ["who"]
            if not some:
                marks = [cue(parsed, passed, passed + 1, done), cue(parsed, i, k + 2, -1 if without else 1)]
                yield Finding(member, signed(sign), "reaction", i, target, marks, how="agent")
        return


def _passed_with(scene: Scene, path: Path, first: int) -> Iterator[Finding]:
    """`With the support of X, it was passed`, `Thanks to X, parliament approved it`."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    near = range(first + 1, min(len(parsed) - 1, first + 2 * REACH))
    comma = next((x for x in near if parsed.words[x] == ","), -1)
    thanks = lower[first] == "thanks" and lower[first + 1 : first + 2] == ["to"]
    helped = next((x + 2 for x in near if x < first + 5 and lower[x] in HELP and lower[x + 1] in FROM), 0)
    start = first + 2 if thanks else helped
    mention = first_mention(parsed, start, start + 4) if start and start < comma < target.start else None
    around = range(comma + 1, min(len(parsed), target.end + 5))
    hit = next((e for x in around if (v := parsed.verb(x)) and (e := v[0]).lemma in PASSING and e.form == "past"), None)
    if mention is None or hit is None or any(parsed.negated(x) for x in around):
        return
    for member in group_right(parsed, mention):
        marks = [cue(parsed, first, start, 1)]
        yield Finding(member, signed(target.sign * hit.sign), "reaction", first, target, marks, how="agent")


FROM = frozenset(["of", "from"])
