"""Prints how a team's board does: 3 pollers and 10 screens on one PostgreSQL, shifts on their way to every screen.

python tests/bench/team.py [--full]

200 feeds over 50 hosts and 10,000 stored articles; --full: 1,000 feeds over 125 hosts, 100,000 articles. Each feed
answers after 50 ms. A shift is timed from before its commit until it is in a screen, and until the board that
shows it is built. All run on this machine, so the screens wait for each other's turn to build.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.team.conftest import Server, programs
from tests.team.papers import Papers
from tests.team.test_team_polling import report, start
from watcher.config import load
from watcher.domain.article import Article
from watcher.domain.statement import Stance, Statement, Strength, Voice
from watcher.engine.library import Library
from watcher.engine.pipeline import version
from watcher.store.base import Batch, TopicReading
from watcher.store.postgres import PostgresStore
from watcher.ui.ground import settle
from watcher.ui.polling import NICE

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

    from watcher.domain.topic import Topic

SCREENS, POLLERS, SHIFTS = 10, 3, 12
TEXT = "The talks went on until late in the night, and nobody would say what had been agreed. " * 25


def made(n: int, topic: Topic, published: datetime, stance: Stance) -> tuple[Article, TopicReading]:
    """An article of about 2,000 characters with one statement."""
    party = topic.parties[n % 2].name
    one = Article(
        id=f"made-{n}", url=f"https://paper.example/{n}", title=f"{party} speaks, part {n}", text=TEXT,
        source=f"Paper {n % 40}", published=published, first_seen=published, feed="Paper 0", story=f"made-{n}",
    )  # fmt: skip
    said = Statement(
        topic=topic.name, party=party, stance=stance, voice=Voice.OWN, strength=Strength.STRONG, cue="said",
        rule="bench", sentence=f"{party} said so.", start=0, end=20, article=one.reference, confidence=0.9,
    )  # fmt: skip
    return one, TopicReading(one.id, topic.name, ((0, 4),), (said,), version(topic))


def screen(number: int, config: str, look_every: float, ready: Any, seen: Any, end: Event) -> None:
    """A screen without the drawing: looks, and builds the board when there is something new."""
    settings = load(Path(config))
    started = time.perf_counter()
    library = Library(settings, PostgresStore(settings.store.url, person=f"reader {number}"))
    (topic,) = settings.topics
    library.board(topic)
    library.store.headlines(topic.name)
    settle()  # as in the program
    ready.put(time.perf_counter() - started)
    shown = ""
    while not end.is_set():
        time.sleep(look_every)
        if library.refresh():
            told = time.time()
            row = library.board(topic).row(topic.parties[0].name)
            if row and row.latest and row.latest.article.id != shown:
                shown = row.latest.article.id
                seen.put((shown, told, time.time()))
            settle()


def polled(config: Path, papers: Papers, pollers: int, *options: str) -> None:
    """All feeds once, by so many pollers."""
    papers.asked.clear()
    started = time.perf_counter()
    for one in [start(config, *options) for _ in range(pollers)]:
        report(one)
    seconds = time.perf_counter() - started
    twice = sum(times > 1 for times in papers.asked.values())
    print(f"{pollers} pollers: {seconds:.1f} s; {len(papers.asked):,} feeds asked, {twice} of them twice")


def main() -> None:
    """Runs all."""
    from watcher.ui.app import LOOK_EVERY  # here only: what is measured draws nothing

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--full", action="store_true")
    feeds, hosts, articles = (1_000, 125, 100_000) if options.parse_args().full else (200, 50, 10_000)
    where = programs()
    assert where, "PostgreSQL is not installed"
    now = datetime.now(UTC)
    server, papers = Server(where), Papers(feeds, hosts, now)
    papers.delay = 0.05
    config = papers.config(Path(tempfile.mkdtemp()) / "config.toml", server.empty())
    settings = load(config)
    (topic,) = settings.topics
    store = PostgresStore(settings.store.url)
    store.commit(Batch(meta={f"read:{topic.name}": version(topic)}))  # nothing of what follows is to be read anew

    started = time.perf_counter()
    for first in range(0, articles, 500):
        pairs = [
            made(n, topic, now - timedelta(days=300) + timedelta(minutes=n), Stance.SUPPORT)
            for n in range(first, min(first + 500, articles))
        ]
        matched = [reading for n, (_, reading) in enumerate(pairs) if n % 5 == 0]
        store.commit(Batch(articles=[one for one, _ in pairs], readings=matched))
    seconds = time.perf_counter() - started
    print(f"{articles:,} articles stored: {articles / seconds:,.0f}/s, {store.size() / 1e6:,.0f} MB in the database")

    polled(config, papers, POLLERS)
    polled(config, papers, 1, "--full")

    context = multiprocessing.get_context("spawn")
    ready, seen, end = context.Queue(), context.Queue(), context.Event()
    given = (str(config), LOOK_EVERY, ready, seen, end)
    screens = [context.Process(target=screen, args=(n, *given)) for n in range(SCREENS)]
    for one in screens:
        one.start()
    opening = [ready.get() for _ in screens]
    print(f"{SCREENS} screens opened at once: the slowest has its board after {max(opening):.2f} s")

    pollers = [start(config, "--full") for _ in range(POLLERS)]
    for poller in pollers:
        os.setpriority(os.PRIO_PROCESS, poller.pid, NICE)  # as those are that screens start
    sent: dict[str, float] = {}
    for n in range(SHIFTS):
        time.sleep(0.7)
        stance = (Stance.OPPOSE, Stance.SUPPORT)[n % 2]
        one, reading = made(2_000_000 + 2 * n, topic, datetime.now(UTC), stance)
        sent[one.id] = time.time()
        store.commit(Batch(articles=[one], readings=[reading]))
    busy = sum(poller.poll() is None for poller in pollers)
    reached: list[float] = []
    drawn: list[float] = []
    last = SCREENS
    while last:
        id, told, built = seen.get(timeout=30)
        if id in sent:
            reached.append(told - sent[id])
            drawn.append(built - sent[id])
            last -= id == one.id
    end.set()
    for poller in pollers:
        report(poller)
    for one_screen in screens:
        one_screen.join()
    print(f"{SHIFTS} shifts to {SCREENS} screens, {busy} of {POLLERS} pollers at work to the end:")
    for name, delays in (("there", sorted(reached)), ("on the board", sorted(drawn))):
        slow = delays[int(len(delays) * 0.95)]
        print(
            f"  {name} after {statistics.median(delays):.2f} s (median), {slow:.2f} (95 %), {delays[-1]:.2f} (slowest)"
        )
    store.close()
    papers.close()
    server.stop("immediate")


if __name__ == "__main__":
    main()
