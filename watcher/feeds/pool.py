"""The parent's side of the worker processes: jobs in, answers out, and a kill at the limit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from watcher.feeds.worker import READY, Answer, Job

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

PATIENCE = 0.5
"""Seconds that one job may hold up others before another process is started beside it."""

START = 30.0
"""Seconds that a process may take to start, on a machine that is busy with everything else."""

AHEAD = 2
"""Jobs that a process holds: the one it does and the next."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Answer).decode


class Killed(Exception):
    """The job took too long, or its process died; the message says which."""


class Pool:
    """Worker processes, started when first needed.

    One does the work of a normal poll. More are started, up to `most`, only while a job runs long
    and others wait, so that a crafted feed holds up nobody and a quiet poll stays small. Where all
    are busy with long jobs, those are put off once, until the quick ones are done. With `pages`
    the processes are made ready for web pages rather than feeds; `module` is the one that they run.
    """

    def __init__(self, most: int | None = None, *, pages: bool = False, module: str = "watcher.feeds.worker") -> None:
        self._most = most or max(2, min(4, os.cpu_count() or 1))
        self._command = [module, *(["pages"] if pages else [])]
        self._jobs: asyncio.Queue[_Ticket] = asyncio.Queue()
        self._workers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Pool:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def run(self, job: Job) -> Answer:
        """Does the job in a worker process. Raises Killed."""
        ticket = _Ticket(_encode(job), job.seconds, asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(ticket)
        if not self._workers:
            self._start()
        return await ticket.answer

    def _start(self) -> None:
        self._workers.append(asyncio.create_task(self._serve()))

    async def _serve(self) -> None:
        """One process after another, each until it has to be killed."""
        while True:
            try:
                await self._serve_one()
            except (OSError, EOFError):
                continue

    async def _serve_one(self) -> None:
        """Feeds one process, always a job ahead, so that it never waits for the next."""
        ahead = deque([await self._next()])
        try:
            process = await _start_process(self._command)
        except (OSError, EOFError) as error:
            if not ahead[0].answer.done():
                ahead[0].answer.set_exception(Killed(f"no process could be started to read it ({error})"))
            raise
        try:
            _send(process, ahead[0])
            while True:
                while len(ahead) < AHEAD and not self._jobs.empty():
                    ticket = self._jobs.get_nowait()
                    if not ticket.answer.done():
                        ahead.append(ticket)
                        _send(process, ticket)
                await self._settle(process, ahead)
                if not ahead:
                    ahead.append(await self._next())
                    _send(process, ahead[0])
        finally:
            for ticket in ahead:
                if not ticket.answer.done():
                    self._jobs.put_nowait(ticket)
            await _end(process)

    async def _next(self) -> _Ticket:
        """The next job that nobody has done meanwhile."""
        while (ticket := await self._jobs.get()).answer.done():
            pass
        return ticket

    async def _settle(self, process: asyncio.subprocess.Process, ahead: deque[_Ticket]) -> None:
        """Waits for the answer to the first job. Raises EOFError if the process is lost with it."""
        ticket = ahead[0]
        seconds = ticket.seconds
        reading = asyncio.create_task(_receive(process))
        try:
            await asyncio.wait({reading}, timeout=PATIENCE)
            if not reading.done():
                if self._make_way(ahead) and not ticket.postponed:
                    ticket.postponed = True
                    raise EOFError
                await asyncio.wait({reading}, timeout=max(0.0, seconds - PATIENCE))
            if not reading.done():
                raise Killed(f"reading it took more than {seconds:g} s")
            answer = reading.result()
        except (Killed, OSError, EOFError) as error:
            ahead.popleft()
            if reading.done() or isinstance(error, Killed):
                lost = error if isinstance(error, Killed) else Killed("reading it crashed the parser")
                if not ticket.answer.done():
                    ticket.answer.set_exception(lost)
            else:
                self._jobs.put_nowait(ticket)
            raise EOFError from None
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
        ahead.popleft()
        if not ticket.answer.done():
            ticket.answer.set_result(answer)

    def _make_way(self, ahead: deque[_Ticket]) -> bool:
        """The first job runs long: those behind it may be done elsewhere, by whoever is first.

        True if others wait and there is nobody else to do them.
        """
        for ticket in list(ahead)[1:]:
            self._jobs.put_nowait(ticket)
        if self._jobs.empty():
            return False
        if len(self._workers) >= self._most:
            return True
        self._start()
        return False


@dataclass(slots=True)
class _Ticket:
    message: bytes
    seconds: float
    answer: asyncio.Future[Answer]
    postponed: bool = False  # put off once already, for the sake of quicker ones


async def _start_process(command: Sequence[str]) -> asyncio.subprocess.Process:
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    starting = asyncio.create_task(
        asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", *command),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
    )
    try:
        process = await asyncio.shield(starting)
    except asyncio.CancelledError:  # half started, it would be left behind
        await _end(await starting)
        raise
    try:
        async with asyncio.timeout(START):
            if process.stdout is None or await process.stdout.readexactly(len(READY)) != READY:
                raise EOFError("it said something odd")
    except BaseException as error:
        await _end(process)
        if isinstance(error, TimeoutError | EOFError):
            raise EOFError("it did not start") from None
        raise
    return process


def _send(process: asyncio.subprocess.Process, ticket: _Ticket) -> None:
    if process.stdin is None:
        raise EOFError
    head = len(ticket.message).to_bytes(4, "big")
    process.stdin.write(head + ticket.message)  # no drain: the process may wait to answer first


async def _receive(process: asyncio.subprocess.Process) -> Answer:
    if process.stdout is None:
        raise EOFError
    size = int.from_bytes(await process.stdout.readexactly(4), "big")
    try:
        return _decode(await process.stdout.readexactly(size))
    except msgspec.MsgspecError:
        raise EOFError("it said something odd") from None


async def _end(process: asyncio.subprocess.Process) -> None:
    """Kills a process and waits until nothing of it is left, even when cancelled meanwhile."""

    async def end() -> None:
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdout is not None:
            await process.stdout.read()  # to its end, so that nothing of the pipe stays open
        await process.wait()

    ending = asyncio.create_task(end())
    try:
        await asyncio.shield(ending)
    except asyncio.CancelledError:
        await ending
        raise
