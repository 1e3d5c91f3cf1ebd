"""Where a text names the target: the topic's phrases with gaps, its opposite, and nouns that take it up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.detect.compounds import BREAKS, turned
from watcher.detect.mentions import split_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from watcher.detect.sentences import Sentence
    from watcher.detect.words import Lexicon
    from watcher.domain.topic import Topic

GAP = 5
"""At most so many words between two words of a phrase: "build the wall" finds "build his great border wall"."""

SKIPPED = frozenset(["the", "a", "an", "of", "for", "to", "on", "with", "from", "'s"])
PAPER_OF = frozenset(["of", "to", "for", "on", "about", "over", "with", "from", "between"])
COUNTS = frozenset(["two", "three", "four", "both", "several"])


@dataclass(frozen=True, slots=True)
class Target:
    """The target named at tokens [start, end). `sign` -1 is its opposite; `full` a phrase of the topic,
    else a head noun with a determiner, part of a phrase or "it" that takes one up; `action` the phrase starts
    with a verb."""

    start: int
    end: int
    sign: int
    phrase: str
    full: bool
    action: bool = False


def stem(word: str) -> str:
    """The word without its inflection, roughly: "lifting", "lifted", "lifts" and "lift" agree."""
    if len(word) > 4:
        for ending in ("ing", "ed", "es", "s", "e"):
            if word.endswith(ending):
                word = word[: -len(ending)]
                break
        if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
            word = word[:-1]
        if word.endswith("i") and len(word) > 3:
            word = word[:-1] + "y"
    return word


def _named(term: str) -> bool:
    """Whether all before the head is a name: what is "on Iran" need not be the Iran deal."""
    return all(word[:1].isupper() for word in split_words(term)[:-1])


def _modifying(found: Sequence[Target], lower: Sequence[str], i: int) -> bool:
    """`has no treaty to sign`: the infinitive belongs to the noun before it."""
    return bool(found) and found[-1].end == i - 1 and lower[i - 1] == "to"


class TargetIndex:
    """A topic's phrases as ordered stems, and the head nouns that may take them up."""

    def __init__(self, topic: Topic, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._stems: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], int, str, bool]]] = {}
        self._excluded: dict[str, list[tuple[str, ...]]] = {}
        self._partial: dict[str, list[tuple[str, ...]]] = {}
        self._turned: list[tuple[str, ...]] = []
        self.heads: set[str] = set()
        self.modifiers: set[str] = set()
        heads = lexicon.sets["heads"]
        for sign, terms in ((1, topic.target_terms or (topic.name,)), (-1, topic.against_terms)):
            for term in terms:
                words = [word.lower() for word in split_words(term)]
                stems = tuple(self._stem(word) for word in words if word not in SKIPPED)
                if not stems:
                    continue
                first = lexicon.verbs.get(words[0], ())
                action = any(
                    e.form in ("base", "ing")
                    and (e.sign or e.control)
                    and tuple(words[1 : 1 + len(e.rest)]) == e.rest
                    and len(words) > 1 + len(e.rest)
                    for e in first
                )
                acts = any(e.form == "base" and "act" in e.kinds for e in first)
                determined = len(words) > 2 and words[1] in ("the", "a", "an", "its", "his", "their")
                action = (action or acts) and (words[0] not in lexicon.nouns or determined) and words[1:2] != ["of"]
                self._phrases.setdefault(stems[0], []).append((stems, sign, term, action))
                if sign > 0 and len(stems) > 2 and not action and words[-1] in heads | lexicon.transparent_nouns:
                    self._partial.setdefault(stems[0], []).append(stems[:-1])
                if sign > 0 and not action and 1 < len(stems) < 4 and words[-1] in heads and not _named(term):
                    self._turned.append(stems[:-1])
                if sign > 0:
                    named = words[-1] if words[-1] in heads else next((w for w in reversed(words) if w in heads), "")
                    if named:
                        self.heads.add(named)
                    self.modifiers.update(
                        self._stem(word) for word in words if word not in SKIPPED and word not in heads
                    )
        for phrase in topic.exclude:
            stems = tuple(self._stem(word.lower()) for word in split_words(phrase) if word.lower() not in SKIPPED)
            if stems:
                self._excluded.setdefault(stems[0], []).append(stems)
        for head in tuple(self.heads):
            self.heads |= lexicon.families.get(head, frozenset())
        self.papers = lexicon.sets["papers"] if self.heads & lexicon.sets["signable"] else frozenset[str]()
        self.owners = (
            {word.lower() for party in topic.parties for alias in party.aliases for word in split_words(alias.text)}
            - lexicon.sets["heads"]
            - lexicon.sets["determiners"]
        )
        self._openers = frozenset(self._phrases) | frozenset(self._partial)
        acting = {stems for group in self._phrases.values() for stems, _, _, action in group if action}
        for opener, group in self._phrases.items():
            self._phrases[opener] = [(s, sign, term, action or s in acting) for s, sign, term, action in group]
        for group in self._phrases.values():
            group.sort(key=lambda item: -len(item[0]))

    def find(
        self, sentence: Sentence, *, recent: bool, close: bool = False, others: Collection[str] = ()
    ) -> list[Target]:
        """Targets in reading order, not overlapping; head nouns alone only where `recent`: a phrase stood near;
        "it" as an object only where `close`: in this sentence or the one before; `others` are papers named since
        that are on something else."""
        lower, n = sentence.lower, len(sentence.lower)
        known, phrases, openers = self._stems, self._phrases, self._openers
        stems = [known.get(word) or self._stem(word) for word in lower]
        found: list[Target] = []
        barred = self._barred(stems, lower)
        takers = self._lexicon.sets["takers"]
        i = 0
        while i < n:
            word = lower[i]
            if stems[i] not in openers and word not in self.heads and word not in takers and word not in self.papers:
                i += 1
                continue
            hit = self._phrase(stems, lower, i) if stems[i] in phrases else None
            headed = word in self.heads or word in self.papers
            if hit is None and headed and (end := turned(stems, lower, i, self._turned)) and self._closed(lower, end):
                hit = Target(i, end, 1, " ".join(sentence.words[i:end]), full=True)
            if hit and barred and any(hit.start < hi and lo < hit.end for lo, hi in barred):
                hit = None
            if barred and any(lo <= i < hi for lo, hi in barred):
                i += 1
                continue
            if (
                hit is None
                and recent
                and (end := self._span(stems, lower, i, self._partial.get(stems[i], ()), gap=1))
                and self._closed(lower, end)
            ):
                hit = Target(i, end, 1, " ".join(sentence.words[i:end]), full=False)
            if (
                hit is None
                and close
                and lower[i] in ("it", "them")
                and (
                    i == 0
                    or self._object(lower, i)
                    or (
                        i + 2 < n
                        and lower[i + 1] in ("'s", "is", "was", "will", "would")
                        and not self._expletive(lower, i)
                    )
                )
            ):
                hit = Target(i, i + 1, 1, sentence.words[i], full=False)
            if hit is None and recent and self._elliptic(lower, i) and not _modifying(found, lower, i):
                hit = Target(i, i + 1, 1, sentence.words[i], full=False, action=True)
            if hit is None and recent and lower[i] == "what" and self._named_so(lower, i):
                hit = Target(i, i + 3, 1, " ".join(sentence.words[i : i + 3]), full=False)
            if hit is None and recent and lower[i] in self.heads and self._anaphor(sentence, stems, i):
                hit = Target(i, i + 1, 1, sentence.words[i], full=False)
            if hit is None and recent and word in self.papers and word not in others and self._paper(sentence, i):
                hit = Target(i, i + 1, 1, sentence.words[i], full=False)
            if hit:
                found.append(hit)
                close = close or hit.full
                i = hit.end
            else:
                i += 1
        if not close and "it" in lower and any(target.full for target in found):
            return self.find(sentence, recent=recent, close=True, others=others)
        return found

    def _stem(self, word: str) -> str:
        """The stem, of words that mean the same in a phrase ("deal", "pact") the same one."""
        known = self._stems.get(word)
        if known is None:
            synonyms = self._lexicon.synonyms
            singular = word[:-1] if word.endswith("s") else word
            known = stem(synonyms.get(word) or synonyms.get(singular) or word)
            if len(self._stems) < 20_000:
                self._stems[word] = known
        return known

    def stems_of(self, term: str) -> tuple[str, ...]:
        """The stems a term is found by; terms with the same stems are one."""
        return tuple(self._stem(word.lower()) for word in split_words(term) if word.lower() not in SKIPPED)

    def _barred(self, stems: list[str], lower: list[str]) -> list[tuple[int, int]]:
        """Spans that are never the target."""
        if not self._excluded:
            return []
        found = []
        for i, word in enumerate(stems):
            if word in self._excluded and (end := self._span(stems, lower, i, self._excluded[word], gap=1)):
                found.append((i, end))
        return found

    def _phrase(self, stems: list[str], lower: list[str], i: int) -> Target | None:
        for words, sign, term, action in self._phrases.get(stems[i], ()):
            end = self._span(stems, lower, i, (words,), gap=GAP if action else 3)
            if end:
                return Target(i, end, sign, term, full=True, action=action)
        return None

    def _elliptic(self, lower: list[str], i: int) -> bool:
        """`refused to sign.`: a signature without an object is one under the target, where that can be signed."""
        if lower[i] not in self._lexicon.sets["elliptic"] or not self.heads & self._lexicon.sets["signable"]:
            return False
        following = lower[i + 1] if i + 1 < len(lower) else "."
        return not following[0].isalnum() or following in self._lexicon.sets["after_elliptic"]

    def _named_so(self, lower: list[str], i: int) -> bool:
        """`stop what it called a surrender`: the words stand for the target."""
        if lower[i + 1 : i + 2] not in (["it"], ["he"], ["she"], ["they"]) or i == 0:
            return False
        label = any(
            "label" in entry.kinds for word in lower[i + 2 : i + 3] for entry in self._lexicon.verbs.get(word, ())
        )
        governed = any(entry.sign for entry in self._lexicon.verbs.get(lower[i - 1], ()))
        return label and governed and not any(word in self.heads for word in lower[i + 3 : i + 8])

    @staticmethod
    def _expletive(lower: list[str], i: int) -> bool:
        """`it's important to talk`: the word stands for nothing."""
        return any(word in ("to", "that", "if", "when", "how", "for") for word in lower[i + 2 : i + 5])

    def _object(self, lower: list[str], i: int) -> bool:
        """Whether the word before token `i` takes a position on it: "reject it", "voted against it"."""
        verbs = self._lexicon.verbs
        if any(
            (entry.sign or entry.kinds & {"label", "amend"}) and not entry.rest and entry.lemma != "deny"
            for entry in verbs.get(lower[i - 1], ())
        ):
            return True
        apart = verbs.get(lower[i - 1], ())
        if any(e.sign and e.rest and list(e.rest) == lower[i + 1 : i + 1 + len(e.rest)] for e in apart):
            return True  # "turned it down"
        return any(
            entry.sign and entry.rest and list(entry.rest) == lower[j + 1 : i]
            for j in range(max(0, i - 3), i - 1)
            for entry in verbs.get(lower[j], ())
        )

    def _closed(self, lower: list[str], end: int) -> bool:
        """Whether a phrase that ends here is a noun phrase of its own: no further noun follows."""
        following = lower[end] if end < len(lower) else ""
        sets = self._lexicon.sets
        return (
            not following.isalpha()
            or following in sets["prepositions"]
            or following in sets["auxiliaries"]
            or following in ("and", "or", "but", "that", "which", "who", "a", "an")
        )

    @staticmethod
    def _span(
        stems: list[str],
        lower: list[str],
        i: int,
        candidates: tuple[tuple[str, ...], ...] | list[tuple[str, ...]],
        gap: int,
    ) -> int | None:
        n = len(stems)
        for words in candidates:
            j = i
            for word in words[1:]:
                for k in range(j + 1, min(j + 1 + gap, n)):
                    if stems[k] == word:
                        j = k
                        break
                    if lower[k] in BREAKS or lower[k] == ",":
                        k = n
                        break
                else:
                    k = n
                if j != k:
                    break
            else:
                return j + 1
        return None

    def other_papers(self, sentence: Sentence, targets: Sequence[Target]) -> Iterator[str]:
        """Papers in the sentence that are on something else: "a plan for schools"."""
        lower = sentence.lower
        if self.papers.isdisjoint(lower):
            return
        for i in range(len(lower) - 1):
            if (
                lower[i] in self.papers
                and lower[i + 1] in PAPER_OF
                and not any(t.start <= i + 3 and i < t.end for t in targets)
            ):
                yield lower[i]

    def _paper(self, sentence: Sentence, i: int) -> bool:
        """`the plan`, `the latest draft`, `two American drafts`: the paper a treaty or bill is on, once it is named."""
        lower, fillers = sentence.lower, self._lexicon.sets["fillers"]
        if lower[i + 1 : i + 2] and (lower[i + 1] in PAPER_OF or not self._closed(lower, i + 1)):
            return False
        k = i - 1
        while k >= 0 and i - k < 5 and (lower[k] in fillers or (lower[k] in self.owners and lower[k + 1] != "'s")):
            k -= 1
        return k >= 0 and (lower[k] in ("the", "this", "that") or (lower[k] in COUNTS and lower[i].endswith("s")))

    def _anaphor(self, sentence: Sentence, stems: list[str], i: int) -> bool:
        sets, lower = self._lexicon.sets, sentence.lower
        if sentence.words[i][:1].isupper() and not sentence.title and i:
            return False
        if lower[i] in self.papers and i + 1 < len(lower) and lower[i + 1] in PAPER_OF:
            return False
        if i + 1 < len(lower) and (stems[i + 1] in self.heads and lower[i + 1] in sets["heads"]):
            return False
        k, indefinite, topical = i - 1, False, False
        while k >= 0 and i - k < 6:
            word = lower[k]
            if word in ("a", "an", "any", "another", "no", "some"):
                indefinite = True
                break
            if word in sets["determiners"]:
                break
            if sentence.glued[k + 1]:
                k -= 1
                continue
            if stems[k] in self.modifiers:
                topical = True
            elif (
                word not in sets["fillers"] and not word.endswith("%") and not word[0].isdigit() and word not in '"“”$'
            ):
                return False
            k -= 1
        else:
            if k >= 0:
                return False
        if k < 0 and not (sentence.title or topical):
            return False
        if lower[k] in ("a", "an") and not topical and not sentence.title:
            after = lower[i + 1] if i + 1 < len(lower) else ""
            if any(stems[x] in self.modifiers for x in range(i + 2, min(i + 7, len(stems)))):
                return True
            return after not in ("with", "on", "over", "between", "for", "of", "to", "that")
        return not (indefinite and lower[k] == "another")
