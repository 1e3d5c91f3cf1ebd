"""The worker processes: killed at the limit, replaced after a crash, gone with their parent."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.feeds.feeds_site import item, rss
from watcher.feeds.pool import Killed, Pool
from watcher.feeds.worker import READY, Answer, Job

if TYPE_CHECKING:
    from pathlib import Path

ENDLESS = b"<html><body>" + b"<p>word " * 400_000
"""A web page that keeps the extractor busy for half a minute, however it ends."""


def job(body: bytes | str, seconds: float = 5.0) -> Job:
    data = body.encode() if isinstance(body, str) else body
    return Job(data, "", "http://a.example/feed", "http://a.example/feed", seconds)


def endless_job(seconds: float) -> Job:
    return Job(ENDLESS, "text/html", "http://a.example/page", "http://a.example/page", seconds, page=True)


def titles(answer: Answer) -> list[str]:
    assert answer.parsed is not None
    return [item.title for item in answer.parsed.items]


async def test_jobs_are_answered_in_one_process() -> None:
    async with Pool() as pool:
        answers = await asyncio.gather(*(pool.run(job(rss(item(n)))) for n in range(20)))
        assert len(pool._workers) == 1
    assert [titles(answer) for answer in answers] == [[f"Envoys meet for round {n}"] for n in range(20)]


async def test_a_job_that_takes_too_long_is_killed_and_the_next_is_done() -> None:
    async with Pool(most=1) as pool:
        endless = asyncio.create_task(pool.run(endless_job(1.0)))
        prompt = asyncio.create_task(pool.run(job(rss(item()))))
        assert titles(await prompt)
        with pytest.raises(Killed, match="more than 1 s"):
            await endless
        assert titles(await pool.run(job(rss(item()))))


async def test_a_worker_that_cannot_start_is_said_and_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in ("/bin/false", "/no/such/python"):
        monkeypatch.setattr(sys, "executable", broken)
        async with Pool() as pool:
            with pytest.raises(Killed, match="started"):
                await pool.run(job(rss(item())))


async def test_a_job_that_cannot_be_sent_and_an_answer_that_is_none_cost_that_job_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with Pool() as pool, asyncio.timeout(20):
        with pytest.raises(UnicodeEncodeError):
            await pool.run(Job(b"", "caf\udce9", "", "", 5.0))
        assert titles(await pool.run(job(rss(item()))))
    babbler = tmp_path / "python"
    babbler.write_text("#!/bin/sh\nprintf '\\0\\0\\0\\0\\0\\0\\0\\3odd'\ncat > /dev/null\n")
    babbler.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(babbler))
    async with Pool() as pool, asyncio.timeout(20):
        with pytest.raises(Killed, match="crashed"):
            await pool.run(job(rss(item())))


async def test_large_bodies_and_answers_do_not_lock_up() -> None:
    """Both pipes fill at once here."""
    large = rss(*(item(n, text="word " * 400) for n in range(1_500)))
    async with Pool() as pool:
        answers = await asyncio.gather(*(pool.run(job(large)) for _ in range(3)))
    assert [len(titles(answer)) for answer in answers] == [1_500] * 3


async def test_a_process_that_dies_costs_its_job_only() -> None:
    async with Pool(most=1) as pool:
        assert titles(await pool.run(job(rss(item()))))
        endless = asyncio.create_task(pool.run(endless_job(20)))
        await asyncio.sleep(1)
        for child in _children():
            os.kill(child, signal.SIGKILL)
        with pytest.raises(Killed, match="crashed"):
            await endless
        assert titles(await pool.run(job(rss(item()))))


def _children() -> list[int]:
    command = ["ps", "-ww", "--ppid", str(os.getpid()), "-o", "pid=,args="]
    found = subprocess.run(command, capture_output=True, text=True)
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "watcher.feeds.worker" in line]


def test_a_worker_ends_with_its_parent_even_in_the_middle_of_a_job() -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "watcher.feeds.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    message = msgspec.msgpack.encode(endless_job(0.5))
    worker.stdin.write(len(message).to_bytes(4, "big") + message)
    worker.stdin.close()
    began = time.monotonic()
    worker.wait(10)
    worker.stdout.close()
    assert time.monotonic() - began < 8


def test_a_worker_ends_when_stdin_does() -> None:
    done = subprocess.run([sys.executable, "-m", "watcher.feeds.worker"], input=b"", capture_output=True, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, READY, b"")
