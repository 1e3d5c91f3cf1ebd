"""A TOML file that a person wrote: its text, and what is wrong where it is none."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from watcher.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 4_000_000
"""Bytes: a config file is written by people; a larger one is another program's data."""

KNOWN = {
    "Cannot overwrite a value": "this key is there twice; keep one of them",
    "Cannot declare": "this table is there twice; put its keys into one",
    "Invalid value": 'no value; text stands in straight quotation marks, "like this"',
}
"""What the parser says of the commonest slips, as it begins, and what a person makes of them."""


def read(path: Path) -> str:
    """The file's text. Raises ConfigError where it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError("too large for a config file; name watcher's own with --config", path=path)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError("not UTF-8 text; save the file as UTF-8", path=path, line=line) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror or error}", path=path) from None


def parse(text: str, path: Path) -> dict[str, Any]:
    """The tables in the text of the file at `path`. Raises ConfigError where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise syntax_error(error, path, text) from None
    except RecursionError:
        raise ConfigError("nested too deeply for a config file", path=path) from None


def syntax_error(error: tomllib.TOMLDecodeError, path: Path, text: str) -> ConfigError:
    """The parser's complaint with its line first."""
    message = str(error)
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    plain = message[: found.start()] if found else message
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    if day := _no_day(text.splitlines()[line - 1 : line]):
        return ConfigError(
            f"{day} is no day of the calendar: write year-month-day, as 2025-02-15", path=path, line=line
        )
    column = f" at column {found[2]}" if found and found[2] else ""
    said = next((words for start, words in KNOWN.items() if plain.startswith(start)), plain[:1].lower() + plain[1:])
    return ConfigError(f"not TOML{column}: {said}", path=path, line=line)


def _no_day(lines: list[str]) -> str:
    """What is written like a day in the lines and is none; the parser takes it for something else."""
    for found in re.findall(r"\b\d{4}-\d\d-\d\d\b", " ".join(lines)):
        try:
            date.fromisoformat(found)
        except ValueError:
            return str(found)
    return ""
