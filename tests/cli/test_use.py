"""Options, help, exit codes, pipes: how every command behaves."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import resource
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pytest

import watcher
from watcher.cli.root import COMMANDS
from watcher.errors import WatcherError

HEAVY = {"textual", "rich", "feedparser", "aiohttp", "dateparser", "tinydb", "msgspec", "luqum", "asyncio"}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_an_example_and_imports_nothing_heavy(place, command) -> None:
    code = (
        "import sys, watcher.cli\n"
        "try: watcher.cli.run(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('IMPORTED', *{name.partition('.')[0] for name in sys.modules})"
    )
    arguments = [command, "--help"] if command else ["--help"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=place.folder,
        env=place.env,
        check=True,
    )
    text, _, imported = done.stdout.partition("IMPORTED")
    assert "Example" in text
    assert f"watcher {command}".strip() in text
    assert not HEAVY & set(imported.split())


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_shared_options_stand_with_every_command(place, command) -> None:
    text = place.run(*([command] if command else []), "--help").stdout
    for option in ("--config", "--data", "--version", "--help"):
        assert option in text


def test_version_before_and_after_a_command(place) -> None:
    assert place.run("--version").stdout == f"watcher {watcher.__version__}\n"
    assert place.run("board", "--version").stdout == f"watcher {watcher.__version__}\n"


def test_config_and_data_before_and_after_a_command(place, tmp_path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for arguments in (
        ["--config", str(place.config), "--data", str(tmp_path / "d1"), "board", "--json"],
        ["board", "--json", "--config", str(place.config), "--data", str(tmp_path / "d2")],
        ["--config", "/nonexistent", "board", "--json", "--config", str(place.config), "--data", str(tmp_path / "d3")],
    ):
        done = place.run(*arguments, cwd=elsewhere)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)[0]["topic"] == "Harbour bridge"
    assert all((tmp_path / name).is_dir() for name in ("d1", "d2", "d3"))
    assert not any(place.home.rglob("*.json*"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bord"], "did you mean board?"),
        (["zzz"], "no command is called zzz"),
        (["board", "Harbor bridge"], 'did you mean "Harbour bridge"?'),
        (["board", "zzz"], 'no topic is called "zzz"'),
        (["board", "--as-of", "soon"], '"soon" is no day'),
        (["board", "--jsn"], "--jsn"),
        (["analyze", "first.txt"], "--topic"),
        (["analyze", "--topic", "harbour bridge"], "FILE"),
        (["analyze", "--topic", "harbour bridge", "none.txt"], "none.txt: cannot be read: No such file or directory"),
        (["analyze", "--topic", "harbour bridge", "."], "cannot be read: Is a directory"),
        (["explain", "--topic", "harbour bridge", "none.txt"], "cannot be read"),
        (["replay", "none.jsonl"], "none.jsonl: not there"),
        (["import", "none.opml"], "cannot be read"),
        (["poll", "--every", "soon"], '"soon" is no duration'),
        (["export", "--articles", "--atom"], "--atom is for --shifts"),
        (["export", "--articles", "--shifts"], "--articles and --shifts exclude each other; give one of them"),
        (["export", "--shifts", "--atom", "--csv"], "--atom and --csv exclude each other; give one of them"),
        (["export", "--opml", "--csv"], "--opml is every feed, in its own format"),
        (["board", "--csv", "--json", "--csv"], "--csv and --json exclude each other; give one of them"),
        (["board", "--md", "-o", "a.html", "--html"], "--md and --html exclude each other; give one of them"),
        (["--config", "none.toml", "board"], "none.toml: the file named by --config is not there"),
        (["serve", "--port", "0"], "--port"),
    ],
)
def test_wrong_use_is_one_line_and_2(place, arguments, says) -> None:
    done = place.run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert done.stderr.startswith("watcher: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [[], ["board"], ["poll"], ["check"], ["doctor"], ["analyze", "--topic", "x", "-"]])
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace("target =", "taget ="), ":3: topics[1].taget: unknown key; did you mean target?"),
        (lambda text: text.replace("OR", "AND AND"), ":4: topics[1].match: unexpected 'AND'"),
        (lambda text: text.replace("first.txt", "none.txt"), "the seed none.txt is not in"),
        (lambda text: text[:-5], ": not TOML"),
        (lambda text: "[tool.other]\nx = 1\n", "another program's file"),
    ],
)
def test_a_broken_config_is_one_line_and_2_everywhere(place, command, change, says) -> None:
    place.config.write_text(change(place.config.read_text()))
    done = place.run(*command)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unreadable_seed_is_one_line_and_2(place) -> None:
    (place.folder / "first.txt").write_bytes(b"\0\1\2" * 100)
    done = place.run("board")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "first.txt: not text" in done.stderr


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


def test_the_screen_shows_the_seeds_board_on_a_full_disk_too(place) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    screen = place.start(
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={"TERM": "xterm-256color", **CODE},
        preexec_fn=fill_the_disk,
        start_new_session=True,
    )
    os.close(theirs)
    shown, end = b"", time.monotonic() + 30
    while not (b"support" in shown and b"unharmed" in shown):
        assert time.monotonic() < end, shown[-3000:]
        if select.select([ours], [], [], 0.1)[0]:
            shown += os.read(ours, 65536)
    os.write(ours, b"q")
    while screen.poll() is None:
        assert time.monotonic() < end
        if select.select([ours], [], [], 0.1)[0]:
            with suppress(OSError):
                os.read(ours, 65536)
    os.close(ours)
    assert screen.returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_read_only_data_folder_still_shows_what_it_holds(place) -> None:
    place.run("--data", "data", "board")
    (place.folder / "data").chmod(0o500)
    try:
        done = place.run("--data", "data", "board", "--json")
    finally:
        (place.folder / "data").chmod(0o700)
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["parties"][0]["stance"] == "support"


def test_no_home_folder_is_no_trouble(place, tmp_path) -> None:
    done = place.run("--data", str(tmp_path / "d"), "board", "--json", env={"HOME": "/nonexistent"})
    assert done.returncode == 0, done.stderr


def test_a_reader_that_goes_away_is_no_error(place) -> None:
    command = f'{sys.executable} -m watcher export --articles | head -c 10; echo " ${{PIPESTATUS[0]}}"'
    (place.folder / "many.jsonl").write_text(
        "".join(
            json.dumps({"title": f"harbour bridge {n}", "date": "2025-03-02", "text": "x" * 500}) + "\n"
            for n in range(400)
        )
    )
    assert place.run("replay", "many.jsonl").returncode == 0
    done = subprocess.run(
        ["bash", "-c", command], cwd=place.folder, env=place.env, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr == ""
    assert done.stdout.split()[-1] in ("0", "141")


def test_a_reader_of_the_printed_board_that_goes_away_is_no_error(place) -> None:
    printing = f"{sys.executable} -m watcher board"
    command = f"({printing}; echo $? >&2) | true"
    done = subprocess.run(
        ["bash", "-c", command], cwd=place.folder, env=place.env, capture_output=True, text=True, timeout=60, check=True
    )
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


def test_ctrl_c_ends_without_a_word(place) -> None:
    process = place.start("poll", "--every", "1h")
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err.strip()) == (130, "", "")


def test_a_mistake_of_the_programs_own_is_a_line_too(place, capsys, monkeypatch) -> None:
    import watcher.cli

    def broken(_: object) -> int:
        raise KeyError("party")

    monkeypatch.setattr(watcher.cli, "run", broken)
    with pytest.raises(SystemExit, match="1"):
        watcher.cli.main([])
    assert "a mistake in the program: KeyError at test_use.py:" in capsys.readouterr().err
    assert issubclass(WatcherError, Exception)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_topics(place, shell) -> None:
    script = place.run(env={"_WATCHER_COMPLETE": f"{shell}_source"})
    assert "_WATCHER_COMPLETE" in script.stdout
    if shell != "bash":
        return
    done = place.run(env={"_WATCHER_COMPLETE": "bash_complete", "COMP_WORDS": "watcher bo", "COMP_CWORD": "1"})
    assert "plain,board" in done.stdout
    done = place.run(env={"_WATCHER_COMPLETE": "bash_complete", "COMP_WORDS": "watcher board har", "COMP_CWORD": "2"})
    assert "plain,Harbour bridge" in done.stdout


def test_the_screen_opens_on_a_terminal_and_q_leaves_it_clean(place) -> None:
    lead, follow = pty.openpty()
    process = place.start(
        stdin=follow,
        stdout=follow,
        stderr=follow,
        env={"TERM": "xterm-256color", "LINES": "30"},
        start_new_session=True,
    )
    os.close(follow)
    seen = b""
    sent, deadline = False, time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if select.select([lead], [], [], 0.2)[0]:
            try:
                seen += os.read(lead, 65536)
            except OSError:
                break
        if b"Norham" in seen and not sent:
            time.sleep(0.5)
            os.write(lead, b"q")
            sent = True
    os.close(lead)
    assert process.wait(timeout=20) == 0
    assert b"\x1b[?1049l" in seen, "the terminal's own screen is back"
    assert b"Traceback" not in seen
