"""The demo: a true saga, read by the pipeline, on anyone's machine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from watcher.config import load
from watcher.engine.demo import demo, last_day

ROOT = Path(__file__).parents[2]


def test_the_saga_ends_with_both_for_the_deal_and_was_not_always_so() -> None:
    library = demo(load(ROOT / "config.toml"))
    topic = library.settings.topics[0]
    assert last_day(library).date() == date(2025, 5, 8)
    board = library.board(topic, date(2025, 5, 8))
    stances = {row.party: row.stance for row in board.rows}
    assert stances["Ukraine"] == stances["United States"] == "support"
    assert {shift.after for shift in board.shifts if shift.party == "Ukraine"} > {"support"}
    early = library.board(topic, date(2025, 2, 20)).row("Ukraine")
    assert early is not None
    assert early.stance != "support"
    assert all(article.url.startswith(("https://", "http://")) for article in library.store.articles() if article.url)
