"""What the screen asks of the store, worked out once and kept until the store changes.

The one place where the screen meets the engine; widgets see values only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from watcher.domain.judgement import Correction, StatementKey
from watcher.engine.board import board_of
from watcher.engine.history import History
from watcher.store.base import Batch, Headline, Mark, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from watcher.domain.board import Board, Shift
    from watcher.domain.settings import Settings
    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic

SEEN_SHIFTS = "screen:shifts:"
"""Begins the keys under which the store remembers which shifts a person has seen."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement as the machine read it, with what a person made of it."""

    statement: Statement
    correction: Correction | None = None


class Bridge:
    """Boards, evidence and articles of the config's topics, as of now or as of a day."""

    def __init__(self, settings: Settings, store: Store, now: Callable[[], datetime]) -> None:
        self.settings, self.store, self.now = settings, store, now
        self._histories: dict[str, History] = {}
        self._boards: dict[tuple[str, date], Board] = {}
        self._evidence: dict[str, dict[str, list[Evidence]]] = {}
        self._headlines: dict[tuple[str, date | None], Sequence[Headline]] = {}
        self._marks: dict[str, Mark] = {}  # changed here and not yet written
        self._stored_marks = store.marks()

    @property
    def today(self) -> date:
        """The present day; days are UTC's, as in the store."""
        return self.now().astimezone(UTC).date()

    def refresh(self) -> bool:
        """Takes in what other processes wrote; true if anything may look different."""
        if not self.store.refresh():
            return False
        self.forget()
        return True

    def reload(self, settings: Settings) -> None:
        """Goes on with another config."""
        self.settings = settings
        self.forget()

    def forget(self) -> None:
        """Drops what was worked out."""
        for cache in (self._histories, self._boards, self._evidence, self._headlines):
            cache.clear()
        self._stored_marks = self.store.marks()

    def topic(self, name: str) -> Topic | None:
        """The topic of that name."""
        return next((topic for topic in self.settings.topics if topic.name == name), None)

    def board(self, topic: Topic, as_of: date | None = None) -> Board:
        """The board at the end of that day (None: today)."""
        key = (topic.name, as_of or self.today)
        if key not in self._boards:
            self._boards[key] = board_of(
                topic,
                self._history(topic),
                as_of=key[1],
                pins=self.store.pins(topic.name),
                feed_states=self.store.feed_states(),
                feeds=self.settings.feeds_of(topic),
                stale_after=self.settings.board.stale_after,
            )
        return self._boards[key]

    def _history(self, topic: Topic) -> History:
        if topic.name not in self._histories:
            parties = {party.name for party in topic.parties}
            statements = [s for s in self.store.statements(topic.name) if s.party in parties]
            self._histories[topic.name] = History(statements, self.store.corrections(topic.name))
        return self._histories[topic.name]

    def evidence(self, topic: Topic, party: str, as_of: date | None = None) -> list[Evidence]:
        """Statements of one party, the newest first, published by that day."""
        if topic.name not in self._evidence:
            self._evidence[topic.name] = self._gather(topic)
        found = self._evidence[topic.name].get(party, [])
        if as_of is None:
            return found
        return [item for item in found if item.statement.article.published.date() <= as_of]

    def _gather(self, topic: Topic) -> dict[str, list[Evidence]]:
        corrections = {c.key: c for c in self.store.corrections(topic.name) if not c.withdrawn}
        parties: dict[str, list[Evidence]] = defaultdict(list)
        for statement in self.store.statements(topic.name):
            correction = corrections.get(StatementKey.of(statement)) if corrections else None
            parties[statement.party].append(Evidence(statement, correction))
        for items in parties.values():
            items.sort(key=lambda item: (item.statement.day, item.statement.article.published), reverse=True)
        return parties

    def headlines(self, topic: Topic | None, as_of: date | None = None) -> Sequence[Headline]:
        """Articles that matched the topic (None: all), newest first."""
        key = (topic.name if topic else "", as_of)
        if key not in self._headlines:
            until = datetime.combine(as_of, time.max, UTC) if as_of else None
            self._headlines[key] = self.store.headlines(topic.name if topic else None, until)
        return self._headlines[key]

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
        return sum(not self.mark(headline.id).read for headline in self.headlines(topic, as_of))

    def flush(self) -> None:
        """Writes the marks that wait. Raises StoreError."""
        if self._marks:
            waiting, self._marks = self._marks, {}
            try:
                self.store.commit(Batch(marks=list(waiting.values())))
            except Exception:
                self._marks = waiting | self._marks
                raise
            self._stored_marks = self.store.marks()

    # Shifts that a person has not seen.

    def new_shifts(self, topic: Topic) -> list[Shift]:
        """The shifts that came since the topic was last looked at; none on the first look."""
        known = self.store.meta(SEEN_SHIFTS + topic.name)
        if not known:
            return []
        seen = set(json.loads(known))
        return [shift for shift in self.board(topic).shifts if shift_key(shift) not in seen]

    def see_shifts(self, topics: Iterable[Topic]) -> None:
        """Remembers that the topics' present shifts were seen. Raises StoreError."""
        meta = {}
        for topic in topics:
            key = SEEN_SHIFTS + topic.name
            value = json.dumps([shift_key(shift) for shift in self.board(topic).shifts])
            if value != self.store.meta(key):
                meta[key] = value
        if meta:
            self.store.commit(Batch(meta=meta))


def shift_key(shift: Shift) -> str:
    """Names a shift from one start of the program to the next."""
    return f"{shift.day.isoformat()} {shift.party}: {shift.before or ''} > {shift.after}"
