"""Whose act a verb is: its subject, through auxiliaries, asides, relatives and coordination."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.counting import handful, quantified
from watcher.detect.naming import phrase_start
from watcher.detect.parsed import HARD, QUOTES, RELATIVES, Parsed
from watcher.detect.phrases import finite, noun_phrase, owned
from watcher.detect.pronouns import pair, resolve_pronoun
from watcher.detect.subject import NONE, Subject

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.mentions import Mention

FRESH = frozenset(["a", "an", "the", "his", "her", "its", "their", "two", "three", "executive"])
"""Before a paper that its author has just been said to put out."""


APPOSITION = 26
"""An aside between commas is at most so many tokens."""


OPENING = frozenset(["after", "before", "since", "until"])
"""They open a clause of its own where a verb follows the name."""

SPEAKERS = frozenset(["i", "we", "you", "they", "he", "she", "it", "who"])


def subject_of(parsed: Parsed, verb: int, memory: Memory) -> Subject:
    """The subject of the verb (or predicate) at token `verb`; kept with the sentence, which is read for one memory."""
    known = parsed.subjects.get(verb)
    if known is None:
        known = _subject_of(parsed, verb, memory)
        if known.kind in ("none", "other") and (main := _main_subject(parsed, verb)) is not None:
            known = main
        if parsed.lower[verb] in JOINING and (joined := _joined(parsed, verb)) is not None:
            one = known if known.kind == "party" else Subject("party", joined.name, (), "joined", known.start)
            known = replace(one, mentions=(*one.mentions, joined))
        parsed.subjects[verb] = known
    return known


JOINING = frozenset(
    ["agreed", "agree", "agrees", "join", "joins", "joined", "joining", "voted", "vote", "votes", "voting"]
)


def _joined(parsed: Parsed, verb: int) -> Mention | None:
    """`joined X in opposing it`, `voted with X against it`: X, who does the same."""
    mention = next((m for m in parsed.mentions if verb < m.start <= verb + 4 and m.actor), None)
    if mention is None:
        return None
    after = parsed.lower[mention.end : mention.end + 1]
    if parsed.lower[verb][:4] == "join":
        return mention if after in (["in"], ["to"]) else None
    return (
        mention
        if parsed.lower[verb + 1 : mention.start][:1] == ["with"] and after in (["against"], ["for"], ["to"])
        else None
    )


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
    k = _before_group(parsed, verb)
    both = next((x for x in range(k + 1, verb) if lower[x] == "both"), -1)
    if both >= 0 and (k < 0 or lower[k] in ("that", "and", "but", ",") or words[k] in HARD) and lower[verb] != "and":
        return pair(parsed, both, memory)
    infinitive = any(
        lower[x] == "to" and lower[x - 1] not in parsed.lexicon.sets["before_to"] for x in range(max(k + 1, 1), verb)
    )
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
        if parsed.lower[inner + 1 : inner + 3][-1:] == ["including"]:
            return _with_examples(parsed, noun_phrase(parsed, inner, memory, verb), inner + 2, k)
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
    if infinitive and (whose := _before_infinitive(parsed, k, memory)) is not None:
        return whose
    if lower[verb].endswith("ing") and lower[k] in parsed.lexicon.instruments and owned(parsed, k) is None:
        return _inherited(parsed, verb, k, memory)
    mention = parsed.mention_at(k)
    start = phrase_start(parsed, mention.start) if mention else 0
    if start > 2 and parsed.verb(start - 1) is not None and lower[start - 2] in RELATIVES and not infinitive:
        return noun_phrase(parsed, start - 3, memory, verb)  # "voters who back X oppose it"
    found = noun_phrase(parsed, k, memory, verb)
    if (
        found.kind == "other"
        and lower[verb].endswith("ing")
        and not (parsed.mention_at(k) and any(parsed.negated(x) for x in range(k + 1, verb)))  # "Norland not abiding"
        and (clause := _clause_subject(parsed, k, memory)).kind == "party"
    ):
        return clause
    return found


def _before_group(parsed: Parsed, verb: int) -> int:
    """The token left of the verb and of all that belongs to it: auxiliaries, adverbs, "co-", a short aside."""
    k = verb - 1
    while k > 0 and parsed.sentence.glued[k + 1]:
        k -= 1  # "co-sponsored"
    k = _before_exception(parsed, parsed.back_over(k, parsed.light))
    while k > 0 and parsed.lower[k] in parsed.lexicon.sets["linking"]:  # "remains opposed to it"
        k = parsed.back_over(k - 1, parsed.light)
    return _before_aside_in_group(parsed, k, verb)


def _before_infinitive(parsed: Parsed, k: int, memory: Memory) -> Subject | None:
    """Whose an infinitive is that the noun at `k` stands before: the clause's subject, not that of "for X to";
    None where the noun is the subject."""
    mention = parsed.mention_at(k)
    if mention is None:
        return None if parsed.lower[k] in SPEAKERS else _clause_subject(parsed, k + 1, memory)
    if not mention.start or parsed.words[mention.start - 1] in HARD:
        return None
    if parsed.lower[mention.start - 1] == "for":
        return Subject("other", "for ... to")
    return _clause_subject(parsed, mention.start, memory)


def said_it(parsed: Parsed, it: int) -> bool:
    """`The steelworkers' union said it was troubled`, `told the press that it was`: "it" is who speaks."""
    if not it:
        return False
    if parsed.lower[it - 1] != "that":
        return parsed.saying(it - 1) is not None
    stop = max(-1, it - 8)
    told = next((x for x in range(it - 2, stop, -1) if parsed.saying(x) is not None or parsed.words[x] == ","), -1)
    return told >= 0 and parsed.words[told] != ","


def _with_examples(parsed: Parsed, found: Subject, lo: int, hi: int) -> Subject:
    """`lawmakers, including X and Y, oppose it`: those named, beside the camp if it is one."""
    named = tuple(m for m in parsed.mentions if lo <= m.start < hi and m.actor)
    if not named:
        return found
    if found.kind == "party":
        return replace(found, mentions=(*found.mentions, *named))
    return Subject("party", named[0].name, named, "including", found.start)


def _before_aside_in_group(parsed: Parsed, k: int, verb: int) -> int:
    """Left over a short phrase between auxiliary and participle: "has in essence accepted"."""
    lower = parsed.lower
    last = k - (parsed.words[k] == ",") if k >= 0 else -1
    for x in range(last - 1, max(0, last - 3), -1):
        if lower[x] in ("in", "at", "for", "on", "by", "of", "with", "under") and last - x <= 2:
            before = x - 1 - (parsed.words[x - 1] == ",")
            if before >= 0 and lower[before] in ("has", "have", "had", "is", "are", "was", "were", "will", "would"):
                return parsed.back_over(before, parsed.light)
    return k


def _before_exception(parsed: Parsed, k: int) -> int:
    """Left over "but one", "except two": "every Democrat but one opposed it"."""
    one = k > 1 and (parsed.lower[k] in COUNTED or parsed.lower[k].isdigit())
    return k - 2 if one and parsed.lower[k - 1] in ("but", "except") else k


COUNTED = frozenset(["one", "two", "three", "four", "five", "six"])


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
    opening = next((x for x in range(k - 1, max(-1, k - APPOSITION), -1) if parsed.words[x] == ","), -1)
    if opening >= 0 and any(
        word in ("whose", "who", "whom", "which", "where") for word in parsed.lower[opening + 1 : k]
    ):
        return False
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
    own = j > 0 and (parsed.lower[j - 1] in FRESH or parsed.lower[j - 1] in parsed.lexicon.sets["fillers"])
    own = own or (j > 0 and parsed.verb(j - 1) is not None)
    if parsed.lower[j] in parsed.lexicon.instruments and own:
        for x in range(j - 1, max(-1, j - 8), -1):
            if parsed.verb(x):
                return subject_of(parsed, x, memory)
        return Subject("other", parsed.words[j])
    if parsed.lower[j] in ("those", "people", "lawmakers", "countries") and parsed.lower[j - 1 : j] == ["among"]:
        return subject_of(parsed, j - 1, memory)  # "is among those who ..."
    mention = parsed.mention_at(j)
    if mention is not None and mention.actor and mention.end - 1 == j and _antecedent(parsed, mention, parsed.lower[k]):
        return Subject("party", mention.name, (mention,), f"{mention.how} relative", mention.start)
    found = noun_phrase(parsed, j, memory, k)
    return replace(found, how=found.how + " relative") if found.kind == "party" else Subject("other", parsed.words[j])


def _antecedent(parsed: Parsed, mention: Mention, relative: str) -> bool:
    """Whether "which" or "who" right behind a name takes up that name, also "close to X, which ..."; not "a member of
    the Greens who ..."."""
    if handful(parsed, mention) == "some":
        return False
    if relative == "which":
        return not mention.person
    start = phrase_start(parsed, mention.start)
    return relative == "who" and mention.person and not (start and parsed.lower[start - 1] in ("of", "by"))


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
            first = phrase_start(parsed, mention.start)
            before = parsed.lower[first - 1] if first else ""
            if first > 1 and parsed.lower[first - 2] == "to" and before not in prepositions:
                continue  # "to meet Smith": an object
            if (before == "of" and quantified(parsed, first)) or (before in OPENING and finite(parsed, mention.end)):
                before = ""
            if (
                before not in prepositions
                and not (first and parsed.verb(first - 1))
                and parsed.lower[j + 1 : j + 2] != ["'s"]
            ):
                group = coordinated(parsed, mention)
                return Subject("party", mention.name, group, "clause subject", phrase_start(parsed, group[0].start))
        if parsed.lower[j] in ("he", "she", "they") and parsed.sentence.quoted[j] == parsed.sentence.quoted[k]:
            return resolve_pronoun(parsed, j, memory)
    return NONE
