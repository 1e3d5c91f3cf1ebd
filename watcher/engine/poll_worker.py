"""The processes of a poll: `python -m watcher.engine.poll_worker` parses feeds, and reads articles when asked."""

from __future__ import annotations

from watcher.feeds.worker import main


def read(message: bytes) -> bytes:
    """Reads a share of articles; what that needs is loaded only now, as most polls never ask."""
    from watcher.engine.readers import read_tasks

    return read_tasks(message)


if __name__ == "__main__":
    main(read)
