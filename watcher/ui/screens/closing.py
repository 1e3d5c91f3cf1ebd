"""Screens that close once, however fast keys and clicks come."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class Closing(Screen[ScreenResultType]):
    """A screen that leaves alone what is in front of it, or behind it once it is closed."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Closes the screen if it is in front: the second click of two comes when it no longer is."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
