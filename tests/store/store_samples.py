"""Made-up records for the store's tests, and a way to compare two stores whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from watcher.domain.article import Article, FullText
from watcher.domain.feed import FeedState, FeedStatus
from watcher.domain.judgement import Correction, Pin, StatementKey
from watcher.domain.statement import Cue, Stance, Statement, Strength, Voice
from watcher.store.base import Batch, Mark, Store, TopicReading

DAY = datetime(2025, 2, 15, 9, 0, tzinfo=UTC)
TOPIC = "Harbour toll"


def article(id: str = "a1", *, hours: float = 0, **fields: Any) -> Article:
    at = DAY + timedelta(hours=hours)
    given = {
        "url": f"https://news.example/{id}",
        "title": f"Toll talks, part {id}",
        "text": "The council backs the toll. “Not yet”, said the port’s union: naïve, 港, 🙂.",
        "source": "Example News",
        "published": at,
        "first_seen": at,
        "feed": "example",
        "story": id,
    }
    return Article(id=id, **(given | fields))


def statement(
    about: Article, *, topic: str = TOPIC, party: str = "Council", start: int = 0, **fields: Any
) -> Statement:
    given = {
        "stance": Stance.SUPPORT,
        "voice": Voice.OWN,
        "strength": Strength.STRONG,
        "cue": "backs",
        "rule": "verb",
        "sentence": "The council backs the toll.",
        "end": start + 27,
        "article": about.reference,
        "conditions": ("a review after a year",),
        "said_on": about.published.date(),
        "confidence": 0.75,
        "chain": (Cue("backs", 12, 17, 1),),
        "target": "the toll",
    }
    return Statement(topic=topic, party=party, start=start, **(given | fields))


def reading(
    about: Article, *, topic: str = TOPIC, version: str = "1", statements: int = 1, **fields: Any
) -> TopicReading:
    return TopicReading(
        about.id,
        topic,
        ((0, 4), (10, 14)),
        tuple(statement(about, topic=topic, start=30 * n, **fields) for n in range(statements)),
        version,
    )


def correction(id: str = "c1", *, topic: str = TOPIC, hours: float = 0, **fields: Any) -> Correction:
    key = StatementKey("a1", topic, "Council", "The council backs the toll.")
    return Correction(**({"id": id, "key": key, "stance": Stance.OPPOSE, "at": DAY + timedelta(hours=hours)} | fields))


def pin(id: str = "p1", *, topic: str = TOPIC, hours: float = 0, **fields: Any) -> Pin:
    given = {"id": id, "topic": topic, "party": "Council", "stance": Stance.SUPPORT, "at": DAY + timedelta(hours=hours)}
    return Pin(**(given | fields))


def feed_state(url: str = "https://news.example/rss", **fields: Any) -> FeedState:
    return FeedState(url=url, **({"status": FeedStatus.OK, "http": 200, "etag": '"1"', "last_poll": DAY} | fields))


def everything() -> Batch:
    """A batch with all there is in it."""
    one, two = article("a1"), article("a2", hours=2, full_text=FullText.FETCHED, summary="Short.", dated=False)
    return Batch(
        articles=[one, two],
        readings=[reading(one), reading(two, statements=2), reading(two, topic="Ferry: line / 2", statements=0)],
        feeds=[
            feed_state(),
            feed_state("https://other.example/atom", status=FeedStatus.TIMEOUT, error="no answer in 20 s"),
        ],
        marks=[Mark("a1", read=True), Mark("a2", starred=True)],
        corrections=[correction(), correction("c2", hours=1, stance=None, note="not said")],
        pins=[pin(), pin("p2", hours=1, withdrawn=True)],
        meta={"pipeline": "7", "note": "two\nlines"},
    )


def contents(store: Store, topics: tuple[str, ...] = (TOPIC, "Ferry: line / 2")) -> dict[str, Any]:
    """All that a store shows, as plain comparable values."""
    return {
        "articles": list(store.articles()),
        "headlines": list(store.headlines()),
        "feeds": dict(store.feed_states()),
        "marks": dict(store.marks()),
        "meta": store.meta("pipeline"),
        "topics": {
            topic: {
                "headlines": list(store.headlines(topic)),
                "versions": dict(store.versions(topic)),
                "readings": [store.reading(id, topic) for id in store.versions(topic)],
                "statements": list(store.statements(topic)),
                "corrections": list(store.corrections(topic)),
                "pins": list(store.pins(topic)),
            }
            for topic in topics
        },
    }
