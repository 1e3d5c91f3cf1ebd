"""The data folder through TinyDB's own API, as anyone's script would use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import increment
from tinydb.table import Document

from tests.store.store_samples import DAY, TOPIC, article, contents, everything, pin, reading
from watcher.errors import StoreError
from watcher.store.base import Batch
from watcher.store.open import open_store
from watcher.store.storage import LinesStorage
from watcher.store.tables import open_db

if TYPE_CHECKING:
    from pathlib import Path

READINGS = f"readings/{TOPIC}"


def test_the_tables_are_there_to_be_searched(tmp_path: Path) -> None:
    open_store(tmp_path).commit(everything())
    db = open_db(tmp_path, read_only=True)
    assert db.tables() == {
        *("articles", "feeds", "marks", "corrections", "pins", "meta"),
        *(READINGS, "readings/Ferry: line / 2"),
    }
    assert [one["title"] for one in db.table("articles").search(where("source") == "Example News")] == [
        "Toll talks, part a1",
        "Toll talks, part a2",
    ]
    assert [one.doc_id for one in db.table("articles").all()] == ["a1", "a2"]
    one = db.table("articles").get(doc_id="a1")
    assert one is not None
    assert one["published"] == "2025-02-15T09:00:00Z"
    assert db.table("articles").get(doc_id="a9") is None
    assert len(db.table("articles")) == 2
    assert db.table("articles").contains(doc_id="a2")
    assert [mark["article"] for mark in db.table("marks").search(where("starred").test(bool))] == ["a2"]
    said = Query().statements.any(where("party") == "Council")
    assert [found["article"] for found in db.table(READINGS).search(said)] == ["a1", "a2"]
    assert db.table("feeds").count(where("status") == "timeout") == 1


def test_what_a_script_writes_the_store_sees(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.commit(everything())
    db = open_db(tmp_path)
    feeds, marks, pins = db.table("feeds"), db.table("marks"), db.table("pins")
    assert feeds.update(increment("failures"), where("status") == "timeout") == ["https://other.example/atom"]
    assert marks.upsert({"article": "a3", "read": True, "starred": False}, where("article") == "a3") == ["a3"]
    assert marks.upsert({"starred": True}, where("article") == "a3") == ["a3"]
    assert pins.remove(where("id") == "p2") == ["p2"]
    assert db.table("meta").insert({"key": "note", "value": "new"} | {"key": "other"}) == "other"
    store.refresh()
    assert store.feed_states()["https://other.example/atom"].failures == 1
    assert store.marks()["a3"].starred
    assert store.marks()["a3"].read
    assert [one.id for one in store.pins(TOPIC)] == ["p1"]
    assert store.meta("other") == "new"
    assert contents(store) == contents(open_store(tmp_path))


def test_writing_one_document_writes_one_line(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    some = [article(f"a{n}") for n in range(200)]
    store.commit(Batch(articles=some, readings=[reading(one) for one in some]))
    db = open_db(tmp_path)
    before = {path.name: path.stat().st_size for path in tmp_path.glob("*.jsonl")}
    db.table("articles").update({"title": "New"}, doc_ids=["a7"])
    after = {path.name: path.stat().st_size for path in tmp_path.glob("*.jsonl")}
    grown = {name: after[name] - before[name] for name in before if after[name] != before[name]}
    assert list(grown) == ["articles.1.jsonl"]
    assert grown["articles.1.jsonl"] < 800
    store.refresh()
    assert store.headlines()[7].title == "New"
    db.table("articles").update({"title": "New"}, doc_ids=["a7"])
    assert (tmp_path / "articles.1.jsonl").stat().st_size == after["articles.1.jsonl"], "no change, no line"


def test_only_records_can_be_stored_and_only_under_their_key(tmp_path: Path) -> None:
    db = open_db(tmp_path)
    marks = db.table("marks")
    with pytest.raises(ValueError, match="no mark"):
        marks.insert({"titel": "?"})
    with pytest.raises(ValueError, match="cannot stand under"):
        marks.insert(Document({"article": "a1"}, "a2"))  # type: ignore[arg-type]
    marks.insert_multiple([{"article": "a1"}, {"article": "a2"}])
    with pytest.raises(ValueError, match="already exists"):
        marks.insert({"article": "a1"})
    with pytest.raises(ValueError, match="no mark"):
        marks.update({"read": "perhaps"})
    with pytest.raises(StoreError, match="no table 'marx', only articles, "):
        db.table("marx")
    assert [one.doc_id for one in marks.all()] == ["a1", "a2"]
    assert not any(one["read"] for one in marks)


def test_tinydbs_own_tables_work_over_the_storage_too(tmp_path: Path) -> None:
    """A stock TinyDB, which reads and writes all there is, on top of the same files."""
    store = open_store(tmp_path)
    store.commit(everything())
    db = TinyDB(tmp_path, storage=LinesStorage)
    marks = db.table("marks")
    marks.document_id_class = str  # type: ignore[assignment]
    size = (tmp_path / "articles.1.jsonl").stat().st_size
    marks.update({"read": True})
    marks.remove(where("starred") == False)  # noqa: E712 - TinyDB's way to say it
    db.drop_table("pins")
    store.refresh()
    assert [(mark.article, mark.read) for mark in store.marks().values()] == [("a2", True)]
    assert store.pins(TOPIC) == []
    assert (tmp_path / "articles.1.jsonl").stat().st_size == size
    db.drop_tables()
    store.refresh()
    assert list(store.articles()) == []


def test_a_table_can_be_emptied_and_filled_again(tmp_path: Path) -> None:
    open_store(tmp_path).commit(Batch(pins=[pin("p1"), pin("p2")], articles=[article("a1")]))
    db = open_db(tmp_path)
    db.table("pins").truncate()
    db.table("articles").truncate()
    assert len(db.table("pins")) == len(db.table("articles")) == 0
    open_store(tmp_path).commit(Batch(pins=[pin("p3")], articles=[article("a2", published=DAY)]))
    again = open_db(tmp_path)
    assert [one.doc_id for one in again.table("pins")] == ["p3"]
    assert [one.doc_id for one in again.table("articles")] == ["a2"]
