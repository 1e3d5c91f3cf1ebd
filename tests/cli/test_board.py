"""The board on the command line, printed and exported."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import with_feeds


def stances(text: str) -> dict[str, str]:
    return {row["party"]: row["stance"] for row in json.loads(text)["parties"]}


def test_the_board_is_there_at_once_from_the_seed(place) -> None:
    done = place.run("board", "harbour bridge", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert stances(done.stdout) == {"Norham": "support", "Southby": "oppose"}


def test_without_a_topic_the_json_is_a_list(place) -> None:
    done = place.run("board", "--json")
    assert [board["topic"] for board in json.loads(done.stdout)] == ["Harbour bridge"]


def test_without_a_terminal_watcher_prints_the_board(place) -> None:
    done = place.run()
    assert done.returncode == 0
    assert "Harbour bridge" in done.stdout
    assert "▲ support" in done.stdout
    assert "Norham supports the harbour bridge" in done.stdout
    assert "\x1b" not in done.stdout
    assert not any(line.endswith(" ") for line in done.stdout.splitlines())


def test_colours_only_where_they_are_wanted(place) -> None:
    assert "\x1b[" in place.run("board", env={"FORCE_COLOR": "1"}).stdout
    coloured = place.run("board", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert "\x1b[3" not in coloured.replace("\x1b[3m", "")


def test_before_the_seed_the_board_is_empty(place) -> None:
    assert stances(place.run("board", "Harbour bridge", "--as-of", "2025-02-28", "--json").stdout) == {
        "Norham": None,
        "Southby": None,
    }


@pytest.mark.parametrize("day", ["2025-03-01", "yesterday", "today", "3d"])
def test_a_day_may_be_written_in_several_ways(place, day) -> None:
    assert stances(place.run("board", "Harbour bridge", "--as-of", day, "--json").stdout)["Norham"] == "support"


def test_csv_defuses_formulas(place) -> None:
    text = place.config.read_text().replace('"Norham"', '"=Norham"').replace('["Mayor Ames"]', '["Norham"]')
    place.config.write_text(text)
    done = place.run("board", "--csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["party"] for row in rows] == ["'=Norham", "Southby"]
    assert [row["stance"] for row in rows] == ["support", "oppose"]


def test_markdown_quotes_with_its_special_characters_shown(place) -> None:
    (place.folder / "first.txt").write_text("Norham supports the harbour bridge *[now]*, Mayor Ames said.\n")
    done = place.run("board", "--md")
    assert r"supports the harbour bridge \*\[now\]\*" in done.stdout
    assert "| Norham | ▲ support | 1 Mar 2025 |" in done.stdout


def test_html_stands_alone_and_escapes_what_it_quotes(place) -> None:
    (place.folder / "first.txt").write_text("Norham supports the harbour bridge & <Kyiv>, Mayor Ames said.\n")
    place.run("board", "--html", "-o", "board.html")
    page = (place.folder / "board.html").read_text()
    assert "&amp; &lt;Kyiv&gt;" in page
    assert "<svg" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_files_ending_gives_the_format(place) -> None:
    assert place.run("board", "-o", "board.csv").returncode == 0
    assert (place.folder / "board.csv").read_text().startswith("topic,")
    done = place.run("board", "-o", "board.xyz")
    assert done.returncode == 2
    assert "--json, --csv, --md or --html" in done.stderr


def test_a_file_that_cannot_be_written_is_said(place) -> None:
    done = place.run("board", "--json", "-o", "no/such/folder.json")
    assert done.returncode == 1
    assert done.stderr.startswith("watcher: no/such/folder.json: cannot be written")


def test_what_is_no_plain_file_is_written_to_and_a_link_stays_one(place) -> None:
    (place.folder / "real.json").write_text("old")
    (place.folder / "real.json").chmod(0o640)
    (place.folder / "link.json").symlink_to("real.json")
    assert place.run("board", "--json", "-o", "link.json").returncode == 0
    assert (place.folder / "link.json").is_symlink()
    assert json.loads((place.folder / "real.json").read_text())
    assert (place.folder / "real.json").stat().st_mode & 0o777 == 0o640
    pipe = place.folder / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    assert place.run("board", "--json", "-o", "pipe").returncode == 0
    assert json.loads(reader.communicate(timeout=20)[0])
    assert pipe.is_fifo()
    assert not list(place.folder.glob(".*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk without room")
def test_a_file_without_room_is_told(place) -> None:
    done = place.run("board", "--json", "-o", "/dev/full")
    assert done.returncode == 1
    assert done.stderr == "watcher: /dev/full: cannot be written: No space left on device\n"
    assert Path("/dev/full").is_char_device()


def test_brief_tells_what_changed_and_what_did_not(place) -> None:
    (place.folder / "news.jsonl").write_text(
        json.dumps(
            {
                "url": "https://news.example/1",
                "title": "Southby turns",
                "date": "2025-03-05",
                "text": "Southby now supports the harbour bridge, Mayor Bell said.",
            }
        )
    )
    assert place.run("replay", "news.jsonl").returncode == 0
    changed = place.run("brief", "--since", "3d", "--as-of", "2025-03-06").stdout
    assert "# 4 Mar 2025 to 6 Mar 2025" in changed
    assert "5 Mar 2025: **Southby** oppose → **support**" in changed
    assert "](<https://news.example/1>)" in changed
    assert "No change." in place.run("brief", "--since", "3d", "--as-of", "2025-04-06").stdout
    for since, seen in (("2025-03-05", True), ("2025-03-06", False), ("9999y", True)):
        told = place.run("brief", "--since", since, "--as-of", "2025-03-06")
        assert told.returncode == 0, told.stderr
        assert ("oppose → **support**" in told.stdout) is seen
    assert "# 5 Mar 2025 to 6 Mar 2025" in place.run("brief", "--since", "2025-03-05", "--as-of", "2025-03-06").stdout


@pytest.mark.parametrize(
    ("feeds", "says"),
    [
        ("", "no feeds, so nothing new will come: add [[feeds]] to the config"),
        ("enabled = false", "all feeds are off, so nothing new will come: set enabled = true in the config"),
        ("enabled = true", "no feed was polled yet: watcher poll"),
    ],
)
def test_where_no_feed_was_asked_the_board_says_why_and_what_to_do(place, feeds, says) -> None:
    if feeds:
        with_feeds(place, "http://127.0.0.1:9/feed")
        place.config.write_text(place.config.read_text() + feeds + "\n")
    assert place.run("board").stdout.splitlines()[-1] == says


def test_the_demo_sends_nobody_to_its_feeds(bare) -> None:
    assert bare.run("demo").stdout.splitlines()[-1] == "a board of the past: nothing is polled"
