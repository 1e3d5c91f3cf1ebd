"""What stands in a frame over the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.screen import ModalScreen

from watcher.ui.screens.closing import Closing

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

Answer = TypeVar("Answer")


class Overlay(ModalScreen["Answer | None"], Closing["Answer | None"], Generic[Answer]):
    """A frame over the screen; escape, or a click beside the frame, closes it without an answer."""

    DEFAULT_CSS = """
    Overlay { align: center middle; background: $background 60%; }
    Overlay > Vertical {
        max-width: 100%; height: auto; background: $surface; border: round $primary; padding: 0 1;
    }
    Overlay Rows { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Close")]

    def on_click(self, event: events.Click) -> None:
        """Beside the frame there is only this screen."""
        if self.get_widget_at(*event.screen_offset)[0] is self:
            self.dismiss(None)
