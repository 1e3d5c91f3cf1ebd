"""Fixtures of the feeds' tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.feeds.feeds_site import Site, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A server of the test's own."""
    found = Site()
    runner = await serving(found)
    yield found
    await runner.cleanup()


@pytest.fixture
async def other_site() -> AsyncIterator[Site]:
    """A second server, on another port: someone else's."""
    found = Site()
    runner = await serving(found)
    yield found
    await runner.cleanup()
