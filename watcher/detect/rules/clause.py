"""The clause rule: a verb or predicate whose chain reaches the target, and whose position that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.deeds import done
from watcher.detect.finding import Finding, Reasons, Scene, as_first, first_mention, group_right, signed
from watcher.detect.path import as_subject, cue
from watcher.detect.phrases import finite
from watcher.detect.qualify import qualify
from watcher.detect.rules.deciding import deciding
from watcher.detect.rules.judgement import judgement
from watcher.detect.rules.nominal import nominal
from watcher.detect.verb_subjects import said_it, subject_of
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
    if path.void:
        reasons.append((path.target, "a denial that says nothing of the other side"))
        return
    if path.kind == "noun":
        yield from nominal(scene, path, reasons)
        return
    if path.judge:
        yield from judgement(scene, path)
        return
    if as_subject(parsed, path):
        return  # "scrapping it would be madness": what is said of the act counts
    if path.kind in ("verb", "action") and (span := _felt(parsed, path)) is not None:
        path.sign *= span[2]
        path.cues.insert(0, cue(parsed, span[0], span[1], span[2]))
    subject = subject_of(parsed, path.top, scene.memory)
    if parsed.lower[max(0, subject.start - 1) : subject.start] == ["which"] and subject.start > 1:
        before = parsed.lower[subject.start - 2]
        if before in ("under", "in"):
            return  # "the deal, under which X cut its stocks": what it is about
    if path.hypothetical or _no_sign(parsed, subject):
        reasons.append((path.target, "inside an if-clause or a question"))
        return
    mentions, how, rule = _holders(scene, subject, path, reasons)
    if (named := _named_behind(parsed, path.target.end, subject)) and path.kind != "action":
        mentions, how, rule = (*mentions, *named), how or "among them", rule or "clause"
    if rule == "clause":
        yield from _wished(scene, path, mentions)
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


def _no_sign(parsed: Parsed, subject: Subject) -> bool:
    """`there is no sign that X will sign it`."""
    k = subject.start
    return k > 2 and parsed.lower[k - 1] == "that" and parsed.lower[k - 3] == "no" and parsed.lower[k - 2] in SIGNS


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


def _named_behind(parsed: Parsed, end: int, subject: Subject) -> tuple[Mention, ...]:
    """`others voted against it, among them X and Y`, `charities that back it, X and Y,`: X and Y, examples of the
    subject."""
    lower = parsed.lower
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


WISHED = {"fear": -1, "worry": -1, "dread": -1, "hope": 1, "wish": 1}


def _felt(parsed: Parsed, path: Path) -> tuple[int, int, int] | None:
    """`it would be madness to scrap it`, `it makes no sense to sign`: the word of judgement and its sign."""
    lower, k = parsed.lower, path.top - 2
    if k < 2 or lower[k + 1] != "to" or "it" not in lower[max(0, k - 6) : k]:
        return None
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


def _broke_ranks(parsed: Parsed, verb: int) -> bool:
    """`three Greens broke ranks and voted for it`: their camp did not."""
    return parsed.lexicon.phrase("breaking_ranks", parsed.lower, 0, verb) is not None


def _holders(scene: Scene, subject: Subject, path: Path, reasons: Reasons) -> tuple[tuple[Mention, ...], str, str]:
    """Whose position the chain is, how known, and by which rule: the subject's, or the speaker's where the words
    demand or urge ("the bill must pass", "Congress should reject it")."""
    parsed = scene.parsed
    if owners := deciding(scene, path):
        return owners, "possessive", "clause"
    if (pressing := _pressing(scene, path)) is not None:
        if not pressing:
            reasons.append((path.target, "what others ask of it is not what it wants"))
        return pressing, "agent", "clause"
    source = scene.speaker(path.top)
    spoken = source.mentions if source and source.kind == "party" else ()
    if POLLS & set(parsed.lower) and any(mention.plural for mention in subject.mentions):
        reasons.append((path.target, "a poll"))
        return (), "", ""
    if subject.kind == "party":
        if _broke_ranks(parsed, path.top):
            reasons.append((path.target, f"some who broke ranks, not {subject.name}"))
            return (), "", ""
        others = {m.party for m in subject.mentions}
        if _obliged(scene, path) and subject.how != "first person":
            if spoken and not others & {m.party for m in spoken}:
                return spoken, f"speaker: {source.name if source else ''}", "content"
            if not spoken and _must(scene, path):
                reasons.append((path.target, f"what {subject.name} must do is not what it wants"))
                return (), "", ""
        return subject.mentions, subject.how, "clause"
    if subject.kind == "first":
        if spoken and source:
            return as_first(spoken), f"first person of {source.name}", "clause"
        reasons.append((path.target, "first person of an unknown speaker"))
        return (), "", ""
    if spoken and source:
        if _obliged(scene, path) or (
            subject.kind == "none" and (parsed.sentence.quoted[path.top] or not path.undecided)
        ):
            return spoken, f"speaker: {source.name}", "content"
        if subject.how == "it" and subject.start and said_it(scene.parsed, subject.start):
            return spoken, f"it for {source.name}", "clause"
        if _own_group(scene, subject, path):
            return spoken, f"{subject.name} for {source.name}", "clause"
        reasons.append((path.target, f"said of {subject.name or 'someone else'}, not of the speaker"))
        return (), "", ""
    reasons.append((path.target, f"its subject is {subject.name or subject.kind}"))
    return (), "", ""


POLLS = frozenset(["poll", "polls", "survey", "surveys", "pollsters", "surveyed", "respondents"])
"""In them a camp's name stands for its voters."""

ASKING = frozenset(
    [
        "urge",
        "ask",
        "press",
        "push",
        "pressure",
        "encourage",
        "advise",
        "call on",
        "lobby",
        "implore",
        "beg",
        "invite",
        "allow",
        "permit",
        "enable",
        "authorize",
        "authorise",
    ]
)


def _pressing(scene: Scene, path: Path) -> tuple[Mention, ...] | None:
    """`is under pressure from X to sign`, `was urged by X to sign`: X, who wants it; None if nobody is pressed."""
    parsed, lower, top = scene.parsed, scene.parsed.lower, path.top
    clause = range(max(0, top - 9), top - 1) if lower[top - 1 : top] == ["to"] else ()
    after = next((x + 2 for x in clause if lower[x : x + 2] == ["under", "pressure"]), -1)
    if after > 0 and "," in lower[after:top]:
        return None
    end = top
    if after < 0:
        entry = path.verbs[-1] if path.verbs else None
        if entry is None or entry.lemma not in ASKING or entry.form != "past" or "to" not in lower[top:][:12]:
            return None
        if not {"is", "are", "was", "were", "been", "being"} & set(lower[max(0, top - 3) : top]):
            return None
        after, end = top + 1, path.target.start + 1
    by = next((x for x in range(after, min(after + 2, len(lower))) if lower[x] in ("from", "by")), -1)
    mention = first_mention(parsed, by + 1, min(by + 6, end)) if by > 0 else None
    return tuple(group_right(parsed, mention)) if mention else ()


def _own_group(scene: Scene, subject: Subject, path: Path) -> bool:
    """`Smith said his country would ...`, `the ministry said the government would ...`: the speaker's own side."""
    parsed = scene.parsed
    lower, k = parsed.lower, subject.start
    if k >= 1 and lower[k - 1] in ("this", "our", "my") and lower[k] in parsed.lexicon.proposals:
        return True
    if k < 1 or lower[k] not in parsed.lexicon.sets["groups"]:
        return False
    first = parsed.back_over(k - 1, lambda x: k - x < 4 and lower[x] not in DETERMINED and parsed.words[x].islower())
    if first < 0 or k - first > 3:
        return False
    return lower[first] in ("his", "her", "its", "their", "our", "my") or (lower[first] == "the" and lower[k] in SIDES)


DETERMINED = frozenset(["the", "his", "her", "its", "their", "our", "my", "a", "an", "any", "every", "no"])
SIDES = frozenset(["government", "administration", "party", "company", "union", "group", "ministry", "federation"]) | (
    frozenset(["organization", "organisation", "association", "agency", "council", "board", "campaign", "bloc", "side"])
)
"""With "the" before them they are the speaker's own side."""


def _must(scene: Scene, path: Path) -> bool:
    """Whether "must" or "should" stands before the chain's verb, or "ruled that X cannot"."""
    near = set(scene.parsed.lower[max(0, path.top - 4) : path.top])
    attribution = speaker_at(scene.attributions, path.top)
    teller = scene.parsed.saying(attribution.cue) if attribution and attribution.cue >= 0 else None
    ruled = teller is not None and teller.lemma == "rule"
    return bool({"must", "should", "ought"} & near) or (ruled and not near.isdisjoint(["cannot", "can't"]))


def _obliged(scene: Scene, path: Path) -> bool:
    """Whether the chain's verb stands under "must", "should", "needs to", "let's" or a verb of demanding."""
    parsed = scene.parsed
    attribution = speaker_at(scene.attributions, path.top)
    if attribution and attribution.cue >= 0:
        entry = parsed.saying(attribution.cue)
        own = parsed.verb(path.top)
        base = own is not None and parsed.lower[path.top] == own[0].lemma.split()[0]
        if base and entry and entry.lemma in parsed.lexicon.sets["demanding"] and parsed.lower[path.top - 1] != "to":
            modal = {"would", "will", "could", "can", "may", "might"} & set(parsed.lower[attribution.cue : path.top])
            if not modal:
                return True
    lo = max(0, path.top - 6)
    return parsed.lexicon.phrase("obligation", parsed.lower, lo, path.top) is not None
