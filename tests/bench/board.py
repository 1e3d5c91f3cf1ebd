"""Prints what a board costs with 20,000 statements stored: python tests/bench/board.py"""

from __future__ import annotations

import random
import timeit
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from watcher.domain.article import ArticleRef
from watcher.domain.statement import Stance, Statement, Strength, Voice
from watcher.domain.topic import Party, Topic
from watcher.engine.board import board_of
from watcher.engine.history import History

if TYPE_CHECKING:
    from collections.abc import Callable

STATEMENTS, PER_ARTICLE, DAYS = 20_000, 3, 700
PARTIES = [f"Party {n}" for n in range(8)]


def made(rng: random.Random) -> list[Statement]:
    """Statements of eight parties over two years, three to an article."""
    start, out = datetime(2024, 1, 1, 8, tzinfo=UTC), []
    for n in range(STATEMENTS // PER_ARTICLE):
        published = start + timedelta(days=DAYS * n * PER_ARTICLE / STATEMENTS)
        article = ArticleRef(f"a{n}", f"https://e.org/{n}", f"Title {n}", f"Paper {n % 40}", published, f"a{n}")
        out += [
            Statement(
                topic="T", party=rng.choice(PARTIES), stance=rng.choice(list(Stance)),
                voice=rng.choice(list(Voice)), strength=rng.choice(list(Strength)), cue="said", rule="R5",
                sentence=f"Sentence {n} {k}.", start=k * 50, end=k * 50 + 15, article=article, confidence=0.7,
            )
            for k in range(PER_ARTICLE)
        ]  # fmt: skip
    return out


def main() -> None:
    statements = made(random.Random(1))
    topic = Topic("T", "They sign it", tuple(Party(name) for name in PARTIES))
    history = History(statements)
    print(f"history of {STATEMENTS:,} statements {best(lambda: History(statements)):7.1f} ms, once")
    grown = [*statements, replace(statements[-1], start=999)]
    print(f"... with one more            {best(lambda: History(grown, (), history)):7.1f} ms, each time")
    for as_of in (date(2024, 3, 1), date(2025, 1, 1), date(2026, 1, 1)):
        cost = best(lambda day=as_of: board_of(topic, history, as_of=day))
        print(f"board as of {as_of}           {cost:7.1f} ms")


def best(work: Callable[[], object], times: int = 7) -> float:
    """Milliseconds of the quickest of several runs."""
    return min(timeit.repeat(work, number=1, repeat=times)) * 1e3


if __name__ == "__main__":
    main()
