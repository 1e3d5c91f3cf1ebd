"""The served screen in a real browser, driven by its own remote protocol: what its terminal holds is read."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.cli.test_serve import free_port, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytest.importorskip("textual_serve", reason="the serve extra is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")

WIDE = 'document.querySelector(".textual-terminal").getBoundingClientRect().width'
CATCH = """
Object.defineProperty(Object.prototype, "terminal", {configurable: true, set(value) {
  Object.defineProperty(this, "terminal", {value, writable: true, configurable: true, enumerable: true});
  if (value && value.buffer) window.caught = value;
}});
"""
"""Takes hold of the page's terminal, which its script keeps to itself."""
LINE = "caught.buffer.active.getLine(y).translateToString(true)"
LINES = f"Array.from({{length: caught.rows}}, (_, y) => {LINE}).join('\\n')"
WHERE = """
(() => {
  const lines = LINES.split("\\n"), y = lines.findIndex(line => line.includes(TEXT)), x = lines[y].indexOf(TEXT) + 1;
  const box = document.querySelector(".xterm-screen").getBoundingClientRect();
  return [box.left + (x + 0.5) * box.width / caught.cols, box.top + (y + 0.5) * box.height / caught.rows];
})()
""".replace("LINES", LINES)
"""The middle of the second letter of a text on the screen, in the page."""
SECOND = """
[[topics]]
name = "Ferry line"
target = "The ferry runs again"
target_terms = ["ferry"]
parties = [{ name = "Norham" }]
"""


class Page:
    """A page of a browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._calls = socket, 0
        self.asked: list[str] = []
        """What the page fetched."""

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._calls += 1
        await self._socket.send_json({"id": self._calls, "method": method, "params": params})
        while True:
            answer = json.loads((await self._socket.receive()).data)
            if answer.get("method") == "Network.requestWillBeSent":
                self.asked.append(answer["params"]["request"]["url"])
            if answer.get("id") == self._calls:
                return dict(answer.get("result", {}))

    async def value(self, expression: str) -> Any:
        found = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return found["result"].get("value")

    async def click(self, text: str) -> None:
        """Presses the mouse where a text first stands."""
        x, y = await self.value(WHERE.replace("TEXT", json.dumps(text)))
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def press(self, key: str, code: int = 0) -> None:
        text = {"text": key} if len(key) == 1 else {}
        await self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    async def until(self, text: str, *, gone: bool = False) -> str:
        """What the terminal shows once it shows `text`, or no longer does."""
        shown = ""
        for _ in range(300):
            shown = await self.value(f"window.caught ? {LINES} : ''") or ""
            if (text in shown) != gone and shown:
                return shown
            await asyncio.sleep(0.1)
        raise AssertionError(f"{text!r} was {'still' if gone else 'not'} shown:\n{shown}")


@asynccontextmanager
async def browser(profile: Path) -> AsyncIterator[Page]:
    """A browser without a window, with one empty page."""
    process = await asyncio.create_subprocess_exec(
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
        "--remote-debugging-port=0", "--window-size=1200,800", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env={**os.environ, "HOME": str(profile)},
    )  # fmt: skip
    assert process.stderr is not None
    try:
        async with asyncio.timeout(60):
            while not (found := re.search(r"ws://([^/]+)/", (await process.stderr.readline()).decode())):
                assert process.returncode is None
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://{found[1]}/json") as answer:
                address = next(page["webSocketDebuggerUrl"] for page in await answer.json() if page["type"] == "page")
            async with session.ws_connect(address, max_msg_size=0) as socket:
                yield Page(socket)
    finally:
        process.terminate()
        await process.communicate()


async def open_page(page: Page, address: str) -> None:
    await page.call("Page.enable")
    await page.call("Network.enable")
    await page.call("Emulation.setFocusEmulationEnabled", enabled=True)  # as if it were the window in front
    await page.call("Page.addScriptToEvaluateOnNewDocument", source=CATCH)
    await page.call("Page.navigate", url=address)


async def test_a_browser_shows_the_board_filters_and_moves_the_selection(place, tmp_path) -> None:
    place.config.write_text(place.config.read_text() + SECOND)
    with served(place) as address:
        async with browser(tmp_path / "profile") as page:
            await open_page(page, address)
            shown = await page.until("▼ oppose")
            assert "Harbour bridge" in shown
            assert "▲ support" in shown
            assert "? Help" in shown
            assert await page.value(WIDE) > 1000
            picture = await page.call("Page.captureScreenshot")
            assert len(base64.b64decode(picture["data"])) > 20_000, "the page is drawn, and not blank"
            assert await page.until("▌Norham")  # no click: keys reach the screen of a page just opened
            await page.press("j")
            await page.until("▌Southby")
            await page.press("ArrowUp", 38)
            await page.until("▌Norham")
            await page.click("Southby")
            await page.until("▌Southby")
            await page.click("Norham")
            await page.until("▌Norham")
            await page.press("/")
            await page.press("f")
            await page.press("e")
            await page.until("Harbour", gone=True)
            await page.until("The ferry runs again")
            await page.press("Escape", 27)
            await page.until("1 Harbour bridge")
            here = address.removeprefix("http://")
            assert page.asked
            assert [url for url in page.asked if here not in url and not url.startswith("data:")] == []
            await page.press("q")
            for _ in range(100):
                if await page.value("document.querySelector('.ended').checkVisibility()"):
                    break
                await asyncio.sleep(0.1)
            else:
                raise AssertionError("that the screen has ended is not said")


async def test_a_browser_from_elsewhere_needs_the_token(place, tmp_path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with served(place, "--port", str(port), "--host", "0.0.0.0", "--url", url, WATCHER_TOKEN="secret-token") as printed:
        async with browser(tmp_path / "profile") as page:
            await open_page(page, url)
            for _ in range(100):
                text = await page.value("document.body ? document.body.innerText : ''")
                if "open the address with the token" in (text or ""):
                    break
                await asyncio.sleep(0.1)
            else:
                raise AssertionError(text)
            await open_page(page, printed)
            await page.until("▲ support")
            assert "secret" not in await page.value("location.href")
