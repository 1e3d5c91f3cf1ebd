"""Prints what an archive costs: articles a second here, in processes and on a Dask cluster, and memory.

python tests/bench/archive.py [--articles N] [--full] [--store]

The 120 labelled articles of ../shared/stance-dev, repeated to N (default 6,000; --full: 100,000), each round eight
days later so that no article is a copy of an earlier one; four topics. --store writes to a folder, else to memory.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(ROOT := Path(__file__).parents[2]))

from tests.archive.archive_samples import said
from tests.bench.detector import DEV, lines, topics
from watcher.domain.settings import Settings
from watcher.engine.archive_replay import ReplayReport, replay
from watcher.store.memory import MemoryStore
from watcher.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from watcher.store.base import Batch


class Nothing(MemoryStore):
    """Counts what is written and keeps none of it, so that memory is the replay's own."""

    def commit(self, batch: Batch) -> None:
        """Encodes the batch, as every store does, and drops it."""
        import msgspec

        msgspec.json.encode(batch)


def write(path: Path, count: int) -> None:
    """The archive."""
    labelled = [item for file in sorted(DEV.glob("*.jsonl")) if file.name.count(".") == 1 for item in lines(file)]
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            item, again = labelled[n % len(labelled)], n // len(labelled)
            day = date.fromisoformat((item.get("date") or "2015-06-01")[:10]) + timedelta(days=8 * again)
            one = {"id": f"{item['id']}-{again}", "url": f"{item['url']}#{again}", "title": item["title"]}
            file.write(json.dumps(one | {"date": day.isoformat(), "text": item["text"]}) + "\n")


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A scheduler and workers on this machine, each a process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, "-m"]
        common = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        common["env"] = os.environ | {"PYTHONPATH": str(ROOT)}
        started = [
            subprocess.Popen([*run, "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"], **common)
        ]
        options = [address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        worker = [*run, "distributed.cli.dask_worker", *options]
        started += [subprocess.Popen(worker, **common) for _ in range(workers)]
        from distributed import Client

        try:
            with Client(address, timeout=60, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=60)
            yield address
        finally:
            for process in started:
                process.kill()
                process.wait()


def measured(answer: Connection, path: str, jobs: int, dask: str, folder: str) -> None:
    """One replay in a process of its own, so that its memory can be told."""
    store = open_store(Path(folder)) if folder else Nothing()
    settings = Settings(path=Path("config.toml"), topics=tuple(topics().values()))
    began = time.process_time()
    report = replay([Path(path)], settings, store, jobs=jobs, dask=dask)
    busy = time.process_time() - began + (report.work if jobs != 1 else 0)
    answer.send((report, busy, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def run(path: Path, jobs: int, dask: str = "", folder: str = "") -> tuple[ReplayReport, float, float]:
    """One replay: its report, the processor time of all, and the most memory that the parent had, in MB."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=measured, args=(there, str(path), jobs, dask, folder))
    process.start()
    there.close()
    found = here.recv()
    process.join()
    return found


def tell(name: str, found: tuple[ReplayReport, float, float]) -> None:
    """A line of the table."""
    report, busy, memory = found
    speed, each, other = report.articles / report.seconds, 1e3 * busy / report.articles, 1 - report.reading / busy
    print(
        f"{name:<26}{speed:>8,.0f} articles/s{each:>8.1f} ms of a core each,{100 * other:>3.0f} % not detection"
        f"{memory:>7.0f} MB"
    )


def main() -> None:
    """Runs all."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=6_000)
    options.add_argument("--full", action="store_true")
    options.add_argument("--store", action="store_true")
    given = options.parse_args()
    count = 100_000 if given.full else given.articles
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "quarter", count // 4)
        write(folder / "all", count)
        size = (folder / "all").stat().st_size / 1e6
        print(f"{count:,} articles, {size:.0f} MB, {len(os.sched_getaffinity(0))} cores")
        kept = lambda n: str(folder / n) if given.store else ""  # noqa: E731
        tell("one process, a quarter", run(folder / "quarter", 1, folder=kept("a")))
        tell("one process", run(folder / "all", 1, folder=kept("b")))
        tell("two processes", run(folder / "all", 2, folder=kept("c")))
        with cluster(2) as address:
            tell("a cluster of two workers", run(folder / "all", 0, address, kept("d")))
            alone, together = MemoryStore(), MemoryStore()
            settings = Settings(path=Path("config.toml"), topics=tuple(topics().values()))
            started = time.perf_counter()
            replay([folder / "quarter"], settings, alone, jobs=1)
            replay([folder / "quarter"], settings, together, dask=address)
            same = said(alone, settings.topics) == said(together, settings.topics)
            print(f"the cluster's result is the single process's: {same} ({time.perf_counter() - started:.0f} s)")


if __name__ == "__main__":
    main()
