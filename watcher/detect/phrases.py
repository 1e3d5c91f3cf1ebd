"""Noun phrases that act: the party a phrase stands for, through modifiers, groups, owners and pronouns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.naming import acting, is_name, phrase_start
from watcher.detect.parsed import HARD, QUOTES, Parsed

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.mentions import Mention


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


FIRST = frozenset(["i", "we", "me"])
THIRD = frozenset(["he", "she", "they", "it"])


def noun_phrase(parsed: Parsed, k: int, memory: Memory, verb: int) -> Subject:
    """The subject whose noun phrase ends at token `k`."""
    lower, words, sets = parsed.lower, parsed.words, parsed.lexicon.sets
    k = parsed.back_over(k, lambda x: words[x] in QUOTES or lower[x] == "'s")
    if k < 0:
        return NONE
    word = lower[k]
    pronoun = word.split("'")[0]  # "he'll"
    if pronoun in FIRST:
        return Subject("first", words[k], (), "first person", k)
    mention = parsed.mention_at(k)
    if mention is None and pronoun in THIRD:
        if word == "it" and not _subject_it(parsed, k):
            return Subject("other", "it", (), "it", k)
        return resolve_pronoun(parsed, k, memory)
    if word == "them" and k > 1 and lower[k - 1] == "of" and quantified(parsed, k):
        return resolve_pronoun(parsed, k, memory)  # "every one of them"
    mention = mention or _ruling(parsed, k) or _modifier(parsed, k)
    if mention is None and (taken := _the_president(parsed, k, memory)) is not None:
        return taken
    if mention is not None:
        return _of_mention(parsed, mention, k)
    if word in PAIRS and k and lower[k - 1] in ("both", "two"):
        return pair(parsed, k - 1, memory)
    if k > 1 and lower[k - 1] == "whose" and (word in OWN or word in RULERS or word in LAWMAKERS):
        led = noun_phrase(parsed, k - 2 - (words[k - 2] == ","), memory, verb)
        return replace(led, how=f"its {word}") if led.kind == "party" else led
    if (owner := owned(parsed, k) or _theirs(parsed, k, memory)) is not None:
        return owner
    if word in sets["unnamed"] or word in sets["actors"]:
        return Subject("unnamed", words[k], (), "unnamed", k)
    if words[k][:1].isupper() and (k != 0 or word not in sets["determiners"]):
        return _stranger(parsed, k)
    return Subject("other", words[k], (), "noun", k)


def _embodies(mention: Mention, word: str) -> bool:
    """Whether a body may be called so: "the commission" is one by name; "the group" no country."""
    names = (mention.name.lower(), mention.party.lower())
    return any(word in name for name in names) or (
        word in GROUPS and (mention.name.isupper() or len(mention.name.split()) > 1)
    )


GROUPS = frozenset(["group", "organization", "organisation", "association", "lobby", "company", "federation", "agency"])


def _ruling(parsed: Parsed, k: int) -> Mention | None:
    """`the Norland-led council`, `the Green-controlled house` at `k`: whose majority acts."""
    holds = k > 1 and parsed.lower[k - 1] in ("led", "controlled", "dominated", "run", "majority")
    mention = parsed.mention_at(k - 2) if holds and parsed.sentence.glued[k - 1] else None
    body = parsed.lower[k] in parsed.lexicon.sets["bodies"] or parsed.lower[k] in CHAMBERS
    return mention if mention is not None and mention.end == k - 1 and body else None


CHAMBERS = frozenset(["house", "senate", "congress", "parliament", "chamber", "council", "assembly", "legislature"]) | (
    frozenset(["committee", "board", "court", "cabinet", "majority", "panel", "state", "states"])
)


def _the_president(parsed: Parsed, k: int, memory: Memory) -> Subject | None:
    """`the president`, `the commission` at `k`: who was named with that title, the body named last."""
    lower, words, sets = parsed.lower, parsed.words, parsed.lexicon.sets
    word, start = lower[k], k - 1
    if start > 0 and lower[start] in ("prime", "foreign"):
        word, start = f"{lower[start]} {word}", start - 1
    if start < 0 or lower[start] != "the" or parsed.sentence.title:
        return None
    taken = memory.titles.get(word) if lower[k] in sets["offices"] else None
    if taken is None and word in sets["bodies"] and memory.singular is not None and _embodies(memory.singular, word):
        taken = memory.singular
    named = start > 0 and not words[start - 1][:1].islower() and words[start - 1] not in (",", *QUOTES, *HARD)
    if taken is None or named:
        return None
    mentions = (replace(taken, how="pronoun", start=start, end=k + 1),)
    return Subject("party", f"the {word}", mentions, f"{word} for {taken.name}", start)


def _stranger(parsed: Parsed, k: int) -> Subject:
    """A name at `k` that is no party's."""
    lower, words, sets = parsed.lower, parsed.words, parsed.lexicon.sets
    start = k
    while (
        start > 0
        and (words[start - 1][:1].isupper() or lower[start - 1] in sets["titles"])
        and words[start - 1] not in HARD
    ):
        start -= 1
    kind = "media" if any(x in sets["media"] for x in lower[start : k + 1]) else "named"
    return Subject(kind, " ".join(words[start : k + 1]), (), "name", start)


PAIRS = frozenset(["countries", "sides", "governments", "nations", "parties", "leaders", "presidents", "states"])


def pair(parsed: Parsed, k: int, memory: Memory) -> Subject:
    """Whom "both" at token `k` takes up: the two parties named last."""
    mentions = memory.both(parsed, k)
    if len(mentions) < 2 or parsed.lower[k + 1 : k + 2] == ["houses"]:
        return Subject("other", parsed.words[k], (), "both", k)
    taken = tuple(replace(mention, how="pronoun", start=k, end=k + 1) for mention in mentions)
    return Subject("party", parsed.words[k], taken, "both", k)


def _of_mention(parsed: Parsed, mention: Mention, k: int) -> Subject:
    """The subject that a party's name at `k` makes, by the words before it."""
    lower, words, sets = parsed.lower, parsed.words, parsed.lexicon.sets
    start = phrase_start(parsed, mention.start)
    name = " ".join(words[start : mention.end])
    if not mention.actor:
        return Subject("other", name, (), "only its name", start)
    counted = handful(parsed, mention)
    if counted == "some":
        return Subject("other", name, (), "only some of them", start)
    if counted:
        return Subject("party", name, (mention,), counted, start, negated=counted == "only a few")
    group = coordinated(parsed, mention)
    first = phrase_start(parsed, group[0].start)
    before = lower[first - 1] if first else ""
    head = lower[first - 2] if first > 1 else ""
    if first > 2 and head == "the":
        head = lower[first - 3]
    opened = before in ("after", "before", "since", "until") and k == mention.end - 1 and finite(parsed, k + 1)
    if before == "as" and head == "such":
        return Subject("party", name, group, "such as", first)
    if before in sets["prepositions"] and first > 1 and not opened:
        if before in ("of", "for", "to", "in", "from", "at", "with") and head in sets["representing"]:
            head_at = next(x for x in range(first - 2, -1, -1) if lower[x] == head)
            return Subject(
                "party", name, group, "spokesman", head_at - (lower[head_at - 1 : head_at] in (["a"], ["the"], ["an"]))
            )
        if (before == "to" and head == "close") or (before == "with" and head == "familiar"):
            return Subject("unnamed", "sources", (), "close to the party", first)
        if before in ("of", "in") and head in NOBODY:
            return Subject("party", name, group, "none of", first, negated=True)
        if before == "of" and quantified(parsed, first):
            few = first > 2 and lower[first - 3] in ("only", "just")
            return Subject("party", name, group, mention.how, first, negated=few)
        if before in ("in", "inside", "within") and head in SOURCES:
            return Subject("unnamed", "sources", (), "sources in the capital", first)
        if before == "in" and head in RULERS:
            return Subject("party", name, group, f"its {head}", first)
        if k == mention.end - 1:
            earlier = _modifier(parsed, first - 1) if before in ("in", "of", "from", "at") else None
            if earlier is not None and earlier.actor:
                return Subject("party", earlier.name, (earlier,), earlier.how, earlier.start)
            if before not in ("from", "by", "under", "after", "with", "to", "on"):
                return Subject(
                    "other", " ".join(words[max(0, first - 3) : k + 1]), (), "inside another noun phrase", first
                )
            return Subject("other", " ".join(words[max(0, first - 2) : k + 1]), (), "behind a preposition", first)
    return Subject("party", name, group, mention.how, first, negated=_nobody(parsed, first) or _not_one(lower, first))


NUMBERS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"]
) | frozenset(["fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "dozen"])


def handful(parsed: Parsed, mention: Mention) -> str:
    """How a camp is counted: "some" of it do not speak for it ("four House Republicans"); "only a few" tell that the
    rest did not, "all but a few" that the rest did; empty where it is not."""
    lower, k = parsed.lower, mention.start - 1
    if not mention.plural:
        return ""
    while k > mention.start - 4 and k >= 0 and (lower[k] in BETWEEN or is_name(parsed, parsed.words[k])):
        if lower[k] in NUMBERS:
            break
        k -= 1
    if k < 0 or not (lower[k] in NUMBERS or lower[k] in SOME or (lower[k].isdigit() and int(lower[k]) <= FEW)):
        return ""
    before = lower[k - 1] if k else ""
    if before in ("only", "just"):
        return "only a few"
    if before in ("but", "except") and k > 1 and lower[k - 2] in ("all", "every", "everyone"):
        return "all but a few"
    return "" if before in ("all", "the", "every", "its", "both") else "some"


BETWEEN = frozenset(["the", "its", "their", "of", "fellow"])
"""Words between a number and the camp it counts."""

SOME = frozenset(["some", "several", "handful", "number"])
FEW = 30
"""So many of a camp may still be a minority of it."""


def _nobody(parsed: Parsed, first: int) -> bool:
    """`no Green`, `no "responsible" minister`, `neither X nor Y`."""
    k = parsed.back_over(first - 1, lambda x: parsed.words[x] in QUOTES or parsed.lower[x] in MINDED)
    return k >= 0 and parsed.lower[k] in ("neither", "no", "few")


MINDED = frozenset(["responsible", "serious", "sane", "sensible", "single", "other", "self", "respecting", "future"])


def _not_one(lower: list[str], first: int) -> bool:
    """`not one Green`, `not a single Green`."""
    return lower[max(0, first - 2) : first] == ["not", "one"] or lower[max(0, first - 3) : first] == [
        "not",
        "a",
        "single",
    ]


def finite(parsed: Parsed, k: int) -> bool:
    """Whether a verb of a clause of its own stands at `k`: "after X blocked it"."""
    while k < len(parsed) and parsed.adverb(k):
        k += 1
    return k < len(parsed) and (parsed.auxiliary(k) or (parsed.verb(k) is not None and parsed.lower[k][-3:] != "ing"))


RULERS = frozenset(
    ["government", "authorities", "leadership", "regime", "rulers", "cabinet", "parliament", "officials"]
)
"""They speak for the capital that they sit in: "the government in Oslo"."""

SOURCES = frozenset(["source", "sources", "insiders", "diplomats", "observers", "analysts", "media"])

NOBODY = frozenset(["nobody", "none", "neither", "no-one"])


def quantified(parsed: Parsed, start: int) -> bool:
    """`a group of Republicans`: the noun before "of" only counts them."""
    before = parsed.lower[start - 2] if start > 1 else ""
    sets = parsed.lexicon.sets
    return before in parsed.lexicon.sets["quantities"] or before in sets["unnamed"] or before in sets["actors"]


def owned(parsed: Parsed, k: int) -> Subject | None:
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


def _theirs(parsed: Parsed, k: int, memory: Memory) -> Subject | None:
    """`its leaders`, `her party`: who speaks for the one that the pronoun takes up."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    heads = (sets["representing"], RULERS, OWN, LAWMAKERS)
    if not any(lower[k] in group for group in heads):
        return None
    if k > 1 and lower[k - 1] == "'s" and lower[k - 2] in OWN:
        k -= 2  # "her party's lawmakers"
    x = k - 1
    while x > 0 and k - x < 3 and (lower[x] in sets["actors"] or lower[x] in sets["fillers"]):
        x -= 1
    if x < 0 or lower[x] not in ("its", "their", "his", "her"):
        return None
    found = resolve_pronoun(parsed, x, memory)
    return replace(found, how=f"its {lower[k]}", start=x) if found.kind == "party" else None


LAWMAKERS = frozenset(["mps", "lawmakers", "senators", "deputies", "legislators", "congressmen", "ministers"])
OWN = frozenset(["party", "administration", "government", "team"])
"""Groups that speak for the one who leads them."""


def _subject_it(parsed: Parsed, k: int) -> bool:
    """`it` may be a party only where an organisation was named before it in the sentence."""
    return any(m.end <= k and m.actor and not m.plural and not m.person for m in parsed.mentions)


def _modifier(parsed: Parsed, k: int) -> Mention | None:
    """A party that the noun at `k` belongs to: "Republicans in Congress", "Kyiv's negotiators"."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    for mention in reversed(parsed.mentions):
        if mention.end > k:
            continue
        between = lower[mention.end : k + 1]
        opens = phrase_start(parsed, mention.start) == 0
        if len(between) > (15 if opens and between[0] == "and" else 7):
            return None
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
            and (opens or len(between) <= 5)
            and (opens or lower[phrase_start(parsed, mention.start) - 1] not in sets["prepositions"])
        ):
            return mention  # "the United States and eleven other nations"
        if between[0] in ("in", "on", "at", "of", "from") and len(between) > 1:
            first = phrase_start(parsed, mention.start)
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


AGAINST = frozenset(["despite", "amid", "over", "against", "without", "unlike", "notwithstanding"])
"""A phrase that opens with them names others than the one that the sentence is about."""


def resolve_pronoun(parsed: Parsed, k: int, memory: Memory) -> Subject:
    """The party that the pronoun at `k` takes up: one named in the sentence, else one remembered."""
    word = parsed.lower[k].split("'")[0]  # "they've"
    local = None
    for mention in parsed.mentions:
        if mention.end > k:
            break
        compound = mention.end < len(parsed) and parsed.sentence.glued[mention.end]  # "the Norland-led bloc"
        if not mention.actor or compound or parsed.target_at(mention.start):
            continue
        fits = (
            mention.plural
            if word in ("they", "their", "them")
            else mention.person
            if word in ("he", "she", "his", "her")
            else not mention.plural and not mention.person
        )
        head = phrase_start(parsed, mention.start)
        oblique = head and parsed.lower[head - 1] in parsed.lexicon.sets["prepositions"]
        possessive = parsed.lower[mention.end : mention.end + 1] == ["'s"]
        if oblique and parsed.lower[0] in AGAINST and "," in parsed.words[mention.end : k]:
            continue  # "Despite the opposition of X, they ..."
        if (
            mention.start
            and (teller := parsed.saying(mention.start - 1))
            and teller.lemma in ("tell", "assure", "warn", "inform", "remind")
        ):
            continue  # "told Smith that he ...": he who tells
        if fits and local is not None and acting(parsed, local) and not acting(parsed, mention):
            continue
        if (fits and not (oblique and local) and not (possessive and local)) or (
            not fits and word in ("he", "she", "his", "her") and not mention.plural and not oblique and local is None
        ):
            local = mention
    if word in ("he", "she", "his", "her") and _stranger_between(parsed, local.end if local and local.person else 0, k):
        return Subject("pronoun", parsed.words[k], (), "pronoun for someone else", k)
    antecedent = local or memory.pronoun(word)
    if antecedent is None:
        return Subject("pronoun", parsed.words[k], (), "pronoun without a party", k)
    group = coordinated(parsed, local) if local and word == "they" else (antecedent,)
    mentions = tuple({m.party: replace(m, how="pronoun", start=k, end=k + 1) for m in group}.values())
    return Subject("party", parsed.words[k], mentions, f"pronoun for {antecedent.name}", k)


STRANGERS = frozenset(["senator", "representative", "congressman", "congresswoman", "governor", "mayor", "judge", "mp"])
"""Titles with which someone is named whom the topic does not know."""


def _stranger_between(parsed: Parsed, lo: int, k: int) -> bool:
    """Whether someone who is no party is named between, as a full name or as an owner."""
    words, lower = parsed.words, parsed.lower
    for i in range(max(lo, 1), k - 1):
        if not is_name(parsed, words[i]) or parsed.mention_at(i) is not None or parsed.target_at(i) is not None:
            continue
        if (
            lower[i + 1] == "'s"
            and lower[i] not in parsed.lexicon.sets["months"]
            and lower[i] not in parsed.lexicon.sets["weekdays"]
        ):
            return True
        if lower[i - 1] in ("mr.", "mrs.", "ms.", "sen.", "rep.", "gov.", "sens.", "reps.", "dr.", "senator"):
            return True
        if is_name(parsed, words[i + 1]) and words[i + 2 : i + 3] == [","] and lower[i - 1] in STRANGERS:
            return True  # "Senator Anna Smith, a Republican, ... he"
    return False
