"""A feed, and how it is doing: every way to fail is a state with a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit


class FeedStatus(StrEnum):
    """What the last poll of a feed came to; the values are those of `poll --json`."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    EMPTY = "empty"  # a feed with no items
    STALE = "stale"  # answers, but its newest item is older than usual
    NOT_A_FEED = "not_a_feed"  # HTML, a login page, 11 bytes
    HTTP_ERROR = "http_error"  # also: no connection, no such host, bad TLS
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    REDIRECT_REFUSED = "redirect_refused"
    GONE = "gone"  # 410: polled no more
    BACKING_OFF = "backing_off"  # failed before, or told to wait; not asked this time
    DISABLED = "disabled"

    @property
    def failing(self) -> bool:
        """Whether silence from this feed means nothing about the world."""
        return self not in HEALTHY


def host_of(url: str) -> str:
    """The host of a URL in lower case, empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


PASSWORD = re.compile(r"(//[^/?#@:]*):[^/?#]*@")


def without_password(url: str) -> str:
    """An address to be shown or told: where it holds a password, stars stand in its place."""
    return PASSWORD.sub(r"\1:***@", url)


HEALTHY = frozenset({FeedStatus.OK, FeedStatus.NOT_MODIFIED, FeedStatus.EMPTY, FeedStatus.DISABLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as the config gives it; `name` is unique, `interval` None means the general one."""

    url: str
    name: str = ""
    interval: timedelta | None = None
    tags: tuple[str, ...] = ()
    full_text: str = "auto"  # auto, always, never
    enabled: bool = True
    note: str = ""
    checked: date | None = None
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between polls. Times are aware UTC; `seconds` is the last poll's."""

    url: str
    status: FeedStatus = FeedStatus.OK
    http: int | None = None
    error: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    last_poll: datetime | None = None
    last_success: datetime | None = None
    newest_item: datetime | None = None
    next_try: datetime | None = None
    failures: int = 0  # in a row
    items: int = 0  # in the last body that parsed
    moved_to: str = ""  # where a permanent redirect points
    moved_times: int = 0
    seconds: float = 0.0
    usual_gap: timedelta = timedelta()  # the time between two items that nine in ten of the last body keep to
    ttl: timedelta = timedelta()  # how long the feed itself asks to be left alone
    told_by: str = ""  # the host that asked us itself not to come before `next_try`
    skip_hours: tuple[int, ...] = ()  # hours of the day, GMT, in which it asks not to be polled
