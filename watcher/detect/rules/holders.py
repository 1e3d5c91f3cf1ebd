"""Whose position a chain is: its subject's, the speaker's where the words demand, or theirs who press the subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.fates import PASSIVE
from watcher.detect.finding import Reasons, Scene, as_first, first_mention, group_right
from watcher.detect.naming import phrase_start
from watcher.detect.rules.deciding import deciding
from watcher.detect.verb_subjects import said_it
from watcher.detect.verbal import VITAL
from watcher.detect.voice import speaker_at

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.subject import Subject


def holders(scene: Scene, subject: Subject, path: Path, reasons: Reasons) -> tuple[tuple[Mention, ...], str, str]:
    """Whose position the chain is, how known, and by which rule: the subject's, or the speaker's where the words
    demand or urge ("the bill must pass", "Congress should reject it")."""
    parsed = scene.parsed
    if owners := deciding(scene, path):
        return owners, "possessive", "clause"
    if (teller := _told_by(parsed, path.top)) is not None:
        return tuple(group_right(parsed, teller)), "agent", "content"
    if (pressing := _pressing(scene, path)) is not None:
        if not pressing:
            reasons.append((path.target, "what others ask of it is not what it wants"))
        return pressing, "agent", "clause"
    if organisers := organised_by(parsed, path.top):
        return tuple(organisers), "agent", "clause"
    if (filing := _filing(parsed, path)) is not None:
        return tuple(group_right(parsed, filing)), "agent", "clause"
    source = scene.speaker(path.top)
    spoken = source.mentions if source and source.kind == "party" else ()
    if not POLLS.isdisjoint(parsed.vocabulary) and any(mention.plural for mention in subject.mentions):
        reasons.append((path.target, "a poll"))
        return (), "", ""
    if subject.kind == "party" and spoken and _third_person(scene, subject, path):
        reasons.append((path.target, f"whom the speaker means by {subject.name} is not told"))
        return (), "", ""
    if subject.kind == "party":
        if _broke_ranks(parsed, path.top) and not all(mention.person for mention in subject.mentions):
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
        if _merely_possible(parsed, path.top):
            reasons.append((path.target, "what one may do is not what the speaker does"))
            return (), "", ""
        if path.negated and parsed.lower[path.top : path.top + 2] in LET_ME:
            return as_first(spoken), f"first person of {source.name}", "clause"
        if parsed.lower[path.top + 1 : path.top + 2] and parsed.lower[path.top + 1] in OBJECTS:
            reasons.append((path.target, "what others ask of the speaker"))
            return (), "", ""
        if _obliged(scene, path) or (
            subject.kind == "none" and (parsed.sentence.quoted[path.top] or not path.undecided)
        ):
            return spoken, f"speaker: {source.name}", "content"
        if _promised(scene, path):
            return spoken, f"speaker: {source.name}", "content"
        if subject.how == "it" and subject.start and said_it(scene.parsed, subject.start):
            return spoken, f"it for {source.name}", "clause"
        if _own_group(scene, subject, path):
            return spoken, f"{subject.name} for {source.name}", "clause"
        reasons.append((path.target, f"said of {subject.name or 'someone else'}, not of the speaker"))
        return (), "", ""
    reasons.append((path.target, f"its subject is {subject.name or subject.kind}"))
    return (), "", ""


def _third_person(scene: Scene, subject: Subject, path: Path) -> bool:
    """`"They push it through," X said`: whom X speaks of so is not X."""
    spoken = subject.start >= 0 and scene.parsed.quotation(subject.start)
    told = speaker_at(scene.attributions, path.top)
    if told is not None and told.cue >= 0 and scene.parsed.quotation(told.cue) == scene.parsed.quotation(subject.start):
        return False  # `"X told me that she wants it," Y said`
    source = scene.speaker(path.top) if spoken and subject.name.lower() in ("he", "she", "they") else None
    return source is not None and {m.party for m in subject.mentions} <= {m.party for m in source.mentions}


LET_ME = (["let", "me"], ["let", "us"], ["allow", "me"], ["allow", "us"])
"""Denied, they tell what one will not do: "my conscience does not let me back it"."""

OBJECTS = frozenset(["him", "her", "them", "me", "us"])
"""Whom others ask: "sent people to press her to sign it, she said"."""


def _merely_possible(parsed: Parsed, top: int) -> bool:
    """`it was legitimate to oppose it`, `it is possible to scrap it`."""
    words = parsed.lower[max(0, top - 6) : top]
    return len(words) > 3 and words[-1] == "to" and words[-2] in MAY and words[-3] in BEING and "it" in words


BEING = frozenset(["is", "was", "be", "been", "'s"])
MAY = frozenset(
    ["legitimate", "possible", "impossible", "easy", "hard", "difficult", "tempting", "fine", "open", "legal"]
)

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
        "order",
        "instruct",
        "direct",
    ]
)
TOLD = frozenset(["told", "ordered", "instructed", "directed", "urged", "asked", "commanded", "pressed", "begged"])


def _pressing(scene: Scene, path: Path) -> tuple[Mention, ...] | None:
    """`is under pressure from X to sign`, `was urged by X to sign`: X, who wants it; None if nobody is pressed."""
    parsed, lower, top = scene.parsed, scene.parsed.lower, path.top
    clause = range(max(0, top - 9), top - 1) if lower[top - 1 : top] == ["to"] else ()
    under = next((x for x in clause if lower[x] == "under" and "pressure" in lower[x : x + 4]), -1)
    after = lower.index("pressure", under) + 1 if under >= 0 else -1  # "under growing pressure from"
    if after < 0:  # "faces pressure from X to sign it"
        after = next((x + 1 for x in clause if lower[x : x + 2] == ["pressure", "from"]), -1)
    if after > 0 and "," in lower[after:top]:
        return None
    end = top
    if after < 0:
        entry = path.verbs[-1] if path.verbs else None
        if entry is None or entry.lemma not in ASKING or entry.form != "past" or "to" not in lower[top:][:12]:
            return None
        passive = range(parsed.back_over(top - 1, lambda x: parsed.light(x) and x > top - 4) + 1, top)
        if PASSIVE.isdisjoint(lower[x] for x in passive):
            return None
        after, end = top + 1, path.target.start + 1
    by = next((x for x in range(after, min(after + 2, len(lower))) if lower[x] in ("from", "by")), -1)
    mention = first_mention(parsed, by + 1, min(by + 6, end)) if by > 0 else None
    return tuple(group_right(parsed, mention)) if mention else ()


def _filing(parsed: Parsed, path: Path) -> Mention | None:
    """`a suit challenging it was brought by X`, `an action to annul it has been lodged by X`: X."""
    lower, end = parsed.lower, path.target.end
    noun = path.top - 1 - (lower[path.top - 1] == "to")
    if noun < 0 or not (lower[noun] in parsed.lexicon.instruments or lower[noun] == "challenge"):
        return None
    filed = next((x for x in range(end, min(len(lower), end + 4)) if lower[x] in FILED), -1)
    by = next((x for x in range(filed, min(len(lower), filed + FILED_BY)) if lower[x] == "by"), -1) if filed > 0 else -1
    return first_mention(parsed, by + 1, by + 5) if by > 0 else None


def organised_by(parsed: Parsed, top: int) -> list[Mention]:
    """`strikes were called by X to protest it`, `a march organised by X against it`: X and those joined to it."""
    lower = parsed.lower
    if lower[top] in ORGANISED and lower[top + 1 : top + 2] == ["by"] and _protest(parsed, top - 1):
        mention = first_mention(parsed, top + 2, top + 7)
        return group_right(parsed, mention) if mention is not None else []
    k = parsed.back_over(top - 1, lambda x: parsed.light(x) or lower[x] in ("in", "as"))
    mention = parsed.mention_at(k) if k > 2 else None
    if mention is None or not mention.actor or mention.end != k + 1:
        return []
    first = coordinated(parsed, mention)[0]
    by = phrase_start(parsed, first.start) - 1
    by -= by > 0 and lower[by] == "the"
    made = by > 1 and lower[by] == "by" and lower[by - 1] in ORGANISED and _protest(parsed, by - 2)
    return list(coordinated(parsed, mention)) if made else []


def _protest(parsed: Parsed, k: int) -> bool:
    """Whether the words that end at `k`, before a participle, name a protest: "strikes were", "the march,"."""
    k = parsed.back_over(k, lambda x: parsed.light(x) or parsed.words[x] == ",")
    near = range(k, max(-1, k - 6), -1)
    return any(parsed.lower[x].removesuffix("s") in PROTESTS for x in near)


PROTESTS = frozenset(
    ["strike", "march", "marche", "protest", "rally", "rallie", "demonstration", "walkout", "petition"]
)
PROTESTS |= {"campaign", "stoppage", "boycott", "vigil", "blockade", "picket", "lawsuit", "suit", "challenge", "sit-in"}
"""As they are without their last "s"."""

ORGANISED = frozenset(["organised", "organized", "called", "staged", "held", "launched", "led", "planned", "announced"])
ORGANISED |= {"mounted", "backed", "begun", "convened", "sponsored", "promoted", "orchestrated", "headed"}

FILED = frozenset(["brought", "filed", "lodged", "launched", "tabled", "introduced", "submitted", "sponsored", "moved"])
FILED |= {"started", "drafted", "written", "prepared", "backed", "signed", "organised", "organized", "led"}
FILED_BY = 6
"""Words between such a participle and its "by"."""


def _told_by(parsed: Parsed, top: int) -> Mention | None:
    """`were told by X to stop work on it`: X, who wants what the verb at `top` is about."""
    mention = parsed.mention_at(top - 2) if top > 4 and parsed.lower[top - 1] == "to" else None
    if mention is None or mention.end != top - 1 or not mention.actor:
        return None
    by = phrase_start(parsed, mention.start) - 1
    by -= parsed.lower[by] == "the"
    return mention if by > 1 and parsed.lower[by] == "by" and parsed.lower[by - 1] in TOLD else None


def _promised(scene: Scene, path: Path) -> bool:
    """`promised that the Senate would pass it`: who promises it means to bring it about."""
    attribution = speaker_at(scene.attributions, path.top)
    teller = scene.parsed.saying(attribution.cue) if attribution and attribution.cue >= 0 else None
    if teller is None or attribution is None or scene.parsed.lower[attribution.cue - 1] == "had":
        return False
    coming = {"will", "would"} & set(scene.parsed.lower[max(0, path.top - 3) : path.top])
    return teller.lemma in ("promise", "vow", "pledge", "guarantee", "assure") and bool(coming)


def _own_group(scene: Scene, subject: Subject, path: Path) -> bool:
    """`Smith said his country would ...`, `the ministry said the government would ...`: the speaker's own side."""
    parsed = scene.parsed
    lower, k = parsed.lower, subject.start
    if k >= 1 and lower[k - 1] in ("this", "our", "my") and lower[k] in parsed.lexicon.proposals:
        return True
    if path.negated and path.verbs and "procedure" in path.verbs[0].kinds and lower[k] in CHAMBERS:
        return True  # the leader of a chamber: "the House would not take it up"
    joined = k - 1 - (lower[k - 1] == "the")
    if joined > 2 and lower[joined] == "and" and lower[joined - 2] in ("our", "my"):
        k = joined - 1  # "our union and the coast are against it"
    if k < 1 or lower[k] not in parsed.lexicon.sets["groups"]:
        return False
    first = parsed.back_over(k - 1, lambda x: k - x < 4 and lower[x] not in DETERMINED and parsed.words[x].islower())
    if first < 0 or k - first > 3:
        return False
    return lower[first] in ("his", "her", "its", "their", "our", "my") or (lower[first] == "the" and lower[k] in SIDES)


CHAMBERS = frozenset(["house", "senate", "chamber", "parliament", "congress", "assembly", "commons"])
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
    return bool({"must", "should", "ought"} & near) or (ruled and {"can", "not"} <= near)


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
    that = next((x for x in range(path.top - 1, lo, -1) if parsed.lower[x] == "that"), -1)
    if that > 1 and parsed.lower[that - 1] in VITAL and "it" in parsed.lower[max(0, that - 5) : that]:
        return True  # "said it was vital that X sign it"
    if (
        any(parsed.lower[x : x + 2] == ["time", "for"] for x in range(lo, path.top))
        and parsed.lower[path.top - 1] == "to"
    ):
        return True  # "said it was time for X to sign it"
    if parsed.lower[path.top - 3 : path.top] in (["can", "do", "is"], ["could", "do", "is"], ["should", "do", "is"]):
        return True  # "one thing they can do is sign it"
    if parsed.lower[path.top] == "come" and "time" in parsed.lower[lo : path.top]:
        return True  # "said the time had come to sign it"
    span = parsed.lexicon.phrase("obligation", parsed.lower, lo, path.top)
    first = span[1] + (parsed.lower[span[1]] in ("the", "its", "his", "her", "their")) if span is not None else 0
    named = span is not None and parsed.mention_at(first) is not None
    inverted = span is not None and parsed.lower[span[0]] == "should" and named
    return span is not None and not inverted  # "should X use its majority to end it": if it does


def _broke_ranks(parsed: Parsed, verb: int) -> bool:
    """`three Greens broke ranks and voted for it`: their camp did not."""
    span = parsed.lexicon.phrase("breaking_ranks", parsed.lower, 0, verb)
    if span is None or parsed.lower[span[1] - 1] != "with":
        return span is not None
    return not RANKS.isdisjoint(parsed.lower[span[1] : span[1] + 4])  # not "breaking with five other unions"


RANKS = frozenset(
    ["his", "her", "their", "its", "party", "leaders", "leadership", "colleagues", "caucus", "whip", "bloc"]
)
