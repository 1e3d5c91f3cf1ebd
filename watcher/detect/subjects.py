"""Whose act a verb is: its subject, through auxiliaries, appositions, relatives, coordination and pronouns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from watcher.detect.parsed import HARD, QUOTES, RELATIVES, Parsed

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention

APPOSITION = 26
"""An aside between commas is at most so many tokens."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts. `kind`: party (see `mentions`), first (I, we), named (a person that is no party), unnamed, media,
    pronoun (unresolved), other (a noun), none. `start` is the token it begins at, -1 if elided."""

    kind: str
    name: str = ""
    mentions: tuple[Mention, ...] = ()
    how: str = ""
    start: int = -1
    negated: bool = False  # "none of the Republicans", "neither X nor Y"


NONE = Subject("none")
SPEAKERS = frozenset(["i", "we", "you", "they", "he", "she", "it", "who"])


@dataclass(slots=True)
class Memory:
    """Whom a pronoun may mean: the persons and groups named last. None stands for someone who is no party."""

    person: Mention | None = None
    any: Mention | None = None
    group: Mention | None = None
    singular: Mention | None = None
    stranger: bool = False
    titles: dict[str, Mention] = field(default_factory=dict)

    def pronoun(self, word: str) -> Mention | None:
        """The mention that he, she, they or it takes up."""
        if word in ("he", "she", "his", "her", "him"):
            if self.stranger:
                return None
            return self.person or self.any
        if word in ("they", "their", "them"):
            return self.group
        if word in ("it", "its"):
            return self.singular
        return None

    def note(self, parsed: Parsed) -> None:
        """Takes in the mentions of a sentence that has been read."""
        for mention in sorted(parsed.mentions, key=lambda m: _acting(parsed, m)):
            if not mention.actor:
                continue
            self.remember(mention)
            self._entitle(parsed, mention)
        self._stranger(parsed)

    def _entitle(self, parsed: Parsed, mention: Mention) -> None:
        """ "President Smith" lets "the president" mean Smith."""
        start = mention.start
        while start > 0 and parsed.lower[start - 1] in parsed.lexicon.sets["offices"]:
            start -= 1
        for word in parsed.lower[start : mention.end - 1]:
            if word in parsed.lexicon.sets["offices"]:
                self.titles[word.rstrip(".")] = mention

    def remember(self, mention: Mention) -> None:
        """The newest mention wins the pronouns that fit it."""
        if mention.plural:
            self.group = mention
        elif mention.person:
            self.person = mention
            self.stranger = False
        else:
            self.singular = mention
            self.any = mention
            if self.person is None:
                self.stranger = False

    def _stranger(self, parsed: Parsed) -> None:
        """A full name that is no party's and that speaks or acts takes over he and she."""
        words, n = parsed.words, len(parsed)
        for i in range(n - 2):
            if (
                words[i][0].isupper()
                and words[i + 1][0].isupper()
                and _name(parsed, words[i])
                and _name(parsed, words[i + 1])
                and parsed.mention_at(i) is None
                and parsed.mention_at(i + 1) is None
            ):
                j = i + 2
                if parsed.saying(j) is not None or (
                    parsed.lower[j] in (",", "who")
                    and (
                        i == 0
                        or words[i - 1] in HARD
                        or parsed.lower[i - 1] in parsed.lexicon.sets["titles"]
                        or parsed.lower[i - 1] == "said"
                    )
                ):
                    last = max((m.start for m in parsed.mentions if m.person), default=-1)
                    if i > last:
                        self.stranger = True


def _name(parsed: Parsed, word: str) -> bool:
    return (
        word.lower() not in parsed.lexicon.sets["no_names"]
        and word[:1].isupper()
        and word.isalpha()
        and len(word) > 1
        and not word.isupper()
    )


def subject_of(parsed: Parsed, verb: int, memory: Memory) -> Subject:
    """The subject of the verb (or predicate) at token `verb`; kept with the sentence, which is read for one memory."""
    known = parsed.subjects.get(verb)
    if known is None:
        known = _subject_of(parsed, verb, memory)
        if known.kind in ("none", "other") and (main := _main_subject(parsed, verb)) is not None:
            known = main
        parsed.subjects[verb] = known
    return known


def _main_subject(parsed: Parsed, verb: int) -> Subject | None:
    """`After abandoning the pact, Smith ...`: an opening phrase without a subject borrows the main clause's."""
    lower = parsed.lower
    start = 0
    while start < len(parsed) and parsed.words[start] in QUOTES:
        start += 1
    if start >= len(parsed) or not (
        lower[start] in parsed.lexicon.sets["openers"] or (lower[start].endswith(("ing", "ed")) and start == verb)
    ):
        return None
    if (not lower[verb].endswith("ing") and start != verb) or any(m.actor and m.end <= verb for m in parsed.mentions):
        return None
    comma = next((x for x in range(verb + 1, len(parsed)) if parsed.words[x] == ","), -1)
    if comma < 0 or any(parsed.words[x] in HARD for x in range(start, comma)):
        return None
    mention = next((m for m in parsed.mentions if comma < m.start <= comma + 5 and m.actor), None)
    if mention is None or any(parsed.verb(x) for x in range(comma + 1, mention.start)):
        return None
    return Subject("party", mention.name, (mention,), "main clause", mention.start)


def _subject_of(parsed: Parsed, verb: int, memory: Memory) -> Subject:
    lower, words = parsed.lower, parsed.words
    if lower[verb] in ("in", "with"):
        return _inherited(parsed, verb, verb, memory)
    k = parsed.back_over(verb - 1, parsed.light)
    infinitive = any(lower[x] == "to" for x in range(max(k + 1, 0), verb))
    k = _before_time(parsed, k)
    if k < 0:
        return Subject("none", how="sentence start") if not infinitive else NONE
    if infinitive and words[k] == ",":
        return _clause_subject(parsed, k, memory)
    if words[k] in (",", ")"):
        progressive = any(lower[x] in ("is", "was", "are", "were", "been", "be", "am") for x in range(k + 1, verb))
        if (lower[verb].endswith("ing") and not progressive) or _conjoined(parsed, verb, k):
            return _inherited(parsed, verb, k, memory)
        inner = _before_aside(parsed, k)
        if inner is None:
            return _inherited(parsed, verb, k, memory)
        k = inner
    if lower[k] in RELATIVES:
        return _relative(parsed, k, memory)
    if lower[k] in ("and", "or", "but", "then", "&"):
        return _inherited(parsed, verb, k, memory)
    if words[k] in HARD:
        return Subject("none", how="sentence start")
    if lower[k] in parsed.lexicon.sets["prepositions"] or (
        parsed.verb(k) and parsed.mention_at(k) is None and not lower[k].endswith("s")
    ):
        return _inherited(parsed, verb, k, memory)
    if infinitive:
        mention = parsed.mention_at(k)
        if mention is None and lower[k] not in SPEAKERS:
            return _clause_subject(parsed, k + 1, memory)
        if mention is not None and mention.start and words[mention.start - 1] not in HARD:
            if lower[mention.start - 1] == "for":
                return Subject("other", "for ... to")
            return _clause_subject(parsed, mention.start, memory)
    if lower[verb].endswith("ing") and lower[k] in parsed.lexicon.instruments and _owned(parsed, k) is None:
        return _inherited(parsed, verb, k, memory)
    found = noun_phrase(parsed, k, memory, verb)
    if (
        found.kind == "other"
        and lower[verb].endswith("ing")
        and (clause := _clause_subject(parsed, k, memory)).kind == "party"
    ):
        return clause
    return found


def _before_tag(parsed: Parsed, k: int) -> int:
    """Left over a lawmaker's tag: ", R-Pennsylvania" or "(D-Conn.)"."""
    j = k
    while j > 0 and (
        parsed.sentence.glued[j]
        or parsed.words[j] in (".", ")")
        or (parsed.words[j][:1].isupper() and j == k and parsed.sentence.glued[j - 1])
    ):
        j -= 1
    if j != k and j > 1 and parsed.lower[j] in ("r", "d", "i") and parsed.words[j - 1] in (",", "("):
        return j - 2
    return k


def _before_time(parsed: Parsed, k: int) -> int:
    """Left over "on Thursday", "last week", "in 2013", "on Feb. 15"."""
    lower = parsed.lower
    while k > 0:
        start = k
        while k > 0 and (
            lower[k] in parsed.lexicon.sets["spans"]
            or lower[k] in parsed.lexicon.sets["months"]
            or lower[k] in parsed.lexicon.sets["weekdays"]
            or lower[k][0].isdigit()
            or (
                lower[k]
                in ("this", "last", "next", "late", "early", "earlier", "the", "past", "a", "few", "two", "three")
                and start != k
            )
        ):
            k -= 1
        if (k != start and lower[k] in ("on", "in", "at", "since", "during")) or (
            k == start and lower[k] == "on" and k + 1 < len(lower) and lower[k + 1] in parsed.lexicon.sets["weekdays"]
        ):
            k -= 1
        if k == start:
            return k
        k = parsed.back_over(k, parsed.light)
    return k


def _conjoined(parsed: Parsed, verb: int, k: int) -> bool:
    """A comma right before the verb in a list of verbs: "backed, signed and defended"."""
    previous = k - 1
    return previous >= 0 and verb - k <= 2 and parsed.verb(previous) is not None and not parsed.saying(previous)


def _before_aside(parsed: Parsed, k: int) -> int | None:
    """The token before an aside that ends at the comma or bracket `k`."""
    opening = "(" if parsed.words[k] == ")" else ","
    j = k - 1
    while j >= 0 and parsed.words[j] != opening and k - j < APPOSITION:
        if parsed.words[j] in HARD:
            return None
        j -= 1
    if j <= 0 or parsed.words[j] != opening:
        return None
    return parsed.back_over(j - 1, lambda x: parsed.words[x] in QUOTES or parsed.words[x] == ")")


def _relative(parsed: Parsed, k: int, memory: Memory) -> Subject:
    """The antecedent of who, which or that."""
    j = k - 1
    if j >= 0 and parsed.words[j] in (",", *QUOTES):
        j -= 1
    if j < 0:
        return NONE
    j = _before_time(parsed, parsed.back_over(j, parsed.adverb))
    j = _before_tag(parsed, j)
    if j < 0:
        return NONE
    if parsed.lower[j] in parsed.lexicon.instruments:
        for x in range(j - 1, max(-1, j - 8), -1):
            if parsed.verb(x):
                return subject_of(parsed, x, memory)
        return Subject("other", parsed.words[j])
    found = noun_phrase(parsed, j, memory, k)
    return replace(found, how=found.how + " relative") if found.kind == "party" else Subject("other", parsed.words[j])


def _inherited(parsed: Parsed, verb: int, k: int, memory: Memory) -> Subject:
    """Coordination and participles: the subject of the verb before, or the clause's."""
    for j in range(k - 1, -1, -1):
        if parsed.words[j] in (";", "—", "–", ":") and j > 0:
            break
        if parsed.verb(j) or parsed.adjective(j):
            before = parsed.back_over(j - 1, parsed.light)
            if before >= 0 and (parsed.lower[before] in parsed.lexicon.sets["prepositions"]):
                continue
            found = subject_of(parsed, j, memory)
            if found.kind in ("party", "first", "named", "unnamed", "pronoun", "media"):
                return replace(found, how="elided")
            if found.kind == "other":
                return found
    return _clause_subject(parsed, k, memory)


def _clause_subject(parsed: Parsed, k: int, memory: Memory) -> Subject:
    """The name or pronoun that opens the clause before `k`."""
    prepositions = parsed.lexicon.sets["prepositions"]
    for j in range(k - 1, -1, -1):
        if parsed.words[j] in (";", "—", "–") and j > 0:
            return NONE
        mention = parsed.mention_at(j)
        if mention and mention.actor and mention.end - 1 == j:
            first = _phrase_start(parsed, mention.start)
            before = parsed.lower[first - 1] if first else ""
            if before == "of" and _quantified(parsed, first):
                before = ""
            if (
                before not in prepositions
                and not (first and parsed.verb(first - 1))
                and parsed.lower[j + 1 : j + 2] != ["'s"]
            ):
                return Subject("party", mention.name, (mention,), "clause subject", first)
        if parsed.lower[j] in ("he", "she", "they") and parsed.sentence.quoted[j] == parsed.sentence.quoted[k]:
            return _pronoun(parsed, j, memory)
    return NONE


def _phrase_start(parsed: Parsed, i: int) -> int:
    """Left over titles and first names."""
    while i > 0 and (
        parsed.lower[i - 1] in parsed.lexicon.sets["titles"]
        or (_name(parsed, parsed.words[i - 1]) and parsed.mention_at(i - 1) is None)
    ):
        i -= 1
    return i


def _pronoun(parsed: Parsed, k: int, memory: Memory) -> Subject:
    word = parsed.lower[k]
    local = None
    for mention in parsed.mentions:
        if mention.end > k:
            break
        if not mention.actor or parsed.target_at(mention.start):
            continue
        fits = (
            mention.plural
            if word in ("they", "their")
            else mention.person
            if word in ("he", "she", "his", "her")
            else not mention.plural and not mention.person
        )
        head = _phrase_start(parsed, mention.start)
        oblique = head and parsed.lower[head - 1] in parsed.lexicon.sets["prepositions"]
        possessive = parsed.lower[mention.end : mention.end + 1] == ["'s"]
        if (
            mention.start
            and (teller := parsed.saying(mention.start - 1))
            and teller.lemma in ("tell", "assure", "warn", "inform", "remind")
        ):
            continue  # "told Smith that he ...": he who tells
        if fits and local is not None and _acting(parsed, local) and not _acting(parsed, mention):
            continue
        if (fits and not (oblique and local) and not (possessive and local)) or (
            not fits and word in ("he", "she", "his", "her") and not mention.plural and not oblique and local is None
        ):
            local = mention
    if word in ("he", "she", "his", "her") and _stranger_between(parsed, local.end if local else 0, k):
        return Subject("pronoun", parsed.words[k], (), "pronoun for someone else", k)
    antecedent = local or memory.pronoun(word)
    if antecedent is None:
        return Subject("pronoun", parsed.words[k], (), "pronoun without a party", k)
    group = _coordinated(parsed, local) if local and word == "they" else (antecedent,)
    mentions = tuple({m.party: replace(m, how="pronoun", start=k, end=k + 1) for m in group}.values())
    return Subject("party", parsed.words[k], mentions, f"pronoun for {antecedent.name}", k)


def _acting(parsed: Parsed, mention: Mention) -> bool:
    """Whether the mention is the subject of a verb: a pronoun takes up a subject before an object."""
    k = mention.end
    if k < len(parsed) and parsed.words[k] == ",":
        return mention.start == 0 or _phrase_start(parsed, mention.start) == 0
    while k < len(parsed) and parsed.adverb(k):
        k += 1
    if k >= len(parsed):
        return False
    return (
        (parsed.auxiliary(k) and parsed.lower[k] != "to") or parsed.verb(k) is not None or parsed.saying(k) is not None
    )


def _stranger_between(parsed: Parsed, lo: int, k: int) -> bool:
    """Whether someone who is no party is named between, as a full name or as an owner."""
    words, lower = parsed.words, parsed.lower
    for i in range(max(lo, 1), k - 1):
        if not _name(parsed, words[i]) or parsed.mention_at(i) is not None or parsed.target_at(i) is not None:
            continue
        if (
            lower[i + 1] == "'s"
            and lower[i] not in parsed.lexicon.sets["months"]
            and lower[i] not in parsed.lexicon.sets["weekdays"]
        ):
            return True
        if lower[i - 1] in ("mr.", "mrs.", "ms.", "sen.", "rep.", "gov.", "sens.", "reps.", "dr."):
            return True
    return False


def _of_mention(parsed: Parsed, mention: Mention, k: int) -> Subject:
    """The subject that a party's name at `k` makes, by the words before it."""
    lower, words, sets = parsed.lower, parsed.words, parsed.lexicon.sets
    start = _phrase_start(parsed, mention.start)
    name = " ".join(words[start : mention.end])
    if not mention.actor:
        return Subject("other", name, (), "only its name", start)
    group = _coordinated(parsed, mention)
    first = _phrase_start(parsed, group[0].start)
    before = lower[first - 1] if first else ""
    head = lower[first - 2] if first > 1 else ""
    if first > 2 and head == "the":
        head = lower[first - 3]
    if before in sets["prepositions"] and first > 1:
        if before in ("of", "for", "to", "in", "from", "at", "with") and head in sets["representing"]:
            head_at = next(x for x in range(first - 2, -1, -1) if lower[x] == head)
            return Subject(
                "party", name, group, "spokesman", head_at - (lower[head_at - 1 : head_at] in (["a"], ["the"], ["an"]))
            )
        if (before == "to" and head == "close") or (before == "with" and head == "familiar"):
            return Subject("unnamed", "sources", (), "close to the party", first)
        if before in ("of", "in") and head in NOBODY:
            return Subject("party", name, group, "none of", first, negated=True)
        if before == "of" and _quantified(parsed, first):
            return Subject("party", name, group, mention.how, first)
        if k == mention.end - 1:
            earlier = _modifier(parsed, first - 1) if before in ("in", "of", "from", "at") else None
            if earlier is not None and earlier.actor:
                return Subject("party", earlier.name, (earlier,), earlier.how, earlier.start)
            if before not in ("from", "by", "under", "after", "with", "to", "on"):
                return Subject(
                    "other", " ".join(words[max(0, first - 3) : k + 1]), (), "inside another noun phrase", first
                )
            return Subject("other", " ".join(words[max(0, first - 2) : k + 1]), (), "behind a preposition", first)
    return Subject("party", name, group, mention.how, first, negated=before == "neither")


NOBODY = frozenset(["nobody", "none", "neither", "no-one"])


def noun_phrase(parsed: Parsed, k: int, memory: Memory, verb: int) -> Subject:
    """The subject whose noun phrase ends at token `k`."""
    lower, words, sets = parsed.lower, parsed.words, parsed.lexicon.sets
    while k >= 0 and (words[k] in QUOTES or lower[k] == "'s"):
        k -= 1
    if k < 0:
        return NONE
    word = lower[k]
    if word in ("i", "we", "i'm", "we're", "i've", "we've", "i'll", "we'll", "i'd", "we'd", "me"):
        return Subject("first", words[k], (), "first person", k)
    mention = parsed.mention_at(k)
    if mention is None and word in (
        "he",
        "she",
        "they",
        "it",
        "he's",
        "she's",
        "they're",
        "he'd",
        "he'll",
        "they'll",
        "they'd",
        "she'll",
        "she'd",
        "they've",
    ):
        if word.startswith("they"):
            word = "they"
        if word == "it" and not _subject_it(parsed, k):
            return Subject("other", "it", (), "it", k)
        return _pronoun(parsed, k, memory)
    if mention is None:
        mention = _modifier(parsed, k)
    if mention is None and k and lower[k - 1] == "the" and not parsed.sentence.title:
        taken = (
            memory.titles.get(word)
            if word in parsed.lexicon.sets["offices"]
            else memory.singular
            if word in parsed.lexicon.sets["bodies"]
            else None
        )
        if taken is not None and (
            k < 2 or words[k - 2][:1].islower() or words[k - 2] in QUOTES or words[k - 2] in HARD or words[k - 2] == ","
        ):
            return Subject(
                "party",
                "the " + words[k],
                (replace(taken, how="pronoun", start=k - 1, end=k + 1),),
                f"{word} for {taken.name}",
                k - 1,
            )
    if mention is not None:
        return _of_mention(parsed, mention, k)
    if (owner := _owned(parsed, k)) is not None:
        return owner
    if word in sets["unnamed"] or word in sets["actors"]:
        return Subject("unnamed", words[k], (), "unnamed", k)
    if (words[k][:1].isupper() and (words[k].isalpha() or words[k][0].isalpha()) and k != 0) or (
        words[k][:1].isupper() and word not in sets["determiners"]
    ):
        start = k
        while (
            start > 0
            and (words[start - 1][:1].isupper() or lower[start - 1] in sets["titles"])
            and words[start - 1] not in HARD
        ):
            start -= 1
        kind = "media" if any(x in sets["media"] for x in lower[start : k + 1]) else "named"
        return Subject(kind, " ".join(words[start : k + 1]), (), "name", start)
    return Subject("other", words[k], (), "noun", k)


def _quantified(parsed: Parsed, start: int) -> bool:
    """`a group of Republicans`: the noun before "of" only counts them."""
    before = parsed.lower[start - 2] if start > 1 else ""
    sets = parsed.lexicon.sets
    return before in parsed.lexicon.sets["quantities"] or before in sets["unnamed"] or before in sets["actors"]


def _owned(parsed: Parsed, k: int) -> Subject | None:
    """An instrument acts for its owner: "House Democrats' lawsuit", "the president's order"."""
    lower = parsed.lower
    if lower[k] not in parsed.lexicon.instruments:
        return None
    for x in range(k - 1, max(-1, k - 5), -1):
        if lower[x] in ("'s", "'") and x > 0:
            mention = parsed.mention_at(x - 1)
            if mention and mention.actor:
                return Subject(
                    "party", mention.name, (replace(mention, how="possessive"),), f"its {lower[k]}", mention.start
                )
            return None
        if lower[x] in parsed.lexicon.sets["prepositions"] or parsed.words[x] in HARD:
            return None
    return None


def _subject_it(parsed: Parsed, k: int) -> bool:
    """`it` may be a party only where an organisation was named before it in the sentence."""
    return any(m.end <= k and m.actor and not m.plural and not m.person for m in parsed.mentions)


def _modifier(parsed: Parsed, k: int) -> Mention | None:
    """A party that the noun at `k` belongs to: "Republicans in Congress", "Kyiv's negotiators"."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    for mention in reversed(parsed.mentions):
        if mention.end > k:
            continue
        if k - mention.end > 6:
            return None
        between = lower[mention.end : k + 1]
        if any(
            word in HARD
            or word in (",", "that", "who", "which", "but", "or")
            or (word == "and" and between[-1] not in sets["actors"] and between[0] != "and")
            or word in QUOTES
            for word in between
        ):
            return None
        if any(
            parsed.verb(x) and lower[x] not in parsed.lexicon.nouns and lower[x] not in sets["actors"]
            for x in range(mention.end, k + 1)
        ):
            return None
        head = between[-1]
        if (
            between[0] == "and"
            and len(between) <= 5
            and (mention.start == 0 or lower[_phrase_start(parsed, mention.start) - 1] not in sets["prepositions"])
        ):
            return mention  # "the United States and eleven other nations"
        if between[0] in ("in", "on", "at", "of", "from") and len(between) > 1:
            first = _phrase_start(parsed, mention.start)
            if first and lower[first - 1] in sets["prepositions"]:
                return None
            return mention
        if between[0] == "'s":
            return (
                mention
                if (head in sets["actors"] and head not in ("house", "state", "group", "groups"))
                or head in ("officials", "spokesman")
                else None
            )
        if head in sets["actors"] or head in sets["unnamed"]:
            return mention
        if len(between) == 1 and parsed.words[k][:1].isupper():
            return mention
        return None
    return None


def _coordinated(parsed: Parsed, mention: Mention) -> tuple[Mention, ...]:
    """The mentions joined to this one by and, or, commas, to its left."""
    group = [mention]
    for other in reversed(parsed.mentions):
        first = group[0]
        if other.end > first.start:
            if other.start == first.start and other.party != first.party:
                group.append(other)
            continue
        gap = parsed.lower[other.end : _phrase_start(parsed, first.start)]
        if (
            other.actor
            and gap
            and len(gap) <= 6
            and set(gap) - {","} <= parsed.lexicon.sets["joining"]
            and (
                "and" in gap
                or "or" in gap
                or "nor" in gap
                or "along" in gap
                or "together" in gap
                or ("," in gap and len(group) > 1)
                or "well" in gap
            )
        ):
            group.insert(0, other)
        else:
            break
    return tuple(group)
