"""The lexicon is data: generated forms, and overlays that add and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.detect.quarrel import TOPIC, article
from watcher.detect.detector import Detector
from watcher.detect.inflection import forms
from watcher.detect.words import load

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


def test_an_overlay_with_an_unknown_list_fails(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.toml"
    overlay.write_text('[verbs]\nsuport = "flumox"\n', encoding="utf-8")
    with pytest.raises(KeyError):
        load("en", [overlay])
