"""The words of the single lines and of empty panes: what is viewed, how polling stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.style import Style

from watcher.domain.board import Claim, Row
from watcher.domain.feed import FeedStatus
from watcher.export.words import PAST
from watcher.ui.format import ago, fit, long_day, plural, span
from watcher.ui.glyphs import GLYPHS
from watcher.ui.polling import next_poll
from watcher.ui.view import TABS
from watcher.ui.widgets.bars import clickable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from watcher.domain.feed import FeedState
    from watcher.ui.bridge import Bridge
    from watcher.ui.polling import PollState
    from watcher.ui.screens.main import MainScreen
    from watcher.ui.theme import Palette
    from watcher.ui.widgets.bars import Part


def top(screen: MainScreen, palette: Palette, width: int) -> list[Part]:
    """The topic and its target."""
    topic = screen.topic
    tight = screen.view.as_of is not None and screen.has_class("-narrow")  # the day is more than the name
    parts: list[Part] = [] if tight else [("watcher", palette.heading), ("  ", Style())]
    if topic is None:
        return parts
    numbers = [t.name for t in screen.bridge.settings.topics]
    parts.append((topic.name, clickable(palette.strong, "screen.filter")))
    if len(numbers) > 1:
        count = f" {numbers.index(topic.name) + 1}/{len(numbers)}"
        parts.append((count, clickable(palette.faint, "screen.filter")))
    return parts if tight else [*parts, ("  ", Style()), (topic.target, palette.dim)]


def top_right(screen: MainScreen, palette: Palette) -> list[Part]:
    """The day that is viewed; the past is marked plainly."""
    if screen.view.as_of is None:
        return [(long_day(screen.bridge.today), clickable(palette.dim, "screen.go_to_day"))]
    text = f" THE PAST: as of {long_day(screen.view.as_of)}, {screen.key('now')} returns to now "
    return [(text, clickable(palette.past, "screen.now"))]


def tabs(screen: MainScreen, palette: Palette) -> list[Part]:
    """The panes below the board, the shown one lit, with whose evidence it is."""
    parts: list[Part] = []
    for tab in TABS:
        shown = tab == screen.view.tab
        style = palette.strong + Style(underline=True) if shown else palette.dim
        parts.append((tab.capitalize(), clickable(style, f"screen.{tab}")))
        count = _count(screen, tab)
        if count:
            parts.append((f" {count:,}", palette.accent if tab == "shifts" and not shown else palette.faint))
        parts.append(("   ", Style()))
    if screen.view.tab == "evidence" and screen.party:
        chosen = screen.board_rows.selected
        of = f"{chosen.by} on {chosen.about}" if isinstance(chosen, Claim) else screen.party
        parts.append((of, palette.text))
    return parts


def _count(screen: MainScreen, tab: str) -> int:
    topic = screen.topic
    if topic is None or screen.board is None:
        return 0
    if tab == "evidence":
        return screen.evidence_rows.total if screen.view.narrowing.written else len(screen.evidence_of_selected(topic))
    if tab == "articles" and not screen.complete:
        return 0  # the first look does not wait for them
    if tab == "articles":
        return screen.bridge.count(topic, screen.view.as_of)
    return len(screen.board.shifts) if tab == "shifts" else 0


def narrowed(screen: MainScreen, palette: Palette) -> list[Part]:
    """What the lower pane is narrowed to."""
    written = screen.view.narrowing.written
    if not written:
        return []
    text = f"only {fit(written, min(len(written), 30), GLYPHS.ellipsis)} {GLYPHS.bad}"
    return [(text, clickable(palette.warn, "screen.clear"))]


def status(bridge: Bridge, poll: PollState, now: datetime, palette: Palette, *, off: str, problem: str) -> list[Part]:
    """How polling stands: under way, when next, and how many feeds fail; first that all do, if they do.

    A `problem` that stays until a person mends it is all that is said.
    """
    if problem:
        return [(f"{GLYPHS.bad} {problem}", palette.bad)]
    states = bridge.feed_states()
    feeds = [feed for feed in bridge.settings.feeds if feed.enabled]
    found = (states.get(feed.url) for feed in feeds)
    known = [state for state in found if state is not None and state.status is not FeedStatus.DISABLED]
    failing = [state for state in known if state.status.failing]
    all_fail = bool(failing) and len(failing) == len(feeds)
    groups: list[list[Part]] = []
    if poll.running:
        groups.append(_under_way(poll, now, palette))
    elif poll.problem:
        groups.append([(f"{GLYPHS.bad} {poll.problem}", palette.bad)])
    look = "app.feeds"
    if all_fail:
        words = f"{GLYPHS.bad} {'all ' if len(feeds) > 1 else ''}{plural(len(feeds), 'feed')} failing"
        groups.append([(words, clickable(palette.bad, look)), (f": {_reason(failing)}", clickable(palette.dim, look))])
    if not poll.running and not poll.problem:
        polled = max((state.last_poll for state in known if state.last_poll), default=None)
        sign = (f"{GLYPHS.ok} ", palette.good) if polled else (f"{GLYPHS.idle} ", palette.dim)
        when = (f"polled {ago(polled, now)}" if polled else "not polled yet", palette.text)
        groups.append([when] if all_fail else [sign, when])
        due = next_poll(bridge.settings, states, now, poll.ended)
        if off:
            groups.append([(off, palette.dim)])
        elif due is not None:
            wait = (due - now).total_seconds()
            groups.append([(f"next in {span(wait)}" if wait > 0 else "due", palette.dim)])
    if not feeds:
        groups.append([(f"no feeds: add [[feeds]] to {bridge.settings.path.name}", palette.warn)])
    elif not all_fail:
        answering = f"{len(known) - len(failing)} of {plural(len(feeds), 'feed')} ok"
        groups.append([(answering, clickable(palette.dim, look))])
    if failing and not all_fail:
        groups.append([(f"{GLYPHS.bad} {len(failing)} failing", clickable(palette.bad, look))])
    if poll.new:
        groups.append([(plural(poll.new, "new article"), palette.accent)])
    dot = (f" {GLYPHS.dot} ", palette.faint)
    return [part for group in groups for part in (dot, *group)][1:]


def _under_way(poll: PollState, now: datetime, palette: Palette) -> list[Part]:
    frame = GLYPHS.busy[int(now.timestamp() * 4) % len(GLYPHS.busy)]
    progress = f"polling {poll.done}/{poll.total}" if poll.total else "polling"
    return [(f"{frame} {progress}", palette.accent), (f"  {poll.stage or poll.feed}", palette.dim)]


def _reason(failing: Sequence[FeedState]) -> str:
    """Why feeds fail, in one line: the commonest reason, marked as such where it is not the only one."""
    reasons = [state.error or state.status.value.replace("_", " ") for state in failing]
    if len(set(reasons)) == 1:
        return reasons[0]
    kinds = Counter(reason.partition(":")[0] for reason in reasons)  # behind the colon stands which host it was
    commonest = kinds.most_common(1)[0][0]
    return commonest if len(kinds) == 1 else f"mostly {commonest}"


def nothing_polled(palette: Palette) -> list[Part]:
    """The status line of a board that no news can move."""
    return [(GLYPHS.idle, palette.dim), (f" {PAST}", palette.text)]


def no_evidence(screen: MainScreen) -> str:
    """What an empty evidence pane says."""
    if screen.view.narrowing.written:
        return f"No statement passes.\n{screen.key('clear')} shows all again."
    if screen.board_rows.waits:
        return f"Reading the seeds{GLYPHS.ellipsis}"
    missing = f"No position of {screen.party or 'this party'} has been read yet"
    return _unheard(screen, missing) or (
        f"{missing}.\n{_to_hear(screen)}; {screen.key('articles')} shows what was matched."
    )


def _unheard(screen: MainScreen, missing: str) -> str:
    """What is missing and why it cannot come, where all feeds of the topic fail; empty elsewhere."""
    chosen = screen.board_rows.selected
    if not (isinstance(chosen, Row) and chosen.unheard):
        return ""
    return (
        f"{missing},\nand no news of it can come: its feeds are failing.\n"
        f"{screen.key('feeds')} tells why; {screen.key('poll-all')} asks all of them again."
    )


def _to_hear(screen: MainScreen) -> str:
    """How news comes in."""
    if any(feed.enabled for feed in screen.bridge.settings.feeds):
        return f"{screen.key('poll')} polls the feeds"
    return "No feed is asked: add [[feeds]] to the config, or switch one on"


def no_articles(screen: MainScreen) -> str:
    """What an empty articles pane says."""
    if screen.view.narrowing.written:
        return f"No article passes.\n{screen.key('clear')} shows all again."
    missing = "No article has matched this topic yet"
    return _unheard(screen, missing) or (
        f"{missing}.\n{_to_hear(screen)}; watcher check tells which phrases nothing matches."
    )


def no_timeline(screen: MainScreen) -> str:
    """What an empty timeline says."""
    missing = "No position has been read yet, so there is no course to show"
    return _unheard(screen, missing) or f"{missing}.\n{_to_hear(screen)}."


def no_shifts(screen: MainScreen) -> str:
    """What an empty list of shifts says."""
    return "No party has taken a position yet.\nWhat changes will be listed here, the newest first."
