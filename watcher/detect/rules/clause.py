"""The clause rule: a verb or predicate whose chain reaches the target, and whose position that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.deeds import done
from watcher.detect.finding import Finding, Reasons, Scene, first_mention, group_right, signed
from watcher.detect.holding import neither
from watcher.detect.leftwards import before_time
from watcher.detect.naming import finite
from watcher.detect.papers import PAPERS
from watcher.detect.path import as_subject, cue
from watcher.detect.qualify import qualify
from watcher.detect.reluctance import finds_hard
from watcher.detect.rules.attitudes import looked_back_on, needed, no_reason
from watcher.detect.rules.deciding import undertaken
from watcher.detect.rules.holders import holders
from watcher.detect.rules.judgement import judged_doing, judgement
from watcher.detect.rules.nominal import nominal
from watcher.detect.rules.put_to import put_to, told_behind
from watcher.detect.thought import denied, felt_to_see, ruled_out
from watcher.detect.verb_subjects import subject_of
from watcher.detect.voice import speaker_at
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.subject import Subject


def governed(scene: Scene, path: Path, reasons: Reasons) -> Iterator[Finding]:
    """Findings for a target that words to its left govern."""
    if not path.kind:
        return
    parsed = scene.parsed
    if as_subject(parsed, path):
        reasons.append((path.target, "something is said of what would be done to it"))
        return
    if found := list(needed(scene, path)):
        yield from found
        return
    if path.void and _kept_open(parsed, path):
        path.void, path.conditional, path.negated = False, True, 0
    if path.void:
        reasons.append((path.target, "a denial that says nothing of the other side"))
        return
    if (that := told_behind(parsed, path)) > 0:
        yield from put_to(scene, path, that)
        return
    top = path.top
    if parsed.lower[top - 1] == "nor" and neither(parsed, max(0, top - 4), top + 2) is not None:
        return  # "neither endorsed nor rejected it"
    if path.kind == "noun":
        yield from nominal(scene, path, reasons)
        return
    if path.judge:
        yield from judgement(scene, path)
        return
    if found := list(judged_doing(scene, path)):
        yield from found
        return
    if reasonless := list(no_reason(scene, path)):
        yield from reasonless
        return
    if _anothers(parsed, path):
        reasons.append((path.target, "whose decision it is, is not told"))
        return
    if as_subject(parsed, path):
        return  # "scrapping it would be madness": what is said of the act counts
    if path.kind in ("verb", "action") and (span := _felt(parsed, path)) is not None:
        path.sign *= span[2]
        path.cues.insert(0, cue(parsed, span[0], span[1], span[2]))
    if (hard := finds_hard(parsed, path)) is not None:
        path.sign, path.negated = -path.sign, path.negated + 1
        path.cues.insert(0, cue(parsed, *hard, -1))
    subject = subject_of(parsed, path.top, scene.memory)
    case = ruled_out(parsed, subject.start if 0 <= subject.start < path.top else path.top)
    if case is None and parsed.lower[max(0, subject.start - 1) : subject.start] == ["which"] and subject.start > 1:
        before = parsed.lower[subject.start - 2]
        if before in ("under", "in"):
            return  # "the deal, under which X cut its stocks": what it is about
    thought = denied(parsed, subject.start if 0 <= subject.start < path.top else path.top)
    if thought is not None and thought.open:
        reasons.append((path.target, "what one is not sure of"))
        return
    if thought is not None and parsed.lower[path.top - 2 : path.top] in (["have", "to"], ["need", "to"]):
        reasons.append((path.target, "what one need not do is not what one is against"))
        return
    if thought is not None:  # "I don't think we should sign it"
        path.sign, path.negated = -path.sign, path.negated + 1
        path.cues.insert(0, cue(parsed, thought.start, thought.end, -1))
    if case is not None:
        path.sign, path.negated = -path.sign, path.negated + 1
        path.cues.insert(0, cue(parsed, *case, -1))
    if path.verbs and path.verbs[0].lemma == "regret" and "if" in parsed.lower[: path.top]:
        reasons.append((path.target, "what one would regret"))
        return  # "if we don't sign, we'll regret it"
    if path.verbs and path.verbs[-1].lemma == "see" and (fear := felt_to_see(parsed, path.top)) is not None:
        path.sign = -path.sign  # "sad to see it pass"
        path.cues.insert(0, cue(parsed, fear.at, fear.at + 1, fear.sign))
    yield from looked_back_on(scene, subject, path)
    if path.hypothetical or _no_sign(parsed, subject):
        reasons.append((path.target, "inside an if-clause or a question"))
        return
    if subject.kind != "first" and _constrained(parsed, path):
        reasons.append((path.target, "what it had to give up is not what it opposes"))
        return
    if subject.kind == "party" and _accused(parsed, subject.start, path.top):
        reasons.append((path.target, "what another is accused of"))
        return
    mentions, how, rule = holders(scene, subject, path, reasons)
    if len({m.party for m in mentions}) > 1 and path.undecided and _apart(parsed, path):
        reasons.append((path.target, "divided from each other"))
        return
    if (named := _named_behind(parsed, path.target.end, subject)) and path.kind != "action":
        mentions, how, rule = (*mentions, *named), how or "among them", rule or "clause"
    wished = list(_wished(scene, path, mentions)) if rule == "clause" or not mentions else []
    yield from wished
    if rule == "clause":
        yield from _won_over(scene, path)
    for mention in mentions:
        finding = Finding(mention, signed(path.sign), rule, path.top, path.target, list(path.cues), how=how)
        if subject.negated and rule == "clause":
            finding.stance = signed(-path.sign)
            if path.verbs and path.verbs[-1].lemma in ("endorse", "commit to"):
                finding.stance = Stance.UNDECIDED  # "neither X nor Y has endorsed it"
        finding.deed = rule == "clause" and not path.negated and done(parsed, path)
        qualify(parsed, finding, path)
        finding.divided = mention.plural and _dissent(scene, max(path.target.end, mention.end))
        yield finding


def _kept_open(parsed: Parsed, path: Path) -> bool:
    """`has not ruled out signing it if wages rise`: alone it says little, with a condition it is a way to yes."""
    denied = path.negated > 0 and any(entry.lemma == "rule out" for entry in path.verbs)
    behind = parsed.lower[path.target.end : path.target.end + 2]
    return denied and path.sign > 0 and (behind[:1] in (["if"], ["provided"], ["once"]) or behind in AS_LONG_AS)


AS_LONG_AS = (["as", "long"], ["so", "long"], ["on", "condition"])


def _accused(parsed: Parsed, lo: int, top: int) -> bool:
    """`accused X of hiding its cost in order to push it through`: whether the verb at `top`, an infinitive, is behind
    what another is accused of."""
    if parsed.lower[top - 1] != "to":
        return False
    accusing = next((x for x in range(max(lo, 0), top) if parsed.lower[x].startswith("accus")), top)
    doing = range(accusing, top - 2)
    if any(parsed.saying(x) is not None for x in range(accusing + 1, top)):
        return False
    return any(parsed.lower[x] == "of" and any(w.endswith("ing") for w in parsed.lower[x + 1 : x + 4]) for x in doing)


def _apart(parsed: Parsed, path: Path) -> bool:
    """`X and Y are divided over it`: each has a side."""
    return any(entry.lemma.split()[0] in parsed.lexicon.sets["dividing"] for entry in path.verbs)


def _anothers(parsed: Parsed, path: Path) -> bool:
    """`was surprised by the decision to sign it`: an infinitive that hangs on a noun, which no verb governs."""
    k = parsed.back_over(path.top - 1, parsed.light)
    at = before_time(parsed, k) if k > 0 else k
    named = parsed.target_at(at) if at > 0 and "to" in parsed.lower[k + 1 : path.top] else None
    if named is not None and named.end <= path.target.start and parsed.lower[at] in PAPERS:
        return True  # "kept it from taking up a resolution to end the aid": the resolution is read by itself
    paper = parsed.lower[k] in parsed.lexicon.instruments or parsed.lower[k] in BARGAINS
    known = k > 1 and (undertaken(parsed, k) or paper or parsed.lower[k] in PRESSURE)
    if not known or "to" not in parsed.lower[k + 1 : path.top]:
        return False
    if parsed.lower[k] in PRESSURE:
        carried = (parsed.verb(x) for x in range(k - 1, max(-1, k - 5), -1))
        return not any(hit and hit[0].lemma.split()[0] in EXERTING for hit in carried)
    if parsed.lower[k - 1] in ("'s", "'") and parsed.mention_at(k - 2) is None:
        return True  # "took the government's decision to sign it to court"
    before = parsed.back_over(
        k - 1, lambda x: parsed.lower[x] in ("the", "a", "an", "this", "that") or parsed.adverb(x)
    )
    return parsed.lower[before] in HANGING and before > 0 and parsed.lower[before + 1] in ("the", "a", "this", "that")


BARGAINS = frozenset(["deal", "agreement", "pact", "talks", "negotiations"])
"""Behind "talks over a deal to sign it" it is not told who wants to."""

PRESSURE = frozenset(["pressure", "temptation", "urging"])
EXERTING = frozenset(["put", "increase", "step", "pile", "raise", "exert", "apply", "ramp", "keep", "mount", "heap"])
"""Who does this to the pressure wants what it is for: "faces pressure to sign it" tells nothing of who faces it."""

HANGING = frozenset(["at", "by", "over", "about", "with", "after", "amid", "of", "to", "from", "following", "despite"])
"""Prepositions before "the decision to sign it", which is another's."""


def _constrained(parsed: Parsed, path: Path) -> bool:
    """`had to withdraw it`: who gives up what it wanted need not be against it."""
    given_up = path.verbs and path.verbs[0].lemma in GIVING_UP and path.sign * path.target.sign < 0
    to = parsed.back_over(path.top - 1, parsed.adverb)
    return bool(given_up) and to > 0 and parsed.lower[to - 1 : to + 1] == ["had", "to"]


GIVING_UP = frozenset(
    ["withdraw", "give up", "drop", "shelve", "postpone", "put off", "suspend", "abandon", "delay", "cancel", "pull"]
) | frozenset(["scrap", "call off", "halt", "freeze", "ditch", "pause", "defer", "back away from", "retreat from"])


def _no_sign(parsed: Parsed, subject: Subject) -> bool:
    """`there is no sign that X will sign it`."""
    k = subject.start
    meant = {"mean", "means", "imply", "suggest"} & set(parsed.lower[max(0, k - 3) : k])
    if meant and any(parsed.negated(x) for x in range(max(0, k - 6), k)):
        return True  # "does not mean that X will sign it"
    told = k > 2 and parsed.lower[k - 1] == "that"
    if told and parsed.lower[k - 2] in ASSURANCES and not WANTING.isdisjoint(parsed.lower[max(0, k - 6) : k - 2]):
        return True  # "want a commitment that X will sign it"
    return told and parsed.lower[k - 3] == "no" and parsed.lower[k - 2] in SIGNS


ASSURANCES = frozenset(
    ["commitment", "assurance", "assurances", "guarantee", "guarantees", "promise", "pledge", "word"]
)
WANTING = frozenset(
    ["want", "wants", "wanted", "seek", "seeks", "sought", "demand", "demands", "demanded", "need", "needs"]
)
WANTING |= {"ask", "asked", "without", "awaiting", "get", "no"}

SIGNS = frozenset(["sign", "indication", "evidence", "hint", "guarantee", "assurance", "suggestion", "chance"])


def _wished(scene: Scene, path: Path, others: tuple[Mention, ...]) -> Iterator[Finding]:
    """`X fears that Y will leave it`, `X hopes Y signs it`: X, who is for or against what Y would do."""
    attribution = speaker_at(scene.attributions, path.top)
    if attribution is None or attribution.cue < 0 or attribution.source.kind != "party":
        return
    teller = scene.parsed.saying(attribution.cue)
    sign = WISHED.get(teller.lemma, 0) if teller else 0
    parties = {mention.party for mention in others}
    for mention in attribution.source.mentions if sign else ():
        if mention.party not in parties:
            marks = [cue(scene.parsed, attribution.cue, attribution.cue + 1, sign), *path.cues]
            how = attribution.source.how
            yield Finding(mention, signed(sign * path.sign), "judgement", attribution.cue, path.target, marks, how=how)


def _won_over(scene: Scene, path: Path) -> Iterator[Finding]:
    """`X persuaded Y to sign it`: Y, who was won over."""
    parsed, entry = scene.parsed, path.verbs[-1] if path.verbs else None
    if entry is None or entry.lemma not in WINNING_OVER or entry.form != "past" or path.negated or path.hypothetical:
        return
    if parsed.lower[path.top - 1 : path.top] in (["be"], ["was"], ["were"], ["been"]):
        return
    mention = first_mention(parsed, path.top + 1, min(path.top + 5, path.target.start + 1))
    if mention is not None and parsed.lower[mention.end : mention.end + 1] == ["to"]:
        marks = [cue(parsed, path.top, path.top + 1, 1), *path.cues[1:]]
        yield Finding(mention, signed(path.sign), "clause", path.top, path.target, marks, how="won over")


WINNING_OVER = frozenset(["persuade", "convince", "get", "talk into", "lead", "prompt"])


def _named_behind(parsed: Parsed, end: int, subject: Subject) -> tuple[Mention, ...]:
    """`others voted against it, among them X and Y`, `charities that back it, X and Y,`: X and Y, examples of the
    subject."""
    lower = parsed.lower
    if lower[end : end + 1] and lower[end] in INCLUDING and subject.kind in ("other", "unnamed", "none"):
        mention = first_mention(parsed, end + 1, end + 4)
        return tuple(group_right(parsed, mention)) if mention and THOSE & set(lower[max(0, end - 10) : end]) else ()
    if subject.kind in ("other", "unnamed", "named") and (too := _alongside(parsed, end)):
        return too
    comma = next((x for x in range(end, min(len(parsed), end + 4)) if parsed.words[x] == ","), -1)
    if comma < 0 or subject.kind not in ("other", "unnamed", "party"):
        return ()
    listed = lower[comma + 1 : comma + 3] == ["among", "them"] or lower[comma + 1 : comma + 2] == ["including"]
    if not listed and (comma != end or subject.kind == "party" or not subject.how.endswith("noun")):
        return ()
    mention = first_mention(parsed, comma + 1, comma + (10 if listed else 2))
    if mention is None:
        return ()
    group = group_right(parsed, mention)
    return () if not listed and finite(parsed, group[-1].end) else tuple(group)


def _alongside(parsed: Parsed, end: int) -> tuple[Mention, ...]:
    """`ten rebels voted against it, together with X`, `... alongside X and Y`: X and Y, who did the same."""
    for x in range(end, min(len(parsed) - 1, end + 4)):
        words = next((w for w in TOGETHER if parsed.lower[x : x + len(w)] == w), None)
        if words is None:
            continue
        start = x + len(words)
        mention = first_mention(parsed, start, start + 3)
        owner = mention is not None and parsed.lower[mention.end : mention.end + 1] in (["'s"], ["'"])
        return tuple(group_right(parsed, mention)) if mention is not None and not owner else ()
    return ()


TOGETHER = (["together", "with"], ["along", "with"], ["alongside"], ["joined", "by"], ["as", "did"])

INCLUDING = frozenset(["include", "includes", "included", "is", "are", "was", "were"])
THOSE = frozenset(["those", "among", "groups", "countries", "lawmakers", "states", "politicians", "organisations"])
"""`Those opposing it include X`, `among those backing it is X`."""

WISHED = {"fear": -1, "worry": -1, "dread": -1, "hope": 1, "wish": 1, "be confident": 1, "be optimistic": 1} | {
    "trust": 1,
    "be worried": -1,
    "be concerned": -1,
}


def _felt(parsed: Parsed, path: Path) -> tuple[int, int, int] | None:
    """`it would be madness to scrap it`, `it makes no sense to sign`: the word of judgement and its sign."""
    lower, k = parsed.lower, path.top - 2
    if k < 2 or lower[k + 1] != "to" or "it" not in lower[max(0, k - 6) : k]:
        return None
    if lower[k] in ("is", "was", "would", "be") and "how" in lower[max(0, k - 4) : k]:
        k = lower.index("how", max(0, k - 4)) + 1  # "how urgent it is to sign it"
    for kind, sign in (("bad_phrases", -1), ("good_phrases", 1)):
        span = parsed.lexicon.phrase(kind, lower, max(0, k - 3), k + 1)
        if span and span[1] == k + 1:
            return *span, sign
    value = (lower[k] in parsed.lexicon.good) - (lower[k] in parsed.lexicon.bad)
    if value and any(parsed.negated(x) for x in range(max(0, k - 4), k)):
        value = -value
    return (k, k + 1, value) if value else None


def _dissent(scene: Scene, lo: int) -> bool:
    """`..., though a handful object`: some of a camp stand apart from the rest."""
    sets, lower = scene.parsed.lexicon.sets, scene.parsed.lower
    for i in range(lo, len(lower) - 1):
        if lower[i] in sets["contrast"]:
            k = i + 1 + (lower[i + 1] in ("a", "the"))
            return k < len(lower) and lower[k] in sets["minority"]
    return False
