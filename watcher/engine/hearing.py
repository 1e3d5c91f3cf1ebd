"""Whether a board's feeds could bring news at all: silence from one that fails says nothing of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.domain.board import FeedSummary
from watcher.domain.feed import FeedStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set
    from datetime import date

    from watcher.domain.feed import Feed, FeedState


class Hearing:
    """The feeds that a topic listens to and that are switched on, as of a day.

    `deaf`: every one of them is failing, so that nobody's news can come. A feed that was never
    asked yet does not fail; and one that answered after the day did not fail on it.
    """

    def __init__(self, feeds: Sequence[Feed], states: Mapping[str, FeedState], as_of: date) -> None:
        on = [feed for feed in feeds if feed.enabled]
        self._failing = {feed.name for feed in on if _failing(states.get(feed.url), as_of)}
        self._answering = {feed.name for feed in on} - self._failing
        self.deaf = bool(self._failing) and not self._answering

    def misses(self, sources: Set[str]) -> bool:
        """Whether news could not come to a row that rests on the feeds of these names: all feeds
        fail, or of its own some do and none answers. Seeds and archives are no feeds."""
        return self.deaf or (bool(sources & self._failing) and not sources & self._answering)


def _failing(state: FeedState | None, as_of: date) -> bool:
    if state is None or not state.status.failing:
        return False
    heard = state.newest_item if state.status is FeedStatus.STALE else state.last_success
    return heard is None or heard.date() <= as_of


def summarise_feeds(feeds: Sequence[Feed], states: Mapping[str, FeedState]) -> FeedSummary:
    """How many of the feeds answer, fail, wait and are off, and the newest item of any."""
    on = [feed for feed in feeds if feed.enabled]
    known = [states[feed.url] for feed in on if feed.url in states]
    newest = max((state.newest_item for state in known if state.newest_item), default=None)
    failing = sum(state.status.failing for state in known)
    return FeedSummary(len(known) - failing, failing, newest, waiting=len(on) - len(known), off=len(feeds) - len(on))
