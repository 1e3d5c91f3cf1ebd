"""One article, with every statement that was read in it lit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text

from watcher.domain.judgement import StatementKey
from watcher.export.words import speaker
from watcher.ui import commands
from watcher.ui.format import VOICES, long_day, plural
from watcher.ui.glyphs import GLYPHS
from watcher.ui.lighting import cue_spans, target_span
from watcher.ui.messages import OpenLink
from watcher.ui.screens.closing import Closing
from watcher.ui.widgets.bars import Bar, KeyBar
from watcher.ui.widgets.rows import Rows
from watcher.ui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from watcher.domain.article import Article
    from watcher.domain.judgement import Correction
    from watcher.domain.statement import Stance, Statement
    from watcher.store.base import TopicReading
    from watcher.ui.lighting import Span

MOST_WIDTH = 92
"""Cells of a line that reads well."""


class ArticleRows(Rows):
    """The lines of an article; beside each, what is read there, as corrected by a person."""

    def __init__(
        self,
        article: Article,
        reading: TopicReading | None,
        corrections: Mapping[StatementKey, Correction],
        sought: Sequence[Span],
    ) -> None:
        super().__init__(id="text")
        self._corrections, self._sought = corrections, sought
        self.article, self.reading = article, reading
        self.statements: tuple[Statement, ...] = reading.statements if reading else ()
        self._lines: list[tuple[int, int]] = []
        self._lit: Text | None = None

    @property
    def count(self) -> int:
        """Lines."""
        return len(self._lines)

    @property
    def text_width(self) -> int:
        """Cells for the text, beside the margin that names the stances."""
        return max(min(self.row_width - 6, MOST_WIDTH), 20)

    def _measure(self) -> None:
        self._lines = wrap(self.article.document, self.text_width)
        self._lit = None
        super()._measure()

    def correction(self, statement: Statement) -> Correction | None:
        """What a person made of a statement."""
        return self._corrections.get(StatementKey.of(statement))

    def stance(self, statement: Statement) -> Stance | None:
        """What a statement counts as; None where a person rejected it."""
        correction = self.correction(statement)
        return correction.stance if correction else statement.stance

    def line_of(self, offset: int) -> int:
        """The line in which an offset of the document stands."""
        return next((i for i, (_, end) in enumerate(self._lines) if end > offset), 0)

    def notify_style_update(self) -> None:
        """Takes the colours of another theme."""
        super().notify_style_update()
        self._lit = None

    def _light(self) -> Text:
        """The document with words that matched, sentences, targets, cues and what was sought lit."""
        if self._lit is not None:
            return self._lit
        palette, document = self.palette, self.article.document
        text = Text(document, palette.text, end="")
        text.stylize(palette.heading, 0, len(self.article.title))
        for start, end in self.reading.words if self.reading else ():
            text.stylize(palette.accent, start, end)
        for statement in self.statements:
            text.stylize(palette.stance(self.stance(statement)), statement.start, statement.end)
        for statement in self.statements:
            target = target_span(statement)
            if target:
                text.stylize(Style(underline=True), statement.start + target[0], statement.start + target[1])
            for start, end in cue_spans(statement):
                text.stylize(palette.cue + Style(reverse=True), statement.start + start, statement.start + end)
        for start, end in self._sought:
            text.stylize(palette.match, start, end)
        self._lit = text
        return text

    def draw(self, index: int, width: int) -> list[Text]:
        """A line with the signs of the statements that begin in it."""
        start, end = self._lines[index]
        margin = Text(end="")
        for statement in self.statements:
            if start <= statement.start < max(end, start + 1) and margin.cell_len < 4:
                sign = GLYPHS.corrected if self.correction(statement) else GLYPHS.stances[statement.stance]
                margin.append(sign, self.palette.stance(self.stance(statement)))
        margin.pad_right(5 - margin.cell_len)
        line = self._light()[start:end] if end > start else Text(end="")
        return [margin.append_text(line)]

    def here(self) -> list[Statement]:
        """The statements that reach into the selected line."""
        if not self._lines or self.cursor >= len(self._lines):
            return []
        start, end = self._lines[self.cursor]
        return [s for s in self.statements if s.start < end and s.end > start]


class ArticleScreen(Closing[None]):
    """The article; below it what is read in the selected line."""

    CSS = """
    ArticleScreen #article-top { background: $surface; }
    ArticleScreen #text { margin: 1 2 0 2; }
    ArticleScreen #here { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("article")]

    def __init__(
        self,
        article: Article,
        reading: TopicReading | None,
        keymap: Mapping[str, str],
        at: int | None = None,
        corrections: Mapping[StatementKey, Correction] | None = None,
        sought: Sequence[Span] = (),
    ) -> None:
        super().__init__()
        self._corrections, self._sought = corrections or {}, sought
        self.shown, self.reading, self._at, self._keymap = article, reading, at, keymap

    def compose(self) -> ComposeResult:
        """Facts, text, statements of the line, keys."""
        yield Bar(id="article-top")
        yield ArticleRows(self.shown, self.reading, self._corrections, self._sought)
        yield Bar(id="here")
        yield KeyBar(self._keymap, commands.listed("article"))

    def on_mount(self) -> None:
        """Goes to the statement that the reader came from."""
        article, reading = self.shown, self.reading
        facts = f"{article.source} {GLYPHS.dot} {long_day(article.published.date())}"
        if not article.dated:
            facts += " (first seen; the feed gives no day)"
        read = len(reading.statements) if reading else 0
        self.query_one("#article-top", Bar).show(
            lambda palette, width: [(facts, palette.strong), ("  " + article.url, palette.dim)],
            lambda palette, width: [(plural(read, "statement"), palette.accent if read else palette.faint)],
        )
        rows = self.query_one(ArticleRows)
        rows.focus()
        self.call_after_refresh(self._arrive)

    def _arrive(self) -> None:
        rows = self.query_one(ArticleRows)
        rows.changed(rows.line_of(self._at) if self._at is not None else 0)
        self._show_here()

    def on_rows_selected(self) -> None:
        """Tells what is read in the line."""
        self._show_here()

    def _show_here(self) -> None:
        rows = self.query_one(ArticleRows)
        here = rows.here()
        nothing = "no statement was read in this article"
        if rows.statements:
            nothing = f"no statement in this line; {commands.key_of('next-statement', self._keymap)} goes to the next"

        def parts(palette: object, width: int) -> list[tuple[str, Style]]:
            shown: list[tuple[str, Style]] = []
            for statement in here:
                stance, by = rows.stance(statement), speaker(statement)
                label = f"{GLYPHS.stances[statement.stance]} {statement.party} {statement.stance}"
                if rows.correction(statement):
                    shown.append((label, rows.palette.dim + Style(strike=True)))
                    label = f" {GLYPHS.corrected} " + (f"{GLYPHS.stances[stance]} {stance}" if stance else "rejected")
                shown.append((label, rows.palette.stance(stance) + rows.palette.cue))
                said = f" {GLYPHS.dot} {by}" if by != statement.party else ""
                shown.append((f" {VOICES[statement.voice]}{said}   ", rows.palette.dim))
            return shown or [(nothing, rows.palette.faint)]

        self.query_one("#here", Bar).show(parts)

    def action_step(self, by: int) -> None:
        """To the next or previous statement."""
        rows = self.query_one(ArticleRows)
        lines = sorted({rows.line_of(statement.start) for statement in rows.statements})
        beyond = [line for line in lines if (line > rows.cursor if by > 0 else line < rows.cursor)]
        if beyond:
            rows.cursor = beyond[0] if by > 0 else beyond[-1]

    def action_open_link(self) -> None:
        """Opens the article in the browser."""
        self.post_message(OpenLink(self.shown.url))

    def action_back(self) -> None:
        """Back to where the reader came from."""
        self.dismiss()
