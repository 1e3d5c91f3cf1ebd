"""What polls did, line by line, in the data folder: for the person who wonders a week later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from watcher.feeds.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NAME = "poll.log"
LARGEST = 1_000_000
"""Bytes of a file before it is set aside; KEPT older ones stay, as poll.log.1 and so on."""
KEPT = 3


def told(event: Mapping[str, Any]) -> str:
    """A poll's event as a line for people; empty where it is not worth one."""
    match event["event"]:
        case "start":
            return f"poll of {event['feeds']} feeds"
        case "feed":
            parts = [f"{event['name']}: {event['state'].replace('_', ' ')}"]
            parts += [f"{event['new']} new"] if event["new"] else []
            parts += [event["error"]] if event["error"] else []
            return clean(", ".join(parts))
        case "stored":
            return f"stored {event['articles']} articles, {event['matched']} readings, {event['statements']} statements"
        case "shift":
            return clean(f"shift: {event.get('topic')}: {event.get('party')} {event.get('from')} to {event.get('to')}")
        case "warning":
            return clean(str(event["message"]))
        case "done":
            return f"done in {event['seconds']:.1f} s, {event['new_articles']} new articles"
    return ""


class Journal:
    """Takes a poll's events and appends them to `folder`/poll.log; where that cannot be written, it stays silent."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path, self._now = folder / NAME, now
        self._lines: list[str] = []

    def __call__(self, event: Mapping[str, Any]) -> None:
        """Notes an event; the file is written at the end of a poll and before it grows old in memory."""
        if line := told(event):
            self._lines.append(f"{self._now().isoformat(timespec='seconds')} {line}\n")
        if event["event"] in ("stored", "done"):
            self.write()

    def write(self) -> None:
        """Appends what waits."""
        lines, self._lines = self._lines, []
        try:
            self._set_aside()
            with self._path.open("a", encoding="utf-8") as file:
                file.writelines(lines)
        except OSError:
            return  # the store has said what is wrong with the folder; a log is not worth a second complaint

    def _set_aside(self) -> None:
        if not self._path.exists() or self._path.stat().st_size < LARGEST:
            return
        for number in range(KEPT, 1, -1):
            older = self._path.with_name(f"{NAME}.{number - 1}")
            if older.exists():
                older.replace(self._path.with_name(f"{NAME}.{number}"))
        self._path.replace(self._path.with_name(f"{NAME}.1"))
