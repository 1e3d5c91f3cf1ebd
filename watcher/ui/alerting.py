"""Shifts that come in while the screen is open: toast and bell. The poll itself runs commands and services."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from watcher.domain.board import Board
    from watcher.domain.settings import AlertSettings
    from watcher.domain.topic import Topic
    from watcher.engine.alerts import Alert
    from watcher.ui.bridge import Bridge

MOST_TOASTS = 3
"""More shifts than these at once are told in one line."""


class Alerting:
    """Remembers the boards last seen, and finds what shifted since."""

    def __init__(self) -> None:
        self._boards: dict[str, Board] = {}

    def begin(self, bridge: Bridge) -> None:
        """Takes the present boards as known."""
        self._boards = {topic.name: bridge.board(topic) for topic in bridge.settings.topics}

    def know(self, bridge: Bridge, topic: Topic) -> None:
        """Takes the present board of a topic as known: what a person just judged is no news to him."""
        self._boards[topic.name] = bridge.board(topic)

    def check(self, bridge: Bridge) -> list[Alert]:
        """The shifts since the last look. A topic that is new in the config gives none."""
        from watcher.engine.alerts import between

        found: list[Alert] = []
        for topic in bridge.settings.topics:
            board, before = bridge.board(topic), self._boards.get(topic.name)
            if before is not None and before is not board:
                found += between(before, board)
            self._boards[topic.name] = board
        return found


def toasts(alerts: list[Alert]) -> list[str]:
    """What the screen says of shifts: one by one, or many in one line."""
    if len(alerts) > MOST_TOASTS:
        return [f"{len(alerts)} shifts: " + ", ".join(sorted({alert.party for alert in alerts}))]
    return [
        f"{alert.party}: {alert.before.value if alert.before else 'no position'} to {alert.after.value}"
        f"\n{alert.topic}\n“{alert.statement.sentence[:160]}”"
        for alert in alerts
    ]


def bell_now(settings: AlertSettings, now: datetime) -> bool:
    """Whether to ring: wanted, and not in quiet hours (local time)."""
    from watcher.engine.alerts import quiet

    return settings.bell and not quiet(settings.quiet, now.astimezone().time())
