"""The rules: each looks at one target in one sentence and says whose position it shows, or why none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from watcher.detect.attribution import Attribution, Source
from watcher.detect.chain import Path, cue, govern, judged
from watcher.detect.mentions import Mention
from watcher.detect.parsed import HARD, QUOTES, Parsed
from watcher.detect.subjects import Memory, Subject, noun_phrase, subject_of
from watcher.detect.targets import Target
from watcher.detect.voice import speaker_at
from watcher.domain.statement import Cue, Stance

AGENT_REACH = 4
PREDICATE_REACH = 16
OWNER_REACH = 6


@dataclass(slots=True)
class Finding:
    """One party's position as a rule read it, before voice and evidence are added."""

    mention: Mention
    stance: Stance
    rule: str
    at: int
    target: Target
    cues: list[Cue] = field(default_factory=list)
    deed: bool = False
    divided: bool = False
    conditional: bool = False
    how: str = ""
    teller: tuple[Mention, ...] | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its attributions, what pronouns may mean, and who says I at each token."""

    parsed: Parsed
    attributions: Sequence[Attribution]
    memory: Memory
    quote_speakers: dict[int, Source]

    def speaker(self, i: int) -> Source | None:
        """The source whose words token `i` belongs to."""
        attribution = speaker_at(self.attributions, i)
        if attribution and attribution.source.kind != "first":
            return attribution.source
        return self.quote_speakers.get(self.parsed.sentence.quoted[i])


def findings(scene: Scene, reasons: list[tuple[Target, str]]) -> Iterator[Finding]:
    """What every rule finds; `reasons` takes a line for each target that gave nothing."""
    question = "?" in scene.parsed.words[-2:]
    for target in scene.parsed.targets:
        found = list(_of_target(scene, target, reasons))
        if question and found:  # it asks, but takes for granted whose the target is
            found = [finding for finding in found if finding.rule in ("own-proposal", "relative")]
            reasons.append((target, "a question"))
        yield from found


def _of_target(scene: Scene, target: Target, reasons: list[tuple[Target, str]]) -> Iterator[Finding]:
    parsed = scene.parsed
    count = 0
    held = list(_held(scene, target))
    held = held or list(_terms(scene, target))
    if held:
        yield from held
        return
    path = govern(parsed, target)
    for finding in _governed(scene, path, reasons):
        count += 1
        yield finding
    for rule in (_reaction, _passive, _object_relative, _owner):
        for finding in rule(scene, target):
            count += 1
            yield finding
    if not count or not path.kind:
        for finding in _predicate(scene, target, path):
            count += 1
            yield finding
    if not count:
        reasons.append((target, "no word of position governs the target"))


def _governed(scene: Scene, path: Path, reasons: list[tuple[Target, str]]) -> Iterator[Finding]:
    """The clause rule: a verb or predicate whose chain reaches the target."""
    if not path.kind:
        return
    parsed = scene.parsed
    if path.void:
        reasons.append((path.target, "a denial that says nothing of the other side"))
        return
    if path.kind == "noun":
        yield from _nominal(scene, path, reasons)
        return
    if path.judge:
        yield from _judgement(scene, path)
        return
    subject = subject_of(parsed, path.top, scene.memory)
    if path.hypothetical and subject.kind != "first" and not _would(parsed, path):
        reasons.append((path.target, "inside an if-clause"))
        return
    mentions, how = _holders(scene, subject, path, reasons)
    if subject.kind in ("other", "named", "none", "pronoun", "unnamed", "media") and mentions:
        rule = "content"
    else:
        rule = "clause"
    for mention in mentions:
        yield _finding(scene, mention, path, rule, how)


def _judgement(scene: Scene, path: Path) -> Iterator[Finding]:
    """`X criticized Y for blocking the deal`: Y as X tells it, and X against what Y does."""
    if path.judge is None:
        return
    parsed = scene.parsed
    verb, end, preposition = path.judge
    hit = parsed.verb(verb)
    judge = subject_of(parsed, verb, scene.memory)
    critics = judge.mentions if judge.kind == "party" else ()
    if end == preposition and hit is not None and hit[0].form == "past" and critics and path.kind != "noun":
        stance = Stance.SUPPORT if path.sign > 0 else Stance.OPPOSE  # "X criticized for backing it": X backs it
        yield Finding(critics[0], stance, "judgement", path.top, path.target, path.cues, how=judge.how)
        return
    done = next((m for m in reversed(parsed.mentions) if end <= m.start and m.end <= preposition and m.actor), None)
    sign = path.sign
    if done is not None and path.kind != "noun":
        stance = Stance.SUPPORT if sign > 0 else Stance.OPPOSE
        yield Finding(
            done,
            stance,
            "judgement",
            path.top,
            path.target,
            path.cues,
            how="judged",
            teller=critics or None,
            told=judge.name,
        )
    if hit is not None:
        sign *= parsed.lexicon.judging[hit[0].lemma]
        stance = Stance.SUPPORT if sign > 0 else Stance.OPPOSE
        marks = [cue(parsed, verb, end, parsed.lexicon.judging[hit[0].lemma]), *path.cues]
        for mention in critics:
            yield Finding(mention, stance, "judgement", verb, path.target, marks, how=judge.how)


def _would(parsed: Parsed, path: Path) -> bool:
    return False


def _holders(
    scene: Scene, subject: Subject, path: Path, reasons: list[tuple[Target, str]]
) -> tuple[tuple[Mention, ...], str]:
    """Whose position the chain is: the subject's, or the speaker's where the words demand or urge."""
    parsed = scene.parsed
    if subject.kind == "party":
        return subject.mentions, subject.how
    source = scene.speaker(path.top)
    if subject.kind == "first":
        if source and source.kind == "party":
            return _as_first(source.mentions), f"first person of {source.name}"
        reasons.append((path.target, "first person of an unknown speaker"))
        return (), ""
    if source and source.kind == "party":
        if _demanded(scene, path) or (subject.kind == "none" and parsed.sentence.quoted[path.top]):
            return source.mentions, f"speaker: {source.name}"
        if subject.kind == "none" and not path.undecided:
            return source.mentions, f"speaker: {source.name}"
        reasons.append((path.target, f"said of {subject.name or 'someone else'}, not of the speaker"))
        return (), ""
    reasons.append((path.target, f"its subject is {subject.name or subject.kind}"))
    return (), ""


def _as_first(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(replace(mention, how="first person") for mention in mentions)


DEMANDING = frozenset(
    [
        "demand",
        "insist",
        "urge",
        "propose",
        "recommend",
        "request",
        "ask",
        "want",
        "plead",
        "beg",
        "call",
        "exhort",
        "implore",
        "press",
        "advise",
    ]
)


def _demanded(scene: Scene, path: Path) -> bool:
    """Whether the chain's verb stands under "must", "should", "needs to", "let's" or a verb of demanding."""
    parsed = scene.parsed
    attribution = speaker_at(scene.attributions, path.top)
    if (
        attribution
        and attribution.cue >= 0
        and path.verbs
        and parsed.lower[path.top] == path.verbs[-1].lemma.split()[0]
    ):
        cue_entry = parsed.saying(attribution.cue)
        if cue_entry and cue_entry.lemma in DEMANDING:
            return True
    lo = max(0, path.top - 6)
    return parsed.lexicon.phrase("obligation", parsed.lower, lo, path.top) is not None


def _finding(scene: Scene, mention: Mention, path: Path, rule: str, how: str) -> Finding:
    parsed = scene.parsed
    stance = Stance.SUPPORT if path.sign > 0 else Stance.OPPOSE
    finding = Finding(mention, stance, rule, path.top, path.target, path.cues, how=how)
    finding.deed = rule == "clause" and any(entry.lemma in DEEDS for entry in path.verbs[-1:]) and not path.negated
    _qualify(parsed, finding, path)
    return finding


DEEDS = frozenset(
    """sign veto ratify pass approve adopt enact sue reject block withdraw from,withdraw,pull out of,vote for,vote against,vote down,vote to,repeal,scrap,introduce,
    quit,leave,exit,cancel,terminate,suspend,halt,deliver,unveil,submit,file,walk away from,tear up""".replace("\n", "")
    .replace("    ", "")
    .split(",")
) | frozenset(
    ["sign", "veto", "ratify", "pass", "approve", "adopt", "enact", "sue", "reject", "block", "filibuster", "shelve"]
)


def _qualify(parsed: Parsed, finding: Finding, path: Path | None) -> None:
    """Turns a bare sign into conditional or undecided where the sentence holds it back."""
    lower, n = parsed.lower, len(parsed)
    target = finding.target
    lo, hi = _clause(parsed, target, finding.at)
    support = finding.stance is Stance.SUPPORT
    if path is not None and path.conditional and support and not path.negated:
        finding.stance, finding.conditional = Stance.CONDITIONAL, True
        return
    if path is not None and path.undecided:
        finding.stance = Stance.UNDECIDED if not _would_consider(parsed, path) else Stance.CONDITIONAL
        return
    strong = _strong_condition(parsed, finding, lo, hi, support)
    if strong:
        finding.stance, finding.conditional = Stance.CONDITIONAL, True
        return
    undecided = parsed.lexicon.phrase("undecided", lower, lo, min(n, target.end))
    if undecided and (
        undecided[0] <= finding.at < undecided[1] or (undecided[0] <= finding.at and not (path and path.negated))
    ):
        span = undecided
        finding.stance = Stance.UNDECIDED
        finding.cues = [cue(parsed, span[0], span[1], 0), *finding.cues]
        if lower[span[0]] in parsed.lexicon.sets["auxiliaries"] and "split" in lower[span[0] : span[1]]:
            finding.divided = True


def _would_consider(parsed: Parsed, path: Path) -> bool:
    before = parsed.lower[max(0, path.top - 4) : path.top]
    return any(word in ("would", "can", "could", "willing", "prepared", "ready") for word in before)


def _clause(parsed: Parsed, target: Target, at: int) -> tuple[int, int]:
    """The stretch around target and governor that qualifies them: to hard punctuation on both sides."""
    lo = min(at, target.start)
    while lo > 0 and parsed.words[lo - 1] not in (".", ";", ":", "—", "–"):
        lo -= 1
    hi = max(at + 1, target.end)
    while hi < len(parsed) and parsed.words[hi] not in (".", ";", ":", "—", "–"):
        hi += 1
    return lo, hi


def _strong_condition(parsed: Parsed, finding: Finding, lo: int, hi: int, support: bool) -> bool:
    lower, lexicon = parsed.lower, parsed.lexicon
    at, target = finding.at, finding.target
    i = lo
    while i < hi:
        span = lexicon.phrase("conditional_strong", lower, i, hi)
        if span is None:
            break
        start, end = span
        i = end
        words = " ".join(lower[start:end])
        if any(parsed.negated(x) for x in range(max(lo, start - 3), start)) and words not in ("unless", "until"):
            continue
        if abs(start - target.start) > 18 and abs(start - at) > 12:
            continue
        if words in ("in exchange for", "in return for") and (target.start >= start or _done(parsed, at)):
            continue  # the target is what it pays for, or the bargain is struck
        if start > target.end and any(
            lower[x] in ("and", "but") and parsed.mention_at(x + 1) for x in range(target.end, start)
        ):
            continue
        if words in ("open to", "openness to", "willing to", "willingness to") or words.startswith(
            ("would", "could", "can ", "will ", "might", "may ", "prepared", "ready")
        ):
            if not (start <= at + 2 and end <= target.end):
                continue
            if words.startswith(("would have to", "would need to", "would depend")) and start > target.end:
                pass
            elif start < at - 6:
                continue
        if words == "without changes" or (
            not support
            and words in ("tied to", "linked to", "provided", "subject to", "as long as", "so long as", "contingent")
        ):
            if not support:
                continue
        if support and words in ("tied to", "linked to") and start < target.start:
            continue
        finding.cues = [*finding.cues, cue(parsed, start, end, 0)]
        return True
    return _plain_if(parsed, finding, lo, hi, support)


DONE = frozenset(
    [
        "reach",
        "strike",
        "sign",
        "finalize",
        "finalise",
        "conclude",
        "clinch",
        "broker",
        "negotiate",
        "pass",
        "approve",
        "seal",
        "ratify",
        "complete",
    ]
)


def _done(parsed: Parsed, at: int) -> bool:
    """Whether the governor tells a thing done: "reached", "have signed"."""
    hit = parsed.verb(at)
    return hit is not None and hit[0].lemma in DONE and hit[0].form == "past"


def _plain_if(parsed: Parsed, finding: Finding, lo: int, hi: int, support: bool) -> bool:
    lower, realised = parsed.lower, parsed.lexicon.sets["realised"]
    for i in range(lo, hi):
        if lower[i] not in ("if", "unless", "until"):
            continue
        if lower[i - 1 : i] in (["as"], ["even"], ["asked"]) or (lower[i] == "until" and support):
            continue
        if i < finding.target.start and i > finding.at:
            continue
        window = lower[i : i + 9]
        if any(word in realised for word in window) or any(parsed.negated(x) for x in range(i + 1, min(hi, i + 7))):
            continue
        modal = any(
            word in ("would", "could", "might", "may", "will", "can", "ready", "'ll", "'d")
            for word in lower[max(lo, finding.at - 5) : finding.at + 1]
        )
        if (support and modal) or (not support and lower[i] in ("unless", "until")):
            finding.cues = [*finding.cues, cue(parsed, i, i + 1, 0)]
            return True
    return False


POLL = frozenset(["poll", "polls", "survey", "surveys", "surveyed", "pollsters", "percent", "voters", "respondents"])


def _nominal(scene: Scene, path: Path, reasons: list[tuple[Target, str]]) -> Iterator[Finding]:
    """`X's opposition to`, `voiced support for`, `opposition from X`."""
    parsed, lexicon = scene.parsed, scene.parsed.lexicon
    lower, words = parsed.lower, parsed.words
    i = path.top
    k = i - 1
    while (
        k >= 0
        and i - k < 6
        and (
            lower[k] in lexicon.sets["fillers"]
            or parsed.adverb(k)
            or lower[k]
            in (
                "strong",
                "fierce",
                "growing",
                "broad",
                "full",
                "continued",
                "public",
                "staunch",
                "firm",
                "deep",
                "widespread",
                "any",
                "some",
                "clear",
                "vocal",
                "outspoken",
                "leading",
                "chief",
                "main",
                "key",
                "repeated",
                "strident",
                "stiff",
                "unwavering",
                "steadfast",
                "intense",
                "stated",
                "earlier",
                "previous",
                "past",
                "personal",
                "initial",
                "serious",
                "grave",
                "own",
                "no",
                "more",
                "further",
                "and",
                "or",
            )
            or lower[k] in lexicon.nouns
            or words[k] in QUOTES
        )
    ):
        if parsed.negated(k) and lower[k] == "no":
            path.sign = -path.sign
            path.cues.insert(0, cue(parsed, k, k + 1, -1))
        k -= 1
    owners: list[tuple[Mention, str]] = []
    if k >= 0:
        owners = _possessor(scene, k, i)
    poll = bool(POLL & set(lower))
    if not owners and not poll:
        for x in range(i + 1, min(len(parsed), path.target.end + 8)):
            if lower[x] in ("from", "by", "among", "within") and (mention := _first_mention(parsed, x + 1, x + 7)):
                gap = range(x + 1, mention.start)
                if not any(parsed.verb(y) or words[y] in HARD or words[y] == "," for y in gap):
                    owners = [(m, "agent") for m in _group_right(parsed, mention)]
                    break
    if not owners:
        j = k
        while (
            j >= 0
            and i - j < 9
            and not (
                parsed.verb(j)
                or lower[j] in ("has", "had", "have", "is", "was", "are", "were", "with", "in", "remains", "stands")
            )
        ):
            if words[j] in HARD or words[j] == ",":
                break
            j -= 1
        if j >= 0:
            entry = parsed.verb(j)
            light = (
                entry is not None
                and (
                    "light" in entry[0].kinds or (lower[i] in lexicon.proposals and lexicon.nouns.get(lower[i], 0) > 0)
                )
            ) or lower[j] in ("has", "had", "have", "is", "was", "are", "were", "remains", "stands")
            if light or lower[j] in ("in", "with"):
                verb = j
                if lower[j] in ("in", "with"):
                    verb = j
                subject = subject_of(parsed, verb, scene.memory)
                extra = 1
                x = j - 1
                while x >= 0 and parsed.light(x):
                    if parsed.negated(x):
                        extra = -extra
                    x -= 1
                if (
                    entry
                    and entry[0].lemma in ("drop", "withdraw", "reverse", "abandon", "rescind", "soften")
                    and lexicon.nouns.get(lower[i], -1) < 0
                ):
                    extra = -extra
                if subject.kind == "party":
                    path.sign *= extra
                    owners = [(m, subject.how) for m in subject.mentions]
                elif subject.kind == "first" and (source := scene.speaker(i)) and source.kind == "party":
                    path.sign *= extra
                    owners = [(m, "first person") for m in source.mentions]
    if not owners:
        reasons.append((path.target, f"no party holds the {words[i]}"))
    if k > 0 and owners and judged(parsed, path, parsed.back_over(k - 1, parsed.adverb)):
        yield from _judgement(scene, path)
    for mention, how in owners:
        finding = Finding(
            mention, Stance.SUPPORT if path.sign > 0 else Stance.OPPOSE, "nominal", i, path.target, path.cues, how=how
        )
        _qualify(parsed, finding, None)
        yield finding


def _possessor(scene: Scene, k: int, i: int) -> list[tuple[Mention, str]]:
    """The party whose noun it is: `Obama's`, `his`, `Republican opposition`."""
    parsed = scene.parsed
    lower = parsed.lower
    if lower[k] in ("'s", "'") and k > 0:
        mention = parsed.mention_at(k - 1)
        if mention and mention.actor:
            return [(mention, "possessive")]
        return []
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


def _possessive_pronoun(scene: Scene, k: int) -> Mention | None:
    parsed = scene.parsed
    word = {"his": "he", "her": "she", "their": "they", "its": "it"}[parsed.lower[k]]
    before = [m for m in parsed.mentions if m.end <= k and m.actor]
    if not before:
        opener = next(
            (m for m in parsed.mentions if m.start > k and m.actor and m.person and word in ("he", "she")), None
        )
        comma = next((x for x in range(k, len(parsed)) if parsed.words[x] == ","), -1)
        if opener and 0 <= comma < opener.start and opener.start - comma <= 5:
            return replace(opener, how="pronoun")  # "Following up on his offer, Smith ..."
    subject = noun_phrase(_as_pronoun(parsed, k, word), k, scene.memory, k) if word != "it" else None
    if word == "it":
        found = next((m for m in reversed(before) if not m.person), None) or scene.memory.singular
        return replace(found, how="pronoun", start=k, end=k + 1) if found else None
    return subject.mentions[0] if subject and subject.kind == "party" else None


def _as_pronoun(parsed: Parsed, k: int, word: str) -> Parsed:
    """The same sentence with the possessive read as its subject form."""
    sentence = replace(parsed.sentence, lower=[*parsed.lower[:k], word, *parsed.lower[k + 1 :]])
    return Parsed(sentence, parsed.lexicon, parsed.mentions, parsed.targets)


def _first_mention(parsed: Parsed, lo: int, hi: int) -> Mention | None:
    return next((m for m in parsed.mentions if lo <= m.start < hi and m.actor), None)


def _group_right(parsed: Parsed, mention: Mention) -> list[Mention]:
    """The mention with those joined to its right."""
    group = [mention]
    for other in parsed.mentions:
        if other.start < group[-1].end:
            continue
        gap = parsed.lower[group[-1].end : other.start]
        if (
            other.actor
            and len(gap) <= 4
            and any(w in ("and", "or", ",") for w in gap)
            and not any(parsed.verb(x) for x in range(group[-1].end, other.start))
        ):
            group.append(other)
        else:
            break
    return group


def _passive(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the deal, backed by X`, `was rejected by X`, `is opposed by X`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    for i in range(target.end, min(len(parsed), target.end + 14)):
        if parsed.words[i] in HARD or (lower[i] in ("and", "but") and i > target.end + 6):
            return
        if lower[i] in ("a", "an", "the") and lower[i - 1] not in parsed.lexicon.sets["prepositions"]:
            return
        entries = parsed.lexicon.verbs.get(lower[i], ())
        entry = next((e for e in entries if e.form == "past" and e.sign and not e.rest), None)
        if entry is None:
            continue
        for k in range(i + 1, min(i + 1 + AGENT_REACH, len(parsed))):
            if lower[k] == "by" and (mention := _first_mention(parsed, k + 1, k + 8)):
                between = range(k + 1, mention.start)
                if any(
                    parsed.words[x] in (",", "(") or parsed.lexicon.sets["prepositions"] & {lower[x]} for x in between
                ):
                    break
                sign = target.sign * entry.sign
                if any(parsed.negated(x) for x in range(target.end, i)):
                    sign = -sign
                if lower[mention.end : mention.end + 1] == ["'s"]:
                    break
                for member in _group_right(parsed, mention):
                    finding = Finding(
                        member,
                        Stance.SUPPORT if sign > 0 else Stance.OPPOSE,
                        "passive",
                        i,
                        target,
                        [cue(parsed, i, k + 1, entry.sign)],
                        how="agent",
                    )
                    yield finding
                return


def _object_relative(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the deal (that) X signed`, `a bill X and others oppose`."""
    parsed, lower, n = scene.parsed, scene.parsed.lower, len(scene.parsed)
    i = target.end
    relative = False
    while i < n and (
        lower[i] in ("that", "which", "itself")
        or parsed.words[i] in ("(", ")", ",")
        or (parsed.words[i - 1] == "(" and i - target.end < 4)
    ):
        relative = relative or lower[i] in ("that", "which")
        i += 1
        if i - target.end > 5:
            return
    if i >= n or (not relative and lower[target.end] in (",", "(")):
        return
    sign, k, mentions, how = target.sign, i, [], ""
    if lower[i] in ("he", "she", "they"):
        subject = noun_phrase(parsed, i, scene.memory, i)
        mentions, how = list(subject.mentions), subject.how
        k = i + 1
    reach = min(n, i + (12 if relative else 7))
    while k < reach:
        if (
            parsed.words[k] in HARD
            or lower[k] in ("who", "which", "because")
            or (lower[k] in parsed.lexicon.sets["prepositions"] and lower[k] not in ("of", "in", "as"))
        ):
            return
        mention = parsed.mention_at(k)
        if mention is not None:
            if (
                not mentions
                and k > i + 1
                and not all(
                    lower[x] in parsed.lexicon.sets["titles"] or parsed.words[x][:1].isupper() for x in range(i, k)
                )
            ):
                return
            if mention.actor and mention not in mentions:
                mentions.append(mention)
            k = mention.end
            continue
        if parsed.negated(k):
            sign = -sign
        elif mentions and (entry := parsed.verb(k)) is not None:
            break
        elif not mentions and parsed.verb(k) is not None:
            return
        k += 1
    else:
        return
    if not entry[0].sign:
        return
    end = entry[1]
    if end < n:
        after = lower[end]
        free = (
            after in parsed.lexicon.sets["prepositions"]
            or parsed.words[end] in (",", *HARD, *QUOTES)
            or after in ("and", "but", "last", "this", "as", "the")
        )
        if not free and not parsed.adverb(end) and not after[0].isdigit():
            return
    sign *= entry[0].sign
    for found in mentions:
        yield Finding(
            found,
            Stance.SUPPORT if sign > 0 else Stance.OPPOSE,
            "relative",
            k,
            target,
            [cue(parsed, k, end, entry[0].sign)],
            how=how or found.how,
        )


def _reaction(scene: Scene, target: Target) -> Iterator[Finding]:
    """`despite opposition from X`, `drew praise from X`: a noun of position whose object is the sentence's target."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if target is not scene.parsed.targets[0] or POLL & set(lower):
        return
    for i in range(len(parsed) - 2):
        sign = parsed.lexicon.nouns.get(lower[i], 0)
        if (
            not sign
            or lower[i + 1] not in ("from", "by", "among")
            or parsed.target_at(i)
            or lower[i] in parsed.lexicon.proposals
        ):
            continue
        mention = _first_mention(parsed, i + 2, i + 7)
        if mention is None or any(parsed.verb(x) or parsed.words[x] == "," for x in range(i + 2, mention.start)):
            continue
        if (target.end <= i and i - target.end > 16) or (target.start > i and target.start - mention.end > 16):
            continue
        if lower[mention.end : mention.end + 1] in (["to"], ["of"], ["for"], ["'s"]) and target.end <= i:
            continue
        sign *= target.sign
        for member in _group_right(parsed, mention):
            yield Finding(
                member,
                Stance.SUPPORT if sign > 0 else Stance.OPPOSE,
                "reaction",
                i,
                target,
                [cue(parsed, i, i + 2, sign)],
                how="agent",
            )


HOLD_REACH = 14


def _held(scene: Scene, target: Target) -> Iterator[Finding]:
    """`has not decided on the deal`, `declined to say whether he would sign it`, `is undecided about it`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    lo = target.start
    while lo > 0 and target.start - lo < HOLD_REACH and parsed.words[lo - 1] not in (".", ";", ":", "—", "–"):
        lo -= 1
    i, span = lo, None
    while (found := parsed.lexicon.phrase("undecided", lower, i, min(len(parsed), target.end + 1))) is not None:
        i = found[0] + 1
        if found[0] < target.start and not any(
            lower[x] in ("but", "and", "while") for x in range(found[1], target.start)
        ):
            span = found
            break
    if span is None:
        return
    if span[1] < len(parsed) and lower[span[0]] in ("whether", "decide", "no", "both", "up", "under"):
        return
    subject = subject_of(parsed, span[0], scene.memory)
    mentions = subject.mentions
    if subject.kind == "first" and (source := scene.speaker(span[0])) and source.kind == "party":
        mentions = _as_first(source.mentions)
    for mention in mentions:
        finding = Finding(
            mention, Stance.UNDECIDED, "withheld", span[0], target, [cue(parsed, span[0], span[1], 0)], how=subject.how
        )
        finding.divided = bool({"split", "divided"} & set(lower[span[0] : span[1]]))
        yield finding


NEEDING = (
    "would need",
    "would have",
    "would want",
    "must",
    "needs",
    "need",
    "wants",
    "want",
    "requires",
    "require",
    "will need",
    "has to",
    "have to",
    "demands",
    "demand",
    "insists",
    "insist",
    "expects",
    "expect",
)


def _terms(scene: Scene, target: Target) -> Iterator[Finding]:
    """`For the deal to be signed, X would need to ...`, `before signing it, X wants ...`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if target.sign < 0:
        return
    opener = next(
        (x for x in range(target.start - 1, max(-1, target.start - 8), -1) if lower[x] in ("for", "before", "order")),
        -1,
    )
    if opener < 0 or opener > 3:
        return
    if lower[opener] == "for" and "to" not in lower[target.end : target.end + 2]:
        return
    comma = next((x for x in range(target.end, min(len(parsed), target.end + 12)) if parsed.words[x] == ","), -1)
    if comma < 0:
        return
    for i in range(comma + 1, min(len(parsed) - 1, comma + 10)):
        two = " ".join(lower[i : i + 2])
        if two in NEEDING or lower[i] in NEEDING:
            subject = noun_phrase(parsed, parsed.back_over(i - 1, parsed.light), scene.memory, i)
            mentions = subject.mentions
            if subject.kind == "first" and (source := scene.speaker(i)):
                mentions = source.mentions
            for mention in mentions:
                marks = [cue(parsed, opener, target.start, 0), cue(parsed, i, i + 1, 0)]
                yield Finding(mention, Stance.CONDITIONAL, "terms", i, target, marks, conditional=True, how=subject.how)
            return


LOSING = frozenset(
    [
        "breach",
        "breached",
        "breaching",
        "violate",
        "violated",
        "violating",
        "violation",
        "abandon",
        "abandoned",
        "abandoning",
        "under",
        "against",
        "broke",
        "break",
        "breaking",
        "comply",
        "complying",
        "compliance",
        "obligations",
        "commitments",
    ]
)


def _owner(scene: Scene, target: Target) -> Iterator[Finding]:
    """Own proposal: `X's deal`, `his wall`, `the X-backed bill`."""
    parsed, lower = scene.parsed, scene.parsed.lower
    if target.sign < 0 or target.action:
        return
    first = target.start
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
    for k in range(first - 1, max(-1, first - OWNER_REACH), -1):
        word = lower[k]
        if word in HARD or word in (",", "and", "or", "that", "with", "to", "for", "on", "about", "against"):
            return
        if word in ("of",) and k != first - 1:
            return
        owners = _possessor(scene, k, first) if word in ("'s", "his", "her", "their", "its", "my", "our") else []
        if owners:
            if any(w in LOSING for w in lower[max(0, k - 7) : k]):
                return
            between = lower[k + 1 : first]
            if any(
                w in ("opposition", "criticism", "repeal", "version", "rejection", "refusal", "alternative")
                for w in between
            ):
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
        if parsed.verb(k) and not parsed.sentence.glued[k] and lower[k] not in parsed.lexicon.sets["fillers"]:
            return
        if parsed.sentence.glued[k] and (mention := parsed.mention_at(k - 1)):
            entries = parsed.lexicon.verbs.get(word, ())
            entry = next((e for e in entries if e.sign), None)
            if entry or word in ("led",):
                sign = entry.sign if entry else 1
                yield Finding(
                    mention,
                    Stance.SUPPORT if sign > 0 else Stance.OPPOSE,
                    "own-proposal",
                    k,
                    target,
                    [cue(parsed, k - 1, k + 1, sign)],
                    how="compound",
                )
                return


def _predicate(scene: Scene, target: Target, path: Path) -> Iterator[Finding]:
    """What a speaker says the target is: `a disaster`, `must be rejected`, `in our interest`."""
    parsed = scene.parsed
    source = scene.speaker(target.start)
    if source is None or source.kind != "party":
        return
    if scene.parsed.words[-1] == "?":
        return
    span = _carrying(parsed, target)
    if span:
        for mention in source.mentions:
            yield Finding(
                mention,
                Stance.CONDITIONAL,
                "terms",
                target.start,
                target,
                [cue(parsed, *span, 0)],
                conditional=True,
                how=f"speaker: {source.name}",
            )
        return
    score, cues = evaluate(parsed, target)
    if not score:
        return
    stance = Stance.SUPPORT if score * target.sign > 0 else Stance.OPPOSE
    for mention in source.mentions:
        finding = Finding(mention, stance, "predicate", target.start, target, cues, how=f"speaker: {source.name}")
        _qualify(parsed, finding, None)
        yield finding


def _carrying(parsed: Parsed, target: Target) -> tuple[int, int] | None:
    """`must include`, `has to protect`: what the target would need to have."""
    lower, n = parsed.lower, len(parsed)
    for i in range(target.end, min(n, target.end + 8)):
        span = parsed.lexicon.phrase("obligation", lower, i, min(n, i + 3))
        if span and span[0] == i:
            k = span[1] + (lower[span[1] : span[1] + 1] == ["to"])
            carried = parsed.lexicon.phrase("carry", lower, k, min(n, k + 3))
            return (i, carried[1]) if carried and carried[0] == k else None
        if parsed.words[i] in HARD or parsed.words[i] == ",":
            return None
    return None


def evaluate(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """Evaluative words that modify the target or are predicated of it, as one sign.

    Before the target only blame counts ("a terrible deal"): "a good deal" is mostly one that is wished for.
    """
    lower, lexicon, n = parsed.lower, parsed.lexicon, len(parsed)
    score, cues = 0, []
    for k in range(max(0, target.start - 3), target.start):
        if lower[k] in lexicon.bad and not any(
            lower[x] in lexicon.sets["prepositions"] or parsed.words[x] == "," for x in range(k + 1, target.start)
        ):
            value = 1 if any(parsed.negated(x) for x in range(max(0, k - 4), k)) else -1
            score += value
            cues.append(cue(parsed, k, k + 1, -1))
    k, end = target.end, min(n, target.end + PREDICATE_REACH)
    linked = negated = False
    while k < end:
        word = lower[k]
        if parsed.words[k] in HARD or word in ("because", "which", "but", "while", "if", "than"):
            break
        bad = lexicon.phrase("bad_phrases", lower, k, min(end, k + 6))
        good = lexicon.phrase("good_phrases", lower, k, min(end, k + 6))
        value, stop = 0, k + 1
        if bad and bad[0] == k:
            value, stop = -1, bad[1]
        elif good and good[0] == k:
            value, stop = 1, good[1]
        elif word in lexicon.good or word in lexicon.bad:
            value = 1 if word in lexicon.good else -1
        elif linked and (entry := _demanded_of(parsed, target, k)):
            value = entry
            if value and negated and {"cannot", "can't", "must", "should"} & set(lower[target.end : k]):
                value = entry
        if parsed.negated(k) and not value:
            negated = not negated
            cues.append(cue(parsed, k, k + 1, -1))
        if value and (linked or word in COPULAS or (value < 0 and k - target.end < 6) or _predicating(parsed, k)):
            score += (-value if negated else value) * (3 if word in lexicon.strong else 1)
            cues.append(cue(parsed, k, stop, value))
        linked = linked or word in COPULAS
        k = max(stop, k + 1)
    return (score > 0) - (score < 0), cues if any(c.sign for c in cues) and score else []


COPULAS = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "'s",
        "as",
        "will",
        "would",
        "could",
        "can",
        "should",
        "must",
        "represents",
        "represent",
        "represented",
        "remains",
        "amounts",
        "constitutes",
        "isn't",
        "wasn't",
        "won't",
        "wouldn't",
        "doesn't",
        "it's",
        "becomes",
        "became",
        "marks",
        "marked",
        "a",
        "an",
    ]
) - {"a", "an"}


def _predicating(parsed: Parsed, k: int) -> bool:
    """An evaluative verb right behind its subject: "the deal helps"."""
    return parsed.lower[k].endswith("s") and parsed.verb(k) is not None


def _demanded_of(parsed: Parsed, target: Target, k: int) -> int:
    """The sign of "must be rejected", "should be passed"."""
    before = parsed.lower[max(target.end, k - 4) : k]
    if {"must", "should", "deserves", "needs", "ought", "cannot", "can't"} & set(before):
        for kind, sign in (("may_good", 1), ("may_bad", -1)):
            span = parsed.lexicon.phrase(kind, parsed.lower, k, min(len(parsed), k + 2))
            if span and span[0] == k:
                return sign
    if not ("be" in before and {"must", "should", "deserves", "needs", "ought", "cannot", "can't"} & set(before)):
        return 0
    entries = parsed.lexicon.verbs.get(parsed.lower[k], ())
    return next((e.sign for e in entries if e.sign and e.form == "past" and not e.rest), 0)
