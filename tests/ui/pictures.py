"""Screens as SVG pictures, and how a screen is held to the picture that is kept of it.

Textual's own export is five times as large and names its classes by a sum of the whole, so that a changed letter
changes every line. Here a row of the screen is a line of the file: a difference names its row.
"""

from __future__ import annotations

import difflib
import html
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import MONOKAI
from textual.strip import Strip
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.color import Color
    from textual.app import App
    from textual.pilot import Pilot

    from watcher.ui.app import WatcherApp

KEPT = Path(__file__).parent / "snapshots"
ROOT = Path(__file__).parents[2]
NEW = ROOT / "build" / "snapshots"
"""Where pictures go that differ, with a page that shows them beside those that are kept."""
ACCEPT = "UPDATE_SNAPSHOTS=1 python -m pytest tests/ui/test_snapshots.py"
WIDE, HIGH, FONT = 9, 18, 15  # of a cell and a letter; most fixed fonts are 0.6 of their height wide
STILL, LOOKS = 25, 200
"""A screen that is the same in so many looks has settled; after so many it never will."""
RUN = re.compile(r'<tspan x="(\d+)"([^>]*)>([^<]*)</tspan>')


def picture(app: App[Any]) -> str:
    """What is on the screen, as an SVG with a line of text a row."""
    behind = app.screen.background_colors[1]
    filters = [line_filter for line_filter in app._filters if line_filter.enabled]

    def filtered(strip: Strip) -> Strip:
        for line_filter in filters:
            strip = strip.apply_filter(line_filter, behind)
        return strip

    look = filtered(Strip([Segment(" ", Style(bgcolor=behind.rich_color))]))._segments[0].style
    ground = hue(look.bgcolor if look else None, False)
    rows = [drawn(filtered(strip), row, ground) for row, strip in enumerate(app.screen._compositor.render_strips())]
    width, height = app.size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width * WIDE} {height * HIGH}" '
        f'font-family="DejaVu Sans Mono,Menlo,Fira Code,monospace" font-size="{FONT}" shape-rendering="crispEdges">',
        "<style>text{white-space:pre}.b{font-weight:bold}.i{font-style:italic}.u{text-decoration:underline}"
        ".s{text-decoration:line-through}</style>",
        f'<rect width="100%" height="100%" fill="{ground}"/>',
    )
    return "\n".join([*head, *rows, "</svg>"]) + "\n"


def drawn(strip: Strip, row: int, ground: str) -> str:
    """A row: its backgrounds where they are not the ground, then its words, each stretch at its column."""
    at, runs = 0, []
    blocks: list[tuple[str, int, int]] = []
    for text, style, _ in Segment.simplify(Segment(text, bare(style)) for text, style, _ in strip):
        style = style or Style()
        fore, back = hue(style.color, True), hue(style.bgcolor, False, ground)
        if style.reverse:
            fore, back = back, fore
        if style.dim:
            fore = mixed(fore, back)
        marked = zip("bius", (style.bold, style.italic, style.underline, style.strike), strict=True)
        looks = " ".join(name for name, on in marked if on)
        attributes = f' fill="{fore}"' + (f' class="{looks}"' if looks else "")
        for found in re.finditer(r"\S+(?: \S+)*", text):
            left = at + cell_len(text[: found.start()])
            runs.append(f'<tspan x="{left * WIDE}"{attributes}>{html.escape(found[0], quote=False)}</tspan>')
        start, at = at, at + cell_len(text)
        if blocks and blocks[-1][0] == back:
            start = blocks.pop()[1]
        blocks.append((back, start, at))
    behind = "".join(
        f'<rect x="{start * WIDE}" y="{row * HIGH}" width="{(end - start) * WIDE}" height="{HIGH}" fill="{back}"/>'
        for back, start, end in blocks
        if back != ground
    )
    return f'{behind}<text y="{row * HIGH + FONT - 1}">{"".join(runs)}</text>'


def bare(style: Style | None) -> Style:
    """The style without what cannot be seen: links and what clicks carry."""
    return style.clear_meta_and_links() if style else Style()


def hue(color: Color | None, fore: bool, default: str = "") -> str:
    """A colour as SVG writes it; the terminal's own sixteen as a theme of Rich has them."""
    if color is None or (color.is_default and default):
        return default or MONOKAI.foreground_color.hex
    return color.get_truecolor(MONOKAI, foreground=fore).hex


def mixed(one: str, other: str) -> str:
    """Half of each."""
    parts = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes((a + b) // 2 for a, b in parts).hex()


def words(line: str) -> str:
    """The letters of a picture's row, each at its column."""
    text = ""
    for left, _, run in RUN.findall(line):
        text += " " * (int(left) // WIDE - cell_len(text)) + html.unescape(run)
    return text


def differences(before: str, now: str) -> list[str]:
    """What differs between two pictures, for people: the rows, as text where that differs, else their colours."""
    old, new = ([line for line in one.splitlines() if "<text " in line] for one in (before, now))
    told = []
    if len(old) != len(new):
        told.append(f"{len(old)} rows before, {len(new)} now")
    for row, (a, b) in enumerate(zip(old, new, strict=False)):
        if a == b:
            continue
        if words(a) != words(b):
            told += [f"row {row:2} - {words(a)}", f"       + {words(b)}"]
            told += [f"       ? {marks(words(a), words(b))}"]
        else:
            told.append(f"row {row:2} in other colours: {', '.join(colours(a, b)) or 'behind the words'}")
    return told or ["the frame of the picture differs, and no row"]


def marks(before: str, now: str) -> str:
    """Signs under what is new in a line."""
    under = [" "] * len(now)
    for kind, _, _, start, end in difflib.SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind != "equal":
            under[start : max(end, start + 1)] = "^" * max(end - start, 1)
    return "".join(under).rstrip()


def colours(before: str, now: str) -> list[str]:
    """The stretches of a row that look other than before."""
    old = set(RUN.findall(before))
    return [f"{html.unescape(run[2])!r} {run[1].strip()}" for run in RUN.findall(now) if run not in old]


async def compare(app: WatcherApp, name: str, size: tuple[int, int], keys: Sequence[str]) -> None:
    """Holds the screen that the keys lead to against its picture."""
    name = f"{name}-{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        shown = await at_rest(pilot, kept(name))
    hold(shown, name)


async def at_rest(pilot: Pilot[Any], wanted: str) -> str:
    """The screen's picture once it is as wanted in two looks, or the same for a good while."""
    seen: list[str] = []
    for _ in range(LOOKS):
        await pilot.pause(0.02)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink, line._cursor_visible = False, True
        seen.append(picture(pilot.app))
        if seen[-2:] == [wanted, wanted] or (len(seen) > STILL and len(set(seen[-STILL:])) == 1):
            return seen[-1]
    pytest.fail("the screen does not come to rest")


def kept(name: str, folder: Path = KEPT) -> str:
    """The picture that is kept under a name; nothing where there is none, or a new one is wanted."""
    path = folder / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() and not os.environ.get("UPDATE_SNAPSHOTS") else ""


def hold(shown: str, name: str, folder: Path = KEPT, new: Path = NEW) -> None:
    """Holds a picture against the one that is kept under this name; with UPDATE_SNAPSHOTS, keeps it."""
    path, other = folder / f"{name}.svg", new / f"{name}.svg"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(shown, encoding="utf-8")
        before = shown
    else:
        before = kept(name, folder)
    if shown == before:
        other.unlink(missing_ok=True)
        return
    new.mkdir(parents=True, exist_ok=True)
    other.write_text(shown, encoding="utf-8")
    pages = "".join(beside(folder / one.name, one) for one in sorted(new.glob("*.svg")))
    page = new / "index.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><title>Snapshots that differ</title>{pages}", encoding="utf-8")
    told = differences(before, shown) if before else ["there is no picture of it yet"]
    pytest.fail(
        "\n".join([f"{name} looks other than its picture", *told, "", f"kept: {path}", f"now:  {other}",
                   f"both: {page}", f"to keep what is now: {ACCEPT}"]),
        pytrace=False,
    )  # fmt: skip


def beside(old: Path, new: Path) -> str:
    """A line of the page: the picture that is kept, and the new one."""
    images = "".join(f'<img src="{one.as_uri()}" alt="" style="width:49%;margin:.5%">' for one in (old, new))
    return f"<h2>{new.stem}: kept, and now</h2>{images}"
