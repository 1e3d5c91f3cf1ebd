"""A sentence with its parties, targets and cue words found, and the small questions that rules ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from watcher.detect.words import Entry, Lexicon, match_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from watcher.detect.mentions import Mention
    from watcher.detect.path import Path
    from watcher.detect.sentences import Sentence
    from watcher.detect.subject import Subject
    from watcher.detect.targets import Target

HARD = frozenset([".", ";", ":", "—", "–", "?", "!", "…", "...", "|"])
QUOTES = frozenset(['"', "“", "”", "''", "``"])
PARTICLES = frozenset(["for", "of", "from", "among", "by"])
COUNTRIES = frozenset(["states", "powers"])
"""Plural subjects that are written like verbs."""
RELATIVES = frozenset(["who", "which", "that"])

ASIDES = (
    *(["in", "good", "conscience"], ["at", "present"], ["for", "now"], ["at", "this", "stage"]),
    *(["at", "this", "point"], ["under", "any", "circumstances"], ["in", "any", "way"]),
)
"""Between "not" and its verb: "could not in good conscience sign it"."""
ASIDE_ENDS = frozenset(words[-1] for words in ASIDES)

VITAL = frozenset(["vital", "essential", "crucial", "important", "imperative", "necessary", "time", "right"])
"""Behind "it is" and before "that" they tell what must be done."""

NOUN_LINKS = frozenset(["for", "of", "to", "from"])
"""Behind "calls", "moves", "efforts" they mark a noun."""
UNCHANGED = frozenset(["set", "cut", "put", "read", "let", "bid", "quit", "hit", "shut"])
"""Past forms that look like the noun."""
BEFORE_ING_NOUN = frozenset(["the", "a", "an", "this", "'s", "his", "their", "its"])
BEFORE_PARTICIPLE = frozenset(["the", "a", "an", "his", "her", "its", "their", "proposed", "this", "that's", "of"])
BEFORE_SURE_VERB = frozenset(["he", "she", "it", "who", "they", "we", "i", "to"])
OBJECTS = frozenset(["it", "them", "the", "a", "an", "this", "his", "her", "its", "their"])
"""What follows a verb rather than a noun."""
BEFORE_PLURAL = frozenset(
    ["the", "a", "an", "these", "those", "of", "'s", "new", "several", "many", "his", "her", "their", "its"]
)
BEFORE_NOUN = frozenset(["the", "this", "that", "our", "my", "his", "her", "its", "their", "every", "each", "no"])
BEFORE_PREDICATE = frozenset(["'s", "has", "had", "have", "is", "was", "are", "were", "be"])
"""Auxiliaries that no base form follows."""


PLACE = 6
"""Words that tell where a camp sits, at most."""


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
        if following == "wait" and lower[i] in ("cannot", "can't"):
            return False  # "cannot wait to sign it"
        if (
            lower[i] == "not"
            and "because" in lower[i + 1 : i + 12]
            and {"simply", "just", "only", "merely", "solely"} & set(lower[i + 1 : i + 12])
        ):
            return False
        return not (
            lower[i] in ("not", "no") and following in ("only", "just", "doubt", "matter", "later", "merely", "simply")
        )

    def verb(self, i: int) -> tuple[Entry, int] | None:
        """The verb that starts at token `i` and the token after its last particle; None if it is no verb here."""
        if i not in self.memo:
            entries = self.lexicon.verbs.get(self.lower[i], ())
            self.memo[i] = (
                match_entry(entries, self.lower, i, len(self)) if entries and self._verbal(i, entries) else None
            )
        return self.memo[i]

    def saying(self, i: int) -> Entry | None:
        """The verb of saying or believing at token `i`."""
        if self.lower[i] not in self.lexicon.speaking:
            return None
        entries = self.lexicon.verbs[self.lower[i]]
        if not self._verbal(i, entries) or (self.lower[i][:6] == "insist" and self.lower[i + 1 : i + 2] == ["on"]):
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
        listed = listed or (before == ":" and hit[0].rest != () and k < 8)
        return hit if copula or headline or listed or self.negated(k) else None

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
        )

    def _verbal(self, i: int, entries: tuple[Entry, ...]) -> bool:
        """Whether the word is used as a verb: by its form and by the words around it."""
        form = entries[0].form
        if self.sentence.glued[i]:
            return form == "past"
        k = self.over_aside(self.back_over(i - 1, lambda j: self.adverb(j) or self.words[j] in QUOTES))
        before = self.lower[k] if k >= 0 else ""
        after = self.lower[i + 1] if i + 1 < len(self) else ""
        if form in ("ing", "s") and self.lower[i] in self.lexicon.transparent_nouns and after in NOUN_LINKS:
            return False
        if form == "ing":
            noun = after == "of" and before in self.lexicon.sets["fillers"]  # "a possible tightening of"
            return before not in BEFORE_ING_NOUN and not noun
        if form == "past":
            unchanged = self.lower[i] in UNCHANGED and before in self.lexicon.sets["determiners"]
            return not unchanged and before not in BEFORE_PARTICIPLE
        if self.lower[i] in UNCHANGED and k >= 0 and before in self.lexicon.sets["actors"]:
            return True  # "parliament put it off"
        ambiguous = self.lower[i] in self.lexicon.sets["noun_verbs"] or self.lower[i] in self.lexicon.nouns
        own = any(entry.rest and entry.rest[0] == after for entry in entries)
        if ambiguous and after in PARTICLES and not own and before not in BEFORE_SURE_VERB:
            return False
        if k < 0:
            return True
        if (
            form == "base"
            and not own
            and any(e.rest[:1] == (after,) for e in self.lexicon.adjectives.get(self.lower[i], ()))
        ):
            return False  # "Greens open to the pact"
        return self._third_person(i, k, after) if form == "s" else self._base_form(i, k, ambiguous=ambiguous)

    def _third_person(self, i: int, k: int, after: str) -> bool:
        """Whether "plans", "calls" at `i` is a verb; `k` is the word before it."""
        word, before, sets = self.lower[i], self.lower[k], self.lexicon.sets
        if word not in self.lexicon.nouns and word not in sets["noun_s"]:
            return before not in BEFORE_PLURAL
        singular_actor = before in sets["actors"] and not before.endswith("s")
        if after in OBJECTS and self._singular_noun(k):
            return True  # "the country needs the pact"
        if before in ("he", "she", "it", "who", "which", "that", "nobody", "everybody", "everyone") or singular_actor:
            return True
        mention = self.mention_at(k if self.words[k] != ")" else k - 1)
        if mention is not None and self._spoken_for(mention):
            return True  # "a spokesman for the dockers supports it"
        if mention is not None:
            bare = after not in ("of", "for", "from", "on", "by", ".")
            compound = mention.plural and mention.end - mention.start == 1  # "Democrats plans"
            return (bare and not compound) or word in sets["sure_s"]
        if before in ("but", "yet") or (before in ("and", ",") and (word not in self.lexicon.nouns or k < i - 1)):
            return True  # "once opposed it but now supports it"
        name = self.words[k][:1].isupper() and self.words[k].isalpha()
        return name and k > 0 and self.sentence.title

    def _spoken_for(self, mention: Mention) -> bool:
        """Whether the name stands behind one person who speaks for it: "Jan Vos of the Greens", "(Greens)"."""
        k = mention.start - 1 - (self.lower[mention.start - 1 : mention.start] == ["the"])
        if k < 1 or self.lower[k] not in ("of", "for", "("):
            return False
        head = self.lower[k - 1]
        named = self.words[k - 1][:1].isupper() and self.mention_at(k - 1) is None
        return named or (head in self.lexicon.sets["representing"] and not head.endswith("s"))

    def _base_form(self, i: int, k: int, *, ambiguous: bool) -> bool:
        """Whether "plan", "call" at `i` is a verb; `k` is the word before it."""
        before, sets = self.lower[k], self.lexicon.sets
        if before in sets["prepositions"] and before != "to":
            return False
        if before in sets["modals"] or (before in sets["auxiliaries"] and before not in BEFORE_PREDICATE):
            return True
        if before in ("i", "we", "they", "you", "who") or self._subjunctive(i):
            return True
        mention = self.mention_at(k)
        if mention is not None:
            joiner = self.lower[mention.start - 1 : mention.start]
            listed = self.sentence.title and joiner == [","] and self.mention_at(mention.start - 2) is not None
            joined = joiner in (["and"], ["or"]) or listed
            after = self.lower[i + 1] if i + 1 < len(self) else ""
            body = not self.sentence.title and not mention.person
            several = body and after in OBJECTS  # "the Green Party support the"
            return mention.plural or not ambiguous or joined or several or self._of_several(k)
        if self._of_several(k):
            return True
        if before in ("has", "have", "had"):
            return not ambiguous
        if (
            before == ","
            and "and" in self.lower[max(0, k - 6) : k]
            and self.lower[i + 1 : i + 2]
            and self.lower[i + 1] in OBJECTS
        ):
            return True  # "four senators, X, Y and Z, support it"
        if (
            before == ","
            and (opening := self._opening_comma(k))
            and (named := self.mention_at(opening - 1)) is not None
        ):
            return named.plural  # "the Greens, unlike the dockers, back it"
        if before == "," or before in sets["subject_words"]:
            return not ambiguous or before in ("and", "or", "not", "never", "people", "also", "both")
        if ambiguous:
            several = before in sets["unnamed"] and before.endswith("s")
            return several or before in ("senators", "leaders", "ministers", "members")
        if "that" in self.lower[max(0, k - 4) : k] and self._demanded(k):
            return True
        return self._plural_noun(before)

    def _of_several(self, k: int) -> bool:
        """Whether a plural name with its place ends at token `k`: "Greens in the house", "including X,"."""
        comma = self.words[k] == ","
        such = next((x for x in range(k - 1, max(0, k - 6), -1) if self.lower[x : x + 2] == ["such", "as"]), 0)
        if such and self.lower[such - 1].endswith("s"):
            return True  # "union leaders such as Rita Falk"
        opening = self._opening_comma(k) if comma else 0
        if opening and self.lower[opening + 1] in ("including", "like", "along", "together", "among", "such"):
            return self.lower[opening - 1].endswith("s")
        while k > 0 and (self.lower[k] in self.lexicon.sets["spans"] or self.lower[k] in self.lexicon.sets["weekdays"]):
            k -= 1 + (self.lower[k - 1] in ("this", "last", "next", "on", "late", "early"))
        mention = next((m for m in reversed(self.mentions) if m.end <= k + 1), None)
        if mention is not None and mention.end == k + 1:
            return mention.plural or self._several_at(mention)
        if comma or mention is None or k - mention.end > PLACE + (3 if self.words[mention.end] == "," else 0):
            return False
        between = self.lower[mention.end : k + 1]
        listed = between[0] == "," and "and" in between
        several = between[0] == "and" or listed or (mention.plural and between[0] in ("in", "on", "of", "from", "at"))
        return several and all(
            (word.isalpha() or (listed and word == ",")) and not self.auxiliary(x) and self.verb(x) is None
            for x, word in enumerate(between, mention.end)
        )

    def _several_at(self, mention: Mention) -> bool:
        """Whether several speak for the one named: "officials at the Green Party"."""
        k = mention.start - 1 - (self.lower[mention.start - 1 : mention.start] == ["the"])
        spoken = k > 0 and self.lower[k] in ("of", "at", "from", "in") and self.lower[k - 1].endswith("s")
        return spoken and self.lower[k - 1] in self.lexicon.sets["representing"]

    def _subjunctive(self, i: int) -> bool:
        """`demands that parliament approve it`, `it is vital that it sign`: a base form behind a singular."""
        that = next((x for x in range(i - 1, max(0, i - 7), -1) if self.lower[x] == "that"), -1)
        if that < 1:
            return False
        if self.lower[that - 1] in VITAL:
            return True
        demanding = self.lexicon.sets["demanding"]
        return any(e.lemma in demanding for e in self.lexicon.verbs.get(self.lower[that - 1], ()))

    def _opening_comma(self, k: int) -> int:
        """The comma before the aside that ends at the comma `k`, 0 if none."""
        return next((x for x in range(k - 2, max(0, k - 12), -1) if self.words[x] == ","), 0)

    def _plural_noun(self, word: str) -> bool:
        """Whether the word looks like a plural that a verb may follow: "steelworkers"."""
        return (
            word.endswith("s")
            and word not in ("'s", "its", "his", "this", "us")
            and len(word) > 3
            and (not self.lexicon.verbs.get(word) or word in COUNTRIES)
            and word not in self.lexicon.sets["prepositions"]
        )

    def _singular_noun(self, k: int) -> bool:
        """Whether the word at `k` looks like a noun in the singular: "country" behind "the"."""
        word, sets = self.lower[k], self.lexicon.sets
        noun = word.isalpha() and not word.endswith("s") and word not in sets["determiners"]
        return noun and word not in sets["prepositions"] and k > 0 and self.lower[k - 1] in BEFORE_NOUN

    def _demanded(self, k: int) -> bool:
        """`demanded that the government scrap it`: the base form behind a singular noun at `k`."""
        that = next((x for x in range(k - 1, max(0, k - 5), -1) if self.lower[x] == "that"), 0)
        entry = self.saying(that - 1) if that else None
        return entry is not None and entry.lemma in self.lexicon.sets["demanding"]
