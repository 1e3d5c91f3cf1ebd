"""The whole config as plain values; loading, checking and defaults' files are `watcher.config`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from watcher.domain.feed import Feed
from watcher.domain.topic import Topic


@dataclass(frozen=True, slots=True)
class PollSettings:
    """How feeds are polled: `timeout` is one total deadline a feed, `max_body` bytes after inflation."""

    interval: timedelta = timedelta(minutes=30)
    timeout: timedelta = timedelta(seconds=20)
    concurrency: int = 32
    per_host: int = 1
    max_body: int = 10_000_000
    contact: str = ""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where data is kept (empty: the user's data folder) and for how long. A `url` is a team's
    database, which then stands in place of the folder."""

    path: str = ""
    keep: timedelta = timedelta(days=5 * 365)
    url: str = ""


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """After how long without news a row reads as stale."""

    stale_after: timedelta = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """What happens on a shift: `command` is an argv, run without a shell; `urls` are Apprise's."""

    bell: bool = False
    command: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    quiet: str = ""  # "22:00-07:00", local time


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a config file says. `path` is the file it came from, `folder` the one that
    seeds' relative paths count from."""

    path: Path
    topics: tuple[Topic, ...]
    feeds: tuple[Feed, ...] = ()
    poll: PollSettings = field(default_factory=PollSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    board: BoardSettings = field(default_factory=BoardSettings)
    alerts: AlertSettings = field(default_factory=AlertSettings)
    keys: dict[str, str] = field(default_factory=dict)
    theme: str = ""

    @property
    def folder(self) -> Path:
        """The folder that relative paths in the config count from."""
        return self.path.parent

    def with_feeds(self, on: Mapping[str, bool]) -> Settings:
        """The same with these feeds, by name, switched on or off."""
        if not on:
            return self
        feeds = tuple(replace(feed, enabled=on.get(feed.name, feed.enabled)) for feed in self.feeds)
        return replace(self, feeds=feeds)

    def feeds_of(self, topic: Topic) -> tuple[Feed, ...]:
        """The feeds that a topic listens to: all, or those it names or tags."""
        if not topic.feeds:
            return self.feeds
        wanted = set(topic.feeds)
        return tuple(feed for feed in self.feeds if feed.name in wanted or wanted & set(feed.tags))
