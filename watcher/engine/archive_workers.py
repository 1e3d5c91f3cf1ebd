"""Where partitions are read: here, in processes on this machine, or on a Dask cluster.

Each way takes partitions as they come and gives their findings in the same order, a few ahead of
the caller and no more, so that memory does not grow with the archive.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from watcher.engine.archive_partition import Findings, program, read_partition
from watcher.errors import UsageError, WatcherError, needs_extra

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from watcher.domain.topic import Topic
    from watcher.engine.archive_files import Partition

AHEAD = 3
"""Partitions in work for each worker: one that it reads, and others so that it never waits."""
BREAKS = 2
"""After so many deaths of workers without a result between them, partitions are tried one by one."""
CONNECTING = 10.0
"""Seconds that a cluster's scheduler may take to answer."""
IDLE = 60.0
"""Seconds that a cluster may stay without any worker."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A partition whose worker died each time it was tried."""

    reason: str


@dataclass(frozen=True, slots=True)
class Task:
    """A partition, and the topics it is read for; none if its articles are only sketched."""

    topics: tuple[Topic, ...]
    partition: Partition

    def run(self) -> Findings:
        """Does it, wherever that is."""
        return read_partition(self.topics, self.partition)


Result = tuple[Task, Findings | Lost]


def here(tasks: Iterable[Task]) -> Iterator[Result]:
    """Reads them in this process."""
    for task in tasks:
        yield task, task.run()


def processes(tasks: Iterable[Task], jobs: int) -> Iterator[Result]:
    """Reads them in `jobs` processes. A process that dies costs what it was reading, which is tried again."""
    rest, waiting = iter(tasks), deque[tuple[Task, "Future[Findings]"]]()
    breaks = 0
    with _Pool(jobs) as pool:
        while True:
            while len(waiting) < AHEAD * jobs and (task := next(rest, None)) is not None:
                waiting.append((task, pool.submit(task)))
            if not waiting:
                return
            task, future = waiting[0]
            try:
                found: Findings | Lost = future.result()
            except BrokenExecutor:
                breaks += 1
                pool.renew()
                if breaks < BREAKS:
                    waiting = deque((task, _again(pool, task, future)) for task, future in waiting)
                    continue
                found = _alone(task)
            breaks = 0
            waiting.popleft()
            yield task, found


def _again(pool: _Pool, task: Task, future: Future[Findings]) -> Future[Findings]:
    done = future.done() and not future.cancelled() and future.exception() is None
    return future if done else pool.submit(task)


def _alone(task: Task) -> Findings | Lost:
    """Reads one partition in a process of its own, to tell whether it is the one that kills."""
    with _Pool(1) as pool:
        try:
            return pool.submit(task).result()
        except BrokenExecutor:
            return Lost("its worker died each time; too little memory?")


class _Pool:
    """Processes that end with this one, however it ends."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._executor = self._new()

    def _new(self) -> ProcessPoolExecutor:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["watcher.engine.archive_warm"])
        return ProcessPoolExecutor(self._jobs, context, _begin)

    def submit(self, task: Task) -> Future[Findings]:
        """Hands out a task; where the pool broke meanwhile, the future says so."""
        try:
            return self._executor.submit(task.run)
        except BrokenExecutor as error:
            future: Future[Findings] = _failed(error)
            return future

    def renew(self) -> None:
        """Begins again with new processes."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._new()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *error: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)


def _failed(error: BaseException) -> Future[Any]:
    from concurrent.futures import Future

    future: Future[Any] = Future()
    future.set_exception(error)
    return future


def _begin() -> None:
    """In a new process: the keyboard is the parent's, and nothing goes on when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: wait([sentinel]) and os._exit(1), daemon=True).start()


def cluster(tasks: Iterable[Task], address: str) -> Iterator[Result]:
    """Reads them on the Dask cluster whose scheduler is at `address`. Workers may come and go; what
    one that dies was reading, Dask gives to another. Raises WatcherError, UsageError."""
    try:
        from distributed import KilledWorker
    except ImportError:
        raise UsageError(needs_extra("--dask", "cluster")) from None

    rest, waiting = iter(tasks), deque[tuple[Task, Any]]()
    news = threading.Event()
    with _client(address) as client:
        _check_versions(client, address)
        while True:
            # No more than a thread each: Dask suspects all that a dying worker holds, and gives up on what it suspects.
            threads = max(1, sum(client.nthreads().values()))
            news.clear()
            running = [future for _, future in waiting if not future.done()]
            while len(running) < threads and len(waiting) < AHEAD * threads and (task := next(rest, None)) is not None:
                running.append(client.submit(task.run, pure=False))
                running[-1].add_done_callback(lambda _: news.set())
                waiting.append((task, running[-1]))
            if not waiting:
                return
            task, future = waiting[0]
            if not future.done():
                if not news.wait(IDLE) and not client.nthreads():
                    raise WatcherError(
                        f"{address}: no worker for a minute; start one and run the same command again to go on"
                    )
                continue
            try:
                found: Findings | Lost = future.result()
            except KilledWorker as error:
                found = Lost(f"its worker died {error.allowed_failures + 1} times; too little memory?")
            waiting.popleft()
            yield task, found


def _check_versions(client: Any, address: str) -> None:
    """Raises UsageError unless every worker runs this very program: findings of others could not be read."""
    try:
        found = set(client.run(program).values())
    except Exception as error:  # Dask passes on whatever kept a worker from it, some of it as Exception
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(f"{address}: a worker cannot run {program()}, install it on all: {reason}") from None
    if others := found - {program()}:
        raise UsageError(f"{address}: a worker runs {others.pop()}, here it is {program()}: install the same on all")


@contextmanager
def _client(address: str) -> Iterator[Any]:
    import dask
    from distributed import Client

    try:
        # Dask keeps the last thousand messages for its developers, and ours are partitions.
        with dask.config.set({"distributed.admin.low-level-log-length": 0}):
            client: Any = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(f"{address}: no Dask scheduler answers: {reason}") from None
    try:
        yield client
    finally:
        client.close()


def chosen(*, jobs: int, dask: str) -> Callable[[Iterable[Task]], Iterator[Result]]:
    """The way to read that was asked for."""
    if dask:
        return lambda tasks: cluster(tasks, dask)
    return here if jobs <= 1 else lambda tasks: processes(tasks, jobs)
