"""What a search found: headlines with a piece of their text, the words that matched lit in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from watcher.store.base import Headline
from watcher.ui.format import fit
from watcher.ui.glyphs import GLYPHS
from watcher.ui.widgets.articles import ArticleRows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from watcher.domain.article import Article
    from watcher.store.base import Mark
    from watcher.ui.lighting import Span

LEAD, PIECE = 120, 400
"""Characters that are kept of an article before its first match, and from there on."""
INDENT = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An article that matched: where in its title, and in a piece of one of its paragraphs."""

    headline: Headline
    title: tuple[Span, ...]
    piece: str
    lit: tuple[Span, ...]

    @classmethod
    def of(cls, article: Article, hits: Sequence[Span]) -> Found:
        """`hits` are what the matcher gave: offsets into the article's document."""
        spans = joined(article.document, hits)
        begin = len(article.document) - len(article.text)
        first = next((start - begin for start, _ in spans if start >= begin), 0)
        text = article.text
        start = max(text.rfind("\n", 0, first) + 1, first - LEAD)
        end = min(len(text) if (found := text.find("\n", first)) < 0 else found, first + PIECE)
        moved = [(a - begin - start, b - begin - start) for a, b in spans]
        return cls(
            Headline(article.id, article.title, article.source, article.published, article.story or article.id),
            tuple((a, b) for a, b in spans if b <= len(article.title)),
            text[start:end],
            tuple((a, b) for a, b in moved if a >= 0 and b <= end - start),
        )

    def excerpt(self, width: int) -> tuple[str, int]:
        """As much of the piece as fits, with its first match; and how far its letters stand from the piece's."""
        start = 0
        if self.lit and cell_len(self.piece[: self.lit[0][1]]) > width * 2 // 3:  # near the end, or cut off
            start = first = self.lit[0][0]
            while start and cell_len(self.piece[start - 1 : first]) <= width // 3:
                start -= 1
            start = max(self.piece.find(" ", start, first) + 1, start)
        lead = GLYPHS.ellipsis if start else ""
        return fit(lead + self.piece[start:], width, GLYPHS.ellipsis, words=True).rstrip(), len(lead) - start


def joined(document: str, hits: Sequence[Span]) -> list[Span]:
    """Words that follow one another as one stretch, as a phrase is."""
    spans: list[Span] = []
    for start, end in hits:
        if spans and document[spans[-1][1] : start].isspace() and "\n" not in document[spans[-1][1] : start]:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


class FoundRows(ArticleRows):
    """Two lines an article: its headline, and the words around the first match."""

    uniform = False

    def __init__(self, mark: Callable[[str], Mark]) -> None:
        super().__init__(mark, id="found")
        self.found: Sequence[Found] = ()

    def show_found(self, found: Sequence[Found], today: date, empty: str) -> None:
        """Shows these articles."""
        self.found = found
        self.show([one.headline for one in found], today, empty)

    def lines_of(self, index: int, width: int) -> int:
        """An article without text has only a headline."""
        return 2 if self.found[index].piece else 1

    def lit(self, index: int) -> Sequence[Span]:
        """The words of the title that matched."""
        return self.found[index].title

    def draw(self, index: int, width: int) -> list[Text]:
        """The headline; below it the piece."""
        lines, found = super().draw(index, width), self.found[index]
        if found.piece:
            words, moved = found.excerpt(width - INDENT)
            line = Text(" " * INDENT + words, self.palette.dim, end="")
            for start, end in found.lit:
                line.stylize(self.palette.match, start + moved + INDENT, min(end + moved, len(words)) + INDENT)
            lines.append(line)
        return lines
