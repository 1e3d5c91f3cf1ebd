"""From a TOML file to `Settings`, or to one line that says what to mend."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from watcher.config import lines, query, schema
from watcher.config.files import parse, read
from watcher.config.problems import Problem, explained, written
from watcher.config.values import address, amount, beside, database, hours, length, one_line, told_apart
from watcher.domain.feed import Feed
from watcher.domain.settings import AlertSettings, BoardSettings, PollSettings, Settings, StoreSettings
from watcher.domain.topic import Alias, Overlay, Party, Seed, Topic
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def load(path: Path) -> Settings:
    """The settings in the file at `path`, wholly checked. Raises ConfigError."""
    return loads(read(path), path)


def loads(text: str, path: Path) -> Settings:
    """The settings that the file at `path` would hold with this text. Raises ConfigError."""
    data = parse(text, path)
    try:
        return settings(convert(data), path)
    except Problem as problem:
        key = written(problem.at)
        raise ConfigError(str(problem), path=path, line=lines.line_of(text, problem.at), key=key) from None


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


def settings(file: schema.ConfigFile, path: Path) -> Settings:
    """The checked tables as domain values. Raises Problem for what types alone cannot tell."""
    feeds = tuple(feed(table, ("feeds", number)) for number, table in enumerate(file.feeds))
    unique([one.name for one in feeds], ("feeds",), "name")
    unique([one.url for one in feeds], ("feeds",), "url", told_apart)
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
    where = beside(path, one_line(name, at, blank=False), "file", at)
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


def unique(names: Sequence[str], at: lines.Path, key: str, fold: Callable[[str], str] = str.casefold) -> None:
    """Raises Problem at the second of two equal names; case does not tell names apart, unless `fold` leaves it."""
    seen: dict[str, int] = {}
    for number, name in enumerate(names):
        first = seen.setdefault(fold(name), number)
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
