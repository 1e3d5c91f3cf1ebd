"""The lexicon is data: generated forms, and overlays that add and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.detect.quarrel import TOPIC, article
from watcher.detect.detector import Detector
from watcher.detect.inflection import forms
from watcher.detect.words import LexiconError, load

if TYPE_CHECKING:
    from pathlib import Path

NONE: dict[str, tuple[str, str, str]] = {}


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("back", {"back", "backs", "backed", "backing"}),
        ("ratify", {"ratify", "ratifies", "ratified", "ratifying"}),
        ("endorse", {"endorse", "endorses", "endorsed", "endorsing"}),
        ("veto", {"veto", "vetoes", "vetoed", "vetoing"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("push", {"push", "pushes", "pushed", "pushing"}),
    ],
)
def test_regular_verbs_are_inflected(verb: str, expected: set[str]) -> None:
    assert set(forms(verb, NONE, frozenset())) == expected


def test_doubling_and_irregular_verbs() -> None:
    assert "scrapped" in forms("scrap", NONE, frozenset(["scrap"]))
    assert {"signalled", "signaled"} <= set(forms("signal", NONE, frozenset(), frozenset(["signal"])))
    assert "withdrew" in load().verbs


def test_an_overlay_adds_and_removes(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.toml"
    overlay.write_text('[verbs]\nsupport = "flumox"\noppose = "-reject"\n', encoding="utf-8")
    lexicon = load("en", [overlay])
    read = Detector(TOPIC, lexicon).read
    assert read(article("Norland flumoxed the harbour treaty.")).statements[0].stance == "support"
    assert not Detector(TOPIC).read(article("Norland flumoxed the harbour treaty.")).statements
    rejecting = read(article("Norland rejects the harbour treaty.")).statements
    assert all(s.stance != "oppose" for s in rejecting)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[verbs]\nsuport = "flumox"\n', "verbs.suport: there is no such list; did you mean 'support'?"),
        ('[verb]\nsupport = "flumox"\n', "[verb]: there is no such table; did you mean 'verbs'?"),
        ('verbs = "flumox"\n', "verbs: is a table"),
        ("[verbs]\nsupport = 3\n", "verbs.support: takes text"),
        ('[irregular]\nflumox = "flumoxed"\n', "irregular.flumox: takes past, participle and -ing form"),
        ("[verbs\n", "cannot be read"),
    ],
)
def test_a_mistake_in_an_overlay_is_named(tmp_path: Path, text: str, said: str) -> None:
    overlay = tmp_path / "mine.toml"
    overlay.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load("en", [overlay])
    assert str(caught.value).startswith(f"{overlay}: ")
    assert said in str(caught.value)


def test_an_overlay_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"gone\.toml: cannot be read"):
        load("en", [tmp_path / "gone.toml"])
