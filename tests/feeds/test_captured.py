"""The captured feeds, through a real server: item counts, and the two parsers against each other."""

from __future__ import annotations

import pytest

from tests.feeds.feeds_site import CAPTURED, Site, captured, poll
from watcher.domain.feed import FeedStatus
from watcher.feeds import dates, parse, xmlfeed
from watcher.feeds.prepare import prepare

REPEATS = {  # file ending: items that are there more than once, by guid and title
    "alexdebril__feed-io__tests_samples_feed.json": 3,
    "model_rss_ukrnet.xml": 1,
    "benchmark_data_7ef13a42fa7e177a": 1,
}


async def test_every_captured_feed_comes_through_with_all_its_items(site: Site) -> None:
    index = captured()
    assert len(index) == 105
    urls = {}
    for row in index:
        urls[site.put((CAPTURED / row["file"]).read_bytes(), f"/{row['file']}", ETag=f'"{row["bytes"]}"')] = row
    for result in await poll(*urls):
        row = urls[result.feed.url]
        expected = int(row["expected_items"] or row["raw_items"])
        repeated = next((count for ending, count in REPEATS.items() if row["file"].endswith(ending)), 0)
        assert result.state.status in {FeedStatus.OK, FeedStatus.STALE}, (row["file"], result.state)
        assert result.state.items == expected, row["file"]
        assert len(result.articles) == expected - repeated, row["file"]
        assert len({article.id for article in result.articles}) == len(result.articles)
        for article in result.articles:
            assert article.title, row["file"]
            assert "\ufffd" not in article.document or "\ufffd".encode() in (CAPTURED / row["file"]).read_bytes(), row[
                "file"
            ]


def rows() -> list[dict[str, str]]:
    try:
        return [row for row in captured() if row["kind"] != "jsonfeed"]
    except pytest.skip.Exception:
        return []


HALF_MENDED = "Tests_Feeds_Rss20LeParisien.xml"
"""feedparser mends only a part of one doubly encoded text here."""


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_where_the_fast_parser_is_trusted_the_authority_reads_the_same(
    row: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids, links, titles, dates and words."""
    text = prepare((CAPTURED / row["file"]).read_bytes())
    base = "http://base.example/feed"
    slow = xmlfeed.authority(text)
    asked = []
    monkeypatch.setattr(xmlfeed, "authority", lambda text: asked.append(text) or slow)
    chosen = xmlfeed.read(text)
    if asked:
        return
    assert slow is not None
    ours = parse._items(chosen[1], base, base, dates.GUESSES)
    theirs = parse._items(slow[1], base, base, dates.GUESSES)
    assert [item.id for item in ours] == [item.id for item in theirs]
    assert [item.url for item in ours] == [item.url for item in theirs]
    assert [item.title for item in ours] == [item.title for item in theirs]
    assert [item.published for item in ours] == [item.published for item in theirs]
    differing = sum(one.text.split() != other.text.split() for one, other in zip(ours, theirs, strict=True))
    assert differing == row["file"].endswith(HALF_MENDED)
