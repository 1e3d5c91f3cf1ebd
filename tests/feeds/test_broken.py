"""Feeds as they should not be written: what the fast parser misreads, what both lose, and what is said of the rest."""

from __future__ import annotations

import json

import pytest

from tests.feeds.feeds_site import NOW, Site, item, only, poll_one, rss
from watcher.domain.feed import FeedStatus

THREE = rss(item(1), item(2), item(3))
ROUNDS = [f"Envoys meet for round {n}" for n in (1, 2, 3)]


@pytest.mark.parametrize("tag", ["</title>", "</link>", "</guid>", "</pubDate>", "</description>", "</item>"])
@pytest.mark.parametrize("times", [1, 3])
async def test_a_missing_end_tag_costs_no_item(site: Site, tag: str, times: int) -> None:
    head, first, items = THREE.partition("<item>")
    result = await poll_one(site.put(head + first + items.replace(tag, "", times)))
    assert [article.title for article in result.articles] == ROUNDS
    assert all(article.text for article in result.articles)


@pytest.mark.parametrize(
    "body",
    [
        " \n\n" + THREE,
        "\ufeff\n" + THREE,
        "<br />\n<b>Warning</b>: Undefined index in <b>/feed.php</b> on line <b>3</b><br />\n" + THREE,
        "Content-Type: text/xml\r\n\r\n" + THREE,
        "<!-- cached -->" + THREE,
        "<!DOCTYPE html>" + THREE.partition("?>")[2],
        THREE.replace('version="2.0">', "version=2.0>"),
        THREE.replace("<channel>", '<channel a="1" a="2">'),
        THREE.replace("<item>", "<rss:item>").replace("</item>", "</rss:item>"),
        THREE.upper().replace("ENVOYS MEET FOR ROUND", "Envoys meet for round"),
        THREE + "<script>1</script>",
        THREE[:-40],
    ],
)
async def test_what_is_around_and_wrong_in_a_feed_costs_no_item(site: Site, body: str) -> None:
    result = await poll_one(site.put(body))
    assert [article.title for article in result.articles] == ROUNDS, result.state


async def test_elements_within_a_title_or_text_do_not_end_it(site: Site) -> None:
    article = only(await poll_one(site.put(rss(item(title="Big <em>news</em> today", text="The <b>envoys</b> met.")))))
    assert (article.title, article.text) == ("Big news today", "The envoys met.")


@pytest.mark.parametrize("name", ["media:title", "itunes:title"])
async def test_another_vocabularys_title_is_not_the_items(site: Site, name: str) -> None:
    spaces = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    body = rss(item().replace("<item>", f"<item><{name} {spaces}>Photo</{name}>"))
    assert only(await poll_one(site.put(body))).title == "Envoys meet for round 1"


@pytest.mark.parametrize("name", ["media:title", "itunes:title"])
async def test_it_is_where_there_is_no_other(site: Site, name: str) -> None:
    spaces = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    body = rss(item(title="-").replace("<title>-</title>", f"<{name} {spaces}>On the quay</{name}>"))
    assert only(await poll_one(site.put(body))).title == "On the quay"


@pytest.mark.parametrize(
    ("guid", "link"),
    [
        ("<guid>17</guid>", ""),
        ("<guid>post 17 of this/that</guid>", ""),
        ('<guid isPermaLink="true">seventeen</guid>', ""),
        ('<guid isPermaLink="false">/news/17</guid>', ""),
        ("<guid>/news/17</guid>", "/news/17"),
        ("<guid>https://a.example/17</guid>", "https://a.example/17"),
        ("<link>seventeen</link><guid>seventeen</guid>", "/seventeen"),
    ],
)
async def test_a_guid_is_a_link_only_if_it_looks_like_one(site: Site, guid: str, link: str) -> None:
    body = rss(f"<item><title>On the quay</title>{guid}<description>Some words.</description></item>")
    expected = site.url(link) if link.startswith("/") else link
    assert only(await poll_one(site.put(body))).url == expected


async def test_a_text_whose_prefix_is_not_declared_is_read(site: Site) -> None:
    body = rss(
        item(text="Short.").replace("</item>", "<content:encoded>The whole text is longer.</content:encoded></item>")
    )
    assert only(await poll_one(site.put(body))).text == "The whole text is longer."


async def test_links_start_from_xml_base(site: Site) -> None:
    entry = (
        '<entry xml:base="news/"><id>1</id><title>T</title><link href="story"/><updated>2025-03-01T10:00:00Z</updated>'
    )
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/"><title>N</title>{entry}'
    atom += "<summary>Some words.</summary></entry></feed>"
    assert only(await poll_one(site.put(atom))).url == "https://a.example/x/news/story"
    body = rss(item(link="story")).replace("<channel>", '<channel xml:base="https://a.example/x/">')
    assert only(await poll_one(site.put(body))).url == "https://a.example/x/story"


@pytest.mark.parametrize(
    ("written", "link"),
    [
        (
            "https://a.example/?a=1&amp;section=x&amp;copy=3&amp;times=2",
            "https://a.example/?a=1&section=x&copy=3&times=2",
        ),
        ("https://a.example/?a=1&section=x&not=3", "https://a.example/?a=1&section=x&not=3"),
        ("https://a.example/?a=1&amp;amp;b=2", "https://a.example/?a=1&b=2"),
        ("https://a.example/a\n b", "https://a.example/a%20b"),
        ("https://a.example/\u202e\u200bx", "https://a.example/x"),
        ('<![CDATA[https://a.example/<b>"]]>', "https://a.example/%3Cb%3E%22"),
        ("https://a.example/" + "a" * 5_000, ""),
        ("java\nscript:alert(1)", ""),
    ],
)
async def test_links_are_what_was_written(site: Site, written: str, link: str) -> None:
    body = rss(item(link=written))
    assert only(await poll_one(site.put(body))).url == link


async def test_many_dates_in_an_odd_form_are_all_read(site: Site) -> None:
    dates = [f"Seg, {n % 28 + 1:02d} Set 2018 19:{n % 60:02d}:40 -0300" for n in range(120)]
    result = await poll_one(site.put(rss(*(item(n, date=date) for n, date in enumerate(dates)))))
    assert [article.dated for article in result.articles] == [True] * 120
    assert {article.published.year for article in result.articles} == {2018}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<meta http-equiv='refresh' content='0;url=/'><title>Moved</title>", "web page, not a feed (Moved)"),
        ("<script>location = '/login'</script>", "web page"),
        ("<div>Not found</div>", "web page"),
        ("<html><body>" + THREE.partition("?>")[2] + "</body></html>", "web page"),
        ("<Error><Code>AccessDenied</Code></Error>", "neither RSS nor Atom"),
        (rss("<item></item>", "<item><pubDate>Sat, 01 Mar 2025 10:00:00 GMT</pubDate></item>"), "none of its items"),
    ],
)
async def test_what_is_no_feed_is_said(site: Site, body: str, words: str) -> None:
    state = (await poll_one(site.put(body))).state
    assert state.status is FeedStatus.NOT_A_FEED
    assert words in state.error


async def test_json_feeds_of_all_sorts(site: Site) -> None:
    items = [
        {"id": 1, "url": "/1", "title": "Number", "date_published": "2025-02-26T10:00:00Z"},
        {"id": None, "url": None, "title": None, "content_html": None, "summary": "Nothing but a summary"},
        {"id": "3", "title": "Line\nbreak", "content_text": "One.\n\nTwo.", "date_published": 1740564000},
        {"id": "4", "title": ["no"], "external_url": "https://b.example/4", "date_published": "never"},
        {"id": "https://c.example/5", "title": "Id"},
        "junk",
    ]
    written = json.dumps({"version": "https://jsonfeed.org/version/1", "title": None, "items": items})
    result = await poll_one(site.put(written.replace("\\n", "\n")))
    found = [(article.title, article.url, article.dated) for article in result.articles]
    assert found == [
        ("Number", site.url("/1"), True),
        ("Nothing but a summary", "", False),
        ("Line break", "", True),
        ("https://b.example/4", "https://b.example/4", False),
        ("Id", "https://c.example/5", False),
    ]
    assert result.articles[2].published.isoformat() == "2025-02-26T10:00:00+00:00"
    assert result.articles[3].published == NOW
