"""Words other than its nouns that take up a target just named: "it", "sign", "its repeal", "what it called a trap"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.anaphors import may_be_verb, opens
from watcher.detect.fates import CAUSING
from watcher.detect.words import match_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.detect.targets import Target
    from watcher.detect.wording import Wording
    from watcher.detect.words import Entry, Lexicon

CERTAIN = frozenset(
    ["true", "clear", "unclear", "likely", "unlikely", "possible", "obvious", "evident", "hard", "time", "certain"]
)
"""With "it is" before them they tell of a clause."""
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
FEELING = frozenset(["emotion", "emotion_good"])
STUDYING = frozenset(["study", "review", "examine", "weigh", "assess", "ponder", "mull", "evaluate"])
STUDYING |= {"analyse", "analyze", "look at", "mull over", "digest", "pore over", "look into"}
NOT_ON_IT = frozenset(["deny", "win"])
"""Of these "it" tells a claim or a contest."""

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


HELD = frozenset(["undecided", "conditional"])


TOLD_BEFORE = 8
"""Among the first words of a sentence "this" takes up the sentence before, where it does not open a clause."""


class Takers:
    """What may take up one topic's target."""

    def __init__(self, wording: Wording, lexicon: Lexicon) -> None:
        self._wording = wording
        self._lexicon = lexicon
        taking_sides = (e for group in lexicon.adjectives.values() for e in group if e.sign or e.kinds & HELD)
        self._adjectives = frozenset(tuple(entry.lemma.split()) for entry in taking_sides)
        self._widest = max(map(len, self._adjectives), default=0)

    def _verbs(self, word: str) -> Sequence[Entry]:
        return self._lexicon.verbs.get(word, ())

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
        label = any("label" in entry.kinds for word in lower[i + 2 : i + 3] for entry in self._verbs(word))
        governed = any(entry.sign for entry in self._verbs(lower[i - 1]))
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
            if not ends and lower[i] == "this" and 0 < i < TOLD_BEFORE and lower[i - 1].isalpha():
                return False  # "X said that this was a distraction": what was told before
            if not ends and lower[i + 1] in BEING and not BODIES.isdisjoint(lower[i + 2 : i + 8]):
                return False  # "this is an open and democratic party"
            if not ends and lower[i + 1] in BEING:
                teller = self._verbs(lower[i - 1]) if i else ()
                thought = bool(teller) and not any("say" in e.kinds for e in teller)
                return not self._expletive(lower, i) and opens(self._lexicon, lower, i) and not thought
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
        subject = following in BEING or (opens(self._lexicon, lower, i) and may_be_verb(following))
        return subject and not self._expletive(lower, i)

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
        if any(
            (entry.sign or entry.kinds & {"label", "amend"} or entry.lemma in STUDYING or entry.lemma == "consider")
            and not entry.rest
            and entry.lemma not in NOT_ON_IT
            for entry in self._verbs(lower[i - 1])
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
        behind = self._verbs(lower[i + 1]) if i + 1 < len(lower) else ()
        if any(e.lemma in CAUSING for e in self._verbs(lower[i - 1])) and any(
            e.form == "past" and e.sign for e in behind
        ):
            return True  # "get it scrapped"
        apart = self._verbs(lower[i - 1])
        if any(e.sign and e.rest and list(e.rest) == lower[i + 1 : i + 1 + len(e.rest)] for e in apart):
            return True  # "turned it down"
        for j in range(max(0, i - IDIOM), i - 1):
            known = [e for e in self._verbs(lower[j]) if e.rest and (e.sign or e.lemma in STUDYING)]
            hit = match_entry(known, lower, j, i) if known and known[0].rest else None
            if hit is not None and hit[1] == i:
                return True  # "staked her political future on it"
        return False
