"""The statements behind a stance, grouped by the story that they stand in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from watcher.domain.statement import Strength, Voice
from watcher.export.words import speaker
from watcher.ui.format import VOICES, fit, long_day, short_day
from watcher.ui.glyphs import GLYPHS
from watcher.ui.ground import FIRST
from watcher.ui.lighting import lit_sentence
from watcher.ui.view import places
from watcher.ui.widgets.rows import Rows
from watcher.ui.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.domain.article import ArticleRef
    from watcher.ui.ground import Evidence

MORE = 4
"""How many times as many statements are laid out each time one comes near their end."""
MOST = 1_000
"""Statements that are laid out at most; narrowing reaches the others."""
NEAR = 50
"""Lines from the end at which more are laid out."""
INDENT = 4
LEAST_TITLE = 28
"""Cells for a headline; where room is short, less is told of where it stood."""


class Story(NamedTuple):
    """The heading of a group: the article, and how many others carry the same story."""

    article: ArticleRef
    copies: int


def grouped(evidence: Sequence[Evidence]) -> list[Story | Evidence]:
    """Evidence under its stories, the story with the newest statement first.

    Copies of a story say the same sentence: it is shown once, for the article that had it first.
    """
    groups: dict[str, list[Evidence]] = {}
    for item in evidence:
        groups.setdefault(item.statement.article.story or item.statement.article.id, []).append(item)
    rows: list[Story | Evidence] = []
    for group in groups.values():
        articles = {item.statement.article.id: item.statement.article for item in group}
        first = min(articles.values(), key=lambda article: (article.published, article.id))
        rows.append(Story(first, len(articles) - 1))
        shown: set[tuple[str, str]] = set()
        for item in sorted(group, key=lambda i: (i.statement.article.id != first.id, i.statement.start)):
            key = (" ".join(item.statement.sentence.split()), item.statement.stance)
            if key not in shown:
                shown.add(key)
                rows.append(item)
    return rows


def _place(item: Story | Evidence) -> tuple[str, int, str]:
    """Names a row from one showing to the next."""
    if isinstance(item, Story):
        return item.article.id, -1, ""
    return item.statement.article.id, item.statement.start, item.statement.cue


def _facts(item: Evidence, today: date) -> list[str]:
    """What a line tells of a statement beside its stance, each thing once."""
    statement, correction = item.statement, item.correction
    by, voice = speaker(statement), VOICES[statement.voice]
    if statement.voice is Voice.CLAIMED:
        voice = f"claimed by {statement.claimed_by or statement.source or 'another'}"
    facts = [
        voice,
        by if by != statement.party else "",
        f"said {short_day(statement.said_on, today)}" if statement.said_on else "",
        "member" if statement.member else "",
        "deed" if statement.deed else "",
        "weak" if statement.strength is Strength.WEAK else "",
        "divided" if statement.divided else "",
        f"{statement.confidence:.0%}",
    ]
    if statement.conditions:
        facts.append("wants " + ", ".join(statement.conditions))
    if correction is not None and correction.note:
        facts.append(f"note: {correction.note}")
    seen: list[str] = []
    for fact in facts:
        if fact and fact not in seen and not any(fact in earlier for earlier in seen):
            seen.append(fact)
    return seen


def _subject(evidence: Sequence[Evidence]) -> tuple[str, str]:
    """What evidence is about: topic and party."""
    return (evidence[0].statement.topic, evidence[0].statement.party) if evidence else ("", "")


class EvidenceRows(Rows):
    """Headings of stories and the statements below them; sentences wrap."""

    uniform = False

    def __init__(self) -> None:
        super().__init__(id="evidence")
        self.items: list[Story | Evidence] = []
        self.total = 0
        self._evidence: Sequence[Evidence] = ()
        self._laid_out = FIRST
        self.today = date.min
        self.why = False
        self.sought: Sequence[str] = ()
        """Folded words that the evidence is narrowed to."""

    @property
    def count(self) -> int:
        """Stories and statements."""
        return len(self.items)

    @property
    def selected(self) -> Story | Evidence | None:
        """The selected story or statement."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def article(self) -> ArticleRef | None:
        """The article of what is selected."""
        chosen = self.selected
        if chosen is None:
            return None
        return chosen.article if isinstance(chosen, Story) else chosen.statement.article

    @property
    def statement(self) -> Evidence | None:
        """The selected statement; on a heading, the first one below it."""
        chosen = self.selected
        if isinstance(chosen, Story):
            below = self.items[self.cursor + 1] if self.cursor + 1 < len(self.items) else None
            return None if isinstance(below, Story) else below
        return chosen

    def show(self, evidence: Sequence[Evidence], today: date, empty: str) -> None:
        """Shows these statements, the newest first."""
        if _subject(evidence) != _subject(self._evidence):
            self._laid_out = FIRST
        self._evidence = evidence
        self.total, self.today, self.empty = len(evidence), today, empty
        self._group()

    def _group(self) -> None:
        before = self.selected
        self.items = grouped(self._evidence[: self._laid_out])
        places = map(_place, self.items)
        wanted = _place(before) if before is not None else None
        self.changed(next((index for index, place in enumerate(places) if place == wanted), 0))

    def _lay_out_more(self, *, all_of_it: bool = False) -> None:
        if self._laid_out < min(self.total, MOST):
            self._laid_out = MOST if all_of_it else min(self._laid_out * MORE, MOST)
            self._group()

    def watch_cursor(self, old: int, new: int) -> None:
        """Lays out more where the selection comes near the end."""
        super().watch_cursor(old, new)
        if new >= self.count - NEAR:
            self._lay_out_more()

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Lays out more where what is in sight comes near the end."""
        super().watch_scroll_y(old, new)
        if new + self.size.height >= self.virtual_size.height - NEAR:
            self._lay_out_more()

    def action_edge(self, end: int) -> None:
        """Selects the first (0) or the last (1) row."""
        if end:
            self._lay_out_more(all_of_it=True)
        super().action_edge(end)

    def lines_of(self, index: int, width: int) -> int:
        """A heading is one line; a statement has those of its facts and of its sentence."""
        item = self.items[index]
        if isinstance(item, Story):
            return 1
        texts = [item.statement.sentence, *(self._reasons(item) if self.why else ())]
        return len(self._draw_facts(item, width)) + sum(len(wrap(text, width - INDENT)) for text in texts)

    def draw(self, index: int, width: int) -> list[Text]:
        """A heading, or a statement with its cues and target lit."""
        item = self.items[index]
        if isinstance(item, Story):
            return [self._draw_story(item, width)]
        lines = self._draw_facts(item, width)
        sentence = item.statement.sentence
        text = self._sought(lit_sentence(item.statement, self.palette))
        if item.correction is not None and item.correction.stance is None:
            text.stylize(Style(strike=True))
        for start, end in wrap(sentence, width - INDENT):
            line = Text(" " * INDENT, end="")
            line.append_text(text[start:end])
            lines.append(line)
        for reason in self._reasons(item) if self.why else ():
            broken = wrap(reason, width - INDENT)
            lines += [Text(" " * INDENT + reason[start:end], self.palette.faint, end="") for start, end in broken]
        return lines

    def _draw_story(self, story: Story, width: int) -> Text:
        palette = self.palette
        copies = f" +{story.copies}" if story.copies else ""
        day, name = story.article.published.date(), story.article.title or story.article.url
        source = f"{story.article.source}{copies} {GLYPHS.dot} "
        for facts in (source + long_day(day), source + short_day(day, self.today), short_day(day, self.today)):
            room = width - cell_len(facts) - 2
            if room >= min(LEAST_TITLE, cell_len(name)):
                break
        title = Text(fit(name, room, GLYPHS.ellipsis, words=True), palette.heading)
        return Text.assemble(self._sought(title), ("  " + facts, palette.dim), end="")

    def _sought(self, text: Text) -> Text:
        """The text with the words lit that the evidence is narrowed to."""
        for start, end in places(text.plain, self.sought):
            text.stylize(self.palette.match, start, end)
        return text

    def _draw_facts(self, item: Evidence, width: int) -> list[Text]:
        palette, statement, correction = self.palette, item.statement, item.correction
        text = Text("  ", end="")
        if correction is None:
            text.append(
                f"{GLYPHS.stances[statement.stance]} {statement.stance}", palette.stance(statement.stance) + palette.cue
            )
        else:
            text.append(f"{GLYPHS.stances[statement.stance]} {statement.stance}", palette.dim + Style(strike=True))
            if correction.stance is None:
                text.append(f" {GLYPHS.corrected} rejected", palette.accent)
            else:
                shown = f" {GLYPHS.corrected} {GLYPHS.stances[correction.stance]} {correction.stance}"
                text.append(shown, palette.stance(correction.stance) + palette.cue)
        text.append("  ")
        facts = f" {GLYPHS.dot} ".join(_facts(item, self.today))
        first, *more = wrap(facts, width - text.cell_len) or [(0, 0)]
        text.append(facts[slice(*first)], palette.dim)
        rest = facts[more[0][0] :] if more else ""
        below = wrap(rest, width - INDENT) if rest else []
        return [text, *(Text(" " * INDENT + rest[start:end], palette.dim, end="") for start, end in below)]

    @staticmethod
    def _reasons(item: Evidence) -> list[str]:
        """The rule and the cues with their signs, for those who ask why."""
        statement = item.statement
        signs = {1: "+", 0: "0", -1: "-"}
        chain = f" {GLYPHS.arrow} ".join(f"{cue.text} ({signs[cue.sign]})" for cue in statement.chain)
        lines = [f"rule {statement.rule}: {chain or statement.cue}"]
        if statement.target:
            lines.append(f"target: {statement.target}")
        if statement.speaker:
            lines.append(f"speaker: {statement.speaker.removeprefix('speaker: ')}")
        return lines
