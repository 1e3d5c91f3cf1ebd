"""How someone votes, told by a noun: `is a firm no`, `called for a "yes"`, `every vote in favour came from X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.marks import QUOTES
from watcher.detect.path import cue
from watcher.detect.phrases import LED
from watcher.detect.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.parsed import Parsed

VOTES = frozenset(["vote", "votes"])
BALLOTS = {**dict.fromkeys(["no", "nay", "against"], -1), **dict.fromkeys(["yes", "aye", "favor", "favour", "for"], 1)}
EVERY = frozenset(["every", "all", "each"])
BEING = frozenset(["is", "was", "are", "were", "be", "been", "'s", "as", "remains", "remain", "remained", "am"])
FIRM = frozenset(["firm", "hard", "solid", "definite", "likely", "certain", "clear", "resounding", "lean", "leaning"])
ASKING = frozenset(
    ["call for", "ask for", "urge", "recommend", "advocate", "push for", "campaign for", "want", "press for"]
)
MOVING = frozenset(["move", "shift", "switch", "join", "go", "come", "defect", "swing"])
CAMPS = frozenset(["side", "camp", "column", "lobby", "vote"])
OWN = frozenset(["my", "our"])
CAMP = 4
"""Words between a verb of moving and the "yes" of the camp."""


def nouns(parsed: Parsed) -> Iterator[tuple[int, int, int]]:
    """Where a noun tells how someone votes: the tokens [start, end) of the words, and their sign."""
    lower = parsed.lower
    if {"yes", "no", "nay"}.isdisjoint(parsed.vocabulary):
        return
    for i in range(1, len(lower)):
        sign = BALLOTS.get(lower[i], 0) if lower[i] in ("yes", "no", "nay") else 0
        end = _end(parsed, i) if sign else 0
        if not end:
            continue
        k = parsed.back_over(i - 1, lambda x: lower[x] in FIRM or parsed.words[x] in QUOTES)
        at = max(_moved(parsed, k, end), _borne(parsed, k), _own_vote(parsed, k))
        if at >= 0:
            yield at, end, sign


def _end(parsed: Parsed, i: int) -> int:
    """The token behind a "yes" or "no" at `i` that stands alone, with its "vote"; 0 where something else follows."""
    end = i + 1
    while end < len(parsed) and (parsed.words[end] in QUOTES or parsed.lower[end] in CAMPS):
        end += 1
    following = parsed.lower[end] if end < len(parsed) else "."
    alone = not following[0].isalnum() or following in parsed.lexicon.sets["after_elliptic"]
    return end if alone or following in parsed.lexicon.sets["openers"] else 0


def _borne(parsed: Parsed, k: int) -> int:
    """`is still a no`, `called for a "no"`: the verb before the article at `k`; -1 if none bears the noun."""
    if k >= 0 and parsed.sentence.title and (hit := parsed.verb(k)) and hit[0].lemma in ASKING:
        return k  # "Greens urge no vote"
    if k < 1 or parsed.lower[k] not in ("a", "an"):
        return -1
    before = parsed.back_over(k - 1, lambda x: parsed.adverb(x) and not parsed.negated(x))
    if before > 0 and parsed.lower[before] in BEING and not parsed.negated(before + 1):
        return before
    for x in range(before, max(-1, before - 2), -1):
        hit = parsed.verb(x)
        if hit is not None and hit[0].lemma in ASKING and hit[1] == before + 1:
            return x
    return -1


def _moved(parsed: Parsed, k: int, end: int) -> int:
    """`moved to the yes side`: the verb; -1 if it is no such phrase."""
    if parsed.lower[end - 1] not in CAMPS - VOTES or k < 1 or parsed.lower[k] != "the":
        return -1
    verbs = (x for x in range(k - 1, max(-1, k - CAMP), -1) if (hit := parsed.verb(x)) and hit[0].lemma in MOVING)
    return next(verbs, -1)


def _own_vote(parsed: Parsed, k: int) -> int:
    """`my vote will be no`: where "my" stands; -1 if it is no such phrase."""
    vote = parsed.back_over(k, parsed.light)
    return vote - 1 if vote > 0 and vote < k and parsed.lower[vote] == "vote" and parsed.lower[vote - 1] in OWN else -1


def on_a_side(scene: Scene, target: Target) -> Iterator[Finding]:
    """`in the No camp are X and Y`, `the Yes campaign, led by X,`: who stands on that side of a referendum."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if lower[target.start] not in ("yes", "no") or lower[target.end - 1] not in CAMPS | {"campaign"}:
        return
    k = target.start - 1 - (parsed.words[target.start - 1] in QUOTES)
    inside = k > 0 and lower[k] == "the" and lower[k - 1] in ("in", "on") and k < OPENING
    end = target.end
    if inside and lower[end : end + 1] and lower[end] in STANDING:
        first = first_mention(parsed, end + 1, end + 8)
    else:
        led = next((x for x in range(end, min(len(parsed) - 1, end + 4)) if lower[x] in RUN_BY), -1)
        first = first_mention(parsed, led + 2, led + 8) if led > 0 and lower[led + 1] == "by" else None
    for mention in group_right(parsed, first) if first is not None else []:
        marks = [cue(parsed, target.start, target.end, target.sign)]
        yield Finding(mention, signed(target.sign), "bare", target.start, target, marks, how="in a list")


OPENING = 6
STANDING = frozenset(["are", "is", "were", "was", "stand", "stands", "stood", "include", "includes"])
RUN_BY = LED | {"run"}


def cast(parsed: Parsed, found: Sequence[Finding]) -> Iterator[Finding]:
    """`every vote in favour came from X`, `all of the no votes came from X and Y`: how X voted."""
    for vote, came, sign in ballots(parsed) if parsed.matter else ():
        mention = first_mention(parsed, came + 2, came + 5)
        for member in group_right(parsed, mention) if mention else []:
            named = next((t for t in parsed.targets if vote < t.start < came), None)  # "votes against the pact"
            target = named or (parsed.targets[0] if parsed.targets else Target(vote, came, 1, "", full=False))
            of = named.sign if named else parsed.matter
            marks = [cue(parsed, vote, came + 2, sign)]
            if all(finding.mention.party != member.party for finding in found):
                yield Finding(member, signed(sign * of), "bare", vote, target, marks, deed=True)


def ballots(parsed: Parsed) -> Iterator[tuple[int, int, int]]:
    """Where it is told from whom every vote of one kind came: the vote, the verb, and the sign of the vote."""
    lower = parsed.lower
    for came in range(2, len(parsed) - 2) if not VOTES.isdisjoint(parsed.vocabulary) else ():
        by = lower[came : came + 2] == ["cast", "by"]
        if not by and (lower[came] not in ("came", "come", "comes") or lower[came + 1] != "from"):
            continue
        vote = next((x for x in range(came - 1, max(-1, came - 9), -1) if lower[x] in VOTES), -1)
        sign = next((BALLOTS[word] for word in lower[max(0, vote - 1) : came] if word in BALLOTS), 0)
        every = by or not EVERY.isdisjoint(lower[max(0, vote - 5) : vote])
        if vote >= 0 and sign and every:
            yield vote, came, sign
