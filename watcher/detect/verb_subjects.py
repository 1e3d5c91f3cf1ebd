"""Whose act a verb is: its subject, through auxiliaries, asides, relatives and coordination."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.antecedents import described, done_to, is_antecedent, one_of
from watcher.detect.asides import apposed, examples, listed_aside, with_examples
from watcher.detect.coordination import coordinated
from watcher.detect.counting import NUMBERS, handful, quantified
from watcher.detect.jointly import JOINING, SETTLING, joined_by, leading
from watcher.detect.leftwards import before_aside, before_group, before_tag, before_time, conjoined, named_before
from watcher.detect.links import falls_to
from watcher.detect.marks import HARD, QUOTES
from watcher.detect.naming import finite, phrase_start
from watcher.detect.parsed import RELATIVES, Parsed
from watcher.detect.phrases import noun_phrase, owned
from watcher.detect.pronouns import pair, resolve_pronoun
from watcher.detect.roles import spoken_for
from watcher.detect.subject import NONE, Subject
from watcher.detect.tellers import teller_again

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.mentions import Mention

COUNTED = NUMBERS | frozenset(["several", "dozens", "of", "some", "many", "numerous"])
"""Before papers that someone puts out: "tabled fifteen amendments", "a series of amendments"."""
FRESH = frozenset(["a", "an", "the", "his", "her", "its", "their", "two", "three", "executive"])
"""Before a paper that its author has just been said to put out."""


AIM = 5
"""Words between an opening "to" or "in order to" and its verb, at most."""

OPENING = frozenset(["after", "before", "since", "until"])
"""They open a clause of its own where a verb follows the name."""

BEING = frozenset(["is", "was", "are", "were", "been", "be", "am"])

SPEAKERS = frozenset(["i", "we", "you", "they", "he", "she", "it", "who"])


def subject_of(parsed: Parsed, verb: int, memory: Memory) -> Subject:
    """The subject of the verb (or predicate) at token `verb`; kept with the sentence, which is read for one memory."""
    known = parsed.subjects.get(verb)
    if known is None:
        known = _subject_of(parsed, verb, memory)
        if known.kind in ("none", "other") and (main := _main_subject(parsed, verb)) is not None:
            known = main
        if parsed.lower[verb] in JOINING | SETTLING and (joined := joined_by(parsed, verb)) is not None:
            one = known if known.kind == "party" else Subject("party", joined.name, (), "joined", known.start)
            known = replace(one, mentions=(*one.mentions, joined))
        parsed.subjects[verb] = known
    return known


def _main_subject(parsed: Parsed, verb: int) -> Subject | None:
    """`After abandoning the pact, Smith ...`: an opening phrase without a subject borrows the main clause's."""
    lower = parsed.lower
    start = 0
    while start < len(parsed) and parsed.words[start] in QUOTES:
        start += 1
    aim = start < len(parsed) and (lower[start] == "to" or parsed.purpose(start)) and verb - start < AIM
    if start >= len(parsed) or not (
        aim
        or lower[start] in parsed.lexicon.sets["openers"]
        or (lower[start].endswith(("ing", "ed")) and start == verb)
    ):
        return None
    if (not lower[verb].endswith("ing") and start != verb and not aim) or any(
        m.actor and m.end <= verb for m in parsed.mentions
    ):
        return None
    comma = next((x for x in range(verb + 1, len(parsed)) if parsed.words[x] == ","), -1)
    if comma < 0 or any(parsed.words[x] in HARD for x in range(start, comma)):
        return None
    mention = next((m for m in parsed.mentions if comma < m.start <= comma + 5 and m.actor), None)
    if mention is None or any(parsed.verb(x) for x in range(comma + 1, mention.start)):
        return None
    if parsed.saying(mention.end) is not None and parsed.words[mention.end + 1 : mention.end + 2] == [","]:
        return None  # "Scrapping the pact, Smith said, would be a mistake": Smith only says so
    return Subject("party", mention.name, (mention,), "main clause", mention.start)


def _subject_of(parsed: Parsed, verb: int, memory: Memory) -> Subject:
    lower, words = parsed.lower, parsed.words
    k = before_group(parsed, verb)
    ranged = k == verb - 1 and parsed.mention_at(k) is not None and parsed.adjective(verb) is not None
    if lower[verb] in ("in", "with") and not ranged and not any(parsed.auxiliary(x) for x in range(k + 1, verb)):
        return _inherited(parsed, verb, verb, memory)
    both = next((x for x in range(k + 1, verb) if lower[x] == "both"), -1)
    if both >= 0 and (k < 0 or lower[k] in ("that", "and", "but", ",") or words[k] in HARD) and lower[verb] != "and":
        return pair(parsed, both, memory)
    infinitive = any(
        lower[x] == "to" and lower[x - 1] not in parsed.lexicon.sets["before_to"] for x in range(max(k + 1, 1), verb)
    )
    k = before_time(parsed, k)
    if k < 0:
        return Subject("none", how="sentence start") if not infinitive else NONE
    if infinitive and words[k] == ",":
        return _clause_subject(parsed, k, memory)
    if words[k] in (",", ")"):
        progressive = not BEING.isdisjoint(lower[k + 1 : verb])
        if (lower[verb].endswith("ing") and not progressive) or conjoined(parsed, verb, k):
            return _inherited(parsed, verb, k, memory)
        plain = not any(parsed.auxiliary(x) for x in range(k + 1, verb)) and parsed.adjective(verb)
        if plain and (called := named_before(parsed, k)) is not None and words[k] == ",":
            return Subject("party", called.name, (called,), called.how, called.start)  # "X, long opposed to it,"
        if listed := listed_aside(parsed, k):
            return Subject("party", listed[0].name, listed, "in a list", phrase_start(parsed, listed[0].start))
        inner = before_aside(parsed, k)
        if inner is None:
            return _inherited(parsed, verb, k, memory)
        if examples(parsed, inner + 2, k):
            return with_examples(parsed, noun_phrase(parsed, inner, memory, verb), inner + 2, k)
        known = noun_phrase(parsed, inner, memory, verb)
        if (one := apposed(parsed, known, inner, k)) is not None:
            return one
        role = spoken_for(parsed, inner + 2, k) if known.kind == "named" else None
        if role is not None:
            return replace(known, kind="party", mentions=(role,), how="spokesman")
        k = before_time(parsed, inner)
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
    if infinitive and (whose := _before_infinitive(parsed, k, memory)) is not None:
        return whose
    if lower[verb].endswith("ing") and lower[k] in parsed.lexicon.instruments and owned(parsed, k) is None:
        return _inherited(parsed, verb, k, memory)
    mention = parsed.mention_at(k)
    start = phrase_start(parsed, mention.start) if mention else 0
    if start > 2 and parsed.verb(start - 1) is not None and lower[start - 2] in RELATIVES and not infinitive:
        return noun_phrase(parsed, start - 3, memory, verb)  # "voters who back X oppose it"
    if lower[verb].endswith("ing") and (led := leading(parsed, k)) >= 0:
        return subject_of(parsed, led, memory)
    found = noun_phrase(parsed, k, memory, verb)
    if (
        found.kind == "other"
        and lower[verb].endswith("ing")
        and (found.how != "noun" or BEING.isdisjoint(lower[k + 1 : verb]) or _and_other(lower, k))
        and not (words[k].islower() and lower[k].endswith("s") and lower[k] in AGENTS)
        and not (parsed.mention_at(k) and any(parsed.negated(x) for x in range(k + 1, verb)))  # "Norland not abiding"
        and (clause := _clause_subject(parsed, k, memory)).kind == "party"
    ):
        return clause
    return found


def _and_other(lower: list[str], k: int) -> bool:
    """`X and other politicians of the region are lobbying for it`; but "and the industry is lobbying for it"."""
    return any(lower[x : x + 2] == ["and", "other"] for x in range(max(0, k - 7), k))


def _before_infinitive(parsed: Parsed, k: int, memory: Memory) -> Subject | None:
    """Whose an infinitive is that the noun at `k` stands before: the clause's subject, not that of "for X to";
    None where the noun is the subject."""
    mention = parsed.mention_at(k)
    if mention is None:
        return None if parsed.lower[k] in SPEAKERS else _clause_subject(parsed, k + 1, memory)
    if not mention.start or parsed.words[mention.start - 1] in HARD:
        return None
    if parsed.sentence.title and phrase_start(parsed, (group := coordinated(parsed, mention))[0].start) == 0:
        return Subject("party", mention.name, group, mention.how, 0)  # "X and Y to sign the pact"
    first = mention.start - 1
    while first > 0 and parsed.sentence.glued[first]:
        first -= 1  # "a call for Vesthaven-based X to sell it"
    first -= first != mention.start - 1
    if falls_to(parsed, first) and mention.actor:
        return Subject("party", mention.name, (mention,), "left to", mention.start)
    if parsed.lower[first] == "for":
        if parsed.lower[max(0, first - 1)] in OCCASIONS and mention.actor:
            return Subject("party", mention.name, (mention,), "for ... to", mention.start)
        return Subject("other", "for ... to")
    return _clause_subject(parsed, mention.start, memory)


OCCASIONS = frozenset(["way", "chance", "opportunity", "occasion", "excuse", "pretext", "platform", "moment"])
"""What is one for someone to do something shows what it does: "a way for X to attack the pact"."""

AGENTS = frozenset(["companies", "firms", "people", "groups", "countries", "states", "banks", "ships", "contractors"])
"""Who does what the participle right behind them tells: "sanctions on companies building it"."""


def said_it(parsed: Parsed, it: int) -> bool:
    """`The steelworkers' union said it was troubled`, `told the press that it was`: "it" is who speaks."""
    if not it:
        return False
    if parsed.lower[it - 1] != "that":
        return parsed.saying(it - 1) is not None
    stop = max(-1, it - 8)
    told = next((x for x in range(it - 2, stop, -1) if parsed.saying(x) is not None or parsed.words[x] == ","), -1)
    return told >= 0 and parsed.words[told] != ","


def _relative(parsed: Parsed, k: int, memory: Memory) -> Subject:
    """The antecedent of who, which or that."""
    j = k - 1
    if j >= 0 and parsed.words[j] in (",", *QUOTES):
        j -= 1
    if j < 0:
        return NONE
    if parsed.lower[j] in ("but", "and"):  # "those who met him but who oppose it"
        first = next((x for x in range(j - 1, 0, -1) if parsed.lower[x] == parsed.lower[k]), -1)
        return _relative(parsed, first, memory) if first > 0 else NONE
    j = before_time(parsed, parsed.back_over(j, parsed.adverb))
    j = before_tag(parsed, j)
    if j < 0:
        return NONE
    before = parsed.lower[j - 1] if j else ""
    own = before in FRESH or before in COUNTED or before in parsed.lexicon.sets["fillers"]
    own = own or (j > 0 and parsed.verb(j - 1) is not None)
    if (led := leading(parsed, j)) >= 0:
        return subject_of(parsed, led, memory)
    if parsed.lower[j] in ("group", "bloc", "coalition") and (one := one_of(parsed, j)) >= 0:
        return subject_of(parsed, one, memory)
    paper = parsed.lower[j].removesuffix("s") if before in COUNTED else parsed.lower[j]
    means = paper in parsed.lexicon.instruments
    if (means or (parsed.lower[j] == "steps" and parsed.verb(j - 1) is not None)) and (own or not means):
        for x in range(j - 1, max(-1, j - 8), -1):
            if (hit := parsed.verb(x)) is not None:
                merely = hit[0].kinds & {"neutral", "undecided"}  # "debated a motion that would weaken it"
                return Subject("other", parsed.words[j]) if merely else subject_of(parsed, x, memory)
        return Subject("other", parsed.words[j])
    if (one := one_of(parsed, j)) >= 0:
        return subject_of(parsed, one, memory)
    if parsed.lower[k] == "who" and (known := described(parsed, j)) is not None:
        return Subject("party", known.name, (known,), f"{known.how} relative", known.start)
    mention = parsed.mention_at(j)
    whole = mention is not None and mention.actor and mention.end - 1 == j
    if mention is not None and whole and is_antecedent(parsed, mention, parsed.lower[k]):
        return Subject("party", mention.name, (mention,), f"{mention.how} relative", mention.start)
    found = noun_phrase(parsed, j, memory, k)
    camp = len({m.party for m in found.mentions}) == 1 and found.mentions[-1].plural
    start = phrase_start(parsed, found.mentions[-1].start) if camp else 0
    camp = camp and (not start or parsed.lower[start - 1] not in parsed.lexicon.sets["prepositions"])
    cleft = parsed.lower[max(0, start - 2) : start] in (["it", "is"], ["it", "was"])  # "it is the dockers who"
    if camp and parsed.lower[k] in ("who", "that") and parsed.words[k - 1] != "," and not cleft:
        return Subject("other", found.name, (), "only some of them", found.start)
    if found.mentions and done_to(parsed, found.mentions[-1].end, j):
        return Subject("other", parsed.words[j])
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
            if (teller := teller_again(parsed, j, verb, found.start)) >= 0:
                found = subject_of(parsed, teller, memory)
            if found.kind in ("party", "first", "named", "unnamed", "pronoun", "media"):
                return replace(found, how="elided")
            if found.kind == "other" and not (found.how == "noun" and parsed.saying(verb) is not None):
                return found  # but "conceded that the cost was high and said ..." goes on
    found = _clause_subject(parsed, k, memory)
    teller = teller_again(parsed, found.start, verb, found.start)
    return replace(subject_of(parsed, teller, memory), how="elided") if teller >= 0 else found


def _begins(parsed: Parsed, lo: int, hi: int) -> bool:
    """Whether a clause with a subject of its own, a plural noun that is no party, begins at `lo`."""
    k = lo
    while k < hi and k - lo < 4 and parsed.words[k].isalpha() and parsed.verb(k) is None and not parsed.auxiliary(k):
        if parsed.mention_at(k) is not None or parsed.lower[k] in SPEAKERS:
            return False
        k += 1
    return k > lo and parsed.lower[k - 1].endswith("s") and parsed.lower[k - 1] in parsed.lexicon.sets["actors"]


def _speaks_for(parsed: Parsed, k: int) -> bool:
    """`X's foreign minister flew to Y to push for it`: whether a noun behind "X's" speaks for X."""
    near = [x for x in range(k, min(len(parsed), k + 3)) if parsed.lower[x] in parsed.lexicon.sets["representing"]]
    return bool(near) and not any(parsed.verb(x) is not None for x in range(k, near[0]))


def _met(parsed: Parsed, x: int) -> bool:
    """`the bishop interviewed X, urging her to sign it`: whether the word at `x` is a verb that the lexicon does not
    know with its subject before it, and not what X is like ("the embattled X")."""
    before = parsed.lower[x - 1] if x > 0 else ""
    told = parsed.lower[x].endswith("ed") and parsed.words[x].islower()
    if told and before == "," and parsed.lower[x + 1 : x + 2] == ["the"]:
        return True  # "X, in a speech on Monday, admonished the Greens and called for ..."
    return told and before.isalpha() and before not in parsed.lexicon.sets["determiners"] | {"and", "as"}


def _takes_it(parsed: Parsed, x: int, end: int) -> bool:
    """Whether a verb at `x` has the name that ends at `end` for its object: "met Smith", not "said Smith had left"."""
    if parsed.verb(x) is None:
        return False
    return parsed.saying(x) is None or not finite(parsed, end)


def _agrees(parsed: Parsed, group: tuple[Mention, ...], k: int) -> bool:
    """Whether the auxiliary right behind token `k` may stand with those named: "are" not with one man."""
    auxiliary = parsed.lower[k + 1 : k + 2] if parsed.lower[k] != "to" else []
    if auxiliary in (["are"], ["have"]):
        return len(group) > 1 or not group[0].person
    return auxiliary not in (["is"], ["has"]) or not group[-1].plural


def _clause_subject(parsed: Parsed, k: int, memory: Memory) -> Subject:
    """The name or pronoun that opens the clause before `k`."""
    prepositions = parsed.lexicon.sets["prepositions"]
    for j in range(k - 1, -1, -1):
        if parsed.words[j] in (";", "—", "–") and j > 0:
            return NONE
        if parsed.words[j] == "," and parsed.lower[j + 1] in ("and", "but", "while") and _begins(parsed, j + 2, k):
            return NONE  # "X left, and western governments face pressure to sign"
        mention = parsed.mention_at(j)
        if mention and mention.actor and mention.end - 1 == j:
            first = phrase_start(parsed, mention.start)
            before = parsed.lower[first - 1] if first else ""
            if before in ("the", "its", "his", "her", "their") and first > 1 and parsed.lower[first - 2] != "of":
                before = parsed.lower[first - 2]  # "pressure on the White House to sign it"
            if first > 1 and parsed.lower[first - 2] == "to" and before not in prepositions:
                continue  # "to meet Smith": an object
            if (before == "of" and quantified(parsed, first)) or (before in OPENING and finite(parsed, mention.end)):
                before = ""
            if (
                before not in prepositions
                and not (first and (_takes_it(parsed, first - 1, mention.end) or _met(parsed, first - 1)))
                and (parsed.lower[j + 1 : j + 2] != ["'s"] or _speaks_for(parsed, j + 2))
            ):
                if handful(parsed, mention) == "some":
                    return Subject("other", mention.name, (), "some of them", first)
                group = coordinated(parsed, mention)
                if not _agrees(parsed, group, k):
                    continue  # "dockers who fear that X signed it are now looking for a way to stop it"
                return Subject("party", mention.name, group, "clause subject", phrase_start(parsed, group[0].start))
        if parsed.lower[j] in ("he", "she", "they") and parsed.sentence.quoted[j] == parsed.sentence.quoted[k]:
            return resolve_pronoun(parsed, j, memory)
    return NONE
