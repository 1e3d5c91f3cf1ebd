"""The command line: what a person types, turned into calls of the engine, and failures into one line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click import ClickException

CTRL_C, BROKEN_PIPE = 130, 141
"""Exit codes as shells give them: 128 and the signal's number."""


def main(arguments: list[str] | None = None) -> None:
    """Runs a command and ends the process: 0 fine, 1 failed work, 2 wrong use."""
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
    """A full disk, or a mistake of the program's own: a line for the person, everything else for who mends it."""
    import errno
    import traceback

    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
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
    print("watcher:", " ".join(message.split()), file=sys.stderr)
    return code
