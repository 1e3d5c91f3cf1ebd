"""Kills a process that writes to a store, at a random moment, and looks at what is left.

Run as a program it is that process: it commits numbered batches, and says the number once each is
acknowledged; now and then it compacts.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.store.store_samples import DAY, TOPIC, article, correction, feed_state, pin, reading
from watcher.store.base import Batch, Mark, Store
from watcher.store.open import open_store

if TYPE_CHECKING:
    import random

ARTICLES = 20
COMPACT_EVERY = 9


def batch(number: int) -> Batch:
    """The batch with that number: everything in it tells its number."""
    articles = [
        article(f"{number}-{n}", hours=number, title=f"Batch {number}", text="Text. " * 50) for n in range(ARTICLES)
    ]
    return Batch(
        articles=articles,
        readings=[reading(one, version=str(number)) for one in articles],
        feeds=[feed_state(items=number)],
        marks=[Mark(one.id, read=True) for one in articles],
        corrections=[correction(f"c{number}", hours=number)],
        pins=[pin(f"p{number}", hours=number, at=DAY + timedelta(hours=number))],
        meta={"batch": str(number)},
    )


def main(folder: Path) -> None:
    """Commits batches until killed."""
    store = open_store(folder)
    number = int(store.meta("batch") or 0)
    while True:
        number += 1
        store.commit(batch(number))
        print(number, flush=True)
        if number % COMPACT_EVERY == 0:
            store.compact()


@dataclass
class Outcome:
    """What a kill left: the last batch that was acknowledged, the last that is stored."""

    acknowledged: int
    stored: int


def kill_once(folder: Path, rng: random.Random, longest: float = 0.15) -> Outcome:
    """Starts a writer, kills it (SIGKILL) once it has written and a random time has passed, and checks the store."""
    command = [sys.executable, "-m", __name__, str(folder)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert writer.stdout
    first = writer.stdout.readline()
    assert first, "the writer could not open what the last kill left"
    time.sleep(rng.random() * longest)
    writer.kill()
    said = [first, *writer.stdout]
    writer.wait()
    writer.stdout.close()
    acknowledged = int(next(line for line in reversed(said) if line.endswith("\n")))
    store = open_store(folder, read_only=True)
    stored = int(store.meta("batch"))
    assert acknowledged <= stored <= acknowledged + 1, f"{acknowledged} acknowledged, {stored} stored"
    assert_whole(store, stored)
    store.close()
    return Outcome(acknowledged, stored)


def assert_whole(store: Store, stored: int) -> None:
    """Batches 1 to `stored` are there: all of each, once, and nothing else."""
    numbers = range(1, stored + 1)
    ids = [f"{number}-{n}" for number in numbers for n in range(ARTICLES)]
    assert [one.id for one in store.articles()] == ids
    assert all(one.title == f"Batch {one.id.split('-')[0]}" for one in store.articles())
    assert store.known(ids) == set(ids)
    assert sorted(one.id for one in store.headlines()) == sorted(ids)
    assert {id: int(version) for id, version in store.versions(TOPIC).items()} == {
        id: int(id.split("-")[0]) for id in ids
    }
    assert [one.article.id for one in store.statements(TOPIC)] == ids
    assert set(store.marks()) == set(ids)
    assert [one.id for one in store.corrections(TOPIC)] == [f"c{number}" for number in numbers]
    assert [one.id for one in store.pins(TOPIC)] == [f"p{number}" for number in numbers]
    assert store.feed_states()[feed_state().url].items == stored
    assert list(store.check()) == []


if __name__ == "__main__":
    main(Path(sys.argv[1]))
