"""Archives of any size and packing, read in this process and in others, whole and in parts."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.archive.archive_samples import TREATY, lines, said, with_overlay
from watcher.domain.article import Article
from watcher.engine import archive_replay, archive_workers
from watcher.engine.archive import BadLine
from watcher.engine.archive_files import LONGEST
from watcher.engine.archive_replay import Progress, replay
from watcher.engine.pipeline import Pipeline
from watcher.errors import UsageError
from watcher.store.base import Batch, Meta
from watcher.store.memory import MemoryStore
from watcher.store.open import open_store
from watcher.store.records import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.domain.settings import Settings
    from watcher.engine.archive_partition import Findings
    from watcher.store.base import TopicReading


def test_an_archive_reaches_the_store(archive: Callable[..., Path], settings: Settings) -> None:
    store = MemoryStore()
    report = replay([archive(100)], settings, store)
    assert report.articles == len(list(store.articles())) == 100
    assert report.matched == len(store.versions(TREATY.name)) > 50
    assert report.statements == len(store.statements(TREATY.name)) > 50
    assert not report.failed


def test_a_copy_belongs_to_the_story_that_it_copies_and_its_statements_say_so(
    archive: Callable[..., Path], settings: Settings
) -> None:
    store = MemoryStore()
    replay([archive(10)], settings, store)
    stories = {one.id: one.story for one in store.articles()}
    assert stories == {str(n): str(n - 1 if n % 5 == 4 else n) for n in range(10)}
    assert {one.article.id: one.article.story for one in store.statements(TREATY.name)}.items() <= stories.items()


def test_a_small_archive_starts_no_process(
    archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_workers, "processes", lambda tasks, jobs: pytest.fail("started processes"))
    assert replay([archive(58)], settings, MemoryStore(), jobs=2).articles == 58


@pytest.mark.usefixtures("small_partitions")
def test_processes_give_what_one_process_gives(
    archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, alone, together = archive(600), MemoryStore(), MemoryStore()
    one, two = replay([path], settings, alone, jobs=1), replay([path], settings, together, jobs=2)
    assert (one.articles, one.matched, one.statements) == (two.articles, two.matched, two.statements)
    assert said(alone) == said(together)
    assert [one.id for one in together.articles()] == [str(n) for n in range(600)], "written in the archive's order"


@pytest.mark.usefixtures("small_partitions")
def test_processes_read_with_the_users_lexicon(archive: Callable[..., Path], settings: Settings) -> None:
    path, alone, together, without = archive(100), MemoryStore(), MemoryStore(), MemoryStore()
    replay([path], settings, without, jobs=1)
    worded = with_overlay(settings)
    replay([path], worded, alone, jobs=1)
    replay([path], worded, together, jobs=2)
    assert said(alone) == said(together)
    assert {s.stance for s in without.statements(TREATY.name) if s.cue == "welcomes"} == {"support"}
    assert {s.stance for s in together.statements(TREATY.name) if s.cue == "welcomes"} == {"oppose"}


def test_reading_an_archive_again_changes_nothing(archive: Callable[..., Path], settings: Settings) -> None:
    path, store = archive(50), MemoryStore()
    first = replay([path], settings, store)
    before = said(store)
    second = replay([path], settings, store)
    assert (first.articles, first.statements) == (second.articles, second.statements)
    assert said(store) == before


def test_an_article_that_matches_no_longer_loses_its_reading(settings: Settings, tmp_path: Path) -> None:
    path, store = tmp_path / "one.jsonl", MemoryStore()
    one = {"id": "1", "title": "News", "date": "2020-01-01", "text": "Arland signed the canal treaty."}
    path.write_text(json.dumps(one))
    replay([path], settings, store)
    assert store.reading("1", TREATY.name)
    path.write_text(json.dumps(one | {"text": "It rained."}))
    replay([path], settings, store)
    assert store.reading("1", TREATY.name) is None


def test_packed_files_and_folders_are_read_in_order(settings: Settings, tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="the extra `zstd` is not installed")
    folder = tmp_path / "years" / "deep"
    folder.mkdir(parents=True)
    all_lines = lines(90)
    (tmp_path / "years" / "a.jsonl").write_bytes(b"".join(all_lines[:30]))
    (tmp_path / "years" / "b.jsonl.gz").write_bytes(gzip.compress(b"".join(all_lines[30:60])))
    frames = [zstandard.compress(b"".join(all_lines[n : n + 10])) for n in (60, 70, 80)]
    (folder / "c.jsonl.zst").write_bytes(b"".join(frames))
    (tmp_path / "years" / "notes.txt").write_text("not an archive")
    store = MemoryStore()
    assert replay([tmp_path / "years"], settings, store).articles == 90
    assert [one.id for one in store.articles()] == [str(n) for n in range(90)]


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_a_file_cut_short_gives_what_there_is_and_says_where_it_ends(
    packing: str, settings: Settings, tmp_path: Path
) -> None:
    whole = b"".join(lines(400))
    if packing == "gz":
        packed = gzip.compress(whole)
    else:
        packed = pytest.importorskip("zstandard", reason="the extra `zstd` is not installed").compress(whole)
    (tmp_path / "cut").write_bytes(packed[: len(packed) * 2 // 3])
    (tmp_path / "rest").write_bytes(b"".join(lines(5, 1000)))
    told: list[tuple[str, BadLine]] = []
    report = replay(
        [tmp_path / "cut", tmp_path / "rest"], settings, MemoryStore(), on_bad_line=lambda *one: told.append(one)
    )
    assert 5 < report.articles < 405
    assert told[-1][0] == str(tmp_path / "cut")
    assert "damaged from here on" in told[-1][1].reason
    assert report.failed


def test_bad_lines_are_told_with_file_and_number_and_passed_over(settings: Settings, tmp_path: Path) -> None:
    good = lines(3)
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(b"".join([good[0], b"not json\n", b"\n", good[1], b'{"title": "No date"}\n', good[2].rstrip()]))
    told: list[tuple[str, BadLine]] = []
    report = replay([path], settings, MemoryStore(), on_bad_line=lambda *one: told.append(one))
    assert (report.articles, report.bad) == (3, 2)
    assert [(file, line.number) for file, line in told] == [(str(path), 2), (str(path), 5)]


def test_a_mistake_of_ours_costs_one_article_and_is_told(
    archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Pipeline.read

    def fail_at_seven(pipeline: Pipeline, article: Article) -> list[TopicReading]:
        if article.id == "7":
            raise IndexError("made up")
        return read(pipeline, article)

    monkeypatch.setattr(Pipeline, "read", fail_at_seven)
    told: list[BadLine] = []
    report = replay([archive(10)], settings, MemoryStore(), on_bad_line=lambda file, line: told.append(line))
    assert (report.articles, told) == (9, [BadLine(8, "an error in watcher: IndexError: made up")])
    assert report.failed


def test_a_line_without_end_is_one_bad_line(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watcher.engine.archive_files.LONGEST", 10_000)
    monkeypatch.setattr("watcher.engine.archive_partition.LONGEST", 10_000)
    path = tmp_path / "long.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 100_000 + b'"}\n' + lines(1)[0])
    told: list[BadLine] = []
    report = replay([path], settings, MemoryStore(), on_bad_line=lambda file, line: told.append(line))
    assert (report.articles, [line.number for line in told]) == (1, [1])


def test_what_a_store_exported_is_taken_over_as_it_is(
    archive: Callable[..., Path], settings: Settings, tmp_path: Path
) -> None:
    first, second = MemoryStore(), MemoryStore()
    replay([archive(30)], settings, first)
    first.commit(Batch(meta={"note": "kept"}))
    exported = tmp_path / "export.jsonl"
    exported.write_text("".join(encode(record) + "\n" for record in first.records()))
    report = replay([exported], settings, second)
    assert (report.articles, report.bad) == (0, 0)
    assert report.records > 30
    assert said(second) == said(first)
    assert second.meta("note") == "kept"


def test_what_was_exported_comes_back_however_long_it_is(settings: Settings, tmp_path: Path) -> None:
    book = Article(
        id="seed:book.txt", url="", title="A book", text="So they said. " * 400_000, source="",
        published=datetime(2025, 2, 15, tzinfo=UTC), first_seen=datetime(2025, 2, 15, tzinfo=UTC),
    )  # fmt: skip
    exported, store = tmp_path / "export.jsonl", MemoryStore()
    exported.write_text(encode(book) + "\n" + encode(Meta("note", "kept")) + "\n")
    assert exported.stat().st_size > LONGEST
    assert replay([exported], settings, store).records == 2
    assert store.article(book.id) == book


def test_what_is_not_there_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.jsonl: not there"):
        replay([tmp_path / "nothing.jsonl"], settings, MemoryStore())
    with pytest.raises(UsageError, match="no archive in it"):
        replay([tmp_path], settings, MemoryStore())


def test_an_archive_comes_whole_through_a_pipe(
    archive: Callable[..., Path], settings: Settings, tmp_path: Path
) -> None:
    """As from `watcher replay <(zcat years.gz)`: what was read from a pipe once is not there a second time."""
    pipe, steps = tmp_path / "pipe", list[Progress]()
    os.mkfifo(pipe)
    with subprocess.Popen(["cp", archive(300), pipe]):
        store = MemoryStore()
        report = replay([pipe], settings, store, jobs=1, progress=steps.append)
    assert (report.articles, len(list(store.articles()))) == (300, 300)
    assert (steps[-1].done, steps[-1].total) == (0, 0)  # nobody knows how much is to come


def test_progress_reaches_the_end(
    archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Progress] = []
    monkeypatch.setattr("watcher.engine.archive_files.PARTITION", 32_000)
    path = archive(300)
    replay([path], settings, MemoryStore(), jobs=1, progress=seen.append)
    assert len(seen) > 2
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert seen[-1].done == seen[-1].total == path.stat().st_size
    assert seen[-1].articles == 300


class Stopped(Exception):
    """Stands for whatever ends a run."""


def stop_after(articles: int) -> Callable[[Progress], None]:
    def check(progress: Progress) -> None:
        if progress.articles >= articles:
            raise Stopped

    return check


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("small_partitions")
def test_an_interrupted_run_goes_on_where_it_stopped(
    jobs: int, archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_replay, "REACH", 100)
    path, whole, parts = archive(600), MemoryStore(), MemoryStore()
    replay([path], settings, whole, jobs=1)
    for stop in (200, 150):
        with pytest.raises(Stopped):
            replay([path], settings, parts, jobs=jobs, progress=stop_after(stop))
    done = len(list(parts.articles()))
    assert 300 <= done < 600
    report = replay([path], settings, parts, jobs=jobs)
    assert report.resumed > 0
    assert report.resumed + report.articles == 600
    assert said(parts) == said(whole)
    assert replay([path], settings, parts, jobs=1).articles == 600, "a finished archive is read from its start"


@pytest.mark.usefixtures("small_partitions")
def test_a_file_that_changed_is_read_from_its_start(
    archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, store = archive(300), MemoryStore()
    with pytest.raises(Stopped):
        replay([path], settings, store, jobs=1, progress=stop_after(150))
    with path.open("ab") as file:
        file.write(lines(1, 300)[0])
    report = replay([path], settings, store, jobs=1)
    assert (report.resumed, report.articles) == (0, 301)


def workers_of(parent: int) -> list[int]:
    """The processes below one that read partitions: the grandchildren, by way of the fork server."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    return [worker for child in children.get(parent, []) for worker in children.get(child, [])]


@pytest.mark.usefixtures("small_partitions")
def test_a_worker_that_dies_costs_its_partition_and_no_article(
    archive: Callable[..., Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, alone, together = archive(1500), MemoryStore(), MemoryStore()
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if not killed and progress.articles > 300:
            killed.append(workers_of(os.getpid())[0])
            os.kill(killed[0], signal.SIGKILL)

    report = replay([path], settings, together, jobs=2, progress=kill)
    replay([path], settings, alone, jobs=1)
    assert killed
    assert (report.articles, report.lost) == (1500, ())
    assert said(together) == said(alone)


class DeadlyTask(archive_workers.Task):
    """Dies as a process out of memory does, where one article is in it."""

    def run(self) -> Findings:
        if any(b"POISON" in line for line in self.partition.lines):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().run()


@pytest.mark.usefixtures("small_partitions")
def test_a_partition_that_kills_every_worker_is_named_and_the_rest_is_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisonous = lines(400)
    poisonous[200] = poisonous[200].replace(b"Report 200", b"POISON")
    path = tmp_path / "poison.jsonl"
    path.write_bytes(b"".join(poisonous))
    monkeypatch.setattr(archive_replay, "Task", DeadlyTask)
    report = replay([path], settings, store := MemoryStore(), jobs=2)
    assert len(report.lost) == 1
    assert str(path) in report.lost[0]
    assert report.failed
    assert 300 < report.articles == len(list(store.articles())) < 400


REPLAYING = """
import sys
from pathlib import Path
from tests.archive.archive_samples import TREATY
from watcher.domain.settings import Settings
from watcher.engine import archive_files, archive_replay
from watcher.store.open import open_store

archive_files.PARTITION, archive_replay.ALONE, archive_replay.WRITE = 32_000, 1, 50

if __name__ == "__main__":
    archive_replay.replay(
        [Path(sys.argv[1])], Settings(path=Path("c"), topics=(TREATY,)), open_store(Path(sys.argv[2])), jobs=2,
        progress=lambda progress: print(progress.articles, flush=True),
    )
"""


@pytest.mark.usefixtures("small_partitions")
def test_a_killed_run_leaves_no_process_and_loses_nothing(
    archive: Callable[..., Path], settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder, script = archive(700), tmp_path / "data", tmp_path / "replaying.py"
    script.write_text(REPLAYING)
    run = subprocess.Popen(
        [sys.executable, str(script), str(path), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert run.stdout is not None
    with run.stdout:
        for line in run.stdout:
            if int(line) > 200:
                break
        workers = workers_of(run.pid)
        run.kill()
    run.wait()
    assert workers
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]

    store, whole = open_store(folder), MemoryStore()
    assert len(list(store.articles())) >= 150
    report = replay([path], settings, store, jobs=2)
    assert report.resumed >= 150
    replay([path], settings, whole, jobs=1)
    assert said(store) == said(whole)
    store.close()
