"""Positions whose object is left out, since it was just named: `X voted no`, `X gave its blessing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.counting import handful
from watcher.detect.finding import Finding, Scene, as_first, first_mention, group_right, signed
from watcher.detect.leftwards import named_before
from watcher.detect.marks import QUOTES
from watcher.detect.naming import phrase_start
from watcher.detect.path import cue
from watcher.detect.qualify import qualify
from watcher.detect.rules.ballots import ballots, cast, nouns
from watcher.detect.targets import Target
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def bare(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """Who takes a side in such words, in a sentence that names the target or the one after it."""
    parsed = scene.parsed
    yield from _absolute(parsed, found)
    yield from cast(parsed, found)
    for start, end, sign, outcome in spans(parsed):
        of = parsed.outcome if outcome else parsed.matter
        before = parsed.back_over(start - 1, parsed.light)
        if not of or any(parsed.negated(x) for x in range(before + 1, start)):
            continue
        if any(parsed.lower[x] in ("if", "unless", "whether") for x in range(max(0, before - 4), before + 1)):
            continue
        if parsed.lower[start - 1] == "to" and not TAKING.isdisjoint(parsed.lower[max(0, start - 7) : start]):
            continue  # "it takes all members to say yes"
        if parsed.lower[before : before + 1] == ["who"] and "had" in parsed.lower[before + 1 : start]:
            continue  # "X, who had long held out, signed it"
        mentions, how, nobody = _listed(parsed, end) or _holders(scene, start)
        if nobody and sign < 0:
            continue  # "no Green voted no" need not be a yes
        sign = -sign if nobody else sign
        strayed = parsed.lexicon.phrase("breaking_ranks", parsed.lower, 0, start) is not None
        for mention in mentions:
            if strayed and mention.plural:
                continue  # "X broke with the Greens to vote yes"
            if any(finding.mention.party == mention.party for finding in found):
                continue
            target = parsed.targets[0] if parsed.targets else Target(start, end, 1, "", full=False)
            marks = [cue(parsed, start, end, sign)]
            finding = Finding(mention, signed(sign * of), "bare", start, target, marks, how=how)
            finding.deed = parsed.lower[start] in ("voted", "voting")
            qualify(parsed, finding, None)
            yield finding


TAKING = frozenset(["take", "takes", "took"])

SIDES = {"bare_support": 1, "bare_oppose": -1, "outcome_good": 1, "outcome_bad": -1}
"""Kinds of such words in the lexicon with their signs; those of an outcome are about what was done last."""


def spans(parsed: Parsed) -> Iterator[tuple[int, int, int, bool]]:
    """Where such words stand, with their sign and whether they are about what was done; none before an object."""
    sets, phrases = parsed.lexicon.sets, parsed.lexicon.phrases
    kinds = [kind for kind in SIDES if not phrases[kind].keys().isdisjoint(parsed.vocabulary)]
    yield from _restated(parsed)
    yield from _moved(parsed)
    yield from _exclaimed(parsed)
    yield from _called(parsed)
    for start, end, sign in nouns(parsed):
        yield start, end, sign, False
    yield from _from_whom(parsed)
    if not kinds:
        return
    places = [i for i, word in enumerate(parsed.lower) if word in sets["moods"] or not _colours(parsed, i)]
    words = [parsed.lower[i] for i in places]
    for kind in kinds:
        i, outcome = 0, kind.startswith("outcome")
        while (span := parsed.lexicon.phrase(kind, words, i, len(words))) is not None:
            i = span[1]
            following = words[i] if i < len(words) else "."
            ends = not following[0].isalnum() or following in sets["after_elliptic"] or following in sets["openers"]
            back = words[i - 1] == "back" and following in ("on", "against")  # "pushed back on criticism"
            ends = ends and not back
            ends = ends or (following == "to" and words[i - 1] in CHOICES)  # "vote yes to keep the port open"
            if ends or (outcome and words[i : i + 2] in OF_IT):
                yield places[span[0]], places[i - 1] + 1, SIDES[kind], outcome


def _colours(parsed: Parsed, i: int) -> bool:
    """Whether the word at `i` is an adverb that may stand anywhere: "has strongly backed it"."""
    return parsed.lower[i].endswith("ly") and parsed.adverb(i)


def _from_whom(parsed: Parsed) -> Iterator[tuple[int, int, int, bool]]:
    """`it drew praise from X`, `there was anger among X`: a noun of position and whose it is, where nothing else is
    told to be its object."""
    lower = parsed.lower
    if {"from", "among"}.isdisjoint(parsed.vocabulary) or parsed.targets:
        return
    for i in range(1, len(lower) - 1):
        sign = parsed.lexicon.nouns.get(lower[i], 0)
        if not sign or lower[i + 1] not in ("from", "among") or lower[i] not in ANSWERS or parsed.verb(i) is not None:
            continue
        if not parsed.outcome and not parsed.lexicon.sets["decisions"].isdisjoint(lower[:i]):
            continue  # "the announcement drew praise": what was announced is not known
        mention = first_mention(parsed, i + 2, i + 6)
        behind = parsed.lower[mention.end : mention.end + 1] if mention is not None else ["to"]
        if mention is not None and behind not in (["to"], ["over"], ["for"], ["on"], ["about"], ["against"], ["'s"]):
            yield i, i + 2, sign, parsed.outcome != 0


ANSWERS = frozenset(["praise", "applause", "acclaim", "enthusiasm", "cheers"])
ANSWERS |= {"backlash", "condemnation", "criticism", "anger", "outrage", "fury", "opposition", "outcry", "protest"}
ANSWERS |= {"protests", "resistance", "dismay", "disapproval", "objections", "complaints", "rebuke", "scorn", "ire"}


def _restated(parsed: Parsed) -> Iterator[tuple[int, int, int, bool]]:
    """`repeated her opposition`, `withdrew its support`: a noun of position with its owner and no object."""
    lower = parsed.lower
    if HELD.keys().isdisjoint(parsed.vocabulary):
        return
    yield from _voiced(parsed)
    for i in range(1, len(lower) - 1):
        if lower[i] not in ("its", "his", "her", "their") or not (sign := HELD.get(lower[i + 1], 0)):
            continue
        following = lower[i + 2] if i + 2 < len(lower) else "."
        if following[0].isalnum() and following not in parsed.lexicon.sets["openers"] - {"with", "on"} | GOING_ON:
            continue
        hit = parsed.verb(i - 1)
        lemma = hit[0].lemma if hit else ""
        if lemma in RESTATING:
            yield i - 1, i + 2, sign, False
        elif lemma in DROPPING:
            yield i - 1, i + 2, -sign, False


def _voiced(parsed: Parsed) -> Iterator[tuple[int, int, int, bool]]:
    """`promised fierce resistance`, `voiced strong opposition`: with what it is like, and no object."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    for i in range(2, len(lower)):
        following = lower[i + 1] if i + 1 < len(lower) else "."
        if not HELD.get(lower[i], 0) or (following[0].isalnum() and following not in sets["openers"]):
            continue
        k = parsed.back_over(i - 1, lambda x: lower[x] in sets["qualities"] or lower[x] in sets["cold"])
        hit = parsed.verb(k) if 0 < k < i - 1 else None
        if hit is not None and hit[0].lemma in RESTATING:
            denied = any(parsed.negated(x) for x in range(k + 1, i))  # "would give no support"
            yield k, i + 1, -HELD[lower[i]] if denied else HELD[lower[i]], False


def _moved(parsed: Parsed) -> Iterator[tuple[int, int, int, bool]]:
    """`I am delighted,`, `was very disappointed.`: what is felt about what was done, without naming it."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    if MOVED.keys().isdisjoint(parsed.vocabulary):
        return
    for i in range(1, len(lower)):
        sign = MOVED.get(lower[i], 0)
        behind = next((lower[x] for x in range(i + 1, len(lower)) if parsed.words[x] not in QUOTES), ".")
        if not sign or (behind[0].isalnum() and behind not in sets["openers"]):
            continue
        k = parsed.back_over(
            i - 1, lambda x: parsed.adverb(x) or lower[x] in ("very", "so") or parsed.words[x] in QUOTES
        )
        if k >= 0 and lower[k] in FEELING:
            yield k, i + 1, sign, True


def _exclaimed(parsed: Parsed) -> Iterator[tuple[int, int, int, bool]]:
    """`"A disaster," said X`: a quotation without a verb that judges what the sentence before told."""
    words, lower = parsed.words, parsed.lower
    if not words or words[0] not in QUOTES or lower[1:2] not in (["a"], ["an"], ["another"], ["what"]):
        return
    close = next((x for x in range(2, min(len(words), 12)) if words[x] in QUOTES), 0)
    if not close or any(parsed.verb(x) is not None or parsed.auxiliary(x) for x in range(1, close)):
        return
    lexicon = parsed.lexicon
    value = next((v for x in range(2, close) if (v := (lower[x] in lexicon.good) - (lower[x] in lexicon.bad))), 0)
    if value:
        yield 1, close, value, True


def _called(parsed: Parsed) -> Iterator[tuple[int, int, int, bool]]:
    """`Smith, one of the loudest opponents, said ...`: what a name is called, of the target just named."""
    lower, holders = parsed.lower, parsed.lexicon.sets["holders"]
    if holders.isdisjoint(parsed.vocabulary):
        return
    first = next((x for x in range(min(4, len(lower) - 1)) if lower[x] in holders and lower[x].endswith("s")), -1)
    if first >= 0 and lower[first + 1] in LISTING and all(parsed.mention_at(x) is None for x in range(first)):
        yield first, first + 2, parsed.lexicon.nouns.get(lower[first], 0), False  # "Opponents include X and Y"
    for i in range(3, len(lower) - 1):
        if lower[i] not in holders:
            continue
        k = parsed.back_over(i - 1, lambda x: lower[x] in parsed.lexicon.sets["fillers"])
        if lower[k - 1 : k + 1] == ["and", "other"] and parsed.mention_at(k - 2) is not None:
            yield k, i + 1, parsed.lexicon.nouns.get(lower[i], 0), False  # "X and other critics say"
            continue
        if parsed.words[i + 1] != ",":
            continue
        k = next((x for x in range(i - 1, i - 5, -1) if lower[x] in ("the", "a", "an") or not lower[x].isalpha()), i)
        k -= 2 * (lower[k] == "the" and lower[max(0, k - 2) : k] == ["one", "of"])
        if k > 1 and lower[k] in ("the", "a", "an", "one") and parsed.words[k - 1] == ",":
            yield k, i + 1, parsed.lexicon.nouns.get(lower[i], 0), False


LISTING = frozenset(["include", "includes", "included"])
FEELING = frozenset(["am", "is", "are", "was", "were", "be", "been", "feel", "felt"])
MOVED = {
    **dict.fromkeys(["delighted", "thrilled", "jubilant", "elated", "overjoyed", "relieved", "pleased", "ecstatic"], 1),
    **dict.fromkeys(["disappointed", "appalled", "dismayed", "outraged", "furious", "angry", "devastated"], -1),
    **dict.fromkeys(["saddened", "heartbroken", "disgusted", "horrified", "shocked", "livid"], -1),
}


CHOICES = frozenset(["yes", "no", "aye", "nay"])
HELD = {
    **dict.fromkeys(["support", "backing", "approval", "endorsement", "consent", "assent", "blessing"], 1),
    **dict.fromkeys(["opposition", "objections", "objection", "criticism", "criticisms", "veto", "resistance"], -1),
}
GOING_ON = frozenset(["and", "but", "as", "because", "saying", "arguing", "though", "although"])
RESTATING = frozenset(
    ["repeat", "reiterate", "restate", "reaffirm", "confirm", "renew", "voice", "declare", "announce"]
)
RESTATING |= {"signal", "express", "pledge", "promise", "give", "offer", "state", "underline", "stress", "affirm"}
DROPPING = frozenset(["drop", "withdraw", "lift", "pull", "rescind", "abandon", "revoke"])


OF_IT = (
    ["the", "ruling"],
    ["the", "decision"],
    ["the", "vote"],
    ["the", "outcome"],
    ["the", "result"],
    ["the", "move"],
    ["the", "court"],
    ["the", "judge"],
    ["the", "judges"],
)
"""What stands for what was done."""

ABSOLUTE = {"opposed": -1, "against": -1, "objecting": -1, "dissenting": -1, "favor": 1, "favour": 1, "behind": 1}


def _absolute(parsed: Parsed, found: Sequence[Finding]) -> Iterator[Finding]:
    """`..., with X opposed`, `with all but three X in favour`."""
    for mention in parsed.mentions if parsed.targets else ():
        k = mention.end + (parsed.lower[mention.end : mention.end + 1] == ["in"])
        sign = ABSOLUTE.get(parsed.lower[k], 0) if k < len(parsed) else 0
        if not sign or (k + 1 < len(parsed) and parsed.lower[k + 1][0].isalnum()):
            continue
        start = phrase_start(parsed, mention.start)
        before = parsed.lower[max(0, start - 5) : start]
        counted = handful(parsed, mention) in ("some", "only a few")
        if "with" not in before or counted or not mention.actor:
            continue
        if any(finding.mention.party == mention.party for finding in found):
            continue
        target = parsed.targets[0]
        yield Finding(mention, signed(sign * target.sign), "bare", k, target, [cue(parsed, k, k + 1, sign)])


def takes_sides(parsed: Parsed) -> bool:
    """Whether a sentence that does not name the target takes a side on it in words without an object."""
    return next(spans(parsed), None) is not None or next(ballots(parsed), None) is not None


def _listed(parsed: Parsed, end: int) -> tuple[tuple[Mention, ...], str, bool] | None:
    """`six voted against: X, Elbonia and Y`, `opponents include X`: those that the list names."""
    if parsed.lower[end - 1] in LISTING:
        first = first_mention(parsed, end, end + 4)
        return (tuple(group_right(parsed, first)) if first else ()), "in a list", False
    if parsed.lower[end - 1] in ("from", "among") and parsed.lower[end - 2] in ANSWERS:
        first = first_mention(parsed, end, end + 5)
        return (tuple(group_right(parsed, first)) if first else ()), "agent", False
    if parsed.words[end : end + 1] != [":"]:
        return None
    first = next((m for m in parsed.mentions if m.start > end and m.actor), None)
    if first is None or any(parsed.verb(x) for x in range(end + 1, first.start)):
        return None
    return tuple(group_right(parsed, first)), "in a list", False


def _holders(scene: Scene, start: int) -> tuple[tuple[Mention, ...], str, bool]:
    """Whose words they are, how known, and whether they are nobody's ("no Green voted yes"): the name right before,
    also in "with X voting no"; else their subject's."""
    parsed = scene.parsed
    if parsed.lower[start] == "other":
        named = parsed.mention_at(start - 2)
        return (coordinated(parsed, named) if named and named.actor else ()), "among them", False
    spoken = parsed.lower[start] in ("i", "we", "my", "our") or (start == 1 and parsed.words[0] in QUOTES)
    if spoken and (source := scene.speaker(start)) and source.kind == "party":
        return as_first(source.mentions), f"first person of {source.name}", False
    if start > 1 and parsed.words[start - 1] == "," and parsed.lower[start] in ("the", "a", "an", "one"):
        called = named_before(parsed, start - 1)
        return ((called,) if called else ()), "apposition", False
    if parsed.lower[start - 1] == "to" and (asking := _asking(parsed, start)) >= 0:
        start = asking
    k = parsed.back_over(start - 1, parsed.light)
    mention = parsed.mention_at(k) if k >= 0 else None
    if mention is not None and mention.actor and parsed.lower[start].endswith("ing"):
        return coordinated(parsed, mention), mention.how, False
    subject = subject_of(parsed, start, scene.memory)
    if subject.kind == "first" and (source := scene.speaker(start)) and source.kind == "party":
        return as_first(source.mentions), f"first person of {source.name}", False
    return subject.mentions if subject.kind == "party" else (), subject.how, subject.negated


ASKING = frozenset(["ask", "urge", "call on", "tell", "want", "encourage", "implore", "beg", "advise", "press"])


def _asking(parsed: Parsed, start: int) -> int:
    """`asked her colleagues to vote no`: the verb that asks others; -1 if none does."""
    for x in range(start - 2, max(-1, start - 8), -1):
        hit = parsed.verb(x)
        if hit is not None:
            return x if hit[0].lemma in ASKING and x < start - 2 else -1
    return -1
