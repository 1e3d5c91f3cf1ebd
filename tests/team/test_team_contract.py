"""The contract of all stores, kept by the one in a database: in one process, and seen from another."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import pytest

from tests.store.test_contract import *  # noqa: F403 - every test of the contract

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.store.base import Store
    from watcher.store.postgres.store import PostgresStore


PATIENCE = 30
"""Seconds after which a commit that is not told of is a fault."""


class Shared:
    """A store to write to, and the one to look at: the same, one that follows it, or one opened anew."""

    def __init__(self, open_team: Callable[..., Store], kind: str) -> None:
        self.store, self._open, self._kind = open_team(), open_team, kind
        self._follower = open_team() if kind == "following" else None

    def __call__(self) -> Store:
        if self._follower is not None:
            self._follow(self._follower)
            return self._follower
        if self._kind == "opened anew":
            return self._open(read_only=True)
        return self.store

    def _follow(self, follower: Store) -> None:
        """Waits until the server's word of the last commit has come: it is told after the commit, in its own time."""
        until = time.monotonic() + PATIENCE
        while _revision(follower) < _revision(self.store) and time.monotonic() < until:
            if not follower.refresh():
                time.sleep(0.01)


def _revision(store: Store) -> int:
    return cast("PostgresStore", store)._kept.revision


@pytest.fixture(params=["database", "following", "opened anew"])
def look(request: pytest.FixtureRequest, open_team: Callable[..., Store]) -> Shared:
    return Shared(open_team, request.param)
