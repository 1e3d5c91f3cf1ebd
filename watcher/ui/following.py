"""Follows the store: what polls, here or elsewhere, wrote is worked out beside the keys, then shown."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from watcher.errors import StoreError
from watcher.ui.ground import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.ui.app import WatcherApp
    from watcher.ui.ground import Renewal


class Following:
    """Looks at the store for an app, which is told by `show_news` once its bridge has what is new."""

    def __init__(self, app: WatcherApp) -> None:
        self._app = app
        self.outdated = False
        self.pace = Pace()
        self._trouble = ""  # as told last

    def look(self) -> None:
        """Writes the marks that wait, takes in what others wrote, and begins to work it out."""
        app = self._app
        kept, came = _hindered(app.bridge.flush), _hindered(self._take_in)
        if (trouble := kept or came) != self._trouble:  # once, and not at every look
            self._trouble = trouble
            if trouble:
                app.tell(trouble, problem=True)
        if self.outdated and not came and self.pace.begin(monotonic()):
            self.outdated, view = False, app.main.view
            work = app.bridge.renewal(view.as_of, view.topic)
            app.run_worker(lambda: self._renew(work), thread=True, group="renew")

    def _take_in(self) -> None:
        self.outdated = self._app.bridge.refresh() or self.outdated

    def _renew(self, work: Callable[[], Renewal]) -> None:
        """Works out what the screen shows on a thread of its own, so that keys need not wait for it."""
        renewal, problem = None, ""
        try:
            renewal = work()
        except StoreError as error:
            problem = str(error)
        self._app.call_from_thread(self.renewed, renewal, problem)

    def renewed(self, renewal: Renewal | None, problem: str) -> None:
        """Goes on with what was worked out, or tells why there is nothing."""
        self.pace.end(monotonic())
        if problem:
            self._app.tell(problem, problem=True)
        if renewal is None or not self._app.bridge.adopt(renewal):
            self.outdated = True
            return
        self._app.show_news()


def _hindered(step: Callable[[], None]) -> str:
    """What hinders a step at the store; empty if nothing does."""
    try:
        step()
    except StoreError as error:
        return str(error)
    return ""
