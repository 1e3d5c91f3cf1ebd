"""The walk from a target to the left: each word ends it, takes its place in the chain, or is passed over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect import side_steps
from watcher.detect.borders import closes
from watcher.detect.clauses import CLOSE_BY, calls, done_to_it, of_another_clause, told_of_it
from watcher.detect.fates import GIVING
from watcher.detect.governors import (
    apart,
    before_noun,
    best_entry,
    ending_at,
    intransitive,
    is_idiom,
    near,
    puts_out,
    unknown_infinitive,
    weightless,
)
from watcher.detect.links import ending_adjective, link
from watcher.detect.marks import OWNING, QUOTES
from watcher.detect.opposing import against
from watcher.detect.path import Path, cue
from watcher.detect.position_nouns import carrier, means, outer_noun, reaches, within_verb
from watcher.detect.signs import apply_adjective, apply_noun, apply_verb, may_govern

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.detect.parsed import Parsed


REACH = 9
"""Words between the target and its governor."""
REACH_LINKED = 6
"""Words between two linked governors: "urged Congress to pass"."""

STRUGGLES = frozenset(["fight", "battle", "struggle", "charge"])
"""Nouns of position with "for"; "against" brings its own sign, and "over" tells none."""

BEHIND_ADJECTIVE = frozenset(["to", "that", "about", "on", "over", "of", "for"])
"""What an adjective of position needs before its object, where it brings no preposition of its own."""


ANSWERS = frozenset(["response", "reaction", "answer", "reply", "retort"])
NEUTRAL = frozenset(["neutral", "act"])
DAYS = frozenset(["day", "minute", "moment", "hour", "morning", "week", "night", "instant"])
TALKING = frozenset(["discuss", "talk about", "negotiate", "debate"])
WILLING = (["willing"], ["ready"], ["prepared"], ["open"])


class Climb:
    """One walk: the token it stands at, how far it has come since the last governor, and the path that grows.

    `climb` looks at token `at` and moves on until a step ends the walk. A step returns whether it took the token;
    one that ends the walk says so by `end`.
    """

    def __init__(self, parsed: Parsed, path: Path, at: int, lo: int) -> None:
        self.parsed, self.path, self.at, self.lo = parsed, path, at, lo
        self.distance = 0
        self.reach = REACH_LINKED if path.kind else REACH
        self.over = False

    def climb(self) -> None:
        """Walks until nothing further left can belong to the chain."""
        while not self.over and self.at >= self.lo and self.distance < self.reach:
            for step in STEPS:
                if step(self):
                    break
            else:
                self.pass_over()

    def end(self) -> bool:
        """Ends the walk."""
        self.over = True
        return True

    def link(self, i: int) -> bool:
        """Goes on left of the governor at `i` where it hangs on words there, else ends."""
        linked, at = link(self.parsed, self.path, i, self.lo)
        if not linked:
            return self.end()
        return self.go_on(at)

    def go_on(self, at: int, reach: int = REACH_LINKED) -> bool:
        """Goes on at another token, behind a governor."""
        self.at, self.distance, self.reach = at, 0, reach
        return True

    def pass_over(self) -> None:
        """Goes on to the left of a word that is none of the chain."""
        if not weightless(self.parsed, self.at):
            self.distance += 1
        self.at -= 1

    def _border(self) -> bool:
        """Words behind which another clause, or another target, begins."""
        parsed, path, i = self.parsed, self.path, self.at
        word = parsed.lower[i]
        if path.kind and word in ("and", "or") and parsed.lower[i + 1] == "to":
            first = next((x for x in range(i - 1, max(self.lo, i - 9), -1) if parsed.lower[x] == "to"), -1)
            if first > 0:  # "urged her not to give in and to fight for it"
                return self.go_on(first - 1 - parsed.negated(first - 1))
        if word == "but" and i and parsed.lower[i - 1] in ("nothing", "anything", "none"):
            path.conditional = True  # "will agree to nothing but a treaty that ..."
            return self.go_on(i - 2, self.reach)
        on_the_day = word in DAYS and i and parsed.lower[i - 1] == "the" and not path.kind
        if on_the_day and i + 1 < len(parsed) and parsed.lower[i + 1] in parsed.lexicon.sets["determiners"]:
            return self.end()  # "will strike the day the pact takes effect"
        if closes(parsed, path, i, self.lo):
            return self.end()
        if not path.kind and unknown_infinitive(parsed, i, path.top):
            path.loose = True
        return False

    def _in_answer(self) -> bool:
        """`threatened a response to the move to sign it`: what is done in answer tells of what it answers."""
        lower, i = self.parsed.lower, self.at
        behind = i + 1 + (self.parsed.words[i + 1] in QUOTES)
        if lower[i] not in ANSWERS or lower[behind : behind + 1] != ["to"] or not self.path.kind:
            return False
        return self.end()

    def _against(self) -> bool:
        path = self.path
        if self.parsed.lower[self.at] != "against" or path.kind == "action":
            return False
        self.go_on(against(self.parsed, path, self.at, self.lo))
        if path.kind == "noun":
            return self._carried(path.top, -1)
        return self.link(path.top) if path.kind == "verb" and path.verbs else True

    def _verb(self) -> bool:
        parsed, path, i = self.parsed, self.path, self.at
        hit = best_entry(parsed, path, i)
        path.comma = path.comma or (parsed.words[i] == "," and not path.kind)
        if hit is None:
            return False
        entry, end = hit
        if (
            path.kind == "verb"
            and parsed.lower[i : i + 2] == ["let", "us"]
            and (not i or not parsed.words[i - 1].isalnum())
        ):
            return self.end()  # "Let us sign it": the speaker's wish
        if parsed.sentence.glued[i] and parsed.lower[i].endswith("ed"):
            return False  # "the Norland-brokered pact"
        if not path.kind and _tells(parsed, i):
            return self.end()
        if "undecided" in entry.kinds and entry.form == "ing" and end > i + 1 + len(entry.rest):
            return False  # "lobbied wavering mayors on behalf of it"
        if entry.lemma == "call" and not path.kind and calls(parsed, path, end):
            entry = replace(entry, sign=1, kinds=frozenset(["support"]))  # "called a referendum"
        if entry.lemma in TALKING and not path.kind and parsed.lower[i - 2 : i - 1] in WILLING:
            path.conditional, path.kind, path.top = True, "adjective", i - 2  # "is willing to discuss it"
            path.cues.insert(0, cue(parsed, i - 2, end, 0))
            return self.end()
        if not path.kind and of_another_clause(parsed, path, entry, end):
            return self.end()
        if entry.rest and end > path.top + 1 and not apart(path, hit):
            return False
        if not path.kind and not path.exchange and told_of_it(parsed, path, end):
            return False  # "rejected a bill on the day the treaty was debated"
        put_out = puts_out(parsed, path, i, entry)
        if entry.kinds <= NEUTRAL and not path.kind and not put_out:
            its_object = not path.exchange and near(parsed, end, path.top)
            return self.end() if its_object else False  # "to sell or face a ban"
        if entry.lemma in CLOSE_BY and not path.kind and not done_to_it(parsed, path, end):
            return False
        governing = put_out or may_govern(parsed, path, entry)
        if entry.lemma == "make" and not governing and not path.kind and _makes_so(parsed, path, end):
            return self.end()  # "what makes the pact necessary"
        if not governing and entry.lemma in GIVING and i == path.target.start - 1 and not path.kind:
            return self.end()  # "gave it the same access"
        if is_idiom(parsed, i) or not governing or intransitive(parsed, path, i, entry):
            return False
        apply_verb(parsed, path, i, min(end, path.top) if end > i + 1 else i + 1, entry)
        return self.link(i)

    def _adjective(self) -> bool:
        parsed, path = self.parsed, self.path
        hit = parsed.adjective(self.at)
        if hit is None or hit[1] > path.top + 1:
            return False
        entry, end = hit
        doing = entry.rest[-1:] == ("of",) and parsed.lower[end : end + 1] and parsed.lower[end].endswith("ing")
        if doing and not path.kind and end < path.target.start and parsed.verb(end) is not None:
            return self.end()  # "confident of winning an exemption from it"
        if path.loose and not path.kind and not entry.kinds & {"undecided", "conditional"}:
            return False
        if entry.lemma in parsed.lexicon.sets["prepositions"] and ending_at(parsed, self.at, self.lo) >= 0:
            return False  # "stands firmly behind it": the verb's own word
        reaches = bool(entry.rest) or "undecided" in entry.kinds or entry.lemma in parsed.lexicon.sets["prepositions"]
        if not reaches and parsed.lower[end : end + 1] and parsed.lower[end] not in BEHIND_ADJECTIVE:
            return False
        apply_adjective(parsed, path, self.at, hit)
        return self.end()

    def _aimless(self) -> bool:
        """Behind "wanted to hear about the deal" only what withholds or bargains still counts."""
        if not self.path.loose or self.path.kind:
            return False
        self.pass_over()
        return True

    def _noun(self) -> bool:
        """`voiced opposition to it`, `called for its ratification`: a noun of position ends the walk unless a verb
        with a sign of its own carries it."""
        parsed, path, i = self.parsed, self.path, self.at
        lower, lexicon = parsed.lower, parsed.lexicon
        word = lower[i]
        if parsed.verb(i) is not None and best_entry(parsed, path, i) is not None:
            return False
        if word in lexicon.nouns and within_verb(parsed, i, self.lo):
            self.at -= 1
            return True
        if word not in lexicon.nouns and not (word in STRUGGLES and lower[i + 1] == "for"):
            return False
        if word == "end" and lower[i - 1] in OWNING and lower[i + 1] == "of":
            return False  # "hold up its end of the bargain"
        if not reaches(parsed, path, i):
            return False
        if path.exchange and word not in lexicon.proposals and word != "proposition":
            return False
        sign = 1 if means(parsed, path, i) else lexicon.nouns.get(word, 1)
        path.sign *= sign
        path.cues.insert(0, cue(parsed, i, i + 1, sign))
        path.kind, path.top = "noun", i
        path.conditional = path.conditional or word in lexicon.open_nouns
        while (outer := outer_noun(parsed, path.top, self.lo)) >= 0:
            path.sign *= lexicon.nouns[lower[outer]]
            path.cues.insert(0, cue(parsed, outer, outer + 1, lexicon.nouns[lower[outer]]))
            path.top = i = outer
        sign = lexicon.nouns.get(lower[i], 1)
        return self._carried(i, sign)

    def _carried(self, i: int, sign: int) -> bool:
        """Goes on at the verb that carries the noun at `i`, else ends: "opposes the repeal of it"."""
        carried = carrier(self.parsed, i, sign, self.lo)
        if carried is None:
            return self._held(i)
        k, entry, end = carried
        self.path.decided.append((i, self.path.sign, tuple(self.path.cues)))
        apply_noun(self.parsed, self.path, k, (entry, end))
        return self.link(k)

    def _held(self, i: int) -> bool:
        """Ends the walk at the noun at `i`, or at what its bearer is towards it: "is against ratification of it"."""
        parsed, path = self.parsed, self.path
        k = before_noun(parsed, i, self.lo)
        if k > self.lo and parsed.lower[k] == "against" and parsed.auxiliary(k - 1):
            against(parsed, path, k, self.lo)
            return self.end()
        if (held := ending_adjective(parsed, k, self.lo)) is not None:
            apply_adjective(parsed, path, *held)
        return self.end()

    def _purpose(self) -> bool:
        """`fight attempts to block it`: the next verb has a noun for its object."""
        parsed, path, lexicon = self.parsed, self.path, self.parsed.lexicon
        if path.kind and path.purpose and best_entry(parsed, path, self.at) is None:
            word, sets = parsed.lower[self.at], lexicon.sets
            if (
                word in lexicon.transparent_nouns
                or word in lexicon.proposals
                or word in sets["decisions"]
                or word in sets["attitudes"]
            ):
                path.nominal, path.purpose = True, False
                path.decided.append((self.at, path.sign, tuple(path.cues)))
        return False


def _makes_so(parsed: Parsed, path: Path, end: int) -> bool:
    """Whether the verb that ends at `end` makes the target something: "makes the pact necessary"."""
    behind = next((w for w in parsed.lower[path.target.end : path.target.end + MADE] if w.endswith(SO)), "")
    return bool(behind) and near(parsed, end, path.top)


SO = ("able", "ible", "ary", "less", "ful")
MADE = 4
"""Words between the target and what it is made."""


def _tells(parsed: Parsed, i: int) -> bool:
    """Whether the verb at `i` leads to words that are told: "agreed that it ...", "left no doubt that it ..."."""
    end = i + 1 + 2 * (parsed.lower[i + 1 : i + 3] == ["no", "doubt"])
    return parsed.lower[end : end + 1] == ["that"] and (end > i + 1 or parsed.saying(i) is not None)


STEPS: tuple[Callable[[Climb], bool], ...] = (
    Climb._border,
    side_steps.whether,
    Climb._in_answer,
    Climb._against,
    side_steps.a_no,
    side_steps.strike,
    side_steps.assessment,
    side_steps.threatened,
    Climb._verb,
    Climb._adjective,
    side_steps.in_favour,
    Climb._aimless,
    Climb._noun,
    side_steps.terms,
    Climb._purpose,
    side_steps.exchange,
    side_steps.why,
)
"""In this order: what ends the walk, prepositions that take a side, governors, and words that only colour the chain."""
