"""The wheel holds all that it needs and works from any folder, alone in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh wheel and source distribution."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel; it is in the test extra")
    folder = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return folder


def test_the_wheel_holds_config_seeds_and_every_data_file(built) -> None:
    [wheel] = built.glob("policy_watcher-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    data = {path for path in (ROOT / "watcher").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {str(path.relative_to(ROOT)) for path in data} <= held
    seeds = {f"watcher/defaults/seeds/{path.name}" for path in (ROOT / "seeds").iterdir()}
    assert {"watcher/defaults/config.toml", *seeds} <= held
    assert not [name for name in held if name.startswith(("tests/", "config.toml"))]


def test_the_source_distribution_can_build_and_test_itself(built, tmp_path) -> None:
    [source] = built.glob("policy_watcher-*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    [folder] = tmp_path.iterdir()
    assert (folder / "LICENSE").is_file()
    assert (folder / "tests" / "test_package.py").is_file()
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    [wheel], [again] = built.glob("*.whl"), tmp_path.glob("*.whl")
    assert zipfile.ZipFile(again).namelist() == zipfile.ZipFile(wheel).namelist()
    tests = ["tests/test_readme.py", "tests/config", "tests/engine/test_seeded_board.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *tests], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_wheel_shows_the_seeded_board_from_an_empty_folder(built, tmp_path) -> None:
    [wheel] = built.glob("policy_watcher-*.whl")
    home, folder, place = tmp_path / "home", tmp_path / "empty", tmp_path / "venv"
    home.mkdir()
    folder.mkdir()
    venv.create(place, symlinks=True)
    python = place / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(place), "platbase": str(place)}))
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (site / "dependencies.pth").write_text(
        sysconfig.get_path("purelib") + "\n"
    )  # those of the test run, not its watcher
    env = {"PATH": os.environ["PATH"], "HOME": str(home)}
    command = [str(place / "bin" / "watcher"), "board", "Ukraine minerals deal", "--json"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    stances = {row["party"]: row["stance"] for row in json.loads(done.stdout)["parties"]}
    assert stances == {"Ukraine": "conditional", "United States": "support", "Russia": None}
    where = [str(python), "-c", "import watcher; print(watcher.__file__)"]
    assert str(place) in subprocess.run(where, capture_output=True, text=True, check=True, env=env, cwd=folder).stdout
    assert not list(folder.iterdir())
