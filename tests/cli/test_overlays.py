"""A user's own words for the lexicon, from the config's key to what is read, and where they are wrong."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import with_feeds
from tests.ui.ui_world import shown, until
from watcher.cli.session import Session
from watcher.engine.library import Library
from watcher.store.memory import MemoryStore
from watcher.ui.app import WatcherApp

if TYPE_CHECKING:
    from tests.cli.conftest import Place

EXPLAIN = ["explain", "--topic", "Harbour bridge", "a.txt"]


def overlay(place: Place, text: str) -> None:
    """Writes an overlay that the config names."""
    (place.folder / "words.toml").write_text(text)
    config = place.config.read_text()
    if "lexicon" not in config:
        place.config.write_text('# Mine.\nlexicon = ["words.toml"]\n' + config)


def test_explain_shows_what_the_users_words_do(place) -> None:
    (place.folder / "a.txt").write_text("Norham bankrolled the harbour bridge. Southby rejected the bridge plan.\n")
    before = place.run(*EXPLAIN)
    assert "Southby" in before.stdout
    assert "bankrolled" not in before.stdout.partition("Not read as a position:")[0]

    overlay(place, '[verbs]\nsupport = "bankroll"\noppose = "-reject"\n')
    after = place.run(*EXPLAIN)
    assert (after.returncode, after.stderr) == (0, "")
    read, _, left = after.stdout.partition("Not read as a position:")
    assert "Norham ▲ support" in read
    assert "cue        bankrolled" in read
    assert "Southby rejected" in left
    assert "Southby rejected" not in read


def test_what_is_stored_is_read_anew_with_them(place) -> None:
    (place.folder / "first.txt").write_text("Norham bankrolled the harbour bridge.\n")
    assert "support" not in place.run("--data", "data", "board", "--json").stdout
    overlay(place, '[verbs]\nsupport = "bankroll"\n')
    assert '"stance": "support"' in place.run("--data", "data", "board", "--json").stdout
    overlay(place, '[verbs]\noppose = "bankroll"\n')
    assert '"stance": "oppose"' in place.run("--data", "data", "board", "--json").stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[verbs]\nsuport = "bankroll"\n', "words.toml:2: verbs.suport: there is no such list; did you mean support?"),
        ('\n[verb]\nsupport = "bankroll"\n', "words.toml:2: verb: there is no such table; did you mean verbs?"),
        ("[verbs]\n\nsupport = 3\n", "words.toml:3: verbs.support: takes text"),
        ('language = "de"\n', 'words.toml:1: language: must be "en", or left out'),
        ('[verbs]\nsupport = "bankroll\n', "words.toml:2: not TOML"),
        (None, "config.toml:2: lexicon[1]: the file words.toml is not in"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(place, text, says) -> None:
    overlay(place, text or "")
    if text is None:
        (place.folder / "words.toml").unlink()
    told(place.run("check"), says)


@pytest.mark.parametrize(
    "command", [[], ["board"], ["brief"], ["poll"], ["doctor"], EXPLAIN, ["replay", "x"], ["export"], ["serve"]]
)
def test_a_mistake_is_told_by_every_command(place, command) -> None:
    overlay(place, '[verbs]\nsuport = "bankroll"\n')
    told(place.run(*command), "words.toml:2: verbs.suport: there is no such list; did you mean support?")


def told(done: subprocess.CompletedProcess[str], says: str) -> None:
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_poll_of_the_screen_says_it_too(place) -> None:
    overlay(place, "[verbz]\n")
    worker = [sys.executable, "-m", "watcher.engine.worker", "--config", str(place.config), "--data", "data"]
    done = subprocess.run(worker, cwd=place.folder, env=place.env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "words.toml:1: verbz: there is no such table" in done.stdout


async def test_a_mistake_is_shown_while_the_screen_is_open_until_it_is_mended(place) -> None:
    with_feeds(place, "http://127.0.0.1:9/feed")
    session = Session(config=place.config)
    app = WatcherApp(session.settings, MemoryStore(), poll=False, reload=session.reload)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        overlay(place, '[verbs]\nsuport = "bankroll"\n')
        await until(pilot, lambda: "the old config stays in use" in shown(app))
        assert "words.toml:2: verbs.suport: there is no such list; did you mean support?" in shown(app)
        assert app.settings.topics[0].lexicon == ()
        (place.folder / "words.toml").write_text('[verbs]\nsupport = "bankroll"\n')
        await until(pilot, lambda: "the old config" not in shown(app))
        await until(pilot, lambda: bool(app.settings.topics[0].lexicon))


async def test_words_edited_while_the_screen_is_open_are_live(place) -> None:
    with_feeds(place, "http://127.0.0.1:9/feed")
    (place.folder / "first.txt").write_text("Norham bankrolled the harbour bridge.\n")
    overlay(place, '[verbs]\nsupport = "bankroll"\n')
    session = Session(config=place.config)
    store = MemoryStore()

    def prepare() -> None:
        Library(session.settings, store).seed()

    app = WatcherApp(session.settings, store, poll=False, reload=session.reload, prepare=prepare)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: "support" in shown(app))
        words = place.folder / "words.toml"
        words.write_text('[verbs]\noppose = "bankroll"\n')
        await until(pilot, lambda: "oppose" in shown(app))
        assert "support" not in shown(app)
        words.unlink()
        await until(pilot, lambda: "the file words.toml is not in" in shown(app))
        assert "oppose" in shown(app)
        words.write_text('[verbs]\nsupport = "bankroll"\n')
        await until(pilot, lambda: "support" in shown(app) and "the old config" not in shown(app))
