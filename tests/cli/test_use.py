"""Options, help, exit codes, pipes: how every command behaves."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import sysconfig
import time

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
        (["\x1b[31mzzz"], "no command is called ?[31mzzz"),
        (["board", "Harbor bridge"], 'did you mean "Harbour bridge"?'),
        (["board", "zzz"], 'no topic is called "zzz"'),
        (["board", "--as-of", "soon"], '"soon" is no day'),
        (["board", "--as-of", "0025-02-15"], '"0025-02-15" is no day'),
        (["board", "--as-of", "9999-12-31"], '"9999-12-31" is no day'),
        (["board", "--as-of", "99999y"], '"99999y" is no day'),
        (["brief", "--since", "soon"], '"soon" is no day'),
        (
            ["brief", "--since", "2025-03-02", "--as-of", "2025-03-01"],
            "2025-03-02 leaves no day up to 2025-03-01",
        ),
        (["board", "--data", ""], "'--data': is empty"),
        (["--config", "", "board"], "'--config': is empty"),
        (["board", "--jsn"], "--jsn"),
        (["analyze", "first.txt"], "--topic"),
        (["analyze", "--topic", "harbour bridge"], "FILE"),
        (["analyze", "--topic", "harbour bridge", "none.txt"], "none.txt: cannot be read: No such file or directory"),
        (["analyze", "--topic", "harbour bridge", "."], "cannot be read: Is a directory"),
        (["explain", "--topic", "harbour bridge", "none.txt"], "cannot be read"),
        (["replay", "none.jsonl"], "none.jsonl: not there"),
        (["replay", "x" * 300], "xxx: cannot be read: File name too long"),
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


def test_ctrl_c_ends_without_a_word(place) -> None:
    process = place.start("poll", "--every", "1h", "--json")
    process.stdout.readline()
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
def test_shells_are_told_how_to_complete(place, shell) -> None:
    assert "_WATCHER_COMPLETE" in place.run(env={"_WATCHER_COMPLETE": f"{shell}_source"}).stdout


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("bo", "board"),
        ("board --js", "--json"),
        ("board har", r"Harbour\ bridge"),
        ("board '\"har'", "Harbour bridge"),  # the quotation mark is there already
        ("explain --topic H", r"Harbour\ bridge"),
    ],
)
def test_bash_completes_commands_options_and_topics(place, typed, completed) -> None:
    script = (
        'eval "$(_WATCHER_COMPLETE=bash_source watcher)"; '
        f"COMP_WORDS=(watcher {typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); "
        '_watcher_completion watcher; printf "%s" "${COMPREPLY[*]}"'
    )
    env = place.env | {"PATH": f"{sysconfig.get_path('scripts')}:{place.env['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=place.folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == (completed, "")


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
