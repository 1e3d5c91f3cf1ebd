"""What polls did, line by line, in the data folder: for the person who wonders a week later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from watcher.domain.feed import HEALTHY, FeedStatus
from watcher.feeds.clean import clean
from watcher.store.folder import LOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NAME = "poll.log"
LARGEST = 1_000_000
"""Bytes of a file before it is set aside; KEPT older ones stay, as poll.log.1 and so on."""
KEPT = 3
SETTLED = HEALTHY | {FeedStatus.STALE}


def told(event: Mapping[str, Any]) -> str:
    """A poll's event as a line for people; empty where it is not worth one."""
    match event["event"]:
        case "start":
            return f"poll of {counted(event['feeds'], 'feed')}"
        case "elsewhere":
            return f"left to another poll under way: {counted(event['feeds'], 'feed')}"
        case "feed" if not event["asked"] and event["state"] in SETTLED:
            return ""  # it was not due: nothing was done
        case "feed":
            parts = [f"{event['name']}: {event['state'].replace('_', ' ')}"]
            parts += [f"{event['new']} new"] if event["new"] else []
            parts += [event["error"]] if event["error"] else []
            return clean(", ".join(parts))
        case "stored" if not (event["articles"] or event["matched"] or event["statements"]):
            return ""  # only how the feeds are
        case "stored":
            articles, readings = counted(event["articles"], "article"), counted(event["matched"], "reading")
            return f"stored {articles}, {readings}, {counted(event['statements'], 'statement')}"
        case "shift":
            return clean(f"shift: {event['topic']}: {event['party']} {event['from'] or 'no position'} to {event['to']}")
        case "warning" | "error":
            return clean(str(event["message"]))
        case "done":
            return f"done in {event['seconds']:.1f} s, {counted(event['new_articles'], 'new article')}"
    return ""


def counted(number: int, what: str) -> str:
    """So many of something, in words that fit one and many."""
    return f"{number} {what}" + ("" if number == 1 else "s")


class Journal:
    """Takes a poll's events and appends them to `folder`/poll.log; where that cannot be written, it stays silent.

    Several processes may write the same file: what one writes at a time stays together.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path, self._now = folder / NAME, now
        self._lines: list[str] = []
        self._asked = 0

    def __call__(self, event: Mapping[str, Any]) -> None:
        """Notes an event; the file is written at the start and end of a poll and whenever articles are stored."""
        kind = event["event"]
        self._asked = 0 if kind == "start" else self._asked + (kind == "feed" and event["asked"])
        if line := told(event):
            line += f", {counted(self._asked, 'feed')} asked" if kind == "done" else ""
            self._lines.append(f"{self._now().isoformat(timespec='seconds')} {line}\n")
        if kind in ("start", "stored", "done", "error"):
            self.write()

    def write(self) -> None:
        """Appends what waits."""
        lines, self._lines = self._lines, []
        try:
            self._set_aside()
            with self._path.open("ab", buffering=0) as file:  # one write: another process's lines come before or after
                file.write("".join(lines).encode("utf-8", "replace"))
        except OSError:
            return  # the store has said what is wrong with the folder; a log is not worth a second complaint

    def _set_aside(self) -> None:
        """Gives a file that grew large another name, unless another process is at it or is writing to the folder."""
        if self._size() < LARGEST:
            return
        from filelock import FileLock, Timeout

        try:
            with FileLock(self._path.with_name(LOCK), timeout=0):
                if self._size() < LARGEST:
                    return
                for number in range(KEPT, 1, -1):
                    older = self._path.with_name(f"{NAME}.{number - 1}")
                    if older.exists():
                        older.replace(self._path.with_name(f"{NAME}.{number}"))
                self._path.replace(self._path.with_name(f"{NAME}.1"))
        except Timeout:
            return  # another time

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0  # not begun, or just set aside by another process
