"""What every store does: run over the one in memory, and the one on disk in three states of mind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.store.store_samples import (
    DAY,
    TOPIC,
    article,
    contents,
    correction,
    everything,
    feed_state,
    pin,
    reading,
    statement,
)
from watcher.domain.judgement import StatementKey
from watcher.domain.statement import Stance
from watcher.store.base import Batch, Headline, Mark, Store
from watcher.store.memory import MemoryStore
from watcher.store.open import open_store
from watcher.store.records import batches, decode, encode

if TYPE_CHECKING:
    from pathlib import Path

Look = Callable[[], Store]


class Subject:
    """A store to write to, and the store to look at: the same, or the folder opened anew, perhaps compacted first."""

    def __init__(self, store: Store, folder: Path | None, *, compact: bool = False) -> None:
        self.store, self._folder, self._compact, self._opened = store, folder, compact, list[Store]()

    def __call__(self) -> Store:
        if self._folder is None:
            return self.store
        if self._compact:
            self.store.compact()
        self._opened.append(open_store(self._folder, read_only=True))
        return self._opened[-1]

    def close(self) -> None:
        for store in [*self._opened, self.store]:
            store.close()


@pytest.fixture(params=["memory", "disk", "disk, opened anew", "disk, compacted and opened anew"])
def look(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Subject]:
    store = MemoryStore() if request.param == "memory" else open_store(tmp_path)
    anew = request.param.endswith("opened anew")
    subject = Subject(store, tmp_path if anew else None, compact="compacted" in request.param)
    yield subject
    subject.close()


def test_an_empty_store_has_nothing(look: Subject) -> None:
    store = look()
    assert store.article("a1") is None
    assert list(store.articles()) == []
    assert store.known(["a1"]) == set()
    assert list(store.headlines()) == list(store.headlines(TOPIC)) == []
    assert store.reading("a1", TOPIC) is None
    assert dict(store.versions(TOPIC)) == {}
    assert list(store.statements(TOPIC)) == []
    assert dict(store.feed_states()) == dict(store.marks()) == {}
    assert list(store.corrections(TOPIC)) == list(store.pins(TOPIC)) == []
    assert store.meta("pipeline") == ""


def test_everything_comes_back_equal(look: Subject) -> None:
    batch = everything()
    look.store.commit(batch)
    store = look()
    assert list(store.articles()) == batch.articles
    assert [store.article(one.id) for one in batch.articles] == batch.articles
    assert [store.reading(one.article, one.topic) for one in batch.readings] == batch.readings
    assert list(store.statements(TOPIC)) == [
        *batch.readings[0].statements,
        *batch.readings[1].statements,
    ]
    assert dict(store.feed_states()) == {state.url: state for state in batch.feeds}
    assert dict(store.marks()) == {mark.article: mark for mark in batch.marks}
    assert list(store.corrections(TOPIC)) == batch.corrections
    assert list(store.pins(TOPIC)) == batch.pins
    assert {key: store.meta(key) for key in batch.meta} == batch.meta


def test_what_was_looked_at_while_empty_is_seen_once_written(look: Subject) -> None:
    store = look.store
    assert not store.statements(TOPIC)
    assert store.reading("a1", TOPIC) is None
    assert not store.marks()
    store.commit(everything())
    assert contents(store) == contents(look())
    assert store.statements(TOPIC)
    assert store.marks()


def test_a_batch_written_twice_is_there_once(look: Subject) -> None:
    look.store.commit(everything())
    once = contents(look())
    look.store.commit(everything())
    assert contents(look()) == once


def test_each_item_replaces_the_one_with_its_key(look: Subject) -> None:
    look.store.commit(everything())
    new = article("a1", hours=1, title="Corrected title", text="New text.")
    later = correction(stance=Stance.UNDECIDED, withdrawn=True)
    look.store.commit(
        Batch(
            articles=[new],
            readings=[reading(new, version="2", statements=3)],
            feeds=[feed_state(failures=2)],
            marks=[Mark("a1", read=False, starred=True)],
            corrections=[later],
            pins=[pin(stance=Stance.OPPOSE)],
            meta={"pipeline": "8"},
        )
    )
    store = look()
    assert store.article("a1") == new
    assert [one.id for one in store.articles()] == ["a1", "a2"], "a replaced article keeps its place"
    assert [one.title for one in store.headlines(TOPIC)] == ["Toll talks, part a2", "Corrected title"]
    assert store.reading("a1", TOPIC) == reading(new, version="2", statements=3)
    assert dict(store.versions(TOPIC)) == {"a1": "2", "a2": "1"}
    assert len(store.statements(TOPIC)) == 5
    assert store.feed_states()["https://news.example/rss"].failures == 2
    assert len(store.feed_states()) == 2
    assert store.marks()["a1"] == Mark("a1", starred=True)
    assert store.corrections(TOPIC)[0] == later
    assert len(store.corrections(TOPIC)) == 2
    assert store.pins(TOPIC)[0].stance is Stance.OPPOSE
    assert (store.meta("pipeline"), store.meta("note")) == ("8", "two\nlines")


def test_the_last_of_two_with_one_key_in_a_batch_counts(look: Subject) -> None:
    look.store.commit(Batch(articles=[article("a1", title="First"), article("a1", title="Second")]))
    store = look()
    assert [one.title for one in store.articles()] == ["Second"]
    assert [one.title for one in store.headlines()] == ["Second"]


def test_known_tells_the_stored_from_the_new(look: Subject) -> None:
    look.store.commit(Batch(articles=[article("a1"), article("a2")]))
    assert look().known(iter(["a2", "a3", "", "a2"])) == {"a2"}


def test_several_articles_come_in_the_order_asked_for(look: Subject) -> None:
    some = [article(f"a{n}", hours=n) for n in range(4)]
    look.store.commit(Batch(articles=some))
    assert list(look().pick(iter(["a3", "none", "a1"]))) == [some[3], some[1]]
    assert list(look().pick([])) == []


def test_a_lone_poller_gets_every_feed(look: Subject) -> None:
    with look.store.claim(iter(["https://a.example", "https://b.example"])) as urls:
        assert urls == {"https://a.example", "https://b.example"}


def test_an_unmatched_article_loses_that_reading_only(look: Subject) -> None:
    look.store.commit(everything())
    look.store.commit(Batch(unmatched=[("a2", TOPIC), ("a1", "no such topic"), ("no such article", TOPIC)]))
    store = look()
    assert store.reading("a2", TOPIC) is None
    assert store.reading("a2", "Ferry: line / 2") is not None
    assert [one.id for one in store.headlines(TOPIC)] == ["a1"]
    assert {one.article.id for one in store.statements(TOPIC)} == {"a1"}
    assert dict(store.versions(TOPIC)) == {"a1": "1"}
    assert store.article("a2") is not None


def test_a_reading_in_the_batch_that_unmatches_it_stays(look: Subject) -> None:
    one = article()
    look.store.commit(Batch(articles=[one], readings=[reading(one)], unmatched=[("a1", TOPIC)]))
    assert look().reading("a1", TOPIC) == reading(one)


def test_headlines_are_newest_first_and_end_at_until(look: Subject) -> None:
    look.store.commit(Batch(articles=[article(f"a{n}", hours=n, story="a0" if n else "") for n in (3, 1, 0, 2)]))
    store = look()
    assert [one.id for one in store.headlines()] == ["a3", "a2", "a1", "a0"]
    until = DAY + timedelta(hours=2)
    headlines = store.headlines(until=until)
    assert [one.id for one in headlines] == ["a2", "a1", "a0"]
    assert headlines[0] == Headline("a2", "Toll talks, part a2", "Example News", until, "a0")
    assert headlines[-1].story == "a0", "an article without a story is its own"
    assert list(headlines[1:]) == [headlines[1], headlines[2]]
    assert len(headlines) == 3
    with pytest.raises(IndexError):
        headlines[3]
    assert list(store.headlines(until=DAY - timedelta(seconds=1))) == []


def test_headlines_of_a_topic_are_those_that_matched(look: Subject) -> None:
    some = [article(f"a{n}", hours=n) for n in range(4)]
    look.store.commit(Batch(articles=some, readings=[reading(some[1]), reading(some[3], statements=0)]))
    assert [one.id for one in look().headlines(TOPIC)] == ["a3", "a1"]
    assert (look().matched(TOPIC), look().matched("Another")) == (2, 0)
    assert [one.id for one in look().headlines(TOPIC, DAY + timedelta(hours=2))] == ["a1"]


def test_statements_are_in_order_of_publication_and_end_at_until(look: Subject) -> None:
    some = [article(f"a{n}", hours=n) for n in (2, 0, 1)]
    look.store.commit(Batch(articles=some, readings=[reading(one, statements=2) for one in some]))
    store = look()
    order = [(one.article.id, one.start) for one in store.statements(TOPIC)]
    assert order == [("a0", 0), ("a0", 30), ("a1", 0), ("a1", 30), ("a2", 0), ("a2", 30)]
    assert len(store.statements(TOPIC, DAY + timedelta(hours=1))) == 4
    assert len(store.statements(TOPIC, DAY + timedelta(minutes=59))) == 2


def test_statements_written_later_take_their_place(look: Subject) -> None:
    late, early = article("a2", hours=5), article("a1", hours=1)
    look.store.commit(Batch(articles=[late], readings=[reading(late)]))
    assert len(look().statements(TOPIC)) == 1
    look.store.commit(Batch(articles=[early], readings=[reading(early)]))
    assert [one.article.id for one in look().statements(TOPIC)] == ["a1", "a2"]


def test_corrections_and_pins_are_the_topics_own_oldest_first(look: Subject) -> None:
    look.store.commit(
        Batch(
            corrections=[correction("late", hours=2), correction("early"), correction("other", topic="Ferry")],
            pins=[pin("late", hours=2), pin("early", withdrawn=True), pin("other", topic="Ferry")],
        )
    )
    store = look()
    assert [one.id for one in store.corrections(TOPIC)] == ["early", "late"]
    assert [one.id for one in store.pins(TOPIC)] == ["early", "late"]
    assert store.pins(TOPIC)[0].withdrawn


def test_a_correction_finds_its_statement_again(look: Subject) -> None:
    one = article()
    given = correction(key=StatementKey.of(statement(one)))
    look.store.commit(Batch(articles=[one], readings=[reading(one)], corrections=[given]))
    assert StatementKey.of(look().statements(TOPIC)[0]) == look().corrections(TOPIC)[0].key


def test_topics_with_names_alike_are_kept_apart(look: Subject) -> None:
    one = article()
    topics = ["A/B", "A:B", "a b", "A B", "港", "港口", "." * 300, ""]
    look.store.commit(Batch(articles=[one], readings=[reading(one, topic=topic, version=topic) for topic in topics]))
    for topic in topics:
        assert dict(look().versions(topic)) == {"a1": topic}


def test_what_was_handed_out_stays_as_it_was(look: Subject) -> None:
    one, two = article("a1"), article("a2", hours=1)
    look.store.commit(Batch(articles=[one], readings=[reading(one)]))
    store = look()
    statements, headlines = store.statements(TOPIC), store.headlines()
    walk = store.articles()
    assert next(walk) == one
    look.store.commit(Batch(articles=[two], readings=[reading(two)]))
    assert len(statements) == len(headlines) == 1
    assert list(walk) == []


@pytest.mark.parametrize("bad", ["half \ud83d", "nul \0", "\\\0 and \\u0000", "\u202e\u2028"])
def test_what_text_cannot_hold_costs_a_character_at_most(look: Subject, bad: str) -> None:
    one = article(bad, title=bad, text=bad, url=f"https://news.example/{bad}", story=bad, source=bad)
    judged = {"corrections": [correction(bad, note=bad)], "pins": [pin(bad, note=bad)]}
    look.store.commit(Batch(articles=[one, article("a2")], readings=[reading(one, sentence=bad)], marks=[Mark(bad)]))
    look.store.commit(Batch(feeds=[feed_state(bad, error=bad)], meta={bad: bad}, unmatched=[(bad, "x")], **judged))
    store = look()
    stored, other = store.articles()
    assert len(stored.id) == len(bad)
    assert store.article(stored.id) == stored == next(store.pick([stored.id, bad]))
    assert store.known([stored.id, "a2"]) == {stored.id, other.id}
    assert [one.article for one in store.statements(TOPIC)] == [stored.reference]
    assert set(store.marks()) == {stored.id}
    assert [len(one.note) for one in (*store.corrections(TOPIC), *store.pins(TOPIC))] == [len(bad)] * 2
    assert store.meta(next(iter(store.feed_states()))) == stored.title
    assert len(list(store.records())) == 8


def test_an_empty_batch_changes_nothing(look: Subject) -> None:
    look.store.commit(everything())
    before = contents(look())
    look.store.commit(Batch())
    assert contents(look()) == before
    assert look.store.refresh() is False, "a store knows what it wrote itself"


def test_records_carry_everything_to_another_store(look: Subject) -> None:
    look.store.commit(everything())
    lines = [encode(record) for record in look().records()]
    assert all("\n" not in line for line in lines)
    other = MemoryStore()
    for batch in batches(map(decode, lines), size=3):
        other.commit(batch)
    assert contents(other) == contents(look())
    assert other.meta("note") == "two\nlines"


def test_pruning_takes_old_articles_and_what_hangs_on_them(look: Subject) -> None:
    old, new = article("old", hours=-48), article("new")
    look.store.commit(everything())
    look.store.commit(
        Batch(
            articles=[old, new],
            readings=[reading(old), reading(old, topic="Ferry: line / 2"), reading(new)],
            marks=[Mark("old", read=True), Mark("new", read=True)],
        )
    )
    assert look.store.prune(DAY - timedelta(hours=1)) == 1
    store = look()
    assert store.article("old") is None
    assert store.known(["old", "new"]) == {"new"}
    assert store.reading("old", TOPIC) is None
    assert set(store.versions("Ferry: line / 2")) == {"a2"}
    assert "old" not in {one.article.id for one in store.statements(TOPIC)}
    assert "old" not in {one.id for one in store.headlines()}
    assert set(store.marks()) == {"a1", "a2", "new"}
    assert len(store.corrections(TOPIC)) == len(store.pins(TOPIC)) == 2
    assert look.store.prune(DAY - timedelta(hours=1)) == 0


def test_pruning_spares_what_was_starred_and_what_no_feed_gave(look: Subject) -> None:
    look.store.commit(
        Batch(
            articles=[article("starred"), article("seed", feed=""), article("plain")],
            marks=[Mark("starred", starred=True)],
        )
    )
    assert look.store.prune(DAY + timedelta(days=1)) == 1
    assert [one.id for one in look().articles()] == ["starred", "seed"]


def test_what_was_pruned_can_be_written_again(look: Subject) -> None:
    look.store.commit(everything())
    look.store.prune(DAY + timedelta(hours=1))
    look.store.commit(Batch(articles=[article("a1", title="Back")]))
    store = look()
    assert [one.title for one in store.articles()] == ["Toll talks, part a2", "Back"]
    assert [one.title for one in store.headlines()] == ["Toll talks, part a2", "Back"]


def test_compaction_changes_nothing_that_is_seen(look: Subject) -> None:
    for version in range(5):
        look.store.commit(everything())
        one = article(f"b{version % 2}", title=f"Version {version}")
        look.store.commit(
            Batch(articles=[one], readings=[reading(one, version=str(version))], unmatched=[("a1", TOPIC)])
        )
    headlines = look().headlines()
    before = contents(look())
    look.store.compact()
    assert contents(look()) == before
    assert list(headlines) == before["headlines"]
    assert list(look.store.check()) == []


def test_a_sound_store_has_nothing_to_tell(look: Subject) -> None:
    look.store.commit(everything())
    store = look()
    assert list(store.check()) == list(store.warnings) == list(store.damage) == []
    assert store.size() >= 0
