"""All that one process has looked at, kept as of one revision of the database."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from watcher.errors import StoreError
from watcher.store.memory import MemoryStore
from watcher.store.postgres.view import Headlines, Marks, Part, Pruned, Readings, Rows, Small, TopicHeadlines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from psycopg import Connection

    from watcher.store.base import Mark
    from watcher.store.postgres.session import Session

ASK_EVERY = 10.0
"""Seconds after which `refresh` asks although nothing was told: a connection can die unseen."""
FORGET_AFTER = 86_400.0
"""Seconds after which what is in memory is read anew instead of brought up to date."""


class Kept:
    """The parts of the database that were asked for, each read when it is first asked for.

    `revision` is the one that they are at. `stirred` is true while something was taken in that no
    `refresh` told of yet. The caller sees to it that one thread at a time is in here.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session, self._person = session, person
        self._asked = 0.0
        self._reset()

    def _reset(self) -> None:
        """Forgets all that was looked at."""
        self._memory = MemoryStore()
        self._small = Small(self._memory, self._person)
        self._marks = Marks(self._person)
        self._pruned = Pruned()
        self._readings: dict[str, Readings] = {}
        self._headlines: dict[str | None, Headlines] = {}
        self._parts: list[Part] = []
        self.revision = -1
        self.stirred = False
        self._taken = time.time()

    # Following what others write.

    def refresh(self) -> bool:
        """Takes in what other processes wrote; asks the server nothing while nobody wrote."""
        if not self._session.listen():
            return False
        changed, self.stirred = self.stirred, False
        if self._session.latest > self.revision or time.monotonic() - self._asked > ASK_EVERY:
            changed |= self.take_in()
        return changed

    def take_in(self, new: Part | None = None) -> bool:
        """Brings all that was looked at to one state of the database, and `new` with it; true if anything changed."""
        if time.time() - self._taken > FORGET_AFTER and new is None:
            self._reset()
        known, seen = list(self._parts), self.revision

        def look(connection: Connection) -> tuple[int, list[tuple[Part, Rows]], list[str]]:
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                row = connection.execute("SELECT n FROM revision").fetchone()
                revision = int(row[0]) if row else 0
                changed = known if revision != seen else []
                found = [(part, _rows(connection, part, seen)) for part in changed]
                found += [(new, _rows(connection, new, -1))] if new else []
                pruned = _rows(connection, self._pruned, seen) if changed else []
                return revision, found, [article for (article,) in pruned]

        revision, found, pruned = self._session.run(look)
        self._asked, self._taken = time.monotonic(), time.time()
        if math.isinf(self._session.latest):
            self._session.latest = revision
        if revision < seen:  # an earlier state than before, brought back from a backup
            self._reset()
            self.revision, self.stirred = revision, True
            if new is None:
                return True
            raise StoreError(f"{self._session.name} was replaced by an earlier state; look again")
        self._forget(pruned)
        for part, rows in found:
            if rows:
                part.take(rows)
        if new is not None:
            self._parts.append(new)
        self.revision = revision
        return revision != seen

    def _forget(self, articles: Sequence[str]) -> None:
        if articles:
            for part in self._parts:
                part.forget(articles)

    def _have(self, part: Part) -> None:
        """Makes sure that a part is in memory. What else is there may become newer with it: the
        next `refresh` tells so."""
        if part not in self._parts:
            first = not self._parts
            changed = self.take_in(part)
            self.stirred |= changed and not first

    # The parts.

    def small(self) -> MemoryStore:
        """Feeds, corrections, pins and small texts."""
        self._have(self._small)
        return self._memory

    def marks(self) -> Mapping[str, Mark]:
        """This person's marks by article id."""
        self._have(self._marks)
        return self._marks.marks

    def headlines(self, topic: str | None) -> Headlines:
        """The headlines of a topic (None: all)."""
        if topic not in self._headlines:
            part = Headlines() if topic is None else TopicHeadlines(topic=topic)
            self._have(part)
            self._headlines[topic] = part
        return self._headlines[topic]

    def readings(self, topic: str) -> Readings:
        """A topic's readings."""
        if topic not in self._readings:
            part = Readings(topic)
            self._have(part)
            self._readings[topic] = part
        return self._readings[topic]

    def has_readings(self, topic: str) -> bool:
        """Whether the topic's readings are in memory already."""
        return topic in self._readings


def _rows(connection: Connection, part: Part, seen: int) -> Rows:
    return connection.execute(part.sql, {**part.values, "seen": seen}).fetchall()
