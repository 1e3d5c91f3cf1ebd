"""The tables, and how those of an earlier version become those of this one.

All stand in a schema of their own, `watcher`. Each row carries the record as JSON, as export writes
it, and beside it the few columns that are searched by; `format` is the version of the record
(`watcher.store.records`). `revision` numbers the commits: a reader that knows revision n asks for
the rows above n. What was taken away stays as a row without its record, so that readers learn of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.errors import StoreError
from watcher.store.records import newer

if TYPE_CHECKING:
    from psycopg import Connection

MIGRATIONS = (
    """
    CREATE TABLE revision (n bigint NOT NULL);
    INSERT INTO revision VALUES (0);

    CREATE TABLE articles (
        id text PRIMARY KEY,
        written bigint GENERATED ALWAYS AS IDENTITY,
        revision bigint NOT NULL,
        published timestamptz NOT NULL,
        feed text NOT NULL,
        title text NOT NULL,
        source text NOT NULL,
        story text NOT NULL,
        format smallint NOT NULL,
        record json NOT NULL
    );
    CREATE UNIQUE INDEX ON articles (written);
    CREATE INDEX ON articles (revision);
    CREATE INDEX ON articles (published);

    CREATE TABLE readings (
        topic text,
        article text,
        revision bigint NOT NULL,
        version text NOT NULL,
        format smallint NOT NULL,
        record json,
        PRIMARY KEY (topic, article)
    );
    CREATE INDEX ON readings (article);
    CREATE INDEX ON readings (topic, revision);

    CREATE TABLE pruned (
        article text NOT NULL,
        revision bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX ON pruned (revision);

    CREATE TABLE feeds (
        url text PRIMARY KEY, revision bigint NOT NULL, format smallint NOT NULL, record json NOT NULL
    );
    CREATE INDEX ON feeds (revision);

    CREATE TABLE marks (
        person text, article text, revision bigint NOT NULL, format smallint NOT NULL, record json NOT NULL,
        starred boolean NOT NULL,
        PRIMARY KEY (person, article)
    );
    CREATE INDEX ON marks (revision);

    CREATE TABLE corrections (
        id text PRIMARY KEY, revision bigint NOT NULL, format smallint NOT NULL, record json NOT NULL,
        role name NOT NULL DEFAULT session_user, written timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX ON corrections (revision);

    CREATE TABLE pins (
        id text PRIMARY KEY, revision bigint NOT NULL, format smallint NOT NULL, record json NOT NULL,
        role name NOT NULL DEFAULT session_user, written timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX ON pins (revision);

    CREATE TABLE meta (
        person text, key text, revision bigint NOT NULL, value text NOT NULL,
        PRIMARY KEY (person, key)
    );
    CREATE INDEX ON meta (revision);
    """,
)
"""One text of SQL a version of the schema, each run once, in order. A version that was released is
never edited: the next one changes it."""

LOCK = 0x77617463686572
"""The advisory lock that a migration holds ("watcher" in ASCII), so that of many programs that start
at once one migrates and the others find it done."""


def migrate(connection: Connection, *, allowed: bool) -> None:
    """Brings the tables to this program's version, once. Raises StoreError where they are newer, or
    where they are older and nothing may be written (`allowed` false)."""
    if _current(connection):
        return
    if not allowed:
        raise StoreError("the database has no tables of this version yet: run `watcher poll` once")
    # Locked before the transaction begins: one that waited for the lock inside would still see no tables.
    connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        with connection.transaction():
            if not _current(connection):
                _migrate(connection)
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _migrate(connection: Connection) -> None:
    have = _version(connection)
    if have is None:
        connection.execute("CREATE SCHEMA IF NOT EXISTS watcher")
        connection.execute("CREATE TABLE watcher.schema (version integer NOT NULL)")
        connection.execute("INSERT INTO watcher.schema VALUES (0)")
        have = 0
    connection.execute("SET LOCAL search_path TO watcher")
    for sql in MIGRATIONS[have:]:
        connection.execute(sql)
    connection.execute("UPDATE schema SET version = %s", [len(MIGRATIONS)])


def _current(connection: Connection) -> bool:
    version = _version(connection)
    if version is not None and version > len(MIGRATIONS):
        raise newer("the database", version)
    return version == len(MIGRATIONS)


def _version(connection: Connection) -> int | None:
    """The version of the tables, None where there are none."""
    found = connection.execute("SELECT to_regclass('watcher.schema')::text").fetchone()
    if not found or found[0] is None:
        return None
    row = connection.execute("SELECT version FROM watcher.schema").fetchone()
    return int(row[0]) if row else None
