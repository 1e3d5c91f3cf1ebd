"""On which line of a TOML file a key stands. Only needed, and only worked out, for an error."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
"""A place in the parsed file: keys and, in arrays, positions from 0."""


def line_of(text: str, path: Path) -> int | None:
    """The line (from 1) on which `path` or, failing that, the table that should hold it stands."""
    best, length = None, 0
    for line, at, body in statements(text):
        shared = len(at) if path[: len(at)] == at else 0
        if shared > length or (shared == length > 0 and best is None):
            best, length = line + element(body, path[len(at) :]), shared
    return best


def statements(text: str) -> Iterator[tuple[int, Path, str]]:
    """Each header and key of the file: its first line, its path and its own text.

    A statement is as many lines as it takes until the parser accepts them alone.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    table: Path = ()
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        body, parsed, end = read_one(lines, number)
        if parsed:
            keys = tuple(nested(parsed))
            if body.lstrip().startswith("["):
                table = positions(keys, counts, array=body.lstrip().startswith("[["))
                yield number + 1, table, body
            else:
                yield number + 1, (*table, *keys), body
        number = end


def read_one(lines: list[str], start: int) -> tuple[str, dict[str, Any], int]:
    """The statement that begins at `start`: its text, what it parses to, and where the next begins."""
    for end in range(start + 1, min(start + 2000, len(lines)) + 1):
        body = "\n".join(lines[start:end])
        try:
            return body, tomllib.loads(body), end
        except tomllib.TOMLDecodeError:
            continue
    return "", {}, start + 1


def nested(parsed: dict[str, Any]) -> Iterator[str]:
    """The keys of a single statement's parse, outermost first: `a.b = 1` gives a, b."""
    inside: Any = parsed
    while isinstance(inside, dict) and len(inside) == 1:
        key = next(iter(inside))
        yield key
        inside = inside[key][0] if inside[key] == [{}] else inside[key]


def positions(keys: tuple[str, ...], counts: Counter[tuple[str, ...]], *, array: bool) -> Path:
    """The path of a header: `[[topics.parties]]` for the third time gives topics, i, parties, 2."""
    if array:
        counts[keys] += 1
        for other in [key for key in counts if len(key) > len(keys) and key[: len(keys)] == keys]:
            del counts[other]
    path: list[str | int] = []
    for depth, key in enumerate(keys, 1):
        path.append(key)
        if seen := counts.get(keys[:depth]):
            path.append(seen - 1)
    return tuple(path)


def element(body: str, rest: Path) -> int:
    """How many lines into a statement the array element `rest[0]` begins."""
    if not rest or not isinstance(rest[0], int):
        return 0
    lines = body.splitlines()
    for number in range(len(lines)):
        head = "\n".join(lines[: number + 1]).rstrip().rstrip(",")
        try:
            value = tomllib.loads(head if number == len(lines) - 1 else head + "\n]")
        except tomllib.TOMLDecodeError:
            continue
        found: Any = value
        for key in nested(value):
            found = found[key]
        if isinstance(found, list) and len(found) > rest[0]:
            return number
    return 0
