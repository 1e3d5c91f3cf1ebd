"""Copying: OSC 52 through the terminal, and the desktop's own tool where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TOOLS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
    ("TMUX", ("tmux", "load-buffer", "-w", "-")),  # by default it takes no OSC 52, but sends its buffer on with one
)


def copy(text: str, through_terminal: Callable[[str], None]) -> str:
    """Copies by every way there is, since no terminal says whether it took OSC 52; returns what to tell."""
    through_terminal(text)
    for variable, command in TOOLS:
        if variable and not os.environ.get(variable):
            continue
        program = shutil.which(command[0])
        if program is None:
            continue
        try:
            # The tool stays behind to serve the clipboard: its output must not hold us up.
            subprocess.run(  # noqa: S603 - an argv of our own; the text goes in by its standard input
                [program, *command[1:]],
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=2,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return "Copied."
    return "Copied, if the terminal allows it (OSC 52)."
