"""What a person looks at: the topic, the party, the day, and what evidence is narrowed to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from watcher.domain.statement import Stance, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watcher.store.base import Headline
    from watcher.ui.ground import Evidence

TABS = ("evidence", "articles", "timeline", "shifts")
NAMES = {"stance": tuple(Stance), "voice": tuple(Voice)}


def folded(text: str) -> str:
    """The text without case and accents, for comparing."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where folded words stand in a text."""
    if not words:
        return []
    letters = [(letter, at) for at, written in enumerate(text) for letter in folded(written)]
    plain = "".join(letter for letter, _ in letters)
    return [
        (letters[found.start()][1], letters[found.end() - 1][1] + 1)
        for word in words
        if word
        for found in re.finditer(re.escape(word), plain)
    ]


class Narrowing(NamedTuple):
    """What evidence and articles are narrowed to; empty fields let all pass.

    Written as words: a stance's or voice's name, `after:` and `before:` with a day, `source:` with
    a part of its name, `starred`, `unread`; any other word must stand in the text. `stance:` and `voice:`
    may stand before their names.
    """

    stances: frozenset[Stance] = frozenset()
    voices: frozenset[Voice] = frozenset()
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    starred: bool = False
    unread: bool = False
    written: str = ""

    @classmethod
    def parse(cls, written: str) -> Narrowing:
        """Reads what a person typed. Raises ValueError with a plain message for a bad day, stance or voice."""
        stances, voices = set(), set()
        sources, words = [], []
        after = before = None
        flags = set()
        for word in _split(written):
            name, colon, value = word.partition(":")
            kind = name.casefold() if colon else ""
            low = (value if kind in NAMES else word).casefold()
            if kind in NAMES and low not in NAMES[kind]:
                raise ValueError(f"{value or 'nothing'} is no {kind}; there are {', '.join(NAMES[kind])}")
            if low in NAMES["stance"]:
                stances.add(Stance(low))
            elif low in NAMES["voice"]:
                voices.add(Voice(low))
            elif low in {"starred", "unread"}:
                flags.add(low)
            elif kind == "source" and value:
                sources.append(folded(value))
            elif kind in {"after", "since"}:
                after = _day(value)
            elif kind in {"before", "until"}:
                before = _day(value)
            else:
                words.append(folded(word))
        return cls(
            frozenset(stances), frozenset(voices), tuple(sources), tuple(words), after, before,
            "starred" in flags, "unread" in flags, written.strip(),
        )  # fmt: skip

    def passes(self, item: Evidence) -> bool:
        """Whether a statement passes."""
        if not self.says(item):
            return False
        statement = item.statement
        where = folded(f"{statement.article.source} {statement.source or ''}")
        if not self._in_time(statement.day) or not all(source in where for source in self.sources):
            return False
        return not self.words or all(
            word in folded(f"{statement.sentence} {statement.article.title} {where}") for word in self.words
        )

    def says(self, item: Evidence) -> bool:
        """Whether a statement's stance and voice pass."""
        statement = item.statement
        stance = item.correction.stance if item.correction and item.correction.stance else statement.stance
        return (not self.stances or stance in self.stances) and (not self.voices or statement.voice in self.voices)

    def narrow(self, headlines: Sequence[Headline]) -> Sequence[Headline]:
        """The articles whose source, day and words pass."""
        if not (self.sources or self.words or self.after or self.before):
            return headlines
        return [
            headline
            for headline in headlines
            if self._in_time(headline.published.date())
            and all(source in folded(headline.source) for source in self.sources)
            and all(word in folded(headline.title + " " + headline.source) for word in self.words)
        ]

    def _in_time(self, day: date) -> bool:
        return (self.after is None or day >= self.after) and (self.before is None or day <= self.before)


def _split(written: str) -> list[str]:
    """Words, with what stands in quotation marks as one."""
    words, word, quoted = [], "", False
    for letter in written:
        if letter == '"':
            quoted = not quoted
        elif letter.isspace() and not quoted:
            words.append(word)
            word = ""
        else:
            word += letter
    return [word for word in [*words, word] if word]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text or 'nothing'} is no day; write it as 2025-03-05") from None


@dataclass(slots=True)
class View:
    """The state of the main screen."""

    topic: str = ""
    as_of: date | None = None  # None: now
    tab: str = "evidence"
    narrowing: Narrowing = field(default_factory=Narrowing)
    zoomed: bool = False
