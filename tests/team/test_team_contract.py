"""The contract of all stores, kept by the one in a database: in one process, and seen from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store.test_contract import *  # noqa: F403 - every test of the contract

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.store.base import Store


class Shared:
    """A store to write to, and the one to look at: the same, one that follows it, or one opened anew."""

    def __init__(self, open_team: Callable[..., Store], kind: str) -> None:
        self.store, self._open, self._kind = open_team(), open_team, kind
        self._follower = open_team() if kind == "following" else None

    def __call__(self) -> Store:
        if self._follower is not None:
            self._follower.refresh()
            return self._follower
        if self._kind == "opened anew":
            return self._open(read_only=True)
        return self.store


@pytest.fixture(params=["database", "following", "opened anew"])
def look(request: pytest.FixtureRequest, open_team: Callable[..., Store]) -> Shared:
    return Shared(open_team, request.param)
