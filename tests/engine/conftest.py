"""Statements made by hand, for tests of what is built on them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from watcher.domain.article import ArticleRef
from watcher.domain.statement import Stance, Statement, Strength, Voice
from watcher.domain.topic import Alias, Party, Topic

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


@pytest.fixture
def topic() -> Topic:
    """Two parties over a canal treaty."""
    return Topic(
        name="Canal treaty",
        target="Arland and Borland sign the canal treaty",
        target_terms=("canal treaty",),
        parties=(
            Party("Arland", aliases=(Alias("Arland"),)),
            Party("Borland", aliases=(Alias("Borland"),)),
            Party("Corland", aliases=(Alias("Corland"),)),
        ),
    )


@pytest.fixture
def say() -> Callable[..., Statement]:
    """Makes a statement of one party in an article of its own on a day."""
    count = 0

    def make(party: str, stance: str, day: date, voice: str = "own", **more: Any) -> Statement:
        nonlocal count
        count += 1
        published = datetime.combine(more.pop("published", day), time(12), UTC)
        name = more.pop("article", f"a{count}")
        article = ArticleRef(
            name, f"https://example.org/{name}", f"Title {name}", more.pop("paper", f"Paper {name}"), published,
            more.pop("story", name), more.pop("feed", ""),
        )  # fmt: skip
        fields: dict[str, Any] = {
            "topic": "Canal treaty", "strength": Strength.STRONG, "cue": "said", "rule": "R5",
            "sentence": f"Sentence {count}.", "start": count * 100, "end": count * 100 + 11, "confidence": 0.8,
            "said_on": day,
        }  # fmt: skip
        return Statement(party=party, stance=Stance(stance), voice=Voice(voice), article=article, **(fields | more))

    return make
