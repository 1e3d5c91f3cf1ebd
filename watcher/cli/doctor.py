"""`watcher doctor`: every feed asked once, and what to do about those that fail."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from watcher.cli.check import NO_FEEDS
from watcher.cli.inputs import print_data
from watcher.cli.session import Session, command
from watcher.domain.feed import FeedStatus, without_password
from watcher.errors import StoreError

if TYPE_CHECKING:
    from watcher.feeds.collect import FeedResult

ADVICE = {
    FeedStatus.EMPTY: "a feed without items; look at it in a browser",
    FeedStatus.STALE: "nothing new for long: the publisher may have moved it",
    FeedStatus.NOT_A_FEED: "no feed there; look for a link named RSS on the site",
    FeedStatus.HTTP_ERROR: "open the address in a browser; if it works there, the site refuses programs",
    FeedStatus.TIMEOUT: "try again later, or raise poll.timeout",
    FeedStatus.TOO_LARGE: "raise poll.max_body if you trust it",
    FeedStatus.REDIRECT_REFUSED: "it leads elsewhere; if you trust that address, put it into the config",
    FeedStatus.GONE: "gone for good: remove it",
    FeedStatus.BACKING_OFF: "it asked to be left alone for a while",
    FeedStatus.DISABLED: "enabled = false in the config",
}
"""What a person can do about a feed in that state."""

BACK = "it was gone and is back: press r on it among the feeds (F), and it is polled again"
"""What to do where a feed that said 410, and is polled no more, answers."""

NO_ANSWER = "is this machine online? Then the address may be wrong, or the site down"
"""What to do where no server answered at all."""


@command("doctor", "watcher doctor")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def doctor_command(session: Session, as_json: bool) -> int:
    """Ask every feed once, read all stored data through, and say what is wrong and what to do.

    Nothing is stored. Fails if an enabled feed fails or stored data are damaged.
    """
    import asyncio

    results = asyncio.run(ask(session))
    data, gone = look(session)
    if as_json:
        import json

        feeds = [shape(one, gone) for one in results]
        found = {"config": str(session.config_path), "data": data, "feeds": feeds}
        print_data([json.dumps(found, ensure_ascii=False, indent=1), "\n"])
    else:
        if results:
            show(results, gone)
        click.echo(f"config  {session.config_path}")
        if not results:
            click.echo(f"        {NO_FEEDS}")
        click.echo(f"data    {data['path']}  {size_text(data['bytes'])}")
        for problem in data["problems"]:
            click.echo(f"        {problem}")
    return int(bool(data["problems"]) or any(one.state.status.failing for one in results))


def look(session: Session) -> tuple[dict[str, Any], set[str]]:
    """Where the data are, how many bytes they take (None: none yet), and what is wrong with them; and the addresses
    of the feeds that are polled no more."""
    if not session.url and not os.path.isdir(session.folder):
        return {"path": str(session.folder), "bytes": None, "problems": []}, set()
    place = "the team's database" if session.url else str(session.folder)
    try:
        store = session.open(read_only=True)
        gone = {url for url, state in store.feed_states().items() if state.status is FeedStatus.GONE}
        return {"path": place, "bytes": store.size(), "problems": list(store.check())}, gone
    except StoreError as error:
        return {"path": place, "bytes": None, "problems": [str(error)]}, set()


def size_text(count: int | None) -> str:
    """Bytes for people."""
    return "nothing stored yet" if count is None else f"{count / 1e6:.1f} MB"


async def ask(session: Session) -> list[FeedResult]:
    """Every feed's answer, in the order of the config."""
    from watcher.feeds.collect import collect

    feeds = session.settings.feeds
    order = {feed.url: number for number, feed in enumerate(feeds)}
    found = [result async for result in collect(feeds, {}, session.settings.poll, full=True)]
    return sorted(found, key=lambda one: order[one.feed.url])


def shape(one: FeedResult, gone: set[str]) -> dict[str, object]:
    """A feed's answer as JSON."""
    state = one.state
    return {
        "name": one.feed.name,
        "url": without_password(one.feed.url),
        "state": state.status.value,
        "http": state.http,
        "items": state.items,
        "newest": state.newest_item.isoformat() if state.newest_item else None,
        "seconds": round(one.seconds, 3),
        "error": state.error or None,
        "advice": advice(one, gone),
    }


def advice(one: FeedResult, gone: set[str]) -> str | None:
    """What to do about a feed, if anything; `gone` are those polled no more."""
    if unanswered(one):
        return NO_ANSWER
    if one.feed.url in gone and one.state.last_success:
        return BACK
    moved = f"it moved to {one.state.moved_to}: put that into the config" if one.state.moved_to else None
    return ADVICE.get(one.state.status) or moved


def unanswered(one: FeedResult) -> bool:
    """Whether it failed before any server had answered: no such host, no connection."""
    return one.state.status is FeedStatus.HTTP_ERROR and one.state.http is None


def show(results: list[FeedResult], gone: set[str]) -> None:
    """The feeds as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from watcher.cli.show import GLYPHS, console
    from watcher.ui.format import long_day

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for name in ("feed", "state", "items", "newest", "s", "what to do"):
        table.add_column(name, justify="right" if name in ("items", "s") else "left", overflow="fold")
    for one in results:
        state = one.state
        bad = state.status.failing
        off = state.status is FeedStatus.DISABLED
        mark = GLYPHS.bad if bad else GLYPHS.idle if off else GLYPHS.ok
        word = (
            "no answer"
            if unanswered(one)
            else state.status.value.replace("_", " ") + (f" {state.http}" if bad and state.http else "")
        )
        todo = "; ".join(part for part in (state.error if bad else "", advice(one, gone)) if part)
        table.add_row(
            Text(one.feed.name),
            Text(f"{mark} {word}", style="red" if bad else "dim" if off else "green"),
            Text(str(state.items) if state.items else ""),
            Text(long_day(state.newest_item.date()) if state.newest_item else ""),
            Text(f"{one.seconds:.1f}" if one.seconds else ""),
            Text(todo, style="dim" if off else ""),
        )
    console().print(table)
