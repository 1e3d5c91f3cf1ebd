"""An archive of made-up news, as long as a test wants it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.archive.archive_samples import TREATY, lines
from watcher.domain.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def settings() -> Settings:
    return Settings(path=Path("config.toml"), topics=(TREATY,))


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes an archive of so many articles."""

    def write(count: int, name: str = "archive.jsonl") -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(lines(count)))
        return path

    return write


@pytest.fixture
def small_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the archive were large: partitions of about 40 articles, and processes at once."""
    monkeypatch.setattr("watcher.engine.archive_files.PARTITION", 32_000)
    monkeypatch.setattr("watcher.engine.archive_replay.ALONE", 1)
    monkeypatch.setattr("watcher.engine.archive_replay.WRITE", 50)
