"""What only a shared store does: following, sharing out, migrating once, telling people apart, outliving the server."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.store.store_samples import DAY, TOPIC, article, contents, correction, everything, pin, reading
from watcher.errors import StoreError
from watcher.store.base import Batch, Mark
from watcher.store.memory import MemoryStore
from watcher.store.open import open_store
from watcher.store.records import batches, encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.team.conftest import Server
    from watcher.store.base import Store


def catch_up(follower: Store) -> None:
    """Takes in all that was committed: the server tells its listeners of a commit right after, not before, it ends."""
    row = follower._one("SELECT n FROM revision", [])  # type: ignore[attr-defined]
    deadline = time.monotonic() + 5
    while follower._kept.revision < row[0]:  # type: ignore[attr-defined]
        assert time.monotonic() < deadline, "not told within five seconds"
        follower.refresh()
        time.sleep(0.005)


def test_a_screen_learns_of_a_commit_at_once_and_asks_nothing_until_then(
    open_team: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    poller, screen = open_team(), open_team()
    assert list(screen.statements(TOPIC)) == []
    screen.refresh()
    with monkeypatch.context() as silent:
        silent.setattr(screen._kept, "take_in", lambda: pytest.fail("asked the server though nobody wrote"))
        for _ in range(100):
            assert not screen.refresh()
    one = article()
    poller.commit(Batch(articles=[one], readings=[reading(one)]))
    deadline = time.monotonic() + 10
    while not screen.refresh():
        assert time.monotonic() < deadline, "not told"
        time.sleep(0.005)
    assert len(screen.statements(TOPIC)) == 1


def test_what_others_wrote_before_an_own_commit_is_told_of(open_team: Callable[..., Store]) -> None:
    mine, other = open_team(), open_team()
    list(mine.headlines())
    other.commit(Batch(articles=[article("a1")]))
    mine.commit(Batch(articles=[article("a2")]))
    assert {one.id for one in mine.headlines()} == {"a1", "a2"}
    assert mine.refresh(), "the other's article came with the own commit"
    assert not mine.refresh()


def test_following_step_by_step_ends_where_a_fresh_look_does(open_team: Callable[..., Store]) -> None:
    rng = random.Random(7)
    writers, follower, plain = [open_team(), open_team()], open_team(), MemoryStore()
    contents(follower)
    for _ in range(60):
        some = [article(f"a{rng.randrange(40)}", hours=rng.randrange(200)) for _ in range(rng.randrange(1, 6))]
        batch = Batch(
            articles=some,
            readings=[reading(one, statements=rng.randrange(3)) for one in some if rng.random() < 0.6],
            unmatched=[(f"a{rng.randrange(40)}", TOPIC) for _ in range(rng.randrange(3))],
            marks=[Mark(f"a{rng.randrange(40)}", read=True)] if rng.random() < 0.2 else [],
            meta={"pipeline": str(rng.random())},
        )
        for store in (rng.choice(writers), plain):
            store.commit(batch)
        if rng.random() < 0.1:
            before = DAY + timedelta(hours=rng.randrange(60))
            assert writers[0].prune(before) == plain.prune(before)
        if rng.random() < 0.5:
            follower.refresh()
    catch_up(follower)
    followed, fresh, expected = contents(follower), contents(open_team()), contents(plain)
    for shown in (followed, fresh, expected):
        shown["topics"][TOPIC]["readings"].sort(key=lambda one: one.article)  # in no order of their own
    assert followed == fresh
    for shown in (followed, expected):  # in memory, what was published at one moment has another order
        shown["headlines"].sort(key=str)
        for kind in ("headlines", "statements"):
            shown["topics"][TOPIC][kind].sort(key=str)
    assert followed == expected


def test_commits_of_many_at_once_all_arrive(open_team: Callable[..., Store]) -> None:
    follower, stores = open_team(), [open_team() for _ in range(4)]
    list(follower.headlines())

    def write(number: int) -> None:
        for n in range(15):
            one = article(f"{number}-{n}")
            stores[number].commit(Batch(articles=[one], readings=[reading(one)], meta={f"{number}-{n}": "there"}))
            follower.refresh()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    catch_up(follower)
    expected = {f"{number}-{n}" for number in range(4) for n in range(15)}
    assert {one.id for one in follower.headlines()} == expected
    assert {one.article.id for one in follower.statements(TOPIC)} == expected
    assert all(follower.meta(key) == "there" for key in expected)


def test_feeds_are_shared_out_by_host_and_never_twice(open_team: Callable[..., Store]) -> None:
    urls = [f"https://paper{n % 50}.example/{n}" for n in range(500)]
    one, two = open_team(), open_team()
    with one.claim(urls) as first, two.claim(urls) as second:
        assert 60 <= len(first) < 250
        assert 60 <= len(second) < 250
        assert not first & second
        hosts = [{url.split("/")[2] for url in share} for share in (first, second)]
        assert not hosts[0] & hosts[1], "a host is asked by one poller at a time"
        rest = set(urls) - first - second
        with two.claim(rest) as more:
            assert more <= rest
    with one.claim(first) as again:
        assert again == first, "what was given back can be taken again"
    with one.claim(urls[:3]) as few, two.claim(urls[:3]) as none:
        assert (len(few), len(none)) == (3, 0)


def test_a_claim_ends_with_the_poller_that_held_it(open_team: Callable[..., Store]) -> None:
    one, two = open_team(), open_team()
    with one.claim(["https://paper.example/rss"]) as held:
        assert held
        with two.claim(["https://paper.example/rss"]) as none:
            assert not none
        one.close()
        deadline = time.monotonic() + 5
        while True:
            with two.claim(["https://paper.example/rss"]) as freed:
                if freed:
                    break
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_of_many_that_start_at_once_one_migrates(database: str, open_team: Callable[..., Store]) -> None:
    import psycopg

    start = threading.Barrier(8)

    def begin(_: int) -> None:
        start.wait()
        open_team().commit(Batch(meta={"a": "b"}))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(8)))
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT version FROM watcher.schema").fetchall() == [(1,)]
        assert connection.execute("SELECT n FROM watcher.revision").fetchall() == [(8,)]


def test_tables_of_a_newer_program_are_left_alone(database: str, open_team: Callable[..., Store]) -> None:
    import psycopg

    open_team()
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE watcher.schema SET version = 99")
    with pytest.raises(StoreError, match="newer watcher"):
        open_team()


def test_reading_alone_writes_nothing_and_says_what_is_missing(open_team: Callable[..., Store]) -> None:
    with pytest.raises(StoreError, match="no tables"):
        open_team(read_only=True)
    open_team().commit(everything())
    with pytest.raises(StoreError, match="for reading only"):
        open_team(read_only=True).commit(everything())


def test_judgements_keep_who_made_them(database: str, open_team: Callable[..., Store]) -> None:
    import psycopg

    ada, bob = open_team(person="ada"), open_team(person="bob")
    ada.commit(Batch(corrections=[correction(by="ada")], pins=[pin(by="ada")]))
    bob.refresh()
    assert [one.by for one in bob.corrections(TOPIC)] == ["ada"]
    assert [one.by for one in bob.pins(TOPIC)] == ["ada"]
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT role FROM watcher.corrections").fetchall() == [("watcher",)]


def test_marks_and_what_a_screen_has_seen_are_each_persons_own(open_team: Callable[..., Store]) -> None:
    ada, bob = open_team(person="ada"), open_team(person="bob")
    ada.commit(Batch(articles=[article()], marks=[Mark("a1", read=True)], meta={"screen:seen": "x", "shared": "y"}))
    bob.refresh()
    assert dict(bob.marks()) == {}
    assert (bob.meta("screen:seen"), bob.meta("shared")) == ("", "y")
    bob.commit(Batch(marks=[Mark("a1", starred=True)]))
    ada.refresh()
    assert dict(ada.marks()) == {"a1": Mark("a1", read=True)}


def look_until_lost(screen: Store) -> None:
    for _ in range(100):
        screen.refresh()
        time.sleep(0.01)


def test_a_restart_of_the_server_is_waited_for(server: Server, open_team: Callable[..., Store]) -> None:
    poller, screen = open_team(), open_team(patient=False)
    poller.commit(Batch(articles=[article("before")]))
    list(screen.headlines())
    server.stop()
    back = threading.Timer(0.5, server.start)
    back.start()
    with pytest.raises(StoreError, match="cannot be reached"):
        look_until_lost(screen)
    assert not screen.refresh(), "told once, then tried again now and then"
    poller.commit(Batch(articles=[article("after")]))
    back.join()
    deadline = time.monotonic() + 10
    while {one.id for one in screen.headlines()} != {"before", "after"}:
        assert time.monotonic() < deadline
        try:
            screen.refresh()
        except StoreError:
            time.sleep(0.05)


def test_a_killed_server_keeps_what_was_committed(server: Server, open_team: Callable[..., Store]) -> None:
    store = open_team()
    store.commit(everything())
    server.stop("immediate")
    server.start()
    assert contents(open_team()) == contents(store)


@pytest.mark.parametrize("where", ["127.0.0.1:9/board", "127.0.0.1:port/board"])
def test_a_database_that_is_not_there_is_one_line_without_the_password(where: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        open_store(tmp_path, url=f"postgresql://ada:secret@{where}")
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_moves_to_the_database_and_back(open_team: Callable[..., Store], tmp_path: Path) -> None:
    folder, team, back = open_store(tmp_path / "one"), open_team(), open_store(tmp_path / "two")
    folder.commit(everything())
    for source, target in ((folder, team), (team, back)):
        for batch in batches(source.records()):
            target.commit(batch)
    assert contents(back) == contents(folder)
    assert sorted(map(encode, back.records())) == sorted(map(encode, folder.records()))
    folder.close()
    back.close()
