"""Every theme can be read: WCAG 2's contrast of 4.5 on the ground, 3 on the selected row and on what just changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.color import Color

from watcher.ui.theme import THEMES, Palette, make_palette

if TYPE_CHECKING:
    from rich.style import Style
    from textual.theme import Theme

ON_GROUND, ON_BLOCK = 4.5, 3.0


def luminance(color: Color) -> float:
    parts = [value / 255 for value in color.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def inks(palette: Palette) -> dict[str, Style]:
    names = ("text", "dim", "faint", "accent", "heading", "target", "warn", "bad", "failing")
    return {name: getattr(palette, name) for name in names} | {
        f"stance {stance}": style for stance, style in palette.stances.items()
    }


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_stand_out_from_all_that_is_behind_them(theme: Theme) -> None:
    palette = make_palette({**theme.to_color_system().generate(), **theme.variables}, ansi=False)
    ground, behind = Color.parse(str(theme.background)), (palette.cursor.bgcolor, palette.flash[0].bgcolor)
    for name, style in inks(palette).items():
        assert style.color is not None, name
        assert contrast(style.color, ground) >= ON_GROUND, name
        for block in behind:
            assert block is not None
            assert contrast(style.color, block) >= ON_BLOCK, name
