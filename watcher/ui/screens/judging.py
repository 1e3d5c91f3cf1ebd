"""A person's say: correcting statements, pinning stances, and taking it back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from watcher.domain.board import Row
from watcher.domain.judgement import Correction, Pin, StatementKey
from watcher.errors import StoreError
from watcher.export.words import speaker
from watcher.store.base import Batch
from watcher.store.person import login
from watcher.ui.messages import Judged
from watcher.ui.screens.base import Viewing

if TYPE_CHECKING:
    from watcher.domain.statement import Stance


class Judging(Viewing):
    """The commands of the group Judge."""

    def action_correct(self) -> None:
        """Relabels or rejects the selected statement."""
        item = self.evidence
        if item is None:
            self.tell("Select a statement below the board first.")
            return
        statement = item.statement
        shown = item.correction.stance if item.correction else statement.stance

        def save(answer: tuple[Stance | None, str] | None) -> None:
            if answer is None:
                return
            correction = Correction(
                id=uuid.uuid4().hex,
                key=StatementKey.of(statement),
                stance=answer[0],
                note=answer[1],
                by=login(),
                at=self.bridge.now(),
            )
            if self._write(Batch(corrections=[correction])):
                self.tell(f"Corrected; {self.key('undo')} takes it back.")

        from watcher.ui.screens.dialogs import AskStance

        by = speaker(statement)
        about = f"{statement.party if by == statement.party else f'{statement.party}, {by}'}: {statement.sentence}"
        self.app.push_screen(AskStance("Correct this statement", about, "reject: no position", shown), save)

    def action_pin(self) -> None:
        """Sets the selected party's stance; choosing to pin nothing withdraws the pin."""
        chosen = self.board_rows.selected
        topic = self.topic
        if topic is None or not isinstance(chosen, Row):
            self.tell("Select a party on the board first.")
            return

        def save(answer: tuple[Stance | None, str] | None) -> None:
            if answer is None:
                return
            stance, note = answer
            if stance is None:
                standing = [pin for pin in self._pins(topic.name) if pin.party == chosen.party]
                if standing and self._write(Batch(pins=[replace(pin, withdrawn=True) for pin in standing])):
                    self.tell(f"{chosen.party} is no longer pinned.")
                return
            pin = Pin(
                id=uuid.uuid4().hex,
                topic=topic.name,
                party=chosen.party,
                stance=stance,
                note=note,
                by=login(),
                at=self.bridge.now(),
            )
            if self._write(Batch(pins=[pin])):
                since = " from today on" if self.view.as_of else ""
                self.tell(f"{chosen.party} is pinned{since}; {self.key('undo')} takes it back.")

        none = "no pin: back to what the machine reads" if chosen.pin else ""
        from watcher.ui.screens.dialogs import AskStance

        self.app.push_screen(
            AskStance(f"Pin {chosen.party}", "Your stance stands until you take it back.", none, chosen.stance), save
        )

    def action_undo(self) -> None:
        """Takes back this person's last correction or pin of the topic; a colleague's is not taken back by a slip."""
        topic = self.topic
        if topic is None:
            return
        made: list[Correction | Pin] = [c for c in self.bridge.store.corrections(topic.name) if not c.withdrawn]
        made += self._pins(topic.name)
        mine = [one for one in made if one.by == login()]
        if not mine:
            self.tell(f"There is nothing {'of yours ' if made else ''}to undo in this topic.")
            return
        last = max(mine, key=lambda item: item.at)
        withdrawn = replace(last, withdrawn=True)
        if isinstance(withdrawn, Pin):
            if self._write(Batch(pins=[withdrawn])):
                self.tell(f"The pin of {withdrawn.party} is taken back.")
        elif self._write(Batch(corrections=[withdrawn])):
            self.tell(f"The correction of {withdrawn.key.party} is taken back.")

    def _pins(self, topic: str) -> list[Pin]:
        return [pin for pin in self.bridge.store.pins(topic) if not pin.withdrawn]

    def _write(self, batch: Batch) -> bool:
        """Stores a judgement and shows what it changes; says so if it cannot."""
        try:
            self.bridge.store.commit(batch)
        except StoreError as error:
            self.tell(str(error), problem=True)
            return False
        self.bridge.forget()
        self.show_all(flash=True)
        if self.topic:
            self.post_message(Judged(self.topic))
        return True
