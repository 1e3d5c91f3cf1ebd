"""A board with a past, for a first look: the minerals deal from February to May 2025.

Read by the same pipeline as news, from digests in our own words with a link each, into memory.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from watcher.engine.archive_replay import replay
from watcher.engine.library import Library
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from datetime import datetime

    from watcher.domain.settings import Settings

ARCHIVE = "seeds/minerals-archive.jsonl"


def demo(settings: Settings) -> Library:
    """The topic with a seed in `settings`, the config that comes with the program, and its archive."""
    topics = tuple(topic for topic in settings.topics if topic.seeds)
    library = Library(replace(settings, topics=topics, feeds=()), MemoryStore())
    library.seed()
    replay([settings.folder / ARCHIVE], library.settings, library.store, jobs=1)
    return library


def last_day(library: Library) -> datetime:
    """The end of the day of the newest article: when the demo plays."""
    newest = library.store.headlines()[0].published
    return newest.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=23, minutes=59)
