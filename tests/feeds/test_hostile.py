"""Hostile bodies and servers: each ends as a state, quickly, and takes no other feed with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.feeds.feeds_site import NOW, Site, assert_harmless, beside_a_healthy_feed, item, only, poll, poll_one, rss
from watcher.domain.feed import FeedStatus

if TYPE_CHECKING:
    from pathlib import Path


FAILED = {FeedStatus.NOT_A_FEED, FeedStatus.HTTP_ERROR, FeedStatus.TOO_LARGE, FeedStatus.TIMEOUT}


BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))

BODIES: dict[str, tuple[str | bytes, set[FeedStatus]]] = {
    "a billion laughs": (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{BILLION}]>'
        + rss(item(title="Talks &a11; go on")).partition("?>")[2],
        {FeedStatus.OK},
    ),
    "a quadratic blow-up": (
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]><rss version="2.0"><channel><title>t</title>'
        f"{item(title='&a;' * 50_000)}</channel></rss>",
        {FeedStatus.OK},
    ),
    "deep nesting": (
        rss("<item><title>Deep</title>" + "<b>" * 100_000 + "</b>" * 100_000 + "</item>"),
        FAILED | {FeedStatus.OK},
    ),
    "nothing but nesting": ("<a>" * 100_000, FAILED),
    "sixty thousand attributes": (
        rss("<item " + " ".join(f'a{n}="{n}"' for n in range(60_000)) + "><title>Attributes</title></item>"),
        FAILED | {FeedStatus.OK},
    ),
    "comments without end": (rss("<!--" * 200_000, item()), FAILED | {FeedStatus.OK, FeedStatus.EMPTY}),
    "comments in a title": (rss(item(title="a" + "&lt;!--" * 100_000)), {FeedStatus.OK}),
    "an author flood": (rss(item(author="a@" * 100_000 + " (" + "a" * 100_000)), FAILED | {FeedStatus.OK}),
    "a flood of unclosed items": (rss("<item>" * 100_000), FAILED | {FeedStatus.OK, FeedStatus.EMPTY}),
    "NUL": (rss(item(title="Nul\x00l")), {FeedStatus.OK}),
    "bytes of no encoding": (bytes(range(128, 256)) * 50, FAILED),
    "eleven bytes": (b"hello world", FAILED),
    "nothing": (b"", FAILED),
    "blank": (b" \n \n", FAILED),
    "a page": ("<!DOCTYPE html><html><head><title>Welcome</title></head><body>Hello</body></html>", FAILED),
    "a path": ("/etc/passwd", FAILED),
    "a file URL": ("file:///etc/passwd", FAILED),
    "an http URL": ("http://127.0.0.1:9/feed.xml", FAILED),
    "JSON that is no feed": ('{"error": "not found"}', FAILED),
    "broken JSON": ('{"version": "https://jsonfeed.org/version/1.1", "items": [', FAILED),
    "deep JSON": ("[" * 200_000, FAILED),
    "a huge number": ('{"items": [{"id": ' + "9" * 10_000 + "}]}", FAILED | {FeedStatus.EMPTY}),
    "XML that is no feed": ("<?xml version='1.0'?><urlset><url><loc>x</loc></url></urlset>", FAILED),
    "a cut feed": (rss(item(1), item(2))[:-60], {FeedStatus.OK}),
    "an unknown encoding": (rss(item()).replace("utf-8", "x-klingon"), {FeedStatus.OK}),
    "a transform as encoding": (rss(item()).replace("utf-8", "rot13"), {FeedStatus.OK}),
    "another transform": (rss(item()).replace("utf-8", "zlib_codec"), {FeedStatus.OK}),
    "a dangerous encoding": (rss(item()).replace("utf-8", "unicode_escape"), {FeedStatus.OK}),
    "a stylesheet bomb": ("<?xml-stylesheet " * 100_000, FAILED),
    "doctypes without end": ("<!DOCTYPE a>" * 100_000, FAILED),
    "a doctype that never ends": ("<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * 50_000, FAILED),
    "entities without end": (rss(item(text="&amp;" * 300_000)), {FeedStatus.OK}),
    "nested escaping": (rss(item(title="&amp;" + "amp;" * 200_000)), {FeedStatus.OK}),
    "a namespace flood": (
        "<rss version='2.0' " + " ".join(f"xmlns:n{n}='urn:{n}'" for n in range(20_000))
        + f"><channel>{item()}</channel></rss>",
        FAILED | {FeedStatus.OK},
    ),
    "junk dates": (rss(*(item(n, date=f"{n} of never {n * 7}") for n in range(2_000))), {FeedStatus.OK}),
    "unquoted attributes": ("<rss rss:version=2.0>" + "<a b=c " * 50_000, FAILED),
    "link floods": ("<feed xmlns='http://www.w3.org/2005/Atom'>" + "<link \n" * 100_000, FAILED | {FeedStatus.EMPTY}),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
async def test_a_hostile_body_ends_as_a_state(site: Site, name: str) -> None:
    body, allowed = BODIES[name]
    result = await beside_a_healthy_feed(site, body)
    assert result.state.status in allowed, result.state
    if result.state.status in FAILED:
        assert result.state.error
        assert result.articles == ()
        assert result.state.failures == 1
        assert result.state.etag == result.state.body_hash == ""


async def test_many_hostile_bodies_do_not_hold_up_healthy_feeds(site: Site) -> None:
    """Each of these keeps a parser busy for seconds."""
    slow = "<feed xmlns='http://www.w3.org/2005/Atom'>" + "<link \n" * 180_000
    bad = [site.put(slow + f"<!-- {n} -->", f"/bad{n}") for n in range(4)]
    good = [site.put(rss(item(n)), f"/good{n}") for n in range(10)]
    ends = {result.feed.url: result.state.status for result in await poll(*bad, *good)}
    assert {ends[url] for url in good} == {FeedStatus.OK}
    assert {ends[url] for url in bad} == {FeedStatus.NOT_A_FEED}


ESCAPES = {
    "a colour": ("\x1b[31mRed\x1b[0m line", "Red line"),
    "a reference to ESC": ("&#27;[31mRed&#x1b;[0m", "[31mRed[0m"),
    "a link in the terminal": ("\x1b]8;;http://evil.example\x07click\x1b]8;;\x07", "click"),
    "the clipboard": ("\x1b]52;c;cm0gLXJmIC8=\x07Talks", "Talks"),
    "a device control string": ("\x1bPq#0;2;0;0;0\x1b\\Talks", "Talks"),
    "C1": ("\x9b31mRed", "›31mRed"),
    "a bidirectional override": ("Talks \u202egnp.exe", "Talks gnp.exe"),
    "zero width": ("Uk\u200brai\ufeffne", "Ukraine"),
    "a tower of accents": ("Z" + "\u0335\u0336\u0337\u0338" * 40 + "o", "Z\u0335\u0336\u0337o"),
    "newlines": ("One\r\ntwo\n\n three\u2028four", "One two three four"),
    "Rich markup": ("[bold red]Talks[/bold red] [not] held", "[bold red]Talks[/bold red] [not] held"),
    "a shell": ("$(rm -rf ~) `id` ; | && talks", "$(rm -rf ~) `id` ; | && talks"),
    "a formula": ("=HYPERLINK(1)+cmd|' /C calc'!A0", "=HYPERLINK(1)+cmd|' /C calc'!A0"),
    "a format string": ("%s %n {0} {article.id}", "%s %n {0} {article.id}"),
    "tags": ("<b>Minister</b> <script>alert(1)</script>meets <Kyiv>", "Minister meets <Kyiv>"),
    "escaped twice": ("AT&amp;amp;T &amp;quot;deal&amp;quot;", 'AT&T "deal"'),
}


@pytest.mark.parametrize("name", ESCAPES)
async def test_what_a_title_holds_is_shown_letter_for_letter_in_one_row(site: Site, name: str) -> None:
    title, shown = ESCAPES[name]
    as_json = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "url": "https://a.example/1", "title": title}],
    }
    result = await poll_one(site.put(json.dumps(as_json)))
    if "reference" not in name:
        assert only(result).title == shown
    as_rss = (
        title if name in {"a reference to ESC", "escaped twice"} else title.replace("&", "&amp;").replace("<", "&lt;")
    )
    result = await poll_one(site.put(rss(item(title=as_rss)), "/rss"))
    assert_harmless(only(result).title)
    assert "\x1b" not in only(result).document


async def test_links_are_http_or_nothing(site: Site) -> None:
    links = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ssh://host",
        "//news.example/x",
        "/y z",
        "http://[bad",
    ]
    result = await poll_one(site.put(rss(*(item(n, link=link) for n, link in enumerate(links)))))
    found = [article.url for article in result.articles]
    assert found == ["", "", "", "", "http://news.example/x", site.url("/y%20z"), ""]


async def test_no_entity_is_opened_or_fetched(site: Site, other_site: Site, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the-secret-words")
    dtd = other_site.put("<!ENTITY stolen 'x'>", "/evil.dtd")
    for document in (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>{rss(item(title="A &x; b")).partition("?>")[2]}',
        f'<!DOCTYPE rss SYSTEM "{dtd}">{rss(item(title="A b")).partition("?>")[2]}',
        f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{dtd}"> %p;]>{rss(item(title="A &stolen; b")).partition("?>")[2]}',
        f'<?xml version="1.0"?><?xml-stylesheet href="{dtd}"?>{rss(item(title="A b")).partition("?>")[2]}',
        rss(item(title="A b"), head=f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{dtd}'/>"),
    ):
        result = await poll_one(site.put(document))
        assert only(result).title.startswith("A ")
        assert "secret" not in only(result).document
    assert other_site.requests == []


async def test_one_bad_byte_leaves_a_cyrillic_feed_readable(site: Site) -> None:
    body = rss(*(item(n, title=f"Переговори про угоду {n}") for n in range(5))).encode()
    body = body.replace("угоду 3".encode(), b"\xffugodu 3")
    titles = [article.title for article in (await poll_one(site.put(body))).articles]
    assert titles[0] == "Переговори про угоду 0"
    assert titles[4] == "Переговори про угоду 4"
    assert "Переговори" in titles[3]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "windows-1251", "koi8-r"])
async def test_encodings_with_and_without_their_marks(site: Site, encoding: str) -> None:
    body = rss(item(title="Переговори про угоду"))
    if encoding.startswith("utf"):
        body = body.replace('encoding="utf-8"', "")
    else:
        body = body.replace("utf-8", encoding).replace("і", "i")
    assert only(await poll_one(site.put(body.encode(encoding)))).title == "Переговори про угоду"


async def test_an_encoding_that_lies_is_seen_through(site: Site) -> None:
    title = "Переговоры о сделке по редким металлам"
    as_1251 = rss(item(title=title, text=title * 3)).encode("windows-1251")
    assert only(await poll_one(site.put(as_1251))).title == title  # says it is UTF-8
    as_utf8 = rss(item(title=title)).replace("utf-8", "windows-1252").encode()
    assert only(await poll_one(site.put(as_utf8))).title == title
    typed = site.put(rss(item(title=title)), Content_Type="text/xml; charset=iso-8859-1")
    assert only(await poll_one(typed)).title == title


async def test_ten_thousand_items_with_one_guid_are_ten_thousand_articles(site: Site) -> None:
    body = rss(*(f"<item><title>Round {n}</title><guid>same</guid></item>" for n in range(10_000)))
    first = await poll_one(site.put(body))
    assert len({article.id for article in first.articles}) == 10_000
    again = await poll_one(site.url(), full=True)
    assert {article.id for article in again.articles} == {article.id for article in first.articles}


async def test_items_without_guid_or_link_have_ids_of_their_words(site: Site) -> None:
    body = rss(*(f"<item><title>Round {n}</title></item>" for n in range(50)))
    assert len({article.id for article in (await poll_one(site.put(body))).articles}) == 50


async def test_another_feeds_guid_is_another_article(site: Site) -> None:
    one, two = await poll(site.put(rss(item(1)), "/one"), site.put(rss(item(1)), "/two"))
    assert only(one).id != only(two).id


@pytest.mark.parametrize(
    "date",
    ["Wed, 01 Jan 0000 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z",
     "Sun, 02 Mar 2025 12:00:00 GMT", "never", "", "9" * 5_000],
)  # fmt: skip
async def test_an_impossible_date_is_the_time_of_first_sight_and_marked(site: Site, date: str) -> None:
    article = only(await poll_one(site.put(rss(item(date=date)))))
    assert (article.published, article.dated, article.first_seen) == (NOW, False, NOW)


async def test_a_day_first_date_is_read(site: Site) -> None:
    article = only(await poll_one(site.put(rss(item(date="26-02-2025")))))
    assert (article.published.date().isoformat(), article.dated) == ("2025-02-26", True)


async def test_a_clock_that_is_minutes_ahead_is_no_future(site: Site) -> None:
    article = only(await poll_one(site.put(rss(item(date="Sat, 01 Mar 2025 12:05:00 GMT")))))
    assert (article.published, article.dated) == (NOW, True)
