"""Files named on the command line, `-` for standard input, and the days and spans people type."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from watcher.errors import UsageError, WatcherError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta


@contextmanager
def reading(name: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, or of standard input; .gz is unpacked. Raises UsageError with the reason."""
    try:
        with open_bytes(name) as stream:
            yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise UsageError(f"{name}: cannot be read: {error.strerror or error}") from None


def open_bytes(name: str) -> IO[bytes] | nullcontext[IO[bytes]]:
    """The file open for reading."""
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    if name.endswith(".gz"):
        import gzip

        return gzip.open(name, "rb")  # type: ignore[return-value]
    return Path(name).open("rb")


def write_out(text: str | Iterable[str], output: Path | None) -> None:
    """Prints, or writes a file whole: an interrupted write leaves the old file. Raises WatcherError."""
    pieces = (text,) if isinstance(text, str) else text
    if output is None or str(output) == "-":
        sys.stdout.writelines(pieces)
        return
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        partial.replace(output)
    except OSError as error:
        raise WatcherError(f"{output}: cannot be written: {error.strerror or error}") from None


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
                return date.fromordinal(today().toordinal() - (text == "yesterday"))
            if text[:1].isdigit() and text[-1:].isalpha():
                return today() - duration(text)
            return date.fromisoformat(text)
        except (ValueError, OverflowError):
            self.fail(f'"{text}" is no day; write it like 2025-02-15, yesterday or 7d', param, ctx)


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
