"""The child process that reads bodies: `python -m watcher.feeds.worker`.

Feed parsers can be made to run for minutes or to eat all memory, and hold the interpreter's lock
meanwhile. Here they can be killed: by the parent at its limit, and by the kernel should the parent
be gone. Jobs come on stdin and answers go to stdout, each as four bytes of length, big-endian, and
a MessagePack value.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from watcher.feeds.entry import NotAFeed
from watcher.feeds.page import Page, extract
from watcher.feeds.parse import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Callable

READY = b"\0\0\0\0"
"""The first message out, an empty one: everything is loaded."""

MEMORY = 1_000_000_000
"""Bytes of address space the process may take."""


@dataclass(frozen=True, slots=True)
class Job:
    """A body to read: a feed, with `page` the article on a web page, with `other` what `main` was given to do.

    `seconds` is what it may take; `quick` leaves the authority out, which was too slow for it.
    """

    body: bytes
    content_type: str
    feed: str
    base: str
    seconds: float
    page: bool = False
    quick: bool = False
    other: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: one of the four."""

    parsed: Parsed | None = None
    page: Page | None = None
    other: bytes | None = None
    problem: str = ""


def work(job: Job, other: Callable[[bytes], bytes] | None = None) -> Answer:
    """Does one job; whatever goes wrong is said in the answer."""
    try:
        if job.other:
            return Answer(other=other(job.body)) if other else Answer(problem="this process reads bodies only")
        if job.page:
            return Answer(page=extract(job.body, job.content_type, job.base))
        return Answer(parsed=parse(job.body, job.content_type, job.feed, job.base, quick=job.quick))
    except NotAFeed as error:
        return Answer(problem=str(error))
    except MemoryError:
        return Answer(problem="reading it takes too much memory")
    except RecursionError:
        return Answer(problem="it is nested too deeply")
    except Exception as error:  # a parser's own bug must cost one feed only
        return Answer(problem=f"it cannot be read ({type(error).__name__})")


def main(other: Callable[[bytes], bytes] | None = None) -> None:
    """Works until stdin ends. `other` is further work, for those above this package to whom the process is of use."""
    import resource
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is the parent's to handle
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    decoder, encoder = msgspec.msgpack.Decoder(Job), msgspec.msgpack.Encoder()
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not end up among the answers
    with contextlib.suppress(ImportError):  # loaded before the clock starts; what is missing is said by the first job
        importlib.import_module("trafilatura" if sys.argv[1:] == ["pages"] else "fastfeedparser")
    stdout.write(READY)
    stdout.flush()
    while message := read_message(stdin):
        job = decoder.decode(message)
        signal.setitimer(signal.ITIMER_REAL, job.seconds + 2)  # its default action ends the process
        answer = encoder.encode(work(job, other))
        signal.setitimer(signal.ITIMER_REAL, 0)
        stdout.write(len(answer).to_bytes(4, "big") + answer)
        stdout.flush()


def read_message(stream: BinaryIO) -> bytes:
    """The next message, empty at the end."""
    head = stream.read(4)
    return stream.read(int.from_bytes(head, "big")) if len(head) == 4 else b""


if __name__ == "__main__":
    main()
