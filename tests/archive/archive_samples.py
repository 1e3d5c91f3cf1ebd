"""Made-up news, an archive's line an article, and what a store holds of it as lines that compare."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from watcher.domain.topic import Alias, Overlay, Party, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.domain.settings import Settings
    from watcher.store.base import Store

TREATY = Topic(
    name="Canal treaty",
    target="Arland and Borland sign the canal treaty",
    target_terms=("canal treaty",),
    parties=tuple(Party(name, aliases=(Alias(name),)) for name in ("Arland", "Borland", "Corland")),
)
SOURED = Overlay("words.toml", '[verbs]\noppose = "welcome"\n')
DOES = ("supports", "rejects", "opposes", "welcomes", "is considering", "will not sign", "signed")
FIRST_DAY = date(2020, 1, 1)


def article(n: int, rng: random.Random) -> dict[str, Any]:
    """The n-th article: most on the treaty, each fifth a copy of the one before."""
    if n % 5 == 4:
        n -= 1
        rng = random.Random(n)
    party, does = rng.choice(("Arland", "Borland", "Corland")), rng.choice(DOES)
    filler = " ".join(f"the word{rng.randrange(5000)} of" for _ in range(25))
    topic = f"{party} said on Friday that it {does} the canal treaty." if rng.random() < 0.8 else "It rained."
    return {
        "title": f"Report {n}",
        "date": (FIRST_DAY + timedelta(hours=n)).isoformat(),
        "text": f"{topic}\n\n{filler}",
    }


def with_overlay(settings: Settings) -> Settings:
    """The same, but who welcomes opposes."""
    return replace(settings, topics=tuple(replace(topic, lexicon=(SOURED,)) for topic in settings.topics))


def lines(count: int, first: int = 0) -> list[bytes]:
    """That many articles, a line each; ids and links are their numbers."""
    found = []
    for n in range(first, first + count):
        one = {"id": str(n), "url": f"https://paper{n % 7}.example/{n}"} | article(n, random.Random(n))
        found.append(json.dumps(one).encode() + b"\n")
    return found


def said(store: Store, topics: Sequence[Topic] = (TREATY,)) -> list[str]:
    """All that a store holds of articles and readings, as sorted lines."""
    from watcher.store.records import encode

    found = [encode(one) for one in store.articles()]
    for topic in topics:
        found += [encode(reading) for id in store.versions(topic.name) if (reading := store.reading(id, topic.name))]
    return sorted(found)
