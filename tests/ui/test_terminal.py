"""The real terminal: start, quit, resize, crash; each time the terminal is left as it was."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
HERE = Path(__file__).parent
PROGRAM = f"""
import os, pathlib, sys
sys.path.insert(0, {str(HERE.parents[1])!r})
from tests.ui.ui_world import NOW, filled, settings
from watcher.ui.app import WatcherApp
class App(WatcherApp):
    def action_poll(self):
        raise RuntimeError("a fault of the program")
pathlib.Path(__file__).with_name("pid").write_text(str(os.getpid()))
app = App(settings(), filled(), poll=False, now=lambda: NOW)
app.run()
sys.exit(app.return_code)
"""


class Tmux:
    """A shell in a tmux of its own."""

    def __init__(self, width: int, height: int, environ: str = "") -> None:
        self.name = f"watcher-{uuid.uuid4().hex[:8]}"
        self.run(
            "-f",
            os.devnull,
            "new-session",
            "-d",
            "-x",
            str(width),
            "-y",
            str(height),
            f"env -u COLUMNS -u LINES {environ} sh",
        )
        self.run("set", "-g", "remain-on-exit", "on")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(["tmux", "-L", self.name, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    def type(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def until(self, text: str, *, gone: bool = False, seconds: float = 20) -> str:
        """The screen once it shows `text`, or no longer does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            shown = self.screen()
            if (text in f"\n{shown}") != gone:  # a line may be the first
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{text!r} was {'still' if gone else 'not'} shown:\n{self.screen()}")

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self.name, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "screen.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


@pytest.fixture
def tmux(request: pytest.FixtureRequest) -> Iterator[Tmux]:
    terminal = Tmux(80, 24, getattr(request, "param", ""))
    yield terminal
    terminal.close()


def start(tmux: Tmux, program: Path) -> None:
    tmux.type(f"cd {program.parent}; stty -a > before.txt; clear", "Enter")
    tmux.type(f"{sys.executable} {program}; echo code $?", "Enter")
    tmux.until("◐ conditional")


def left_clean(tmux: Tmux, program: Path) -> bool:
    """Whether the terminal's settings, its screen and its cursor are as before."""
    tmux.type("stty -a > after.txt; printf '\\ndone\\n'", "Enter")  # a line of its own, whenever the prompt comes
    tmux.until("\ndone\n")  # and not what was typed
    same = (program.parent / "before.txt").read_text() == (program.parent / "after.txt").read_text()
    alternate, cursor, mouse = tmux.run("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").split()
    return same and (alternate, cursor, mouse) == ("0", "1", "0")


def test_it_starts_in_80_by_24_and_quits(tmux: Tmux, program: Path) -> None:
    start(tmux, program)
    lines = tmux.screen().rstrip("\n").splitlines()
    assert len(lines) == 24
    assert "q Quit" in lines[-1]
    assert "Ukraine minerals deal" in lines[0]
    tmux.type("q")
    tmux.until("code 0")
    assert left_clean(tmux, program)


def test_keys_typed_in_a_terminal_reach_the_screen(tmux: Tmux, program: Path) -> None:
    start(tmux, program)
    tmux.type("/")
    tmux.type("-l", "joint")
    tmux.until("Germany")
    tmux.type("Enter")
    tmux.until("2 EU joint", gone=True)  # the list is closed, and the keys are the board's
    tmux.type("Escape", "Down", "Tab", "j")
    tmux.type("?")
    tmux.until("Keys")
    tmux.type("Escape")
    tmux.until("Keys ─", gone=True)
    tmux.type("F1")
    tmux.until("Keys")
    tmux.type("Escape", "q")


@pytest.mark.parametrize("tmux", ["-u DISPLAY -u WAYLAND_DISPLAY"], indirect=True)
@pytest.mark.parametrize("takes_osc_52", ["external", "on"])
def test_what_is_copied_in_tmux_is_in_its_buffer(tmux: Tmux, program: Path, takes_osc_52: str) -> None:
    tmux.run("set", "-g", "set-clipboard", takes_osc_52)
    start(tmux, program)
    tmux.type("y")
    tmux.until("Copied.")
    assert "https://news.example/" in tmux.run("show-buffer")
    tmux.type("q")


def test_it_follows_the_terminal_s_size(tmux: Tmux, program: Path) -> None:
    start(tmux, program)
    assert "/ filter topics" not in tmux.screen()
    tmux.run("resize-window", "-x", "140", "-y", "45")
    tmux.until("/ filter topics")
    tmux.until("Wants")
    tmux.run("resize-window", "-x", "80", "-y", "24")
    tmux.until("/ filter topics", gone=True)
    tmux.run("resize-window", "-x", "30", "-y", "8")
    time.sleep(0.3)
    tmux.run("resize-window", "-x", "200", "-y", "60")
    tmux.until("/ filter topics")
    tmux.type("q")


def test_a_crash_leaves_the_terminal_clean_and_says_what_failed(tmux: Tmux, program: Path) -> None:
    start(tmux, program)
    tmux.type("r")
    shown = tmux.until("code 1")
    assert "a fault of the program" in shown
    tmux.type("clear", "Enter")
    assert left_clean(tmux, program)


def test_ctrl_z_gives_the_shell_back_and_fg_the_screen(tmux: Tmux, program: Path) -> None:
    tmux.type("exec bash --norc", "Enter")  # a shell that has jobs
    start(tmux, program)
    tmux.type("C-z")
    tmux.until("Stopped")
    assert left_clean(tmux, program)
    tmux.type("clear; fg", "Enter")
    tmux.until("◐ conditional")
    tmux.type("q")
    tmux.until("◐ conditional", gone=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_to_end_leaves_the_terminal_clean(tmux: Tmux, program: Path, number: signal.Signals) -> None:
    start(tmux, program)
    os.kill(int((program.parent / "pid").read_text()), number)
    tmux.until(f"code {128 + number}")
    assert left_clean(tmux, program)


def test_it_ends_on_a_signal_though_the_terminal_does_not_read(program: Path) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 400, 0, 0))
    run = subprocess.Popen(
        [sys.executable, str(program)], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        time.sleep(3)  # the first paint is larger than what a terminal holds
        run.terminate()
        assert run.wait(20) in {128 + signal.SIGTERM, -signal.SIGTERM}
    finally:
        run.kill()
        run.wait()
        os.close(ours)


@pytest.mark.parametrize("tmux", ["LC_ALL=C.UTF-8 NO_COLOR=1"], indirect=True)
def test_no_color_is_obeyed(tmux: Tmux, program: Path) -> None:
    start(tmux, program)
    coloured = tmux.run("capture-pane", "-p", "-e")
    tmux.type("q")
    reds = [part for part in coloured.split("\x1b[") if part.startswith(("38;2;", "48;2;"))]
    for part in reds:
        channels = part.split("m")[0].split(";")[2:5]
        assert len(set(channels)) == 1, f"not grey: {part[:30]!r}"


@pytest.mark.parametrize("tmux", ["WATCHER_ASCII=1"], indirect=True)
def test_ascii_terminals_get_ascii(tmux: Tmux, program: Path) -> None:
    tmux.type(f"cd {program.parent}; {sys.executable} {program}", "Enter")
    shown = tmux.until("~ conditional")
    assert shown.isascii(), [letter for letter in shown if not letter.isascii()]
    tmux.type("q")


def test_it_ends_when_the_terminal_is_gone_without_a_signal(program: Path) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    run = subprocess.Popen(
        [sys.executable, str(program)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
        start_new_session=True,  # so that the terminal is not its own, and closing it no SIGHUP
    )
    os.close(theirs)
    shown, end = b"", time.monotonic() + 30
    while b"conditional" not in shown:
        assert time.monotonic() < end
        if select.select([ours], [], [], 0.1)[0]:
            shown += os.read(ours, 65536)
    os.close(ours)
    try:
        run.wait(20)
    finally:
        run.kill()
        run.wait()
