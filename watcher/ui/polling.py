"""Runs polls in a child process and tells how they go, so that no feed can hold up a key."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from watcher.domain.feed import FeedState
    from watcher.domain.settings import Settings

MAX_LINE = 8_000_000
"""Bytes of one event line: the last one of a poll lists every feed."""
GRACE = 2.0
"""Seconds that a poll under way gets to end when the screen closes."""
NICE = 5
"""How far the poll steps back where processors are short."""
LEAST_PAUSE = timedelta(seconds=60)


@dataclass(slots=True)
class PollState:
    """How polling stands, for the status line."""

    running: bool = False
    done: int = 0
    total: int = 0
    feed: str = ""
    stage: str = ""  # what is done once the feeds have answered
    new: int = 0
    ended: datetime | None = None
    problem: str = ""  # why the last poll came to nothing


class Polling:
    """One poll at a time; `on_change` after each event, `on_stored` when the store has more,
    `on_warning` with what went wrong beside the poll."""

    def __init__(
        self,
        data: Path | None,
        now: Callable[[], datetime],
        on_change: Callable[[], None],
        on_stored: Callable[[], None],
        on_warning: Callable[[str], None] = lambda message: None,
    ) -> None:
        self.state = PollState()
        self.wanted = False
        """Whether a poll is to come before a feed is due: stored articles wait to be read anew."""
        self._data, self._now = data, now  # an empty path: the database that the config names
        self._on_change, self._on_stored, self._on_warning = on_change, on_stored, on_warning
        self._process: asyncio.subprocess.Process | None = None
        self._finished = False  # the child said that it was done

    @property
    def possible(self) -> bool:
        """Whether there is a data folder that a child could write to."""
        return self._data is not None

    async def run(
        self, config: Path, *, full: bool = False, feed: str = "", switched: Mapping[str, bool] | None = None
    ) -> None:
        """Polls once; returns when the poll has ended. Does nothing while one is under way.

        `switched` are feeds by name that are on or off other than in the config.
        """
        if self.state.running or self._data is None:
            return
        self.state, self._finished, self.wanted = PollState(running=True), False, False
        self._on_change()
        command = [sys.executable, "-m", "watcher.engine.worker", "--config", str(config)]
        command += ["--data", str(self._data)] if self._data.parts else []
        command += ["--full"] if full else []
        command += [f"--feed={feed}"] if feed else []
        command += [f"--{'on' if on else 'off'}={name}" for name, on in (switched or {}).items()]
        try:
            self._process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                limit=MAX_LINE,
            )
            with contextlib.suppress(OSError, AttributeError):  # keys come before feeds
                os.setpriority(os.PRIO_PROCESS, self._process.pid, NICE)
            await self._follow(self._process)
        except OSError as error:
            self.state.problem = f"a poll could not start: {error.strerror or error}"
        finally:
            await self.stop()
            self.state.running = False
            self.state.ended = self._now()
            self._on_stored()
            self._on_change()

    async def _follow(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is None or process.stderr is None:
            return
        import json

        complaint = asyncio.create_task(process.stderr.read())
        try:
            async for line in process.stdout:
                with contextlib.suppress(ValueError):
                    self._take(json.loads(line))
            code = await process.wait()
            if not self._finished and not self.state.problem:
                last = (await complaint).decode(errors="replace").strip().splitlines()
                self.state.problem = last[-1] if last else f"the poll ended with code {code}"
        finally:
            complaint.cancel()

    def _take(self, event: Mapping[str, Any]) -> None:
        state = self.state
        match event.get("event"):
            case "done":
                self._finished = True
            case "start":
                state.total = int(event.get("feeds") or 0)
            case "feed":
                state.done, state.total = int(event.get("done") or 0), int(event.get("total") or 0)
                state.feed, state.new = str(event.get("name") or ""), state.new + int(event.get("new") or 0)
            case "stored":
                self._on_stored()
            case "page":
                state.stage = f"reading pages {event.get('done')}/{event.get('total')}"
            case "reread":
                state.stage = f"reading stored articles anew {event.get('done')}/{event.get('total')}"
            case "warning":
                self._on_warning(str(event.get("message") or ""))
            case "error":
                state.problem = str(event.get("message") or "the poll failed")
            case _:
                return
        self._on_change()

    async def stop(self) -> None:
        """Ends a poll under way; it may finish its write."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), GRACE)
            except TimeoutError:
                process.kill()
                await process.wait()


def next_poll(
    settings: Settings, states: Mapping[str, FeedState], now: datetime, ended: datetime | None
) -> datetime | None:
    """When the first feed is due; a minute after the last poll at the earliest, unless a feed is to be
    asked more often than that. None without feeds."""
    due, pause = [], LEAST_PAUSE
    for feed in settings.feeds:
        if not feed.enabled:
            continue
        pause = min(pause, feed.interval or settings.poll.interval)
        state = states.get(feed.url)
        if state is None or state.last_poll is None:
            due.append(now)
        else:
            due.append(state.next_try or state.last_poll + (feed.interval or settings.poll.interval))
    if not due:
        return None
    return max(min(due), ended + pause) if ended else min(due)
