"""Files named on the command line, `-` for standard input and output, and the days and spans people type."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from watcher.errors import UsageError, WatcherError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EARLIEST, LATEST = date(1000, 1, 1), date(2999, 12, 31)
"""The days that can be asked for: any other is a slip of the finger."""


@contextmanager
def reading(name: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, or of standard input, unpacked where they are packed. Raises UsageError with the reason."""
    from zlib import error as ZlibError

    from watcher.engine.archive_files import open_bytes, unpacked

    path = Path(name)
    try:
        with open_bytes(path) as raw:
            yield unpacked(raw, path)
    except (OSError, EOFError, ZlibError) as error:
        raise UsageError(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def print_data(pieces: Iterable[str]) -> None:
    """Prints what programs read: in UTF-8, as these formats want it, whatever the terminal's encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.stdout.writelines(pieces)


def write_out(text: str | Iterable[str], output: Path | None) -> None:
    """Prints, or writes to a file. Raises WatcherError."""
    pieces = (text,) if isinstance(text, str) else text
    if output is None or str(output) == "-":
        print_data(pieces)
        return
    try:
        write_file(pieces, Path(os.path.realpath(output)))
    except OSError as error:
        raise WatcherError(f"{output}: cannot be written: {error.strerror or error}") from None


def write_file(pieces: Iterable[str], path: Path) -> None:
    """Writes a file whole: an interrupted write leaves the old one. Raises OSError.

    What is no plain file, such as /dev/stdout or a named pipe, is written to and never replaced.
    """
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(pieces)
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(pieces)
        if path.exists():
            partial.chmod(path.stat().st_mode)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def today() -> date:
    """Today in UTC, which all days are counted in."""
    return datetime.now(UTC).date()


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day: 2025-02-15, today, yesterday, or how long ago: 7d."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        from watcher.config.units import duration

        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            if text in ("today", "yesterday"):
                return today() - timedelta(days=text == "yesterday")
            day = today() - duration(text) if text[-1:].isalpha() else date.fromisoformat(text)
        except (ValueError, OverflowError):
            day = date.min
        if not EARLIEST <= day <= LATEST:
            self.fail(f'"{text}" is no day; write it like 2025-02-15, yesterday or 7d', param, ctx)
        return day


class Since(Day):
    """A day, or how long before the last one."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day, or the length of time, that was typed."""
        from watcher.config.units import duration

        try:
            return duration(str(value))
        except ValueError:
            return super().convert(value, param, ctx)


class Span(click.ParamType):  # type: ignore[type-arg]
    """A length of time: 30m, 12h, 7d."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length that was typed."""
        from watcher.config.units import duration

        try:
            return duration(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
