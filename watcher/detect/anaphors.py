"""Nouns that take up a target just named: "the deal", "the latest draft", "a minerals pact", "the Bill"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.sentences import Sentence
    from watcher.detect.targets import Target
    from watcher.detect.wording import Wording
    from watcher.detect.words import Lexicon

PAPER_OF = frozenset(["of", "to", "for", "on", "about", "over", "with", "from", "between"])
WRITTEN_LARGE = frozenset(
    ["bill", "act", "treaty", "agreement", "law", "protocol", "convention", "resolution", "directive", "regulation"]
)
"""Papers that some write with a capital letter: "the Bill"."""
BREAKING = frozenset(
    ["break", "breaks", "broke", "breaking", "broken", "obey", "obeys", "violate", "violates", "violated"]
)
FARED = frozenset(["passed", "failed", "died", "collapsed", "succeeded", "survived", "stalled"])
MODALS = frozenset(["has", "does", "could", "should", "must", "can", "did"])
AMOUNTS = frozenset(["million", "billion", "trillion", "bn"])
COUNTS = frozenset(["two", "three", "four", "both", "several"])
SECOND = frozenset(["second", "another", "further"])
"""Where the topic's own is one more of its kind, "another referendum" is it."""
KEEPING = frozenset(["keep", "preserve", "protect", "save", "extend", "continue", "defend", "maintain", "strengthen"])
BETTER = frozenset(["better", "fairer", "worse"])
OTHERS = frozenset(["similar", "separate", "different", "rival", "competing", "unrelated", "alternative", "previous"])
OTHERS |= {"related", "expired", "outdated", "repealed", "replaced", "linked", "united", "associated", "limited"}
"""With one of them before it, a head is not the target."""


class Anaphors:
    """The head nouns and papers that may take up one topic's target."""

    def __init__(self, wording: Wording, lexicon: Lexicon) -> None:
        self._wording = wording
        self._lexicon = lexicon

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
        if not self.closed(lower, i + 1) and not (
            k > 0 and opens(self._lexicon, lower, k) and may_be_verb(lower[i + 1])
        ):
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
        return lower[k] not in sets["noun_verbs"] and any(entry.sign for entry in self._lexicon.verbs.get(lower[k], ()))

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


def opens(lexicon: Lexicon, lower: Sequence[str], i: int) -> bool:
    """Whether a clause begins at `i`: at the start of a sentence or a quotation, behind "says" or "that"."""
    before = lower[i - 1] if i else "."
    told = any("say" in e.kinds or "believe" in e.kinds for e in lexicon.verbs.get(before, ()))
    return told or before == "that" or not before[0].isalnum()


def may_be_verb(word: str) -> bool:
    """Whether the word may be the verb of "it": "goes", "would", "violates"."""
    return word in MODALS or word in FARED or (word.endswith("s") and not word.endswith("ss") and len(word) > 3)
