"""The store that a team shares: the same protocol over a PostgreSQL database (extra `team`)."""

from watcher.store.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
