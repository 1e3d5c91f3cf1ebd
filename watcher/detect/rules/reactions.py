"""What the target meets with: `opposition from X`, `the backing of X`, `a priority of X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.counting import handful
from watcher.detect.finding import Finding, Scene, first_mention, group_right, named_or_example, signed
from watcher.detect.naming import phrase_start
from watcher.detect.path import cue
from watcher.detect.rules.ownership import possessor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.targets import Target


PARTLY = frozenset(["appeal", "friends", "fans", "favor", "favour", "vote", "votes", "fire"])
"""Nouns that tell a position beside certain words: "few friends", "under fire"."""


def reaction(scene: Scene, path: Path) -> Iterator[Finding]:
    """`despite opposition from X`, `drew praise from X`: a noun of position whose object is the sentence's target."""
    parsed, lower, target = scene.parsed, scene.parsed.lower, path.target
    act = path.kind == "noun" and path.top < target.start and not path.void  # "X's rejection of it drew praise from Y"
    if target is not parsed.targets[0] or not parsed.lexicon.sets["poll"].isdisjoint(parsed.vocabulary):
        return
    nouns = parsed.lexicon.nouns
    for i in [i for i, word in enumerate(lower[:-1]) if word in nouns or word in PARTLY]:
        sign = nouns.get(lower[i], 0)
        if lower[i] in ("motion", "motions") and lower[i - 1 : i] in (["censure"], ["confidence"]):
            continue  # it is against a government
        if lower[i] == "appeal" and not REJECTING.isdisjoint(lower[max(0, i - 4) : i]):
            sign = -1 if "upheld" in parsed.vocabulary else 0  # "upheld it, rejecting an appeal by X"
        if lower[i] in ("motion", "motions", "request", "requests", "petition", "petitions") and lower[i + 1] == "from":
            sign = sign if "to" in lower[i + 2 : i + 9] else 0  # "granted motions from X that sought to stop it"
        if lower[i] in ("reversal", "turnaround") and lower[i + 1] == "by":
            continue  # "the decision to sign it is a reversal by X"
        if sign and (against := _despite(parsed, target, i)) is not None and not parsed.target_at(i):
            marks = [cue(parsed, i - 1, i + 1, sign)]
            yield Finding(against, signed(sign * target.sign), "reaction", i, target, marks, how="possessive")
            continue
        if (sign > 0 or lower[i] in ("friends", "fans")) and lower[i - 1] in ("few", "no"):
            sign = -1  # "has few friends among X"
        if lower[i] in ("favor", "favour") and lower[i - 1][:4] in ("find", "foun"):
            sign = 1
        if lower[i] in ("vote", "votes") and lower[i + 1] == "of" and _had(parsed, target, i):
            sign = 1  # "won the votes of X"
        if lower[i] == "fire" and lower[i - 1 : i] in (["under"], ["draw"], ["drew"], ["drawn"], ["draws"]):
            sign = -1  # "came under fire from X"
        by = {"from", "by", "among"} | ({"of"} if sign and _borne(parsed, target, i) else set())
        by = {"with"} if lower[i] in ("favor", "favour") else by
        by = by | {"of"} if lower[i] in ("veto", "vetoes") else by  # "overruled the veto of X"
        threatened = lower[i - 1 : i] in (["under"], ["veto"], ["strike"], ["lawsuit"])
        if i and lower[i - 1] == "without":
            continue  # "without backing from X it will be hard to pass it": what it lacks, other rules tell
        if lower[i] in SOURCES and lower[i + 1] == "from" and not threatened:
            continue  # "the threat from X"
        if not sign or lower[i + 1] not in by or parsed.target_at(i) or lower[i] in parsed.lexicon.proposals:
            continue
        listed = _had(parsed, target, i)  # "has the backing of both sides, X, Y and Z"
        if listed and sign > 0 and not LOSING.isdisjoint(lower[target.end : i]):
            sign = -sign
        first = first_mention(parsed, i + 2, i + 16) if listed else None
        named = (first, first.start) if first else named_or_example(parsed, i + 2, i + 7)
        if named is None or any(parsed.verb(x) for x in range(i + 2, named[1])):
            continue
        mention = named[0]
        tail = group_right(parsed, mention)[-1].end
        if lower[tail : tail + 1] in (["that"], ["which"]) and tail < target.start:
            if lower[i] in CHARGES:
                continue  # "criticism from X that it was left in the lurch in talks on it"
            told = path.kind == "verb" and path.top > tail and not path.void
            sign = path.sign * target.sign if told else 1  # "a suit by X that could have halted it": what it would do
        to = next((x for x in range(mention.end, min(mention.end + GROUP, target.start)) if lower[x] == "to"), -1)
        verb = parsed.verb(to + 1) if to > 0 else None
        if verb and verb[0].sign and to + 1 != target.start and not any(parsed.verb(x) for x in range(mention.end, to)):
            sign = verb[0].sign  # "a motion from X to reject it", "a suit by X and others to stop it"
        elif verb is None and to > 0 and lower[i] in TRYING:
            continue  # "an attempt by X to strip the aid out of it": what it would do is not known
        if not EXCEPTING.isdisjoint(lower[i + 2 : mention.start]):
            continue  # "the backing of all parties but X"
        if i < target.start < mention.start:
            continue  # "withdrawal from the deal surprised X"
        if (target.end <= i and i - target.end > 16) or (target.start > i and target.start - mention.end > 16):
            continue
        if lower[mention.end : mention.end + 1] in (["to"], ["of"], ["for"], ["'s"]) and target.end <= i:
            continue
        drawn = path.kind in ("verb", "action") and not path.void and _drawing(parsed, target.end, i)
        drawn = drawn or (path.kind == "verb" and not path.void and _in_spite(parsed, i))
        sign *= path.sign if (act and i > target.end) or drawn else target.sign
        for member in group_right(parsed, mention):
            if handful(parsed, member) == "some":
                continue  # "has the support of five Greens"
            yield Finding(
                member,
                signed(sign),
                "reaction",
                i,
                target,
                [cue(parsed, i, i + 2, sign)],
                how="agent",
            )


def _in_spite(parsed: Parsed, i: int) -> bool:
    """`Despite opposition from X, Y signed it`, `over the objections of X`: it is to what was done."""
    k = parsed.back_over(i - 1, lambda x: _coloured(parsed, x))
    return k >= 0 and (parsed.lower[k] in SPITE or parsed.lower[max(0, k - 3) : k + 1] == ["in", "the", "face", "of"])


CHARGES = frozenset(["criticism", "criticisms", "complaint", "complaints", "objections", "concern", "concerns"])
"""Behind them "that" tells what they are about, and not what they would do."""

TRYING = frozenset(["attempt", "attempts", "bid", "bids", "effort", "efforts", "push", "drive", "move", "moves"])

EXCEPTING = frozenset(["but", "except", "besides"])
SPITE = frozenset(["over", "despite"])


def _coloured(parsed: Parsed, x: int) -> bool:
    """Whether the word only tells what a noun of position is like."""
    sets = parsed.lexicon.sets
    return (
        parsed.lower[x] in sets["qualities"]
        or parsed.lower[x] in sets["fillers"]
        or parsed.lower[x]
        in UNITED
        | {
            "the",
            "loud",
            "vocal",
            "strenuous",
            "bitter",
        }
    )


SOURCES = frozenset(["threat", "threats", "withdrawal", "exit", "departure", "retreat", "attack", "attacks", "pullout"])
"""Behind these "from X" tells where something comes from."""


REJECTING = frozenset(
    ["rejecting", "rejected", "rejects", "dismissing", "dismissed", "denied", "denying", "refused", "heard"]
)
"""What a court does with an appeal: which way it went, the ruling tells."""

DRAWING = frozenset(["drawing", "prompting", "sparking", "triggering", "earning", "winning", "inviting", "provoking"])


def _drawing(parsed: Parsed, lo: int, i: int) -> bool:
    """`X blocked it, drawing criticism from Y`: what drew it is all that was done."""
    return any(parsed.lower[x] in DRAWING and parsed.words[x - 1] == "," for x in range(max(lo + 1, i - 6), i))


def backed(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the pact has his full support`, `does not have her vote`: whose support it has or lacks."""
    parsed, lower = scene.parsed, scene.parsed.lower
    for i in range(target.end, min(len(parsed) - 1, target.end + 8)):
        if lower[i] not in SUPPORT or lower[i + 1 : i + 2] in (["for"], ["to"]):
            continue
        k = parsed.back_over(i - 1, lambda x: lower[x] in parsed.lexicon.sets["qualities"])
        if k <= target.end or lower[k] not in ("his", "her", "their", "my", "our") or lower[k - 1] not in HAVING:
            return
        sign = -1 if any(parsed.negated(x) for x in range(target.end, k)) else 1
        for mention, how in possessor(scene, k, i):
            marks = [cue(parsed, k - 1, i + 1, sign)]
            yield Finding(mention, signed(sign * target.sign), "reaction", i, target, marks, how=how)
        return


SUPPORT = frozenset(["support", "backing", "vote", "blessing", "approval"])


def cherished(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the pact, a priority of X,`, `the pact is a top priority for X`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    nouns = parsed.lexicon.sets["cherished"]
    act = parsed.verb(0) if lower[0].endswith("ing") else None
    if "against" in lower[max(0, target.start - 2) : target.start] or (act is not None and act[0].sign < 0):
        return  # "the ruling against the pact was a victory for X", "scrapping it is one of X's goals"
    i = next((x for x in range(target.end, min(len(parsed) - 1, target.end + 11)) if lower[x] in nouns), -1)
    if (owner := _central(parsed, target)) is not None:
        marks = [cue(parsed, target.end, owner.start, 1)]
        yield Finding(owner, signed(target.sign), "reaction", target.end, target, marks, how="possessive")
        return
    tied = lower[target.end : i]
    behind = tied[:1] == [","] or tied[:2] in (["that", "is"], ["which", "is"], ["that", "was"])
    if ((tied[:1] and tied[0] in BEING) or behind or "of" in tied) and (
        owner := _favourite(parsed, target, i)
    ) is not None:
        marks = [cue(parsed, i, i + 1, 1)]
        yield Finding(owner, signed(target.sign), "reaction", i, target, marks, how="possessive")
        return
    if (author := _comes_from(parsed, target)) is not None:
        for member in group_right(parsed, author):
            marks = [cue(parsed, target.end, target.end + 2, 1)]
            yield Finding(member, signed(target.sign), "reaction", target.end, target, marks, how="agent")
        return
    if i < 0 or lower[i + 1] not in ("of", "for") or any(parsed.negated(x) for x in range(target.end, i)):
        return
    told = target.end + (lower[target.end] in ("that", "which"))
    if not (parsed.words[told] == "," or lower[told] in parsed.lexicon.sets["copulas"] | {"has"}):
        return
    mention = first_mention(parsed, i + 2, i + 6 + 4 * (not AGENDAS.isdisjoint(lower[i + 2 : i + 7])))
    if mention is not None and not any(parsed.verb(x) or parsed.words[x] == "," for x in range(i + 2, mention.start)):
        marks = [cue(parsed, i, i + 2, 1)]
        yield Finding(mention, signed(target.sign), "reaction", i, target, marks, how="possessive")


AGENDAS = frozenset(["agenda", "programme", "program", "plans", "policy", "platform", "manifesto", "presidency"])


def _comes_from(parsed: Parsed, target: Target) -> Mention | None:
    """`the pact comes from X and Y`, `is the work of X`: who wrote it."""
    lower, k = parsed.lower, target.end
    if {"on", "against", "for", "to", "of"} & set(lower[max(0, target.start - 2) : target.start]):
        return None  # "the votes against the pact came from X"
    work = next((x for x in range(k + 1, min(len(parsed) - 1, k + 5)) if lower[x : x + 2] == ["work", "of"]), -1)
    if lower[k : k + 2] in (["comes", "from"], ["came", "from"]):
        start = k + 2
    elif work > 0 and lower[k : k + 1] and lower[k] in BEING and lower[work - 1] == "the":
        start = work + 2
    else:
        return None
    author = first_mention(parsed, start, start + 3)
    return None if author is None or lower[author.end : author.end + 1] in (["'s"], ["'"]) else author


def _favourite(parsed: Parsed, target: Target, i: int) -> Mention | None:
    """`the pact, one of X's top priorities`: X."""
    owner = next((m for m in parsed.mentions if target.end < m.start and i - 4 <= m.end < i and m.actor), None)
    return owner if owner is not None and parsed.lower[owner.end] in ("'s", "'") else None


def _central(parsed: Parsed, target: Target) -> Mention | None:
    """`the pact is at the heart of X's agenda`: X."""
    lower = parsed.lower
    for i in range(target.end, min(len(parsed) - 4, target.end + 6)):
        if lower[i : i + 2] == ["at", "the"] and lower[i + 2] in CENTRE and lower[i + 3] == "of":
            if any(parsed.negated(x) for x in range(target.end, i)):
                return None
            owner = first_mention(parsed, i + 4, i + 9)
            if owner is None or lower[owner.end : owner.end + 1] not in (["'s"], ["'"]):
                return None
            return owner if AGENDA & set(lower[owner.end : owner.end + 6]) else None
    return None


CENTRE = frozenset(["center", "centre", "heart", "core", "forefront", "top"])
AGENDA = frozenset(
    [
        "agenda",
        "plan",
        "plans",
        "program",
        "programme",
        "campaign",
        "platform",
        "manifesto",
        "strategy",
        "policy",
        "bid",
    ]
)
"""Of these a party's own things are the heart."""

BEING = frozenset(["is", "was", "remains", "remained", "has", "are", "were"])


def felt(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the pact is unacceptable to X`, `a red line for X`, `unpopular with X`: how X feels about it."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if BEING.isdisjoint(parsed.vocabulary):
        return
    for i in range(target.end, min(len(parsed) - 2, target.end + 8)):
        two = " ".join(lower[i : i + 2])
        sign, end = (FELT[two], i + 2) if two in FELT else (FELT.get(lower[i], 0), i + 1)
        if not sign or lower[end] not in ("to", "for", "with", "among") or BEING.isdisjoint(lower[target.end : i]):
            continue
        mention = first_mention(parsed, end + 1, end + 5)
        if mention is None or lower[mention.end : mention.end + 1] in (["'s"], ["'"], ["to"]):
            return
        sign = -sign if any(parsed.negated(x) for x in range(target.end, i)) else sign
        for member in group_right(parsed, mention):
            marks = [cue(parsed, i, end + 1, sign)]
            yield Finding(member, signed(sign * target.sign), "reaction", i, target, marks, how="agent")
        return


FELT = {
    **dict.fromkeys(["unacceptable", "unpopular", "intolerable", "anathema", "abhorrent", "unpalatable"], -1),
    **dict.fromkeys(["red line", "deal breaker", "non starter", "bitter pill"], -1),
    **dict.fromkeys(["dealbreaker", "nonstarter", "objectionable", "hateful"], -1),
    **dict.fromkeys(["acceptable", "popular", "palatable", "welcome", "agreeable"], 1),
    **dict.fromkeys(["bottom line", "pet project", "matter of honour", "point of honour"], 1),
}

GROUP = 7
"""Words of those who act beside the one named, at most."""

UNITED = frozenset(["unanimous", "united", "near", "solid", "fervent", "vehement", "overwhelming"])
OBJECT = frozenset(["to", "for", "of", "on", "over", "about"])
HAVING = frozenset(
    ["has", "have", "had", "having", "enjoys", "enjoy", "enjoyed", "wins", "won", "gets", "got", "gained", "received"]
) | frozenset(["keeps", "keep", "kept", "retains", "retain", "retained", "faces", "faced", "lost", "loses", "lose"])
LOSING = frozenset(["lost", "loses", "lose"])
"""What the target had, and has no longer."""


def _borne(parsed: Parsed, target: Target, i: int) -> bool:
    """Whether "of X" behind the noun at `i` tells whose it is: "has the backing of X", "over the objections of X"."""
    k = parsed.back_over(i - 1, lambda x: _coloured(parsed, x))
    if _had(parsed, target, i) or k < 0:
        return _had(parsed, target, i)
    return parsed.lower[k] in ("over", "despite", "amid") or (parsed.lower[k] == "with" and k >= target.end)


def _had(parsed: Parsed, target: Target, i: int) -> bool:
    """`the pact has the backing of X`: whether what stands at `i` is what the target has."""
    k = parsed.back_over(
        i - 1,
        lambda x: (
            parsed.lower[x] in parsed.lexicon.sets["qualities"]
            or parsed.lower[x] in ("the", "bipartisan", "wide")
            or parsed.adverb(x)
        ),
    )
    return target.end <= k <= target.end + 3 and parsed.lower[k] in HAVING and not parsed.negated(k - 1)


def _despite(parsed: Parsed, target: Target, i: int) -> Mention | None:
    """`over X's objections`, `has X's full support`: the party whose noun of position stands at `i`."""
    sets = parsed.lexicon.sets
    like = sets["fillers"] | sets["qualities"]
    k = parsed.back_over(i - 1, lambda x: parsed.lower[x] in like and parsed.lower[x] != "'s")
    modifier = parsed.mention_at(k) if k > 0 else None
    if modifier is not None and modifier.end == k + 1 == i and parsed.lower[i] not in parsed.lexicon.proposals:
        qualities = parsed.lexicon.sets["qualities"] | UNITED
        before = parsed.back_over(modifier.start - 1, lambda x: parsed.lower[x] in qualities)
        return modifier if before >= 0 and parsed.lower[before] in ("over", "despite", "amid") else None
    if k < 2 or parsed.lower[k] not in ("'s", "'") or parsed.lower[i] in parsed.lexicon.proposals:
        return None
    mention = parsed.mention_at(k - 1)
    if mention is None or not mention.actor or (parsed.lower[i + 1 : i + 2] and parsed.lower[i + 1] in OBJECT):
        return None
    start = phrase_start(parsed, mention.start)
    if _had(parsed, target, start):
        return mention
    return mention if parsed.lower[start - 1 : start] in (["over"], ["despite"], ["amid"], ["against"]) else None
