"""Articles read by two processes: the same readings as by one, whatever becomes of the other."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.engine.test_poller import TODAY, TREATY, Paper, settings
from tests.engine.test_poller import paper as paper
from watcher.domain.article import Article
from watcher.domain.feed import FeedState
from watcher.engine import readers
from watcher.engine.pipeline import Pipeline
from watcher.engine.poller import poll
from watcher.engine.readers import FEW, MODULE, Matched, Readers
from watcher.feeds.pool import Pool
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watcher.store.base import TopicReading

MANY = 600
SAID = ("opposes the canal treaty", "welcomes the canal treaty", "would sign the canal treaty if the tolls fall")


def matched(number: int, text: str = "") -> Matched:
    party, other = ("Arland", "Borland") if number % 2 else ("Borland", "Arland")
    article = Article(
        id=f"{number}",
        url=f"https://paper.example/{number}",
        title=f"Talks, day {number}",
        text=text or f"{party} said on Friday that it {SAID[number % 3]}. {other} rejected the treaty in 2019.",
        source="Paper",
        published=datetime(2025, 5, 10, 12, 0, 1, number, tzinfo=UTC),
        first_seen=datetime(2025, 5, 10, 13, tzinfo=UTC),
        story="0" if number % 5 else f"{number}",
    )
    return Matched(article, TREATY, ((0, 5), (6, 9)))


def alone(work: Iterable[Matched]) -> list[TopicReading]:
    pipeline = Pipeline((TREATY,))
    return [pipeline.detect(one.article, one.topic, one.words) for one in work]


TOLD = "The envoys of both sides met in the capital and spoke of tolls, locks and ships until late at night."


def kept(store: MemoryStore) -> list[object]:
    """All that the store holds, but how long the poll took."""
    return [replace(one, seconds=0.0) if isinstance(one, FeedState) else one for one in store.records()]


def processes() -> list[int]:
    command = ["ps", "-ww", "--ppid", str(os.getpid()), "-o", "pid=,args="]
    found = subprocess.run(command, capture_output=True, text=True)
    return [int(line.split()[0]) for line in found.stdout.splitlines() if MODULE in line]


async def read(pool: Pool, work: list[Matched]) -> list[TopicReading | None]:
    """Reads as a poll does: what comes in, then the rest."""
    crew = Readers(Pipeline((TREATY,)))
    async with crew.helped(pool):
        for one in work:
            crew.add(one)
            await asyncio.sleep(0)
        await crew.finish()
    return [one.reading for one in work]


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "cores", lambda: 2)


async def some_are_read(work: list[Matched], many: int = 1) -> None:
    """Waits until the other process has read so many; this one reads none yet."""
    async with asyncio.timeout(20):
        while sum(one.reading is not None for one in work) < many:
            await asyncio.sleep(0.01)


async def test_what_two_processes_read_is_what_one_reads() -> None:
    work = [matched(number) for number in range(MANY)]
    crew = Readers(Pipeline((TREATY,)))
    async with Pool(module=MODULE) as pool, crew.helped(pool):
        for one in work:
            crew.add(one)
        await some_are_read(work, MANY // 2)
        await crew.finish()
    found = [one.reading for one in work]
    assert found == alone(work)
    assert all(reading and reading.statements for reading in found)


async def test_a_few_articles_start_no_process() -> None:
    work = [matched(number) for number in range(FEW)]
    async with Pool(module=MODULE) as pool:
        assert await read(pool, work) == alone(work)
        assert not processes()


async def test_a_process_that_is_killed_again_and_again_loses_nothing() -> None:
    work = [matched(number) for number in range(MANY)]
    async with Pool(module=MODULE) as pool:
        reading = asyncio.create_task(read(pool, work))
        killed = 0
        while not reading.done():
            for process in processes():
                os.kill(process, signal.SIGKILL)
                killed += 1
            await asyncio.sleep(0.05)
        assert await reading == alone(work)
    assert killed > 1


async def test_nobody_waits_for_a_process_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LIMIT", 100.0)  # how long it would be waited for
    work = [matched(number) for number in range(MANY)]
    crew = Readers(Pipeline((TREATY,)))
    async with Pool(module=MODULE) as pool, crew.helped(pool):
        for one in work:
            crew.add(one)
        await some_are_read(work)
        for process in processes():
            os.kill(process, signal.SIGSTOP)
        async with asyncio.timeout(readers.LIMIT):
            await crew.finish()
    assert [one.reading for one in work] == alone(work)
    assert not processes()


async def test_a_process_that_cannot_start_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    work = [matched(number) for number in range(MANY)]
    async with Pool(module=MODULE) as pool:
        assert await read(pool, work) == alone(work)


async def test_what_cannot_be_sent_or_is_refused_is_read_here() -> None:
    """Half a surrogate pair fits no message; and a process that only parses has nothing to say to articles."""
    work = [matched(number, "Arland opposes the canal treaty. \ud83d") for number in range(MANY)]
    async with Pool(module=MODULE) as pool:
        assert await read(pool, work) == alone(work)
    work = [replace(matched(number), reading=None) for number in range(MANY)]
    async with Pool() as pool:
        assert await read(pool, work) == alone(work)


async def test_a_poll_stores_the_same_though_its_process_is_killed_while_it_reads(paper: tuple[Paper, str]) -> None:
    page, url = paper
    page.items = [(f"{-n}", f"Talks, day {n}", matched(n).article.text) for n in range(1, MANY)]
    page.items += [(f"{-n}", f"Day {n} again", f"{matched(n % 7).article.text} {TOLD}") for n in range(MANY, MANY + 50)]
    killing: list[asyncio.Task[None]] = []
    dead: list[int] = []

    def parsed(event: dict[str, object]) -> None:
        if event["event"] == "feed":
            killing.append(asyncio.create_task(kill()))

    async def kill() -> None:
        while True:
            for process in processes():
                os.kill(process, signal.SIGKILL)
                dead.append(process)
            await asyncio.sleep(0.05)

    calm, shaken = MemoryStore(), MemoryStore()
    await poll(settings(url), calm, clock=lambda: TODAY)
    async with asyncio.timeout(60):
        report = await poll(settings(url), shaken, clock=lambda: TODAY, on_event=parsed)
    for task in killing:
        task.cancel()
    assert dead
    assert (report.new_articles, report.matched) == (MANY + 49, MANY + 49)
    assert kept(shaken) == kept(calm)
    assert len(calm.statements(TREATY.name)) > MANY
