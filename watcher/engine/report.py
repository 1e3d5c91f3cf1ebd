"""What a poll came to, for people and for scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from watcher.domain.feed import FeedStatus, without_password

if TYPE_CHECKING:
    from watcher.feeds.collect import FeedResult

Event = dict[str, Any]
"""A step of a poll as a plain dict, its kind under "event": start, elsewhere, feed, page, stored,
shift, warning, reread, done."""


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """What the poll of one feed came to, as `poll --json` tells it. Of a feed that was not due, and so not
    `asked`, it is what the last poll came to."""

    name: str
    url: str
    status: FeedStatus
    http: int | None
    new: int
    seconds: float
    error: str
    asked: bool

    @classmethod
    def of(cls, result: FeedResult, new: int) -> FeedOutcome:
        """The outcome of a result that brought so many new articles."""
        feed, state = result.feed, result.state
        return cls(feed.name, feed.url, state.status, state.http, new, result.seconds, state.error, result.asked)

    def json(self) -> Event:
        """The feed's part of `watcher poll --json`."""
        return {
            "name": self.name,
            "url": without_password(self.url),
            "state": self.status.value,
            "http": self.http,
            "new": self.new,
            "seconds": round(self.seconds, 3),
            "error": self.error or None,
        }

    def event(self, done: int, total: int) -> Event:
        """The feed as the `done`th of `total` steps."""
        step = {key: value for key, value in self.json().items() if key in ("name", "state", "new", "error")}
        return {"event": "feed", **step, "asked": self.asked, "done": done, "total": total}


@dataclass(slots=True)
class PollReport:
    """What a poll brought. `matched` counts articles new to a topic, `statements` theirs, `elsewhere` the feeds that
    were left to another poll under way."""

    feeds: list[FeedOutcome] = field(default_factory=list)
    new_articles: int = 0
    matched: int = 0
    statements: int = 0
    elsewhere: int = 0
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether every feed failed that is not switched off; one that is merely stale did answer."""
        asked = [feed.status for feed in self.feeds if feed.status is not FeedStatus.DISABLED]
        return bool(asked) and all(status.failing and status is not FeedStatus.STALE for status in asked)

    def json(self) -> Event:
        """The shape of `watcher poll --json`."""
        return {
            "feeds": [feed.json() for feed in self.feeds],
            "new_articles": self.new_articles,
            "matched": self.matched,
            "statements": self.statements,
            "seconds": round(self.seconds, 3),
        }
