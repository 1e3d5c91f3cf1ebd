"""Dates of feeds: RFC 822 and RFC 3339 by the standard library, dateparser for the rest."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No feed is older: 0000, 0001 and 1970 are what software writes when it knows no date."""

CLOCK_SKEW = timedelta(minutes=10)
"""How far ahead of ours a publisher's clock may be."""

LONGEST = 64
"""Characters in a date; anything longer is something else, and slow to guess at."""

GUESSES = 5
"""Dates of one body that may turn out to be none before only plain ones are read."""

ZONES = {
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "SAST": 2, "TRT": 3, "PKT": 5, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "ART": -3, "BRT": -3, "AKDT": -8, "AKST": -9, "HST": -10,
}  # fmt: skip
"""Hours east of Greenwich, for the names that RFC 822 lacks and feeds use; ambiguous ones are left out."""

LANGUAGES = "en fr de es it pt nl ru uk pl tr sv da nb fi cs ro hu el bg sr hr he ar fa hi ur zh ja ko vi id"
"""Languages that an odd date is tried in; all that dateparser knows would take a third of a second a date."""

_ZONE = re.compile(r"\b([A-Z]{3,4})$")
_YEAR_ZERO = re.compile(r"(?:^|[A-Za-z.,] )0\d{3}\b")
_OFFSET = re.compile(r"(:\d\d) ?(?:GMT|UTC?|Z)? ?([+-])(\d{1,2})(?::?(\d\d))?(?: ?\([^()]*\))?$")
_HALF_DAY = re.compile(r"\d ?[ap]\.?m\b", re.IGNORECASE)
_AMERICAN = re.compile(r"\b(0?[1-9]|1[0-2])/(\d{1,2})/(\d{4})\b")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?, (?=\d{1,2}\.? [^\W\d_]{3})")
_BAD_ISO = re.compile(r"\d{4}-(?:00|1[3-9]|[2-9]\d)-\d\d\b|\d{4,}-\d\d-(?:00|3[2-9]|[4-9]\d)\b")
_SECONDS = re.compile(r"(\d{9,10})(?:\.\d{1,9}|\d{3})?")
_DIGITS = re.compile(r"(?:19|20)\d{6}(?:T?\d{6}Z?)?")


@lru_cache(maxsize=4096)
def read(text: str, *, guess: bool = True) -> datetime | None:
    """The moment a date in a feed means, in UTC; None if it is no date. Without a zone it is UTC.

    `guess` false leaves out dateparser, which takes milliseconds for what turns out to be no date.
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    if _YEAR_ZERO.search(text):  # which the standard library takes for 2000
        return None
    return _numeric(text) or _rfc3339(text) or _rfc822(text) or (_other(text) if guess else None)


def plausible(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment if an article can have been published then, never later than `now`; else None."""
    if moment is None or moment < EARLIEST or moment > now + CLOCK_SKEW:
        return None
    return min(moment, now)


def _numeric(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970, and `20250215T120000Z` with or without its letters."""
    if seconds := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(seconds[1]), UTC)
    if not _DIGITS.fullmatch(text):
        return None
    try:
        return datetime.strptime(text.translate({84: None, 90: None}).ljust(14, "0"), "%Y%m%d%H%M%S").replace(
            tzinfo=UTC
        )
    except ValueError:
        return None


def _rfc3339(text: str) -> datetime | None:
    if not text[:4].isdigit() or text[4:5] != "-":
        return None
    try:
        return _utc(datetime.fromisoformat(text.upper().removesuffix(" UTC").removesuffix(" GMT")))
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    if _HALF_DAY.search(text):  # which the standard library passes over
        return None
    hours = 0
    zone = _ZONE.search(text)
    if zone and zone[1] in ZONES:
        text, hours = text[: zone.start()] + "+0000", ZONES[zone[1]]
    else:
        text = _OFFSET.sub(lambda found: f"{found[1]} {found[2]}{found[3]:0>2}{found[4] or '00'}", text)
    try:
        moment = _utc(parsedate_to_datetime(text))
        return moment and moment - timedelta(hours=hours)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _other(text: str) -> datetime | None:
    """Absolute dates in any of `LANGUAGES`, the day before the month: `26-02-2026`, `15 лютого 2025`.

    Where hours are counted to twelve and slashes are used, the month comes first.
    """
    if not any(character.isdigit() for character in text):
        return None
    if _BAD_ISO.match(text):
        return None
    if _HALF_DAY.search(text):
        text = _AMERICAN.sub(r"\3-\1-\2", text)
    text = _WEEKDAY.sub("", text)  # which adds nothing, and in some languages costs much
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations are not our users' business
        try:
            return _utc(_guesser().get_date_data(text).date_obj)
        except Exception:  # a guess that fails, in whatever way, is no date
            return None


@lru_cache(maxsize=1)
def _guesser() -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=LANGUAGES.split(),
        use_given_order=True,
        try_previous_locales=True,  # the dates of one feed are in one language
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_LOCALE_DATE_ORDER": False,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": True,
        },
    )


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
