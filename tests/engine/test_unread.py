"""A detector that fails on one article: the article is kept, the failure told, and the poll goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engine.test_poller import TODAY, TREATY, Paper, settings
from tests.engine.test_poller import paper as paper
from watcher.detect.detector import Detector
from watcher.engine.library import Library
from watcher.engine.pipeline import Pipeline
from watcher.engine.poller import poll
from watcher.store.memory import MemoryStore

if TYPE_CHECKING:
    from watcher.domain.article import Article
    from watcher.domain.statement import Detection

reads = Detector.read


def fails(self: Detector, article: Article) -> Detection:
    """A detector with a mistake that one text brings out."""
    if "toll" in article.text:
        raise IndexError("list index out of range")
    return reads(self, article)


@pytest.fixture
def news(paper: tuple[Paper, str]) -> str:
    page, url = paper
    page.items = [
        ("1", "Arland backs the canal treaty", "Arland said on Friday that it supports the canal treaty."),
        ("2", "The canal treaty and the toll", "Borland said that it opposes the canal treaty and its toll."),
        ("3", "Borland for the canal treaty", "Borland said on Friday that it supports the canal treaty."),
    ]
    return url


async def test_it_costs_one_reading_and_is_told(news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store, told = MemoryStore(), []
    with monkeypatch.context() as broken:
        broken.setattr(Detector, "read", fails)
        report = await poll(settings(news), store, clock=lambda: TODAY, on_event=told.append)
    assert (report.new_articles, report.matched, report.failed) == (3, 3, False)
    (warning,) = [event["message"] for event in told if event["event"] == "warning"]
    assert "The canal treaty and the toll" in warning
    assert "https://paper.example/2" in warning
    assert "Canal treaty" in warning
    assert "IndexError: list index out of range" in warning
    assert {headline.title for headline in store.headlines(TREATY.name)} == {
        "Arland backs the canal treaty",
        "The canal treaty and the toll",
        "Borland for the canal treaty",
    }
    assert {statement.party for statement in store.statements(TREATY.name)} == {"Arland", "Borland"}
    again = await poll(settings(news), store, full=True, clock=lambda: TODAY, on_event=told.append)
    assert again.statements == 0
    assert len([event for event in told if event["event"] == "warning"]) == 1, "once, not with each poll"


async def test_the_next_version_reads_it(news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    with monkeypatch.context() as broken:
        broken.setattr(Detector, "read", fails)
        await poll(settings(news), store, clock=lambda: TODAY)
    before = len(store.statements(TREATY.name))
    monkeypatch.setattr("watcher.engine.library.version", lambda topic: "mended")
    monkeypatch.setattr("watcher.engine.pipeline.version", lambda topic: "mended")
    told: list[str] = []
    assert Library(settings(news), store, told.append).reread() == 3
    assert told == []
    assert len(store.statements(TREATY.name)) > before


async def test_reading_anew_does_not_stop_at_it(news: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    await poll(settings(news), store, clock=lambda: TODAY)
    monkeypatch.setattr("watcher.engine.library.version", lambda topic: "worse")
    monkeypatch.setattr("watcher.engine.pipeline.version", lambda topic: "worse")
    monkeypatch.setattr(Detector, "read", fails)
    told: list[str] = []
    library = Library(settings(news), store, told.append)
    assert library.reread() == 3
    assert len(told) == 1
    assert library.reread() == 0
    assert len(told) == 1


def test_whoever_wants_the_error_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.engine.test_readers import matched

    monkeypatch.setattr(Detector, "read", fails)
    one = matched(1, "The toll is high.")
    with pytest.raises(IndexError):
        Pipeline((TREATY,)).detect(one.article, TREATY, one.words)
