"""Ids, canonical links, edits, and copies of one story."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.feeds.feeds_site import NOW, Site, item, only, poll, poll_one, rss
from watcher.domain.article import Article, FullText
from watcher.feeds.identity import Stories, canonical_url, edit

WIRE = (
    "The two governments announced on Thursday that their negotiators had settled the last open chapter of the"
    " fisheries agreement, which sets quotas for the next five years and gives coastal towns a say in how they are"
    " shared. The text now goes to both parliaments, where a vote is expected before the summer. Fishing associations"
    " on both sides said that they would study it first, and a spokeswoman for the northern ports called it a start."
)
OTHER = (
    "Heavy snow closed the mountain pass for a third day and left several hundred lorries waiting at the border, the"
    " road authority said. Ploughs were at work through the night, and officials hoped to open one lane by the weekend,"
    " though more snow is forecast. Drivers were given soup and blankets by volunteers from the villages below."
)


def article(id: str, text: str = WIRE, **more: object) -> Article:
    known: dict[str, object] = {"url": f"https://{id}.example/story", "title": f"Title {id}", "source": id, "feed": id}
    known |= {"published": NOW, "first_seen": NOW, "story": id}
    return Article(id=id, text=text, **(known | more))  # type: ignore[arg-type]


def assigned(*articles: Article) -> list[str]:
    stories = Stories()
    return [stories.assign(one).story for one in articles]


def test_a_wire_text_in_ten_papers_is_one_story() -> None:
    papers = [article(f"paper{n}", f"CITY{n} (Wire) - {WIRE} Reporting by desk {n}.") for n in range(10)]
    assert set(assigned(*papers)) == {"paper0"}


def test_two_paragraphs_of_a_wire_text_are_the_same_story() -> None:
    head = " ".join(WIRE.split()[:45])
    assert assigned(article("a", WIRE), article("b", head)) == ["a", "a"]
    assert assigned(article("a", head), article("b", WIRE)) == ["a", "a"]


def test_other_words_are_another_story() -> None:
    assert assigned(article("a"), article("b", OTHER)) == ["a", "b"]
    assert assigned(article("a", "Short."), article("b", "Short.")) == ["a", "b"], "too little to tell"


def test_the_same_page_is_the_same_story_whatever_its_link_carries() -> None:
    page = "https://www.paper.example/2025/story/?id=7"
    one = article("a", "One.", url=f"{page}&utm_source=rss#top")
    two = article("b", "Two.", url="http://paper.example/2025/story?id=7&fbclid=x")
    assert assigned(one, two) == ["a", "a"]
    assert assigned(one, replace(two, url=page.replace("7", "8"))) == ["a", "b"]


def test_a_feed_that_links_everything_to_one_page_tells_several_stories() -> None:
    page = "https://paper.example/live"
    assert assigned(article("a", "One.", url=page, feed="f"), article("b", "Two.", url=page, feed="f")) == ["a", "b"]
    front = "https://paper.example/"
    assert assigned(article("a", "One.", url=front), article("b", "Two.", url=front)) == ["a", "b"]


def test_the_same_words_a_year_later_are_another_event() -> None:
    assert assigned(article("a"), article("b", published=NOW + timedelta(days=365))) == ["a", "b"]


def test_what_belongs_to_a_story_keeps_it_and_brings_copies_to_it() -> None:
    stories = Stories()
    assert stories.assign(article("copy", story="old")).story == "old"
    assert stories.assign(article("new")).story == "old"


async def test_changing_guids_are_seen_through(site: Site) -> None:
    stories = Stories()
    first = only(await poll_one(site.put(rss(item(text=WIRE, guid="version-1")))))
    again = only(await poll_one(site.put(rss(item(text=WIRE + " Updated.", guid="version-2")))))
    assert first.id != again.id
    stories.assign(first)
    assert stories.same_article(again) == first.id
    assert stories.same_article(first) == ""
    elsewhere = only((await poll(site.put(rss(item(text=WIRE)), "/other"), now=NOW))[0])
    assert stories.same_article(replace(elsewhere, feed="another")) == ""


async def test_a_changed_headline_is_the_same_article(site: Site) -> None:
    first = only(await poll_one(site.put(rss(item(title="Talks to open")))))
    later = await poll_one(site.put(rss(item(title="Talks open"))), now=NOW + timedelta(hours=1))
    assert only(later).id == first.id
    kept = edit(first, only(later))
    assert kept is not None
    assert (kept.title, kept.published, kept.first_seen) == ("Talks open", first.published, NOW)
    assert edit(first, first) is None


def test_an_edit_keeps_the_page_unless_the_feeds_text_changed() -> None:
    stored = article("a", "The whole page.", summary="Short.", full_text=FullText.FETCHED)
    headline = edit(stored, article("a", "Short.", title="New"))
    assert headline is not None
    assert (headline.title, headline.text, headline.full_text) == ("New", "The whole page.", FullText.FETCHED)
    rewritten = edit(stored, article("a", "Shorter."))
    assert rewritten is not None
    assert (rewritten.text, rewritten.full_text) == ("Shorter.", FullText.NONE)


async def test_an_undated_article_keeps_the_time_it_was_first_seen(site: Site) -> None:
    first = only(await poll_one(site.put(rss(item(date="never")))))
    later = only(await poll_one(site.put(rss(item(date="never", title="New"))), now=NOW + timedelta(days=2)))
    kept = edit(first, later)
    assert kept is not None
    assert (kept.published, kept.dated) == (NOW, False)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://WWW.News.example:80/a/?utm_source=x&id=1&utm_medium=y#f", "https://news.example/a?id=1"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example/a?at_medium=RSS&at_campaign=KARANGA", "https://news.example/a"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("http://[bad", "http://[bad"),
        ("", ""),
    ],
)
def test_canonical_links(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical
