"""Time travel: the whole screen as of an earlier day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual import on

from watcher.ui.days import read_day
from watcher.ui.screens.base import Viewing
from watcher.ui.widgets.rows import Rows
from watcher.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from watcher.domain.board import Shift

EARLIEST = date(1900, 1, 1)
"""No board is older; days before it would leave no room to count back."""


class Travel(Viewing):
    """The commands of the group Time."""

    def travel_to(self, day: date | None) -> None:
        """Shows everything as of a day; the present day is now."""
        today = self.bridge.today
        self.view.as_of = None if day is None or day >= today else max(day, EARLIEST)
        self.show_all()

    def action_now(self) -> None:
        """Back to now."""
        self.travel_to(None)

    def action_step_day(self, by: int) -> None:
        """A day back or on."""
        self.travel_to((self.view.as_of or self.bridge.today) + timedelta(days=by))

    def action_step_shift(self, by: int) -> None:
        """To the day of the previous or next shift; after the last one is now."""
        if self.topic is None:
            return
        days = sorted({known_on(shift) for shift in self.bridge.board(self.topic).shifts})
        viewed = self.view.as_of or self.bridge.today
        if by > 0:
            later = [day for day in days if day > viewed]
            self.travel_to(later[0] if later else None)
            return
        earlier = [day for day in days if day < viewed]
        if earlier:
            self.travel_to(earlier[-1])
        else:
            self.tell("There is no earlier shift.")

    def action_go_to_day(self) -> None:
        """Asks for a day."""
        today = self.bridge.today

        def check(text: str) -> str:
            try:
                read_day(text, today)
            except ValueError as error:
                return str(error)
            return ""

        def go(text: str | None) -> None:
            if text is not None:
                self.travel_to(read_day(text, today))

        from watcher.ui.screens.dialogs import Ask

        self.app.push_screen(Ask("The board as of", "2025-03-05, 5 Mar 2025, last Friday", check=check), go)

    @on(Timeline.Travel)
    def _day_clicked(self, event: Timeline.Travel) -> None:
        self.travel_to(event.day)

    @on(Rows.Chosen, "#timeline")
    def _lane_chosen(self) -> None:
        row = self.timeline.selected
        if row is not None and self.topic is not None:
            self.board_rows.select_party(row.party)
            self.go_to_tab("evidence")

    @on(Rows.Chosen, "#shifts")
    def _shift_chosen(self) -> None:
        shift = self.shift_rows.selected
        if shift is not None:
            self.board_rows.select_party(shift.party)
            self.travel_to(known_on(shift))


def known_on(shift: Shift) -> date:
    """The first day whose board shows a shift: a reader knows of it once it is published."""
    return max(shift.day, shift.statement.article.published.date())
