"""`analyze` and `explain`: the detector alone on texts of any kind."""

from __future__ import annotations

import gzip
import json

import pytest

LINES = [
    {"id": "a", "title": "Bridge", "text": "Norham rejected the harbour bridge.", "date": "2025-03-05", "source": "P"},
    {"id": 7, "title": "Weather", "text": "It rains in Norham."},
    {"id": "c", "title": "No topic words", "text": "Southby supports the bridge agreement."},
]


def jsonl(lines) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_a_line_an_article_in_their_order(place) -> None:
    done = place.run("analyze", "--topic", "HARBOUR bridge", "--jsonl", "-", "--json", stdin=jsonl(LINES))
    assert (done.returncode, done.stderr) == (0, "")
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert [one["id"] for one in (first, second, third)] == ["a", "7", "c"]
    assert first["topic"] == "Harbour bridge"
    assert first["matched"] is True
    assert {"stance": "oppose", "voice": "own"}.items() <= first["parties"]["Norham"].items()
    assert set(first["parties"]["Norham"]) == {"stance", "voice", "divided", "conditions", "confidence"}
    [statement] = first["statements"]
    document = "Bridge\n\nNorham rejected the harbour bridge."
    assert document[statement["start"] : statement["end"]] == statement["sentence"]
    assert statement["article"]["published"] == "2025-03-05T00:00:00Z"
    assert second["parties"] == {}
    assert third["matched"] is False
    assert third["parties"]["Southby"]["stance"] == "support", "read whether or not the query matches"


def test_packed_files_are_unpacked_and_one_cut_short_is_told(place) -> None:
    packed = gzip.compress(jsonl(LINES).encode())
    (place.folder / "lines").write_bytes(packed)
    done = place.run("analyze", "--topic", "Harbour bridge", "--jsonl", "--json", "lines")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 3)
    (place.folder / "lines").write_bytes(packed[:-12])
    done = place.run("analyze", "--topic", "Harbour bridge", "--jsonl", "--json", "lines")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "watcher: lines: cannot be read: " in done.stderr


def test_nothing_is_stored(place) -> None:
    place.run("--data", "data", "analyze", "--topic", "Harbour bridge", "--jsonl", "-", "--json", stdin=jsonl(LINES))
    assert not (place.folder / "data").exists()
    assert not any(place.home.rglob("*"))


def test_bad_lines_are_named_and_skipped(place) -> None:
    lines = ["{", "[]", '{"title": 3, "text": "x"}', '{"text": ""}', "", '{"id": "x", "text": "a", "date": "whenever"}']
    text = "\n".join(lines) + "\n" + jsonl(LINES[:1])
    (place.folder / "bad.jsonl").write_text(text)
    done = place.run("analyze", "--topic", "Harbour bridge", "--jsonl", "bad.jsonl", "--json")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a"]
    told = done.stderr.splitlines()
    assert [line.split(": ")[1] for line in told] == [f"bad.jsonl:{number}" for number in (1, 2, 3, 4, 6)]
    assert all(line.endswith("skipped") for line in told)


@pytest.mark.parametrize(
    ("name", "text", "title", "day"),
    [
        ("a.txt", "Norham rejected the harbour bridge.", "", None),
        ("a.txt", "Title: Bridge\nDate: 2025-03-05\n\nNorham rejected the harbour bridge.", "Bridge", "2025-03-05"),
        ("a.txt", "Source: a clerk\nNorham rejected the harbour bridge.", "", None),
        ("a.md", "# Bridge\n\nNorham **rejected** the [harbour bridge](https://x.example).", "Bridge", None),
        ("a.md", "---\ntitle: Bridge\ndate: 5 March 2025\n---\nNorham rejected the harbour bridge.", "Bridge",
         "2025-03-05"),
        ("a.html", "<html><head><title>Bridge</title><script>x()</script></head><body><nav>Menu</nav>"
         "<p>Norham <b>rejected</b> the harbour&nbsp;bridge.</p></body></html>", "Bridge", None),
        ("a.txt", "<!doctype html><title>Bridge</title><p>Norham rejected the harbour bridge.", "Bridge", None),
    ],
)  # fmt: skip
def test_texts_markdown_and_html_with_or_without_headers(place, name, text, title, day) -> None:
    (place.folder / name).write_text(text)
    done = place.run("analyze", "--topic", "Harbour bridge", "--json", name)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    [statement] = found["statements"]
    assert found["parties"]["Norham"]["stance"] == "oppose"
    assert statement["sentence"] == "Norham rejected the harbour bridge."
    assert statement["article"]["title"] == title
    assert day is None or statement["article"]["published"].startswith(day)


def test_lines_that_an_editor_broke_are_joined(place) -> None:
    text = "Mayor Ames told the council on Tuesday evening that Norham now rejected\nthe harbour bridge.\n\nIt rains."
    (place.folder / "a.txt").write_text(text)
    found = json.loads(place.run("analyze", "--topic", "Harbour bridge", "--json", "a.txt").stdout)
    assert found["parties"]["Norham"]["stance"] == "oppose"


def test_old_code_pages_and_utf16_are_read(place) -> None:
    text = "Norham rejected the harbour bridge – “never”."
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        (place.folder / "a.txt").write_bytes(text.encode(encoding))
        found = json.loads(place.run("analyze", "--topic", "Harbour bridge", "--json", "a.txt").stdout)
        assert found["statements"][0]["sentence"].endswith("“never”.")


def test_for_people_it_is_plain_text(place) -> None:
    done = place.run("analyze", "--topic", "Harbour bridge", "first.txt")
    assert "Norham: ▲ support" in done.stdout
    assert "“Southby rejected the bridge plan.”" in done.stdout


def test_explain_shows_rule_cue_signs_and_what_was_not_read(place) -> None:
    (place.folder / "a.txt").write_text("Norham did not reject the harbour bridge.\nNorham saw the harbour bridge.\n")
    done = place.run("explain", "--topic", "Harbour bridge", "a.txt")
    assert done.returncode == 0
    for part in ("rule", "cue", "signs", "target     harbour bridge", "Matches by: harbour, bridge"):
        assert part in done.stdout
    assert "Not read as a position:" in done.stdout
    assert "Norham saw the harbour bridge." in done.stdout


def test_a_mistake_of_ours_on_one_article_is_told_and_the_rest_is_read(place, tmp_path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "from watcher.detect.detector import Detector\n"
        "reads = Detector.read\n"
        "def read(self, article):\n"
        "    if 'rains' in article.text:\n"
        "        raise IndexError('out of range')\n"
        "    return reads(self, article)\n"
        "Detector.read = read\n"
    )
    command = ("analyze", "--topic", "Harbour bridge", "--jsonl", "-", "--json")
    done = place.run(*command, stdin=jsonl(LINES), env={"PYTHONPATH": str(broken)})
    assert done.returncode == 1
    assert done.stderr == "watcher: 7: an error in watcher: IndexError: out of range; skipped\n"
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "c"]
