"""Noun phrases that act: the party a phrase stands for, through modifiers, groups, owners and pronouns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.bodies import ruling, titled
from watcher.detect.coordination import coordinated
from watcher.detect.counting import handful, nobody, quantified
from watcher.detect.marks import HARD, QUOTES
from watcher.detect.modifiers import LAST, LIKE, OPENING, before_and, modifier
from watcher.detect.naming import finite, is_name, phrase_start
from watcher.detect.pronouns import PAIRS, pair, resolve_pronoun
from watcher.detect.roles import titled_name
from watcher.detect.subject import NONE, Subject

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

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
        opens = k == 0 or lower[k - 1] in (",", "but") or words[k - 1] in QUOTES
        does = next((x for x in range(k + 1, len(parsed)) if not parsed.light(x)), -1)
        acts = opens and does > 0 and lower[does] in sets["agentive"]
        if word == "it" and not acts and not _subject_it(parsed, k):
            return Subject("other", "it", (), "it", k)
        return resolve_pronoun(parsed, k, memory)
    if word == "them" and k > 1 and lower[k - 1] == "of" and quantified(parsed, k):
        return resolve_pronoun(parsed, k, memory)  # "every one of them"
    mention = mention or ruling(parsed, k) or modifier(parsed, k)
    if mention is None and (taken := titled(parsed, k, memory)) is not None:
        return taken
    if mention is not None:
        found = _of_mention(parsed, mention, k, verb)
        first = _led_by(parsed, mention)
        leader = noun_phrase(parsed, first, memory, verb) if first >= 0 else _and_others(parsed, k, memory)
        if leader is not None and found.kind in ("party", "other") and mention.end - 1 == k:  # "he and other Greens"
            mentions = (*leader.mentions, *(found.mentions or (mention,)))
            return Subject("party", found.name, mentions, "and others", leader.start)
        return found
    if word in PAIRS and k and lower[k - 1] in ("both", "two"):
        within = k > 1 and (lower[k - 2] == "in" or (word == "parties" and lower[k - 2] in ("from", "of")))
        if within:
            return Subject("other", word, (), "some in both", k)  # "critics from both parties"
        return pair(parsed, k - 1, memory)
    led = any(word in group for group in (OWN, RULERS, LAWMAKERS, sets["bodies"], ("country", "nation", "state")))
    if k > 1 and lower[k - 1] == "whose" and led:
        leader = noun_phrase(parsed, k - 2 - (words[k - 2] == ","), memory, verb)
        return replace(leader, how=f"its {word}") if leader.kind == "party" else leader
    if (owner := owned(parsed, k) or _theirs(parsed, k, memory)) is not None:
        return owner
    if (listed := _listed(parsed, k)) is not None:
        return listed
    if group := before_and(parsed, k):
        return Subject("party", group[0].name, group, "in a list", phrase_start(parsed, group[0].start))
    if (leader := _and_others(parsed, k, memory)) is not None:
        return leader
    if (role := titled_name(parsed, k)) is not None:
        return Subject("party", words[k], (role[0],), "spokesman", role[1])
    if word in sets["unnamed"] or word in sets["actors"]:
        return Subject("unnamed", words[k], (), "unnamed", k)
    if words[k][:1].isupper() and (k != 0 or word not in sets["determiners"]):
        return _stranger(parsed, k)
    return Subject("other", words[k], (), "noun", k)


def _led_by(parsed: Parsed, mention: Mention) -> int:
    """`X and six states led by Y`, `a coalition headed by Y`: the token that those end at whom Y leads; else -1."""
    start = phrase_start(parsed, mention.start)
    led = start > 2 and parsed.lower[start - 1] == "by" and parsed.lower[start - 2] in LED
    return start - 3 if led and parsed.words[start - 3].isalpha() else -1


LED = frozenset(["led", "headed", "chaired", "spearheaded", "fronted", "organised", "organized"])


def _and_others(parsed: Parsed, k: int, memory: Memory) -> Subject | None:
    """`he and his allies`, `she and a group of senators` that end at `k`: who "he" is."""
    x = next((x for x in range(k - 1, max(0, k - LAST), -1) if parsed.lower[x] == "and"), 0)
    if x < 1 or parsed.lower[x - 1] not in ("he", "she", "i", "we", "they"):
        return None
    if any(not parsed.words[y].isalpha() or parsed.verb(y) or parsed.auxiliary(y) for y in range(x + 1, k + 1)):
        return None
    return noun_phrase(parsed, x - 1, memory, k)


def _listed(parsed: Parsed, k: int) -> Subject | None:
    """`X, Elbonia and the Baltic states`, `X of the Greens, Smith of Ohio and Jones`: the parties of a list that opens
    the clause and ends at `k` with another."""
    words, lower = parsed.words, parsed.lower
    x = k
    while x >= 0 and (words[x][:1].isupper() or lower[x] in LISTING) and (words[x].isalpha() or words[x] in (",", ".")):
        x -= 1
    if (x >= 0 and words[x] not in QUOTES) or "and" not in lower[x + 1 : k] or not words[x + 1][:1].isupper():
        return None
    named = tuple(m for m in parsed.mentions if x < m.start and m.end <= k and m.actor and not _home(parsed, m))
    return Subject("party", named[0].name, named, "in a list", x + 1) if named else None


def _home(parsed: Parsed, mention: Mention) -> bool:
    """Whether the name tells what another belongs to: "Smith of the Greens"."""
    before = mention.start - 1 - (parsed.lower[mention.start - 1] == "the")
    return before > 0 and parsed.lower[before] in ("of", "from") and parsed.words[before - 1][:1].isupper()


LISTING = frozenset(["and", "the", ",", "states", "countries", "governments", "unions", "groups", "of", "from"])


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


def _of_mention(parsed: Parsed, mention: Mention, k: int, verb: int) -> Subject:
    """The subject that a party's name at `k` makes, by the words before it."""
    lower, words, sets = parsed.lower, parsed.words, parsed.lexicon.sets
    start = phrase_start(parsed, mention.start)
    name = " ".join(words[start : mention.end])
    if not mention.actor:
        return Subject("other", name, (), "only its name", start)
    if not mention.person and mention.start and lower[mention.start - 1] in ("former", "retired"):
        return Subject("other", name, (), "formerly its own", start)  # "a former Norland minister"
    counted = handful(parsed, mention)
    if counted == "some":
        return Subject("other", name, (), "only some of them", start)
    if counted:
        return Subject("party", name, (mention,), counted, start, negated=counted == "only a few")
    group = coordinated(parsed, mention)
    first = phrase_start(parsed, group[0].start)
    if first > 2 and lower[first - 1] in sets["regions"] and lower[first - 2] in sets["prepositions"]:
        first -= 1  # "in southern Norland"
    before = lower[first - 1] if first else ""
    head = lower[first - 2] if first > 1 else ""
    if first > 2 and head == "the":
        head = lower[first - 3]
    if before == "with" and k == mention.end - 1 and _ranged(parsed, first - 1, k + 1):
        return Subject("party", name, group, mention.how, first)
    told = finite(parsed, k + 1) or (
        words[k + 1 : k + 2] == [","] and verb > k + 2 and (finite(parsed, verb) or parsed.auxiliary(verb - 1))
    )
    opened = before in OPENING and k == mention.end - 1 and told and head not in LIKE
    if before == "by" and head in LED:
        return Subject("party", name, group, "who leads them", first)  # "lawmakers led by X want to"
    if before in EXCEPT and not EVERYONE.isdisjoint(lower[max(0, first - 4) : first - 1]):
        return Subject("party", name, group, "all but", first, negated=True)
    if (before == "as" and head == "such") or (before == "like" and head in sets["holders"] and head.endswith("s")):
        return Subject("party", name, group, "such as", first)
    if before in sets["prepositions"] and first > 1 and not opened:
        inside = _behind_preposition(parsed, Subject("party", name, group, mention.how, first), mention, head, k)
        if inside is not None:
            return inside
    return Subject("party", name, group, mention.how, first, negated=nobody(parsed, first))


EXCEPT = frozenset(["but", "except", "bar"])
EVERYONE = frozenset(["all", "everyone", "everybody", "every"])
"""Of whom those behind "but" are the exception: "all parties but the Greens back it"."""


def _ranged(parsed: Parsed, opening: int, k: int) -> bool:
    """`with X lined up against it`, `..., with X against it`: whether what stands at `k` tells the side of a name
    behind the "with" at `opening`."""
    if k >= len(parsed):
        return False
    if parsed.verb(k) is not None:
        return parsed.lower[k].endswith(("ing", "ed"))
    sided = parsed.lower[k] == "against" or parsed.adjective(k) is not None
    return sided and opening > 0 and parsed.words[opening - 1] == ","


def _behind_preposition(parsed: Parsed, named: Subject, mention: Mention, head: str, k: int) -> Subject | None:
    """What a party's name behind a preposition makes of the noun `head` before it: its spokesman, a part of it,
    something of another kind; None where the name still acts itself."""
    lower, words, sets, first = parsed.lower, parsed.words, parsed.lexicon.sets, named.start
    before = lower[first - 1]
    if before in ("in", "to") and head in POSTED:
        return _posted(parsed, first - 2 - (lower[first - 2] == "the"))
    if before in ("of", "for", "to", "in", "from", "at", "with") and head in sets["representing"]:
        at = next(x for x in range(first - 2, -1, -1) if lower[x] == head)
        return replace(named, how="spokesman", start=at - (lower[at - 1 : at] in (["a"], ["the"], ["an"])))
    if before in ("by", "from") and _written_by(parsed, first - 2):
        return replace(named, how="its paper", start=max(0, first - 4))
    if (before == "to" and head == "close") or (before == "with" and head == "familiar"):
        return Subject("unnamed", "sources", (), "close to the party", first)
    if before in ("of", "in") and head in NOBODY:
        return replace(named, how="none of", negated=True)
    if before == "of" and quantified(parsed, first):
        return replace(named, negated=first > 2 and lower[first - 3] in ("only", "just"))
    if before in ("in", "inside", "within") and head in SOURCES:
        return Subject("unnamed", "sources", (), "sources in the capital", first)
    if before == "in" and head in RULERS:
        return replace(named, how=f"its {head}")
    if k != mention.end - 1:
        return None
    article = before == "the" and lower[first - 2] == "of"
    one = parsed.mention_at(first - 2 - article) if before == "of" or article else None
    if one is not None and one.person and one.actor:
        return Subject("party", one.name, (one,), one.how, one.start)  # "Minister Jon Holm of Norland"
    if (before == "of" or article) and (whose := _named_of(parsed, named, first - 2 - article)) is not None:
        return whose
    earlier = modifier(parsed, first - 1) if before in ("in", "of", "from", "at") else None
    if earlier is not None and earlier.actor:
        return Subject("party", earlier.name, (earlier,), earlier.how, earlier.start)
    if before in ("in", "from", "across") and (at_home := _acting_head(parsed, first - 2)) is not None:
        return at_home
    if before not in ("from", "by", "under", "after", "with", "to", "on"):
        return Subject("other", " ".join(words[max(0, first - 3) : k + 1]), (), "inside another noun phrase", first)
    return Subject("other", " ".join(words[max(0, first - 2) : k + 1]), (), "behind a preposition", first)


POSTED = frozenset(
    ["delegation", "embassy", "ambassador", "envoy", "emissary", "mission", "consulate", "consul", "diplomats"]
)
"""With "in Norland" or "to Norland" behind them they speak for those who sent them."""


def _posted(parsed: Parsed, k: int) -> Subject:
    """`X's delegation in Norland`, `the X ambassador to Norland`: X, who sent what the noun at `k` names."""
    owner = parsed.mention_at(k - 2 if parsed.lower[k - 1] in ("'s", "'") else k - 1) if k > 1 else None
    if owner is None or not owner.actor:
        return Subject("other", parsed.words[k], (), "posted by others", k)
    return Subject("party", owner.name, (owner,), "spokesman", phrase_start(parsed, owner.start))


def _named_of(parsed: Parsed, named: Subject, k: int) -> Subject | None:
    """`Jan Vos of the Greens`: a name of two words that ends at `k` speaks for the camp it is said to be of."""
    words = parsed.words
    if k < 1 or not (is_name(parsed, words[k]) and is_name(parsed, words[k - 1])) or parsed.mention_at(k) is not None:
        return None
    if parsed.mention_at(k - 1) is not None or not named.mentions or named.mentions[0].person:
        return None
    start = phrase_start(parsed, k)
    if any(
        word in parsed.lexicon.sets["media"] or word in parsed.lexicon.sets["person_heads"]
        for word in parsed.lower[start : k + 1]
    ):
        return None  # "The Council of the Greens"
    member = replace(named.mentions[0], how="spokesman", member=True)
    return replace(named, mentions=(member,), how="spokesman", start=start)


def _written_by(parsed: Parsed, k: int) -> bool:
    """`A lawsuit filed by X`, `a statement from X`: whether the paper that ends at `k` speaks for X behind it."""
    k -= k > 0 and parsed.lower[k] in PUT_OUT
    paper = k > 0 and (parsed.lower[k] in parsed.lexicon.instruments or parsed.lower[k] in WRITINGS)
    return paper and parsed.lower[k - 1] in ("a", "an", "the", "new", "recent", "joint", "open", "another")


PUT_OUT = frozenset(["filed", "signed", "written", "issued", "sent", "brought", "published", "released", "backed"])
WRITINGS = frozenset(["lawsuit", "letter", "statement", "petition", "study", "analysis", "paper", "editorial", "memo"])


def _acting_head(parsed: Parsed, k: int) -> Subject | None:
    """`Dockers in Norland`, `dockers and teachers in Norland`: the head noun that ends at `k` acts, not its place;
    None where that is no name and no noun for people."""
    mention = parsed.mention_at(k) if k >= 0 else None
    if mention is not None and mention.plural and mention.end - 1 == k:
        return _of_mention(parsed, mention, k, k + 1)
    if k < 2 or parsed.lower[k - 1] != "and" or not parsed.lower[k].endswith("s"):
        return None
    mention = parsed.mention_at(k - 2)
    if mention is None or not mention.plural or mention.end - 1 != k - 2:
        return None
    return _of_mention(parsed, mention, k - 2, k)


RULERS = frozenset(
    ["government", "authorities", "leadership", "regime", "rulers", "cabinet", "parliament", "officials"]
)
"""They speak for the capital that they sit in: "the government in Oslo"."""


SOURCES = frozenset(["source", "sources", "insiders", "diplomats", "observers", "analysts", "media"])


NOBODY = frozenset(["nobody", "none", "neither", "no-one"])


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
    found = _speaking_for(parsed, x) or resolve_pronoun(parsed, x, memory)
    return replace(found, how=f"its {lower[k]}", start=x) if found.kind == "party" else None


def _speaking_for(parsed: Parsed, x: int) -> Subject | None:
    """`Smith, who leads the party, said its members ...`: the party of the one who speaks, where no body is named."""
    before = [m for m in parsed.mentions if m.end <= x and m.actor]
    if parsed.lower[x] != "its" or not before or any(not m.person and not m.plural for m in before):
        return None
    told = any(parsed.saying(i) is not None for i in range(before[-1].end, x))
    return Subject("party", before[-1].name, (before[-1],), "its", x) if told else None


LAWMAKERS = frozenset(["mps", "lawmakers", "senators", "deputies", "legislators", "congressmen", "ministers"])


OWN = frozenset(["party", "administration", "government", "team", "union", "company", "ministry", "cabinet"]) | (
    frozenset(["organization", "organisation", "association", "federation", "campaign", "agency"])
)
"""Groups that speak for the one who leads them."""


def _subject_it(parsed: Parsed, k: int) -> bool:
    """`it` may be a party only where an organisation was named before it in the sentence."""
    return any(m.end <= k and m.actor and not m.plural and not m.person for m in parsed.mentions)
