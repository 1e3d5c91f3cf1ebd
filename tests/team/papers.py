"""Newspapers on loopback: feeds on many hosts that count how often each was asked."""

from __future__ import annotations

import threading
from collections import Counter
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

ITEM = (
    "<item><guid>{guid}</guid><link>http://paper.example/{guid}</link><title>Report {guid}</title>"
    "<description>{text}</description><pubDate>{when}</pubDate></item>"
)


class Papers:
    """Feeds spread evenly over hosts, each with two articles; `hold` makes every answer wait for it."""

    def __init__(self, feeds: int, hosts: int, now: datetime) -> None:
        self.asked: Counter[str] = Counter()
        self.hold = threading.Event()
        self.hold.set()
        self.delay = 0.0
        self.now = now
        self.shifted: set[str] = set()
        papers = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                papers.answer(self)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._servers = [_Server((f"127.0.1.{host + 1}", 0), Handler) for host in range(hosts)]
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.urls = []
        for n in range(feeds):
            host, port = self._servers[n % hosts].server_address[:2]
            self.urls.append(f"http://{host}:{port}/{n}")

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Sends the feed that is asked for."""
        name = request.path.strip("/")
        if not name.isdecimal():
            request.send_error(404)
            return
        self.asked[name] += 1
        self.hold.wait(30)
        threading.Event().wait(self.delay)
        said = "rejects" if name in self.shifted else "supports"
        texts = {f"{name}-1": f"Arland said on Friday that it {said} the canal treaty.", f"{name}-2": "It rained."}
        if name in self.shifted:
            texts[f"{name}-3"] = texts[f"{name}-1"]
        items = "".join(
            ITEM.format(guid=guid, text=f"{text} No. {guid}.", when=format_datetime(self.now))
            for guid, text in texts.items()
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'
        request.send_response(200)
        request.send_header("Content-Type", "application/rss+xml")
        request.send_header("Content-Length", str(len(body.encode())))
        request.end_headers()
        request.wfile.write(body.encode())

    def config(self, path: Path, database: str) -> Path:
        """A config of these feeds and one topic over that database."""
        feeds = "".join(
            f'[[feeds]]\nname = "Paper {n}"\nurl = "{url}"\nallow_private = true\nfull_text = "never"\n'
            for n, url in enumerate(self.urls)
        )
        path.write_text(
            f"""
[store]
url = "{database}"
[[topics]]
name = "Canal treaty"
target = "Arland and Borland sign the canal treaty"
target_terms = ["canal treaty"]
parties = [{{ name = "Arland" }}, {{ name = "Borland" }}]
{feeds}"""
        )
        return path

    def close(self) -> None:
        """Frees the ports."""
        self.hold.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A poller that was killed is no error here."""
