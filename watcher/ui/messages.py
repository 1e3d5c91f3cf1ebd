"""What screens ask of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from watcher.domain.topic import Topic


class Judged(Message):
    """A statement of the topic was corrected, a party of it pinned, or that taken back."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        super().__init__()


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
