"""What the program runs in: folders that may not be entered, a full disk, closed streams, odd terminals."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import resource
import select
import shlex
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import bound, forbidden, with_feeds
from watcher.cli.inputs import write_file

PROGRAM = f"{shlex.quote(sys.executable)} -m watcher"


def shell(place, command: str) -> subprocess.CompletedProcess[str]:
    """A line of shell, run where the config is."""
    return subprocess.run(
        ["bash", "-c", command], cwd=place.folder, env=place.env, capture_output=True, text=True, timeout=60
    )


def test_a_data_folder_that_cannot_be_made_still_shows_the_board(place) -> None:
    (place.folder / "file").write_text("")
    done = place.run("--data", "file", "board", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["parties"][0]["stance"] == "support"
    assert done.stderr.startswith("watcher: ")
    assert done.stderr.count("\n") == 1
    failed = place.run("--data", "file", "poll")
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1


CODE = {"PYTHONDONTWRITEBYTECODE": "1"}  # which Python leaves cut on a full disk, and reads again


def fill_the_disk() -> None:
    """Lets this process write no more than a few lines into any file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


@pytest.mark.parametrize("command", [["board"], []])
def test_a_full_disk_still_shows_the_seeds_board_and_why_nothing_is_kept(place, command) -> None:
    shown = place.run(*command, env=CODE, preexec_fn=fill_the_disk)
    assert shown.returncode == 0
    assert "Norham" in shown.stdout
    assert "support" in shown.stdout
    assert "no room to write" in shown.stderr
    assert len(shown.stderr.splitlines()) == 1


def screen_until(place, *words: bytes, options: str = "", **rest) -> int:
    """Opens the screen on a terminal until it shows these words; then `q`. Returns the exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    screen = subprocess.Popen(
        ["bash", "-c", f"exec {PROGRAM} {options}"],
        cwd=place.folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**place.env, "TERM": "xterm-256color", **CODE},
        start_new_session=True,
        **rest,
    )
    os.close(theirs)
    shown, end = b"", time.monotonic() + 30
    try:
        while not all(word in shown for word in words):
            assert time.monotonic() < end, shown[-3000:]
            if select.select([ours], [], [], 0.1)[0]:
                shown += os.read(ours, 65536)
        os.write(ours, b"q")
        while screen.poll() is None:
            assert time.monotonic() < end
            if select.select([ours], [], [], 0.1)[0]:
                with suppress(OSError):
                    os.read(ours, 65536)
    finally:
        screen.kill()
        screen.wait()
        os.close(ours)
    return screen.returncode


def test_the_screen_shows_the_seeds_board_on_a_full_disk_too(place) -> None:
    words = b"support", b"unharmed", b"nothing is kept"
    assert screen_until(place, *words, preexec_fn=fill_the_disk) == 0


def test_the_screen_goes_on_saying_why_nothing_is_kept(place) -> None:
    (place.folder / "file").write_text("")
    words = b"support", b"nothing is kept", b"file: is not a folder"
    assert screen_until(place, *words, options="--data file") == 0


@pytest.mark.parametrize("streams", ["2>errors", "2>&-"])
def test_the_screen_is_drawn_on_the_terminal_wherever_errors_go(place, streams) -> None:
    assert screen_until(place, b"support", b"Southby", options=streams) == 0
    assert streams == "2>&-" or (place.folder / "errors").read_text() == ""


@bound
def test_a_read_only_data_folder_still_shows_what_it_holds(place) -> None:
    place.run("--data", "data", "board")
    with forbidden(place.folder / "data", 0o500):
        done = place.run("--data", "data", "board", "--json", bound=True)
        failed = place.run("--data", "data", "poll", bound=True)
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["parties"][0]["stance"] == "support"
    assert (failed.returncode, failed.stderr.count("\n")) == (1, 1)
    assert "check the folder's permissions, or name another with --data" in failed.stderr


@bound
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["poll", "--data", "closed/data"], 1, "closed/data: not allowed (Permission denied)"),
        (["board", "--data", "closed/data"], 0, "nothing will be kept"),
        (
            ["--config", "closed/config.toml", "board"],
            2,
            "named by --config cannot be read: Permission denied",
        ),
        (["--config", "closed/config.toml", "init"], 1, "cannot be written: Permission denied"),
        (["board", "--json", "-o", "closed/board.json"], 1, "board.json: cannot be written: Permission denied"),
        (["replay", "closed/years.jsonl"], 2, "closed/years.jsonl: cannot be read: Permission denied"),
        (["replay", "closed"], 2, "closed: cannot be read: Permission denied"),
        (["replay", "."], 2, "closed: cannot be read: Permission denied"),
    ],
)
def test_what_may_not_be_entered_is_told_in_a_line(place, arguments, code, says) -> None:
    (place.folder / "closed").mkdir()
    with forbidden(place.folder / "closed", 0):
        done = place.run(*arguments, bound=True)
    assert (done.returncode, done.stderr.count("\n")) == (code, 1)
    assert says in done.stderr


@bound
def test_data_that_are_there_and_cannot_be_read_are_not_taken_for_none(place) -> None:
    """The board of the seeds alone, or an export of them, would pass for all there is."""
    place.run("--data", "data", "board")
    with forbidden(place.folder / "data" / "store.json", 0):
        for command in ("board", "export", "check"):
            done = place.run("--data", "data", command, bound=True)
            assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
            assert "data: not allowed (Permission denied)" in done.stderr


@bound
def test_doctor_tells_of_a_data_folder_that_it_cannot_look_into(place) -> None:
    place.run("--data", "data", "board")
    with forbidden(place.folder / "data", 0o100):
        done = place.run("--data", "data", "doctor", "--json", bound=True)
    assert (done.returncode, done.stderr) == (1, "")
    assert "not allowed (Permission denied)" in json.loads(done.stdout)["data"]["problems"][0]


def test_in_a_folder_that_is_gone_the_board_is_shown_and_its_paths_are_told(place) -> None:
    def in_no_folder(*arguments: str):
        (place.folder / "gone").mkdir()
        leave = {"cwd": place.folder / "gone", "preexec_fn": (place.folder / "gone").rmdir}
        return place.run("--config", str(place.config), *arguments, **leave)

    assert in_no_folder("board").returncode == 0
    done = in_no_folder("board", "--data", "data")
    assert (done.returncode, done.stderr) == (
        2, "watcher: data: the folder you are in is gone; give --data a path from /\n"
    )  # fmt: skip


def test_two_that_write_one_file_at_once_leave_it_whole(place) -> None:
    out = place.folder / "board.json"

    def pieces():
        yield "half "
        assert place.run("board", "--json", "-o", str(out)).returncode == 0
        assert json.loads(out.read_text())
        yield "and half"

    write_file(pieces(), out)
    assert out.read_text() == "half and half"
    assert not list(place.folder.glob(".*"))


@pytest.mark.parametrize("arguments", ["board", "board --json", "check", "export", "--help", "--version"])
def test_output_that_was_closed_is_told(place, arguments) -> None:
    done = shell(place, f"{PROGRAM} {arguments} >&-")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "watcher: what was asked for cannot be written: " in done.stderr


def test_work_without_output_needs_none(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good")
    assert shell(place, f"{PROGRAM} poll >&- 2>&- <&-").returncode == 0
    assert json.loads(place.run("board", "Harbour bridge", "--json").stdout)["parties"][1]["stance"] == "support"


def test_a_closed_input_holds_nothing_and_wrong_use_stays_2_where_nobody_hears_of_it(place) -> None:
    done = shell(place, f"{PROGRAM} analyze --topic 'harbour bridge' --jsonl - <&-")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert shell(place, f"{PROGRAM} board zzz >&- 2>&-").returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-7"])
def test_a_terminal_that_lacks_letters_shows_the_others_and_data_stay_whole(place, encoding) -> None:
    (place.folder / "first.txt").write_text(
        "Norham supports the harbour bridge — ☃, Mayor Ames said.\n", encoding="utf-8"
    )
    env = {"PYTHONIOENCODING": encoding}
    done = place.run("board", env=env, errors="replace")
    assert done.returncode == 0, done.stderr
    assert "harbour bridge ? ?, Mayor Ames said." in done.stdout
    for form in ("--json", "--csv", "--md", "--html"):
        assert "bridge — ☃, Mayor" in place.run("board", form, env=env).stdout
    assert (
        "bridge — ☃, Mayor" in place.run("analyze", "--topic", "harbour bridge", "--json", "first.txt", env=env).stdout
    )


def test_no_home_folder_is_no_trouble(place, tmp_path) -> None:
    done = place.run("--data", str(tmp_path / "d"), "board", "--json", env={"HOME": "/nonexistent"})
    assert done.returncode == 0, done.stderr


def test_a_reader_that_goes_away_is_no_error(place) -> None:
    command = f'{PROGRAM} export --articles | head -c 10; echo " ${{PIPESTATUS[0]}}"'
    (place.folder / "many.jsonl").write_text(
        "".join(
            json.dumps({"title": f"harbour bridge {n}", "date": "2025-03-02", "text": "x" * 500}) + "\n"
            for n in range(400)
        )
    )
    assert place.run("replay", "many.jsonl").returncode == 0
    done = shell(place, command)
    assert done.stderr == ""
    assert done.stdout.split()[-1] in ("0", "141")


def test_a_reader_of_the_printed_board_that_goes_away_is_no_error(place) -> None:
    done = shell(place, f"({PROGRAM} board; echo $? >&2) | true")
    assert done.stderr.split() == ["141"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk without room")
@pytest.mark.parametrize("arguments", [("board",), ("board", "--json"), ("check",), ("--help",)])
def test_output_without_room_is_no_mistake_of_the_program(place, arguments) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "watcher", *arguments],
            cwd=place.folder, env=place.env, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        1, "watcher: what was asked for cannot be written: No space left on device\n"
    )  # fmt: skip
