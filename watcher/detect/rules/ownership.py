"""Whose it is: `X's deal`, `his wall`, `the X-backed bill`, `X's opposition`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.finding import Finding, Scene, first_mention, signed
from watcher.detect.marks import HARD
from watcher.detect.naming import acting, is_name, modifying
from watcher.detect.parsed import RELATIVES, Parsed
from watcher.detect.path import cue
from watcher.detect.phrases import noun_phrase
from watcher.detect.verb_subjects import subject_of
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.subject import Subject
    from watcher.detect.targets import Target

LED = frozenset(["administration", "government", "team", "camp", "campaign", "cabinet", "coalition"])
"""What is led by the one named before it: "the Lind administration's pact"."""
PUT_FORWARD = frozenset(["proposed", "planned", "suggested", "promised", "stalled"])
"""Between an owner and what is its own: "the council's proposed pact"."""
LOOSE = frozenset(["plans", "proposals", "negotiations", "talks"])
"""Of these a party has many: without its name they need not be the target."""
COURSES = frozenset(["agenda", "strategy", "vision", "approach", "blueprint", "surge", "buildup", "hike", "increase"])
"""Courses that a party takes, beside what it proposes."""
ENDING = frozenset([",", "and", "or", "that", "as", "after", "when", "while", "before"])
REACH = 6
"""Words between an owner and the target."""


def owner(scene: Scene, target: Target) -> Iterator[Finding]:
    """Own proposal: `X's deal`, `his wall`, `the X-backed bill`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if target.sign < 0 and target.full and lower[target.start + 1 : target.start + 2] in (["of"], ["from"]):
        yield from _undoing(scene, target)
    if target.sign < 0 or target.action or not _proposal(parsed, target):
        return
    if lower[max(0, target.start - 1) : target.start] == ["own"] and target.full:
        return  # "its own tax": another one
    if (author := _by(parsed, target)) is not None:
        marks = [cue(parsed, target.end, target.end + 1, 1)]
        yield Finding(author, Stance.SUPPORT, "own-proposal", target.end, target, marks, how="agent")
        return
    first = target.start
    loose = not target.full and lower[target.end - 1] in LOOSE
    inside = parsed.mention_at(first)
    if inside and inside.actor and inside.end < target.end and lower[inside.end] == "'s":
        yield Finding(
            inside,
            Stance.SUPPORT,
            "own-proposal",
            first,
            target,
            [cue(parsed, first, inside.end + 1, 1)],
            how="possessive",
        )
        return
    for k in range(first - 1, max(-1, first - REACH), -1):
        word = lower[k]
        if (
            word in HARD
            or word in ENDING
            or (word in parsed.lexicon.sets["prepositions"] and word not in ("of", "per"))
        ):
            return
        if word in ("of",) and k != first - 1:
            return
        if word in ("the", "a", "an", "this"):
            return  # "in Smith's eyes the deal": another noun is his
        owners = possessor(scene, k, first) if word in ("'s", "'", "his", "her", "their", "its", "my", "our") else []
        if owners and loose and word != "'s":
            return  # "told them of his plans"
        if owners:
            if any(w in parsed.lexicon.sets["losing"] for w in lower[max(0, k - 7) : k]):
                return
            between = lower[k + 1 : first]
            if any(w in ("version", "alternative") or parsed.lexicon.nouns.get(w, 0) < 0 for w in between):
                return
            for mention, how in owners:
                yield Finding(
                    mention,
                    Stance.SUPPORT,
                    "own-proposal",
                    k,
                    target,
                    [cue(parsed, max(0, k - 1) if word == "'s" else k, k + 1, 1)],
                    how=how,
                )
            return
        if word in PUT_FORWARD:
            continue
        if parsed.verb(k) and not parsed.sentence.glued[k] and lower[k] not in parsed.lexicon.sets["fillers"]:
            return
        if parsed.sentence.glued[k] and (leader := parsed.mention_at(k - 1)):
            entries = parsed.lexicon.verbs.get(word, ())
            entry = next((e for e in entries if e.sign and not e.rest), None)
            if entry or word in ("led",):
                sign = entry.sign if entry else 1
                yield Finding(
                    leader,
                    signed(sign),
                    "own-proposal",
                    k,
                    target,
                    [cue(parsed, k - 1, k + 1, sign)],
                    how="compound",
                )
                return


def _by(parsed: Parsed, target: Target) -> Mention | None:
    """`the bill by X to end it`: X."""
    mention = first_mention(parsed, target.end + 1, target.end + 4)
    if parsed.lower[target.end : target.end + 1] != ["by"] or mention is None or not mention.person:
        return None
    titled = all(parsed.words[x][:1].isupper() for x in range(target.end + 1, mention.start))
    return mention if titled and parsed.lower[mention.end : mention.end + 1] not in (["'s"], ["'"]) else None


def _undoing(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X's withdrawal from it`, where that is a phrase of the topic's for the other side."""
    lower, k = scene.parsed.lower, target.start - 1
    if k < 0 or lower[k] not in ("'s", "'", "his", "her", "their", "its"):
        return
    for mention, how in possessor(scene, k, target.start):
        marks = [cue(scene.parsed, target.start, target.end, -1)]
        yield Finding(mention, Stance.OPPOSE, "nominal", target.start, target, marks, how=how)


def _proposal(parsed: Parsed, target: Target) -> bool:
    """Whether the target is something put forward, and not a mere thing: "Norland's deal", not "Norland's coal"."""
    lexicon, last = parsed.lexicon, parsed.lower[target.end - 1]
    if last == "line":
        return False  # "the minister's line" is what he says
    if not target.full and last.endswith(("tion", "sion", "ment", "ance")) and last not in lexicon.sets["heads"]:
        return False  # "its completion"
    singular = last[:-1] if last.endswith("s") else last
    written = parsed.words[target.end - 1]
    inside = any(parsed.lower[x] in lexicon.sets["heads"] for x in range(target.start, target.end))
    if inside or (written[:1].isupper() and not parsed.sentence.title):
        return True
    groups = (lexicon.sets["heads"], lexicon.transparent_nouns, lexicon.nouns, COURSES)
    return any(last in group or singular in group for group in groups)


def possessor(scene: Scene, k: int, i: int) -> list[tuple[Mention, str]]:
    """The party whose noun it is: `Obama's`, `his`, `Republican opposition`."""
    parsed = scene.parsed
    lower = parsed.lower
    if lower[k] in ("'s", "'") and k > 0:
        led = k > 1 and lower[k - 1] in LED
        mention = parsed.mention_at(k - 2 if led and parsed.mention_at(k - 1) is None else k - 1)
        if mention and mention.actor:
            return [(mention, "possessive")]
        return _group_of(scene, k) if mention is None else []
    if lower[k] in ("his", "her", "their", "its"):
        subject = _possessive_pronoun(scene, k)
        return [(subject, "possessive pronoun")] if subject else []
    if lower[k] in ("my", "our"):
        source = scene.speaker(k)
        return [(m, "first person") for m in source.mentions] if source and source.kind == "party" else []
    mention = parsed.mention_at(k)
    if mention and mention.end - 1 == k and (i - k <= 3):
        before = lower[mention.start - 1] if mention.start else ""
        if before not in ("with", "against", "to"):
            return [(mention, "modifier")]
    return []


def _group_of(scene: Scene, k: int) -> list[tuple[Mention, str]]:
    """`her party's pledge`, `the union's offer`: whom a noun before the "'s" at `k` stands for."""
    parsed, sets = scene.parsed, scene.parsed.lexicon.sets
    if parsed.lower[k - 1] in sets["spans"] or parsed.lower[k - 1] in sets["weekdays"]:
        return []  # "this year's vote"
    found = noun_phrase(parsed, k - 1, scene.memory, k)
    between = [x for x in range(max(found.start, 0), k) if parsed.lower[x] != "'s"]
    if any(parsed.lower[x] in sets["prepositions"] or parsed.auxiliary(x) or parsed.verb(x) for x in between):
        return []  # "resistance from X to the government's plan"
    return [(m, "possessive") for m in found.mentions] if found.kind == "party" else []


def _possessive_pronoun(scene: Scene, k: int) -> Mention | None:
    parsed = scene.parsed
    if "'s" in parsed.lower[k + 2 : k + 4]:
        return None  # "his predecessor's pact"
    word = {"his": "he", "her": "she", "their": "they", "its": "it"}[parsed.lower[k]]
    before = [m for m in parsed.mentions if m.end <= k and m.actor]
    if not before:
        opener = next(
            (m for m in parsed.mentions if m.start > k and m.actor and m.person and word in ("he", "she")), None
        )
        comma = next((x for x in range(k, len(parsed)) if parsed.words[x] == ","), -1)
        if opener and 0 <= comma < opener.start and opener.start - comma <= 5:
            return replace(opener, how="pronoun")  # "Following up on his offer, Smith ..."
    unnamed = parsed.lexicon.sets["unnamed"]
    if word == "they" and any(
        parsed.lower[x] in unnamed and parsed.mention_at(x) is None for x in range(max(0, k - 6), k)
    ):
        return None  # "gave opponents time to build their case"
    if word == "they" and (whose := _of_the_clause(scene, k)) is not None:
        return whose.mentions[0] if whose.kind == "party" else None
    subject = noun_phrase(_as_pronoun(parsed, k, word), k, scene.memory, k) if word != "it" else None
    if word == "it":
        named = [m for m in reversed(before) if not m.person and not modifying(parsed, m)]
        if _behind_thing(parsed, k):
            return None  # "a drive to end the bank when its charter runs out"
        if len(named) > 1 and _told(parsed, named[0]):
            named = named[1:]  # "notified X of its withdrawal"
        acting_first = (
            next((m for m in named if acting(parsed, m)), None)
            if len(named) > 1 and _oblique(parsed, named[0])
            else None
        )
        found = acting_first or next(iter(named), None) or (None if _stranger(parsed, k) else scene.memory.singular)
        return replace(found, how="pronoun", start=k, end=k + 1) if found else None
    return subject.mentions[0] if subject and subject.kind == "party" else None


def _of_the_clause(scene: Scene, k: int) -> Subject | None:
    """`X said that ministers face trouble in their effort`: the subject of the clause that "their" at `k` stands in,
    where that is several."""
    parsed, lower = scene.parsed, scene.parsed.lower
    for x in range(k - 1, max(0, k - REACH), -1):
        if not (parsed.words[x].isalpha() and lower[x] not in parsed.lexicon.sets["clause_starts"] | RELATIVES):
            return None
        if lower[x - 1] == "to" or lower[x] == "to" or not (parsed.verb(x) is not None or parsed.auxiliary(x)):
            continue
        whose = subject_of(parsed, x, scene.memory)
        if whose.kind == "party":
            several = len(whose.mentions) > 1 or whose.mentions[0].plural or lower[whose.start - 1] == "and"
        else:
            several = whose.kind in ("other", "unnamed") and whose.name.endswith("s")
        return whose if several else None
    return None


def _oblique(parsed: Parsed, mention: Mention) -> bool:
    """Whether the name hangs on a preposition: "a quarrel with China over its deal"."""
    start = mention.start - (parsed.lower[mention.start - 1 : mention.start] == ["the"])
    return start > 0 and parsed.lower[start - 1] in ("with", "against", "from", "in", "on", "between")


def _behind_thing(parsed: Parsed, k: int) -> bool:
    """Whether "its" at `k` opens a clause of time or reason right behind a thing, whose it may be."""
    if k < 3 or parsed.lower[k - 1] not in OPENING:
        return False
    article = next((x for x in range(k - 3, max(-1, k - 5), -1) if parsed.lower[x] == "the"), -1)
    return article >= 0 and parsed.words[k - 2].islower() and parsed.words[k - 2].isalpha()


OPENING = frozenset(["when", "before", "after", "as", "until", "because", "once", "if", "while", "since"])


def _told(parsed: Parsed, mention: Mention) -> bool:
    """Whether someone is told something of whoever tells it: "informed X of its wish"."""
    start = mention.start - (parsed.lower[mention.start - 1 : mention.start] == ["the"])
    return start > 0 and parsed.lower[start - 1] in TELLING and parsed.lower[mention.end : mention.end + 1] == ["of"]


TELLING = frozenset(
    ["notified", "informed", "told", "assured", "warned", "reminded", "notify", "inform", "tell", "warn"]
)


def _stranger(parsed: Parsed, k: int) -> bool:
    """Whether something is named before `k` that is no party and no target: "the EU hopes to complete its deal"."""
    return any(
        (is_name(parsed, parsed.words[x]) or (parsed.words[x].isupper() and len(parsed.words[x]) > 1))
        and parsed.mention_at(x) is None
        and parsed.target_at(x) is None
        for x in range(1, k)
    )


def _as_pronoun(parsed: Parsed, k: int, word: str) -> Parsed:
    """The same sentence with the possessive read as its subject form."""
    sentence = replace(parsed.sentence, lower=[*parsed.lower[:k], word, *parsed.lower[k + 1 :]])
    return Parsed(sentence, parsed.lexicon, parsed.mentions, parsed.targets)
