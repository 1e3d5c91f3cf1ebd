"""Whom a pronoun takes up: a party named in the sentence, else one remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.counting import handful
from watcher.detect.jointly import together
from watcher.detect.marks import QUOTES
from watcher.detect.modifiers import OPENING
from watcher.detect.naming import acting, is_name, modifying, phrase_start
from watcher.detect.subject import Subject

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

PAIRS = frozenset(["countries", "sides", "governments", "nations", "parties", "leaders", "presidents", "states"])

AGAINST = frozenset(["despite", "amid", "over", "against", "without", "unlike", "notwithstanding"])
"""A phrase that opens with them names others than the one that the sentence is about."""

MEN = frozenset(["mr.", "mr", "sir", "lord", "king", "prince", "congressman", "spokesman", "chairman"])
WOMEN = frozenset(["mrs.", "mrs", "ms.", "ms", "dame", "lady", "queen", "princess", "congresswoman"])
WOMEN |= {"spokeswoman", "chairwoman"}
NONE: frozenset[str] = frozenset()
OTHER_SEX = {"he": WOMEN, "his": WOMEN, "him": WOMEN, "she": MEN, "her": MEN}
"""Titles of whom a pronoun cannot take up."""

STRANGERS = frozenset(["senator", "representative", "congressman", "congresswoman", "governor", "mayor", "judge", "mp"])
"""Titles with which someone is named whom the topic does not know."""


def resolve_pronoun(parsed: Parsed, k: int, memory: Memory) -> Subject:
    """The party that the pronoun at `k` takes up: one named in the sentence, else one remembered."""
    word = parsed.lower[k].split("'")[0]  # "they've"
    if word not in ("it", "its") and (spoken := _spokesman(parsed, k, word)) is not None:
        return spoken
    if (taken_up := _teller(parsed, k, word)) is not None:
        return taken_up
    if word in ("he", "she", "it", "they") and (accused := _accused(parsed, k)) is not None:
        one = replace(accused, how="pronoun", start=k, end=k + 1)
        return Subject("party", parsed.words[k], (one,), f"pronoun for {accused.name}", k)
    local = None
    for mention in parsed.mentions:
        if mention.end > k:
            break
        compound = mention.end < len(parsed) and parsed.sentence.glued[mention.end]  # "the Norland-led bloc"
        if not mention.actor or compound or parsed.target_at(mention.start):
            continue
        if word in ("it", "its") and modifying(parsed, mention):
            continue  # "exempted Norlandic gas from its sanctions"
        fits = (
            mention.plural
            if word in ("they", "their", "them")
            else mention.person
            if word in ("he", "she", "his", "her")
            else not mention.plural and not mention.person
        )
        head = phrase_start(parsed, mention.start)
        if not OTHER_SEX.get(word, NONE).isdisjoint(parsed.lower[head : mention.end]):
            continue  # "Mr. Smith said she ..."
        oblique = head and parsed.lower[head - 1] in parsed.lexicon.sets["prepositions"]
        oblique = oblique and not (parsed.lower[head - 1] in OPENING and acting(parsed, mention))  # "after X said he"
        if word in ("he", "she", "his", "her") and not mention.person and modifying(parsed, mention):
            continue  # "a member of the Norland committee"
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
    if local is not None and handful(parsed, local) == "some":
        return Subject("pronoun", parsed.words[k], (), "pronoun for some of them", k)
    if local is None and word in ("they", "their") and len(joint := _joint(parsed, k)) > 1:
        taken = tuple(replace(m, how="pronoun", start=k, end=k + 1) for m in joint)
        return Subject("party", parsed.words[k], taken, "pronoun for both", k)
    if local is None and word == "they" and (met := together(parsed, k)):
        taken = tuple(replace(m, how="pronoun", start=k, end=k + 1) for m in met)
        return Subject("party", parsed.words[k], taken, "pronoun for both", k)
    if local is None and word in ("he", "she", "his", "her") and (named := _named_behind(parsed, k)) is not None:
        local = named
    if local is None and (behind := _teller_behind(parsed, k, word)) is not None:
        local = behind
    if local is None and word in ("they", "their", "them") and (_counted(parsed, k) or _told_by_others(parsed, k)):
        return Subject("pronoun", parsed.words[k], (), "pronoun for some of them", k)
    antecedent = local or memory.pronoun(word)
    if antecedent is None:
        return Subject("pronoun", parsed.words[k], (), "pronoun without a party", k)
    group = coordinated(parsed, local) if local and word == "they" else (antecedent,)
    mentions = tuple({m.party: replace(m, how="pronoun", start=k, end=k + 1) for m in group}.values())
    return Subject("party", parsed.words[k], mentions, f"pronoun for {antecedent.name}", k)


def _spokesman(parsed: Parsed, k: int, word: str) -> Subject | None:
    """`Ola Berg of the Greens said she ...`: the one who speaks for a party, if nobody else was named since."""
    told = next((x for x in range(k - 1, 0, -1) if x in parsed.subjects and parsed.saying(x) is not None), -1)
    known = parsed.subjects.get(told)
    if known is None or known.kind != "party" or any(told < m.start < k and m.person for m in parsed.mentions):
        return None
    if word in ("they", "their", "them"):
        near = k - told <= 1 + (parsed.lower[k - 1] == "that") and known.how in ("spokesman", "alias")
        if not near or any(m.plural and m.actor and m.end <= k for m in parsed.mentions):
            return None
    one = parsed.mention_at(told - 1) is None  # "the union's negotiator", "the union and its friends"
    if (known.how != "spokesman" and not one) or _stranger_between(parsed, told, k):
        return None
    taken = tuple(replace(m, how="pronoun", start=k, end=k + 1) for m in known.mentions)
    return Subject("party", parsed.words[k], taken, f"pronoun for {known.name}", k)


def _teller(parsed: Parsed, k: int, word: str) -> Subject | None:
    """`X and Y have said they ...`, `her partner, the Greens, said that it ...`: whoever is the subject of the verb of
    saying right before the pronoun, where that is no person."""
    lower = parsed.lower
    reach = k - 6 if lower[k - 1 : k] == ["that"] else k - 2
    told = next((x for x in range(k - 1, max(-1, reach), -1) if parsed.saying(x) is not None), -1)
    known = parsed.subjects.get(told)
    if (
        known is not None
        and known.kind == "party"
        and word in ("he", "she", "his", "her")
        and lower[told][-3:] == "ing"
    ):
        taken = tuple(replace(m, how="pronoun", start=k, end=k + 1) for m in known.mentions)
        return Subject("party", parsed.words[k], taken, f"pronoun for {known.name}", k)  # "with X stating that he"
    if known is None or known.kind != "party" or word not in ("it", "they"):
        return None
    if any(word.endswith("s") or not word.isalpha() for word in lower[told + 1 : k - 1]):
        return None  # "told lawmakers that they ..."
    if word == "it" and lower[k + 2 : k + 3] and lower[k + 2] in OF_A_CLAUSE:
        return None
    several = len({m.party for m in known.mentions}) > 1
    if (several and word == "it") or any(m.person for m in known.mentions if not several):
        return None
    if any(m.how == "spokesman" for m in known.mentions) or known.how == "spokesman":
        return None
    taken = tuple(replace(m, how="pronoun", start=k, end=k + 1) for m in known.mentions)
    return Subject("party", parsed.words[k], taken, f"pronoun for {known.name}", k)


def _accused(parsed: Parsed, k: int) -> Mention | None:
    """`accused X of playing both sides by saying that he ...`: X."""
    verb = next((x for x in range(k - 1, -1, -1) if parsed.lower[x].startswith("accus")), -1)
    accused = next((m for m in parsed.mentions if verb < m.start <= verb + 3 and m.end < k and m.actor), None)
    if verb < 0 or accused is None or any(m.start > accused.start and m.end <= k for m in parsed.mentions):
        return None
    of = next((x for x in range(accused.end, min(k, accused.end + 4)) if parsed.lower[x] == "of"), -1)
    plain = of > 0 and not any(parsed.words[x] in (",", ".") and parsed.lower[x + 1] == "and" for x in range(of, k))
    return accused if plain and any(parsed.lower[x].endswith("ing") for x in range(of + 1, k)) else None


OF_A_CLAUSE = frozenset(["clear", "unclear", "likely", "unlikely", "possible", "impossible", "time", "important"])
"""Behind "it is" they tell of what follows."""

SOME = frozenset(["some", "several", "few", "many", "others", "dozens", "most"])


def _counted(parsed: Parsed, k: int) -> bool:
    """`But at least ten have said that they ...`: the sentence is about some of those named before."""
    first = next((x for x in range(min(k, 5)) if parsed.lower[x] in SOME or parsed.lower[x][0].isdigit()), -1)
    opens = first >= 0 and all(parsed.lower[x] in COUNTING for x in range(first))
    return opens and (parsed.auxiliary(first + 1) or parsed.verb(first + 1) is not None)


def _told_by_others(parsed: Parsed, k: int) -> bool:
    """`Farmers said that they would fight it`: people who are no party speak of themselves."""
    told = next((x for x in range(k - 1, 0, -1) if (say := parsed.saying(x)) and say.lemma in TELLING), -1)
    head = parsed.back_over(told - 1, parsed.light) if told > 0 else -1
    start = parsed.back_over(head, lambda x: parsed.lower[x].isalpha() and parsed.mention_at(x) is None)
    if start == head or (start >= 0 and parsed.words[start].isalpha()):
        return False
    lower, sets = parsed.lower, parsed.lexicon.sets
    head = next((x - 1 for x in range(start + 2, head) if lower[x] in sets["prepositions"]), head)  # "owners in town"
    common = not head or parsed.words[head].islower()
    return common and lower[head].endswith("s") and lower[head] not in sets["representing"]


TELLING = frozenset(["say", "tell", "argue", "warn", "complain", "insist", "fear", "believe", "think", "add"])
"""Who does so mostly speaks of itself behind it."""


COUNTING = frozenset(
    ["but", "and", "yet", "at", "least", "about", "only", "a", "so", "far", "as", "more", "than", "up", "to"]
)


def _joint(parsed: Parsed, k: int) -> tuple[Mention, ...]:
    """`X and Y said they ...`: those that the sentence begins with, joined."""
    first = next((m for m in parsed.mentions if m.actor and m.end <= k), None)
    if first is None or phrase_start(parsed, first.start) > 1:
        return ()
    second = next((m for m in parsed.mentions if m.start > first.end and m.end <= k and m.actor), None)
    lower = parsed.lower
    if any(parsed.words[x] == "," and lower[x + 1] in ("and", "but", "while") for x in range(first.end, k - 1)):
        return ()  # "X and Y backed it, and others said they ..."
    return coordinated(parsed, second) if second is not None and second.start - first.end <= 4 else ()


def _named_behind(parsed: Parsed, k: int) -> Mention | None:
    """`After he began the talks, Smith signed it`: whom an opening clause takes up before it is named."""
    comma = next((x for x in range(k, len(parsed)) if parsed.words[x] == ","), -1)
    if comma < 0 or k > 6 or any(parsed.words[x] in QUOTES for x in range(comma)):
        return None
    mention = next((m for m in parsed.mentions if comma < m.start <= comma + 6 and m.actor and m.person), None)
    between = range(comma + 1, mention.start) if mention else range(0)
    return None if any(parsed.verb(x) is not None or parsed.words[x] == "," for x in between) else mention


def _teller_behind(parsed: Parsed, k: int, word: str) -> Mention | None:
    """`They would fight it in court, the Greens said`: who speaks, in words that are not quoted."""
    if word not in ("they", "he", "she") or parsed.quotation(k):
        return None
    for comma in (x for x in range(k + 1, len(parsed) - 2) if parsed.words[x] == ","):
        first = comma + 1 + (parsed.saying(comma + 1) is not None)
        mention = next((m for m in parsed.mentions if first <= m.start <= first + 3 and m.actor), None)
        if mention is None or not (mention.plural if word == "they" else mention.person):
            continue
        if first > comma + 1 or (mention.end < len(parsed) and parsed.saying(mention.end) is not None):
            return mention
    return None


def pair(parsed: Parsed, k: int, memory: Memory) -> Subject:
    """Whom "both" at token `k` takes up: the two parties named last."""
    mentions = memory.both(parsed, k)
    if len(mentions) < 2 or parsed.lower[k + 1 : k + 2] == ["houses"]:
        return Subject("other", parsed.words[k], (), "both", k)
    taken = tuple(replace(mention, how="pronoun", start=k, end=k + 1) for mention in mentions)
    return Subject("party", parsed.words[k], taken, "both", k)


def _stranger_between(parsed: Parsed, lo: int, k: int) -> bool:
    """Whether someone who is no party is named between, as a full name or as an owner."""
    words, lower = parsed.words, parsed.lower
    for i in range(lo, k - 1):
        if not is_name(parsed, words[i]) or parsed.mention_at(i) is not None or parsed.target_at(i) is not None:
            continue
        if (
            lower[i + 1] == "'s"
            and lower[i] not in parsed.lexicon.sets["months"]
            and lower[i] not in parsed.lexicon.sets["weekdays"]
        ):
            return True
        if (
            i
            and parsed.saying(i + 1) is not None
            and parsed.mention_at(i - 1) is None
            and words[i - 1] in (",", *QUOTES)
        ):
            return True  # "Even then, Lee said, he would ..."
        if i == 0 and is_name(parsed, words[1]) and words[2:3] == [","] and parsed.mention_at(1) is None:
            return True  # "Anna Smith, the mayor, said that she ..."
        if i and lower[i - 1] in ("mr.", "mrs.", "ms.", "sen.", "rep.", "gov.", "sens.", "reps.", "dr.", "senator"):
            return True
        if not is_name(parsed, words[i + 1]) or parsed.mention_at(i + 1) is not None:
            continue
        if words[i + 2 : i + 3] == [","] and i and lower[i - 1] in STRANGERS:
            return True  # "Senator Anna Smith, a Republican, ... he"
        if i + 2 < k and parsed.saying(i + 2) is not None and lower[i + 1] not in parsed.lexicon.sets["actors"]:
            return True  # "Anna Smith said that she ..."
    return False
