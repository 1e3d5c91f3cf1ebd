"""Archives on a real Dask cluster: a scheduler and workers of their own processes on loopback."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.archive.archive_samples import TREATY, lines, said, with_overlay
from watcher.engine import archive_replay, archive_workers
from watcher.engine.archive_replay import Progress, replay
from watcher.errors import UsageError, WatcherError
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watcher.domain.settings import Settings

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

ROOT = Path(__file__).parents[2]


class Cluster:
    """A scheduler with workers that can be killed."""

    def __init__(self, folder: Path, path: Path = ROOT) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._folder, self._path = folder, path
        self._processes = [self._start("scheduler", "--host", self.address, "--no-dashboard", "--no-show")]
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{kind}.log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + kind, *options],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=os.environ | {"PYTHONPATH": str(self._path), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"},
            )

    def add_worker(self) -> None:
        """One more worker, a process of one thread that nobody starts again when it dies."""
        worker = self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        self.workers.append(worker)
        self._processes.append(worker)

    def wait_for(self, workers: int) -> None:
        from distributed import Client

        with Client(self.address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=30)

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    cluster.add_worker()
    cluster.add_worker()
    cluster.wait_for(2)
    yield cluster
    cluster.close()


@pytest.mark.usefixtures("small_partitions")
def test_a_cluster_gives_what_one_process_gives(
    cluster: Cluster, archive: Callable[..., Path], settings: Settings
) -> None:
    path, alone, together = archive(400), MemoryStore(), MemoryStore()
    report = replay([path], settings, together, dask=cluster.address)
    replay([path], settings, alone, jobs=1)
    assert (report.articles, report.lost) == (400, ())
    assert said(together) == said(alone)
    assert [one.id for one in together.articles()] == [str(n) for n in range(400)], "written in the archive's order"


@pytest.mark.usefixtures("small_partitions")
def test_a_cluster_reads_with_the_users_lexicon(
    cluster: Cluster, archive: Callable[..., Path], settings: Settings
) -> None:
    store = MemoryStore()
    replay([archive(100)], with_overlay(settings), store, dask=cluster.address)
    assert {s.stance for s in store.statements(TREATY.name) if s.cue == "welcomes"} == {"oppose"}


@pytest.mark.usefixtures("small_partitions")
def test_what_was_sent_to_the_cluster_is_not_kept(
    cluster: Cluster, archive: Callable[..., Path], settings: Settings
) -> None:
    from distributed.protocol.serialize import Serialized

    kept: list[int] = []

    def count(progress: Progress) -> None:
        kept.append(sum(isinstance(one, Serialized) for one in gc.get_objects()))

    replay([archive(1200)], settings, MemoryStore(), dask=cluster.address, progress=count)
    assert len(kept) > 15
    assert max(kept) < 10


@pytest.mark.usefixtures("small_partitions")
def test_a_worker_that_dies_costs_its_partition_and_no_article(
    cluster: Cluster, archive: Callable[..., Path], settings: Settings
) -> None:
    path, alone, together = archive(1200), MemoryStore(), MemoryStore()
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if not killed and progress.articles > 200:
            killed.append(cluster.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    report = replay([path], settings, together, dask=cluster.address, progress=kill)
    assert cluster.workers.pop(0).wait() == -signal.SIGKILL
    replay([path], settings, alone, jobs=1)
    assert (report.articles, report.lost) == (1200, ())
    assert said(together) == said(alone)


class DeadlyTask(archive_workers.Task):
    """Dies as a process out of memory does, where one article is in it."""

    def run(self) -> archive_workers.Findings:
        if any(b"POISON" in line for line in self.partition.lines):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().run()


@pytest.mark.usefixtures("small_partitions")
def test_a_partition_that_kills_every_worker_is_named_and_the_rest_is_read(
    cluster: Cluster, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3 - len(cluster.workers)):
        cluster.add_worker()
    cluster.wait_for(3)
    poisonous = lines(400)
    poisonous[200] = poisonous[200].replace(b"Report 200", b"POISON")
    path = tmp_path / "poison.jsonl"
    path.write_bytes(b"".join(poisonous))
    monkeypatch.setattr(archive_replay, "Task", DeadlyTask)
    report = replay([path], settings, MemoryStore(), dask=cluster.address)
    cluster.workers = [worker for worker in cluster.workers if worker.poll() is None]
    assert len(report.lost) == 1
    assert "its worker died 2 times" in report.lost[0]
    assert 300 < report.articles < 400


def test_other_versions_on_the_cluster_are_refused(
    cluster: Cluster, archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watcher.detect.detector.VERSION", "another")
    with pytest.raises(UsageError, match=r"a worker runs .* detector another: install the same on all"):
        replay([archive(5)], settings, MemoryStore(), dask=cluster.address)


def test_workers_without_the_program_are_refused(
    archive: Callable[..., Path], settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "watcher"
    foreign.mkdir()
    (foreign / "__init__.py").write_text("")
    cluster = Cluster(tmp_path, tmp_path)
    try:
        cluster.add_worker()
        cluster.wait_for(1)
        with pytest.raises(UsageError, match=r"a worker cannot run watcher .*No module named"):
            replay([archive(5)], settings, MemoryStore(), dask=cluster.address)
    finally:
        cluster.close()


def test_a_cluster_without_workers_ends_the_run_with_what_to_do(
    archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(archive_workers, "IDLE", 1.0)
    empty = Cluster(tmp_path)
    try:
        with pytest.raises(WatcherError, match="no worker for a minute"):
            replay([archive(5)], settings, MemoryStore(), dask=empty.address)
    finally:
        empty.close()


def test_a_scheduler_that_does_not_answer_is_named(
    archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_workers, "CONNECTING", 1.0)
    started = time.monotonic()
    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers"):
        replay([archive(5)], settings, MemoryStore(), dask="tcp://127.0.0.1:9")
    assert time.monotonic() - started < 20
