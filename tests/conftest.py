"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("watcher", deadline=None)  # a busy machine is no mistake
settings.load_profile("watcher")
