from __future__ import annotations

import os
from pathlib import Path

import pytest

from watcher.config import find
from watcher.config.places import packaged, user_config
from watcher.errors import ConfigError


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder and an empty home."""
    for name in ("here", "home"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("WATCHER_CONFIG", raising=False)
    return tmp_path


def test_each_place_gives_way_to_the_one_before_it(empty, monkeypatch) -> None:
    assert find() == packaged()
    user_config().parent.mkdir(parents=True)
    user_config().write_text("")
    assert find() == user_config()
    here = empty / "here" / "config.toml"
    here.write_text("")
    assert find() == here
    named = empty / "named.toml"
    named.write_text("")
    monkeypatch.setenv("WATCHER_CONFIG", str(named))
    assert find() == named
    other = empty / "other.toml"
    other.write_text("")
    assert find(other) == other


def test_a_named_file_must_be_there(empty, monkeypatch) -> None:
    with pytest.raises(ConfigError, match=r"named by --config is not there"):
        find(Path("none.toml"))
    with pytest.raises(ConfigError, match="is a folder"):
        find(empty)
    os.mkfifo("pipe")
    with pytest.raises(ConfigError, match="is no plain file"):
        find(Path("pipe"))
    monkeypatch.setenv("WATCHER_CONFIG", "none.toml")
    with pytest.raises(ConfigError, match=r"\$WATCHER_CONFIG"):
        find()


def test_without_a_home_the_packaged_config_is_found(empty, monkeypatch) -> None:
    monkeypatch.setenv("HOME", "/nonexistent/home")
    assert find() == packaged()
    assert packaged().is_file()
