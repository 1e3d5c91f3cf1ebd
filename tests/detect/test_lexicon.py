"""The lexicon is data: generated forms, and overlays that add and remove."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.detect.quarrel import TOPIC, article
from watcher.detect.detector import Detector
from watcher.detect.inflection import forms
from watcher.detect.lexicons import LexiconError, load, merged
from watcher.domain.topic import Overlay

if TYPE_CHECKING:
    from watcher.domain.topic import Topic

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


def with_overlay(text: str) -> Topic:
    return replace(TOPIC, lexicon=(Overlay("mine.toml", text),))


def test_a_topics_overlay_adds_and_removes() -> None:
    read = Detector(with_overlay('[verbs]\nsupport = "flumox"\noppose = "-reject"\n')).read
    assert read(article("Norland flumoxed the harbour treaty.")).statements[0].stance == "support"
    assert not Detector(TOPIC).read(article("Norland flumoxed the harbour treaty.")).statements
    rejecting = read(article("Norland rejects the harbour treaty.")).statements
    assert all(s.stance != "oppose" for s in rejecting)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[verbs]\nsuport = "flumox"\n', "verbs.suport: there is no such list; did you mean support?"),
        ('[verb]\nsupport = "flumox"\n', "verb: there is no such table; did you mean verbs?"),
        ('verbs = "flumox"\n', "verbs: is a table"),
        ("[verbs]\nsupport = 3\n", "verbs.support: takes text"),
        ('[irregular]\nflumox = "flumoxed"\n', "irregular.flumox: takes past, participle and -ing form"),
        ('[irregular]\nflumox = "a-b c d"\n', "irregular.flumox: takes past, participle and -ing form"),
        ('[verbs]\nsupport = ["flumox"]\n', "verbs.support: takes text"),
        ('[verbs.support]\nflumox = "x"\n', "verbs.support: takes text"),
        ('language = "de"\n', 'language: must be "en", or left out'),
        ('[language]\nx = "y"\n', 'language: must be "en", or left out'),
        ("[verbs\n", "not TOML"),
    ],
)
def test_a_mistake_in_an_overlay_is_named(text: str, said: str) -> None:
    with pytest.raises(LexiconError) as caught:
        load(overlays=[Overlay("mine.toml", text)])
    assert str(caught.value).startswith("mine.toml: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("overlay", "sentence", "before", "after"),
    [
        ('[verbs]\noppose = "welcome"', "Norland welcomed the harbour treaty.", "support", "oppose"),
        ('[evaluative]\ngood = "disastrous"', "Norland called the harbour treaty disastrous.", "oppose", "support"),
        ('[verbs]\nsupport = "Bankroll"', "Norland bankrolls the harbour treaty.", "", "support"),
        ('[evaluative]\nbad = "Hare-Brained"', "Norland called the harbour treaty hare-brained.", "", "oppose"),
        (
            '[verbs]\nsupport = "grok"\n[inflection]\ndoubling = "grok"',
            "Norland grokked the harbour treaty.", "", "support",
        ),
        (
            '[verbs]\nsupport = "grok"\n[irregular]\nGrok = "grak grakken grokking"',
            "Norland grak the harbour treaty.", "", "support",
        ),
    ],
)  # fmt: skip
def test_what_an_overlay_says_holds_however_it_is_written(overlay: str, sentence: str, before: str, after: str) -> None:
    for topic, stance in ((TOPIC, before), (with_overlay(overlay), after)):
        found = Detector(topic).read(article(sentence)).statements
        assert [statement.stance for statement in found] == ([stance] if stance else []), sentence


def test_overlays_hold_in_their_order() -> None:
    one, other = Overlay("1.toml", '[verbs]\nsupport = "grok"'), Overlay("2.toml", '[verbs]\nsupport = "-grok"')
    assert "grokked" not in load(overlays=[one]).verbs
    assert "groked" in load(overlays=[one]).verbs
    assert "groked" not in load(overlays=[one, other]).verbs
    assert "groked" in load(overlays=[other, one]).verbs


TABLES = merged("en", ())


@given(
    st.sampled_from([(table, key) for table, keys in TABLES.items() if isinstance(keys, dict) for key in keys]),
    st.text(max_size=40),
)
@example(("verbs", "support"), "y")
@settings(max_examples=40)
def test_any_words_whatever_make_a_lexicon_or_are_refused(at: tuple[str, str], words: str) -> None:
    table, key = at
    text = f"[{table}]\n{key} = {json.dumps(words, ensure_ascii=False)}"
    with suppress(LexiconError):
        load(overlays=[Overlay("any.toml", text)])
