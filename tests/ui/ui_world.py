"""A small world of made-up statements, and the app over it with a clock that stands still."""

# ruff: noqa: E501 - made-up statements read best with one a line

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watcher.domain.article import Article
from watcher.domain.feed import Feed, FeedState, FeedStatus
from watcher.domain.settings import Settings
from watcher.domain.statement import Cue, Stance, Statement, Strength, Voice
from watcher.domain.topic import Alias, Party, Topic
from watcher.store.base import Batch, TopicReading
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.pilot import Pilot

NOW = datetime(2025, 3, 6, 12, 0, tzinfo=UTC)
HOSTILE = "[b]Kyiv[/b] is [not] ready [@click=app.quit]now[/] \\[x]"

MINERALS = Topic(
    name="Ukraine minerals deal",
    target="The United States and Ukraine sign the minerals agreement",
    parties=(
        Party("Ukraine", (Alias("Kyiv"), Alias("Zelensky"))),
        Party("United States", (Alias("Washington"), Alias("Trump"))),
        Party("Russia", (Alias("Moscow"),)),
    ),
    target_terms=("minerals deal", "agreement"),
)
BUDGET = Topic(
    name="EU joint borrowing",
    target="The European Union borrows jointly for defence",
    parties=(Party("Germany"), Party("France"), Party("Netherlands")),
    target_terms=("joint borrowing",),
)
FLEET = Topic(name="Fishing quota talks", target="The quotas are raised", parties=(Party("Norway"),))


def article(id: str, title: str, text: str, day: str, source: str = "The Herald", **rest: Any) -> Article:
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=9)
    return Article(
        id=id, url=f"https://news.example/{id}", title=title, text=text, source=source,
        published=moment, first_seen=moment, **{"story": id, "feed": source, **rest},
    )  # fmt: skip


def say(
    where: Article, party: str, stance: Stance, sentence: str, cue: str, *,
    topic: str = MINERALS.name, voice: Voice = Voice.OWN, target: str = "", **rest: Any,
) -> Statement:  # fmt: skip
    start = where.document.index(sentence)
    at = where.document.index(cue, start)
    return Statement(
        topic=topic, party=party, stance=stance, voice=voice, strength=Strength.STRONG, cue=cue, rule="verb",
        sentence=sentence, start=start, end=start + len(sentence), article=where.reference,
        chain=(Cue(cue, at, at + len(cue), 1),), target=target,
        target_start=where.document.index(target, start) if target else -1,
        **{"confidence": 0.8, **rest},
    )  # fmt: skip


def world() -> tuple[list[Article], list[Statement]]:
    refuses = "Kyiv refuses to sign the agreement as it stands, its president said."
    open_to = "Ukraine would sign the minerals deal in exchange for security guarantees, the president said."
    claims = "Washington insists that Kyiv has all but accepted the minerals deal."
    pushes = "The White House pressed again for the minerals deal on Sunday."
    walks = "The delegation walked out and called the agreement dead for now."
    first = article("a1", "Kyiv says no for now", refuses + " The talks go on.", "2025-02-12", "Kyiv Daily")
    second = article("a2", "A door is left open", open_to + " " + claims, "2025-02-15", "The Herald")
    third = article("a3", HOSTILE, pushes, "2025-02-23", "Wire [One]")
    fourth = article("a4", "Talks break off in the capital", walks, "2025-03-01", "The Herald")
    copy = article("a5", "A door is left open", open_to, "2025-02-16", "Coast Post", story="a2")
    borrow = "Paris called joint borrowing the only way to pay for it."
    thrift = "Berlin ruled out joint borrowing."
    fifth = article("b1", "Capitals split over debt", borrow + " " + thrift, "2025-03-03", "The Herald")
    statements = [
        say(first, "Ukraine", Stance.OPPOSE, refuses, "refuses", source="the president", target="agreement"),
        say(second, "Ukraine", Stance.CONDITIONAL, open_to, "in exchange for", source="the president",
            target="minerals deal", conditions=("security guarantees",), said_on=date(2025, 2, 14)),
        say(copy, "Ukraine", Stance.CONDITIONAL, open_to, "in exchange for", source="the president",
            target="minerals deal", conditions=("security guarantees",)),
        say(second, "Ukraine", Stance.SUPPORT, claims, "accepted", voice=Voice.CLAIMED, target="minerals deal",
            source="Washington", claimed_by="United States"),
        say(third, "United States", Stance.SUPPORT, pushes, "pressed", source="the White House", target="minerals deal"),
        say(fourth, "United States", Stance.OPPOSE, walks, "walked out", source="the delegation", target="agreement"),
        say(fifth, "France", Stance.SUPPORT, borrow, "the only way", topic=BUDGET.name, target="joint borrowing"),
        say(fifth, "Germany", Stance.OPPOSE, thrift, "ruled out", topic=BUDGET.name, target="joint borrowing"),
    ]  # fmt: skip
    return [first, second, third, fourth, copy, fifth], statements


def readings(articles: list[Article], statements: list[Statement]) -> list[TopicReading]:
    found = []
    for item in articles:
        topics = {s.topic for s in statements if s.article.id == item.id}
        for topic in sorted(topics):
            mine = tuple(s for s in statements if s.article.id == item.id and s.topic == topic)
            found.append(TopicReading(item.id, topic, ((0, 4),), mine, "1"))
    return found


def filled() -> MemoryStore:
    store = MemoryStore()
    articles, statements = world()
    store.commit(Batch(articles=articles, readings=readings(articles, statements), feeds=feed_states()))
    return store


FEEDS = (
    Feed(url="https://news.example/herald.xml", name="The Herald"),
    Feed(url="https://news.example/coast.xml", name="Coast Post"),
    Feed(url="https://news.example/off.xml", name="Old Times", enabled=False, note="closed its feed"),
)


def feed_states() -> list[FeedState]:
    return [
        FeedState(url=FEEDS[0].url, last_poll=NOW.replace(hour=11, minute=50), last_success=NOW.replace(hour=11, minute=50),
                  newest_item=NOW.replace(hour=10), items=30, http=200),
        FeedState(url=FEEDS[1].url, status=FeedStatus.HTTP_ERROR, http=503, error="HTTP 503 [busy]",
                  last_poll=NOW.replace(hour=11, minute=55), failures=3),
    ]  # fmt: skip


def settings(path: Path = Path("config.toml"), **rest: Any) -> Settings:
    return Settings(path=path, **{"topics": (MINERALS, BUDGET, FLEET), "feeds": FEEDS, **rest})


def shown(app: App[Any]) -> str:
    """What the screen shows, as plain text, without blanks at line ends."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def until(pilot: Pilot[None], true: Callable[[], bool], seconds: float = 30) -> None:
    """Lets the screen go on until it is true; fails with what the screen shows."""
    for _ in range(int(seconds / 0.05)):
        if true():
            return
        await pilot.pause(0.05)
    raise AssertionError(f"it did not come to pass:\n{shown(pilot.app)}")
