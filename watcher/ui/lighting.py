"""What is lit in a sentence: the cues that carry the stance, and the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from rich.style import Style

    from watcher.domain.statement import Statement
    from watcher.ui.theme import Palette

Span = tuple[int, int]


def cue_spans(statement: Statement) -> list[Span]:
    """Where the cues stand in the statement's sentence."""
    spans = [_place(statement, cue.text, cue.start) for cue in statement.chain]
    found = [span for span in spans if span is not None]
    if not found and statement.cue:
        span = _place(statement, statement.cue, -1)
        found = [span] if span else []
    return sorted(set(found))


def target_span(statement: Statement) -> Span | None:
    """Where the target stands in the sentence; None where it is named elsewhere."""
    return _place(statement, statement.target, statement.target_start) if statement.target else None


def _place(statement: Statement, text: str, start: int) -> Span | None:
    """The words in the sentence: at the document's offset if they are there, else where they are found."""
    sentence, relative = statement.sentence, start - statement.start
    if start >= 0 and relative >= 0 and sentence[relative : relative + len(text)] == text:
        return relative, relative + len(text)
    if statement.start <= start < statement.end or start < 0:
        found = sentence.casefold().find(text.casefold())
        if found >= 0 and len(sentence.casefold()) == len(sentence):
            return found, found + len(text)
    return None


def lit_sentence(statement: Statement, palette: Palette, base: Style | None = None) -> Text:
    """The sentence with target and cues lit."""
    text = Text(statement.sentence, base or palette.text, end="")
    target = target_span(statement)
    if target:
        text.stylize(palette.target, *target)
    style = palette.stance(statement.stance) + palette.cue
    for span in cue_spans(statement):
        text.stylize(style, *span)
    return text
