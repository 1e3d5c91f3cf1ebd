"""Evidence as text that can be pasted into a note: words, who said them, where, link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.export.words import quotation, speaker
from watcher.ui.format import VOICES, long_day

if TYPE_CHECKING:
    from watcher.domain.statement import Statement


def cite(statement: Statement) -> str:
    """A statement with its stance, voice, speaker, source, day and link."""
    article = statement.article
    lines = [
        f"{statement.party}: {statement.stance} ({VOICES[statement.voice]})",
        quotation(statement.sentence),
        f"{speaker(statement)}, {long_day(statement.day)}",
        f"{article.title}, {article.source}, {long_day(article.published.date())}",
    ]
    return "\n".join([*lines, article.url] if article.url else lines) + "\n"
