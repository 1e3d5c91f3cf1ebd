"""A sentence with its parties, targets and cue words found, and the small questions that rules ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from watcher.detect.marks import QUOTES
from watcher.detect.verbal import verbal
from watcher.detect.words import Entry, Lexicon, match_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from watcher.detect.mentions import Mention
    from watcher.detect.path import Path
    from watcher.detect.sentences import Sentence
    from watcher.detect.subject import Subject
    from watcher.detect.targets import Target

RELATIVES = frozenset(["who", "which", "that"])

ARTICLES = frozenset(["a", "an", "the", "this", "these", "those", "his", "her", "its", "their", "our", "my"])

DAY_WITHIN = 6
"""So near behind a verb a day may stand between it and its further words."""

RANGED = frozenset(["against", "behind"])
"""With "with X" before them they tell X's side, like adjectives."""

ASIDES = (
    *(["in", "good", "conscience"], ["at", "present"], ["for", "now"], ["at", "this", "stage"]),
    *(["at", "this", "point"], ["under", "any", "circumstances"], ["in", "any", "way"]),
)
"""Between "not" and its verb: "could not in good conscience sign it"."""
ASIDE_ENDS = frozenset(words[-1] for words in ASIDES)


PURPOSE = frozenset(["in", "order", "so", "as"])
"""They tell no more than the "to" behind them, where they go together: "in order to", "so as to"."""
SPARING = {(verb, "no") for verb in ("spare", "spares", "spared", "sparing")} | {("at", "nothing")}
"""Denials that deny no act: "spared no effort to stop it", "will stop at nothing to save it"."""


@dataclass(slots=True)
class Parsed:
    """A sentence and what was found in it. Indexes are token positions."""

    sentence: Sentence
    lexicon: Lexicon
    mentions: list[Mention]
    targets: list[Target]
    memo: dict[int, tuple[Entry, int] | None] = field(default_factory=dict)
    doing: Collection[str] = ()  # verbs that the topic's acts begin with
    after: bool = False  # the target was just named, and this sentence takes a side without naming it
    matter: int = 1  # the sign of what was put to the vote: -1 after "voted to scrap it"
    outcome: int = 0  # the sign of what was done last, 0: nothing lately
    implied: Target | None = None  # what withholds judgement on a target that the sentence before named
    paths: dict[int, Path] = field(default_factory=dict)  # read already, by where the target starts
    subjects: dict[int, Subject] = field(default_factory=dict)
    vocabulary: frozenset[str] = field(init=False, repr=False)  # its words, to see at once what cannot apply
    lower: list[str] = field(init=False, repr=False)
    words: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.lower = self.sentence.lower
        self.vocabulary = frozenset(self.lower)
        self.words = self.sentence.words

    def __len__(self) -> int:
        return len(self.sentence.words)

    def mention_at(self, i: int) -> Mention | None:
        """The mention that covers token `i`."""
        return next((m for m in self.mentions if m.start <= i < m.end), None)

    def target_at(self, i: int) -> Target | None:
        """The target that covers token `i`."""
        return next((t for t in self.targets if t.start <= i < t.end), None)

    def quotation(self, i: int) -> int:
        """The number of the quotation that token `i` stands in, 0 outside."""
        return self.sentence.quoted[i]

    def negated(self, i: int) -> bool:
        """Whether token `i` is a negation word (and not the one of "not only", "no doubt")."""
        lower = self.lower
        if lower[i] not in self.lexicon.sets["negation"]:
            return False
        following = lower[i + 1] if i + 1 < len(lower) else ""
        if lower[i] in ("hardly", "barely", "scarcely") and "when" in lower[i + 1 : i + 40]:
            return False  # "had hardly signed it when ..."
        if following == "wait" and lower[max(0, i - 1) : i + 1] == ["can", "not"]:
            return False  # "can't wait to sign it"
        if lower[i] == "little" and self._small(i):
            return False  # "a grubby little bill"
        if i and (lower[i - 1], lower[i]) in SPARING:
            return False
        if lower[i] == "not" and lower[i - 1 : i + 2] == ["could", "not", "be"] and _utmost(lower[i + 2 : i + 3]):
            return False  # "could not be happier", "could not be more opposed"
        if (
            lower[i] == "not"
            and "because" in lower[i + 1 : i + 12]
            and {"simply", "just", "only", "merely", "solely"} & set(lower[i + 1 : i + 12])
        ):
            return False
        return not (
            lower[i] in ("not", "no")
            and following in ("only", "just", "doubt", "matter", "later", "merely", "simply", "less")
        )

    def _small(self, i: int) -> bool:
        """Whether "little" at `i` tells the size of a thing: "its little pact", "a nasty little deal"."""
        k = self.back_over(i - 1, lambda x: self.words[x] in QUOTES)
        if k >= 0 and self.lower[k] in ARTICLES:
            return True
        k = self.back_over(k - 1, lambda x: self.words[x] in QUOTES) if k >= 0 and self.lower[k].isalpha() else -1
        return k >= 0 and self.lower[k] in ("a", "an") and self.lower[i + 1 : i + 2] != ["more"]

    def verb(self, i: int) -> tuple[Entry, int] | None:
        """The verb that starts at token `i` and the token after its last particle; None if it is no verb here."""
        if i not in self.memo:
            entries = self.lexicon.verbs.get(self.lower[i], ())
            hit = match_entry(entries, self.lower, i, len(self)) if entries and verbal(self, i, entries) else None
            if hit is not None and hit[0].rest and self._dated(hit[1]):
                hit = match_entry([e for e in entries if not e.rest], self.lower, i, len(self)) or hit
            if entries and not self.lexicon.sets["weekdays"].isdisjoint(self.lower[i + 1 : i + DAY_WITHIN]):
                hit = self._across_day(i, hit, entries) or hit
            self.memo[i] = hit
        return self.memo[i]

    def _across_day(
        self, i: int, hit: tuple[Entry, int] | None, entries: tuple[Entry, ...]
    ) -> tuple[Entry, int] | None:
        """`agreed on Monday on it`, `threw her weight late on Tuesday behind it`: the verb at `i` whose further words
        stand behind a day that `hit` stops before."""
        if not verbal(self, i, entries):
            return None
        weekdays = self.lexicon.sets["weekdays"]
        day = next(x for x in range(i + 1, len(self)) if self.lower[x] in weekdays)
        lo = day - (self.lower[day - 1] == "on")
        lo -= self.lower[lo - 1] in ("late", "early")
        hi = day + 1 + (self.lower[day + 1 : day + 2] in (["night"], ["morning"], ["evening"], ["afternoon"]))
        further = [e for e in entries if e.rest and (hit is None or len(e.rest) > len(hit[0].rest))]
        found = match_entry(further, [*self.lower[:lo], *self.lower[hi:]], i, len(self) - (hi - lo)) if lo > i else None
        return (found[0], found[1] + hi - lo) if found is not None and found[1] > lo else None

    def _dated(self, end: int) -> bool:
        """Whether the "on" before token `end` only leads to a day: "voted on Thursday to ratify it"."""
        sets = self.lexicon.sets
        day = end < len(self) and (self.lower[end] in sets["weekdays"] or self.lower[end] in sets["months"])
        return day and self.lower[end - 1] == "on"

    def saying(self, i: int) -> Entry | None:
        """The verb of saying or believing at token `i`."""
        if self.lower[i] not in self.lexicon.speaking:
            return None
        entries = self.lexicon.verbs[self.lower[i]]
        demands = self.lower[i][:6] == "insist" and self.lower[i + 1 : i + 2] == ["on"] and not self._dated(i + 2)
        if demands or not verbal(self, i, entries):
            return None
        return next(
            (
                e
                for e in entries
                if e.kinds & {"say", "believe"} and (not e.rest or self.lower[i + 1 : i + 2] == [e.rest[0]])
            ),
            None,
        )

    def adjective(self, i: int) -> tuple[Entry, int] | None:
        """The predicate adjective at token `i`, its further words adjacent."""
        entries = self.lexicon.adjectives.get(self.lower[i], ())
        if not entries or i == 0:
            return None
        hit = match_entry(entries, self.lower, i, len(self), gap=1)
        if hit is None or any(not self._light_between(x, hit[0].rest) for x in range(i + 1, hit[1])):
            return None  # "serious doubts about it" is not "serious about it"
        k = self.back_over(i - 1, lambda x: self.adverb(x) or self.words[x] in QUOTES)
        if k < 0:
            return hit if self.sentence.title else None
        before = self.lower[k]
        sets = self.lexicon.sets
        copula = (
            (before in sets["auxiliaries"] and before != "to")
            or before in sets["linking"]
            or before in sets["before_adjective"]
        )
        headline = self.sentence.title and self.mention_at(k) is not None
        listed = before in (",", "and", "but") and (hit[0].rest != () or "undecided" in hit[0].kinds)
        listed = listed or (before == ":" and hit[0].rest != () and k < 8) or self._ranged(k, hit[0])
        return hit if copula or headline or listed or self.negated(k) else None

    def _ranged(self, k: int, entry: Entry) -> bool:
        """`..., with X against it and Y in favour of it`: whether the name that ends at `k` is said to stand so."""
        mention = self.mention_at(k) if entry.rest[-1:] in (("of",), ("to",)) or entry.lemma in RANGED else None
        if mention is None or mention.end - 1 != k or not mention.start:
            return False
        before = mention.start - 1 - (self.lower[mention.start - 1] == "the")
        opening = next((x for x in range(before, max(0, before - 12), -1) if self.lower[x] == "with"), 0)
        return opening > 0 and self.words[opening - 1] == "," and (opening == before or self.lower[before] == "and")

    def _light_between(self, x: int, rest: tuple[str, ...]) -> bool:
        """Whether token `x` belongs to an adjective's own words, or may stand between them."""
        return self.lower[x] in rest or self.adverb(x) or self.words[x] in QUOTES or self.lower[x] in ("and", "or")

    def adverb(self, i: int) -> bool:
        """Whether token `i` is an adverb or a word as light as one."""
        word = self.lower[i]
        if word == "at":
            return self.lower[i + 1 : i + 2] == ["all"]
        return word in self.lexicon.sets["adverbs"] or (
            word.endswith("ly")
            and len(word) > 4
            and word
            not in ("only", "family", "ally", "rally", "italy", "july", "reply", "supply", "apply", "assembly", "rely")
        )

    def auxiliary(self, i: int) -> bool:
        """Whether token `i` is an auxiliary, a modal or "to"."""
        return self.lower[i] in self.lexicon.sets["auxiliaries"]

    def back_over(self, i: int, skip: Callable[[int], bool], lo: int = 0) -> int:
        """The first token at or left of `i` that `skip` does not pass, -1 (or lo - 1) if none."""
        while i >= lo and skip(i):
            i -= 1
        return i

    def over_aside(self, k: int) -> int:
        """The token left of "in good conscience" that ends at `k`, where a negation stands there; else `k`."""
        if k < 0 or self.lower[k] not in ASIDE_ENDS:
            return k
        for words in ASIDES:
            before = k - len(words)
            if before >= 0 and self.lower[before + 1 : k + 1] == words and self.negated(before):
                return before
        return k

    def light(self, i: int) -> bool:
        """Tokens between a verb and its subject that carry no subject: auxiliaries, adverbs, negation, quotes."""
        return (
            self.auxiliary(i)
            or self.adverb(i)
            or self.lower[i] in self.lexicon.sets["negation"]
            or self.words[i] in QUOTES
            or self.purpose(i)
        )

    def purpose(self, i: int) -> bool:
        """Whether token `i` is of "in order to" or "so as to", and tells no more than the "to"."""
        if self.lower[i] not in PURPOSE:
            return False
        start = i - (self.lower[i] in ("order", "as"))
        return start >= 0 and self.lower[start : start + 3] in (["in", "order", "to"], ["so", "as", "to"])


def _utmost(words: list[str]) -> bool:
    """Whether the word compares: what could not be more so is so."""
    return words in (["more"], ["less"], ["better"], ["worse"]) or any(word.endswith("ier") for word in words)
