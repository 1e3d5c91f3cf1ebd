"""How a party is written: names with their titles, and whether a name is a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed


def is_name(parsed: Parsed, word: str) -> bool:
    """Whether a word is written like a name and is no common word at a sentence\'s start."""
    return (
        word.lower() not in parsed.lexicon.sets["no_names"]
        and word[:1].isupper()
        and word.isalpha()
        and len(word) > 1
        and not word.isupper()
    )


def phrase_start(parsed: Parsed, i: int) -> int:
    """Left over titles and first names."""
    while i > 0 and (
        parsed.lower[i - 1] in parsed.lexicon.sets["titles"]
        or (
            is_name(parsed, parsed.words[i - 1])
            and parsed.mention_at(i - 1) is None
            and not told_in_title(parsed, i - 1)
        )
    ):
        i -= 1
    return i


def told_in_title(parsed: Parsed, i: int) -> bool:
    """Whether the word at `i` is the verb of a title, written large like all its words: "X Rejects Y's Offer"."""
    behind = i > 0 and (parsed.mention_at(i - 1) is not None or parsed.lower[i - 1] == "to")
    return parsed.sentence.title and behind and parsed.verb(i) is not None


def acting(parsed: Parsed, mention: Mention) -> bool:
    """Whether the mention is the subject of a verb: a pronoun takes up a subject before an object."""
    k = mention.end
    if k < len(parsed) and parsed.words[k] == ",":
        return mention.start == 0 or phrase_start(parsed, mention.start) == 0
    if k < len(parsed) and parsed.lower[k] in ("'s", "'"):
        return False  # "Smith's plan"
    while k < len(parsed) and parsed.adverb(k):
        k += 1
    if k >= len(parsed):
        return False
    return (
        (parsed.auxiliary(k) and parsed.lower[k] != "to") or parsed.verb(k) is not None or parsed.saying(k) is not None
    )


def modifying(parsed: Parsed, mention: Mention) -> bool:
    """Whether the name only tells what kind of thing the noun behind it is: "Norlandic gas"."""
    k, sets = mention.end, parsed.lexicon.sets
    if k >= len(parsed) or not parsed.words[k].isalpha() or not parsed.words[k].islower():
        return False
    word = parsed.lower[k]
    acts = parsed.light(k) or parsed.verb(k) is not None or parsed.saying(k) is not None or word.endswith("ed")
    return not acts and not any(
        word in sets[kind] for kind in ("prepositions", "actors", "subject_words", "clause_starts")
    )


def finite(parsed: Parsed, k: int) -> bool:
    """Whether a verb of a clause of its own stands at `k`: "after X blocked it"."""
    while k < len(parsed) and parsed.adverb(k):
        k += 1
    if k >= len(parsed):
        return False
    bare = any(not entry.rest for entry in parsed.lexicon.verbs.get(parsed.lower[k], ()))
    told = parsed.lower[k].endswith("ed") and not bare and parsed.words[k].islower()
    return told or parsed.auxiliary(k) or (parsed.verb(k) is not None and parsed.lower[k][-3:] != "ing")
