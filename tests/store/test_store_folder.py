"""The store in a folder: what happens when disks, files and other processes misbehave."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.store.store_samples import DAY, TOPIC, article, contents, correction, everything, pin, reading
from watcher.errors import StoreError
from watcher.store import filesystem, folder, lines, manifest, records, storage
from watcher.store.base import Batch, Mark
from watcher.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import Collection

    from watcher.store.base import Store

ARTICLES = "articles.1.jsonl"


def fill(path: Path, count: int = 6) -> None:
    store = open_store(path)
    for n in range(count):
        one = article(f"a{n}", hours=n)
        store.commit(Batch(articles=[one], readings=[reading(one)], marks=[Mark(one.id, read=True)]))
    store.commit(Batch(corrections=[correction()], pins=[pin()], meta={"pipeline": "7"}))
    store.close()


def in_another_process(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs code that has the tests on its path."""
    program = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n" + textwrap.dedent(code)
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


# Others who read and write


def test_one_who_looks_while_the_first_write_happens_takes_nothing_for_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look for a manifest and the one at the files beside it, another process writes both."""
    rebuild = manifest.rebuild

    def after_a_write(path: Path, tables: Collection[str]) -> manifest.Manifest:
        monkeypatch.undo()
        fill(path)
        return rebuild(path, tables)

    monkeypatch.setattr(manifest, "rebuild", after_a_write)
    store = open_store(tmp_path)
    assert len(store.known([f"a{n}" for n in range(6)])) == 6
    assert not store.damage


def test_threads_that_write_at_once_for_the_first_time_take_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the screen's seeds and a person's marks may: none is left with a lock that it cannot give back."""
    monkeypatch.setattr(folder, "LOCK_SECONDS", 2)
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for n in range(8):
            store, together = open_store(tmp_path / str(n)), threading.Barrier(4)

            def write(name: str, store: Store = store, together: threading.Barrier = together) -> None:
                together.wait()
                store.commit(Batch(meta={name: "written"}))

            threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert [store.meta(name) for name in "abcd"] == ["written"] * 4
            open_store(tmp_path / str(n)).commit(Batch(meta={"e": "written after them"}))
    finally:
        sys.setswitchinterval(often)


def test_the_size_is_told_while_another_process_puts_files_in_the_place_of_others(tmp_path: Path) -> None:
    fill(tmp_path)
    store, stop = open_store(tmp_path, read_only=True), threading.Event()

    def come_and_go() -> None:
        new = tmp_path / f"{manifest.NAME}{folder.NEW}"
        while not stop.is_set():
            new.touch()
            new.unlink()

    other = threading.Thread(target=come_and_go)
    other.start()
    try:
        assert min(store.size() for _ in range(300)) > 0
    finally:
        stop.set()
        other.join()


def test_a_reader_follows_what_another_process_writes(tmp_path: Path) -> None:
    reader = open_store(tmp_path)
    for looked in (reader.articles(), reader.statements(TOPIC), reader.marks(), reader.headlines()):
        assert list(looked) == []
    written = in_another_process(
        """
        from pathlib import Path
        from tests.store.store_samples import everything
        from watcher.store.open import open_store
        open_store(Path(sys.argv[1])).commit(everything())
        """,
        tmp_path,
    )
    assert written.returncode == 0, written.stderr
    assert list(reader.articles()) == [], "nothing changes under a reader's eyes"
    assert reader.refresh() is True
    assert contents(reader) == contents(open_store(tmp_path))
    assert list(reader.articles()) == everything().articles
    assert reader.refresh() is False


def test_a_reader_follows_through_compaction_and_pruning_by_another(tmp_path: Path) -> None:
    fill(tmp_path)
    reader, writer = open_store(tmp_path, read_only=True), open_store(tmp_path)
    before = contents(reader)
    walk, headlines = reader.articles(), reader.headlines()
    first = next(walk)
    writer.prune(DAY + timedelta(hours=3))
    assert writer.compact() > 0
    assert not (tmp_path / ARTICLES).exists()
    assert contents(reader) == before, "an open file outlives its name"
    assert [first, *walk] == before["articles"]
    assert reader.refresh() is True
    assert [one.id for one in reader.articles()] == ["a3", "a4", "a5"]
    assert contents(reader) == contents(writer)
    assert list(headlines) == before["headlines"]


def test_a_table_not_yet_looked_at_is_read_as_it_stood(tmp_path: Path) -> None:
    fill(tmp_path)
    reader, writer = open_store(tmp_path, read_only=True), open_store(tmp_path)
    writer.prune(DAY + timedelta(hours=3))
    writer.compact()
    assert len(reader.statements(TOPIC)) == 6
    reader.refresh()
    assert len(reader.statements(TOPIC)) == 3


def test_writers_take_turns(tmp_path: Path) -> None:
    """Two processes and two threads write at once: every batch is there, in whole."""
    code = """
        from pathlib import Path
        from tests.store.store_samples import article, reading
        from watcher.store.base import Batch
        from watcher.store.open import open_store
        store = open_store(Path(sys.argv[1]))
        for n in range(15):
            one = article(f"{sys.argv[2]}-{n}")
            store.commit(Batch(articles=[one], readings=[reading(one)]))
        """
    shared = open_store(tmp_path)

    def write(name: str) -> None:
        for n in range(15):
            one = article(f"{name}-{n}")
            shared.commit(Batch(articles=[one], readings=[reading(one)]))

    outcomes: list[subprocess.CompletedProcess[str]] = []
    threads = [
        *(threading.Thread(target=write, args=(name,)) for name in "ab"),
        *(
            threading.Thread(target=lambda name=name: outcomes.append(in_another_process(code, tmp_path, name)))
            for name in "cd"
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcome.stderr for outcome in outcomes] == ["", ""]
    shared.refresh()
    wanted = {f"{name}-{n}" for name in "abcd" for n in range(15)}
    for store in (shared, open_store(tmp_path, read_only=True)):
        assert {one.id for one in store.articles()} == wanted
        assert len(store.statements(TOPIC)) == 60
        assert list(store.check()) == []


def test_a_lock_left_by_a_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    code = """
        import time
        from pathlib import Path
        from watcher.store.folder import Folder
        with Folder(Path(sys.argv[1]), read_only=False).locked():
            print("held", flush=True)
            time.sleep(60)
        """
    program = textwrap.dedent("import sys\n" + textwrap.dedent(code))
    holder = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert (tmp_path / folder.LOCK).exists()
    start = time.monotonic()
    open_store(tmp_path).commit(everything())
    assert time.monotonic() - start < 5


def test_waiting_for_the_writers_turn_does_not_stop_readers(tmp_path: Path) -> None:
    fill(tmp_path)
    store, other = open_store(tmp_path), folder.Folder(tmp_path, read_only=False)
    with other.locked():
        waiting = threading.Thread(target=store.commit, args=(everything(),))
        waiting.start()
        time.sleep(0.05)
        assert len(store.statements(TOPIC)) == 6
        assert waiting.is_alive()
    waiting.join()
    assert len(store.statements(TOPIC)) == 7


def test_a_writer_that_never_ends_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LOCK_SECONDS", 0.05)
    first, second = folder.Folder(tmp_path, read_only=False), open_store(tmp_path)
    with first.locked(), pytest.raises(StoreError, match="another watcher has been writing"):
        second.commit(everything())
    second.commit(everything())


# Damage


def damaged(path: Path, offset: int, data: bytes) -> None:
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)


def line_starts(path: Path) -> list[int]:
    data = path.read_bytes()
    return [0, *(at + 1 for at, byte in enumerate(data[:-1]) if byte == ord("\n"))]


@pytest.mark.parametrize("drop_index", [False, True], ids=["with the index", "without the index"])
@pytest.mark.parametrize(
    ("offset", "data", "lost"),
    [
        (60, b"X", {"a2"}),  # a flipped byte in the middle
        (2, b"\0" * 30, {"a2"}),  # a hole over the checksum
        (-1, b" ", set()),  # the end of the line before: two lines run together
        (-20, b"\0" * 60, {"a1", "a2"}),  # a hole over the end of one and the start of the next
    ],
)
def test_a_damaged_line_costs_itself_alone(
    tmp_path: Path, offset: int, data: bytes, lost: set[str], drop_index: bool
) -> None:
    fill(tmp_path)
    if drop_index:
        for index in tmp_path.glob("*.index"):
            index.unlink()
    for file in (ARTICLES, next(tmp_path.glob("readings-*")).name, "marks.1.jsonl"):
        starts = line_starts(tmp_path / file)
        damaged(tmp_path / file, starts[3] + offset, data)
    wanted = [f"a{n}" for n in range(6) if f"a{n}" not in lost]
    for _ in range(3):
        store = open_store(tmp_path)
        assert [one.id for one in store.articles()] == wanted
        assert [one.article.id for one in store.statements(TOPIC)] == wanted
        assert list(store.marks()) == wanted
        assert [store.article(id) for id in lost] == [None] * len(lost)
        assert len(store.headlines()) in (6, len(wanted))
        list(store.headlines())
        assert len(store.corrections(TOPIC)) == len(store.pins(TOPIC)) == 1
        if lost:
            told = "\n".join(store.check())
            assert all(name in told for name in (ARTICLES, "readings-", "marks.1.jsonl"))
        store.commit(Batch(articles=[article("a5", hours=5)], marks=[Mark("a5", read=True)]))


def test_compaction_sets_damaged_lines_aside_and_loses_nothing_else(tmp_path: Path) -> None:
    fill(tmp_path)
    for file in (ARTICLES, "marks.1.jsonl"):
        damaged(tmp_path / file, line_starts(tmp_path / file)[3] + 60, b"X")
    store = open_store(tmp_path)
    statements = list(store.statements(TOPIC))
    store.compact()
    for again in (store, open_store(tmp_path)):
        assert [one.id for one in again.articles()] == list(again.marks()) == ["a0", "a1", "a3", "a4", "a5"]
        assert [one.id for one in again.headlines(TOPIC)] == ["a5", "a4", "a3", "a1", "a0"]
        assert list(again.statements(TOPIC)) == statements, "what was read in the lost article is not lost"
        assert [line for line in again.check() if "damaged.txt" not in line] == []
        assert len(again.damage) == 1, "what was set aside is told of"
    aside = (tmp_path / "damaged.txt").read_text(encoding="utf-8")
    assert aside.count("\n") == 2
    assert "Toll talks, part a2" in aside
    assert store.known(["a2"]) == set(), "it can be fetched anew"


def test_what_a_killed_writer_left_is_passed_over_and_cut_off(tmp_path: Path) -> None:
    fill(tmp_path)
    before = contents(open_store(tmp_path))
    for path in tmp_path.glob("*.jsonl"):
        with open(path, "ab") as file:
            file.write(b'{"crc":"00000000","kind":"article","v":1,"id":"half')
    (tmp_path / "store.json.new").write_bytes(b"{")
    (tmp_path / "articles.2.jsonl.new").write_bytes(b"{")
    store = open_store(tmp_path)
    assert contents(store) == before
    assert list(store.check()) == []
    store.commit(everything())
    assert b'"half' not in (tmp_path / ARTICLES).read_bytes()
    assert list(open_store(tmp_path).check()) == []
    store.prune(DAY + timedelta(hours=4))
    store.compact()
    assert not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize("loss", ["missing", "empty", "damaged"])
def test_without_its_manifest_a_store_is_read_from_its_files(tmp_path: Path, loss: str) -> None:
    fill(tmp_path)
    before = contents(open_store(tmp_path))
    path = tmp_path / manifest.NAME
    if loss == "missing":
        path.unlink()
    elif loss == "empty":
        path.write_bytes(b"")
    else:
        damaged(path, 30, b"XX")
    with open(tmp_path / ARTICLES, "ab") as file:
        file.write(b'{"crc":"0000')
    reader = open_store(tmp_path, read_only=True)
    assert contents(reader) == before
    store = open_store(tmp_path)
    assert contents(store) == before
    store.commit(Batch(meta={"pipeline": "8"}))
    again = open_store(tmp_path)
    assert contents(again) == {**before, "meta": "8"}
    assert list(again.check()) == []


def test_without_manifest_and_first_lines_nothing_is_written_over(tmp_path: Path) -> None:
    """What is called after its table is read; the rest is kept under another name, beside what is written anew."""
    fill(tmp_path)
    before = contents(open_store(tmp_path))
    readings = next(tmp_path.glob("readings-*.jsonl"))
    for path in (tmp_path / manifest.NAME, *tmp_path.glob("*.jsonl")):
        damaged(path, 5, b"XXXX")
    kept = readings.read_bytes()
    store = open_store(tmp_path)
    assert [line for line in store.check() if "store.json: damaged; taken from the files beside it" in line]
    after = contents(store)
    assert {**after, "topics": {}} == {**before, "topics": {}}
    assert all(after["topics"][TOPIC][key] == before["topics"][TOPIC][key] for key in ("corrections", "pins"))
    one = article("a0")
    store.commit(Batch(articles=[one], readings=[reading(one)]))
    assert (tmp_path / f"{readings.name}.1.damaged").read_bytes() == kept
    assert len(open_store(tmp_path).statements(TOPIC)) == 1


def test_a_folder_of_garbage_says_so_and_keeps_it(tmp_path: Path) -> None:
    fill(tmp_path)
    for path in (tmp_path / manifest.NAME, *tmp_path.glob("*.jsonl")):
        path.write_bytes(b"\0" * 500)
    store = open_store(tmp_path)
    assert [line for line in store.check() if "damaged; no file beside it can be read either" in line]
    store.commit(everything())
    assert (tmp_path / f"{ARTICLES}.1.damaged").read_bytes() == b"\0" * 500


def test_without_one_of_its_files_a_store_shows_the_rest_and_waits_to_be_told(tmp_path: Path) -> None:
    fill(tmp_path)
    away = tmp_path / "away"
    (tmp_path / "marks.1.jsonl").rename(away)
    store = open_store(tmp_path)
    assert len(list(store.articles())) == len(store.statements(TOPIC)) == 6
    assert dict(store.marks()) == {}
    assert [line for line in store.check() if "marks.1.jsonl: missing" in line]
    with pytest.raises(StoreError, match=r"marks\.1\.jsonl: missing.*: put the file back, or delete store\.json"):
        store.commit(everything())
    away.rename(tmp_path / "marks.1.jsonl")
    assert len(open_store(tmp_path).marks()) == 6
    open_store(tmp_path).commit(Batch(meta={"pipeline": "8"}))
    (tmp_path / "marks.1.jsonl").unlink()
    (tmp_path / manifest.NAME).unlink()
    store = open_store(tmp_path)
    store.commit(Batch(marks=[Mark("a1")]))
    assert list(open_store(tmp_path).check()) == []
    assert len(list(store.articles())) == 6


def test_a_file_that_lost_its_end_keeps_the_rest(tmp_path: Path) -> None:
    fill(tmp_path)
    for path in tmp_path.glob("*.index"):
        path.unlink()
    for file in (ARTICLES, "marks.1.jsonl"):
        os.truncate(tmp_path / file, line_starts(tmp_path / file)[-1] + 40)
    for _ in range(2):
        store = open_store(tmp_path)
        assert [one.id for one in store.articles()][:5] == [f"a{n}" for n in range(5)]
        assert list(store.marks())[:5] == [f"a{n}" for n in range(5)]
        assert store.check()
        store.commit(Batch(articles=[article("new")], marks=[Mark("new")]))
        assert store.article("new") is not None
        assert "new" in store.marks()
    assert "new" in open_store(tmp_path).marks()


@pytest.mark.parametrize("harm", ["deleted", "garbage", "flipped", "cut", "of another file"])
def test_the_index_is_only_a_help(tmp_path: Path, harm: str) -> None:
    fill(tmp_path)
    before = contents(open_store(tmp_path))
    index = next(tmp_path.glob("*.index"))
    if harm == "deleted":
        index.unlink()
    elif harm == "garbage":
        index.write_bytes(b"\0" * 500)
    elif harm == "flipped":
        damaged(index, index.stat().st_size // 2, b"\0\0")
    elif harm == "cut":
        os.truncate(index, index.stat().st_size - 25)
    else:
        fill(tmp_path / "other", 3)
        shutil.copy(next((tmp_path / "other").glob("*.index")), index)
        shutil.rmtree(tmp_path / "other")
    assert contents(open_store(tmp_path, read_only=True)) == before
    store = open_store(tmp_path)
    store.commit(Batch(articles=[article("a9", hours=9)]))
    for again in (store, open_store(tmp_path)):
        assert [one.id for one in again.articles()] == [*(f"a{n}" for n in range(6)), "a9"]
        assert [one.id for one in again.headlines()] == ["a9", *(f"a{n}" for n in reversed(range(6)))]
        assert list(again.check()) == []


def test_text_that_no_file_can_hold_costs_a_character_not_the_batch(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.commit(Batch(articles=[article("a1", title="half a pair: \ud83d"), article("a2", title="a nul: \0")]))
    for look in (store, open_store(tmp_path)):
        assert [one.title for one in look.articles()] == ["half a pair: ?", "a nul: \0"]


# No room, no permission, no local disk


@pytest.mark.parametrize("room", range(0, 9000, 600))
def test_a_full_disk_costs_the_batch_alone(tmp_path: Path, room: int) -> None:
    """RLIMIT_FSIZE ends files where a full disk would, here at every stage of a commit."""
    fill(tmp_path)
    done = in_another_process(
        """
        import resource
        from pathlib import Path
        from tests.store.store_samples import article, contents, everything, reading
        from watcher.errors import StoreError
        from watcher.store.base import Batch
        from watcher.store.open import open_store

        folder, room = Path(sys.argv[1]), int(sys.argv[2])
        store = open_store(folder)
        before = contents(store)
        some = [article(f"b{n}", text="Text. " * 100) for n in range(10)]
        batch = Batch(articles=some, readings=[reading(one) for one in some], meta={"pipeline": "8"})
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        try:
            store.commit(batch)
        except StoreError as error:
            print(error)
        else:
            print("written")
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        after = contents(store)
        assert (after == before) == (contents(open_store(folder)) == before)
        store.commit(batch)
        assert store.meta("pipeline") == "8" and store.known([one.id for one in some]) == {one.id for one in some}
        assert list(open_store(folder).check()) == []
        assert contents(open_store(folder)) == contents(store)
        """,
        tmp_path,
        room,
    )
    assert done.returncode == 0, done.stderr
    assert "no room to write" in done.stdout
    assert done.stdout.count("\n") == 1, "one plain line"


def test_a_compaction_without_room_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    store = open_store(tmp_path)
    store.prune(DAY + timedelta(hours=3))
    before, files = contents(store), sorted(path.name for path in tmp_path.iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (700, hard))
    try:
        with pytest.raises(StoreError, match="no room to write"):
            store.compact()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert contents(store) == contents(open_store(tmp_path)) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == files
    assert store.compact() > 0
    assert contents(store) == before


def test_a_read_only_store_reads_and_says_why_it_does_not_write(tmp_path: Path) -> None:
    fill(tmp_path)
    store = open_store(tmp_path, read_only=True)
    before = contents(store)
    for write in (lambda: store.commit(everything()), lambda: store.prune(DAY), store.compact):
        with pytest.raises(StoreError, match="opened for reading only"):
            write()
    assert contents(store) == before


def test_reading_makes_no_file(tmp_path: Path) -> None:
    store = open_store(tmp_path / "none", read_only=True)
    assert list(store.articles()) == list(store.check()) == []
    assert store.size() == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
def test_a_folder_without_permission_opens_and_tells_what_to_do(tmp_path: Path) -> None:
    fill(tmp_path)
    tmp_path.chmod(0o555)
    for path in tmp_path.iterdir():
        path.chmod(0o444)
    code = """
        from pathlib import Path
        from tests.store.store_samples import everything
        from watcher.errors import StoreError
        from watcher.store.open import open_store
        store = open_store(Path(sys.argv[1]))
        print(len(list(store.articles())))
        try:
            store.commit(everything())
        except StoreError as error:
            print(error)
        """
    program = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n" + textwrap.dedent(code)
    command = [sys.executable, "-c", program, str(tmp_path)]
    if os.geteuid() == 0:  # root without its powers obeys permissions
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--", *command]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    tmp_path.chmod(0o755)
    assert done.stdout.splitlines()[:1] == ["6"], done.stderr
    assert "permissions" in done.stdout
    assert "--data" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_in_the_folders_place_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="is not a folder"):
        open_store(tmp_path / "data")


@pytest.mark.parametrize(
    ("kind", "point", "warned"),
    [("nfs4", "/srv/x", True), ("fuse.sshfs", "/srv", True), ("ext4", "/srv/x", False), ("nfs", "/srv/other", False)],
)
def test_a_network_file_system_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, point: str, warned: bool
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 0:20 / / rw shared:1 - ext4 /dev/vda rw\n"
        f"23 22 0:21 / {tmp_path}{point} rw,noatime shared:2 master:1 - {kind} host:/export rw\n"
    )
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    data = tmp_path / "srv" / "x" / "data"
    assert filesystem.network_file_system(data) == (kind if warned else "")
    store = open_store(data)
    assert [kind in line for line in store.warnings] == ([True] if warned else [])


# Versions


def test_a_newer_watchers_store_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    path = tmp_path / manifest.NAME
    path.write_bytes(lines.seal(b"{" + path.read_bytes().strip()[lines.BODY :].replace(b'"v":1', b'"v":2', 1)))
    with pytest.raises(StoreError, match=r"newer watcher \(format 2, this one reads up to 1\): update watcher"):
        open_store(tmp_path)
    path.unlink()  # the records tell it too
    with open(tmp_path / "meta.1.jsonl", "ab") as file:
        file.write(lines.seal(b'{"kind":"meta","v":2,"key":"pipeline","value":"8"}'))
    store = open_store(tmp_path)
    with pytest.raises(StoreError, match="newer watcher"):
        store.meta("pipeline")


def test_older_records_are_migrated_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    before = contents(open_store(tmp_path))
    monkeypatch.setattr(records, "VERSION", 2)
    monkeypatch.setitem(records.MIGRATIONS, ("article", 1), lambda old: old | {"title": old["title"].upper()})
    monkeypatch.setitem(records.MIGRATIONS, ("mark", 1), lambda old: old | {"starred": True})
    store = open_store(tmp_path)
    assert [one.title for one in store.articles()] == [one.title.upper() for one in before["articles"]]
    assert [one.title for one in store.headlines()] == [one.title.upper() for one in before["headlines"]]
    assert all(mark.starred for mark in store.marks().values())
    assert contents(store)["topics"][TOPIC]["statements"] == before["topics"][TOPIC]["statements"]
    store.commit(Batch(articles=[article("a0", title="As it is")], marks=[Mark("a1")]))
    for again in (store, open_store(tmp_path)):
        assert [one.title for one in again.articles()][:2] == ["As it is", "TOLL TALKS, PART A1"]
        assert [mark.starred for mark in again.marks().values()][:3] == [True, False, True]
    now = contents(store)
    store.commit(Batch(articles=[article("a0", title="As it is")], unmatched=[("a0", TOPIC)]))
    store.prune(DAY + timedelta(hours=3))
    store.compact()
    assert (tmp_path / "articles.2.jsonl").read_bytes().count(b'"v":2,') == 6
    assert contents(open_store(tmp_path))["articles"] == [one for one in now["articles"] if one.id != "a1"]


# Room


def test_a_small_table_that_is_written_often_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "WORN_LINES", 20)
    store, sizes = open_store(tmp_path), []
    for n in range(200):
        store.commit(Batch(meta={"last poll": str(n), "pipeline": "7"}))
        sizes.append(store.size())
    assert max(sizes[100:]) <= max(sizes[:100]) + 100
    assert store.meta("last poll") == "199"
    assert open_store(tmp_path).meta("pipeline") == "7"


def test_files_are_lines_of_json_that_any_tool_reads(tmp_path: Path) -> None:
    import json

    fill(tmp_path)
    for path in tmp_path.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert {"crc", "kind", "v"} <= json.loads(line).keys()
    one = json.loads((tmp_path / ARTICLES).read_text(encoding="utf-8").splitlines()[1])
    assert one["title"] == "Toll talks, part a0"
