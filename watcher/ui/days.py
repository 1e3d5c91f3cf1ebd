"""Days as people type them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time

WRITE_IT = "write it as 2025-03-05"
NUMBERS = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})\.?")
FEW_DIGITS = re.compile(r"[-+]?\d{1,3}")


def read_day(text: str, today: date) -> date:
    """A day as typed: 2025-03-05, 5 Mar 2025, "yesterday"; of a month or a year, its last one.

    Raises ValueError with a plain message, also where there are two ways to read it.
    """
    text = text.strip()
    numbers = NUMBERS.fullmatch(text)
    day = _of_numbers(text, numbers) if numbers else _of_words(text, today)
    if day is None:
        raise ValueError(f"{text or 'nothing'} is no day; {WRITE_IT}")
    if day > today:
        raise ValueError(f"{text} is still to come; {WRITE_IT}")
    return day


def _of_numbers(text: str, numbers: re.Match[str]) -> date | None:
    one, two, three = int(numbers[1]), int(numbers[3]), int(numbers[4])
    if len(numbers[4]) == 2 and len(numbers[1]) < 4:
        three += 2000
    if len(numbers[1]) == 4:
        ways = {(one, two, three)}
    elif numbers[2] == ".":  # who writes points begins with the day
        ways = {(three, two, one)}
    else:
        ways = {(three, two, one), (three, one, two)}
    days = set()
    for year, month, day in ways:
        with suppress(ValueError):
            days.add(date(year, month, day))
    if len(days) > 1:
        raise ValueError(f"{text} may be one of two days; {WRITE_IT}")
    return days.pop() if days else None


def _of_words(text: str, today: date) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    if FEW_DIGITS.fullmatch(text):
        return None
    from dateparser.date import DateDataParser  # heavy, and seldom needed

    settings = {
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "last",
        "PREFER_MONTH_OF_YEAR": "last",
        "RETURN_AS_TIMEZONE_AWARE": False,
        "RELATIVE_BASE": datetime.combine(today, time.max),
    }
    found = DateDataParser(settings=settings).get_date_data(text)
    if found.date_obj is None:
        return None
    day: date = found.date_obj.date()
    return day if found.period == "day" else min(day, today)
