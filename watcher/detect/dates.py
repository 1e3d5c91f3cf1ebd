"""When something was said: "on Feb. 15" counted from the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
PHRASE = re.compile(
    rf"\b(?:on\s+|in\s+|late\s+|early\s+|last\s+)?(?:(?P<date>{MONTH}\s+\d{{1,2}}(?:,\s*\d{{4}})?|\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}})?)"
    rf"|(?P<weekday>{WEEKDAY})|(?P<near>yesterday|today))\b"
)
PARTS = re.compile(rf"(?P<first>\d{{1,2}})?\s*(?P<month>{MONTH})\s*(?P<last>\d{{1,2}}(?!\d))?,?\s*(?P<year>\d{{4}})?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


AHEAD = re.compile(
    r"\b(?:will|won't|would|wouldn't|shall|may|might|can|could|should|must|going to|about to|next|unless|if"
    r"|scheduled|slated|due|set (?:to|for)|(?:is|are|was|were|be) to"
    r"|(?:plan|hop|intend|expect|want|aim|mean|meant|wait|prepar|ready|able|willing|eager)\w*\b(?:\s+\S+){0,3}?\s+(?:to|for)"
    r"|(?:have|has|had) to|[A-Z]\w+ to)\b|'ll\b"
)
"""What stands before a day that is still to come, or was to come: "will sign on", "had planned to sign on"."""

TOLD = re.compile(r"\b(?:said|told|wrote|spoke|met|held|came|made|gave|took|\w{2,}ed)\b")
LIMIT = re.compile(
    r"\b(?:by|until|till|before|after|since|from|next|coming|this|for|than|through|due)\s+(?:on\s+|the\s+)?$",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:—–()“”\"]|\b(?:but|when|while|after|because|since|as)\b")
BARE = re.compile(r"[\s,]*(?:(?:on|late|early|last|in|the|and)\s+)*", re.IGNORECASE)
BACK = 90
"""Days back that a day without a year may lie where this year's would be still to come."""


def said_on(sentence: str, published: date) -> date | None:
    """The last day in the sentence that dates a saying or a deed and is not after publication; None if there is none.

    A weekday is the latest one up to the day of publication. Days of what is
    only planned, asked for or due say nothing.
    """
    for match in reversed(list(PHRASE.finditer(sentence))):
        if _ahead(sentence, match):
            continue
        if near := match.group("near"):
            return published - timedelta(days=near == "yesterday")
        if weekday := match.group("weekday"):
            back = (published.weekday() - WEEKDAYS.index(weekday.lower())) % 7
            return published - timedelta(days=back)
        day = _written(match.group("date"), published)
        if day and day <= published:
            return day
    return None


def _ahead(sentence: str, match: re.Match[str]) -> bool:
    """Whether the day is a deadline or stands in a clause about what is to come."""
    before = sentence[: match.start()]
    if LIMIT.search(before):
        return True
    while (
        before
        and (earlier := [m.start() for m in PHRASE.finditer(before)])
        and BARE.fullmatch(PHRASE.sub("", before[earlier[-1] :]))
    ):
        before = before[: earlier[-1]]  # "on Friday, May 8": one day
        if LIMIT.search(before):
            return True
    cuts = [m.end() for m in CLAUSE.finditer(before)]
    while cuts and BARE.fullmatch(before[cuts[-1] :]):
        cuts.pop()  # "will sign it, he hopes, on Friday"
    clause = before[cuts[-1] if cuts else 0 :]
    if not BARE.fullmatch(clause):
        return AHEAD.search(clause) is not None
    after = sentence[match.end() :]
    to_come, told = AHEAD.search(after), TOLD.search(after)
    return to_come is not None and (told is None or to_come.start() < told.start())


def _written(text: str, published: date) -> date | None:
    """The day that month and number name, in the year of publication or the one before where none is written.

    Read here because these few forms are all that `PHRASE` finds; dateparser, which reads them alike, takes
    a quarter of a second to begin.
    """
    parts = PARTS.search(text)
    if parts is None:
        return None
    month, number = MONTHS.index(parts["month"][:3].lower()) + 1, int(parts["first"] or parts["last"])
    year = int(parts["year"] or published.year - ((month, number) > (published.month, published.day)))
    try:
        day = date(year, month, number)
    except ValueError:  # 31 June; 29 February of another year
        return None
    if not parts["year"] and year < published.year and (published - day).days > BACK:
        return None
    return day


NUMBERS = {
    word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
EARLIER = frozenset(["initially", "originally", "previously", "once", "formerly"])
CLAUSE_ENDS = frozenset([";", "—", "–", ".", "but", "now", "today", "though", "although", "while"])


def _of_former(lower: Sequence[str], before: Sequence[str], at: int) -> bool:
    """`its former line, opposing it`; but "X, a former pilot, opposes it" tells of now."""
    if len(before) < 3 or "former" not in before[:-1] or {"which", "that", ","}.isdisjoint(before):
        return False
    former = at - len(before) + before.index("former")
    opened = "," in lower[max(0, former - 2) : former]
    return not (opened and lower[at - 1] == ",")


def told_of_past(lower: Sequence[str], at: int, published: date) -> date | None:
    """The day that a clause puts its verb at `at` on, where that is years back: "in 2013", "ten years ago".

    `date.min` for a past without a date: "used to oppose", "once a supporter".
    """
    lo, hi = at, at
    while lo > 0 and lower[lo - 1] not in CLAUSE_ENDS:
        lo -= 1
    while hi < len(lower) and lower[hi] not in CLAUSE_ENDS and lower[hi] not in ("which", "whom", "that", "who"):
        hi += 1
    before = list(lower[max(lo, at - 4) : at])
    if (
        before[-2:] == ["used", "to"]
        or list(lower[at : at + 2]) == ["used", "to"]
        or ("once" in before and {"a", "an", "the"} & set(before))
        or (before[-1:] == ["once"] and lower[at].endswith("ed"))  # "who once vowed to stop it"
        or ("had" in before and not EARLIER.isdisjoint(before))
        or list(lower[hi - 1 : hi]) == ["then"]
        or _in_office(lower, at, hi)
        or _has_since(lower, at)
        or "former" in before[-1:]
        or _of_former(lower, before, at)
    ):
        return date.min
    aside = _asides(lower, lo, at)
    for i in range(lo, hi - 1):
        if i in aside:
            continue  # "X, who took office in 2010, opposes it"
        word = lower[i + 1]
        year = int(word) if lower[i] in ("in", "back") and len(word) == 4 and word.isdecimal() else 0
        if 1900 < year < published.year - 1:
            return date(year, 12, 31)
        if word == "years" and lower[i + 2 : i + 3] == ["ago"] and (count := _number(lower[i])) and count > 1:
            return date(published.year - count, 12, 31)
    return None


def _has_since(lower: Sequence[str], at: int) -> bool:
    """`was a defender of it, but has since changed her mind`."""
    words = list(lower[at : at + SINCE])
    x = next((x for x in range(len(words) - 2) if words[x : x + 2] in (["has", "since"], ["have", "since"])), -1)
    return x > 0 and words[x + 2] in TURNING


SINCE = 26
"""Words between what was held and the turn."""

TURNING = frozenset(["changed", "turned", "switched", "reversed", "soured", "cooled", "shifted", "dropped"])


def _asides(lower: Sequence[str], lo: int, hi: int) -> set[int]:
    """The tokens of clauses that tell of someone else's past between `lo` and `hi`: ", who took office in 2010,"."""
    found: set[int] = set()
    for i in range(lo, hi - 1):
        if lower[i] == "," and lower[i + 1] in ("who", "which", "whose"):
            close = next((x for x in range(i + 2, hi) if lower[x] == ","), i)
            found.update(range(i, close))
    return found


def _in_office(lower: Sequence[str], at: int, hi: int) -> bool:
    """`tried to ban it when he was in office`, `backed it during her first term`."""
    words = list(lower[at : hi + 8])
    then = any(words[x : x + 3] in (["when", "he", "was"], ["when", "she", "was"]) for x in range(len(words)))
    office = any(words[x] in ("office", "president", "senator", "minister", "governor") for x in range(len(words)))
    term = any(words[x : x + 4][-2:] == ["first", "term"] and words[x] in ("in", "during") for x in range(len(words)))
    return (then and office) or term


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 3 else NUMBERS.get(word, 0)
