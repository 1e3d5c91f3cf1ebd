"""Boards straight from statements, as a library makes them from a store's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from watcher.engine.board import board_of
from watcher.engine.history import History

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from watcher.domain.board import Board
    from watcher.domain.judgement import Correction
    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic


def build(
    topic: Topic, statements: Iterable[Statement], *, as_of: date, corrections: Sequence[Correction] = (), **rest: Any
) -> Board:
    return board_of(topic, History(statements, corrections), as_of=as_of, **rest)
