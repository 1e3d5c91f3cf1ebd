"""Words that take up a target just named: "the deal", "the draft", "it", "sign", "what it called a surrender"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import CAUSING
from watcher.detect.words import match_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.sentences import Sentence
    from watcher.detect.targets import Target
    from watcher.detect.wording import Wording
    from watcher.detect.words import Entry, Lexicon

PAPER_OF = frozenset(["of", "to", "for", "on", "about", "over", "with", "from", "between"])
CERTAIN = frozenset(
    ["true", "clear", "unclear", "likely", "unlikely", "possible", "obvious", "evident", "hard", "time", "certain"]
)
"""With "it is" before them they tell of a clause."""
WRITTEN_LARGE = frozenset(
    ["bill", "act", "treaty", "agreement", "law", "protocol", "convention", "resolution", "directive", "regulation"]
)
"""Papers that some write with a capital letter: "the Bill"."""
BREAKING = frozenset(
    ["break", "breaks", "broke", "breaking", "broken", "obey", "obeys", "violate", "violates", "violated"]
)
MODALS_TO_COME = frozenset(["could", "can", "would", "will", "may", "might", "should", "must"])
BEING = frozenset(["'s", "is", "was", "will", "would"])
BODIES = frozenset(["party", "country", "nation", "house", "company", "city", "movement", "government", "team"])
LETTING = frozenset(["let", "lets", "letting", "allow", "allows", "allowed", "see", "watch"])
FARING = frozenset(
    [
        "come",
        "reach",
        "advance",
        "move",
        "become",
        "go",
        "pass",
        "fail",
        "die",
        "happen",
        "collapse",
        "stand",
        "succeed",
        "proceed",
        "expire",
        "lapse",
    ]
)
FARED = frozenset(["passed", "failed", "died", "collapsed", "succeeded", "survived", "stalled"])
MODALS = frozenset(["has", "does", "could", "should", "must", "can", "did"])
AMOUNTS = frozenset(["million", "billion", "trillion", "bn"])
FEELING = frozenset(["emotion", "emotion_good"])
STUDYING = frozenset(["study", "review", "examine", "weigh", "assess", "ponder", "mull", "evaluate", "consider"])
STUDYING |= {"analyse", "analyze", "look at", "mull over", "digest", "pore over", "look into"}
NOT_ON_IT = frozenset(["deny", "win"])
"""Of these "it" tells a claim or a contest."""
COUNTS = frozenset(["two", "three", "four", "both", "several"])
SECOND = frozenset(["second", "another", "further"])
"""Where the topic's own is one more of its kind, "another referendum" is it."""

ACTS_ON_IT = {
    **dict.fromkeys(["passage", "ratification", "adoption", "enactment", "implementation", "signing", "approval"], 1),
    **dict.fromkeys(["renewal", "extension", "introduction", "completion", "terms", "provisions", "entry"], 1),
    **dict.fromkeys(["repeal", "rejection", "defeat", "abolition", "cancellation", "scrapping", "demise"], -1),
    **dict.fromkeys(["withdrawal", "suspension", "postponement", "removal", "reversal", "abandonment"], -1),
}
"""With "its" before them they tell what is done to the target."""
EITHER_ONES = frozenset(["approval", "withdrawal", "rejection", "suspension", "entry", "ratification", "adoption"])
"""Of these "its" may tell who does it, too."""
WANTED = frozenset(["for", "urge", "urged", "urges", "urging", "demand", "demands", "demanded", "demanding", "seek"])
WANTED |= {"seeks", "sought", "want", "wants", "wanted", "oppose", "opposes", "opposed", "opposing", "fight", "fights"}
WANTED |= {"fought", "fighting", "support", "supports", "supported", "supporting", "back", "backs", "backed", "favor"}
WANTED |= {
    "favors",
    "favored",
    "favour",
    "favours",
    "favoured",
    "recommend",
    "recommends",
    "recommended",
    "block",
    "to",
}
WANTED |= {"blocked", "blocking", "blocks", "delay", "delayed", "against", "on", "secure", "ensure", "force", "want"}

DOING = frozenset(["do", "does", "did", "doing", "done"])
BOUND = frozenset(["going", "has", "have", "had", "got", "needs", "ought"])
"""Before "to" they tell what is to come: "it has to go"."""

FOCUS = frozenset(["not", "only", "just", "also", "merely", "simply"])
CLEFT = 9
"""Words from "it is not only" to "that"."""

IDIOM = 6
"""Words of a verb before its object, at most: "pour cold water on it"."""

STAKE = 6
"""Words that tell what is won or lost by it, at most."""

KEEPING = frozenset(["keep", "preserve", "protect", "save", "extend", "continue", "defend", "maintain", "strengthen"])

HELD = frozenset(["undecided", "conditional"])
BETTER = frozenset(["better", "fairer", "worse"])
OTHERS = frozenset(["similar", "separate", "different", "rival", "competing", "unrelated", "alternative", "previous"])
OTHERS |= {"related", "expired", "outdated", "repealed", "replaced", "linked", "united", "associated", "limited"}
"""With one of them before it, a head is not the target."""


class Takers:
    """What may take up one topic's target."""

    def __init__(self, wording: Wording, lexicon: Lexicon) -> None:
        self._wording = wording
        self._lexicon = lexicon
        taking_sides = (e for group in lexicon.adjectives.values() for e in group if e.sign or e.kinds & HELD)
        self._adjectives = frozenset(tuple(entry.lemma.split()) for entry in taking_sides)
        self._widest = max(map(len, self._adjectives), default=0)

    @staticmethod
    def modifying(found: Sequence[Target], lower: Sequence[str], i: int) -> bool:
        """`has no treaty to sign`: the infinitive belongs to the noun before it."""
        return bool(found) and found[-1].end == i - 1 and lower[i - 1] == "to"

    def elliptic(self, lower: list[str], i: int) -> bool:
        """`refused to sign.`: a signature without an object is one under the target, where that can be signed."""
        if lower[i] not in self._lexicon.sets["elliptic"] or self._wording.heads.keys().isdisjoint(
            self._lexicon.sets["signable"]
        ):
            return False
        following = lower[i + 1] if i + 1 < len(lower) else "."
        if lower[i].endswith(("ing", "ation")) and lower[i - 1 : i] == ["the"] and following in MODALS_TO_COME:
            return True  # "hoped the signing could take place"
        return not following[0].isalnum() or following in self._lexicon.sets["after_elliptic"]

    def named_so(self, lower: list[str], i: int) -> bool:
        """`stop what it called a surrender`: the words stand for the target."""
        if lower[i + 1 : i + 2] not in (["it"], ["he"], ["she"], ["they"]) or i == 0:
            return False
        label = any(
            "label" in entry.kinds for word in lower[i + 2 : i + 3] for entry in self._lexicon.verbs.get(word, ())
        )
        governed = any(entry.sign for entry in self._lexicon.verbs.get(lower[i - 1], ()))
        named = lower[i + 3 : i + 4] in (["a"], ["an"]) or lower[i + 3 : i + 5] in (["as", "a"], ["as", "an"])
        return label and governed and named and not any(word in self._wording.heads for word in lower[i + 3 : i + 8])

    def pronoun(self, lower: list[str], i: int) -> bool:
        """Whether "it" at token `i` may be the target: an object of position, or the subject of what is said of it."""
        if (
            lower[i] in ("that", "this", "it")
            and i == 0
            and any(e.kinds & FEELING for word in lower[1:2] for e in self._verbs(word))
        ):
            return True  # "That angered the Greens."
        if lower[i] in ("that", "this"):  # "we don't support that."
            ends = i + 1 >= len(lower) or not lower[i + 1][0].isalnum()
            if not ends and lower[i + 1] in BEING and not BODIES.isdisjoint(lower[i + 2 : i + 8]):
                return False  # "this is an open and democratic party"
            if not ends and lower[i + 1] in BEING:
                teller = self._verbs(lower[i - 1]) if i else ()
                thought = bool(teller) and not any("say" in e.kinds for e in teller)
                return not self._expletive(lower, i) and self._opens(lower, i) and not thought
            return i > 0 and ends and self._object(lower, i)
        if lower[i] == "them" and not self._wording.several:
            return False
        following = lower[i + 1] if i + 2 < len(lower) else ""
        if i == 0 and any(entry.kinds == {"neutral"} for entry in self._verbs(following)):
            return False  # "It followed a reversal by ..."
        if i == 0 and following in self._lexicon.sets["agentive"]:
            return False  # "It decided to sign": who decides is no paper
        if self._object(lower, i):
            return lower[i + 2 : i + 3] != ["to"] or bool(self._verbs(following))  # "found it hard to win"
        if i == 0:
            would = following in ("would", "will") and lower[i + 2] != "be"
            return would or not self._expletive(lower, i)
        subject = following in BEING or (self._opens(lower, i) and self._verbal(following))
        return subject and not self._expletive(lower, i)

    def _opens(self, lower: Sequence[str], i: int) -> bool:
        """Whether a clause begins at `i`: at the start of a sentence or a quotation, behind "says" or "that"."""
        before = lower[i - 1] if i else "."
        told = any("say" in e.kinds or "believe" in e.kinds for e in self._verbs(before))
        return told or before == "that" or not before[0].isalnum()

    def _verbal(self, word: str) -> bool:
        """Whether the word may be the verb of "it": "goes", "would", "violates"."""
        return word in MODALS or word in FARED or (word.endswith("s") and not word.endswith("ss") and len(word) > 3)

    @staticmethod
    def its_act(lower: Sequence[str], i: int) -> int:
        """`pushed for its passage`, `fought its repeal`: the sign of the act on the target that "its" opens, 0 if none;
        "announced its withdrawal" tells what a party did."""
        noun, behind = lower[i + 1 : i + 2], lower[i + 2 : i + 3]
        if not noun or behind == ["of"]:
            return 0
        either = noun[0] in EITHER_ONES and (not i or lower[i - 1] not in WANTED)
        return 0 if either else ACTS_ON_IT.get(noun[0], 0)

    def its_holder(self, lower: Sequence[str], i: int) -> bool:
        """`one of its fiercest critics`: who is for or against the target is told by a noun with "its"."""
        if i and lower[i - 1 : i] not in (
            ["among"],
            ["of"],
            [","],
            ["is"],
            ["was"],
            ["remains"],
            ["become"],
            ["became"],
        ):
            return False
        holders = self._lexicon.sets["holders"]
        near = next((x for x in range(i + 1, min(len(lower), i + 4)) if lower[x] in holders), -1)
        return near > 0 and (lower[i - 1] != "of" or lower[i - 2 : i - 1] == ["one"])

    def _expletive(self, lower: list[str], i: int) -> bool:
        """`it's important to talk`: the word stands for nothing."""
        first = i + 2
        while first < i + 5 and lower[first : first + 1] and lower[first] in FOCUS:
            first += 1
        follows = lower[first : first + 3]
        if first > i + 2 and "that" in lower[first : first + CLEFT]:
            return True  # "It is not only a disaster that they left it"
        if follows[:1] in (["his"], ["her"], ["their"], ["our"], ["my"]) and "to" in lower[i + 2 : i + 10]:
            return True  # "it was his duty, he wrote, to pass laws"
        if follows[:1] in (["a"], ["an"]) and "to" not in follows and "that" not in follows:
            return False  # "it's a disaster for workers"
        if follows[:1] == ["of"]:
            return True  # "it was of concern, he said, that ..."
        if follows[:1] == ["the"] and follows[1:2] != ["case"]:
            return False  # "it is the best that we can get"
        determiners = self._lexicon.sets["determiners"]
        for x, word in enumerate(follows, first):
            if word in ("that", "if", "when", "how") or word in CERTAIN:
                return True
            if word == "to" and lower[x - 1] not in BOUND and lower[x + 1 : x + 2] and lower[x + 1] not in determiners:
                return True  # "it's good to talk", not "it's unfair to the port"
            if word == "for" and "to" in lower[x + 2 : x + 8]:
                return True  # "it's good for us to talk", not "it's good for us"
        return False

    def _object(self, lower: list[str], i: int) -> bool:
        """Whether the words before token `i` take a position on it: "reject it", "in favour of it"."""
        if lower[i - 1] in DOING and lower[i - 2 : i - 1] == ["and"]:
            return False  # "repeal it, and do it now": the act
        if lower[i + 1 : i + 2] == ["for"] and any(e.lemma in self._lexicon.judging for e in self._verbs(lower[i - 1])):
            return False  # "blamed it for reacting"
        if any(tuple(lower[i - n : i]) in self._adjectives for n in range(1, min(i, self._widest) + 1)):
            return True
        if i > 1 and lower[i - 2] in self._lexicon.nouns and lower[i - 1] in self._lexicon.sets["nominals_after"]:
            return True
        verbs = self._lexicon.verbs
        if any(
            (entry.sign or entry.kinds & {"label", "amend"} or entry.lemma in STUDYING)
            and not entry.rest
            and entry.lemma not in NOT_ON_IT
            for entry in verbs.get(lower[i - 1], ())
        ):
            return True
        if lower[i - 1] == "over":
            return True  # "threatened to quit over it"
        if lower[i - 1] in LETTING and not FARING.isdisjoint(lower[i + 1 : i + 3]):
            return True  # "cannot let it fail", "allow it to pass"
        for kind in ("before_good", "before_bad"):
            span = self._lexicon.phrase(kind, lower, max(0, i - STAKE), i)
            if span is not None and span[1] == i:
                return True  # "better off without it"
        behind = verbs.get(lower[i + 1], ()) if i + 1 < len(lower) else ()
        if any(e.lemma in CAUSING for e in verbs.get(lower[i - 1], ())) and any(
            e.form == "past" and e.sign for e in behind
        ):
            return True  # "get it scrapped"
        apart = verbs.get(lower[i - 1], ())
        if any(e.sign and e.rest and list(e.rest) == lower[i + 1 : i + 1 + len(e.rest)] for e in apart):
            return True  # "turned it down"
        for j in range(max(0, i - IDIOM), i - 1):
            known = [e for e in verbs.get(lower[j], ()) if e.rest and (e.sign or e.lemma in STUDYING)]
            hit = match_entry(known, lower, j, i) if known and known[0].rest else None
            if hit is not None and hit[1] == i:
                return True  # "staked her political future on it"
        return False

    def _verbs(self, word: str) -> Sequence[Entry]:
        return self._lexicon.verbs.get(word, ())

    def closed(self, lower: list[str], end: int) -> bool:
        """Whether a phrase that ends here is a noun phrase of its own: no further noun follows."""
        following = lower[end] if end < len(lower) else ""
        sets = self._lexicon.sets
        return (
            not following.isalpha()
            or following in sets["prepositions"]
            or following in sets["auxiliaries"]
            or following in ("and", "or", "but", "that", "which", "who", "a", "an")
        )

    def paper(self, sentence: Sentence, i: int) -> bool:
        """`the plan`, `the latest draft`, `two American drafts`: the paper a treaty or bill is on, once it is named."""
        lower, fillers, owners = sentence.lower, self._lexicon.sets["fillers"], self._wording.owners
        if self._on_something(lower, i):
            return False
        k = i - 1
        while k >= 0 and i - k < 5 and (lower[k] in fillers or (lower[k] in owners and lower[k + 1] != "'s")):
            k -= 1
        if not self.closed(lower, i + 1) and not (k > 0 and self._opens(lower, k) and self._verbal(lower[i + 1])):
            return False  # but "say the plan goes too far"
        return k >= 0 and (lower[k] in ("the", "this", "that") or (lower[k] in COUNTS and lower[i].endswith("s")))

    def _on_something(self, lower: Sequence[str], i: int) -> bool:
        """Whether words behind the paper at `i` tell what it is on: "a plan for schools"; "on Monday" does not."""
        after = lower[i + 1 : i + 3]
        if not after or after[0] not in PAPER_OF:
            return False
        sets = self._lexicon.sets
        return after[0] != "on" or after[1:] == [] or not (after[1] in sets["months"] or after[1] in sets["weekdays"])

    def anaphor(self, sentence: Sentence, stems: list[str], i: int, *, lead: bool = False) -> bool:
        """`the deal`, `a minerals deal`: the head noun with a determiner and none but the topic's own modifiers."""
        sets, lower = self._lexicon.sets, sentence.lower
        if sentence.words[i][:1].isupper() and not sentence.title and i and not self._written_large(sentence, i):
            return False
        if i and lower[i - 1] in sets["modals"] and not lower[i].endswith("s"):
            return False  # "to act", "will plan"
        if lower[i] == "law" and (lower[max(0, i - 2)] in BREAKING or lower[i - 2 : i] == ["rule", "of"]):
            return False  # "material that breaks the law": any law
        if lower[i] in self._wording.papers and self._on_something(lower, i):
            return False
        if i + 1 < len(lower) and (stems[i + 1] in self._wording.heads and lower[i + 1] in sets["heads"]):
            return False
        k, indefinite, topical = i - 1, False, False
        while k >= 0 and i - k < 6:
            word = lower[k]
            if word in ("a", "an", "any", "another", "no", "some"):
                indefinite = True
                break
            if word in sets["determiners"] or (sentence.title and self._short(lower, k)):
                break
            if sentence.glued[k + 1] or (sentence.glued[k] and lower[k] not in sets["prepositions"]):
                k -= 1
                continue
            if k == i - 1 and lower[i] in self._wording.acts and word in self._lexicon.verbs:
                return True  # "opposes expansion"
            if k == i - 1 and k > 0 and lower[i] in self._wording.acts and word in PAPER_OF:
                return True  # "opposed to membership"
            if word in OTHERS and stems[k] not in self._wording.modifiers:
                return False
            if stems[k] in self._wording.modifiers:
                topical = True
            elif (
                word not in sets["fillers"]
                and word not in self._lexicon.good
                and word not in self._lexicon.bad
                and not (word.endswith("ed") and lower[k - 1] in sets["determiners"])
                and not word.endswith("%")
                and not word[0].isdigit()
                and word not in '"“”$€£'
                and word not in AMOUNTS
                and lower[k - 1] not in AMOUNTS  # "the 68 million crown deal"
            ):
                return False
            k -= 1
        else:
            if k >= 0:
                return False
        if k < 0 and not (sentence.title or topical or lower[i] in self._wording.acts):
            return False
        if lower[k] == "such" and lower[i + 1 : i + 3] in (["that"], [",", "which"], [",", "that"]):
            return False  # "called for such laws, which let courts ...": of that kind, and not these
        if lower[k] in ("a", "an") and lower[i - 1] in BETTER:
            return False  # "we need a better deal": than this one
        if lower[k] in ("a", "an") and not topical and not sentence.title and lower[k - 1 : k] != ["such"]:
            after = lower[i + 1] if i + 1 < len(lower) else ""
            keeping = lower[i + 2 : i + 3] in (["would"], ["will"]) and not KEEPING.isdisjoint(lower[i + 3 : i + 4])
            if after in ("that", "which") and keeping and self._wording.things:
                return False  # "a bill that would keep the law", where doing away with it is the target
            if after != "to" and any(stems[x] in self._wording.modifiers for x in range(i + 2, min(i + 7, len(stems)))):
                return True
            if after == "that" and any(word in self._wording.owners for word in lower[i + 2 : i + 4]):
                return True  # "voted for a deal that X opposes"
            if lead and after == "that":
                return True  # "signed a historic pact that ...", behind a title that names it
            return after not in ("with", "on", "over", "between", "for", "of", "to", "that")
        return not (indefinite and lower[k] == "another") or not SECOND.isdisjoint(self._wording.modifiers)

    def _short(self, lower: Sequence[str], k: int) -> bool:
        """`X signs treaty`, `support for treaty`: titles leave the article out behind the word at `k`."""
        sets = self._lexicon.sets
        if lower[k] in sets["prepositions"]:
            return True
        return lower[k] not in sets["noun_verbs"] and any(entry.sign for entry in self._verbs(lower[k]))

    @staticmethod
    def _written_large(sentence: Sentence, i: int) -> bool:
        """`the Bill`, `this Act`: with no other name around it."""
        after = sentence.words[i + 1 : i + 2]
        alone = sentence.words[i - 1] in ("the", "this", "that") and not (after and after[0][:1].isupper())
        return alone and sentence.lower[i] in WRITTEN_LARGE

    def other_papers(self, sentence: Sentence, targets: Sequence[Target]) -> Iterator[str]:
        """Papers in the sentence that are on something else: "a plan for schools"."""
        lower = sentence.lower
        if self._wording.papers.isdisjoint(lower):
            return
        for i in range(len(lower) - 1):
            if (
                lower[i] in self._wording.papers
                and lower[i + 1] in PAPER_OF
                and not any(t.start <= i + 3 and i < t.end for t in targets)
            ):
                yield lower[i]
