from __future__ import annotations

from pathlib import Path  # noqa: TC003

import pytest

GOOD = """\
[poll]
interval = "15m"

[[feeds]]
name = "World"
url = "https://example.org/rss"
tags = ["world"]

[[topics]]
name = "Bridge"
target = "The two cities build the bridge"
match = 'bridge AND (north OR south)'
feeds = [
  "world",
]

  [[topics.parties]]
  name = "North City"
  aliases = ["North", { text = "Mayor Ames", since = 2025-01-20 }]

  [[topics.parties]]
  name = "South City"
  members = ["Councillor Bell"]
  not = ["South Pole"]
"""


@pytest.fixture
def good() -> str:
    return GOOD


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str, name: str = "config.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
