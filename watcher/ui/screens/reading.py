"""Reading: links, copies, articles, what was read, and what is narrowed to."""

from __future__ import annotations

from contextlib import suppress

from textual import on

from watcher.domain.board import Claim
from watcher.errors import StoreError
from watcher.ui.citing import cite
from watcher.ui.clipboard import copy
from watcher.ui.format import plural
from watcher.ui.messages import OpenLink
from watcher.ui.screens.base import Viewing
from watcher.ui.view import Narrowing
from watcher.ui.widgets.rows import Rows

NARROW_HINT = "oppose own source:Reuters after:2025-02-20 before:2025-03-05 starred unread, or words"


class Reading(Viewing):
    """The commands of the group Read, and narrowing."""

    _read_at_once: tuple[str, list[str]] = "", []
    """The topic and the articles that were marked read last by one key."""

    def action_open(self) -> None:
        """Opens the link of what is selected."""
        article = self.article
        if article is None:
            self.tell("Nothing with a link is selected.")
        else:
            self.post_message(OpenLink(article.url))

    def action_copy(self) -> None:
        """Copies the selected evidence with its link."""
        item, article = self.evidence, self.article
        chosen = self.board_rows.selected
        if self.board_rows.has_focus and isinstance(chosen, Claim):
            text = cite(chosen.statement)
        elif self.board_rows.has_focus and chosen is not None and not isinstance(chosen, Claim) and chosen.latest:
            text = cite(chosen.latest)
        elif item is not None and not self.board_rows.has_focus:
            text = cite(item.statement)
        elif article is not None:
            text = f"{article.title}\n{article.source}, {article.published.date().isoformat()}\n{article.url}\n"
        else:
            self.tell("Nothing to copy is selected.")
            return
        self.tell(copy(text, self.app.copy_to_clipboard))

    @on(Rows.Chosen, "#evidence")
    @on(Rows.Chosen, "#articles")
    def _article_chosen(self) -> None:
        article = self.article
        if article is not None:
            self.open_article(article.id)

    def open_article(self, id: str) -> None:
        """Shows an article with its statements lit, and marks it read."""
        from watcher.ui.screens.article import ArticleScreen

        article = self.bridge.article(id)
        if article is None:
            self.tell("The article is not there, or out of reach.", problem=True)
            return
        reading = self.bridge.reading(id, self.view.topic)
        at = self.evidence.statement.start if self.view.tab == "evidence" and self.evidence else None
        self.mark([id], read=True)
        self.app.push_screen(ArticleScreen(article, reading, self.keymap, at, self.bridge.corrections(self.view.topic)))

    def mark(self, ids: list[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Marks articles and shows it."""
        self.bridge.set_marks(ids, read=read, starred=starred)
        self.article_rows.redraw()
        self.show_topics()

    def action_next_unread(self) -> None:
        """Goes to the next unread article."""
        self.go_to_tab("articles")
        index = self.article_rows.next_unread()
        if index is None:
            some = self.article_rows.count > 0
            self.tell("All articles of this topic are read." if some else "There are no articles here yet.")
        else:
            self.article_rows.cursor = index

    def action_toggle_read(self) -> None:
        """Marks the selected article read or unread."""
        article = self.article
        if article is not None:
            self.mark([article.id], read=not self.bridge.mark(article.id).read)

    def action_read_all(self) -> None:
        """Marks all articles of the topic read; right after it, takes that back."""
        headlines = self.bridge.headlines(self.topic, self.view.as_of) if self.topic else ()
        unread = [headline.id for headline in headlines if not self.bridge.mark(headline.id).read]
        if unread:
            self._read_at_once = self.view.topic, unread
            self.mark(unread, read=True)
            self.tell(f"{plural(len(unread), 'article')} marked read; {self.key('read-all')} takes it back.")
        elif self._read_at_once[0] == self.view.topic:
            ids, self._read_at_once = self._read_at_once[1], ("", [])
            self.mark(ids, read=False)
            self.tell(f"{plural(len(ids), 'article')} unread again.")
        else:
            self.tell("All articles of this topic are read." if headlines else "There are no articles here yet.")

    def action_star(self) -> None:
        """Stars the selected article, or takes the star away."""
        article = self.article
        if article is not None:
            starred = not self.bridge.mark(article.id).starred
            self.mark([article.id], starred=starred)
            self.tell("Starred." if starred else "No longer starred.")

    def action_why(self) -> None:
        """Shows or hides the rule behind each statement."""
        self.evidence_rows.why = not self.evidence_rows.why
        self.evidence_rows.changed()

    def action_narrow(self) -> None:
        """Asks what evidence and articles are narrowed to."""

        def check(text: str) -> str:
            try:
                Narrowing.parse(text)
            except ValueError as error:
                return str(error)
            return ""

        def narrow(text: str | None) -> None:
            if text is not None:
                self.narrow_to(text)

        from watcher.ui.screens.dialogs import Ask

        ask = Ask("Narrow evidence and articles to", NARROW_HINT, self.view.narrowing.written, check=check)
        self.app.push_screen(ask, narrow)

    def narrow_to(self, written: str) -> None:
        """Narrows evidence and articles; empty shows all again."""
        self.view.narrowing = Narrowing.parse(written)
        self.show_lower()
        self.show_bars()

    def seen_shifts(self) -> None:
        """Remembers that the topic's shifts were seen."""
        if self.topic is not None:
            with suppress(StoreError):  # a look at the store tells of it; the shifts stay new
                self.bridge.see_shifts([self.topic])
            self.show_topics()
            self.board_rows.unseen = ()
            self.board_rows.redraw()
