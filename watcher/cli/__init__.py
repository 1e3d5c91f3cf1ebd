"""The command line: what a person types, turned into calls of the engine, and failures into one line."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click import ClickException

CTRL_C, BROKEN_PIPE = 130, 141
"""Exit codes as shells give them: 128 and the signal's number."""


def main(arguments: list[str] | None = None) -> None:
    """Runs a command and ends the process: 0 fine, 1 failed work, 2 wrong use."""
    prepare_streams()
    try:
        code = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        code = BROKEN_PIPE
    except KeyboardInterrupt:
        code = CTRL_C
    except Exception as error:
        code = unexpected(error)
    if code == BROKEN_PIPE:  # the reader, such as head, has gone
        discard_output()
    sys.exit(code)


def prepare_streams() -> None:
    """Opens in their places the standard streams that the caller closed; prints `?` for what the terminal lacks.

    Else the next file to be opened would get the place, and what is printed. Nothing can be written to a
    standard output opened here, so that work without output succeeds and lost output is told.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", closefd=False)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def run(arguments: list[str] | None = None) -> int:
    """The exit code of a command line; every failure that a person can mend is one line on stderr."""
    import click

    from watcher.cli.root import ReaderGone, root
    from watcher.errors import WatcherError

    try:
        result = root.main(arguments, prog_name="watcher", standalone_mode=False)
    except WatcherError as error:
        return complain(str(error), error.exit_code)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return CTRL_C
    except ReaderGone:
        return BROKEN_PIPE
    except click.ClickException as error:
        return complain(usage(error), error.exit_code)
    return result if isinstance(result, int) else 0


def discard_output() -> None:
    """Sends what is still to be written nowhere: the interpreter would fail on it once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def unexpected(error: Exception) -> int:
    """A full disk, a closed output or a mistake of the program: a line for the person, the rest for who mends it."""
    import errno
    import traceback

    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF):
        discard_output()
        return complain(f"what was asked for cannot be written: {error.strerror}", 1)
    if "--verbose" in sys.argv:
        traceback.print_exception(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(where.filename)}:{where.lineno}"
    return complain(f"a mistake in the program: {type(error).__name__} at {place}: {error}; --verbose shows more", 1)


def usage(error: ClickException) -> str:
    """What click has to say, on one line, with where to read on."""
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    if context is not None:
        message = f"{message.rstrip('.')}; see {context.command_path} --help"
    return message


def complain(message: str, code: int) -> int:
    """Says on stderr what is wrong, on one line."""
    from watcher.cli.session import warn

    with suppress(OSError):  # nobody can be told; the exit code still says it
        warn(message)
    return code
