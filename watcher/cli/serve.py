"""`watcher serve`: the same screen in a browser."""

from __future__ import annotations

import os
import shlex
import socket
import sys

import click

from watcher.cli.session import Session, command
from watcher.errors import UsageError, WatcherError, needs_extra

LOOPBACK = ("127.0.0.1", "::1", "localhost")
WILDCARD = ("0.0.0.0", "::")  # noqa: S104 - named to be told apart, not listened on


@command("serve", "watcher serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--url", default="", metavar="URL", help="Where browsers reach it, behind a proxy for one.")
@click.pass_obj
def serve_command(session: Session, host: str, port: int, url: str) -> int:
    """Show the screen in a browser, on this machine only.

    With another --host it asks for a token: $WATCHER_TOKEN, or a new one that is printed. What is sent
    can be read on the way; put a proxy with TLS before it in any network that you do not trust.
    """
    screen = shlex.join(screen_command(session))
    try:
        from watcher.cli.browser import Browser, new_token
    except ImportError:
        raise UsageError(needs_extra("watcher serve", "serve")) from None
    check_free(host, port)
    token = "" if host in LOOPBACK else os.environ.get("WATCHER_TOKEN") or new_token()
    name = socket.gethostname() if host in WILDCARD else f"[{host}]" if ":" in host else host
    Browser(screen, host, port, url.rstrip("/") or f"http://{name}:{port}", token).serve()
    return 0


def screen_command(session: Session) -> list[str]:
    """What starts a screen with this config, over the same folder or the same database."""
    command = [sys.executable, "-m", "watcher", "--config", str(session.settings.path)]
    return command if session.url else [*command, "--data", str(session.folder)]


def check_free(host: str, port: int) -> None:
    """Raises WatcherError where nothing can listen there."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        raise WatcherError(
            f"cannot listen on {host}, port {port}: {error.strerror or error}; try another --port"
        ) from None
