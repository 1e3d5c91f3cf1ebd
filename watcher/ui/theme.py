"""Themes, and the styles that rows are drawn with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from watcher.domain.statement import Stance
from watcher.ui.glyphs import ASCII, GLYPHS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App


def _theme(name: str, stances: tuple[str, str, str, str], dark: bool = True, **colours: str) -> Theme:
    support, conditional, undecided, oppose = stances
    accent = colours["accent"]
    return Theme(
        name=name,
        dark=dark,
        success=support,
        warning=conditional,
        error=oppose,
        secondary=colours["primary"],
        **colours,  # type: ignore[arg-type]
        variables={
            "stance-support": support,
            "stance-conditional": conditional,
            "stance-undecided": undecided,
            "stance-oppose": oppose,
            "border": colours["primary"],
            "input-cursor-background": accent,
            "scrollbar": colours["panel"],
            "scrollbar-hover": colours["primary"],
            "scrollbar-active": colours["accent"],
            "scrollbar-background": colours["background"],
            "scrollbar-background-hover": colours["background"],
            "scrollbar-background-active": colours["background"],
            "scrollbar-corner-color": colours["background"],
        },
    )


NIGHT = _theme(
    "watcher-night",
    ("#8fc98b", "#e0b865", "#93a1b5", "#e8837c"),
    primary="#7fa6d9",
    accent="#e6c384",
    foreground="#d6d9de",
    background="#15181d",
    surface="#1b1f26",
    panel="#272d37",
)
DAY = _theme(
    "watcher-day",
    ("#2e7d32", "#8a5a00", "#5c6773", "#b3261e"),
    dark=False,
    primary="#2f5f9e",
    accent="#9a5b00",
    foreground="#22262b",
    background="#faf9f6",
    surface="#f1efea",
    panel="#dfdcd4",
)
# The stances' colours are Okabe and Ito's (2008), told apart with every common kind of colour blindness.
CLEAR = _theme(
    "watcher-clear",
    ("#56b4e9", "#f0e442", "#a8adb5", "#e69f00"),
    primary="#9ab8d6",
    accent="#cc9fc0",
    foreground="#e4e6ea",
    background="#121417",
    surface="#191c21",
    panel="#272b32",
)
CLEAR_DAY = _theme(
    "watcher-clear-day",
    ("#0072b2", "#7a6a00", "#5c6773", "#b34700"),
    dark=False,
    primary="#33587d",
    accent="#8a3f6b",
    foreground="#1f2328",
    background="#fbfbfa",
    surface="#f1f1ef",
    panel="#dddddA",
)
THEMES = (NIGHT, DAY, CLEAR, CLEAR_DAY)
DEFAULT = NIGHT.name
SIXTEEN = "ansi-dark"  # follows the terminal's own sixteen colours


def theme_hint(wanted: str) -> str:
    """What to write for a theme that there is none of: the screen would show its own."""
    names = [*(theme.name for theme in THEMES), *BUILTIN_THEMES]
    if not wanted or wanted in names:
        return ""
    import difflib

    near = difflib.get_close_matches(wanted, names, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(names)}"
    return f'No theme is called "{wanted}"; {hint}'


class Palette(NamedTuple):
    """Rich styles for everything that rows show; made once a theme."""

    text: Style
    strong: Style
    dim: Style
    faint: Style
    accent: Style
    heading: Style
    cue: Style
    target: Style
    match: Style
    good: Style
    warn: Style
    bad: Style
    failing: Style  # said on many rows at once, and so in a lower voice
    past: Style
    cursor: Style  # the selected row of the pane that has the focus
    cursor_blurred: Style
    hover: Style
    stances: Mapping[Stance | None, Style]
    flash: tuple[Style, ...]  # the background of a changed cell, fresh first

    def stance(self, stance: Stance | None) -> Style:
        """The colour of a stance."""
        return self.stances[stance]


FLASH_STEPS = 6
LIT = 0.27
"""How much of the accent is behind a cell that just changed: more would drown the words on it."""


def palette_of(app: App[object]) -> Palette:
    """The palette of the app's present theme."""
    return make_palette(app.theme_variables, ansi=app.native_ansi_color)


def make_palette(variables: Mapping[str, str], *, ansi: bool) -> Palette:
    """The palette of a theme, from its CSS variables."""

    def colour(name: str, fallback: str) -> Color:
        for value in (variables.get(name, ""), variables.get(fallback, ""), fallback):
            try:
                return Color.parse(value)
            except ColorParseError:
                continue
        return Color.parse("ansi_default" if ansi else "#808080")

    ground, text = colour("background", "#000000"), colour("foreground", "#ffffff")
    accent, primary = colour("accent", "primary"), colour("primary", "accent")
    stances = {
        Stance.SUPPORT: colour("stance-support", "success"),
        Stance.CONDITIONAL: colour("stance-conditional", "warning"),
        Stance.UNDECIDED: colour("stance-undecided", "secondary"),
        Stance.OPPOSE: colour("stance-oppose", "error"),
    }

    def fore(hue: Color, **attributes: bool) -> Style:
        return Style(color=hue.rich_color, **attributes)  # type: ignore[arg-type]

    if ansi:  # the terminal's own colours: they cannot be mixed, so shades are attributes
        dim = faint = Style(dim=True)
        cursor, blurred, hover = Style(bold=True), Style(), Style()
        flash = (Style(reverse=True, bold=True),) * FLASH_STEPS
        plain = Style()
    else:
        dim, faint = fore(text.blend(ground, 0.24)), fore(text.blend(ground, 0.36))
        cursor = Style(bgcolor=ground.blend(primary, 0.2).rich_color)
        blurred = Style(bgcolor=ground.blend(primary, 0.11).rich_color)
        hover = Style(bgcolor=ground.blend(primary, 0.06).rich_color)
        flash = tuple(
            Style(bgcolor=ground.blend(accent, LIT * (1 - step / FLASH_STEPS)).rich_color)
            for step in range(FLASH_STEPS)
        )
        plain = fore(text)
    return Palette(
        text=plain,
        strong=plain + Style(bold=True),
        dim=dim,
        faint=faint,
        accent=fore(accent),
        heading=fore(primary, bold=True),
        cue=Style(bold=True),
        target=fore(primary, underline=True),
        match=fore(accent, bold=True, underline=True),
        good=fore(stances[Stance.SUPPORT]),
        warn=fore(stances[Stance.CONDITIONAL]),
        bad=fore(stances[Stance.OPPOSE], bold=True),
        failing=fore(stances[Stance.OPPOSE]),
        past=Style(reverse=True, bold=True) + fore(accent),
        cursor=cursor,
        cursor_blurred=blurred,
        hover=hover,
        stances={**{stance: fore(hue) for stance, hue in stances.items()}, None: dim},
        flash=flash,
    )


def plain_style() -> str:
    """What is to be drawn otherwise where signs are plain letters."""
    if GLYPHS is not ASCII:
        return ""
    from watcher.ui.plain import style

    return style()
