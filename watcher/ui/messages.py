"""What screens ask of the app."""

from __future__ import annotations

from textual.message import Message


class OpenLink(Message):
    """A link is to be opened in the browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__()


class PollFeed(Message):
    """One feed is to be polled, due or not."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()
