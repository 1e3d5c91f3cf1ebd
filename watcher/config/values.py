"""Single values of a config: what types alone cannot tell of an address, a length of time, a name."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watcher.config.places import expanded
from watcher.config.problems import Problem
from watcher.config.units import duration, size
from watcher.domain.feed import without_password

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path
    from urllib.parse import SplitResult

    from watcher.config import lines


def one_line(text: str, at: lines.Path, *, blank: bool = True) -> str:
    """`text`, which is shown on one line or sent in a header. Raises Problem for control characters."""
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise Problem(at, "holds a line break or a control character; remove it")
    if not blank and not text.strip():
        raise Problem(at, "is empty; write something")
    return text


def address(url: str, at: lines.Path) -> SplitResult:
    """The parts of an http or https address. Raises Problem for any other."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Problem(at, f'"{without_password(url)}" is no address: {error}') from None
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in url or not url.isprintable():
        raise Problem(at, f'"{without_password(url)}" is no http or https address')
    return parts


def told_apart(url: str) -> str:
    """An address without what tells no two apart: the case of its host, and the slash that is its whole path."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


def database(text: str, at: lines.Path) -> str:
    """The address of a PostgreSQL database, or empty. Raises Problem, without the password that may be in it."""
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise Problem(at, "is no PostgreSQL address; write it like postgresql://user@host/database")
    return one_line(text, at)


def length(text: str, at: lines.Path) -> timedelta:
    """A duration of the file. Raises Problem."""
    try:
        return duration(text)
    except ValueError as error:
        raise Problem(at, str(error)) from None


def amount(text: str, at: lines.Path) -> int:
    """A size of the file, in bytes. Raises Problem."""
    try:
        return size(text)
    except ValueError as error:
        raise Problem(at, str(error)) from None


def hours(text: str, at: lines.Path) -> str:
    """Hours like 22:00-07:00, or empty. Raises Problem."""
    if text and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", text):
        raise Problem(at, f'"{text}" are no hours; write them like "22:00-07:00"')
    return text


def beside(path: Path, name: str, what: str, at: lines.Path) -> Path:
    """The file `name`, which counts from the folder of the config at `path`. Raises Problem where there is none."""
    where = path.parent / expanded(name)
    if not os.path.isfile(where):
        raise Problem(at, f"the {what} {name} is not in {path.parent}; correct the path or remove it")
    return where
