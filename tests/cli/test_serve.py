"""The screen in a browser: who is let in, and that it is the same screen."""

from __future__ import annotations

import asyncio
import json
import socket
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import pytest

from watcher.cli.serve import screen_command
from watcher.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("textual_serve", reason="the serve extra is not installed")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def served(place, *arguments: str, **env: str) -> Iterator[str]:
    """A running `watcher serve`; gives the address that it prints."""
    process = place.start("serve", "--port", str(free_port()), *arguments, env=env | {"PYTHONWARNINGS": "default"})
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
        process.stderr.close()


def fetch(address: str, **headers: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    for _ in range(40):
        try:
            with opener.open(urllib.request.Request(address, headers=headers), timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("it does not answer")


def test_the_page_is_there_for_this_machine_alone(place) -> None:
    with served(place) as address:
        assert address.startswith("http://127.0.0.1:")
        status, page = fetch(address)
        assert status == 200
        assert "ws://127.0.0.1" in page
        assert fetch(address, Host="evil.example")[0] == 403
        assert fetch(address, Origin="https://evil.example")[0] == 403
        port = urlsplit(address).port
        assert fetch(address, Origin=f"http://localhost:{port}")[0] == 200
        assert fetch(address, Origin=f"http://localhost:{port + 1}")[0] == 403, "another program's page on this machine"
        assert fetch(address, Origin="null")[0] == 403


async def test_the_screen_is_drawn_and_takes_keys(place) -> None:
    with served(place) as address:
        fetch(address)
        socket_address = address.replace("http", "ws") + "ws?width=100&height=30"
        async with aiohttp.ClientSession() as session, session.ws_connect(socket_address, origin=address) as link:
            seen = b""
            async with asyncio.timeout(30):
                while b"Norham" not in seen:
                    message = await link.receive()
                    seen += message.data if isinstance(message.data, bytes) else b""
                await link.send_str(json.dumps(["stdin", "?"]))
                while b"filter" not in seen.lower():
                    message = await link.receive()
                    seen += message.data if isinstance(message.data, bytes) else b""


def test_others_need_the_token(place) -> None:
    with served(place, "--host", "0.0.0.0", "--url", "http://127.0.0.1", WATCHER_TOKEN="secret-token") as printed:
        assert printed == "http://127.0.0.1/?token=secret-token"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with served(place, "--port", str(port), "--host", "0.0.0.0", "--url", url, WATCHER_TOKEN="secret-token") as printed:
        assert fetch(url)[0] == 403
        assert fetch(f"{url}/?token=wrong")[0] == 403
        assert fetch(f"{url}/static/js/textual.js")[0] == 403
        assert fetch(printed)[0] == 200, "the token leads to the page by a cookie"
        assert fetch(printed, Origin="https://evil.example")[0] == 403


def test_the_screens_show_the_board_that_the_program_itself_would(place) -> None:
    own, named = Session(config=place.config), Session(config=place.config, data=place.folder / "data")
    assert screen_command(named)[-2:] == ["--data", str(place.folder / "data")]
    place.config.write_text(place.config.read_text() + '[store]\nurl = "postgresql://nobody@localhost/watcher"\n')
    assert screen_command(own)[-2:] == ["--config", str(place.config)], "the team's database, no folder"
    assert screen_command(Session(config=place.config, data=place.folder / "data"))[-2] == "--data"


def test_a_port_in_use_is_one_line(place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = place.run("serve", "--port", str(server.getsockname()[1]))
    assert done.returncode == 1
    assert "cannot listen on 127.0.0.1" in done.stderr
    assert done.stderr.count("\n") == 1
