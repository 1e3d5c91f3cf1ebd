"""What a topic's wording misses: phrases that no term covers, names and terms that never occur, mere things."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.detect.mentions import PartyIndex, split_words
from watcher.detect.sentences import Sentence, read
from watcher.detect.targets import TargetIndex
from watcher.detect.words import Lexicon, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watcher.domain.article import Article
    from watcher.domain.topic import Topic

NEAR = 15
"""A phrase counts where a party is named at most so many words away."""

LONGEST = 3
"""Words before the head noun of a suggested phrase."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What `suggest` found. `phrases` with the number of sentences each stands in, most frequent first;
    `silent_aliases` as (party, alias); `things` are target terms that name something nobody can favour or oppose."""

    articles: int
    phrases: tuple[tuple[str, int], ...]
    silent_aliases: tuple[tuple[str, str], ...]
    silent_terms: tuple[str, ...]
    things: tuple[str, ...]


def suggest(
    topic: Topic, articles: Iterable[Article], lexicon: Lexicon | None = None, *, limit: int = 12, least: int = 2
) -> Suggestions:
    """Reads the articles that matched a topic for what its terms and names miss.

    `phrases` are noun phrases near a party, in at least `least` sentences, that no target term covers.
    """
    lexicon = lexicon or load(overlays=topic.lexicon)
    targets = TargetIndex(topic, lexicon)
    phrases: Counter[str] = Counter()
    names: set[tuple[str, str]] = set()
    terms: set[tuple[str, ...]] = set()
    count = 0
    for article in articles:
        count += 1
        index = PartyIndex(topic, lexicon, article.published.date())
        for sentence in read(article.document, len(article.title)):
            mentions = index.find(sentence)
            names.update((mention.party, mention.name) for mention in mentions)
            covered = targets.find(sentence, recent=True)
            terms.update(targets.stems_of(target.phrase) for target in covered if target.full)
            spans = [(t.start, t.end) for t in covered] + [(m.start, m.end) for m in mentions]
            taken = {i for start, end in spans for i in range(start, end)}
            if mentions:
                phrases.update(_phrases(sentence, lexicon, taken, [mention.start for mention in mentions]))
    aliases = [(p.name, a.text) for p in topic.parties for a in (*p.aliases, *p.members)]
    every = (*topic.target_terms, *topic.against_terms)
    return Suggestions(
        articles=count,
        phrases=tuple((text, n) for text, n in phrases.most_common(limit) if n >= least),
        silent_aliases=tuple(pair for pair in aliases if pair not in names) if count else (),
        silent_terms=tuple(term for term in every if targets.stems_of(term) not in terms) if count else (),
        things=tuple(term for term in topic.target_terms if is_thing(term, lexicon)),
    )


def is_thing(term: str, lexicon: Lexicon) -> bool:
    """Whether a term only names a thing ("rare minerals"): no proposal, no act, no proper name.

    Such a term makes "Norland's rare minerals" a position of Norland's.
    """
    words = split_words(term)
    lower = [word.lower() for word in words]
    last = lower[-1]
    singular = last[:-1] if last.endswith("s") else last
    heads = lexicon.sets["heads"]
    if {last, singular} & (heads | lexicon.transparent_nouns | lexicon.nouns.keys()) or set(lower[:-1]) & heads:
        return False
    if any(word[:1].isupper() or any(c.isdigit() for c in word) for word in words):
        return False
    return not any(entry.sign or "act" in entry.kinds for entry in lexicon.verbs.get(lower[0], ()))


def _phrases(sentence: Sentence, lexicon: Lexicon, taken: set[int], near: list[int]) -> set[str]:
    """Noun phrases that end in a noun that may name a proposal, each once."""
    lower, sets = sentence.lower, lexicon.sets
    barred = sets["determiners"] | sets["prepositions"] | sets["auxiliaries"] | sets["adverbs"] | sets["fillers"]
    found = set()
    for i, word in enumerate(lower):
        if word not in sets["heads"] or i in taken or min(abs(i - at) for at in near) > NEAR:
            continue
        start = i
        while start and i - start < LONGEST and lower[start - 1].isalpha() and lower[start - 1] not in barred:
            if start - 1 in taken or any(
                e.form != "base" or e.rest for e in lexicon.verbs.get(lower[start - 1], ())[:1]
            ):
                break
            start -= 1
        if start < i:
            found.add(" ".join(lower[start : i + 1]))
    return found
