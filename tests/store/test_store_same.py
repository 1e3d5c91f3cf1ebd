"""Whatever is done, in whatever order, the stores in memory and on disk show the same."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.store.store_samples import DAY, TOPIC, article, contents, correction, feed_state, pin, reading
from watcher.store.base import Batch, Mark
from watcher.store.memory import MemoryStore
from watcher.store.open import open_store

TOPICS = (TOPIC, "Ferry")
ids = st.sampled_from(["a1", "a2", "a3", "a4"])
topics = st.sampled_from(TOPICS)
hours = st.integers(0, 5)
titles = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
articles = st.builds(lambda id, hours, title: article(id, hours=hours, title=title), ids, hours, titles)
batches = st.builds(
    Batch,
    articles=st.lists(articles, max_size=3),
    readings=st.lists(
        st.builds(
            lambda about, topic, version, count: reading(about, topic=topic, version=version, statements=count),
            articles,
            topics,
            st.sampled_from("12"),
            st.integers(0, 2),
        ),
        max_size=3,
    ),
    unmatched=st.lists(st.tuples(ids, topics), max_size=2),
    feeds=st.lists(st.builds(lambda items: feed_state(items=items), hours), max_size=1),
    marks=st.lists(st.builds(Mark, ids, read=st.booleans(), starred=st.booleans()), max_size=2),
    corrections=st.lists(st.builds(lambda n, h: correction(f"c{n}", hours=h), hours, hours), max_size=2),
    pins=st.lists(st.builds(lambda n, h: pin(f"p{n}", hours=h), hours, hours), max_size=2),
    meta=st.dictionaries(st.just("pipeline"), titles, max_size=1),
)


class Stores(RuleBasedStateMachine):
    """One store in memory; on disk two that take turns writing, and one opened anew to look."""

    @initialize()
    def begin(self) -> None:
        self.kept = tempfile.TemporaryDirectory()
        self.folder = Path(self.kept.name)
        self.memory = MemoryStore()
        self.disks = [open_store(self.folder), open_store(self.folder)]

    @rule(batch=batches, writer=st.integers(0, 1))
    def commit(self, batch: Batch, writer: int) -> None:
        self.memory.commit(batch)
        self.disks[writer].commit(batch)

    @rule(hours=hours, writer=st.integers(0, 1))
    def prune(self, hours: int, writer: int) -> None:
        before = DAY + timedelta(hours=hours)
        assert self.disks[writer].prune(before) == self.memory.prune(before)

    @rule(writer=st.integers(0, 1))
    def compact(self, writer: int) -> None:
        self.disks[writer].compact()

    @rule()
    def lose_the_index(self) -> None:
        for path in self.folder.glob("*.index"):
            path.unlink()

    @rule()
    def lose_the_manifest(self) -> None:
        (self.folder / "store.json").unlink(missing_ok=True)

    @invariant()
    def all_show_the_same(self) -> None:
        wanted = contents(self.memory, TOPICS)
        for disk in self.disks:
            disk.refresh()
        for store in (*self.disks, open_store(self.folder, read_only=True)):
            assert contents(store, TOPICS) == wanted
            until = DAY + timedelta(hours=2)
            assert list(store.headlines(TOPIC, until)) == list(self.memory.headlines(TOPIC, until))
            assert list(store.statements(TOPIC, until)) == list(self.memory.statements(TOPIC, until))

    def teardown(self) -> None:
        self.kept.cleanup()


TestStores = Stores.TestCase
TestStores.settings = settings(
    max_examples=8,
    stateful_step_count=8,
    phases=[Phase.explicit, Phase.generate],  # shrinking would take minutes of syncing
)
