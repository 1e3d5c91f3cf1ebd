"""Alerts: one a shift, to a real command, quiet at night."""

from __future__ import annotations

import json
import sys
import time as time_module
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.engine.boards import build
from watcher.domain.judgement import Pin
from watcher.domain.settings import AlertSettings
from watcher.domain.statement import Stance
from watcher.engine.alerts import between, quiet, send

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic
    from watcher.engine.alerts import Alert

DAY, NEXT = date(2025, 5, 1), date(2025, 5, 9)
NOON, NIGHT = datetime(2025, 5, 9, 12), datetime(2025, 5, 9, 23)  # noqa: DTZ001 - local times


@pytest.fixture
def alerts(topic: Topic, say: Callable[..., Statement]) -> list[Alert]:
    first = [say("Arland", "support", DAY), say("Borland", "oppose", DAY)]
    news = [say("Arland", "oppose", NEXT, sentence="$(id) {0} %s; `ls`"), say("Arland", "oppose", NEXT)]
    return between(build(topic, first, as_of=NEXT), build(topic, first + news, as_of=NEXT))


def test_a_shift_is_one_alert_however_many_articles_tell_it(alerts: list[Alert]) -> None:
    assert [(a.party, a.before, a.after) for a in alerts] == [("Arland", "support", "oppose")]


def test_what_a_person_pins_or_takes_back_is_no_shift_of_the_party(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [say("Arland", "support", DAY), say("Borland", "oppose", DAY)]
    pin = Pin(id="p", topic=topic.name, party="Arland", stance=Stance.OPPOSE, at=datetime(2025, 5, 4, tzinfo=UTC))
    read, pinned = build(topic, said, as_of=NEXT), build(topic, said, as_of=NEXT, pins=[pin])
    assert pinned.row("Arland").stance is not read.row("Arland").stance  # type: ignore[union-attr]
    assert not between(read, pinned)
    assert not between(pinned, read)
    turned = build(topic, [*said, say("Borland", "support", NEXT)], as_of=NEXT, pins=[pin])
    assert [alert.party for alert in between(pinned, turned)] == ["Borland"]


def test_the_command_gets_the_text_as_one_argument_and_as_json(alerts: list[Alert], tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    script = "import sys, json; json.dump([sys.argv[2:], json.load(sys.stdin)], open(sys.argv[1], 'w'))"
    command = (sys.executable, "-c", script, str(out))
    warnings: list[str] = []
    send(alerts, AlertSettings(command=command), NOON, warnings.append)
    arguments, data = json.loads(out.read_text(encoding="utf-8"))
    assert arguments == [alerts[0].line]
    assert (data["party"], data["from"], data["to"]) == ("Arland", "support", "oppose")
    assert not warnings


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("/nowhere/to/be/found",), "cannot be run"),
        (("true", "\0"), "cannot be run: embedded null byte"),
        ((sys.executable, "-c", "raise SystemExit('no')"), "no"),
    ],
)
def test_a_command_that_fails_is_told(alerts: list[Alert], command: tuple[str, ...], said: str) -> None:
    warnings: list[str] = []
    send(alerts, AlertSettings(command=command), NOON, warnings.append)
    assert len(warnings) == 1
    assert said in warnings[0]


def test_quiet_hours_keep_quiet(alerts: list[Alert], tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = (sys.executable, "-c", "import sys; open(sys.argv[1], 'w')", str(out))
    settings = AlertSettings(command=command, quiet="22:00-07:00")
    send(alerts, settings, NIGHT, lambda text: None)
    assert not out.exists()
    send(alerts, settings, NOON, lambda text: None)
    assert out.exists()


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [("22:00-07:00", "23:30", True), ("22:00-07:00", "06:59", True), ("22:00-07:00", "07:00", False),
     ("12:00-13:00", "12:30", True), ("12:00-13:00", "11:59", False), ("", "12:00", False)],
)  # fmt: skip
def test_quiet_hours_may_run_over_midnight(hours: str, at: str, expected: bool) -> None:
    assert quiet(hours, time.fromisoformat(at)) is expected


@pytest.mark.skipif(not hasattr(time_module, "tzset"), reason="the zone cannot be set")
@pytest.mark.parametrize("day", ["2025-03-29", "2025-10-25"])
def test_quiet_hours_go_by_the_clock_on_the_wall_when_it_is_put_on_or_back(
    day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time_module.tzset()
    try:
        noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        nights = [noon + timedelta(minutes=minute) for minute in range(24 * 60)]
        silent = [at.astimezone() for at in nights if quiet("22:00-07:00", at.astimezone().time())]
        assert (silent[0].hour, silent[0].minute, silent[-1].hour, silent[-1].minute) == (22, 0, 6, 59)
        assert len(silent) == (8 if day == "2025-03-29" else 10) * 60
    finally:
        monkeypatch.undo()
        time_module.tzset()
