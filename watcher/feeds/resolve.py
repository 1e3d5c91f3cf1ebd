"""Name lookups that cannot outlive the poll: the system's lookup takes as long as it likes."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any

from aiohttp.abc import AbstractResolver, ResolveResult

if TYPE_CHECKING:
    from collections.abc import Callable


class Resolver(AbstractResolver):
    """Looks names up in daemon threads.

    aiohttp's own resolver uses the event loop's threads, which a program waits for before it ends:
    one name server that does not answer would hold up the end of a poll for half a minute.
    """

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises OSError if it has none."""
        found = await _in_daemon_thread(
            lambda: socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
        )
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=int(address[1]),
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        """Nothing is held."""


async def _in_daemon_thread(work: Callable[[], Any]) -> Any:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Any] = loop.create_future()

    def settle(result: Any, error: BaseException | None) -> None:
        if not answer.done():
            answer.set_exception(error) if error else answer.set_result(result)

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except OSError as error:
            failure = error
        except (UnicodeError, ValueError):
            failure = OSError("the name is not one")
        try:
            loop.call_soon_threadsafe(settle, result, failure)
        except RuntimeError:
            return  # the poll is over

    threading.Thread(target=run, name="lookup", daemon=True).start()
    return await answer
