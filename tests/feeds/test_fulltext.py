"""Pages behind short texts: fetched where robots.txt allows, kept only if they are the article."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from tests.feeds.feeds_site import NOW, SETTINGS, Site, assert_harmless
from watcher.domain.article import Article, FullText
from watcher.domain.feed import Feed
from watcher.feeds.fulltext import LONGEST_RULES, full_texts, wanted
from watcher.feeds.page import extract

SUMMARY = "The two ministers signed the framework for the harbour project on Friday."
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
STORY = "".join(
    f"<p>On {day} the ministers said that the framework for the harbour project, signed after talks of a week, "
    f"would open the way to new berths, and that the delegation of {day} had asked for more.</p>"
    for day in DAYS
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Harbour</title></head><body><nav><a href='/'>Home</a></nav>"
    f"<article><h1>Ministers sign</h1><p>{SUMMARY}</p>{STORY}</article><footer>All rights reserved</footer></html>"
)


def article(url: str, **more: object) -> Article:
    known = {
        "id": "a",
        "title": "Ministers sign",
        "text": SUMMARY,
        "source": "Gazette",
        "published": NOW,
        "first_seen": NOW,
    }
    return Article(url=url, **(known | more))  # type: ignore[arg-type]


async def read(site: Site, path: str = "/story", **more: object) -> Article:
    feed = Feed(url=site.url("/feed"))
    settings = replace(SETTINGS, timeout=timedelta(seconds=2))
    ((found, _),) = [pair async for pair in full_texts([(article(site.url(path), **more), feed)], settings)]
    return found


async def test_a_page_gives_the_text_and_the_feeds_own_stays_beside_it(site: Site) -> None:
    site.put(PAGE, "/story", Content_Type="text/html; charset=utf-8")
    found = await read(site)
    assert found.full_text is FullText.FETCHED
    assert found.summary == SUMMARY
    assert found.text.count("\n\nOn ") == 6
    assert "All rights" not in found.text
    assert "<" not in found.text
    assert [request.path for request in site.requests] == ["/robots.txt", "/story"]


@pytest.mark.parametrize(
    ("robots", "status", "allowed"),
    [
        ("User-agent: *\nDisallow: /story", 200, False),
        ("User-agent: *\nDisallow: /*ory$", 200, False),
        ("User-agent: watcher\nDisallow: /\n\nUser-agent: *\nAllow: /", 200, False),
        ("User-agent: other\nDisallow: /", 200, True),
        ("User-agent: *\nDisallow: /\nAllow: /story", 200, True),
        ("", 404, True),
        ("", 500, False),
        ("\x00\xff junk" * 1000, 200, True),
    ],
    ids=["a path", "a pattern", "us", "others", "allowed within", "none", "broken", "junk"],
)
async def test_robots_txt_is_obeyed(site: Site, robots: str, status: int, allowed: bool) -> None:
    site.put(PAGE, "/story", Content_Type="text/html")
    site.put(robots, "/robots.txt", status)
    found = await read(site)
    assert (found.full_text is FullText.FETCHED) == allowed
    assert len(site.asked("/story")) == allowed


async def test_of_a_robots_txt_without_end_whole_rules_are_obeyed(site: Site) -> None:
    """The last one is cut where the reading ends, to `Disallow: /`."""
    site.put(PAGE, "/story", Content_Type="text/html")
    head, cut = "User-agent: *\nDisallow: /private\n", "Disallow: /"
    padding = "#" * (LONGEST_RULES - len(head) - len(cut) - 1) + "\n"
    site.put(f"{head}{padding}{cut}secret\n" + "# more\n" * 1_000, "/robots.txt")
    assert (await read(site)).full_text is FullText.FETCHED
    site.put(PAGE, "/private", Content_Type="text/html")
    assert (await read(site, "/private")).full_text is FullText.FAILED


async def test_control_characters_cost_a_page_nothing_else(site: Site) -> None:
    page = PAGE.replace(SUMMARY, f"{SUMMARY} &#27;]52;c;x&#7; \x1b[31m&#x1f;&#11 &#8212; done")
    site.put(page, "/story", Content_Type="text/html; charset=utf-8")
    found = await read(site)
    assert found.text.startswith(f"{SUMMARY} ]52;c;x")
    assert_harmless(found.text.replace("\n", ""))
    assert "— done" in found.text


async def test_the_headline_is_not_repeated_above_the_text(site: Site) -> None:
    site.put(PAGE, "/story", Content_Type="text/html")
    assert "Ministers sign\n\n" in extract(PAGE.encode(), "text/html", "").text
    assert (await read(site)).text.startswith(SUMMARY)


async def test_robots_txt_holds_for_where_a_redirect_leads_too(site: Site) -> None:
    site.redirect("/story", "/archive/story")
    site.put(PAGE, "/archive/story", Content_Type="text/html")
    site.put("User-agent: *\nDisallow: /archive/", "/robots.txt")
    assert (await read(site)).full_text is FullText.FAILED
    assert site.asked("/archive/story") == []


WALL = "<html><body><article>" + "<p>Subscribe today to continue reading, or sign in with your account.</p>" * 30


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (WALL, {"Content_Type": "text/html"}, 200),
        (f"<html><body><p>{SUMMARY}</p></body></html>", {"Content_Type": "text/html"}, 200),
        (f"<article><h1>Ministers sign</h1><p>{SUMMARY}</p></article>", {"Content_Type": "text/html"}, 200),
        (PAGE, {"Content_Type": "application/pdf"}, 200),
        (PAGE, {"Content_Type": "text/html"}, 402),
        ("", {"Content_Type": "text/html"}, 200),
        ("<div>" * 100_000, {"Content_Type": "text/html"}, 200),
        ("x" * 3_000_000, {"Content_Type": "text/html"}, 200),
    ],
    ids=["paywall", "no more than the feed", "but the headline", "pdf", "402", "nothing", "nesting", "too large"],
)
async def test_where_the_page_does_not_help_the_feeds_text_stands(
    site: Site, body: str, headers: dict[str, str], status: int
) -> None:
    site.put(body, "/story", status, **headers)
    found = await read(site)
    assert (found.full_text, found.text, found.summary) == (FullText.FAILED, SUMMARY, "")


async def test_no_page_leads_inside(site: Site, other_site: Site) -> None:
    """An article's link is the feed's word: it may not reach what only the user can."""
    other_site.put(PAGE, "/story", Content_Type="text/html")
    feed = Feed(url=site.url("/feed"))
    for url in (
        other_site.url("/story"),
        other_site.url("/story", "localhost"),
        "http://169.254.169.254/x",
        "file:///etc/passwd",
    ):
        ((found, _),) = [pair async for pair in full_texts([(article(url), feed)], SETTINGS)]
        assert found.full_text is FullText.FAILED
    assert other_site.requests == []


async def test_a_site_is_asked_for_its_rules_once_and_one_page_at_a_time(site: Site) -> None:
    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(text=PAGE, content_type="text/html")

    site.pages = {f"/{n}": page for n in range(5)}
    feed = Feed(url=site.url("/feed"))
    pairs = [(article(site.url(f"/{n}"), id=str(n)), feed) for n in range(5)]
    found = [pair async for pair in full_texts(pairs, SETTINGS)]
    assert {one.id for one, _ in found if one.full_text is FullText.FETCHED} == set("01234")
    assert len(site.asked("/robots.txt")) == 1
    assert site.busiest == 1


def test_what_is_wanted() -> None:
    short, long = article("https://a.example/1"), article("https://a.example/1", text="word " * 400)
    assert wanted(short, Feed(url="u"))
    assert not wanted(long, Feed(url="u"))
    assert wanted(long, Feed(url="u", full_text="always"))
    assert not wanted(short, Feed(url="u", full_text="never"))
    assert not wanted(replace(short, full_text=FullText.FAILED), Feed(url="u"))
    assert not wanted(replace(short, url=""), Feed(url="u"))
