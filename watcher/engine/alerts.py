"""Telling people that a party's stance shifted: one alert a shift, outside of the quiet hours.

What an alert says comes from feeds, so a command gets it as one argument and as JSON on standard
input, never through a shell or a format string.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from watcher.errors import needs_extra

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from watcher.domain.board import Board
    from watcher.domain.settings import AlertSettings
    from watcher.domain.statement import Stance, Statement

COMMAND_SECONDS = 20
"""A command that runs longer is ended, and said to have failed."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A party's stance on the board is another than before what just came in."""

    topic: str
    party: str
    before: Stance | None
    after: Stance
    statement: Statement

    @property
    def headline(self) -> str:
        """What shifted."""
        was = f" (was {self.before.value})" if self.before else ""
        return f"{self.topic}: {self.party} {self.after.value}{was}"

    @property
    def line(self) -> str:
        """The alert in one line, without control characters, which no argument may hold."""
        line = " ".join(f"{self.headline} - {self.statement.sentence}".split())
        return "".join(letter if letter.isprintable() else "?" for letter in line)

    @property
    def evidence(self) -> str:
        """The words that it rests on, with where they stand."""
        article = self.statement.article
        return "\n".join(part for part in (f"“{self.statement.sentence}”", article.source, article.url) if part)

    def json(self) -> dict[str, Any]:
        """The alert for scripts."""
        return {
            "topic": self.topic,
            "party": self.party,
            "from": self.before.value if self.before else None,
            "to": self.after.value,
            "sentence": self.statement.sentence,
            "source": self.statement.article.source,
            "url": self.statement.article.url,
        }


def between(before: Board, after: Board) -> list[Alert]:
    """The alerts that the change from one board to the next is worth; the boards are of one topic.

    Where a person pinned a stance, or took the pin back, no party shifted.
    """
    alerts = []
    for row in after.rows:
        earlier = before.row(row.party)
        if earlier is None or earlier.pin != row.pin:
            continue
        if row.stance and row.latest and earlier.stance is not row.stance:
            shift = next((s for s in reversed(after.shifts) if s.party == row.party), None)
            statement = shift.statement if shift else row.latest
            alerts.append(Alert(after.topic, row.party, earlier.stance, row.stance, statement))
    return alerts


def quiet(hours: str, now: time) -> bool:
    """Whether `now` lies in quiet hours such as "22:00-07:00", which may run over midnight."""
    if not hours:
        return False
    start, end = (time.fromisoformat(part.strip()) for part in hours.split("-"))
    return start <= now < end if start <= end else now >= start or now < end


def send(alerts: Sequence[Alert], settings: AlertSettings, now: datetime, warn: Callable[[str], None]) -> None:
    """Runs the command once an alert and notifies the URLs; what goes wrong is told through `warn`.

    `now` is a local time. The screen's toast and bell are the screen's own affair.
    """
    if not alerts or quiet(settings.quiet, now.time()):
        return
    for alert in alerts:
        if settings.command:
            _run(settings.command, alert, warn)
    if settings.urls:
        _notify(settings.urls, alerts, warn)


def _run(command: Sequence[str], alert: Alert, warn: Callable[[str], None]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, the text one argument
            [*command, alert.line],
            input=json.dumps(alert.json(), ensure_ascii=False),
            encoding="utf-8",
            errors="replace",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except (OSError, ValueError) as error:  # a NUL in the config's words is no error of the system
        warn(f"alerts.command: {command[0]} cannot be run: {getattr(error, 'strerror', None) or error}")
    except subprocess.TimeoutExpired:
        warn(f"alerts.command: {command[0]} was ended after {COMMAND_SECONDS} seconds")
    else:
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["no message"]
            warn(f"alerts.command: {command[0]} ended with {done.returncode}: {last[0]}")


def _notify(urls: Sequence[str], alerts: Sequence[Alert], warn: Callable[[str], None]) -> None:
    try:
        from apprise import Apprise, NotifyFormat
    except ImportError:
        warn(needs_extra("alerts.urls", "alerts"))
        return
    several = len(alerts) > 1
    title = f"{len(alerts)} shifts" if several else alerts[0].headline
    body = "\n\n".join((f"{alert.headline}\n" if several else "") + alert.evidence for alert in alerts)
    for number, url in enumerate(urls, 1):
        service, scheme = Apprise(), url.partition(":")[0]  # the rest may hold a password
        if not service.add(url):
            warn(f"alerts.urls: address {number} ({scheme}:...) is not understood")
        elif not service.notify(title=title, body=body, body_format=NotifyFormat.TEXT):  # feed text is never markup
            warn(f"alerts.urls: address {number} ({scheme}:...): the notification did not get through")
