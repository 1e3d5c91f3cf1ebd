"""Whose turn it is: one request at a time to a host, and so many in all."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SHARE = 0.1
"""What a host's other feeds get of the deadline once one of them has used up all of it: a dead
host must not take the deadline once for each of its feeds."""


class Hosts:
    """Turns at hosts. `concurrency` counts requests under way, not those that wait for a host."""

    def __init__(self, concurrency: int, per_host: int) -> None:
        self._all = asyncio.Semaphore(max(1, concurrency))
        self._per_host = max(1, per_host)
        self._one: dict[str, asyncio.Semaphore] = {}
        self._patience: dict[str, float] = {}
        self.refusing: set[str] = set()  # hosts that asked for fewer requests (429): no more of them get one

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[float]:
        """Waits for a turn at the host; gives the seconds that the host's silence is borne."""
        one = self._one.setdefault(host, asyncio.Semaphore(self._per_host))
        async with one, self._all:
            yield self._patience.get(host, float("inf"))

    def hung(self, host: str, deadline: float) -> None:
        """The host let a deadline pass."""
        self._patience[host] = SHARE * deadline
