"""Whom a clause behind the target names: `the deal that X signed`, `the deal angered X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.chain import govern
from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.marks import HARD, QUOTES
from watcher.detect.path import cue
from watcher.detect.phrases import noun_phrase
from watcher.detect.rules.against_will import acted
from watcher.detect.words import match_entry
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry

TELLING = (["is"], ["was"], ["are"], ["would"], ["will"], ["amounts"], ["goes"])
"""Behind "which X say" they begin what X says of it."""


def emotion(scene: Scene, path: Path) -> Iterator[Finding]:
    """`the deal infuriated X`, `the decision to leave it delighted X`: what is felt is about all that governs it."""
    parsed, target = scene.parsed, path.target
    start = _summed_up(parsed, target.end)
    reach = 4 if "has" not in parsed.lower[start + 1 : start + 9] or not path.kind else 10
    for i in range(start, min(len(parsed) - 1, start + reach)):
        forms = ("past", "s", "ing") if parsed.words[i - 1] == "," else ("past", "s")
        entries = [e for e in parsed.lexicon.verbs.get(parsed.lower[i], ()) if e.form in forms or e.lemma == "upset"]
        hit = match_entry(entries, parsed.lower, i, len(parsed), 0) if entries else None
        kinds = hit[0].kinds & {"emotion", "emotion_good"} if hit else set()
        end = hit[1] if hit else i + 1
        mention = first_mention(parsed, end, end + 4)
        if mention is None and kinds:
            mention = _in_list(parsed, end)
        if mention and parsed.lower[i] in LEAVING and (sign := _left(parsed, mention)):
            kinds = {"emotion_good" if sign > 0 else "emotion"}  # "left X fuming"
        if mention and mention.plural and parsed.lower[i] in DIVIDING and mention.start <= i + 3:
            marks = [cue(parsed, i, i + 1, 0)]
            yield Finding(mention, Stance.UNDECIDED, "emotion", i, target, marks, how="agent", divided=True)
            return
        if mention and parsed.lower[mention.end : mention.end + 1] in (["'s"], ["'"]):
            continue  # "angered some of X's allies"
        if not kinds or mention is None or any(parsed.verb(x) for x in range(end, mention.start)):
            continue
        sign = path.sign * (1 if "emotion_good" in kinds else -1)
        for member in group_right(parsed, mention):
            yield Finding(member, signed(sign), "emotion", i, target, [cue(parsed, i, end, sign)], how="agent")
        return


def _in_list(parsed: Parsed, lo: int) -> Mention | None:
    """`horrified unions, some mayors and X`: a party further on in a list of those who feel so."""
    mention = first_mention(parsed, lo, lo + LISTED)
    if mention is None or not {",", "and"} & set(parsed.lower[lo : mention.start]):
        return None
    stops = parsed.lexicon.sets["prepositions"] | parsed.lexicon.sets["clause_starts"] | {"who", "which", "that"}
    between = range(lo, mention.start)
    plain = all(parsed.lower[x] not in stops and parsed.verb(x) is None and not parsed.auxiliary(x) for x in between)
    return mention if plain else None


LISTED = 12
"""Words of a list of those who feel something, at most."""

LEAVING = frozenset(["left", "leaves", "leave", "has", "have", "had", "made", "makes", "make"])


def _left(parsed: Parsed, mention: Mention) -> int:
    """The sign of the mood that a party was left in: `has X worried`, `left X and Y delighted`."""
    end, sets = group_right(parsed, mention)[-1].end, parsed.lexicon.sets
    end = next((x for x in range(end, len(parsed)) if not parsed.adverb(x)), end)
    word = parsed.lower[end] if end < len(parsed) else ""
    return (word in sets["feeling_good"]) - (word in sets["feeling_bad"])


DIVIDING = frozenset(["split", "splits", "divided", "divides", "tore", "tears"])
"""`the pact has split the Greens`."""


def _summed_up(parsed: Parsed, end: int) -> int:
    """`..., a step that angered X`: where what is said of the step goes on; `end` where nothing is summed up."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    comma = next((x for x in range(end, min(len(parsed), end + 8)) if parsed.words[x] == ","), -1)
    if comma < 0 or lower[comma + 1 : comma + 2] not in (["a"], ["an"]):
        return end
    noun = next((x for x in range(comma + 2, min(len(parsed) - 1, comma + 5)) if lower[x + 1] in ("that", "which")), -1)
    return noun + 2 if noun > 0 and (lower[noun] in sets["decisions"] or lower[noun] in sets["steps"]) else end


def has_phrase(parsed: Parsed, kind: str, span: range) -> bool:
    """Whether a phrase of that kind stands among those tokens."""
    return parsed.lexicon.phrase(kind, parsed.lower, span.start, span.stop) is not None


def valued(parsed: Parsed, i: int) -> int:
    """Whether the word praises (1) or blames (-1)."""
    good, bad = parsed.lower[i] in parsed.lexicon.good, parsed.lower[i] in parsed.lexicon.bad
    return good - bad


def object_relative(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the deal (that) X signed`, `a bill X and others oppose`."""
    yield from _against_which(scene, target)
    opened = _relative_start(scene.parsed, target)
    if opened is None or opened[0] >= len(scene.parsed):
        return
    start, told = opened
    found = _relative_clause(scene, start, told=told)
    if found is None:
        return
    mentions, how, at, (entry, end), flips = found
    parsed, value = scene.parsed, entry.sign
    if entry.kinds & {"label", "say"} and not value:  # "the deal, which X calls a betrayal"
        value = _words_of_value(parsed, end)
    if not value or (entry.sign and not _objectless(parsed, end)):
        return
    if any(at < other.end and other.start <= end + 1 for other in parsed.targets if other.start > target.start):
        return  # "the idea that X should sign the pact": that is its object
    sign = _of_what(parsed, target, start) * value * (-1 if flips % 2 else 1)
    for mention in mentions:
        marks = [cue(parsed, at, end, value)]
        yield Finding(mention, signed(sign), "relative", at, target, marks, how=how or mention.how)


def _words_of_value(parsed: Parsed, lo: int) -> int:
    """The sign of the judgement that begins at token `lo`: "as a betrayal", "is a step forward"."""
    reach = range(lo, min(len(parsed), lo + JUDGEMENT))
    for kind, sign in (("bad_phrases", -1), ("good_phrases", 1)):
        if has_phrase(parsed, kind, reach):
            return sign
    return next((v for x in reach if (v := valued(parsed, x))), 0)


JUDGEMENT = 6
"""Words of a judgement that count."""


def _of_what(parsed: Parsed, target: Target, start: int) -> int:
    """The sign of what the clause at `start` is about: of what was done, where it follows "a move that"."""
    near = parsed.lower[target.end : start]
    sets = parsed.lexicon.sets
    if "," not in near or not (sets["decisions"] | sets["steps"]).intersection(near):
        return target.sign
    path = govern(parsed, target)
    return path.sign if acted(path) else target.sign


def _against_which(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the pact, against which X protested`, `to which X objects`, `over which X threatens to strike`."""
    parsed = scene.parsed
    i = target.end + (parsed.words[target.end : target.end + 1] == [","])
    if parsed.lower[i + 1 : i + 2] != ["which"]:
        return
    mention = first_mention(parsed, i + 2, i + 6)
    if mention is None or any(parsed.verb(x) for x in range(i + 2, mention.start)):
        return
    sign = -1 if parsed.lower[i] == "against" else 0
    for x in range(mention.end, min(len(parsed), mention.end + 4)) if not sign else ():
        entries = parsed.lexicon.verbs.get(parsed.lower[x], ())
        sign = next((e.sign for e in entries if e.rest == (parsed.lower[i],)), 0)
        if parsed.lower[i] == "over" and any(e.lemma == "threaten" for e in entries):
            sign = -1
        if sign:
            break
    for member in group_right(parsed, mention) if sign else ():
        marks = [cue(parsed, i, i + 2, sign)]
        yield Finding(member, signed(sign * target.sign), "relative", i, target, marks, how=member.how)


def _relative_start(parsed: Parsed, target: Target) -> tuple[int, bool] | None:
    """Where a clause about the target begins behind it, and whether "that" or "which" tells so."""
    lower, n, i, told = parsed.lower, len(parsed), target.end, False
    while i < n and (
        lower[i] in ("that", "which", "itself")
        or parsed.words[i] in ("(", ")", ",")
        or (parsed.words[i - 1] == "(" and i - target.end < 4)  # its abbreviation
    ):
        told = told or lower[i] in ("that", "which")
        i += 1
        if i - target.end > 5:
            return None
    apposed = lower[target.end : target.end + 2] in ([",", "a"], [",", "an"])
    if lower[target.end : target.end + 2] == [",", "something"]:
        return target.end + 2, True
    if apposed and (that := next((x for x in range(i, min(n - 1, i + 4)) if lower[x] in ("that", "which")), -1)) > i:
        return that + 1, True  # "the pact, a deal that X calls a sell-out"
    noun = next((x for x in range(i, min(n - 2, i + 3)) if apposed and lower[x] in parsed.lexicon.sets["steps"]), -1)
    if noun > 0 and (parsed.mention_at(noun + 1) or parsed.mention_at(noun + 2)):
        return noun + 1, True  # "signed the pact, a move X called a sell-out"
    if i >= n or (not told and lower[target.end] in (",", "(")):
        return None
    return i, told


def _relative_clause(
    scene: Scene, start: int, *, told: bool
) -> tuple[list[Mention], str, int, tuple[Entry, int], int] | None:
    """Who the clause's subjects are and how known, where its verb of position stands, and how often it is negated."""
    parsed, lower = scene.parsed, scene.parsed.lower
    sets = parsed.lexicon.sets
    mentions: list[Mention] = []
    how, k, flips = "", start, 0
    if lower[start] in ("he", "she", "they"):
        subject = noun_phrase(parsed, start, scene.memory, start)
        mentions, how, k = list(subject.mentions), subject.how, start + 1
    reach = min(len(parsed), start + (12 if told else 7))
    while k < reach:
        stops = lower[k] in sets["prepositions"] and lower[k] not in ("of", "in", "as")
        opens = lower[k] in sets["clause_starts"] or lower[k] in ("if", "unless", "once", "who", "which")
        if stops or parsed.words[k] in HARD or opens:
            return None  # "the pact if X wins the vote"
        mention = parsed.mention_at(k)
        if mention is not None:
            if not mentions and k > start + 1 and not _entitled(parsed, start, k):
                return None
            if mention.actor and mention not in mentions:
                mentions.append(mention)
            k = mention.end
            continue
        hit = parsed.verb(k)
        if lower[k] in ("could", "may", "might", "can"):
            return None  # "a law that X could pass in March"
        if parsed.negated(k):
            flips += 1
        elif not mentions and hit is not None:
            return None
        elif hit is not None and hit[0].control and not hit[0].sign and lower[hit[1] : hit[1] + 1] == ["to"]:
            k = hit[1]  # "a line that X has been trying to stop"
            reach = min(len(parsed), reach + 3)
        elif hit is not None and (hit[0].sign or hit[0].control) and hit[0].lemma != "do":
            return mentions, how, k, hit, flips
        elif hit is not None and "label" in hit[0].kinds:
            return mentions, how, k, hit, flips  # "which X described as a betrayal"
        elif hit is not None and "say" in hit[0].kinds and lower[hit[1] : hit[1] + 1] in TELLING:
            return mentions, how, k, hit, flips  # "which X say is a betrayal"
        k += 1
    return None


def _entitled(parsed: Parsed, lo: int, hi: int) -> bool:
    """Whether only titles and names stand between: "the pact Prime Minister X signed"."""
    return all(parsed.lower[x] in parsed.lexicon.sets["titles"] or parsed.words[x][:1].isupper() for x in range(lo, hi))


def _objectless(parsed: Parsed, end: int) -> bool:
    """Whether no object follows the verb that ends at `end`: the target, before it, is its object."""
    if end >= len(parsed):
        return True
    after, sets = parsed.lower[end], parsed.lexicon.sets
    return (
        after in sets["prepositions"]
        or after in sets["auxiliaries"]
        or after in ("and", "but", "last", "this", "as", "the", "goes", "comes", "faces", "takes")
        or parsed.words[end] in (",", *HARD, *QUOTES)
        or parsed.adverb(end)
        or after[0].isdigit()
    )
