"""`watcher serve`: the same screen in a browser."""

from __future__ import annotations

import shlex
import sys

import click

from watcher.cli.session import Session, command
from watcher.errors import UsageError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@command("serve", "watcher serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--anyone", is_flag=True, help="Allow an address that others can reach: there is no password.")
@click.pass_obj
def serve_command(session: Session, host: str, port: int, anyone: bool) -> int:
    """Show the screen in a browser, on this machine only unless told otherwise."""
    if host not in LOOPBACK and not anyone:
        raise UsageError(f"{host} can be reached by others, who could then correct and pin; add --anyone to allow it")
    path = session.settings.path
    try:
        from textual_serve.server import Server
    except ImportError:
        raise UsageError("the browser's part is not installed: pip install 'policy-watcher[serve]'") from None
    options = ["--config", str(path), "--data", str(session.folder)]
    Server(shlex.join([sys.executable, "-m", "watcher", *options]), host=host, port=port, title="watcher").serve()
    return 0
