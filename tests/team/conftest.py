"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, on loopback, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watcher.store.base import Store

pytest.register_assert_rewrite("tests.store.test_contract")

ACCOUNT = "postgres"
"""Whom the server runs as where the tests are root, as which it refuses to run."""


class Server:
    """A cluster that can be stopped, started and killed."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="watcher-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT)
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", "watcher", "-E", "UTF8", "--no-locale", "-N")
        with (Path(self.data) / "postgresql.conf").open("a") as config:
            config.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\n")
        self.start()

    @property
    def data(self) -> str:
        return f"{self.folder}/data"

    @property
    def url(self) -> str:
        return f"postgresql://watcher@/postgres?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", ACCOUNT, "--", *command]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        self._run("pg_ctl", "start", "-w", "-D", self.data, "-l", f"{self.folder}/log", "-s")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "stop", "-w", "-D", self.data, "-m", mode, "-s")

    def empty(self) -> str:
        """The address of the database, with nothing in it."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SET client_min_messages TO error")
            connection.execute("DROP SCHEMA IF EXISTS watcher CASCADE")
        return self.url


def programs() -> Path | None:
    """Where Debian or the PATH has the server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed: the extra `team` is missing")
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    server = Server(where)
    yield server
    server.stop("immediate")
    shutil.rmtree(server.folder)


@pytest.fixture
def database(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The address of an empty database; nothing is noted in the user's own folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return server.empty()


@pytest.fixture
def open_team(database: str) -> Iterator[Callable[..., Store]]:
    """Opens stores over the test's database, closed at its end."""
    from watcher.store.postgres import PostgresStore

    opened = []

    def open_one(**options: object) -> Store:
        opened.append(PostgresStore(database, **options))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()
