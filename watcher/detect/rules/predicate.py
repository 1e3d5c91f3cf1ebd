"""What a speaker says the target is: `a disaster`, `must be rejected`, `in our interest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.attribution import Source
from watcher.detect.finding import Finding, Scene, signed
from watcher.detect.governors import weightless
from watcher.detect.links import carried
from watcher.detect.marks import QUOTES
from watcher.detect.path import Path, as_subject, cue
from watcher.detect.rules.judging import said, told_by
from watcher.detect.rules.rebuttals import REBUTTING, rebutting
from watcher.detect.rules.terms import carrying, conceded
from watcher.detect.verb_subjects import said_it, subject_of
from watcher.domain.statement import Cue, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target

ASIDES = frozenset(["if", "how", "whether"])
WAYS = frozenset(["until", "unless", "without"])
ABLE = frozenset(["can", "could"])
WAY = 8
"""Words between what is refused and its condition."""


def predicate(scene: Scene, target: Target, path: Path) -> Iterator[Finding]:
    """What a speaker says the target is: `a disaster`, `must be rejected`, `in our interest`."""
    parsed = scene.parsed
    if parsed.words[-1] == "?" or parsed.lower[max(0, target.start - 1) : target.start] == ["should"]:
        return  # "should it go into effect"
    if bad := list(_how_good(scene, target)):
        yield from bad
        return
    if _aside(parsed, target) and not path.kind:
        return
    if any(parsed.lower[x : x + 2] in PROVIDED for x in range(max(0, target.start - 4), target.start)):
        return  # "keen on it provided that it was workable"
    label, act = labelling(parsed, target, target.start), False
    if label < 0 and path.kind in ("noun", "verb", "adjective") and not path.void:
        label = labelling(parsed, target, path.top)
        act = label >= 0
    source = _judge(scene, target, label)
    if source is None:
        return
    demanded = told_by(scene, target) in parsed.lexicon.sets["demanding"]
    if span := carrying(parsed, target, demanded=demanded) or conceded(parsed, target):
        marks = [cue(parsed, *span, 0)]
        for mention in source.mentions:
            how = f"speaker: {source.name}"
            at = target.start
            yield Finding(mention, Stance.CONDITIONAL, "terms", at, target, marks, how=how, condition=span[1])
        return
    if parsed.lower[target.end : target.end + 3] in MISSED:
        return  # "should have been cheaper"
    behind = parsed.lower[target.end : target.end + 2]
    if behind[:1] == ["'s"] and behind[-1] in OF_WHOM:
        return  # "the bill's sponsors needed him"
    score, cues = said(scene, target, source, labelled=label >= 0)
    score = -score if source.how == REBUTTING else score
    if cues and parsed.lower[target.start] in ("it", "that") and _elsewhere(parsed, cues):
        return
    if people := _people(parsed, target):
        score *= people  # "the critics of the pact are wrong"
    elif act or as_subject(parsed, path) or _doer(parsed, path):
        score *= path.sign * target.sign * (-1 if parsed.lower[path.top].startswith("fail") else 1)
    elif any(c.start >= parsed.sentence.ends[target.end - 1] for c in cues):
        score *= carried(parsed, path) * target.sign
    if not score:
        return
    stance = Stance.SUPPORT if score * target.sign > 0 else Stance.OPPOSE
    way = _way_to_yes(parsed, cues) if stance is Stance.OPPOSE else -1
    way = _without(parsed, target) if way < 0 and stance is Stance.OPPOSE else way
    for mention in source.mentions:
        finding = Finding(mention, stance, "predicate", target.start, target, cues, how=f"speaker: {source.name}")
        if stance is Stance.SUPPORT and (only := _only_if(parsed, cues)) >= 0:
            finding.stance, finding.condition = Stance.CONDITIONAL, only
        if way >= 0:
            finding.stance, finding.condition = Stance.CONDITIONAL, way
        yield finding


def _aside(parsed: Parsed, target: Target) -> bool:
    """`chaos if the pact fails`, `a view on how it worked`; `questioned whether it was legal` tells of the pact."""
    at = next((x for x in range(max(0, target.start - 2), target.start) if parsed.lower[x] in ASIDES), -1)
    teller = parsed.saying(at - 1) if at > 0 and parsed.lower[at] == "whether" else None
    return at >= 0 and not (teller is not None and teller.lemma in ("question", "doubt"))


def _how_good(scene: Scene, target: Target) -> Iterator[Finding]:
    """`members would see how bad the pact was, X said`: X takes for granted that it is."""
    parsed, lexicon = scene.parsed, scene.parsed.lexicon
    k = target.start - 1 - (parsed.lower[target.start - 1] in ("the", "this", "a"))
    value = (parsed.lower[k] in lexicon.good) - (parsed.lower[k] in lexicon.bad) if k > 0 else 0
    behind = parsed.lower[target.end : target.end + 1]
    if not value or parsed.lower[k - 1] != "how" or not behind or behind[0] not in lexicon.sets["copulas"]:
        return
    told = (a.source for a in scene.attributions if a.covers(target.start) and a.source.kind == "party")
    source = next(told, None)
    for mention in source.mentions if source is not None else ():
        marks = [cue(parsed, k - 1, k + 1, value)]
        how = f"speaker: {source.name}" if source else ""
        yield Finding(mention, signed(value * target.sign), "predicate", target.start, target, marks, how=how)


def _doer(parsed: Parsed, path: Path) -> bool:
    """`anyone who blocked it would be a fool`: whether what is said is of who does it."""
    if path.kind != "verb":
        return False
    k = parsed.back_over(path.top - 1, parsed.light)
    end = min(path.target.end, len(parsed) - 1)
    acts = parsed.auxiliary(end) or parsed.verb(end) is not None
    return k > 0 and parsed.lower[k] == "who" and acts


def _people(parsed: Parsed, target: Target) -> int:
    """The sign of those that what is said is said of: -1 of "the opponents of the pact", 0 where it is the pact."""
    of = target.start - 1 - (parsed.lower[target.start - 1] in ("the", "this"))
    noun = parsed.lower[of - 1] if of > 0 and parsed.lower[of] in ("of", "to") else ""
    plural = noun.endswith("s") and noun in parsed.lexicon.sets["holders"]
    return parsed.lexicon.nouns.get(noun, 0) if plural else 0


PROVIDED = (
    ["provided", "that"],
    ["provided", "it"],
    ["providing", "that"],
    ["as", "long"],
    ["so", "long"],
    ["only", "if"],
)
"""Before it they tell what it would have to be."""
MISSED = (["should", "have", "been"], ["could", "have", "been"], ["might", "have", "been"])
"""Behind it they tell what it is not."""
OF_WHOM = frozenset(["sponsors", "authors", "supporters", "backers", "opponents", "critics"])
"""Behind "the bill's" they tell of people, not of it."""
DAYS = frozenset(["day", "night", "week", "morning", "moment", "hour"])
CLAUSES = frozenset(["for", "to", "that", "if", "when"])


def _elsewhere(parsed: Parsed, cues: list[Cue]) -> bool:
    """`called it reckless to gamble`, `called it a great day`: the judgement is about a clause, or about the day."""
    last = next((x for x in range(len(parsed)) if parsed.sentence.ends[x] >= cues[-1].end), len(parsed))
    x = last + 1
    while x < len(parsed) and parsed.words[x] in QUOTES:
        x += 1
    following = parsed.lower[x] if x < len(parsed) else ""
    named = parsed.target_at(x + 1) or parsed.target_at(x + 2)
    if following in ("on", "over", "about") and named is not None and named.full:
        return True  # "called it a flip-flop on the tax"
    if following == "one":
        return True  # "It is a disappointing one to use": the argument just told
    if following == "for" and cues[-1].sign < 0 and cues[-1].text.lower().split()[-1] in DAYS:
        return True  # "called it a sad day for the house": what was done there
    if following in ("to", "for"):  # "reckless to gamble", not "a gift to the rich"
        behind = range(x, x + 12) if following == "for" else (x,)
        to = next((y for y in behind if parsed.lower[y : y + 1] == ["to"]), len(parsed))
        return cues[-1].sign < 0 and any(parsed.lexicon.verbs.get(word) for word in parsed.lower[to + 1 : to + 2])
    return following in DAYS or (following in CLAUSES and cues[-1].sign < 0)


def _judge(scene: Scene, target: Target, label: int) -> Source | None:
    """The party whose judgement it is: the speaker, the subject of the verb at `label` that calls it by a name, or
    whose view the sentence opens with."""
    parsed = scene.parsed
    source = scene.speaker(target.start)
    if source is None and label >= 0:
        subject = subject_of(parsed, label, scene.memory)
        if subject.kind == "party":
            source = Source("party", subject.name, subject.mentions, subject.how)
    source = rebutting(scene, target) or source or _opening(parsed)
    if source is None or source.kind != "party":
        return None
    itself = parsed.lower[target.start] == "it" and said_it(parsed, target.start)
    if itself and not any(mention.person or mention.plural for mention in source.mentions):
        return None  # "the company said it would fight on": it speaks of itself
    return source


def _way_to_yes(parsed: Parsed, cues: list[Cue]) -> int:
    """`should not be signed until tolls fall`: where the condition of what is refused starts; -1 if there is none."""
    ends, places = parsed.sentence.ends, range(len(parsed))
    if cues[-1].text.lower().startswith(("there will", "there would")):
        found = next((x for x in places if parsed.lower[x] in WAYS), -1)
        return found + 1 if found >= 0 else -1  # "without lower fees there would be no deal"
    last = next((x for x in places if ends[x] == cues[-1].end), -1)
    refused = last >= 0 and any(parsed.negated(x) for x in range(max(0, last - 4), last + 1))
    if not refused and parsed.lower[last] != "impossible":
        return -1
    able = parsed.lower[last] == "impossible" or not ABLE.isdisjoint(parsed.lower[max(0, last - 4) : last])
    ways = WAYS if able else WAYS - {"without"}
    found = next((x for x in places[last + 1 :] if parsed.lower[x] in ways), -1)
    return found + 1 if 0 < found < len(parsed) - 2 and found - last < WAY else -1


def _without(parsed: Parsed, target: Target) -> int:
    """`without guarantees the pact would be a disaster`: where starts what it takes, before the target; else -1."""
    before = parsed.lower[max(0, target.start - WITHOUT) : target.start]
    if "without" not in before or "would" not in parsed.lower[target.end : target.end + 3]:
        return -1
    at = target.start - len(before) + before.index("without")
    opens = at == 0 or parsed.lower[at - 1] == "that" or parsed.words[at - 1] in QUOTES
    return at + 1 if opens and not any(parsed.target_at(x) for x in range(at, target.start)) else -1


WITHOUT = 14
"""Words between "without" and the target."""


def _only_if(parsed: Parsed, cues: list[Cue]) -> int:
    """`acceptable only with changes`: where what it takes starts; -1 if nothing does."""
    last = next((x for x in range(len(parsed)) if parsed.sentence.ends[x] >= cues[-1].end), len(parsed))
    for x in range(last + 1, min(len(parsed) - 2, last + 3)):
        if parsed.lower[x] == "only" and parsed.lower[x + 1] in ("with", "if", "once", "after", "when"):
            return x + 2
    return -1


def _opening(parsed: Parsed) -> Source | None:
    """`For X, the pact is a betrayal`, `in X's view it is a gift`: whose view the sentence opens with."""
    opener = parsed.lower[0]
    if opener not in ("for", "to", "in"):
        return None
    mention = next((m for m in parsed.mentions if m.start <= 3 and m.actor), None)
    if mention is None:
        return None
    behind = parsed.lower[mention.end : mention.end + 2]
    viewed = opener == "in" and behind[:1] in (["'s"], ["'"]) and behind[-1] in VIEWS
    told = opener != "in" and behind[:1] == [","]
    told = told or (opener == "for" and behind[:1] in (["the"], ["this"], ["that"], ["it"]))
    return Source("party", mention.name, (mention,), "for X") if viewed or told else None


VIEWS = frozenset(["view", "views", "eyes", "words", "opinion", "judgment", "judgement", "estimation", "reading"])


def labelling(parsed: Parsed, target: Target, start: int) -> int:
    """The verb that calls the target by a name: "branded the pact a gift", "found it wanting"; -1 if none does.

    What is named begins at `start`: the target, or what is done about it ("called the vote against it a disgrace").
    """
    k = parsed.back_over(
        start - 1, lambda x: weightless(parsed, x) and (parsed.lower[x] != "called" or parsed.sentence.glued[x])
    )
    owner = parsed.mention_at(k) if k > 0 and parsed.lower[k + 1] == "'s" else None
    if owner is not None:  # "calls X's withdrawal from it a flip-flop"
        k = parsed.back_over(owner.start - 1, lambda x: weightless(parsed, x))
    hit = parsed.verb(k) if k >= 0 else None
    if hit is None or "label" not in hit[0].kinds or parsed.words[target.end : target.end + 1] in ([","], ["."]):
        return -1
    return k
