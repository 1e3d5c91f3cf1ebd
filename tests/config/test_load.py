"""A config becomes settings, or one line with file, line, key and what to do."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.config import load
from watcher.domain.topic import Alias
from watcher.errors import ConfigError

ROOT = Path(__file__).parents[2]


def test_a_good_config_becomes_settings(written, good) -> None:
    settings = load(written(good))
    assert settings.poll.interval == timedelta(minutes=15)
    assert settings.poll.timeout == timedelta(seconds=20)
    assert settings.poll.max_body == 10_000_000
    assert settings.store.keep == timedelta(days=5 * 365)
    [feed] = settings.feeds
    assert (feed.name, feed.tags, feed.enabled, feed.full_text) == ("World", ("world",), True, "auto")
    [topic] = settings.topics
    north, south = topic.parties
    assert north.aliases == (Alias("North"), Alias("Mayor Ames", since=date(2025, 1, 20)))
    assert south.members == (Alias("Councillor Bell"),)
    assert south.excluded == ("South Pole",)
    assert settings.feeds_of(topic) == (feed,)


def test_every_key_but_a_topics_name_target_and_parties_is_optional(written) -> None:
    settings = load(written('[[topics]]\nname = "A"\ntarget = "B"\nparties = [{ name = "C" }]\n'))
    assert settings.topics[0].parties[0].name == "C"
    assert settings.feeds == ()


def test_the_config_that_comes_with_it_is_good_and_has_what_was_promised() -> None:
    settings = load(ROOT / "config.toml")
    assert len(settings.topics) >= 3
    assert len([feed for feed in settings.feeds if feed.enabled]) == 20
    assert {feed.name for feed in settings.feeds if not feed.enabled} == {"RFE/RL", "US State Department", "Kremlin"}
    assert all(feed.checked and feed.note and feed.tags for feed in settings.feeds)
    minerals = settings.topics[0]
    assert [party.name for party in minerals.parties] == ["Ukraine", "United States", "Russia"]
    [seed] = minerals.seeds
    assert (seed.published, seed.source) == (date(2025, 2, 15), "Kyiv Independent")


def test_defaults_in_the_shipped_config_are_the_programs_own(written) -> None:
    shipped = load(ROOT / "config.toml")
    bare = load(written('[[topics]]\nname = "A"\ntarget = "B"\nparties = [{ name = "C" }]\n'))
    assert (shipped.poll, shipped.store, shipped.board, shipped.alerts) == (
        bare.poll,
        bare.store,
        bare.board,
        bare.alerts,
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ('"15m"', '"15x"', 2, "poll.interval", "no duration"),
        ('"15m"', '"0m"', 2, "poll.interval", "no time at all"),
        ('"15m"', "15", 2, "poll.interval", "text in quotation marks, not a whole number"),
        ('interval = "15m"', "concurency = 3", 2, "poll.concurency", "did you mean concurrency?"),
        ('interval = "15m"', "concurrency = 0", 2, "poll.concurrency", "at least 1"),
        ('interval = "15m"', 'max_body = "ten"', 2, "poll.max_body", "no size"),
        ('interval = "15m"', 'contact = "a\\r\\nX: y"', 2, "poll.contact", "line break"),
        ('interval = "15m"', "concurrency = 1.5", 2, "poll.concurrency", "whole number, not a number with a fraction"),
        ("[poll]", "[pol]", 1, "pol", "did you mean poll?"),
        ("[[feeds]]", "[feeds]", 4, "feeds", "two brackets on each side: [[feeds]]"),
        ("https://example.org/rss", "ftp://example.org", 6, "feeds[1].url", "no http or https address"),
        ("https://example.org/rss", "ftp://me:pw@example.org", 6, "feeds[1].url", '"ftp://me:***@example.org" is no'),
        ("https://example.org/rss", "https://", 6, "feeds[1].url", "no http or https address"),
        ("https://example.org/rss", "https://example.org:x/", 6, "feeds[1].url", "no address"),
        ('tags = ["world"]', 'full_text = "yes"', 7, "feeds[1].full_text", '"auto", "always", "never"'),
        ('"Bridge"', '""', 10, "topics[1].name", "is empty"),
        ('target = "The two cities build the bridge"\n', "", 9, "topics[1]", '"target" is missing'),
        ("(north OR south)", "(north OR south", 12, "topics[1].match", "1 '(' but 0 ')'"),
        ("(north OR south)", '"north', 12, "topics[1].match", "the quotation mark at character 12 is not closed"),
        ("(north OR south)", "[a TO b]", 12, "topics[1].match", "not supported"),
        ("(north OR south)", "and south", 12, "topics[1].match", "write AND"),
        ("(north OR south)", "author:x", 12, "topics[1].match", 'no field "author"'),
        ('"world",\n]', '"world",\n  "worl",\n]', 15, "topics[1].feeds[2]", 'did you mean "world"?'),
        ("aliases = ", "alises = ", 19, "topics[1].parties[1].alises", "did you mean aliases?"),
        ("2025-01-20", '"soon"', 19, "topics[1].parties[1].aliases[2].since", "day like 2025-02-15"),
        (
            "since = 2025-01-20",
            "since = 2025-01-20, until = 2024-01-01",
            19,
            "topics[1].parties[1].aliases[2]",
            "before",
        ),
        ('"South City"', '"north city"', 22, "topics[1].parties[2].name", "is there twice"),
        ("  not = ", "  seeds = ", 24, "topics[1].parties[2].seeds", "unknown key"),
    ],
)
def test_a_mistake_is_named_with_line_key_and_remedy(written, good, old, new, line, key, says) -> None:
    path = written(good.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert (caught.value.line, caught.value.key) == (line, key)
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"{path}:{line}: {key}: ")
    assert "\n" not in str(caught.value)


def test_equal_names_of_topics_and_feeds_are_told_from_each_other(written, good) -> None:
    with pytest.raises(ConfigError, match=re.escape("topics[2].name")):
        load(written(good + good[good.index("[[topics]]") :]))
    with pytest.raises(ConfigError, match=re.escape('feeds[2].url: "https://example.org/rss" is there twice')):
        load(written(good + '[[feeds]]\nname = "Other"\nurl = "https://example.org/rss"\n'))


def test_case_tells_addresses_apart_but_not_their_hosts(written, good) -> None:
    more = '[[feeds]]\nname = "Other"\nurl = "{}"\n'
    assert len(load(written(good + more.format("https://example.org/RSS"))).feeds) == 2
    with pytest.raises(ConfigError, match="is there twice"):
        load(written(good + more.format("https://EXAMPLE.org/rss")))


@pytest.mark.parametrize("bad", ["\u009b31m", "\u202e", "\u2028", "a b"])
def test_an_address_holds_nothing_that_cannot_be_seen(written, good, bad) -> None:
    with pytest.raises(ConfigError, match="no http or https address"):
        load(written(good.replace("https://example.org/rss", f"https://example.org/{bad}")))


def test_a_seed_that_is_not_there_is_told(written, good) -> None:
    with pytest.raises(ConfigError, match=r"seeds/none.txt is not in"):
        load(written(good.replace("feeds = [", 'seeds = ["seeds/none.txt"]\nfeeds = [')))


def test_seeds_count_from_the_configs_folder(written, good, tmp_path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.txt").write_text("North wants it.")
    seeds = 'seeds = ["seeds/one.txt", { path = "seeds/one.txt", date = 2025-02-15, source = "Us" }]\nfeeds = ['
    one, two = load(written(good.replace("feeds = [", seeds))).topics[0].seeds
    assert Path(one.path) == tmp_path / "seeds" / "one.txt"
    assert (two.published, two.source) == (date(2025, 2, 15), "Us")


def test_the_lexicons_files_are_read_with_the_config(written, good, tmp_path, monkeypatch) -> None:
    assert load(written(good)).topics[0].lexicon == ()
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder in (home, elsewhere):
        folder.mkdir()
        (folder / "words.toml").write_text(f'# {folder.name}\n[verbs]\nsupport = "grok"\n')
    written('[verbs]\noppose = "balk at"\n', "mine.toml")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(elsewhere)
    names = ["mine.toml", "~/words.toml", str(elsewhere / "words.toml")]
    again = good + good[good.index("[[topics]]") :].replace('"Bridge"', '"Tunnel"')
    one, two = load(written(f"lexicon = {names}\n{again}")).topics
    assert [overlay.path for overlay in one.lexicon] == [
        str(tmp_path / "mine.toml"), str(home / "words.toml"), str(elsewhere / "words.toml"),
    ]  # fmt: skip
    assert [overlay.text.splitlines()[0] for overlay in one.lexicon] == ["[verbs]", "# home", "# elsewhere"]
    assert one.lexicon == two.lexicon


@pytest.mark.parametrize(
    ("name", "key", "says"),
    [
        ('"none.toml"', "lexicon[2]", "the file none.toml is not in"),
        ('"."', "lexicon[2]", "the file . is not in"),
        ('"~nobody-here/words.toml"', "lexicon[2]", "is not in"),
        ('"latin.toml"', "lexicon[2]", "latin.toml:2: not UTF-8 text"),
        ('"a\\u001bb"', "lexicon[2]", "control character"),
        ('""', "lexicon[2]", "is empty"),
        ("3", "lexicon[2]", "must be text in quotation marks, not a whole number"),
    ],
)
def test_a_file_of_the_lexicon_that_cannot_be_read_is_told(written, good, tmp_path, name, key, says) -> None:
    (tmp_path / "latin.toml").write_bytes(b'[verbs]\nsupport = "\xe9"\n')
    written("", "empty.toml")
    path = written(f'theme = ""\nlexicon = [\n  "empty.toml",\n  {name},\n]\n{good}')
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:4: {key}: ")
    assert says in str(caught.value)


def test_a_file_of_the_lexicon_that_is_no_toml_is_told_with_its_own_line(written, good, tmp_path) -> None:
    written('[verbs]\nsupport = "back\n', "mine.toml")
    with pytest.raises(ConfigError, match=re.escape(f"{tmp_path / 'mine.toml'}:2: not TOML at column ")):
        load(written('lexicon = ["mine.toml"]\n' + good))


def test_a_key_of_the_files_top_below_a_table_is_told_where_it_belongs(written, good) -> None:
    with pytest.raises(ConfigError, match=r"parties\[2\]\.lexicon: belongs at the top of the file, above the first"):
        load(written(good + 'lexicon = ["mine.toml"]\n'))


def test_another_programs_config_is_recognised(written) -> None:
    with pytest.raises(ConfigError, match="another program's file; name watcher's own with --config"):
        load(written('baseURL = "https://example.org"\n[markup]\nx = 1\n'))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"topics = [", "not TOML"),
        (b"a = 1\nb = \n", ":2: not TOML"),
        (b"a = 1\nsince = [2025-13-40]\n", ":2: 2025-13-40 is no day of the calendar"),
        (b'a = "\xff"\n', ":1: not UTF-8"),
        (b"a = 1\nb = 1\na = 2\n", ":3: not TOML at column 6: this key is there twice; keep one of them"),
        (b"[poll]\n[store]\n[poll]\n", ":3: not TOML at column 6: this table is there twice; put its keys into one"),
        ("theme = “dark”\n".encode(), ":1: not TOML at column 9: no value; text stands in straight quotation marks"),
        (b'[topics]\nname = "A"\n', ":1: topics: is written with two brackets on each side: [[topics]]"),
        (
            b'[[topics]]\nname = "A"\ntarget = "B"\n[topics.parties]\nname = "C"\n',
            ":4: topics[1].parties: is written with two brackets on each side: [[topics.parties]]",
        ),
        (b"", "name at least one topic"),
        (b"topics = 3\n", "a list in [ ]"),
        (b"topics = []\n", "add one"),
        (b"x = " + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_config_is_said_in_a_line(tmp_path, raw, says) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(raw)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_keys_that_cannot_be_pressed_or_clash_are_told(written, good) -> None:
    assert load(written(good + '[keys]\nfilter = "slash,ctrl+f"\n')).keys == {"filter": "slash,ctrl+f"}
    with pytest.raises(ConfigError, match="is no key"):
        load(written(good + '[keys]\nfilter = "ctrl + x"\n'))
    with pytest.raises(ConfigError, match="is given to filter too"):
        load(written(good + '[keys]\nfilter = "x"\nquit = "x"\n'))


def test_a_feed_without_a_name_is_called_by_its_address(written, good) -> None:
    text = good.replace('name = "World"\n', "")
    assert load(written(text)).feeds[0].name == "example.org/rss"


@given(st.text(max_size=300))
def test_no_text_whatever_raises_anything_but_a_config_error(tmp_path_factory, text) -> None:
    path = tmp_path_factory.mktemp("any") / "config.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(ConfigError):
        load(path)
