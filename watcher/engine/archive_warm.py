"""What every worker needs and is slow to load: imported once by the server that they are forked from."""

from __future__ import annotations

from watcher.detect.language import identify
from watcher.detect.lexicons import load
from watcher.engine import archive_partition

__all__ = ["archive_partition"]

identify("Nur damit die Sprachen geladen sind, bevor der erste Artikel kommt.", load())
