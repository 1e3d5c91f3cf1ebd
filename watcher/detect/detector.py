"""Text to statements: who stands where on the target, with the evidence. Pure, deterministic, no I/O."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from watcher.detect.attribution import Attribution, Source, attributions
from watcher.detect.calibration import confidence, held_back, strength
from watcher.detect.conditions import extract
from watcher.detect.dates import said_on, told_of_past
from watcher.detect.events import Events
from watcher.detect.finding import Finding, Scene
from watcher.detect.frames import findings
from watcher.detect.holding import implied
from watcher.detect.language import identify
from watcher.detect.lexicons import load
from watcher.detect.marks import QUOTES
from watcher.detect.memory import Memory
from watcher.detect.mentions import Mention, PartyIndex
from watcher.detect.naming import acting
from watcher.detect.papers import sign_of_it, sign_of_paper
from watcher.detect.parsed import Parsed
from watcher.detect.rules.bare import takes_sides
from watcher.detect.sentences import Sentence, read
from watcher.detect.targets import PRONOUNS, Context, Target, TargetIndex
from watcher.detect.undergone import BUILT
from watcher.detect.vehicles import Vehicles
from watcher.detect.voice import Telling, speaker_at, telling
from watcher.domain.statement import Detection, Rejection, Stance, Statement, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watcher.detect.words import Lexicon
    from watcher.domain.article import Article
    from watcher.domain.topic import Topic

VERSION = "11"
"""Changes whenever the same text may give other statements; stored readings of another version are read anew."""

RECENT = 8
"""A head noun ("the deal") takes up a phrase of the topic that stood at most so many sentences before."""


RECENT_TITLE = 20
"""The same where the title names the target: the whole text is likely about it."""


LEAD = 3
"""In the first sentences behind a title that names the target, "a pact that ..." is the one of the title."""


CLOSE = 2
""" "It" takes the target up where so many sentences at most stand between."""


AFTER = 6
"""A side taken in words without an object is one on the target for so many sentences behind one that names it."""


IMPLIED = 30
"""A short clause that opens the sentence right after one on the target may withhold judgement without naming it."""


DAYS = 1000
"""For so many days at most it is remembered which names hold."""


class Detector:
    """Reads articles for one topic. Holds no state between articles; may be shared and pickled."""

    def __init__(self, topic: Topic, lexicon: Lexicon | None = None) -> None:
        self.topic = topic
        self.lexicon = lexicon or load(overlays=topic.lexicon)
        self._targets = TargetIndex(topic, self.lexicon)
        self._parties: dict[tuple[bool, ...], PartyIndex] = {}
        self._days: dict[date, PartyIndex] = {}

    def read(self, article: Article) -> Detection:
        """All statements in the article, in reading order, and what was left out and why."""
        document = article.document
        language = identify(document, self.lexicon)
        if language and language != self.lexicon.language:
            return Detection(language=language, unread=f"no lexicon for this language ({language})")
        index = self._index(article.published.date())
        parsed = self._parse(document, len(article.title), index)
        scenes = _scenes(parsed, index.titles)
        statements: list[Statement] = []
        rejections: list[Rejection] = []
        events, vehicles = Events(self.lexicon), Vehicles(self.lexicon, self._targets.heads)
        for scene in scenes:
            vehicles.take_up(scene.parsed)
            events.take_up(scene.parsed)
            events.note(scene.parsed)
            vehicles.note(scene.parsed)
            if scene.parsed.targets or scene.parsed.implied or scene.parsed.after:
                read_before = len(statements)
                self._read_sentence(scene, article, document, statements, rejections)
                for statement in statements[read_before:]:
                    events.hold(statement)
        return Detection(tuple(statements), tuple(rejections), language or self.lexicon.language)

    def _index(self, day: date) -> PartyIndex:
        """The names that hold on that day; days with the same names share an index."""
        if day in self._days:
            return self._days[day]
        key = tuple(alias.holds_on(day) for party in self.topic.parties for alias in (*party.aliases, *party.members))
        if key not in self._parties:
            self._parties[key] = PartyIndex(self.topic, self.lexicon, day)
        if len(self._days) > DAYS:
            self._days.clear()
        self._days[day] = self._parties[key]
        return self._days[day]

    def _parse(self, document: str, title_end: int, index: PartyIndex) -> list[Parsed]:
        parsed: list[Parsed] = []
        since = RECENT_TITLE + 1
        named = since  # as `since`, but of words that only take the target up, too
        reach = RECENT
        others: set[str] = set()
        it = paper = 1
        for sentence in read(document, title_end):
            context = Context(
                recent=since < reach,
                close=named <= CLOSE or (since < RECENT and sentence.quoted[0] > 0),
                others=others,
                it=it,
                paper=paper,
                lead=0 < len(parsed) < LEAD and parsed[0].sentence.title and any(t.full for t in parsed[0].targets),
            )
            afresh = Context(recent=True, it=it, paper=paper)  # as if a phrase of the topic had stood before
            targets = self._targets.find(sentence, context)
            if not targets and since >= reach and self._targets.hinted(sentence):
                targets = self._targets.find(sentence, afresh)
                hinted = bool(targets)
            else:
                hinted = False
            if hinted or any(target.full for target in targets):
                if since >= reach and not hinted:
                    targets = self._targets.find(sentence, afresh)
                since = 0
                others.clear()
                if sentence.title or (len(parsed) < 3 and self._retitle(parsed, index)):
                    reach = RECENT_TITLE
            elif not any(target.phrase.lower() not in PRONOUNS for target in targets):
                since += 1  # a head noun keeps the target in mind
            others.update(self._targets.other_papers(sentence, targets))
            for target in targets:
                if target.done >= 0:
                    sentence.lower[target.done] = BUILT
            it = sign_of_it(targets, it, sentence.lower, self.lexicon)
            paper = sign_of_paper(targets, paper, it, sentence.lower)
            mentions = index.find(sentence)
            item = Parsed(sentence, self.lexicon, mentions, targets, doing=self._targets.doing)
            named = 0 if targets else named + 1
            if not targets and named <= AFTER and mentions and (len(item) <= IMPLIED or "," in item.words[:IMPLIED]):
                item.implied = implied(item, IMPLIED)
            item.after = not targets and named <= AFTER and bool(mentions) and takes_sides(item)
            if item.after:
                named = 0
            parsed.append(item)
        return parsed

    def _retitle(self, parsed: list[Parsed], index: PartyIndex) -> bool:
        """Reads a title again that names the target short, once the text has named it in full."""
        if not parsed or not parsed[0].sentence.title or any(target.full for target in parsed[0].targets):
            return False
        sentence = parsed[0].sentence
        targets = self._targets.find(sentence, Context(recent=True))
        if targets:
            parsed[0] = Parsed(sentence, self.lexicon, index.find(sentence), targets)
        return bool(targets)

    def _read_sentence(
        self, scene: Scene, article: Article, document: str, statements: list[Statement], rejections: list[Rejection]
    ) -> None:
        sentence = scene.parsed.sentence
        reasons: list[tuple[Target, str]] = []
        best: dict[tuple[str, Voice], tuple[Finding, Telling]] = {}
        for finding in findings(scene, reasons):
            told = telling(
                scene.parsed,
                finding.mention.party,
                finding.at,
                scene.attributions,
                scene.quote_speakers.get(sentence.quoted[finding.at]),
            )
            if _denied(scene, finding):
                reasons.append((finding.target, "denied"))
                continue
            past = told_of_past(scene.parsed.lower, finding.at, article.published.date())
            if past == date.min:
                reasons.append((finding.target, "what it once held"))
                continue
            finding.past = past
            apart = finding.how == "ellipsis" and ";" in scene.parsed.words[: finding.at]  # "X wants it; Y does not"
            aside = finding.rule == "passive" and not any(
                scene.parsed.auxiliary(x) for x in range(finding.target.end, finding.at)
            )  # "urged them to back the pact, drawn up by X"
            presupposed = (
                aside or apart or finding.rule in ("nominal", "own-proposal") or finding.how.startswith("its ")
            )
            if presupposed and told.voice is not Voice.OWN:
                told = Telling(Voice.OWN)  # who speaks of "X's plan" takes it for granted
            elif finding.mention.how == "first person" or (
                finding.rule in ("content", "predicate") and told.voice is not Voice.OWN
            ):
                told = Telling(Voice.OWN, told.source, None, told.how)
            if finding.teller is not None or finding.told:
                by = finding.teller[0].party if finding.teller else None
                told = Telling(Voice.CLAIMED, finding.told or None, by, "judged")
            key = (finding.mention.party, told.voice)
            now = scene.parsed.lower[max(0, finding.at - 4) : finding.at]
            turned = key in best and best[key][0].at < finding.at and "now" in now  # "once backed it but now wants ..."
            if key not in best or turned or _weight(finding, told) >= _weight(*best[key]):
                best[key] = (finding, told)
        for (party, _), (finding, told) in sorted(best.items(), key=lambda item: item[1][0].at):
            statements.append(self._statement(scene, article, document, party, finding, told))
        if not best and scene.parsed.mentions:
            reason = "; ".join(dict.fromkeys(text for _, text in reasons)) or "no rule applies"
            rejections.append(
                Rejection(
                    document[sentence.start : sentence.end],
                    sentence.start,
                    sentence.end,
                    reason,
                    scene.parsed.mentions[0].party,
                )
            )

    def _statement(
        self, scene: Scene, article: Article, document: str, party: str, finding: Finding, told: Telling
    ) -> Statement:
        sentence = scene.parsed.sentence
        text = document[sentence.start : sentence.end]
        conditions = extract(scene.parsed, finding.condition) if finding.condition >= 0 else ()
        cues = tuple(sorted(finding.cues, key=lambda c: c.start))
        return Statement(
            topic=self.topic.name,
            party=party,
            stance=finding.stance,
            voice=told.voice,
            strength=strength(finding, told),
            cue=" … ".join(dict.fromkeys(c.text for c in cues)),
            rule=finding.rule,
            sentence=text,
            start=sentence.start,
            end=sentence.end,
            article=article.reference,
            source=told.source,
            claimed_by=told.claimed_by,
            conditions=conditions,
            said_on=finding.past or said_on(text, article.published.date()),
            confidence=confidence(finding, told),
            member=finding.mention.member,
            deed=finding.deed,
            divided=finding.divided,
            chain=cues,
            target=sentence.text(finding.target.start, finding.target.end, document),
            target_start=sentence.starts[finding.target.start],
            speaker=finding.how or finding.mention.how,
        )


def _denied(scene: Scene, finding: Finding) -> bool:
    """Whether the position is the content of a denial: "denied that it had agreed to it"."""
    lower = scene.parsed.lower[: finding.at]
    if any(lower[i : i + 3] == ["not", "true", "that"] for i in range(len(lower) - 2)):
        return True
    if any(lower[i : i + 3] == ["no", "way", "to"] for i in range(len(lower) - 2)):
        return True  # "there was no way to pass it": nobody's wish
    attribution = speaker_at(scene.attributions, finding.at)
    if attribution is None or attribution.cue < 0 or finding.rule not in ("clause", "content", "predicate"):
        return False
    entry = scene.parsed.saying(attribution.cue)
    if entry is not None and entry.lemma == "doubt" and finding.rule == "clause":
        return True  # "analysts doubt that X will sign"
    return entry is not None and finding.rule != "predicate" and entry.lemma in scene.parsed.lexicon.sets["denying"]


def _weight(finding: Finding, told: Telling) -> float:
    """Of two findings about one party in one sentence the surer stands; acts and conditions before bare words."""
    return (
        confidence(finding, told)
        - 0.5 * (finding.past is not None)
        + 0.2 * finding.deed
        + (0.06 + held_back(finding)) * (finding.stance is Stance.CONDITIONAL)
    )


def _scenes(parsed: Sequence[Parsed], titles: Mapping[str, Mention]) -> list[Scene]:
    """Attributions and pronouns, sentence after sentence; then quotations that run over several.

    `titles` tells whom "the president" means before any is named.
    """
    memory = Memory(titles=dict(titles))
    speakers: dict[int, Source] = {}
    guessed: dict[int, Source] = {}
    scenes: list[Scene] = []
    last: Source | None = None
    for item in parsed:
        sentence = item.sentence
        here = memory.copy()
        local = attributions(item, here)
        for attribution in local:
            if attribution.belief:
                continue
            for lo, hi in attribution.spans:
                for i in range(lo, hi):
                    if sentence.quoted[i]:
                        speakers.setdefault(sentence.quoted[i], attribution.source)
        opening = sentence.quoted[0] if sentence.quoted else 0
        spoke = [a.source for a in local if a.source.kind != "first" and not a.belief]
        if opening and opening not in speakers and last is not None and item.words[0] in QUOTES and not spoke:
            guessed.setdefault(opening, last)  # '"...," Smith said. "..."'
        if spoke:
            last = spoke[-1]
        elif not opening:
            last = _topic_of(item)
        scenes.append(Scene(item, local, here, speakers))
        memory.note(item)
    for number, source in guessed.items():
        speakers.setdefault(number, source)  # an attribution behind the quotation comes first
    return [_with_open_quotations(scene) for scene in scenes]


def _topic_of(item: Parsed) -> Source | None:
    """Who speaks if a quotation follows without a word of saying: the one the sentence is about."""
    mention = next((m for m in item.mentions if m.actor and m.start <= 3 and acting(item, m)), None)
    return Source("party", mention.name, (mention,), "the sentence before") if mention else None


def _with_open_quotations(scene: Scene) -> Scene:
    """Adds the speaker of a quotation that another sentence attributes."""
    sentence = scene.parsed.sentence
    extra: list[Attribution] = []
    for number in dict.fromkeys(q for q in sentence.quoted if q):
        source = scene.quote_speakers.get(number)
        inside = [i for i, q in enumerate(sentence.quoted) if q == number]
        if source is None or any(a.covers(i) for a in scene.attributions for i in inside):
            continue
        extra.append(Attribution(source, -1, ((inside[0], inside[-1] + 1),)))
    return replace(scene, attributions=[*scene.attributions, *extra]) if extra else scene


__all__ = ["VERSION", "Detector", "Sentence"]
