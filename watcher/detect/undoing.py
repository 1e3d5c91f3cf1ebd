"""Targets that do away with something: who defends the embargo is against "lift the embargo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.mentions import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watcher.detect.words import Lexicon

UNDOING = (
    frozenset(
        [
            "repeal",
            "repealing",
            "withdrawal",
            "end",
            "ending",
            "exit",
            "departure",
            "abolition",
            "cancellation",
            "removal",
        ]
    )
    | frozenset(
        ["lifting", "scrapping", "rollback", "reversal", "termination", "elimination", "abandonment", "dismantling"]
    )
    | frozenset(["closure", "shutdown", "phaseout", "phase-out"])
)
"""Nouns for doing away with what follows "of" or "from", or stands before them."""

LEAVING = frozenset(
    [
        "leave",
        "leaving",
        "exit",
        "exiting",
        "quit",
        "quitting",
        "withdraw",
        "withdrawing",
        "withdrawal",
        "pull",
        "pulling",
    ]
)
HITTING = frozenset(
    ["attack", "attacking", "punish", "punishing", "condemn", "fight", "fighting", "blame", "defy", "isolate"]
)
"""What is done so to a country is not about what the country is."""

DETERMINERS = frozenset(["the", "a", "an", "all", "any", "its", "his", "their"])


def undone(term: str, lexicon: Lexicon) -> list[str] | None:
    """What a term of a topic would do away with, as written; None where it does away with nothing.

    That is the embargo in "lift the embargo", "end of the embargo" and "embargo lifted".

    "exit deal" and "repeal bill" are no acts: a word that is also a noun is a verb only before a determiner or a name.
    """
    written = split_words(term)
    words = [word.lower() for word in written]
    for entry in lexicon.verbs.get(words[0], ()):
        start = 1 + len(entry.rest)
        if entry.form not in ("base", "ing") or tuple(words[1:start]) != entry.rest or len(words) <= start:
            continue
        closing = entry.lemma == "close" and words[-1] not in lexicon.sets["signable"]  # "close the deal" makes it
        plain = entry.form == "ing" or not (words[0] in lexicon.nouns or words[0] in lexicon.sets["noun_verbs"])
        if (entry.sign < 0 or closing) and (plain or words[start] in DETERMINERS or written[start][0].isupper()):
            return _bare(written[start:])
    if words[0] in UNDOING and words[1:2] in (["of"], ["from"], ["to"]):
        return _bare(written[2:])
    done = any(e.form == "past" and e.sign < 0 and not e.rest for e in lexicon.verbs.get(words[-1], ()))
    return _bare(written[:-1]) if len(words) > 1 and (done or words[-1] in UNDOING) else None


def is_telling(term: str, thing: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a thing's words name it wherever they stand: a name ("Obamacare"), or a noun with what tells it apart.

    A country that is to be left or attacked is named for a hundred reasons.
    """
    heads = lexicon.sets["heads"]
    if len(thing) == 1 and term.split()[0].lower() in LEAVING | HITTING:
        return thing[0].isupper() and len(thing[0]) > 2
    if any(word[0].isupper() for word in thing):
        return True
    return len(thing) > 1 and any(word in heads or word.removesuffix("s") in heads for word in thing)


def _bare(words: list[str]) -> list[str]:
    return words[1:] if words and words[0].lower() in DETERMINERS else words


def places(terms: Iterable[str]) -> Iterator[str]:
    """Where troops stand by the terms: "Elbonia" in "withdraw troops from Elbonia"; a place is no target."""
    for term in terms:
        words = split_words(term)
        at = next((x for x, word in enumerate(words) if word.lower() in ("from", "in", "of")), -1)
        if at > 0 and not TROOPS.isdisjoint(word.lower() for word in words):
            yield " ".join(words[at + 1 :]).lower()


TROOPS = frozenset(["troops", "troop", "forces", "soldiers", "marines", "army"])
