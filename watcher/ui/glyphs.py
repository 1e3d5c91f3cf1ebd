"""The signs on the screen: one set in Unicode, one in ASCII, no emoji (terminals disagree on their width)."""

from __future__ import annotations

import locale
import os
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from watcher.domain.statement import Stance
from watcher.ui.format import whole_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.text import Text


class Glyphs(NamedTuple):
    """One sign, one cell, for each thing that is shown."""

    stances: Mapping[Stance | None, str]
    levels: Mapping[Stance, str]  # a sparkline's height for each stance
    bar: str  # beside the selected row
    divided: str
    claim: str
    pin: str
    corrected: str
    unread: str
    star: str
    shift: str
    ok: str
    bad: str
    idle: str
    busy: str  # frames of the poll's spinner
    rule: str
    lane: str
    arrow: str
    dot: str
    ellipsis: str
    quotes: tuple[str, str]
    cursor: str
    corners: tuple[str, str]  # a course that goes up, and one that goes down
    cross: str  # a lane on the day that is viewed
    tick: str
    dash: str


UNICODE = Glyphs(
    stances={Stance.SUPPORT: "▲", Stance.CONDITIONAL: "◐", Stance.UNDECIDED: "○", Stance.OPPOSE: "▼", None: "·"},
    levels={Stance.SUPPORT: "▇", Stance.CONDITIONAL: "▅", Stance.UNDECIDED: "▃", Stance.OPPOSE: "▁"},
    bar="▌",
    divided="±",
    claim="≠",
    pin="■",
    corrected="✎",
    unread="●",
    star="★",
    shift="Δ",
    ok="●",
    bad="×",
    idle="○",
    busy="⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏",
    rule="─",
    lane="━",
    arrow="→",
    dot="·",
    ellipsis="…",
    quotes=("“", "”"),
    cursor="│",
    corners=("╯", "╮"),
    cross="┿",
    tick="┬",
    dash="—",
)

ASCII = Glyphs(
    stances={Stance.SUPPORT: "+", Stance.CONDITIONAL: "~", Stance.UNDECIDED: "o", Stance.OPPOSE: "-", None: "."},
    levels={Stance.SUPPORT: "#", Stance.CONDITIONAL: "=", Stance.UNDECIDED: "-", Stance.OPPOSE: "_"},
    bar=">",
    divided="/",
    claim="!",
    pin="P",
    corrected="*",
    unread="*",
    star="*",
    shift="!",
    ok="*",
    bad="x",
    idle="o",
    busy="|/-\\",
    rule="-",
    lane="=",
    arrow=">",
    dot="|",
    ellipsis="~",
    quotes=('"', '"'),
    cursor="|",
    corners=("'", "."),
    cross="+",
    tick="+",
    dash="-",
)


def choose(environ: Mapping[str, str] | None = None) -> Glyphs:
    """ASCII where `WATCHER_ASCII` asks for it, on the Linux console, or where the locale has no UTF-8."""
    environ = os.environ if environ is None else environ
    if environ.get("WATCHER_ASCII", "") not in {"", "0"} or environ.get("TERM") == "linux":
        return ASCII
    encoding = locale.getpreferredencoding(False).replace("-", "").lower()
    # Python 3.11 under the C locale says UTF-8 by its own choice (PEP 538), and the terminal mostly agrees.
    return UNICODE if encoding in {"utf8", "cp65001"} else ASCII


GLYPHS = choose()


def cut(text: Text, width: int) -> None:
    """Cuts a line to a width in place, between words, with this terminal's ellipsis."""
    if text.cell_len > width:
        text.truncate(cell_len(whole_words(text.plain, max(width - 1, 0))), overflow="crop")
        text.append(GLYPHS.ellipsis)
