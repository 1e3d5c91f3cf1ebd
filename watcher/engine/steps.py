"""What the texts of a day come to: one label for all of them, or several where the day saw a turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from watcher.domain.statement import Strength, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from watcher.domain.article import ArticleRef
    from watcher.domain.board import PartyReading
    from watcher.domain.statement import Stance, Statement

WEIGHT = {Voice.OWN: 2, Voice.REPORTED: 1, Voice.CLAIMED: 0}
Rank: TypeAlias = tuple[int, bool, bool]
"""The better voice weighs more, then the office than a member, then deeds than words."""
_RANKS: dict[Voice, list[Rank]] = {
    voice: [(weight, office, deed) for office in (False, True) for deed in (False, True)]
    for voice, weight in WEIGHT.items()
}


def rank(voice: Voice, member: bool, deed: bool) -> Rank:
    """The rank of what was said so: always the same object, as thousands have it."""
    return _RANKS[voice][2 * (not member) + deed]


_MIDNIGHT = time()


@dataclass(slots=True)  # frozen ones take five times as long to make, and a board rests on thousands
class Entry:
    """One text's label for one party, with the statements of that party that it came from.

    `day` is when the position was taken, as far as the text tells; `published` is when a reader
    could know of it. `rank` orders entries by weight.
    """

    day: date
    published: date
    article: ArticleRef
    reading: PartyReading
    statements: tuple[Statement, ...]
    rank: Rank


@dataclass(slots=True)
class Step:
    """The label of a day's texts, or of those from the moment `begins` on that turned the day's
    earlier label: the entry that speaks for it, and how many stories agree with it."""

    day: date
    best: Entry
    stories: int
    begins: datetime | None = None

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Step:
        """One label for all: those of the best rank, then the label of most stories, then the latest."""
        if len(entries) == 1:
            return cls(entries[0].day, entries[0], 1)
        rank = max(entry.rank for entry in entries)
        leading = [entry for entry in entries if entry.rank == rank]
        stories: dict[Stance, set[str]] = {}
        for entry in leading:
            stories.setdefault(entry.reading.stance, set()).add(entry.article.story)
        last = {entry.reading.stance: n for n, entry in enumerate(leading)}
        winner = max(stories, key=lambda stance: (len(stories[stance]), last[stance]))
        best = max(
            (entry for entry in leading if entry.reading.stance is winner),
            key=lambda entry: (entry.reading.decisive.strength is Strength.STRONG, entry.article.published),
        )
        return cls(best.day, best, len(stories[winner]))


def steps(entries: Sequence[Entry]) -> list[Step]:
    """The steps that the texts of one day make, in order of publication; mostly one.

    Voices and members are weighed over the whole day. Of the leading ones, acts come after the
    words before them and make later words void. A turn is seen where the texts from some moment
    on all say otherwise, and are of two stories at least, or of one against one. A text whose
    moment is not known (a day alone was given, or it tells of the day before) bears out the step
    that it agrees with; where there is none such, the day is weighed as one.
    """
    if len(entries) == 1:
        return [Step.of(entries)]
    voice, office, _ = max(entry.rank for entry in entries)
    entries = [entry for entry in entries if entry.rank >= (voice, office)]
    if _agree(entries):
        return [Step.of(entries)]
    first: dict[str, datetime] = {}
    for entry in entries:
        story, published = entry.article.story, entry.article.published
        if story not in first or published < first[story]:
            first[story] = published
    timed: list[Entry] = []
    untimed: list[Entry] = []
    for entry in entries:
        (timed if _timed(entry) else untimed).append(entry)
    timed.sort(key=lambda entry: first[entry.article.story])
    deeds = [entry for entry in timed if entry.rank[2]]
    words = [e for e in timed if not e.rank[2] and not (deeds and _reaches(e, deeds[0], first))]
    groups = [*_turns(words, first), *_turns(deeds, first)]
    for entry in untimed:
        home = next((g for g in reversed(groups) if Step.of(g).best.reading.stance is entry.reading.stance), None)
        if home is None:
            return [Step.of(entries)]
        home.append(entry)
    made = [Step.of(group) for group in groups]
    begun = [min(first[e.article.story] for e in group if _timed(e)) for group in groups[1:]]
    return [made[0], *(replace(step, begins=at) for step, at in zip(made[1:], begun, strict=True))]


def _agree(entries: Sequence[Entry]) -> bool:
    """Whether nothing could turn: all say the same with the same weight, each in a story of its own."""
    one = entries[0]
    stance, weight = one.reading.stance, one.rank
    stories = set()
    for entry in entries:
        if entry.reading.stance is not stance or entry.rank != weight:
            return False
        stories.add(entry.article.story)
    return len(stories) == len(entries)


def _timed(entry: Entry) -> bool:
    """Whether the moment at which the position became known is known."""
    return entry.published == entry.day and entry.article.published.time() != _MIDNIGHT


def _reaches(entry: Entry, deed: Entry, first: Mapping[str, datetime]) -> bool:
    return first[entry.article.story] >= first[deed.article.story]


def _turns(entries: Iterable[Entry], first: Mapping[str, datetime]) -> list[list[Entry]]:
    """The entries, in order of their stories' moments, parted where they turn."""
    groups: list[list[Entry]] = []
    seen: set[Stance] = set()
    for stance, run in groupby(entries, key=lambda entry: entry.reading.stance):
        tail = list(run)
        stories = {entry.article.story for entry in tail}
        if not groups:
            groups.append(tail)
        elif first[groups[-1][-1].article.story] == first[tail[0].article.story]:
            groups[-1] += tail
        elif len(stories) == 1 and (stance in seen or Step.of(groups[-1]).stories > 1):
            groups[-1] += tail  # stray: weighed with what it follows
        else:
            groups.append(tail)
        seen.add(stance)
    return groups
