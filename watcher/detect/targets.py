"""Where a text names the target: the topic's phrases with gaps, its opposite, and words that take it up again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watcher.detect.anaphors import Anaphors
from watcher.detect.compounds import BREAKS, turned
from watcher.detect.marks import QUOTES
from watcher.detect.papers import is_of_paper, sign_of_it
from watcher.detect.takers import Takers
from watcher.detect.undergone import told_in_passive
from watcher.detect.undoing import UNDOING
from watcher.detect.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from watcher.detect.sentences import Sentence
    from watcher.detect.words import Lexicon
    from watcher.domain.topic import Topic

GAP_ACTION, GAP = 5, 3
"""At most so many words between two words of a phrase: "build the wall" finds "build his great border wall"."""


VEHICLE = 8
"""Words between "that" behind a paper and what it would do."""

TOLD = frozenset(["said", "says", "wrote", "tweeted"])
"""Behind them "of" tells what the words before are about."""

HINT_BEFORE, HINT_AFTER = 6, 12
"""Words around a head noun in which one that tells the topic apart makes it the topic's."""


@dataclass(frozen=True, slots=True)
class Target:
    """The target named at tokens [start, end). `sign` -1 is its opposite; `full` a phrase of the topic,
    else a head noun with a determiner, part of a phrase or "it" that takes one up; `action` the phrase starts
    with a verb; `done` the participle of an act without a sign of its own that is done to what is named, -1 else."""

    start: int
    end: int
    sign: int
    phrase: str
    full: bool
    action: bool = False
    done: int = -1


@dataclass(frozen=True, slots=True)
class Context:
    """What stood before a sentence. `recent`: a phrase of the topic did, so that its head nouns take it up; `close`:
    in this sentence or the one before, so that "it" does. `others` are papers named since that are on something else.
    `it` and `paper` are the signs of what "it" takes up, `paper` where a paper that is no target stands before it.
    `lead`: a title did that names the target, so that "a pact that ..." is it."""

    recent: bool
    close: bool = False
    others: Collection[str] = ()
    it: int = 1
    paper: int = 1
    lead: bool = False


class TargetIndex:
    """Finds one topic's target in sentences."""

    def __init__(self, topic: Topic, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._wording = Wording(topic, lexicon)
        self._takers = Takers(self._wording, lexicon)
        self._anaphors = Anaphors(self._wording, lexicon)

    @property
    def heads(self) -> Collection[str]:
        """Nouns that take the target up by themselves."""
        return self._wording.heads.keys()

    @property
    def doing(self) -> Collection[str]:
        """Verbs that the topic's acts begin with: "lift" where "lift the limit" is one."""
        return self._wording.doing

    def find(self, sentence: Sentence, context: Context) -> list[Target]:
        """Targets in reading order, not overlapping."""
        lower, wording = sentence.lower, self._wording
        known, openers, taking = wording.stems, wording.openers, wording.taking
        stems = [known.get(word) or wording.stem(word) for word in lower]
        barred = self._barred(stems, lower)
        found: list[Target] = []
        end, close = 0, context.close
        for i in [i for i, word in enumerate(lower) if word in taking or stems[i] in openers]:
            if i < end:
                continue  # within the target before
            hit = self._side(sentence, i) or self._named(sentence, stems, i, barred)
            hit = hit or self._undergone(sentence, stems, i)
            if hit is None and not any(lo <= i < hi for lo, hi in barred):
                hit = self._taken_up(sentence, stems, i, found, context, close=close)
            if hit:
                found.append(hit)
                close = close or hit.full
                end = hit.end
        found = [target for x, target in enumerate(found) if not self._vehicle(lower, target, found[x + 1 : x + 2])]
        found = [target for target in found if not self._of_another(lower, target, found)]
        if not context.close and "it" in lower and any(target.full for target in found):
            return self.find(sentence, replace(context, close=True))
        return found

    @staticmethod
    def _of_another(lower: list[str], target: Target, found: Sequence[Target]) -> bool:
        """`"It is a disaster," he said of the ruling`: "it" is what is named behind."""
        if lower[target.start] not in PRONOUNS or target.end - target.start > 1:
            return False
        at = next((x for x in range(target.end, len(lower) - 1) if lower[x] in TOLD and lower[x + 1] == "of"), -1)
        named = any(at < other.start < at + VEHICLE for other in found)
        return at > 0 and not named and not PRONOUNS.isdisjoint(lower[:at]) and lower[at + 2 : at + 3] != ["it"]

    @staticmethod
    def _vehicle(lower: list[str], target: Target, after: Sequence[Target]) -> bool:
        """`a bill that would stop the aid`: what the paper would do tells, not the paper."""
        clause = lower[target.end : target.end + 2]
        if lower[target.end - 1] == "idea" and clause[:1] == ["that"] and after:
            return True  # "rejected the idea that the pact had failed"
        would = clause[:1] in (["that"], ["which"]) and clause[1:] in (["would"], ["will"])
        return would and not target.full and bool(after) and after[0].full and after[0].start - target.end < VEHICLE

    def hinted(self, sentence: Sentence) -> bool:
        """Whether a head noun stands near a word that tells this topic apart: "an agreement on the ... minerals"."""
        lower, wording = sentence.lower, self._wording
        heads = [i for i, word in enumerate(lower) if wording.heads.get(word, 0) > 0]
        if not heads:
            return False
        return any(
            wording.stem(lower[k]) in wording.telling
            for i in heads
            for k in range(max(0, i - HINT_BEFORE), min(len(lower), i + HINT_AFTER))
        )

    def other_papers(self, sentence: Sentence, targets: Sequence[Target]) -> Iterator[str]:
        """Papers in the sentence that are on something else: "a plan for schools"."""
        return self._anaphors.other_papers(sentence, targets)

    def _named(self, sentence: Sentence, stems: list[str], i: int, barred: list[tuple[int, int]]) -> Target | None:
        """A phrase of the topic that starts at token `i`, also turned round."""
        lower, wording = sentence.lower, self._wording
        hit = None
        for words, sign, term, action in wording.phrases.get(stems[i], ()):
            end = _span(stems, lower, i, (words,), gap=GAP_ACTION if action else GAP)
            if end and not action and lower[end : end + 1] and lower[end] in BEHIND:
                continue  # "a voting reform referendum", "the reform committee"
            if end and words in wording.things and not self._anaphors.closed(lower, end):
                continue  # "a student loan plan" is a plan
            if end and not action and self._told_within(lower, words, i, end):
                continue  # "Waxman and Markey introduced the bill" names no Waxman-Markey bill
            if end and not action and self._told_of_kind(lower, term, i):
                continue  # "voted against the reform" names no voting reform
            if end and action and self._undone_within(lower, words, i, end):
                continue  # "defended the repeal of the law" does not defend the law
            if end and words in wording.told and not self._does_so(lower, i, end):
                continue  # "invited to lunch by Smith" is no invitation of Smith
            if end:
                hit = self._with_head(lower, Target(i, end, sign, term, full=True, action=action))
                break
        if hit is None and (lower[i] in wording.heads or lower[i] in wording.papers):
            after = turned(stems, lower, i, wording.turned)
            if after and self._anaphors.closed(lower, after):
                hit = Target(i, after, 1, " ".join(sentence.words[i:after]), full=True)
        if hit and any(hit.start < hi and lo < hit.end for lo, hi in barred):
            return None
        return hit

    def _undergone(self, sentence: Sentence, stems: list[str], i: int) -> Target | None:
        """`the embassy should be moved`: an act of the topic in the passive."""
        for thing, sign, term, done in self._wording.passives.get(stems[i], ()):
            end = _span(stems, sentence.lower, i, (thing,), gap=GAP)
            if not end:
                continue
            at = told_in_passive(sentence.lower, sentence.words, (i, end), done.participles, self._lexicon)
            if at >= 0:
                return Target(i, end, sign, term, full=True, done=-1 if done.sign else at)
        return None

    def _side(self, sentence: Sentence, i: int) -> Target | None:
        """`the No camp`, `the 'Yes' campaign`, where the topic is put to a referendum."""
        lower, words = sentence.lower, sentence.words
        if not self._wording.yes or lower[i] not in ("yes", "no"):
            return None
        quoted = i > 0 and words[i - 1] in QUOTES
        end = i + 1 + (i + 1 < len(words) and words[i + 1] in QUOTES)
        large = words[i][:1].isupper() and i > 0
        if not (quoted or large) or lower[end : end + 1] == [] or lower[end] not in SIDES:
            return None
        sign = self._wording.yes if lower[i] == "yes" else -self._wording.yes
        return Target(i, end + 1, sign, " ".join(words[i : end + 1]), full=True)

    def _told_within(self, lower: list[str], words: tuple[str, ...], i: int, end: int) -> bool:
        """Whether a verb with an object stands inside a name."""
        return any(
            lower[x + 1] in ("the", "a", "an")
            and lower[x].endswith("ed")
            and lower[x] in self._lexicon.verbs
            and self._wording.stem(lower[x]) not in words
            for x in range(i + 1, end - 1)
        )

    def _told_of_kind(self, lower: list[str], term: str, i: int) -> bool:
        """Whether a verb at `i` stands where the term has a word in -ing that only tells its kind."""
        kind = term.split(" ", 1)[0].lower().endswith("ing") and not lower[i].endswith("ing")
        return kind and any(entry.sign or entry.form == "past" for entry in self._lexicon.verbs.get(lower[i], ()))

    def _undone_within(self, lower: list[str], words: tuple[str, ...], i: int, end: int) -> bool:
        """Whether doing away with something stands inside an act that is not about that."""
        return any(lower[x] in UNDOING and self._wording.stem(lower[x]) not in words for x in range(i + 1, end))

    def _does_so(self, lower: list[str], i: int, end: int) -> bool:
        """Whether the verb at `i` has what follows for its object."""
        sets = self._lexicon.sets
        passive = i > 0 and lower[i].endswith("ed") and lower[i - 1] in sets["auxiliaries"] - {"has", "have", "had"}
        return not passive and not any(lower[x] in sets["prepositions"] for x in range(i + 1, end))

    def _with_head(self, lower: list[str], target: Target) -> Target:
        """`pact critics`, `pact delay`: with such a noun behind it the phrase stands for its opposite."""
        if target.action or target.end >= len(lower):
            return target
        if self._lexicon.nouns.get(lower[target.end], 0) >= 0 and lower[target.end] not in EXEMPTING:
            return target
        return replace(target, end=target.end + 1, sign=-target.sign)

    def _taken_up(
        self,
        sentence: Sentence,
        stems: list[str],
        i: int,
        found: Sequence[Target],
        context: Context,
        *,
        close: bool,
    ) -> Target | None:
        """Words at token `i` that take up a target named before."""
        lower, wording, takers = sentence.lower, self._wording, self._takers
        word, end, action, recent = lower[i], 0, False, context.recent
        it = sign_of_it(found, context.it, lower, self._lexicon) if word in PRONOUNS or word == "its" else 1
        if recent and (part := _span(stems, lower, i, wording.partial.get(stems[i], ()), gap=1)):
            end = part if self._anaphors.closed(lower, part) else 0
        if not end and close and word in PRONOUNS and takers.pronoun(lower, i):
            end = i + 1
        if end and word in ("it", "them") and i and (act := self._act_on_it(stems, lower, i)):
            return Target(i - 1, end, act, " ".join(sentence.words[i - 1 : end]), full=False, action=True)
        if end or not recent:
            sign = it
            if word == "it" and not found and is_of_paper(lower, i, wording.heads.keys() | wording.papers):
                sign = context.paper
            return Target(i, end, sign, " ".join(sentence.words[i:end]), full=False) if end and sign else None
        if takers.elliptic(lower, i) and not takers.modifying(found, lower, i):
            end, action = i + 1, True
        elif word == "its" and close and (act := takers.its_act(lower, i)):
            return Target(i, i + 2, act * it, " ".join(sentence.words[i : i + 2]), full=False) if it else None
        elif word == "its" and close and takers.its_holder(lower, i):
            end = i + 1
        elif word == "what" and takers.named_so(lower, i):
            end = i + 3
        elif (word in wording.heads and self._anaphors.anaphor(sentence, stems, i, lead=context.lead)) or (
            word in wording.papers and word not in context.others and self._anaphors.paper(sentence, i)
        ):
            end = i + 1
        sign = 1 if action else wording.heads.get(word, 1)
        return Target(i, end, sign, " ".join(sentence.words[i:end]), full=False, action=action) if end else None

    def _act_on_it(self, stems: list[str], lower: list[str], i: int) -> int:
        """The sign of a phrase of the topic that begins with the verb before "it" at `i`: "banned it", where "ban the
        app" is one; 0 if none does."""
        for words, sign, _, action in self._wording.phrases.get(stems[i - 1], ()):
            verb = any(e.sign or e.control for e in self._lexicon.verbs.get(lower[i - 1], ()))
            if action and len(words) > 1 and verb:
                return sign
        return 0

    def _barred(self, stems: list[str], lower: list[str]) -> list[tuple[int, int]]:
        """Spans that are never the target."""
        excluded = self._wording.excluded
        if not excluded:
            return []
        found = []
        for i, word in enumerate(stems):
            if word in excluded and (end := _span(stems, lower, i, excluded[word], gap=1)):
                found.append((i, end))
        return found


BEHIND = frozenset(["referendum", "committee", "minister", "spokesman", "spokeswoman", "expert", "experts", "lawyer"])
BEHIND |= {"analyst", "consultation", "hearing", "hearings", "study", "lobbyist", "negotiator", "negotiators"}
"""Nouns that a phrase of the topic only tells the matter of."""

SIDES = frozenset(["camp", "side", "campaign", "vote", "lobby", "campaigners", "supporters", "voters", "movement"])
"""Behind "Yes" or "No" they name those on one side of a referendum, or what they want."""

EXEMPTING = frozenset(["exemption", "exemptions", "waiver", "waivers", "carveout", "carveouts"])
"""Behind a tax, a ban or a rule they name what takes from it."""

PRONOUNS = frozenset(["it", "them", "that", "this"])


def _span(
    stems: list[str],
    lower: list[str],
    i: int,
    candidates: tuple[tuple[str, ...], ...] | list[tuple[str, ...]],
    gap: int,
) -> int | None:
    """The token after the first candidate whose stems follow from token `i` on, at most `gap` tokens apart."""
    for words in candidates:
        j = i
        for word in words[1:]:
            j = _next(stems, lower, j, word, gap)
            if j < 0:
                break
        else:
            return j + 1
    return None


def _next(stems: list[str], lower: list[str], j: int, word: str, gap: int) -> int:
    """Where the stem stands next behind token `j`, at most `gap` tokens away, amounts not counted; -1 if nowhere."""
    for k in range(j + 1, len(stems)):
        if stems[k] == word:
            return k
        told = lower[k] == "that" and stems[k + 1 : k + 2] != [word]  # "agreed that the harbour ..."
        if told or lower[k] in BREAKS or lower[k] == ",":
            return -1
        gap -= not (lower[k][0].isdigit() or lower[k] in AMOUNTS)
        if gap <= 0:
            return -1
    return -1


AMOUNTS = frozenset(["$", "€", "£", "%", "million", "billion", "trillion", "percent"])
