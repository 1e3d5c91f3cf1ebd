"""When something was said: "on Feb. 15" counted from the day of publication."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
PHRASE = re.compile(
    rf"\b(?:on\s+|in\s+|late\s+|early\s+|last\s+)?(?:(?P<date>{MONTH}\s+\d{{1,2}}(?:,\s*\d{{4}})?|\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}})?)"
    rf"|(?P<weekday>{WEEKDAY})|(?P<near>yesterday|today))\b"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def said_on(sentence: str, published: date) -> date | None:
    """The last day named in the sentence that is not after publication; None if it names none.

    A weekday is the latest one up to the day of publication. Written dates are resolved by dateparser.
    """
    for match in reversed(list(PHRASE.finditer(sentence))):
        if near := match.group("near"):
            return published - timedelta(days=near == "yesterday")
        if weekday := match.group("weekday"):
            back = (published.weekday() - WEEKDAYS.index(weekday.lower())) % 7
            return published - timedelta(days=back)
        day = _written(match.group("date"), published)
        if day and day <= published:
            return day
    return None


@lru_cache(maxsize=4096)
def _written(text: str, published: date) -> date | None:
    import dateparser  # 0.1 s, only where a text names a day

    found = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(published.year, published.month, published.day),  # noqa: DTZ001
            "PREFER_DATES_FROM": "past",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if found is None:
        return None
    day = found.date()
    if day > published and not re.search(r"\d{4}", text):
        day = day.replace(year=day.year - 1)
    return day
