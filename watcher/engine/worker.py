"""A poll in a process of its own, for the screen: events as JSON lines on standard output, and in poll.log.

Apart from the screen's process, so that no feed, however large or hostile, holds up a key.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from watcher.errors import UsageError, WatcherError


def main() -> int:
    """Polls once; the exit code is that of `watcher poll`."""
    parser = argparse.ArgumentParser(prog="watcher.engine.worker")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="the data folder; without it, the database that the config names")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--feed", default="")
    parser.add_argument("--on", action="append", default=[], metavar="FEED", help="a feed to poll though it is off")
    parser.add_argument("--off", action="append", default=[], metavar="FEED", help="a feed to leave out")
    options = parser.parse_args()

    from watcher.config.places import data_folder
    from watcher.engine.configured import load
    from watcher.engine.journal import Journal
    from watcher.engine.poller import poll
    from watcher.store.open import open_store

    note: Journal | None = None

    def tell(event: dict[str, object]) -> None:
        if note:
            note(event)
        print(json.dumps(event), flush=True)  # in ASCII, which is the same in every locale

    try:
        switched = dict.fromkeys(options.on, True) | dict.fromkeys(options.off, False)
        settings = load(options.config).with_feeds(switched)
        note = Journal(options.data or data_folder(settings))
        if not options.data and not settings.store.url:
            raise UsageError("neither --data nor a database in the config: nowhere to keep anything")
        store = open_store(options.data or Path(), url="" if options.data else settings.store.url)
        report = asyncio.run(poll(settings, store, full=options.full, only=options.feed, on_event=tell))
    except WatcherError as error:
        tell({"event": "error", "message": str(error)})
        return error.exit_code
    except (BrokenPipeError, KeyboardInterrupt):
        return 1  # the screen is gone
    return int(report.failed)


if __name__ == "__main__":
    sys.exit(main())
