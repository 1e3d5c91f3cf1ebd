"""Whether a word that may be a noun is a verb where it stands: "plans", "support", "vote"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.leftwards import before_time
from watcher.detect.marks import QUOTES

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.words import Entry

PARTICLES = frozenset(["for", "of", "from", "among", "by"])
COUNTRIES = frozenset(["states", "powers"])
"""Plural subjects that are written like verbs."""
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
OBJECT_PRONOUNS = frozenset(["them", "him", "her", "us", "me", "you", "anyone", "anybody", "someone", "others"])
LETTING = frozenset(["let", "lets", "letting", "make", "makes", "made", "help", "helps", "have", "watch", "see", "saw"])
SOONER = frozenset(["rather", "sooner"])
SOONER_BEFORE = 8
"""Words between "rather" and "than"."""
PLACE = 6
"""Words that tell where a camp sits, at most."""


def verbal(parsed: Parsed, i: int, entries: tuple[Entry, ...]) -> bool:
    """Whether the word is used as a verb: by its form and by the words around it."""
    form = entries[0].form
    if parsed.sentence.glued[i]:
        return form == "past"
    k = parsed.over_aside(parsed.back_over(i - 1, lambda j: parsed.adverb(j) or parsed.words[j] in QUOTES))
    k = before_time(parsed, k)
    before = parsed.lower[k] if k >= 0 else ""
    after = parsed.lower[i + 1] if i + 1 < len(parsed) else ""
    if form in ("ing", "s") and parsed.lower[i] in parsed.lexicon.transparent_nouns and after in NOUN_LINKS:
        return False
    if parsed.lower[i] == "acting" and parsed.words[i + 1 : i + 2] and parsed.words[i + 1][:1].isupper():
        return False  # "fired acting Attorney General Sally Yates"
    if form == "ing":
        noun = after == "of" and before in parsed.lexicon.sets["fillers"]  # "a possible tightening of"
        return before not in BEFORE_ING_NOUN and not noun
    if form == "past":
        unchanged = parsed.lower[i] in UNCHANGED and before in parsed.lexicon.sets["determiners"]
        return not unchanged and before not in BEFORE_PARTICIPLE
    if parsed.lower[i] in UNCHANGED and k >= 0 and before in parsed.lexicon.sets["actors"]:
        return True  # "parliament put it off"
    ambiguous = parsed.lower[i] in parsed.lexicon.sets["noun_verbs"] or parsed.lower[i] in parsed.lexicon.nouns
    if ambiguous and after in PARTICLES and before not in BEFORE_SURE_VERB and not _own(entries, after):
        return False
    if k < 0:
        return True
    if (
        form == "base"
        and any(e.rest[:1] == (after,) for e in parsed.lexicon.adjectives.get(parsed.lower[i], ()))
        and not _own(entries, after)
    ):
        return False  # "Greens open to the pact"
    return third_person(parsed, i, k, after) if form == "s" else base_form(parsed, i, k, ambiguous=ambiguous)


def _own(entries: tuple[Entry, ...], after: str) -> bool:
    """Whether the word behind a verb is its own particle."""
    return any(entry.rest and entry.rest[0] == after for entry in entries)


def third_person(parsed: Parsed, i: int, k: int, after: str) -> bool:
    """Whether "plans", "calls" at `i` is a verb; `k` is the word before it."""
    word, before, sets = parsed.lower[i], parsed.lower[k], parsed.lexicon.sets
    if word not in parsed.lexicon.nouns and word not in sets["noun_s"]:
        return before not in BEFORE_PLURAL
    singular_actor = before in sets["actors"] and not before.endswith("s")
    if after in OBJECTS and singular_noun(parsed, k):
        return True  # "the country needs the pact"
    if before in ("he", "she", "it", "who", "which", "that", "nobody", "everybody", "everyone") or singular_actor:
        return True
    mention = parsed.mention_at(k if parsed.words[k] != ")" else k - 1)
    if mention is not None and spoken_for(parsed, mention):
        return True  # "a spokesman for the dockers supports it"
    if mention is not None:
        bare = after not in ("of", "for", "from", "on", "by", ".")
        compound = mention.plural and mention.end - mention.start == 1  # "Democrats plans"
        return (bare and not compound) or word in sets["sure_s"]
    if before in ("but", "yet") or (before in ("and", ",") and (word not in parsed.lexicon.nouns or k < i - 1)):
        return True  # "once opposed it but now supports it"
    name = parsed.words[k][:1].isupper() and parsed.words[k].isalpha()
    return name and k > 0 and parsed.sentence.title


def spoken_for(parsed: Parsed, mention: Mention) -> bool:
    """Whether the name stands behind one person who speaks for it: "Jan Vos of the Greens", "(Greens)"."""
    k = mention.start - 1 - (parsed.lower[mention.start - 1 : mention.start] == ["the"])
    if k < 1 or parsed.lower[k] not in ("of", "for", "("):
        return False
    head = parsed.lower[k - 1]
    named = parsed.words[k - 1][:1].isupper() and parsed.mention_at(k - 1) is None
    return named or (head in parsed.lexicon.sets["representing"] and not head.endswith("s"))


def base_form(parsed: Parsed, i: int, k: int, *, ambiguous: bool) -> bool:
    """Whether "plan", "call" at `i` is a verb; `k` is the word before it."""
    before, sets = parsed.lower[k], parsed.lexicon.sets
    if before == ":" and k < i - 1 and parsed.quotation(i) != parsed.quotation(k):
        return True  # 'said: "Stop this treaty"'
    if before in OBJECT_PRONOUNS and k and parsed.lower[k - 1] in LETTING:
        return True  # "let them kill it"
    if before == "than" and not SOONER.isdisjoint(parsed.lower[max(0, k - SOONER_BEFORE) : max(0, k - 1)]):
        return True  # "would rather resign than sign it"
    if before in sets["prepositions"] and before != "to":
        return False
    if before in sets["modals"] or (before in sets["auxiliaries"] and before not in BEFORE_PREDICATE):
        return True
    if before in ("i", "we", "they", "you", "who") or subjunctive(parsed, i):
        return True
    if before in ("which", "that") and parsed.lower[i + 1 : i + 2] and parsed.lower[i + 1] in OBJECTS:
        taken_up = parsed.lower[k - 1 - (parsed.words[k - 1] == ",")] if k > 1 else ""
        if plural_noun(parsed, taken_up):
            return True  # "the dockers, which lead the resistance", "unions that back the pact"
    mention = parsed.mention_at(k)
    if mention is not None:
        joiner = parsed.lower[mention.start - 1 : mention.start]
        listed = parsed.sentence.title and joiner == [","] and parsed.mention_at(mention.start - 2) is not None
        joined = joiner in (["and"], ["or"]) or listed
        after = parsed.lower[i + 1] if i + 1 < len(parsed) else ""
        body = not parsed.sentence.title and not mention.person
        several = body and after in OBJECTS  # "the Green Party support the"
        return mention.plural or not ambiguous or joined or several or of_several(parsed, k)
    if of_several(parsed, k):
        return True
    if before in ("has", "have", "had"):
        return not ambiguous
    if (
        before == ","
        and "and" in parsed.lower[max(0, k - 6) : k]
        and parsed.lower[i + 1 : i + 2]
        and parsed.lower[i + 1] in OBJECTS
    ):
        return True  # "four senators, X, Y and Z, support it"
    if (
        before == ","
        and (opening := opening_comma(parsed, k))
        and (named := parsed.mention_at(opening - 1)) is not None
    ):
        return named.plural  # "the Greens, unlike the dockers, back it"
    if before == "," or before in sets["subject_words"]:
        return not ambiguous or before in ("and", "or", "not", "never", "people", "also", "both")
    if ambiguous:
        several = before in sets["unnamed"] and before.endswith("s")
        return several or before in ("senators", "leaders", "ministers", "members")
    if "that" in parsed.lower[max(0, k - 4) : k] and demanded(parsed, k):
        return True
    return plural_noun(parsed, before)


def of_several(parsed: Parsed, k: int) -> bool:
    """Whether a plural name with its place ends at token `k`: "Greens in the house", "including X,"."""
    comma = parsed.words[k] == ","
    such = next((x for x in range(k - 1, max(0, k - 6), -1) if parsed.lower[x : x + 2] == ["such", "as"]), 0)
    if such and parsed.lower[such - 1].endswith("s"):
        return True  # "union leaders such as Rita Falk"
    opening = opening_comma(parsed, k) if comma else 0
    if opening and parsed.lower[opening + 1] in ("including", "like", "along", "together", "among", "such"):
        return parsed.lower[opening - 1].endswith("s")
    mention = next((m for m in reversed(parsed.mentions) if m.end <= k + 1), None)
    if mention is not None and mention.end == k + 1:
        return mention.plural or several_at(parsed, mention)
    if comma or mention is None or k - mention.end > PLACE + (3 if parsed.words[mention.end] == "," else 0):
        return False
    between = parsed.lower[mention.end : k + 1]
    listed = between[0] == "," and "and" in between
    several = between[0] == "and" or listed or (mention.plural and between[0] in ("in", "on", "of", "from", "at"))
    return several and all(
        (word.isalpha() or (listed and word == ",")) and not parsed.auxiliary(x) and parsed.verb(x) is None
        for x, word in enumerate(between, mention.end)
    )


def several_at(parsed: Parsed, mention: Mention) -> bool:
    """Whether several speak for the one named: "officials at the Green Party"."""
    k = mention.start - 1 - (parsed.lower[mention.start - 1 : mention.start] == ["the"])
    spoken = k > 0 and parsed.lower[k] in ("of", "at", "from", "in") and parsed.lower[k - 1].endswith("s")
    return spoken and parsed.lower[k - 1] in parsed.lexicon.sets["representing"]


def subjunctive(parsed: Parsed, i: int) -> bool:
    """`demands that parliament approve it`, `it is vital that it sign`: a base form behind a singular."""
    that = next((x for x in range(i - 1, max(0, i - 7), -1) if parsed.lower[x] == "that"), -1)
    if that < 1:
        return False
    if parsed.lower[that - 1] in VITAL:
        return True
    demanding = parsed.lexicon.sets["demanding"]
    return any(e.lemma in demanding for e in parsed.lexicon.verbs.get(parsed.lower[that - 1], ()))


def opening_comma(parsed: Parsed, k: int) -> int:
    """The comma before the aside that ends at the comma `k`, 0 if none."""
    return next((x for x in range(k - 2, max(0, k - 12), -1) if parsed.words[x] == ","), 0)


def plural_noun(parsed: Parsed, word: str) -> bool:
    """Whether the word looks like a plural that a verb may follow: "steelworkers"."""
    return (
        word.endswith("s")
        and word not in ("'s", "its", "his", "this", "us")
        and len(word) > 3
        and (not parsed.lexicon.verbs.get(word) or word in COUNTRIES)
        and word not in parsed.lexicon.sets["prepositions"]
    )


def singular_noun(parsed: Parsed, k: int) -> bool:
    """Whether the word at `k` looks like a noun in the singular: "country" behind "the"."""
    word, sets = parsed.lower[k], parsed.lexicon.sets
    noun = word.isalpha() and not word.endswith("s") and word not in sets["determiners"]
    return noun and word not in sets["prepositions"] and k > 0 and parsed.lower[k - 1] in BEFORE_NOUN


def demanded(parsed: Parsed, k: int) -> bool:
    """`demanded that the government scrap it`: the base form behind a singular noun at `k`."""
    that = next((x for x in range(k - 1, max(0, k - 5), -1) if parsed.lower[x] == "that"), 0)
    entry = parsed.saying(that - 1) if that else None
    return entry is not None and entry.lemma in parsed.lexicon.sets["demanding"]
