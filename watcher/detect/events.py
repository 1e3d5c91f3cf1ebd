"""What was done about the target, taken up again as "the decision", "the move", "the veto".

Who welcomes a decision to scrap a treaty is against the treaty: the noun stands for the target, with the sign of what
was done about it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.chain import govern
from watcher.detect.fates import becoming
from watcher.detect.targets import Target
from watcher.domain.statement import Stance, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.words import Lexicon
    from watcher.domain.statement import Statement

PLACES = frozenset(["twitter", "facebook", "instagram", "x", "social", "television", "tv", "radio", "telegram"])
REACH, REACH_TITLE = 5, 9
"""For how many sentences what was done may be taken up, after a sentence and after a title."""

DONE_TO_IT = frozenset(["ratification", "signing", "adoption", "passage", "rejection", "repeal"])
NAMED = 2
"""For so many sentences behind one that names it "the ratification" is the target's."""

ITS = 10
"""Words between "the decision" and the "it" that stands for it."""

THAT, DAY = 8, 4
"""Words between "announced on Friday that the state would" and its verb, and between verb and "that"."""

WILL = frozenset(["would", "will"])

MOVED = 6
"""Words between "the decision" and what it is about."""

OWNER = 4
"""Words of a name like "the high court" at most."""

BEHIND = frozenset(["of", "to", "on", "about", "for", "against", "that", "not", "whether", "over", "between", "with"])
"""Behind the noun they tell what it is about, which may be anything."""


PAST = frozenset(["was", "were", "been", "is", "are"])

PERFECT = frozenset(["has", "had", "have", "narrowly", "easily", "finally", "then", "also"])
CAME_TO_PASS = frozenset(["passed", "failed", "collapsed", "survived", "lapsed", "expired"])
"""What a target does by itself, as news tells it."""

EVENTFUL = frozenset(
    ["mistake", "error", "blow", "setback", "victory", "win", "defeat", "decision", "step", "day", "move"]
)
"""What "it was a ..." says of what was done, rather than of the target."""

RECONSIDERING = frozenset(["reconsider", "rethink"])

PUT = frozenset(["vote", "agree", "decide", "propose", "move"])
"""What follows these is what others then vote on."""


BEFORE_VOTES = frozenset(["resolution", "bill", "motion", "amendment", "legislation"])
"""Papers that others then vote on, with what they would do."""


TURNS = (["change", "course"], ["reverse", "course"], ["think", "again"], ["back", "down"], ["turn", "back"])
OWN_MIND = frozenset(["his", "her", "its", "their"])


def _turning(lower: Sequence[str], i: int) -> int:
    """How many words from `i` on ask someone to turn back: "change course", "change her mind"; 0 if none do."""
    if list(lower[i : i + 2]) in TURNS:
        return 2
    mind = lower[i : i + 1] == ["change"] and lower[i + 2 : i + 3] == ["mind"] and lower[i + 1] in OWN_MIND
    return 3 if mind else 0


class Events:
    """What was last done about the target, sentence after sentence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._sign = 0  # of the last thing done, 0: nothing yet
        self._left = 0  # sentences for which it holds
        self._matter = 1
        self._named = NAMED + 1  # sentences since the target was named
        self._held: dict[str, int] = {}  # the side that each party was last read to take

    def take_up(self, parsed: Parsed) -> None:
        """Adds a target for each noun that takes the last event up, where the sentence does not name the target."""
        parsed.matter = self._matter
        parsed.outcome = self._sign if self._left > 0 else 0
        self._attitudes(parsed)
        self._its(parsed)
        if (self._left <= 0 and self._named > NAMED) or any(target.full for target in parsed.targets):
            return
        lower, nouns = parsed.lower, self._lexicon.sets["decisions"]
        if self._left <= 0:
            nouns = nouns & DONE_TO_IT  # "hailed the ratification"
        for i in range(1, len(lower)) if self._sign else ():
            end = i + 1 if lower[i] in RECONSIDERING else i + _turning(lower, i)
            ends = end >= len(lower) or not lower[end][0].isalnum()
            if end > i and lower[i - 1] in ("to", "and") and ends:
                words = " ".join(parsed.words[i:end])
                parsed.targets.append(Target(i, end, -self._sign, words, full=False, action=True))
        for i in range(1, len(lower)):
            if lower[i] in nouns and self._definite(parsed, i) and parsed.target_at(i) is None:
                sign = self._lexicon.nouns.get(lower[i], 0) if lower[i] in self._lexicon.sets["acts"] else self._sign
                parsed.targets.append(Target(i, i + 1, sign or 1, parsed.words[i], full=False))
        parsed.targets.sort(key=lambda target: target.start)

    def _its(self, parsed: Parsed) -> None:
        """`condemned the decision, and Norland applauded it`: "it" is what was decided, where that is known."""
        sign = self._sign if self._left > 0 else 0
        self._judged(parsed, sign)
        for target in [t for t in parsed.targets if not t.full and parsed.lower[t.start] == "it"]:
            if any(other.end <= target.start for other in parsed.targets):
                continue
            near = range(max(1, target.start - ITS), target.start)
            nouns = self._lexicon.sets["decisions"]
            if any(parsed.lower[x] in nouns and self._definite(parsed, x) for x in near):
                parsed.targets.remove(target)
                if sign:
                    parsed.targets.append(replace(target, sign=sign))
        parsed.targets.sort(key=lambda target: target.start)

    def _judged(self, parsed: Parsed, sign: int) -> None:
        """`"This is a mistake," X said`, `it was a sad day`: what is judged is what was done."""
        lower = parsed.lower
        for at, target in enumerate(parsed.targets):
            word, following = lower[target.start], lower[target.end : target.end + 6]
            told = following[:1] and following[0] in ("is", "was", "'s", "will", "would")
            if sign >= 0 or target.full or not told or word not in ("it", "this", "that"):
                continue
            if word == "this" or not EVENTFUL.isdisjoint(following):
                parsed.targets[at] = replace(target, sign=sign)

    def _attitudes(self, parsed: Parsed) -> None:
        """`condemned Norland's stance`: the side that Norland was read to take stands for the target."""
        if "'s" not in parsed.lower or any(target.full for target in parsed.targets):
            return
        for mention in parsed.mentions:
            i = mention.end + 1
            side = self._held.get(mention.party, 0)
            if side and parsed.lower[mention.end : i] == ["'s"] and parsed.lower[i : i + 1]:
                free = parsed.lower[i + 1 : i + 2] and parsed.lower[i + 1] not in BEHIND
                if parsed.lower[i] in self._lexicon.sets["attitudes"] and free and parsed.target_at(i) is None:
                    parsed.targets.append(Target(i, i + 1, side, parsed.words[i], full=False))

    def hold(self, statement: Statement) -> None:
        """Remembers the side that a party takes."""
        if (
            statement.stance in (Stance.SUPPORT, Stance.OPPOSE)
            and statement.voice is Voice.OWN
            and statement.rule != "predicate"
        ):
            self._held[statement.party] = 1 if statement.stance is Stance.SUPPORT else -1

    def note(self, parsed: Parsed) -> None:
        """Takes in what a sentence tells was done."""
        self._left -= 1
        self._named = 0 if any(target.full for target in parsed.targets) else self._named + 1
        for target in parsed.targets:
            if not target.full:
                continue
            if (sign := self._said_to_be(parsed, target)) != 0:
                self._hold(parsed, sign)
                continue
            path = parsed.paths[target.start] = govern(parsed, target)
            put = path.verbs[-1].lemma.split()[0] in PUT if path.verbs else False
            put = put or any(word in BEFORE_VOTES for word in parsed.lower[max(0, path.top - 5) : path.top])
            self._matter = parsed.matter = -1 if put and path.sign < 0 else 1
            if self._decided(parsed, path) or self._announced(parsed, path):
                self._hold(parsed, 1 if path.sign > 0 else -1)
                return
            if (fate := self._done_to_it(parsed, target)) != 0:
                self._hold(parsed, fate)
                return

    def _hold(self, parsed: Parsed, sign: int) -> None:
        """Keeps what was done; more of the same makes it be remembered no shorter."""
        reach = REACH_TITLE if parsed.sentence.title else REACH
        self._left = max(reach, self._left) if sign == self._sign else reach
        self._sign = parsed.outcome = sign

    def _done_to_it(self, parsed: Parsed, target: Target) -> int:
        """The sign of `the pact was signed`, `has been scrapped`: 0 where nothing is told to have been done to it."""
        fate = becoming(parsed, target)
        group = set(parsed.lower[target.end : fate.start]) if fate else set()
        if fate is not None and parsed.lower[fate.start] in CAME_TO_PASS and not group & PAST and group <= PERFECT:
            return fate.sign * target.sign  # "the pact passed on Monday"
        if fate is None or not group & PAST or not group.isdisjoint(["would", "could", "may", "might", "should", "to"]):
            return 0
        if {"if", "who", "which"} & set(parsed.lower[max(0, target.start - 3) : target.start]):
            return 0
        entries = self._lexicon.verbs.get(parsed.lower[fate.start], ())
        decided = any("deed" in e.kinds or e.lemma in self._lexicon.sets["deciding"] for e in entries)
        return fate.sign * target.sign if decided else 0

    def _definite(self, parsed: Parsed, i: int) -> bool:
        lower = parsed.lower
        told_on = lower[i + 1 : i + 2] == ["on"] and lower[i + 2 : i + 3] and self._place_or_day(lower[i + 2])
        if lower[i + 1 : i + 2] and lower[i + 1] in BEHIND and not told_on:
            return False
        k = i - 1
        while k > 0 and lower[k] in self._lexicon.sets["fillers"] and lower[k] != "'s":
            k -= 1
        if lower[k] == "'s":  # "the court's decision"; what a party decided is told by where it stands
            return parsed.mention_at(k - 1) is None and "the" in lower[max(0, k - OWNER) : k]
        return lower[k] in ("the", "this", "that", "its", "his", "her", "their")

    def _said_to_be(self, parsed: Parsed, target: Target) -> int:
        """The sign of `the decision to scrap the pact`, whatever is said of it: 0 where none is told."""
        lower, nouns = parsed.lower, self._lexicon.sets["decisions"]
        for k in range(target.start - 1, max(0, target.start - MOVED), -1):
            if lower[k] in nouns and lower[k + 1] == "to":
                path = govern(parsed, target, k + 1)
                plain = path.kind in ("verb", "action") and not (path.void or path.undecided or path.conditional)
                return (1 if path.sign > 0 else -1) if plain else 0
        return 0

    def _announced(self, parsed: Parsed, path: Path) -> bool:
        """`ordered its withdrawal from the pact`, `announced that it would sign the pact`."""
        lower, deciding = parsed.lower, self._lexicon.sets["deciding"]
        if path.hypothetical or path.void or path.undecided or path.conditional:
            return False
        if path.kind == "noun" and lower[path.top] in self._lexicon.sets["acts"]:
            k = parsed.back_over(path.top - 1, lambda x: lower[x] in self._lexicon.sets["determiners"])
        elif path.kind in ("verb", "action") and not WILL.isdisjoint(lower[max(0, path.top - 2) : path.top]):
            that = next((x for x in range(path.top - 2, max(0, path.top - THAT), -1) if lower[x] == "that"), 0)
            k = next((x for x in range(that - 1, max(-1, that - DAY), -1) if parsed.verb(x)), -1)
        else:
            return False
        hit = parsed.verb(k) if k >= 0 else None
        return hit is not None and hit[0].form in ("past", "s") and hit[0].lemma in deciding

    def _place_or_day(self, word: str) -> bool:
        """Whether "on" before the word only tells where or when: "hailed the ruling on Twitter"."""
        sets = self._lexicon.sets
        return word in PLACES or word in sets["weekdays"] or word in sets["months"]

    def _decided(self, parsed: Parsed, path: Path) -> bool:
        """Whether the chain tells an act: its first verb is one of deciding or doing, and nobody only might do it."""
        if path.kind not in ("verb", "action") or path.hypothetical or path.undecided or path.conditional:
            return False
        if path.void or path.amending or len(path.verbs) > 2:
            return False  # a long chain tells of what may come of it
        if path.verbs:
            first = path.verbs[-1]
            if "deed" not in first.kinds and first.lemma not in self._lexicon.sets["deciding"]:
                return False
        else:  # the target's own verb
            hit = parsed.verb(path.top)
            if hit is None or hit[0].form not in ("past", "s"):
                return False
        before = parsed.lower[max(0, path.top - 3) : path.top]
        if {"which", "who"} & set(before):
            return False  # "the pact, which ended the blockade, ...": told by the way
        return not {"would", "could", "may", "might", "should", "must", "can", "to", "if"} & set(before)
