"""Durations like "30m" and sizes like "10MB", as the config and the command line write them."""

from __future__ import annotations

import re
from datetime import timedelta

DURATION_PATTERN = r"^(\d+(\.\d+)?\s*(s|m|h|d|w|y)\s*)+$"
SIZE_PATTERN = r"^\d+(\.\d+)?\s*([kMG]i?)?B$"

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400}
BYTES = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "ki": 2**10, "mi": 2**20, "gi": 2**30}


def duration(text: str) -> timedelta:
    """The duration that `text` names: numbers with s, m, h, d, w or y (365 days). Raises ValueError."""
    if not re.match(DURATION_PATTERN, text.strip()):
        raise ValueError(f'"{text}" is no duration; write it like "45s", "30m", "12h", "60d" or "5y"')
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([smhdwy])", text)
    try:
        length = timedelta(seconds=sum(float(number) * SECONDS[unit] for number, unit in parts))
    except OverflowError:
        raise ValueError(f'"{text}" is longer than the program can count') from None
    if not length:
        raise ValueError(f'"{text}" is no time at all; write it like "45s", "30m", "12h", "60d" or "5y"')
    return length


def size(text: str) -> int:
    """The number of bytes that `text` names: kB, MB, GB in thousands, kiB, MiB, GiB in 1,024s. Raises ValueError."""
    found = re.match(r"^(\d+(?:\.\d+)?)\s*((?:[kmg]i?)?)b$", text.strip(), re.IGNORECASE)
    if not found or not float(found[1]):
        raise ValueError(f'"{text}" is no size; write it like "500kB" or "10MB"')
    return int(float(found[1]) * BYTES[found[2].lower()])
