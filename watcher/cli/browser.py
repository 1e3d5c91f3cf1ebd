"""The screen's server for browsers, with what keeps others away from it.

On this machine only: requests must name it as this machine (a foreign page could otherwise reach
it under a name of its own, DNS rebinding), and the socket is opened by its own page alone. Where
others can reach it: a token, once in the address, then in a cookie.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

from watcher.cli.serve import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

COOKIE = "watcher"
PAGE = Path(__file__).with_name("page")
"""Where our page is: the terminal from edge to edge, with the focus, and nothing fetched from elsewhere."""


class Browser(Server):
    """Serves the program that `command` starts; `url` is where browsers find it."""

    def __init__(self, command: str, host: str, port: int, url: str, token: str) -> None:
        super().__init__(command, host=host, port=port, title="watcher", public_url=url, templates_path=PAGE)
        self.token = token
        self.policy = (
            f"default-src 'self' {url} 'unsafe-inline'; img-src 'self' {url} data:; "
            "connect-src 'self' ws: wss:; frame-ancestors 'none'"
        )

    @property
    def address(self) -> str:
        """What a person opens."""
        return f"{self.public_url}/?token={self.token}" if self.token else f"{self.public_url}/"

    def initialize_logging(self) -> None:
        """Warnings only: requests may hold the token."""
        logging.basicConfig(level=logging.WARNING, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Says where it is, once it answers."""
        print(f"{self.address}\nCtrl+C ends it.", flush=True)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            answer = await self.guard(request, handler)
            if not answer.prepared:  # a page asks nothing of any other server, a font's for one
                answer.headers["Content-Security-Policy"] = self.policy
            return answer

        app.middlewares.append(guard)
        return app

    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Lets in who may see and use the board."""
        if not self.is_own_page(request):
            raise web.HTTPForbidden(text="watcher: opened from another site")
        if not self.token:
            if place_of(f"//{request.host}")[0] not in LOOPBACK:
                raise web.HTTPForbidden(text="watcher: this machine only")
            return await handler(request)
        if same(request.query.get("token", ""), self.token):
            answer = web.HTTPFound("/")
            answer.set_cookie(COOKIE, self.token, httponly=True, samesite="Strict", max_age=7 * 86_400)
            raise answer
        if not same(request.cookies.get(COOKIE, ""), self.token):
            raise web.HTTPForbidden(text="watcher: open the address with the token that `watcher serve` printed")
        return await handler(request)

    def is_own_page(self, request: web.Request) -> bool:
        """Whether a request comes from this server's page, or from no page at all."""
        origin = request.headers.get("Origin")
        if origin is None:
            return True
        page = place_of(origin)
        if page in (place_of(f"//{request.host}"), place_of(self.public_url)):
            return True
        name, port = page
        return not self.token and name in LOOPBACK and (port or 80) == self.port


def place_of(address: str) -> tuple[str, int | None]:
    """The host and the port in an address."""
    try:
        parts = urlsplit(address)
        return parts.hostname or "", parts.port
    except ValueError:
        return "", None


def same(given: str, token: str) -> bool:
    """Whether two secrets are equal, in constant time."""
    return hmac.compare_digest(given.encode(), token.encode())


def new_token() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(24)
