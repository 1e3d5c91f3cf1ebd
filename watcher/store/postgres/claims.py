"""Which feeds this process alone may poll: advisory locks, which end with their session.

A poller that is killed keeps nothing from the others: the server frees its locks as it notices.
The lock is on the feed's host, so that `per_host` holds across pollers too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.domain.feed import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

LEAST = 64
"""The smallest share of feeds, where so many are left."""
SHARES = 8
"""A share is this part of what is left: large ones first, small ones at the end, so that pollers
end at about the same time."""
SEED = 0x666565647300
"""Keeps these locks apart from others in the database."""

TAKE = "SELECT host FROM unnest(%s::text[]) AS host WHERE pg_try_advisory_lock(hashtextextended(host, %s))"
GIVE_BACK = "SELECT count(pg_advisory_unlock(hashtextextended(host, %s))) FROM unnest(%s::text[]) AS host"


class Held:
    """The hosts that this session holds."""

    def __init__(self) -> None:
        self._hosts: set[str] = set()

    def take(self, connection: Connection, urls: Iterable[str]) -> set[str]:
        """A share of `urls` whose hosts nobody held until now; empty when there is none."""
        by_host: dict[str, list[str]] = {}
        for url in urls:
            if (host := host_of(url) or url) not in self._hosts:
                by_host.setdefault(host, []).append(url)
        wanted = max(LEAST, sum(map(len, by_host.values())) // SHARES)
        free = list(by_host)[::-1]
        taken: list[str] = []
        share: set[str] = set()
        while free and len(share) < wanted:
            some: list[str] = []
            feeds = len(share)
            while free and feeds < wanted:
                some.append(free.pop())
                feeds += len(by_host[some[-1]])
            for (host,) in connection.execute(TAKE, [some, SEED]).fetchall():
                taken.append(host)
                share.update(by_host[host])
        self._hosts.update(taken)
        return share

    def give_back(self, connection: Connection, urls: Iterable[str]) -> None:
        """Lets others poll these feeds."""
        hosts = sorted({host_of(url) or url for url in urls} & self._hosts)
        if hosts:
            connection.execute(GIVE_BACK, [SEED, hosts])
            self._hosts.difference_update(hosts)

    def take_again(self, connection: Connection) -> None:
        """On a new connection: locks what the lost one held, as far as nobody else took it meanwhile."""
        if self._hosts:
            connection.execute(TAKE, [sorted(self._hosts), SEED])
