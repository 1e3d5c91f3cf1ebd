"""What is wrong with a config and where, in words for a person who has never heard of its parser."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import msgspec

from watcher.config import schema

if TYPE_CHECKING:
    from watcher.config.lines import Path

KINDS = {
    "int": "a whole number",
    "float": "a number with a fraction",
    "str": "text in quotation marks",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a table",
    "date": "a day like 2025-02-15, without quotation marks",
    "datetime": "a date with a time",
    "null": "nothing",
}
"""The types of msgspec's messages in words."""


class Problem(Exception):
    """A mistake at a place in the file; `load` adds the file and the line."""

    def __init__(self, at: Path, message: str) -> None:
        super().__init__(message)
        self.at = at


def written(at: Path) -> str:
    """A place as a person would say it, counted from 1: topics[1].parties[2].name."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")


def explained(error: msgspec.ValidationError, data: dict[str, Any]) -> Problem:
    """A message of msgspec in words for a person who has never heard of it."""
    message, _, place = str(error).partition(" - at `")
    at = steps(place.rstrip("`"), data)
    if unknown := re.match(r"Object contains unknown field `(.*)`$", message, re.DOTALL):
        return Problem((*at, unknown[1]), unknown_key(unknown[1], at))
    if missing := re.match(r"Object missing required field `(.*)`$", message):
        return Problem(at, f'"{missing[1]}" is missing; add it')
    if length := re.match(r"Expected `(\w+)` of length >= 1", message):
        return Problem(at, "is empty; " + ("write something or remove it" if length[1] == "str" else "add one"))
    if choice := re.match(r"Invalid enum value (.*)$", message):
        return Problem(at, f'{choice[1]} is none of "auto", "always", "never"')
    if bound := re.match(r"Expected `int` (>=|<=) (\d+)", message):
        return Problem(at, f"must be {'at least' if bound[1] == '>=' else 'at most'} {bound[2]}")
    if "RFC3339" in message:
        return Problem(at, "must be a day like 2025-02-15")
    if message == "Expected `array`, got `object`" and at[-1] in ("topics", "feeds", "parties"):
        named = ".".join(step for step in at if isinstance(step, str))
        return Problem(at, f"is written with two brackets on each side: [[{named}]]")
    if kinds := re.match(r"Expected `(.*?)`, got `(.*?)`", message):
        return Problem(at, f"must be {words(kinds[1])}, not {words(kinds[2])}")
    return Problem(at, message[:1].lower() + message[1:])


def words(kinds: str) -> str:
    """`str | object` as "text in quotation marks or a table"."""
    return " or ".join(dict.fromkeys(KINDS.get(kind.strip(), kind.strip()) for kind in kinds.split("|")))


def steps(place: str, data: dict[str, Any]) -> Path:
    """msgspec's `$.topics[0].name` as a path; its `[...]` stands for whichever key holds the bad value."""
    path: list[str | int] = []
    for name, position in re.findall(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]", place):
        if name:
            path.append(name)
        elif position != "...":
            path.append(int(position))
        else:
            table: Any = data
            for step in path:
                table = table[step]
            path.append(next((key for key, value in table.items() if not isinstance(value, str)), "?"))
    return tuple(path)


def unknown_key(key: str, at: Path) -> str:
    """What to do about a key that the table at `at` does not have."""
    if at and key in ("theme", "lexicon"):
        return "belongs at the top of the file, above the first [table]"
    known = [field.encode_name for field in msgspec.structs.fields(table_at(at)) if field.encode_name != "$schema"]
    near = get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    return f"unknown key; did you mean {near[0]}?" if near else f"unknown key; known here: {', '.join(known)}"


def table_at(at: Path) -> type[schema.Table]:
    """The class of the table at a path."""
    named: dict[str, type[schema.Table]] = {
        "poll": schema.PollTable, "store": schema.StoreTable, "board": schema.BoardTable,
        "alerts": schema.AlertsTable, "feeds": schema.FeedTable, "topics": schema.TopicTable,
        "parties": schema.PartyTable, "aliases": schema.AliasTable, "members": schema.AliasTable,
        "seeds": schema.SeedTable,
    }  # fmt: skip
    names = [step for step in at if isinstance(step, str)]
    return named[names[-1]] if names else schema.ConfigFile
