"""One session with the server: opened, made anew when it is lost, and told what others wrote."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from watcher.errors import StoreError
from watcher.store.postgres.rows import PlainText
from watcher.store.postgres.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg import Connection, Notify

T = TypeVar("T")

CHANNEL = "watcher"
"""The channel on which each commit tells its revision."""
PAUSE = (0.05, 0.1, 0.2, 0.5, 1.0)
"""Seconds between attempts to reach the server again; the last one repeats."""
FIRST_REST, LONGEST_REST = 0.5, 30.0
"""Seconds before a screen looks again for a server that it could not reach; doubled each time."""
DEFAULTS = {
    "application_name": "watcher",
    "connect_timeout": "5",
    "keepalives_idle": "30",  # a poller whose machine lost power keeps its feeds no longer than a minute
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""What the address leaves open."""


class Session:
    """A connection that outlives a restart of the server.

    `on_open` runs on each new connection, before any work. `latest` is the newest revision that a
    commit told of; infinite on a new connection, which may have missed any. `patience` is how many
    seconds to wait for a server that restarts; without any, as where a person waits for the screen, it
    is tried again only now and then.
    """

    def __init__(self, url: str, *, read_only: bool, on_open: Callable[[Connection], None]) -> None:
        try:
            given = conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            raise StoreError(
                "store.url is no PostgreSQL address; write it like postgresql://user@host:5432/database"
            ) from None
        missing = {key: value for key, value in DEFAULTS.items() if key not in given}
        self._address = make_conninfo(url, **missing)
        self.name = f"the database {given.get('dbname') or ''} on {given.get('host') or 'this machine'}".replace(
            "  ", " "
        )
        self._read_only, self._on_open = read_only, on_open
        self._connection: Connection | None = None
        self.latest = math.inf
        self._rest, self._again, self._problem = FIRST_REST, 0.0, ""
        self.patience = 0.0

    def run(self, work: Callable[[Connection], T]) -> T:
        """What `work` makes of the connection. Where that is lost, tries again for as long as there is
        patience, so `work` must be one transaction that may run twice. Raises StoreError."""
        if self._resting:
            raise StoreError(self._problem)
        deadline = time.monotonic() + self.patience
        attempt = 0
        while True:
            used = self._connection is not None
            try:
                return work(self._connected())
            except psycopg.OperationalError as error:
                self.drop()
                if used:
                    continue  # it may have died long ago; a new one tells
                if time.monotonic() >= deadline:
                    raise self._lost(error) from None
                time.sleep(PAUSE[min(attempt, len(PAUSE) - 1)])
                attempt += 1
            except psycopg.Error as error:
                raise StoreError(f"{self.name}: {_reason(error)}") from error

    def listen(self) -> bool:
        """Takes in what the server told since the last time, without asking it anything.

        Where it cannot be reached: raises StoreError without patience, and is then false until it is
        time to try again; with patience, leaves it to `run`.
        """
        if self._resting:
            return False
        try:
            connection = self._connected()
            connection.pgconn.consume_input()
            while (told := connection.pgconn.notifies()) is not None:
                self._hear(told.extra)
        except psycopg.OperationalError as error:
            self.drop()
            if not self.patience:
                raise self._lost(error) from None
        return True

    @property
    def _resting(self) -> bool:
        """Whether the server was missed a moment ago, and nobody wants to wait for it."""
        return not self.patience and self._connection is None and time.monotonic() < self._again

    def _lost(self, error: psycopg.Error) -> StoreError:
        self._problem = f"{self.name} cannot be reached: {_reason(error)}"
        self._rest = min(2 * self._rest, LONGEST_REST)
        self._again = time.monotonic() + self._rest
        return StoreError(self._problem)

    def drop(self) -> None:
        """Closes the connection; the next use makes another."""
        connection, self._connection, self.latest = self._connection, None, math.inf
        if connection is not None:
            connection.close()

    def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self.latest = math.inf
            connection = psycopg.connect(self._address, autocommit=True)
            try:
                connection.add_notify_handler(self._told)
                connection.adapters.register_dumper(str, PlainText)
                migrate(connection, allowed=not self._read_only)
                connection.execute(
                    "SELECT set_config('search_path', 'watcher', false), set_config('timezone', 'UTC', false), "
                    "set_config('synchronous_commit', 'on', false), "
                    "set_config('default_transaction_read_only', %s, false)",
                    ["on" if self._read_only else "off"],
                )
                connection.execute(f"LISTEN {CHANNEL}")
                self._on_open(connection)
            except BaseException:
                connection.close()
                raise
            self._connection, self._rest = connection, FIRST_REST
        return self._connection

    def _told(self, told: Notify) -> None:
        self._hear(told.payload)

    def _hear(self, payload: Any) -> None:
        text = payload.decode() if isinstance(payload, bytes) else str(payload)
        if text.isdecimal():
            self.latest = max(self.latest, int(text))


def _reason(error: psycopg.Error) -> str:
    """The first line of what the server or the network says."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
