"""The config file: where it is, what may stand in it, and what to do when it is wrong."""

from __future__ import annotations

from watcher.config.load import load, loads
from watcher.config.places import find

__all__ = ["find", "load", "loads"]
