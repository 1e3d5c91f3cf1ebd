"""Work done by a copy of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from watcher.engine import ahead

WORK = """
import os, sys
from watcher.engine import ahead

def work(send):
    {work}

copy = ahead.start(work)
sent = copy.sent()
print(sent if sent is None or len(sent) < 100 else len(sent), copy.wait(), copy.wait(), copy.sent() is sent)
"""


def worked(work: str) -> str:
    """What comes of it, and what is said on the way."""
    command = [sys.executable, "-c", WORK.format(work=work)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return (done.stdout + done.stderr).strip()


two_cores = pytest.mark.skipif(ahead.cores() < 2, reason="one processor: nothing is copied")


@two_cores
def test_what_the_work_came_to_arrives_however_much_it_is() -> None:
    assert worked("send(['a', 'b'])") == "['a', 'b'] True True True"
    assert worked("send('x' * 10_000_000)") == "10000000 True True True"


@two_cores
def test_work_that_fails_says_so_and_nothing_more() -> None:
    assert worked("raise OSError('no')") == "None False False True"
    assert worked("send('sent'); sys.exit(3)") == "sent False False True"


def test_what_arrives_in_part_is_nothing() -> None:
    """As where the copy is killed while it sends."""
    reader, writer = os.pipe()
    os.write(writer, b"\x80\x05\x95\xff\x00\x00\x00\x00\x00\x00\x00]")
    os.close(writer)
    assert ahead.Copy(os.getpid(), reader).sent() is None


@two_cores
def test_the_copy_goes_on_after_it_has_sent() -> None:
    assert worked("send('first'); import time; time.sleep(0.2); os._exit(0)") == "first True True True"


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system has no such thing")
def test_with_one_processor_nothing_is_gained_by_a_copy() -> None:
    one = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); from watcher.engine import ahead; "
    command = [sys.executable, "-c", one + "print(ahead.start(lambda send: None))"]
    assert subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout == "None\n"


def test_a_process_with_threads_is_not_copied() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert ahead.start(lambda send: None) is None
    finally:
        done.set()
        other.join()
