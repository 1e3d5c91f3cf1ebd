"""The parent's side of the worker processes: jobs in, answers out, and a kill at the limit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from watcher.feeds.worker import Answer, Job

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE = 0.5
"""Seconds that one job may hold up others before another process is started beside it."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Answer).decode


class Killed(Exception):
    """The job took too long, or its process died; the message says which."""


class Pool:
    """Worker processes, started when first needed.

    One does the work of a normal poll. More are started, up to `most`, only while a job runs long
    and others wait, so that a crafted feed holds up nobody and a quiet poll stays small.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most or max(2, min(4, os.cpu_count() or 1))
        self._idle: list[_Worker] = []
        self._count = 0
        self._waiting: deque[asyncio.Future[_Worker]] = deque()

    async def __aenter__(self) -> Pool:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        idle, self._idle = self._idle, []
        await asyncio.gather(*(worker.close() for worker in idle))

    async def run(self, job: Job) -> Answer:
        """Does the job in a worker process. Raises Killed."""
        worker = await self._take()
        try:
            async with asyncio.timeout(job.seconds):
                answer = await worker.ask(job)
        except TimeoutError:
            await self._drop(worker)
            raise Killed(f"reading it took more than {job.seconds:g} s") from None
        except (OSError, EOFError, asyncio.IncompleteReadError):
            await self._drop(worker)
            raise Killed("reading it crashed the parser") from None
        except BaseException:
            await self._drop(worker)
            raise
        self._give(worker)
        return answer

    async def _take(self) -> _Worker:
        if self._idle:
            return self._idle.pop()
        if self._count:
            future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
            self._waiting.append(future)
            try:
                return await asyncio.wait_for(asyncio.shield(future), PATIENCE if self._count < self._most else None)
            except TimeoutError:
                if future.done():
                    return future.result()
                if self._count >= self._most:
                    return await future
                self._waiting.remove(future)
            except asyncio.CancelledError:
                if future.done() and not future.cancelled():
                    self._give(future.result())
                future.cancel()
                raise
        self._count += 1
        try:
            return await _Worker.start()
        except BaseException:
            self._count -= 1
            raise

    def _give(self, worker: _Worker) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._idle.append(worker)

    async def _drop(self, worker: _Worker) -> None:
        """Ends a worker; whoever still waits gets a fresh one."""
        self._count -= 1
        await worker.close(kill=True)
        if self._waiting and self._count < self._most:
            self._count += 1
            self._give(await _Worker.start())


class _Worker:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls) -> _Worker:
        root = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        return cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "watcher.feeds.worker"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        )

    async def ask(self, job: Job) -> Answer:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise EOFError
        message = _encode(job)
        stdin.write(len(message).to_bytes(4, "big") + message)
        await stdin.drain()
        size = int.from_bytes(await stdout.readexactly(4), "big")
        return _decode(await stdout.readexactly(size))

    async def close(self, *, kill: bool = False) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        if kill:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
