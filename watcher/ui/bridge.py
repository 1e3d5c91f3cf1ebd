"""What the screen asks of the store, worked out once and kept until the store changes.

The one place where the screen meets the engine; widgets see values only.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from watcher.errors import StoreError
from watcher.store.base import Batch, Headline, Mark, Store
from watcher.ui.ground import FIRST, Beginning, Begun, Course, Evidence, Ground, Renewal, gathered, settle, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from watcher.domain.article import Article
    from watcher.domain.board import Board, Shift
    from watcher.domain.feed import Feed, FeedState
    from watcher.domain.judgement import Correction, StatementKey
    from watcher.domain.settings import Settings
    from watcher.domain.topic import Topic
    from watcher.store.base import TopicReading

SEEN_SHIFTS = "screen:shifts:"
"""Begins the keys under which the store remembers which shifts a person has seen."""


MANY = 1000
"""New statements that are worth setting aside. Those of one poll are not: what the screen throws away meanwhile
is set aside with them, and stays for good."""


class Bridge:
    """Boards, evidence and articles of the config's topics, as of now or as of a day.

    `ahead` gives what the first look shows where that was worked out elsewhere; it is asked once, when it is needed.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        now: Callable[[], datetime],
        ahead: Callable[[], Beginning | None] | None = None,
    ) -> None:
        self.settings, self.store, self.now = settings, store, now
        self._ahead = ahead
        self.switched: dict[str, bool] = {}
        """Feeds that a person switched on or off for now, by name."""
        self.seeding = False
        """Whether seeds are still being read into the store."""
        self._settled = 0  # statements at hand when garbage was last looked for and the rest set aside
        self._writing = 0  # counts how often what is kept here went out of date
        self._courses: dict[str, Course] = {}
        self._boards: dict[tuple[str, date], Board] = {}
        self._evidence: dict[tuple[str, str], Sequence[Evidence]] = {}
        self._matched: dict[str, int] = {}  # as far as it was counted elsewhere
        self._news: dict[str, list[Shift]] = {}
        self._feed_states: Mapping[str, FeedState] | None = None
        self._headlines: dict[tuple[str, date | None], Sequence[Headline]] = {}
        self._marks: dict[str, Mark] = {}  # changed here and not yet written
        self._stored_marks = dict(store.marks())

    @property
    def today(self) -> date:
        """The present day; days are UTC's, as in the store."""
        return self.now().astimezone(UTC).date()

    def renewal(self, as_of: date | None, viewed: str = "") -> Callable[[], Renewal]:
        """What to work out anew once the store has changed: the result may be run in any thread.

        The boards are those of today and of the viewed day; the evidence is that of the viewed topic,
        and the lists of articles are those that were looked at.
        """
        days = {self.today, as_of or self.today}
        topics, kept, writing = self.settings.topics, dict(self._courses), self._writing
        listed = set(self._headlines)

        def work() -> Renewal:
            done, held = Renewal(writing), 0
            for topic in topics:
                ground = self._ground(topic)
                done.courses[topic.name] = course = ground.course(kept.get(topic.name))
                for day in days:
                    done.boards[topic.name, day] = ground.board(course, day)
                for moment in {None, as_of}:
                    if (topic.name, moment) in listed:
                        done.headlines[topic.name, moment] = self._list(topic, moment)
                if topic.name == viewed:
                    for party in topic.parties:
                        found = gathered(ground.statements, ground.corrections, party.name)
                        done.evidence[viewed, party.name] = found
                held += len(ground.statements)
            if held - self._settled >= MANY:
                self._settled = held
                settle()
            return done

        return work

    def adopt(self, renewal: Renewal) -> bool:
        """Goes on with what was worked out; false where it is out of date, as something was written meanwhile."""
        if renewal.writing != self._writing:
            return False
        self.forget()
        self._courses.update(renewal.courses)
        self._boards.update(renewal.boards)
        self._headlines.update(renewal.headlines)
        self._evidence.update(renewal.evidence)
        return True

    def refresh(self) -> bool:
        """Looks at the store for what others wrote; true if there is more. Raises StoreError."""
        if not self.store.refresh():
            return False
        self._feed_states = None
        return True

    def feed_states(self) -> Mapping[str, FeedState]:
        """What is remembered of each feed, by URL."""
        if self._feed_states is None:
            self._feed_states = self.store.feed_states()
        return self._feed_states

    def article(self, id: str) -> Article | None:
        """The stored article; None where it is gone, or the store cannot be reached, as a look at it tells."""
        try:
            return self.store.article(id)
        except StoreError:
            return None

    def reading(self, article: str, topic: str) -> TopicReading | None:
        """What was read in a stored article."""
        try:
            return self.store.reading(article, topic)
        except StoreError:
            return None

    def corrections(self, topic: str) -> Mapping[StatementKey, Correction]:
        """What a person made of the topic's statements."""
        try:
            return standing(self.store.corrections(topic))
        except StoreError:
            return {}

    def articles(self) -> Iterator[Article]:
        """Every stored article, as far as the store can be reached."""
        with suppress(StoreError):
            yield from self.store.articles()

    def reload(self, settings: Settings) -> None:
        """Goes on with another config; feeds that were switched for now stay so."""
        was = {feed.name: feed.enabled for feed in settings.feeds}
        self.switched = {name: on for name, on in self.switched.items() if was.get(name, on) is not on}
        self.settings = settings.with_feeds(self.switched)
        self.forget()

    def switch(self, feed: Feed) -> None:
        """Switches a feed on or off until the program ends, or takes that back."""
        on = not feed.enabled
        if self.switched.pop(feed.name, None) is None:
            self.switched[feed.name] = on
        self.settings = self.settings.with_feeds({feed.name: on})
        self.forget()

    def forget(self) -> None:
        """Drops what may be worked out otherwise now."""
        self._writing += 1
        self._feed_states = None
        self._ahead = None
        for cache in (self._boards, self._evidence, self._headlines, self._news, self._matched):
            cache.clear()
        self._stored_marks = dict(self.store.marks())

    def beginning(self) -> Beginning | None:
        """What the first look shows, for a bridge in another process; None without topics."""
        if not self.settings.topics:
            return None
        topic, day = self.settings.topics[0], self.today
        board = self.board(topic, day)
        party = board.rows[0].party if board.rows else ""
        found = self.evidence(topic, party)
        matched = self.store.matched(topic.name)
        return Beginning(topic.name, day, board, party, list(found[:FIRST]), len(found), matched)

    @property
    def begun(self) -> bool:
        """Whether all that is at hand is what was worked out elsewhere for the first look."""
        return bool(self._matched)

    def _begin(self) -> None:
        """Takes what was worked out elsewhere, if there is such."""
        ahead, self._ahead = self._ahead, None
        found = ahead() if ahead is not None else None
        topic = self.topic(found.topic) if found is not None else None
        if found is None or topic is None:
            return
        self._boards[topic.name, found.day] = found.board
        self._matched[topic.name] = found.matched
        whole = partial(self._gather, topic, found.party)
        self._evidence[topic.name, found.party] = Begun(found.evidence, found.total, whole)

    def topic(self, name: str) -> Topic | None:
        """The topic of that name."""
        return next((topic for topic in self.settings.topics if topic.name == name), None)

    def board(self, topic: Topic, as_of: date | None = None) -> Board:
        """The board at the end of that day (None: today)."""
        key = (topic.name, as_of or self.today)
        if self._ahead is not None:
            self._begin()
        if key not in self._boards:
            ground = self._ground(topic)
            self._courses[topic.name] = ground.course(self._courses.get(topic.name))
            self._boards[key] = ground.board(self._courses[topic.name], key[1])
        return self._boards[key]

    def _ground(self, topic: Topic) -> Ground:
        parties = {party.name for party in topic.parties}
        return Ground(
            topic,
            [s for s in self.store.statements(topic.name) if s.party in parties],
            list(self.store.corrections(topic.name)),
            self.store.pins(topic.name),
            self.store.feed_states(),
            self.settings,
        )

    def evidence(self, topic: Topic, party: str, as_of: date | None = None) -> Sequence[Evidence]:
        """Statements of one party, the newest first, published by that day."""
        key = topic.name, party
        if key not in self._evidence:
            self._evidence[key] = self._gather(topic, party)
        found = self._evidence[key]
        if as_of is None:
            return found
        return [item for item in found if item.statement.article.published.date() <= as_of]

    def _gather(self, topic: Topic, party: str) -> Sequence[Evidence]:
        self.board(topic)  # its course holds what the store has now
        if topic.name not in self._courses:  # the board was worked out elsewhere
            self._courses[topic.name] = self._ground(topic).course(None)
        course = self._courses[topic.name]
        return gathered(course.statements, course.corrections, party)

    def awaits_seeds(self, topic: Topic) -> bool:
        """Whether a topic has no board yet because its seeds are being read."""
        return self.seeding and bool(topic.seeds) and not self._count(topic)

    def headlines(self, topic: Topic | None, as_of: date | None = None) -> Sequence[Headline]:
        """Articles that matched the topic (None: all), newest first."""
        key = (topic.name if topic else "", as_of)
        if key not in self._headlines:
            self._headlines[key] = self._list(topic, as_of)
        return self._headlines[key]

    def count(self, topic: Topic, as_of: date | None = None) -> int:
        """How many articles matched the topic; the list is not made for it if it need not be."""
        if as_of is None and (topic.name, None) not in self._headlines:
            return self._count(topic)
        return len(self.headlines(topic, as_of))

    def _count(self, topic: Topic) -> int:
        counted = self._matched.get(topic.name)
        return self.store.matched(topic.name) if counted is None else counted

    def _list(self, topic: Topic | None, as_of: date | None) -> Sequence[Headline]:
        until = datetime.combine(as_of, time.max, UTC) if as_of else None
        return self.store.headlines(topic.name if topic else None, until)

    # Marks: kept at once, written together.

    def mark(self, article: str) -> Mark:
        """A person's marks on an article."""
        return self._marks.get(article) or self._stored_marks.get(article) or Mark(article)

    def set_marks(self, articles: Iterable[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Marks articles; what is None stays as it is."""
        for id in articles:
            old = self.mark(id)
            new = replace(
                old,
                read=old.read if read is None else read,
                starred=old.starred if starred is None else starred,
            )
            if new != old:
                self._marks[id] = new

    def unread(self, topic: Topic, as_of: date | None = None) -> int:
        """How many articles of the topic are unread."""
        read = {id for id, mark in (self._stored_marks | self._marks).items() if mark.read}
        if as_of is None:  # each headline is a line of a file: what was read is less to look at
            return self.count(topic) - sum(self.reading(id, topic.name) is not None for id in read)
        headlines = self.headlines(topic, as_of)
        return sum(headline.id not in read for headline in headlines) if read else len(headlines)

    def flush(self) -> None:
        """Writes the marks that wait. Raises StoreError."""
        if self._marks:
            waiting, self._marks = self._marks, {}
            try:
                self.store.commit(Batch(marks=list(waiting.values())))
            except Exception:
                self._marks = waiting | self._marks
                raise
            self._stored_marks = dict(self.store.marks())

    # Shifts that a person has not seen.

    def new_shifts(self, topic: Topic) -> list[Shift]:
        """The shifts that came since the topic was last looked at; none on the first look."""
        if topic.name not in self._news:
            known = self.store.meta(SEEN_SHIFTS + topic.name)
            seen = set(msgspec.json.decode(known)) if known else set()
            shifts = self.board(topic).shifts if known else ()
            self._news[topic.name] = [shift for shift in shifts if shift_key(shift) not in seen]
        return self._news[topic.name]

    def see_shifts(self, topics: Iterable[Topic]) -> None:
        """Remembers that the topics' present shifts were seen. Raises StoreError."""
        meta = {}
        for topic in topics:
            key = SEEN_SHIFTS + topic.name
            value = msgspec.json.encode([shift_key(shift) for shift in self.board(topic).shifts]).decode()
            if value != self.store.meta(key):
                meta[key] = value
        if meta:
            self.store.commit(Batch(meta=meta))
            self._news.clear()


def shift_key(shift: Shift) -> str:
    """Names a shift from one start of the program to the next."""
    return f"{shift.day.isoformat()} {shift.party}: {shift.before or ''} > {shift.after}"
