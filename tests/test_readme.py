"""The README says what is so: its commands exist, its examples run, its table of keys is the program's."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from watcher.cli.root import COMMANDS
from watcher.config import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^( *)```sh\n(.*?)^ *```", README, re.MULTILINE | re.DOTALL)
TOML = re.findall(r"^ *```toml\n(.*?)^ *```", README, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    line.strip() for _, block in BLOCKS for line in block.splitlines() if not line.strip().startswith("python3")
]


def between(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, name
    return found[1]


def test_the_two_commands_are_there() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/watcher\n" in README
    assert "&& .venv-test/bin/pip install '.[test]' && .venv-test/bin/python -m pytest\n" in README


def test_every_command_is_in_the_table_and_the_table_names_no_other() -> None:
    table = re.findall(r"^\| `watcher ?(\S*)` \|", README, re.MULTILINE)
    assert sorted(table) == sorted(["", *COMMANDS])


def test_every_option_that_is_named_exists() -> None:
    for name, text in re.findall(r"^\| `watcher (\w+)` \| (.*) \|$", README, re.MULTILINE):
        done = subprocess.run(
            [sys.executable, "-m", "watcher", name, "--help"], capture_output=True, text=True, check=True
        )
        for option in re.findall(r"`(--?[a-z][a-z-]*)", text):
            assert option in done.stdout, f"watcher {name} {option}"


def test_the_keys_are_those_of_the_program() -> None:
    from watcher.ui.commands import readme_table

    assert between("keys") == readme_table(), "paste watcher.ui.commands.readme_table()"


def test_pictures_are_there() -> None:
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the seeds, and a config with the README's own topic in it."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    [topic] = [block for block in TOML if "[[topics]]" in block]
    (tmp_path / "config.toml").write_text((ROOT / "config.toml").read_text(encoding="utf-8") + "\n" + topic)
    return tmp_path


def test_the_readmes_alerts_are_read(tmp_path: Path) -> None:
    [alerts] = [block for block in TOML if "[alerts]" in block]
    (tmp_path / "config.toml").write_text(
        "\n".join([alerts, *(t for t in TOML if "[[topics]]" in t)]), encoding="utf-8"
    )
    read = load(tmp_path / "config.toml").alerts
    assert all((read.bell, read.command, read.urls, read.quiet))


def test_the_readmes_topic_is_read_as_it_promises(folder) -> None:
    assert load(folder / "config.toml").topics[-1].name == "Night trains"
    for line in EXAMPLES:
        if line.startswith("echo") or "try.txt" in line:
            done = run(line, folder)
    assert "European Commission ▲ support" in done.stdout
    assert "Airlines ▼ oppose" in done.stdout


def test_the_readmes_words_do_what_they_say(folder) -> None:
    text = (
        "The European Commission bankrolled the night train network. Ryanair called the sleeper services a money pit. "
        "Lufthansa questioned the night trains."
    )
    (folder / "try.txt").write_text(text)
    explain = "watcher explain --topic 'Night trains' try.txt"
    before = read_in(run(explain, folder).stdout)
    assert "Airlines ▼ oppose" in before
    assert "questioned" in before
    assert "European Commission" not in before
    [words] = [block for block in TOML if block.startswith("[verbs]")]
    (folder / "words.toml").write_text(words)
    config = folder / "config.toml"
    [named] = re.findall(r'`(lexicon = \[".*?"\])`', README)
    config.write_text(f"{named}\n{config.read_text(encoding='utf-8')}")
    after = read_in(run(explain, folder).stdout)
    assert "European Commission ▲ support" in after
    assert "Airlines ▼ oppose" in after
    assert "money pit" in after
    assert "questioned" not in after


def read_in(explained: str) -> str:
    """The statements alone."""
    return explained.partition("Not read as a position:")[0]


@pytest.mark.parametrize("line", [line for line in EXAMPLES if "try.txt" not in line])
def test_every_example_runs(folder, line) -> None:
    done = run(line, folder)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    output = re.search(r"-o (\S+)", line)
    assert not output or (folder / output[1]).stat().st_size


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = (
        line.replace("watcher ", f"{shlex.quote(sys.executable)} -m watcher --data data ", 1)
        if line.startswith("watcher")
        else line
    )
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60)
