"""OPML as other readers write it, and as it goes out."""

from __future__ import annotations

import pytest

from watcher.cli.opml import feeds_opml, read_opml
from watcher.domain.feed import Feed

LIST = '<?xml version="1.0" encoding="{}"?><opml version="1.0"><body>{}</body></opml>'
ONE = '<outline text="{}" xmlUrl="https://a.example/feed?a=1&amp;b=2"/>'


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (LIST.format("windows-1251", ONE.format("Новости")).encode("cp1251"), "Новости"),
        (LIST.format("utf-16", ONE.format("Новости")).encode("utf-16"), "Новости"),
        (LIST.format("utf-8", ONE.format("Café")).encode("latin-1"), "Café"),
        (b"\n\n" + LIST.format("utf-8", ONE.format("A&nbsp;&amp; B")).encode(), "A & B"),
        (LIST.format("utf-8", ONE.format("A\x0bB&#27;")).replace("&amp;", "&").encode(), "AB"),
    ],
)
def test_what_other_readers_write_is_read(raw: bytes, name: str) -> None:
    (feed,) = read_opml(raw)
    assert (feed.name, feed.url) == (name, "https://a.example/feed?a=1&b=2")


def test_folders_within_folders_without_end_are_refused() -> None:
    nested = "<outline text='a'>" * 5_000 + ONE + "</outline>" * 5_000
    with pytest.raises(ValueError, match="nested too deeply"):
        read_opml(LIST.format("utf-8", nested).encode())


def test_a_tag_with_a_comma_comes_back_as_one() -> None:
    feeds = [Feed(url="https://a.example/", name='A "b" <c>', tags=("News, EU", "energy"))]
    (feed,) = read_opml(feeds_opml(feeds).encode())
    assert feed.tags == ("News, EU", "energy")


def body(outlines: str) -> bytes:
    return LIST.format("utf-8", outlines).encode()


def test_all_folders_that_a_feed_is_in_are_its_tags() -> None:
    one = ONE.format("A")
    (feed,) = read_opml(body(f'<outline text="World">{one}</outline><outline text="Morning">{one}</outline>'))
    assert feed.tags == ("World", "Morning")


def test_tags_of_any_kind_come_back() -> None:
    feeds = [Feed(url=f"https://a.example/{n}", name=f"A{n}", tags=tags) for n, tags in enumerate(TAGS)]
    found = read_opml(feeds_opml(feeds).encode())
    assert {feed.url: set(feed.tags) for feed in found} == {feed.url: set(feed.tags) for feed in feeds}
    assert [feed.tags[:1] for feed in sorted(found, key=lambda feed: feed.url)] == [tags[:1] for tags in TAGS]


TAGS = [("World", "Arts, letters", "energy"), ("A/B", "/C/", "D/E"), (), ("Arts, letters",), ("energy", "World")]


@pytest.mark.parametrize(
    ("outline", "says"),
    [
        ('<outline type="rss" text="B" htmlUrl="https://b.example/"/>', '"B" has no xmlUrl'),
        ('<outline type="link" text="B" url="https://b.example/feed"/>', '"B" has no xmlUrl'),
        ('<outline text="B" xmlUrl="b.example/feed"/>', "b.example/feed"),
        ('<outline text="B" xmlUrl="ftp://b.example/feed"/>', "ftp://b.example/feed"),
        ('<outline text="B" xmlUrl="https://b.example:99999/"/>', "https://b.example:99999/"),
        ('<outline text="B" xmlUrl="https://b.example/&#x9b;31m&#x202e;/"/>', "https://b.example/"),
    ],
)
def test_a_feed_that_cannot_be_taken_is_told_and_the_rest_is_there(place, outline: str, says: str) -> None:
    (place.folder / "feeds.opml").write_bytes(body(outline + ONE.format("A")))
    done = place.run("import", "feeds.opml")
    assert done.returncode == 0
    told, added = done.stderr.splitlines()
    assert says in told
    assert told.endswith("; left out")
    assert added.startswith("1 added to ")
    assert done.stderr.replace("\n", "").isprintable()


def test_folders_and_notes_are_not_missed() -> None:
    told: list[str] = []
    assert read_opml(body('<outline text="Empty folder"/><outline text="Note" type="text"/>'), told.append) == []
    assert told == []


def test_an_address_is_there_once_however_its_host_is_written(place) -> None:
    same = ("https://A.example", "HTTPS://a.example/", "feed://a.example/")
    other = ("https://b.example/Feed", "https://b.example/feed")
    outlines = "".join(f'<outline text="F{n}" xmlUrl="{url}"/>' for n, url in enumerate((*same, *other)))
    (place.folder / "feeds.opml").write_bytes(body(outlines))
    assert place.run("import", "feeds.opml").stderr.startswith("3 added")
    assert place.run("import", "feeds.opml").stderr.startswith("0 added")
    assert place.run("check").returncode == 0


@pytest.mark.parametrize(
    "written",
    [
        LIST.format("utf-8", ONE.format("A"))
        .replace("opml", "OPML")
        .replace("body", "BODY")
        .replace("outline", "OUTLINE"),
        LIST.format("utf-8", ONE.format("A")).replace("<opml ", '<opml xmlns="http://opml.org/spec2" '),
    ],
    ids=["capitals", "a namespace"],
)
def test_names_of_elements_are_read_as_any_reader_writes_them(written: str) -> None:
    assert [feed.name for feed in read_opml(written.encode())] == ["A"]


def test_a_web_page_is_no_opml() -> None:
    with pytest.raises(ValueError, match="it begins with <html>"):
        read_opml(b"<html><body><p>Not found</p></body></html>")
