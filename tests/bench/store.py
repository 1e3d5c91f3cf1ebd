"""Measures the store at 1,000 and 100,000 articles, kills it, and does the same to TinyDB as shipped:

python tests/bench/store.py [--kills 200] [--no-floor]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from typing import TYPE_CHECKING

from tests.store.store_samples import DAY, article, feed_state, reading
from watcher.store.base import Batch, TopicReading

if TYPE_CHECKING:
    from watcher.domain.article import Article

WORDS = [
    "the",
    "council",
    "said",
    "on",
    "Friday",
    "that",
    "it",
    "would",
    "back",
    "the",
    "toll",
    "if",
    "the",
    "port",
    "got",
    "a",
    "review",
    "after",
    "a",
    "year",
    "while",
    "the",
    "union",
    "called",
    "the",
    "plan",
    "unfair",
    "and",
    "asked",
    "for",
    "talks",
    "before",
    "any",
    "vote",
    "is",
    "held",
    "in",
    "the",
    "spring",
    "session",
    "of",
    "the",
    "assembly",
]
TOPICS = [f"Topic {n}" for n in range(5)]
STATEMENTS = 0.2
"""Statements to an article: 20,000 to 100,000."""


def sentence(rng: random.Random, size: int) -> str:
    text = " ".join(rng.choices(WORDS, k=size // 4))
    return text[:size]


def batch(first: int, count: int, rng: random.Random, topics: list[str]) -> Batch:
    """Articles of 1.6 KB, one in five with a statement, as a poll of 100 feeds gives them."""
    articles: list[Article] = []
    readings: list[TopicReading] = []
    for number in range(first, first + count):
        one = article(
            f"{number:016x}",
            hours=number / 10,
            url=f"https://news{number % 100}.example/2025/02/15/{number:016x}-a-longer-path-as-they-have",
            title=sentence(rng, 80),
            text=sentence(rng, 1200),
            summary="",
            source=f"Newspaper {number % 100}",
            story=f"{number:016x}",
        )
        articles.append(one)
        if number % round(1 / STATEMENTS) == 0:
            readings.append(reading(one, topic=topics[number // 5 % len(topics)], sentence=sentence(rng, 160)))
    feeds = [feed_state(f"https://news{n}.example/rss", items=first) for n in range(100)]
    return Batch(articles=articles, readings=readings, feeds=feeds, meta={"last": str(first)})


def fill(folder: Path, count: int, topics: list[str]) -> None:
    from watcher.store.open import open_store

    store, rng = open_store(folder), random.Random(1)
    for first in range(0, count, 1000):
        store.commit(batch(first, min(1000, count - first), rng, topics))
    store.close()


# What is measured in a process of its own, and printed as JSON


def rss() -> float:
    """Resident memory in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def measure_opening(folder: Path, topic: str) -> dict[str, float]:
    started = time.perf_counter()
    import watcher.store.tiny  # noqa: F401 - opening imports it
    from watcher.store.open import open_store

    imported, memory, spent = time.perf_counter(), rss(), time.process_time()
    store = open_store(folder, read_only=True)
    statements = store.statements(topic)
    read, spent = time.perf_counter(), time.process_time() - spent
    again = min(timed(lambda n=n: store.statements(topic, DAY + timedelta(days=n))) for n in range(1, 300, 30))
    memory_board = rss()
    start = time.perf_counter()
    headlines = store.headlines(topic)
    list(headlines[:50])
    headlined = time.perf_counter()
    if statements:
        assert store.article(statements[-1].article.id)
    found = time.perf_counter()
    every = store.headlines()
    list(every[:50])
    listed = time.perf_counter()
    return {
        "statements": len(statements),
        "import ms": (imported - started) * 1e3,
        "open + statements ms": (read - imported) * 1e3,
        "of it on the processor ms": spent * 1e3,
        "statements again ms": again * 1e3,
        "MB": memory_board - memory,
        "headlines of the topic ms": (headlined - start) * 1e3,
        "one article ms": (found - headlined) * 1e3,
        "headlines of all ms": (listed - found) * 1e3,
        "MB with headlines": rss() - memory,
    }


def measure_commit(folder: Path, first: int, topics: list[str], times: int = 15) -> dict[str, float]:
    from watcher.store.open import open_store

    store, rng = open_store(folder), random.Random(2)
    batches = [batch(first + 100 * n, 100, rng, topics) for n in range(times)]
    opening = timed(lambda: store.commit(batches[0]))
    took = [timed(lambda one=one: store.commit(one)) for one in batches[1:]]
    return {"first commit ms": opening * 1e3, "commit ms": statistics.median(took) * 1e3, "worst ms": max(took) * 1e3}


def timed(do) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def apart(what: str, *arguments: object) -> dict[str, float]:
    """The best of five runs of a measurement, each in a new process: other work on the machine only adds."""
    command = [sys.executable, __file__, "--measure", what, *map(str, arguments)]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(5)]
    return {key: min(run[key] for run in runs) for key in runs[0]}


# The figures


def told(name: str, figures: dict[str, float]) -> None:
    print(f"{name:42}" + "  ".join(f"{key} {value:.1f}" for key, value in figures.items()), flush=True)


def sizes(work: Path) -> None:
    empty = work / "empty"
    empty.mkdir()
    base = apart("opening", empty, TOPICS[0])
    told("empty store", base)
    commits = {}
    for count in (1000, 100_000):
        folder = work / str(count)
        filling = timed(lambda folder=folder, count=count: fill(folder, count, TOPICS))
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        told(f"{count:,} articles: filled", {"s": filling, "MB": size})
        told(f"{count:,} articles: opening, one topic of five", apart("opening", folder, TOPICS[0]))
        copy = work / "copy"
        shutil.copytree(folder, copy)
        commits[count] = apart("commit", copy, count)
        shutil.rmtree(copy)
        told(f"{count:,} articles: commit of 100", commits[count])
    ratio = commits[100_000]["commit ms"] / commits[1000]["commit ms"]
    told("commit at 100,000 to one at 1,000", {"ratio (at most 2)": ratio})
    one = work / "one"
    fill(one, 100_000, TOPICS[:1])
    figures = apart("opening", one, TOPICS[0])
    told("100,000 articles, all statements in one topic", figures)
    above = figures["open + statements ms"] - base["open + statements ms"]
    told("that above an empty store", {"ms (under 150)": above, "MB (under 60)": figures["MB"] - base["MB"]})
    from watcher.store.open import open_store

    store = open_store(one)
    told("walk through all articles", {"s": timed(lambda: sum(1 for _ in store.articles()))})
    told("check", {"s": timed(store.check)})
    told("prune half", {"s": timed(lambda: store.prune(DAY + timedelta(hours=5000)))})
    told("compact", {"s": timed(store.compact)})
    for index in one.glob("*.index"):
        index.unlink()
    told("without its index: one article", {"ms": timed(lambda: open_store(one, read_only=True).article("x")) * 1e3})


def kills(work: Path, times: int) -> None:
    from tests.store.store_killing import kill_once

    rng, folder, torn = random.Random(3), work / "killed", 0
    for n in range(times):
        if n % 20 == 0:
            shutil.rmtree(folder, ignore_errors=True)
        outcome = kill_once(folder, rng)
        torn += outcome.stored > outcome.acknowledged
    print(
        f"{times} kills: nothing acknowledged was lost, nothing was there twice, each opened by itself; "
        f"{torn} times the batch in flight had just been stored"
    )


def floor(work: Path) -> None:
    """TinyDB as shipped: one file, written whole."""
    from watcher.store.records import encode

    for count in (1000, 100_000):
        path = work / f"floor-{count}.json"
        articles = batch(0, count, random.Random(1), TOPICS).articles
        path.write_text(json.dumps({"_default": {str(n): json.loads(encode(one)) for n, one in enumerate(articles)}}))
        command = [sys.executable, __file__, "--measure", "floor", str(path), str(count)]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        told(f"TinyDB as shipped, {count:,}", figures)


def measure_floor(path: Path, count: int) -> dict[str, float]:
    from tinydb import TinyDB

    from watcher.store.records import encode

    more = [json.loads(encode(one)) for one in batch(count, 100, random.Random(2), TOPICS).articles]
    before = rss()
    db = TinyDB(path)
    opening = timed(lambda: len(db))
    memory = rss() - before
    adding = timed(lambda: db.insert_multiple(more))
    db.close()
    return {"open ms": opening * 1e3, "MB": memory, "100 more ms": adding * 1e3}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--no-floor", action="store_true")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        what, path, rest = given.measure
        if what == "opening":
            figures = measure_opening(Path(path), rest)
        elif what == "commit":
            figures = measure_commit(Path(path), int(rest), TOPICS)
        else:
            figures = measure_floor(Path(path), int(rest))
        print(json.dumps(figures))
        return
    with tempfile.TemporaryDirectory(prefix="store-bench-") as name:
        work = Path(name)
        sizes(work)
        kills(work, given.kills)
        if not given.no_floor:
            floor(work)


if __name__ == "__main__":
    main()
