"""Statements made by hand, for tests of what is built on them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import count
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


def statement(n: int, party: str, stance: str, day: date, voice: str = "own", **more: Any) -> Statement:
    """The nth statement, of one party in an article of its own on a day, at noon unless told."""
    published = datetime.combine(more.pop("published", day), more.pop("at", time(12)), UTC)
    name = more.pop("article", f"a{n}")
    article = ArticleRef(
        name, f"https://example.org/{name}", f"Title {name}", more.pop("paper", f"Paper {name}"), published,
        more.pop("story", name), more.pop("feed", ""),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "topic": "Canal treaty", "strength": Strength.STRONG, "cue": "said", "rule": "R5",
        "sentence": f"Sentence {n}.", "start": n * 100, "end": n * 100 + 11, "confidence": 0.8,
        "said_on": day,
    }  # fmt: skip
    return Statement(party=party, stance=Stance(stance), voice=Voice(voice), article=article, **(fields | more))


@pytest.fixture
def say() -> Callable[..., Statement]:
    """Makes a statement, each in an article of its own."""
    numbers = count(1)
    return lambda *what, **more: statement(next(numbers), *what, **more)
