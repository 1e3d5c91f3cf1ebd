"""Re-reading, keeping and dropping what is stored."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.detect.detector import VERSION
from watcher.domain.article import Article
from watcher.domain.settings import Settings, StoreSettings
from watcher.domain.topic import Overlay
from watcher.engine.library import Library
from watcher.engine.pipeline import version
from watcher.store.base import Batch
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from watcher.domain.topic import Topic

NOW = datetime(2025, 5, 10, 12, tzinfo=UTC)


def article(n: int, text: str, published: datetime = NOW, feed: str = "") -> Article:
    return Article(
        id=f"a{n}", url=f"https://e.org/{n}", title=f"Item {n}", text=text, source="E", published=published,
        first_seen=published, feed=feed,
    )  # fmt: skip


def library(topic: Topic, keep: timedelta = timedelta(days=365)) -> Library:
    settings = Settings(path=Path("config.toml"), topics=(topic,), store=StoreSettings(keep=keep))
    return Library(settings, MemoryStore())


def store(shelf: Library, *articles: Article) -> None:
    """Reads articles into the library's store."""
    readings = [reading for article in articles for reading in shelf.pipeline.read(article)]
    shelf.store.commit(Batch(articles=articles, readings=readings))
    shelf.forget()


def test_a_reworded_topic_is_read_anew_and_only_then(topic: Topic) -> None:
    first = library(topic)
    store(first, article(1, "Arland rejects the canal treaty."), article(2, "Arland rejects the sluice pact."))
    first.reread()
    assert first.reread() == 0
    assert [s.article.id for s in first.store.statements(topic.name)] == ["a1"]

    reworded = replace(topic, target_terms=("sluice pact",))
    second = Library(replace(first.settings, topics=(reworded,)), first.store)
    assert [t.name for t in second.outdated()] == [topic.name]
    steps: list[tuple[int, int]] = []
    assert second.reread(lambda done, total: steps.append((done, total))) == 2
    assert steps[-1] == (2, 2)
    assert [s.article.id for s in second.store.statements(topic.name)] == ["a2"]
    assert set(second.store.versions(topic.name).values()) == {version(reworded)}


def test_a_changed_lexicon_is_a_rewording_and_none_is_no_change(topic: Topic) -> None:
    wording = (topic.target, topic.parties, topic.match, topic.target_terms, topic.against_terms, topic.exclude)
    plain = f"{VERSION}-{hashlib.sha256(repr(wording).encode()).hexdigest()[:12]}"
    assert version(topic) == plain, "what was stored without overlays stays as it is"
    one = replace(topic, lexicon=(Overlay("a.toml", '[verbs]\nsupport = "grok"\n'),))
    moved = replace(topic, lexicon=(Overlay("b.toml", one.lexicon[0].text),))
    other = replace(topic, lexicon=(Overlay("a.toml", '[verbs]\noppose = "grok"\n'),))
    assert len({plain, version(one), version(other)}) == 3
    assert version(moved) == version(one), "where the file is makes no difference"

    first = library(topic)
    store(first, article(1, "Arland groked the canal treaty."))
    first.reread()
    assert not first.store.statements(topic.name)
    for worded, stance in ((one, "support"), (other, "oppose")):
        again = Library(replace(first.settings, topics=(pickle.loads(pickle.dumps(worded)),)), first.store)
        assert again.reread() == 1
        assert [s.stance for s in first.store.statements(topic.name)] == [stance]


def test_what_is_older_than_keep_is_dropped_once_a_day(topic: Topic) -> None:
    shelf = library(topic, keep=timedelta(days=30))
    old, new = NOW - timedelta(days=40), NOW - timedelta(days=20)
    from_feed = [article(1, "Old news.", old, "Paper"), article(2, "New news.", new, "Paper")]
    store(shelf, *from_feed, article(3, "A seed is of no feed.", old))
    assert shelf.tidy(NOW) == 1
    assert {headline.id for headline in shelf.store.headlines()} == {"a2", "a3"}
    store(shelf, from_feed[0])
    assert shelf.tidy(NOW) == 0
    assert shelf.tidy(NOW + timedelta(days=1)) == 1


def test_a_clock_that_leaps_ahead_for_a_day_drops_nothing(topic: Topic) -> None:
    shelf = library(topic, keep=timedelta(days=30))
    store(shelf, article(1, "News.", NOW, "Paper"))
    leapt = NOW + timedelta(days=9000)
    assert [shelf.tidy(NOW), shelf.tidy(leapt), shelf.tidy(NOW)] == [0, 0, 0]
    assert len(shelf.store.headlines()) == 1
    assert [shelf.tidy(leapt), shelf.tidy(leapt + timedelta(days=1))] == [0, 1], "it was right after all"
