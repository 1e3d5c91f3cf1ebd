"""From a TOML file to `Settings`, or to one line that says what to mend."""

from __future__ import annotations

import re
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET

from watcher.config import lines, query, schema
from watcher.config.files import parse, read
from watcher.config.places import exists
from watcher.config.units import duration, size
from watcher.domain.feed import Feed
from watcher.domain.settings import AlertSettings, BoardSettings, PollSettings, Settings, StoreSettings
from watcher.domain.topic import Alias, Overlay, Party, Seed, Topic
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

KINDS = {
    "int": "a whole number",
    "float": "a number",
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

    def __init__(self, at: lines.Path, message: str) -> None:
        super().__init__(message)
        self.at = at


def load(path: Path) -> Settings:
    """The settings in the file at `path`, wholly checked. Raises ConfigError."""
    text = read(path)
    data = parse(text, path)
    try:
        return settings(convert(data), path)
    except Problem as problem:
        key = written(problem.at)
        raise ConfigError(str(problem), path=path, line=lines.line_of(text, problem.at), key=key) from None


def written(at: lines.Path) -> str:
    """A place as a person would say it: topics[0].parties[1].name, counted from 1."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")


def convert(data: dict[str, Any]) -> schema.ConfigFile:
    """The parsed file as checked tables. Raises Problem at the first key that is wrong."""
    if "topics" not in data:
        known = {field.encode_name for field in msgspec.structs.fields(schema.ConfigFile)}
        if data and not known & data.keys():
            message = "no [[topics]] in it: it seems to be another program's file; name watcher's own with --config"
        else:
            message = "no [[topics]] in it: name at least one topic to watch (`watcher init` writes an example)"
        raise Problem((), message)
    try:
        return msgspec.convert(data, schema.ConfigFile)
    except msgspec.ValidationError as error:
        raise explained(error, data) from None


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
    if kinds := re.match(r"Expected `(.*?)`, got `(.*?)`", message):
        return Problem(at, f"must be {words(kinds[1])}, not {words(kinds[2])}")
    return Problem(at, message[:1].lower() + message[1:])


def words(kinds: str) -> str:
    """`str | object` as "text in quotation marks or a table"."""
    return " or ".join(dict.fromkeys(KINDS.get(kind.strip(), kind.strip()) for kind in kinds.split("|")))


def steps(place: str, data: dict[str, Any]) -> lines.Path:
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


def unknown_key(key: str, at: lines.Path) -> str:
    """What to do about a key that the table at `at` does not have."""
    if at and key in ("theme", "lexicon"):
        return "belongs at the top of the file, above the first [table]"
    known = [field.encode_name for field in msgspec.structs.fields(table_at(at)) if field.encode_name != "$schema"]
    near = get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    return f"unknown key; did you mean {near[0]}?" if near else f"unknown key; known here: {', '.join(known)}"


def table_at(at: lines.Path) -> type[schema.Table]:
    """The class of the table at a path."""
    named: dict[str, type[schema.Table]] = {
        "poll": schema.PollTable, "store": schema.StoreTable, "board": schema.BoardTable,
        "alerts": schema.AlertsTable, "feeds": schema.FeedTable, "topics": schema.TopicTable,
        "parties": schema.PartyTable, "aliases": schema.AliasTable, "members": schema.AliasTable,
        "seeds": schema.SeedTable,
    }  # fmt: skip
    names = [step for step in at if isinstance(step, str)]
    return named[names[-1]] if names else schema.ConfigFile


def settings(file: schema.ConfigFile, path: Path) -> Settings:
    """The checked tables as domain values. Raises Problem for what types alone cannot tell."""
    feeds = tuple(feed(table, ("feeds", number)) for number, table in enumerate(file.feeds))
    unique([one.name for one in feeds], ("feeds",), "name")
    unique([one.url for one in feeds], ("feeds",), "url")
    lexicon = tuple(overlay(name, ("lexicon", number), path) for number, name in enumerate(file.lexicon))
    topics = tuple(topic(table, ("topics", number), feeds, path, lexicon) for number, table in enumerate(file.topics))
    unique([one.name for one in topics], ("topics",), "name")
    check_keys(file.keys)
    return Settings(
        path=path,
        topics=topics,
        feeds=feeds,
        poll=PollSettings(
            interval=length(file.poll.interval, ("poll", "interval")),
            timeout=length(file.poll.timeout, ("poll", "timeout")),
            concurrency=file.poll.concurrency,
            per_host=file.poll.per_host,
            max_body=amount(file.poll.max_body, ("poll", "max_body")),
            contact=one_line(file.poll.contact, ("poll", "contact")),
        ),
        store=StoreSettings(
            path=file.store.path,
            keep=length(file.store.keep, ("store", "keep")),
            url=database(file.store.url, ("store", "url")),
        ),
        board=BoardSettings(stale_after=length(file.board.stale_after, ("board", "stale_after"))),
        alerts=AlertSettings(
            bell=file.alerts.bell,
            command=tuple(file.alerts.command),
            urls=tuple(file.alerts.urls),
            quiet=hours(file.alerts.quiet, ("alerts", "quiet")),
        ),
        keys=dict(file.keys),
        theme=file.theme,
    )


def feed(table: schema.FeedTable, at: lines.Path) -> Feed:
    """One feed, with a name made from its address where it has none."""
    parts = address(table.url, (*at, "url"))
    return Feed(
        url=table.url,
        name=one_line(table.name, (*at, "name")).strip() or (parts.hostname or "") + parts.path.rstrip("/"),
        interval=length(table.interval, (*at, "interval")) if table.interval else None,
        tags=tuple(table.tags),
        full_text=table.full_text,
        enabled=table.enabled,
        note=table.note,
        checked=None if table.checked is UNSET else table.checked,
        allow_private=table.allow_private,
    )


def overlay(name: str, at: lines.Path, path: Path) -> Overlay:
    """One file of changes to the lexicon, which must be TOML; what stands in it is for those who know the lexicon."""
    where = beside(path, one_line(name, at, blank=False), "overlay", at)
    try:
        text = read(where)
    except ConfigError as error:
        raise Problem(at, str(error)) from None
    parse(text, where)
    return Overlay(str(where), text)


def topic(
    table: schema.TopicTable, at: lines.Path, feeds: Sequence[Feed], path: Path, lexicon: tuple[Overlay, ...]
) -> Topic:
    """One topic: its query parsed, its feeds and seeds there, its parties told apart."""
    for key in ("name", "target"):
        one_line(getattr(table, key), (*at, key), blank=False)
    if table.match.strip():
        try:
            query.parse(table.match)
        except query.QueryError as error:
            raise Problem((*at, "match"), str(error)) from None
    check_feeds(table.feeds, (*at, "feeds"), feeds)
    parties = tuple(party(one, (*at, "parties", number)) for number, one in enumerate(table.parties))
    unique([one.name for one in parties], (*at, "parties"), "name")
    return Topic(
        name=table.name.strip(),
        target=table.target.strip(),
        parties=parties,
        match=table.match.strip(),
        target_terms=tuple(table.target_terms),
        against_terms=tuple(table.against_terms),
        exclude=tuple(table.exclude),
        feeds=tuple(table.feeds),
        seeds=tuple(seed(one, (*at, "seeds", number), path) for number, one in enumerate(table.seeds)),
        lexicon=lexicon,
    )


def party(table: schema.PartyTable, at: lines.Path) -> Party:
    """One party with the names that speak for it."""
    return Party(
        name=one_line(table.name, (*at, "name"), blank=False).strip(),
        aliases=aliases(table.aliases, (*at, "aliases")),
        members=aliases(table.members, (*at, "members")),
        excluded=tuple(table.excluded),
    )


def aliases(given: Sequence[str | schema.AliasTable], at: lines.Path) -> tuple[Alias, ...]:
    """Names, bare or with the days between which they hold."""
    found = []
    for number, one in enumerate(given):
        if isinstance(one, str):
            found.append(Alias(one_line(one, (*at, number), blank=False).strip()))
            continue
        since = None if one.since is UNSET else one.since
        until = None if one.until is UNSET else one.until
        if since and until and until < since:
            raise Problem((*at, number), f'"{one.text}" ends on {until}, before it begins on {since}')
        found.append(Alias(one_line(one.text, (*at, number), blank=False).strip(), since, until))
    return tuple(found)


def seed(given: str | schema.SeedTable, at: lines.Path, path: Path) -> Seed:
    """One seed document, its path made absolute from the config's folder; it must be there."""
    table = schema.SeedTable(path=given) if isinstance(given, str) else given
    where = beside(path, table.path, "seed", at)
    published = None if table.date is UNSET else table.date
    return Seed(path=str(where), published=published, title=table.title, source=table.source, url=table.url)


def beside(path: Path, name: str, what: str, at: lines.Path) -> Path:
    """The file `name`, which counts from the folder of the config at `path`. Raises Problem where there is none."""
    where = path.parent / name
    with suppress(RuntimeError):  # ~somebody who is not there
        where = path.parent / Path(name).expanduser()
    if not exists(where):
        raise Problem(at, f"the {what} {name} is not in {path.parent}; correct the path or remove it")
    return where


def unique(names: Sequence[str], at: lines.Path, key: str) -> None:
    """Raises Problem at the second of two equal names; case does not tell names apart."""
    seen: dict[str, int] = {}
    for number, name in enumerate(names):
        first = seen.setdefault(name.casefold(), number)
        if first != number:
            raise Problem((*at, number, key), f'"{name}" is there twice: {written((*at, first))} has it too')


def check_feeds(wanted: Sequence[str], at: lines.Path, feeds: Sequence[Feed]) -> None:
    """Raises Problem where a topic listens to a feed or tag that no feed has."""
    known = {one.name for one in feeds} | {tag for one in feeds for tag in one.tags}
    for number, name in enumerate(wanted):
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f'did you mean "{near[0]}"?' if near else "add the feed, or correct the name"
            raise Problem((*at, number), f'no feed has the name or tag "{name}"; {hint}')


def check_keys(keys: dict[str, str]) -> None:
    """Raises Problem for a key that could not be pressed, or one given to two commands."""
    given: dict[str, str] = {}
    for command, pressed in keys.items():
        for key in (part.strip() for part in pressed.split(",")):
            if not re.fullmatch(r"((ctrl|shift|alt|super|meta)\+)*(\w+|[^\w\s])", key):
                example = 'write it like "slash", "f", "f5" or "ctrl+r"'
                raise Problem(("keys", command), f'"{key}" is no key; {example}')
            if (other := given.setdefault(key, command)) != command:
                raise Problem(("keys", command), f'"{key}" is given to {other} too')


def address(url: str, at: lines.Path) -> Any:
    """The parts of an http or https address. Raises Problem for any other."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Problem(at, f'"{url}" is no address: {error}') from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s\x00-\x1f]", url):
        raise Problem(at, f'"{url}" is no http or https address')
    return parts


def database(text: str, at: lines.Path) -> str:
    """The address of a PostgreSQL database, or empty. Raises Problem, without the password that may be in it."""
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise Problem(at, "is no PostgreSQL address; write it like postgresql://user@host/database")
    return one_line(text, at)


def length(text: str, at: lines.Path) -> timedelta:
    """A duration of the file. Raises Problem."""
    try:
        return duration(text)
    except ValueError as error:
        raise Problem(at, str(error)) from None


def amount(text: str, at: lines.Path) -> int:
    """A size of the file, in bytes. Raises Problem."""
    try:
        return size(text)
    except ValueError as error:
        raise Problem(at, str(error)) from None


def hours(text: str, at: lines.Path) -> str:
    """Hours like 22:00-07:00, or empty. Raises Problem."""
    if text and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", text):
        raise Problem(at, f'"{text}" are no hours; write them like "22:00-07:00"')
    return text


def one_line(text: str, at: lines.Path, *, blank: bool = True) -> str:
    """`text`, which is shown on one line or sent in a header. Raises Problem for control characters."""
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise Problem(at, "holds a line break or a control character; remove it")
    if not blank and not text.strip():
        raise Problem(at, "is empty; write something")
    return text
