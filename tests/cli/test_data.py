"""Polling, replaying, importing, exporting, and the first config of one's own."""

from __future__ import annotations

import csv
import gzip
import io
import json
import signal
from xml.etree import ElementTree as ET

import feedparser
import pytest

from tests.cli.conftest import bound, forbidden, with_feeds
from watcher.config import load

NEWS = [
    {
        "url": "https://news.example/1",
        "title": "Bridge",
        "date": "2025-03-05",
        "text": "Southby supports the harbour bridge.",
    },
    {"url": "https://news.example/2", "title": "Weather", "date": "2025-03-06", "text": "It rains."},
]


def replay(place, lines=NEWS, *arguments: str):
    (place.folder / "news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return place.run("replay", "news.jsonl", *arguments)


def stance(place, party: str, *arguments: str) -> str | None:
    board = json.loads(place.run("board", "Harbour bridge", "--json", *arguments).stdout)
    return next(row["stance"] for row in board["parties"] if row["party"] == party)


def test_a_poll_brings_news_onto_the_board(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good", f"{feed_server}/missing")
    assert stance(place, "Southby") == "oppose"
    done = place.run("poll", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert {feed["name"]: feed["state"] for feed in report["feeds"]} == {"Feed 1": "ok", "Feed 2": "http_error"}
    assert (report["new_articles"], report["matched"]) == (1, 1)
    assert stance(place, "Southby") == "support"


def test_a_poll_from_cron_is_quiet(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good", f"{feed_server}/missing")
    done = place.run("poll")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_on_demand_it_tells_what_came(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good", f"{feed_server}/missing")
    done = place.run("poll", "--progress")
    assert done.stdout == ""
    assert "2 feeds" in done.stderr
    assert "1 new article" in done.stderr
    assert "Feed 2" in done.stderr


def test_a_poll_fails_only_if_every_feed_failed(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/missing")
    done = place.run("poll")
    assert done.returncode == 1
    assert done.stderr.startswith("watcher: every feed failed; the first, Feed 1: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("userinfo", "shown"), [("me:a:b@c", "me:***"), (":hush", ":***"), ("me", "me")])
def test_a_feeds_password_is_used_and_not_told(place, feed_server, userinfo, shown) -> None:
    with_feeds(place, f"{feed_server}/good".replace("//", f"//{userinfo}@"))
    told = place.run("poll", "--json"), place.run("doctor", "--json"), place.run("poll", "--full", "--verbose")
    assert [done.returncode for done in told] == [0, 0, 0]
    for done in told[:2]:
        (feed,) = json.loads(done.stdout)["feeds"]
        assert feed["url"] == f"{feed_server}/good".replace("//", f"//{shown}@")
    for secret in ("a:b", "b@c", "hush"):
        assert secret not in "".join(done.stdout + done.stderr for done in told)


def test_polling_goes_on_until_interrupted(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good")
    process = place.start("poll", "--every", "1s", "--full", "--json")
    reports = [json.loads(process.stdout.readline()) for _ in range(2)]
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip() == ""
    assert [report["new_articles"] for report in reports] == [1, 0]


def test_a_config_that_changes_between_polls_is_live_and_a_broken_one_is_told(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good")
    process = place.start("poll", "--every", "2s", "--full", "--json")
    first = json.loads(process.stdout.readline())
    with_feeds(place, f"{feed_server}/good", f"{feed_server}/missing")
    reports = [json.loads(process.stdout.readline()) for _ in range(2)]
    place.config.write_text("broken")
    process.stdout.readline()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert len(first["feeds"]) == 1
    assert len(reports[-1]["feeds"]) == 2
    assert "not TOML" in err


def test_doctor_says_what_is_wrong_and_what_to_do(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good", f"{feed_server}/missing")
    done = place.run("doctor")
    assert done.returncode == 1
    assert "http error 404" in done.stdout
    assert "open the address in a browser" in " ".join(done.stdout.split())
    assert str(place.config) in done.stdout
    told = json.loads(place.run("doctor", "--json").stdout)
    assert [feed["state"] for feed in told["feeds"]] == ["ok", "http_error"]
    assert told["feeds"][0]["items"] == 1
    assert told["data"]["bytes"] is None


def test_doctor_says_that_a_feed_which_is_polled_no_more_is_back(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good", f"{feed_server}/back")
    assert [feed["state"] for feed in json.loads(place.run("poll", "--json").stdout)["feeds"]].count("gone") == 1
    done = place.run("doctor", "--json")
    assert done.returncode == 0
    good, back = json.loads(done.stdout)["feeds"]
    assert (good["advice"], back["state"]) == (None, "ok")
    assert "press r on it among the feeds" in back["advice"]
    assert "gone and is back" in " ".join(place.run("doctor").stdout.split())


def test_doctor_tells_no_answer_from_a_refusal(place) -> None:
    with_feeds(place, "http://127.0.0.1:1/nobody")
    told = " ".join(place.run("doctor").stdout.split())
    assert "no answer" in told
    assert "is this machine online?" in told
    assert "refuses programs" not in told


def test_check_and_doctor_say_that_a_config_without_feeds_brings_nothing(place) -> None:
    assert "No [[feeds]] in it" in place.run("doctor").stdout
    with_feeds(place)
    assert "No [[feeds]] in it" in place.run("check").stdout


def test_doctor_reads_what_is_stored_through(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good")
    replay(place)
    done = place.run("doctor", "--json")
    assert done.returncode == 0
    data = json.loads(done.stdout)["data"]
    assert data["bytes"] > 0
    assert data["problems"] == []
    for path in place.home.rglob("*.jsonl"):
        path.write_bytes(path.read_bytes().replace(b"Norham", b"Mayham", 1))
    done = place.run("doctor", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["data"]["problems"]


def test_an_archive_moves_the_board_of_its_days(place) -> None:
    done = replay(place)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stance(place, "Southby", "--as-of", "2025-03-04") == "oppose"
    assert stance(place, "Southby", "--as-of", "2025-03-05") == "support"


def test_a_compressed_archive_is_read(place) -> None:
    with gzip.open(place.folder / "news.jsonl.gz", "wt") as file:
        file.write(json.dumps(NEWS[0]) + "\n")
    assert place.run("replay", "news.jsonl.gz").returncode == 0
    assert stance(place, "Southby") == "support"


def test_bad_lines_of_an_archive_are_told_and_the_rest_is_read(place) -> None:
    done = replay(place, [{"title": "harbour bridge", "text": "no date"}, NEWS[0]])
    assert done.returncode == 1
    assert done.stderr == "watcher: news.jsonl:1: no date; an archive's lines need one; skipped\n"
    assert stance(place, "Southby") == "support"


def test_articles_that_are_exported_can_be_replayed_elsewhere(place, tmp_path) -> None:
    replay(place)
    assert place.run("export", "--articles", "-o", "all.jsonl").returncode == 0
    assert place.run("--data", str(tmp_path / "other"), "replay", "all.jsonl").returncode == 0
    assert stance(place, "Southby", "--data", str(tmp_path / "other")) == "support"


def test_everything_goes_out_and_into_another_store_as_it_was(place, tmp_path) -> None:
    replay(place)
    other = str(tmp_path / "other")
    assert place.run("export", "-o", "all.jsonl").returncode == 0
    lines = (place.folder / "all.jsonl").read_text().splitlines()
    assert {json.loads(line)["kind"] for line in lines} >= {"article", "reading", "meta"}
    assert place.run("--data", other, "replay", "all.jsonl").returncode == 0
    again = place.run("--data", other, "export").stdout.splitlines()
    assert sorted(again) == sorted(lines)


def test_statements_as_lines_and_as_a_table(place) -> None:
    replay(place)
    lines = [json.loads(line) for line in place.run("export", "--statements").stdout.splitlines()]
    assert [(one["party"], one["stance"]) for one in lines] == [
        ("Norham", "support"),
        ("Southby", "oppose"),
        ("Southby", "support"),
    ]
    rows = list(csv.DictReader(io.StringIO(place.run("export", "--statements", "--csv").stdout)))
    assert [row["article.url"] for row in rows] == ["", "", "https://news.example/1"]
    since = place.run("export", "--statements", "--since", "2025-03-02").stdout
    assert len(since.splitlines()) == 1


def test_shifts_are_an_atom_feed_that_readers_take(place) -> None:
    replay(place)
    text = place.run("export", "--shifts", "--atom").stdout
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.entries[0].title == "Harbour bridge: Southby oppose → support"
    assert feed.entries[0].link == "https://news.example/1"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    root = ET.fromstring(text)
    for element in [root, *root.findall("{http://www.w3.org/2005/Atom}entry")]:
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{{http://www.w3.org/2005/Atom}}{name}"), "required by RFC 4287"
    assert text == place.run("export", "--shifts", "--atom").stdout, "the same shifts, the same ids"


def test_init_writes_a_config_of_ones_own_and_never_over_one(bare) -> None:
    first = bare.run("init")
    assert first.returncode == 0
    [config] = bare.home.rglob("config.toml")
    assert str(config) in first.stdout
    settings = load(config)
    assert len(settings.topics) >= 3
    assert (config.parent / config.read_text().splitlines()[0].removeprefix("#:schema ")).is_file()
    config.write_text(config.read_text() + "\n# mine\n")
    again = bare.run("init")
    assert again.returncode == 0
    assert "stays as it is" in again.stdout
    assert config.read_text().endswith("# mine\n")
    assert json.loads(bare.run("board", "--json").stdout)[0]["topic"] == settings.topics[0].name


def test_init_may_write_elsewhere(bare) -> None:
    assert bare.run("--config", "mine/watch.toml", "init").returncode == 0
    assert bare.run("--config", "mine/watch.toml", "check").returncode == 0


OPML = """<?xml version="1.0"?><opml version="1.1"><head><title>x</title></head><body>
<outline text="News"><outline text="One &amp; only" type="rss" xmlUrl="https://one.example/feed?a=1&b=2"/>
<outline text="Europe"><outline title="Two" xmlurl="http://two.example/rss" category="eu,/politics"/></outline>
</outline>
<outline text="No address"/><outline text="Odd" xmlUrl="javascript:alert(1)"/>
<outline text="Two" xmlUrl="feed://three.example/rss"/>
</body></opml>"""


def test_another_readers_feeds_are_added_folders_as_tags(place) -> None:
    (place.folder / "feeds.opml").write_text(OPML)
    before = place.config.read_text()
    assert place.run("import", "feeds.opml").returncode == 0
    feeds = load(place.config).feeds
    assert [(feed.name, feed.url) for feed in feeds] == [
        ("One & only", "https://one.example/feed?a=1&b=2"),
        ("Two", "http://two.example/rss"),
        ("Two (2)", "https://three.example/rss"),
    ]
    assert [feed.tags for feed in feeds] == [("News",), ("News", "Europe", "eu", "politics"), ()]
    assert place.config.read_text().startswith(before.rstrip()), "what was there stays, comments and all"
    assert "0 added" in place.run("import", "feeds.opml").stderr


def test_a_config_that_is_linked_to_and_has_windows_line_ends_stays_so(place) -> None:
    (place.folder / "feeds.opml").write_text(OPML)
    before = b"\xef\xbb\xbf" + place.config.read_bytes().replace(b"\n", b"\r\n")
    (place.folder / "dotfiles.toml").write_bytes(before)
    place.config.unlink()
    place.config.symlink_to("dotfiles.toml")
    assert place.run("import", "feeds.opml").returncode == 0
    assert place.config.is_symlink()
    assert (place.folder / "dotfiles.toml").read_bytes().startswith(before.rstrip())
    assert len(load(place.config).feeds) == 3


def test_feeds_that_stand_in_a_list_are_not_added_to(place) -> None:
    (place.folder / "feeds.opml").write_text(OPML)
    place.config.write_text('feeds = [{ url = "https://zero.example/rss" }]\n' + place.config.read_text())
    before = place.config.read_text()
    done = place.run("import", "feeds.opml")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "its feeds stand in a list" in done.stderr
    assert place.config.read_text() == before


@bound
def test_a_config_that_may_not_be_written_is_told(place) -> None:
    (place.folder / "feeds.opml").write_text(OPML)
    assert place.run("--data", str(place.home / "data"), "board").returncode == 0
    with forbidden(place.folder, 0o500):
        done = place.run("--data", str(place.home / "data"), "import", "feeds.opml", bound=True)
    assert (done.returncode, done.stderr) == (1, f"watcher: {place.config}: cannot be written: Permission denied\n")


def test_feeds_go_out_and_come_back(place) -> None:
    (place.folder / "feeds.opml").write_text(OPML)
    place.run("import", "feeds.opml")
    place.run("export", "--opml", "-o", "out.opml")
    feeds = load(place.config).feeds
    with_feeds(place)
    place.run("import", "out.opml")
    assert {feed.url: set(feed.tags) for feed in load(place.config).feeds} == {
        feed.url: set(feed.tags) for feed in feeds
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not xml", "not OPML"),
        ("<opml><head/></opml>", "has no body"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><opml><body><outline text="&a;"/></body></opml>', "declares entities"),
    ],
)
def test_what_is_no_opml_changes_nothing(place, text, says) -> None:
    (place.folder / "feeds.opml").write_text(text)
    before = place.config.read_text()
    done = place.run("import", "feeds.opml")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert says in done.stderr
    assert place.config.read_text() == before


def test_the_config_that_comes_with_it_is_not_written_to(bare) -> None:
    (bare.folder / "feeds.opml").write_text(OPML)
    done = bare.run("import", "feeds.opml")
    assert done.returncode == 2
    assert "watcher init" in done.stderr


def test_check_points_at_wording_that_does_not_work(place) -> None:
    text = place.config.read_text().replace('"Mayor Bell"', '"Mayor Bell", "Mayor Ames", "Nobody"')
    place.config.write_text(text.replace('"bridge agreement"]', '"bridge agreement", "tunnel"]'))
    many = [
        {
            "title": f"Bridge {n}",
            "date": "2025-03-02",
            "text": f"Norham praised the harbour bridge and the bridge accord {n}.",
        }
        for n in range(25)
    ]
    replay(place, many)
    done = place.run("check")
    assert done.returncode == 0
    assert '"Mayor Ames" stands for Norham and for Southby' in done.stdout
    assert '"tunnel": in none of 26 articles' in done.stdout
    assert "Nobody" in done.stdout
    assert "26 articles stored" in done.stdout


def test_check_knows_the_screens_keys_and_themes(place) -> None:
    config = place.config.read_text()
    place.config.write_text(config + '\n[keys]\nfliter = "x"\n')
    done = place.run("check")
    assert (done.returncode, done.stdout) == (2, "")
    line = config.count("\n") + 2
    assert done.stderr.endswith(f"config.toml:{line}: keys: no command is called fliter; did you mean filter?\n")
    place.config.write_text('theme = "watcher-dya"\n' + config)
    assert 'No theme is called "watcher-dya"; did you mean "watcher-day"?' in place.run("check").stdout
    place.config.write_text('theme = "watcher-day"\n' + config + '\n[keys]\nfilter = "x"\n')
    done = place.run("check")
    assert (done.returncode, "theme" in done.stdout) == (0, False)


def test_what_polls_did_is_noted_and_said_on_demand(place, feed_server) -> None:
    with_feeds(place, f"{feed_server}/good", f"{feed_server}/missing")
    done = place.run("--data", "data", "poll", "--verbose")
    assert "watcher: Feed 1: ok, 1 new" in done.stderr
    assert "watcher: Feed 2: http error" in done.stderr
    noted = (place.folder / "data" / "poll.log").read_text()
    assert "Feed 2: http error" in noted
    assert "shift: Harbour bridge: Southby oppose to support" in noted
    assert place.run("--data", "data", "board").returncode == 0
