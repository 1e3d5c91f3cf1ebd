"""What may be wrong with a topic's wording: overlaps seen in the config, and what the stored
articles say of it: dead terms and names, and phrases that the target may be missing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from watcher.domain.topic import Alias
from watcher.engine.match import Query
from watcher.engine.tokens import fold, tokens, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watcher.domain.article import Article
    from watcher.domain.topic import Party, Topic

ENOUGH = 20
"""Articles from which on a word that never occurs says something about the word."""
SUGGESTED = 8
OFTEN = 3
"""In how many articles a phrase must stand to be suggested."""
CLOSE = 12
"""Words between a party and a phrase that count as near."""

STOP = frozenset(
    """
    a about after against all also an and are as at be been before but by can could did do does during each for from
    had has have he her his how if in into is it its just last like may might more most new no not of on one only or
    other our out over said say says she should since so some such than that the their them then there these they
    this those through to today told two under until up us very was we were what when where which while who whose
    why will with would you your yesterday week month year monday tuesday wednesday thursday friday saturday sunday
    """.split()  # noqa: SIM905 - a list of 150 quoted words is harder to read
)
"""Words that neither begin nor end a phrase."""


class Kind(StrEnum):
    """What a finding is about."""

    OVERLAP = "overlap"  # one name, two parties
    GENERAL = "general"  # something is missing or cancels itself
    DEAD_QUERY = "dead query part"
    DEAD_TERM = "dead target term"
    DEAD_NAME = "dead name"
    MISSING = "missing phrase"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, in a sentence."""

    kind: Kind
    text: str


def check_wording(topic: Topic) -> Iterator[Finding]:
    """What the config alone shows."""
    if not topic.target_terms:
        yield Finding(
            Kind.GENERAL, f'no target_terms: only "{topic.name}" is taken for the target; add what articles call it'
        )
    terms = {tuple(words(fold(term))) for term in topic.target_terms}
    for phrase in topic.exclude:
        if tuple(words(fold(phrase))) in terms:
            yield Finding(Kind.GENERAL, f'"{phrase}" is in target_terms and in exclude; exclude wins')
    for phrase in topic.against_terms:
        if tuple(words(fold(phrase))) in terms:
            yield Finding(Kind.GENERAL, f'"{phrase}" is in target_terms and in against_terms')
    for one, other in combinations(topic.parties, 2):
        for mine in names(one):
            for theirs in names(other):
                if fold(mine.text) == fold(theirs.text) and overlap(mine, theirs):
                    yield Finding(
                        Kind.OVERLAP, f'"{mine.text}" stands for {one.name} and for {other.name} at the same time'
                    )


def names(party: Party) -> list[Alias]:
    """All that speak for a party, its own name first."""
    return [Alias(party.name), *party.aliases, *party.members]


def overlap(one: Alias, other: Alias) -> bool:
    """Whether there is a day on which both hold."""
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)


def check_articles(topic: Topic, articles: Iterable[Article]) -> list[Finding]:
    """What the topic's stored articles show, given enough of them."""
    query = Query(topic.match) if topic.match else None
    parts: Counter[str] = Counter()
    seen: Counter[tuple[str, ...]] = Counter()
    near: Counter[str] = Counter()
    wanted = {tuple(words(fold(text))) for text in all_phrases(topic)}
    count = 0
    for article in articles:
        count += 1
        if query:
            parts.update(query.parts(article))
        found = phrases_in(article.document, wanted)
        seen.update(found)
        near.update(missing_in(article.document, topic))
    if count < ENOUGH:
        return []
    findings = [
        Finding(Kind.DEAD_QUERY, f"{part} in match: in none of {count:,} articles")
        for part, hits in sorted(parts.items())
        if not hits
    ]
    findings += [
        Finding(Kind.DEAD_TERM, f'"{term}": in none of {count:,} articles')
        for term in topic.target_terms
        if not seen[tuple(words(fold(term)))]
    ]
    for party in topic.parties:
        dead = [alias.text for alias in names(party) if not seen[tuple(words(fold(alias.text)))]]
        if dead:
            findings.append(Finding(Kind.DEAD_NAME, f"{party.name}: never named as {', '.join(dict.fromkeys(dead))}"))
    for phrase, hits in near.most_common(SUGGESTED):
        if hits >= OFTEN:
            findings.append(Finding(Kind.MISSING, f'"{phrase}": near a party in {hits} articles, in no target term'))
    return findings


def all_phrases(topic: Topic) -> Iterator[str]:
    """Target terms and names."""
    yield from topic.target_terms
    for party in topic.parties:
        for alias in names(party):
            yield alias.text


def phrases_in(text: str, wanted: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Which of the folded phrases stand in the text."""
    plain = f" {' '.join(words(fold(text)))} "
    return {phrase for phrase in wanted if f" {' '.join(phrase)} " in plain}


def missing_in(text: str, topic: Topic) -> set[str]:
    """Pairs and triples of words near a party that share a word with a target term and are in none."""
    found = tokens(text)
    order = [""] * len(found.spans)
    for word, places in found.places.items():
        for at in places:
            order[at] = word
    plain = [tuple(words(fold(term))) for term in (*topic.target_terms, *topic.against_terms, *topic.exclude)]
    covered = {pair for term in plain for size in (2, 3) for pair in runs(term, size)}
    shared = {stem(word) for term in plain for word in term if word not in STOP and len(word) > 3}
    parties = {word for party in topic.parties for alias in names(party) for word in words(fold(alias.text))}
    spots = [at for word in parties for at in found.places.get(word, ())]
    close = {place for at in spots for place in range(at - CLOSE, at + CLOSE + 1)}
    phrases = set()
    for size in (2, 3):
        for at, run in enumerate(runs(tuple(order), size)):
            if at not in close or run[0] in STOP or run[-1] in STOP or parties & set(run):
                continue
            stems = [stem(word) for word in run]
            known = any(tuple(stem(word) for word in pair) == tuple(stems) for pair in covered)
            if stems[-1] in shared and not known and all(word.isalpha() and word not in STOP for word in run):
                phrases.add(" ".join(run))
    return phrases


def runs(sequence: tuple[str, ...], size: int) -> Iterator[tuple[str, ...]]:
    """Every `size` words that follow one another."""
    return zip(*(sequence[start:] for start in range(size)), strict=False)


def stem(word: str) -> str:
    """A word without the plural's s: enough to tell that two phrases are one."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
