"""How a topic words its target: phrases as ordered stems, and the nouns that name it in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.derivation import told_as_act
from watcher.detect.mentions import split_words
from watcher.detect.undergone import Undergone, undergone
from watcher.detect.undoing import UNDOING, is_telling, places, undone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.detect.words import Lexicon
    from watcher.domain.topic import Topic

SKIPPED = frozenset(["the", "a", "an", "of", "for", "to", "on", "with", "from", "'s"])


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


OFFICES = frozenset(["nomination", "confirmation", "appointment", "nominate", "confirm", "appoint", "seat"])
"""What is done with a person: who is for the person is for it."""


def _nominee(words: Sequence[str]) -> str:
    """The person whom a term would put in office: "Smith" of "Smith's nomination", "confirm Smith"; else nothing."""
    named = [word for word in words if word[:1].isupper() and word.isalpha()]
    other = [word for word in words if word not in named and word.lower() not in SKIPPED]
    office = len(other) == 1 and other[0].lower() in OFFICES and not BODIES & set(named)
    return named[-1] if office and 0 < len(named) < PERSON else ""


BODIES = {"Court", "Senate", "House", "Board", "Cabinet", "Commission", "Reserve"}
PERSON = 4
"""Words of a name, one more than at most."""

NUMBERED = frozenset(["article", "proposition", "amendment", "clause", "section", "measure", "question", "issue"])
"""What a number tells apart, and what is called so alone when it has been named."""


STANDING = frozenset(["law", "act", "statute", "rule", "rules", "policy", "program", "programme", "order"])
"""Of a measure and the one that it would do away with, these name the one that stands."""


RULINGS = frozenset(["resolution", "legislation", "directive", "regulation", "amendment", "motion", "order"])
"""Heads of what is written down and voted on, beside what is signed."""

COURSES = frozenset(["policy", "scheme", "programme", "plan", "plans", "proposal", "proposals"])
"""What any target may be called, once it is named."""


SEVERAL = frozenset(["reform", "plan", "proposal", "measure", "change"])
"""Heads whose plural means the same: "the reforms"."""


ACTS = (
    frozenset(
        [
            "expansion",
            "repeal",
            "reform",
            "withdrawal",
            "membership",
            "accession",
            "enlargement",
            "confirmation",
            "exit",
        ]
    )
    | frozenset(
        ["legalization", "legalisation", "decriminalization", "decriminalisation", "nationalization", "nationalisation"]
    )
    | frozenset(
        ["privatization", "privatisation", "deregulation", "annexation", "independence", "secession", "tariffs"]
    )
)
"""Heads that need no article."""
OFTEN = 2
"""A word that so many terms end with names what the topic is about."""
MASS = ("ing", "ship", "tion", "sion", "ment", "ance", "ence", "dom", "ism")
"""Nouns that end so need no article either."""
GENERAL = frozenset(
    [
        "vote",
        "poll",
        "seat",
        "plant",
        "home",
        "money",
        "fund",
        "troop",
        "people",
        "country",
        "government",
        "system",
        "company",
        "worker",
        "vehicle",
        "car",
        "change",
        "record",
    ]
)


WRITTEN = frozenset(["legislation", "bills", "laws", "measures", "rules", "rights", "overhaul", "budget", "reforms"])
"""Behind a word in -ing they make a noun of it: "voting legislation"."""


FIELDS = frozenset(
    ["voting", "planning", "negotiating", "bargaining", "campaigning", "trading", "mining", "fishing", "hunting"]
) | frozenset(["farming", "housing", "lending", "banking", "spending", "drilling", "parking", "landing", "testing"])
FIELDS |= {"policing", "sentencing", "licensing", "zoning", "shipping", "gambling", "working", "training", "wrecking"}
"""They tell what kind of thing the noun behind them is: "voting reform" is not the act of voting for it."""


MATTER = frozenset(["on", "over", "about", "with", "between", "against"])
"""Behind a paper or a vote they tell what it is about."""


class Wording:
    """A topic's terms, ready to be found.

    `phrases` and `partial` (terms without their head noun), by first stem; `turned` may stand behind their head;
    `things` are those of the phrases that the target would do away with; `excluded` are never the target. `heads`
    take it up by themselves, with `modifiers` before them; so do `papers`, which `owners` may have written; `taking`
    are all words that may take it up. `doing` are the verbs that the topic's acts begin with, `acts` heads that need
    no article; `told` are phrases made of nouns of acts ("nominate Smith"). The value of a head is its sign: -1 where
    it names what the target would do away with ("the law", where the target is its repeal).
    """

    def __init__(self, topic: Topic, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.stems: dict[str, str] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], int, str, bool]]] = {}
        self.excluded: dict[str, list[tuple[str, ...]]] = {}
        self.partial: dict[str, list[tuple[str, ...]]] = {}
        self.turned: list[tuple[str, ...]] = []
        self.heads: dict[str, int] = {}
        self.modifiers: set[str] = set()
        self.doing: set[str] = set()
        self.told: set[tuple[str, ...]] = set()
        self.passives: dict[str, list[tuple[tuple[str, ...], int, str, Undergone]]] = {}
        self.acts: frozenset[str] = ACTS
        heads = lexicon.sets["heads"]
        things = dict(self._things(topic))
        for sign, terms in ((1, topic.target_terms or (topic.name,)), (-1, topic.against_terms)):
            for term in terms:
                against = sign < 0 and term.lower().startswith("against ")  # "warned against it" says it once
                own = term[len("against ") :] if against else term
                if stems := self.stems_of(own):
                    self._term(own, stems, things.pop(stems, -sign if against else sign))
        self._recurring(topic.target_terms)
        for phrase in topic.exclude:
            if stems := self.stems_of(phrase):
                self.excluded.setdefault(stems[0], []).append(stems)
        self.things = frozenset(things)
        ended = {self.stems_of(" ".join(split_words(term)[1:])) for term in topic.target_terms if self._ends(term)}
        for opener, group in self.partial.items():
            self.partial[opener] = [words for words in group if words not in self.things and words not in ended]
        self.turned = [words for words in self.turned if words not in self.things]  # "a bill that would keep the law"
        for stems, sign in things.items():
            self.phrases.setdefault(stems[0], []).append((stems, sign, " ".join(stems), False))
        self._families()
        on_paper = self.heads.keys() & (lexicon.sets["signable"] | RULINGS)
        self.papers = (lexicon.sets["papers"] if on_paper else frozenset[str]()) | (COURSES - self.heads.keys())
        self.owners = (
            {word.lower() for party in topic.parties for alias in party.aliases for word in split_words(alias.text)}
            - lexicon.sets["heads"]
            - lexicon.sets["determiners"]
        )
        self.telling = frozenset(
            self.stem(word)
            for word in (word.lower() for term in topic.target_terms or (topic.name,) for word in split_words(term))
            if len(word) > 3
            and word.isalpha()
            and not any(word in group for group in (heads, lexicon.sets["fillers"], lexicon.verbs, self.owners))
        )
        self.several = any(term.endswith("s") and not term.endswith("ss") for term in topic.target_terms)
        self.yes = self._side_of_yes(topic)
        self.openers = frozenset(self.phrases) | frozenset(self.partial) | frozenset(self.passives)
        self.taking = self.heads.keys() | self.papers | lexicon.sets["takers"] | ({"yes", "no"} if self.yes else set())
        acting = {stems for phrases in self.phrases.values() for stems, _, _, action in phrases if action}
        for opener, phrases in self.phrases.items():
            self.phrases[opener] = [(s, sign, term, action or s in acting) for s, sign, term, action in phrases]
        for phrases in self.phrases.values():
            phrases.sort(key=lambda item: -len(item[0]))

    def _side_of_yes(self, topic: Topic) -> int:
        """The sign of the Yes side, where the topic is put to a referendum; 0 where it is not. A target term with "no"
        in it tells that the topic is for the No side."""
        if not any(head in self.heads for head in ("referendum", "plebiscite")):
            return 0
        own, against = (
            any("no" in term.lower().split() for term in terms) for terms in (topic.target_terms, topic.against_terms)
        )
        return -1 if own and not against else 1

    def _term(self, term: str, stems: tuple[str, ...], sign: int) -> None:
        """Takes in one term: how it is found, and, of the target's own, which words alone may take it up."""
        lexicon, heads = self._lexicon, self._lexicon.sets["heads"]
        written = split_words(term)
        words = [word.lower() for word in written]
        action = self._is_act(written, words)
        self.phrases.setdefault(stems[0], []).append((stems, sign, term, action))
        if act := () if action else tuple(map(self.stem, told_as_act(words, lexicon))):
            self.phrases.setdefault(act[0], []).append((act, sign, term, True))
            self.told.add(act)
        done = undergone(written, lexicon) if action else None
        if done and (thing := self.stems_of(" ".join(done.thing))):
            self.passives.setdefault(thing[0], []).append((thing, sign * (done.sign or 1), term, done))
        if sign < 0:
            return
        if action:
            self.doing.update(entry.lemma for entry in lexicon.verbs.get(words[0], ()) if not entry.rest)
        place = not written[-1][:1].isupper() and _named(term)  # "North Carolina" need not be its law
        if len(stems) > 2 and not action and not place and words[-1] in heads | lexicon.transparent_nouns:
            self.partial.setdefault(stems[0], []).append(stems[:-1])
        if (name := _nominee(written)) and (known := self.stems_of(name)):
            # "is for Smith", where his confirmation is the matter
            self.partial.setdefault(known[0], []).append(known)
        if not action and 1 < len(stems) < 4 and words[-1] in heads and not _named(term):
            self.turned.append(stems[:-1])
        if len(words) == 2 and words[0] in NUMBERED and not words[1].isalpha():
            self._head(words[0], sign)  # "Article 13" is "the article"
        undoes = undone(term, lexicon) is not None  # "the repeal" takes it up, and not "the law"
        on = next((x for x in range(1, len(words)) if words[x] in MATTER), len(words))  # "referendum on the port"
        own = words[:on] if not heads.isdisjoint(words[:on]) else words
        naming = [word for word in words if word in UNDOING] if undoes else own[::-1]
        if named := next((word for word in naming if word in heads or word.removesuffix("s") in heads), ""):
            self._head(named, sign)
            self._head(named.removesuffix("s") if named.removesuffix("s") in heads else named, sign)
        if (
            words[1:2] in (["of"], ["for"])
            and words[0].endswith(MASS)
            and words[0] not in heads
            and words[0] not in UNDOING
        ):
            self._head(words[0], sign)  # "reauthorization of the bank" is also met as "is against reauthorization"
            self.acts |= {words[0]}
        self.modifiers.update(self.stem(word) for word in words if word not in SKIPPED and word not in heads)

    def _recurring(self, terms: Sequence[str]) -> None:
        """What several terms are about in the end ("Arctic drilling", "drilling in the refuge") takes the target up
        by itself."""
        counts: dict[str, int] = {}
        for term in terms:
            words = split_words(term)
            about = words[0 if words[1:2] in (["in"], ["of"], ["on"], ["for"], ["from"]) else -1]
            ended = about == words[-1] and (self._ends(term) or undone(term, self._lexicon) is not None)
            if len(words) > 1 and about.islower() and len(about) > 3 and not ended:
                counts[about.removesuffix("s")] = counts.get(about.removesuffix("s"), 0) + 1
        known, apart = self._lexicon.sets["heads"] | GENERAL, self._lexicon.sets["bystanders"]
        for word, times in counts.items():
            general = word == "system" and times >= OFTEN
            if (word in known or f"{word}s" in known) and not general:
                continue
            if times >= OFTEN + (2 if word in apart or f"{word}s" in apart else 0):
                self.heads.setdefault(word, 1)
                self.heads.setdefault(f"{word}s", 1)
                if word.endswith(MASS):
                    self.acts |= {word}

    def _ends(self, term: str) -> bool:
        """Whether a term begins with a verb against what follows: "end nuclear power"."""
        first = split_words(term)[:1]
        return any(
            e.sign < 0 and e.form == "base" and not e.rest for w in first for e in self._lexicon.verbs.get(w, ())
        )

    def _is_act(self, written: list[str], words: list[str]) -> bool:
        """Whether a term begins with its own verb: "build the wall", not "spending bill" or "support for it"."""
        lexicon, following = self._lexicon, words[1:2]
        first = lexicon.verbs.get(words[0], ())
        article = bool(following) and following[0] in ("the", "a", "an")
        signed = any(
            e.form in ("base", "ing")
            and (e.sign or e.control)
            and tuple(words[1 : 1 + len(e.rest)]) == e.rest
            and len(words) > 1 + len(e.rest)
            for e in first
        )
        written_on = lexicon.sets["papers"] | lexicon.sets["signable"] | WRITTEN
        if words[0].endswith("ing") and not article and (words[-1] in written_on or words[0] in FIELDS):
            signed = False
        told = any(e.form == "base" and "act" in e.kinds for e in first)
        small = lexicon.sets["prepositions"] | lexicon.sets["determiners"]
        if article and written[0].islower() and words[0] not in small and not words[0].endswith("s"):
            return True  # "put the deal to the voters"
        known = (lexicon.sets["heads"], lexicon.nouns, lexicon.proposals, lexicon.instruments, written_on)
        if signed and words[0] in lexicon.nouns and len(words) > 1 and not any(words[-1] in group for group in known):
            return following != ["of"] and words[1] not in small  # "ban gas drilling", not "ban proposal"
        owned = len(words) > 2 and (article or words[1] in ("its", "his", "their"))
        owned = owned or (written[0].islower() and bool(following) and written[1][0].isupper())
        return (signed or told) and (words[0] not in lexicon.nouns or owned) and following != ["of"]

    def _things(self, topic: Topic) -> Iterator[tuple[tuple[str, ...], int]]:
        """What the topic's terms would do away with, as stems, with its sign: "the embargo" in "lift the embargo"; 1
        where the other side would do away with it too: "replace Skylark" is for it where "scrap Skylark" is not."""
        parties = {name for party in topic.parties for name in (party.name, *(alias.text for alias in party.aliases))}
        stood_in = frozenset(places((*topic.target_terms, *topic.against_terms)))
        spared = {self.stems_of(" ".join(undone(term, self._lexicon) or ())) for term in topic.against_terms}
        for term in topic.target_terms:
            thing = undone(term, self._lexicon)
            if not thing or " ".join(thing).lower() in stood_in:
                continue
            stems = self.stems_of(" ".join(thing))
            if thing[-1].lower() in self._lexicon.sets["heads"] and stems not in spared:
                self._head(thing[-1].lower(), -1)
            if " ".join(thing) not in parties and is_telling(term, thing, self._lexicon):
                yield stems, 1 if stems in spared else -1

    def _head(self, word: str, sign: int) -> None:
        """Notes a noun that takes the target up; one that would have both signs takes up neither."""
        self.heads[word] = sign if self.heads.get(word, sign) == sign else 0

    def _families(self) -> None:
        """Adds what the heads are also called; of a bill that does away with a law, "the law" is the old one."""
        found: dict[str, set[int]] = {}
        for head, sign in self.heads.items():
            for word in self._lexicon.families.get(head, frozenset()) - self._lexicon.sets["specific"]:
                found.setdefault(word, set()).update((sign,) if sign else (1, -1))
        for word, signs in found.items():
            if word not in self.heads:
                self.heads[word] = signs.pop() if len(signs) == 1 else -1 if word in STANDING else 1
        self.heads = {word: sign for word, sign in self.heads.items() if sign}
        self.heads = {f"{word}s": sign for word, sign in self.heads.items() if word in SEVERAL} | self.heads

    def stem(self, word: str) -> str:
        """The stem, of words that mean the same in a phrase ("deal", "pact") the same one."""
        known = self.stems.get(word)
        if known is None:
            synonyms = self._lexicon.synonyms
            singular = word[:-1] if word.endswith("s") else word
            known = stem(synonyms.get(word) or synonyms.get(singular) or word)
            if len(self.stems) < 20_000:
                self.stems[word] = known
        return known

    def stems_of(self, term: str) -> tuple[str, ...]:
        """The stems that a term is found by, without the small words that may be any."""
        return tuple(self.stem(word) for word in map(str.lower, split_words(term)) if word not in SKIPPED)
