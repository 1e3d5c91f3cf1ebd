"""How exports and the printed board put words in quotation marks, and own up to words that say something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watcher.cli.show import words_text
from watcher.domain.article import ArticleRef
from watcher.domain.board import Row
from watcher.domain.statement import Stance, Statement, Strength, Voice
from watcher.export import words
from watcher.export.markdown import quote
from watcher.export.page import table_row

REF = ArticleRef("a", "https://paper.example/a", "A title", "Paper", datetime(2025, 3, 1, tzinfo=UTC), "a")


def statement(sentence: str, stance: Stance = Stance.OPPOSE) -> Statement:
    return Statement(
        topic="T", party="Arland", stance=stance, voice=Voice.OWN, strength=Strength.STRONG, cue="no", rule="clause",
        sentence=sentence, start=0, end=len(sentence), article=REF,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Arland opposes the treaty.", "“Arland opposes the treaty.”"),
        ("“We oppose the treaty.”", "“We oppose the treaty.”"),
        ('"Signing is madness," Arland said.', '"Signing is madness," Arland said.'),
        ("Arland said “no” to the treaty.", "Arland said “no” to the treaty."),
        ('We oppose it," Arland said.', '"We oppose it," Arland said.'),
        ("We oppose it,” Arland said.", "“We oppose it,” Arland said."),
        ('Arland said: "We oppose it.', 'Arland said: "We oppose it."'),
        ("“$5 is too much.", "“$5 is too much.”"),
        ('"$5 is too much.', '"$5 is too much."'),
    ],
)
def test_a_sentence_with_marks_of_its_own_gets_none_but_the_one_that_it_lacks(sentence: str, shown: str) -> None:
    assert words.quotation(sentence) == shown


def test_links_are_addresses_whatever_the_feed_gave() -> None:
    assert (
        words.link('https://paper.example/a<b> "c"?d=é&e=%20') == "https://paper.example/a%3Cb%3E%20%22c%22?d=é&e=%20"
    )
    assert words.link("javascript:alert(1)") == ""


@pytest.mark.parametrize(("stance", "sign"), [(Stance.OPPOSE, False), (Stance.CONDITIONAL, True)])
def test_words_that_say_something_else_than_the_row_carry_their_own_sign(stance: Stance, sign: bool) -> None:
    latest = statement("Arland opposes the treaty.")
    row = Row("Arland", stance=stance, latest=latest, since=latest.day, statements=2)
    assert words_text(row, 80).plain.startswith("▼ “Arland" if sign else "“Arland")
    assert ("▼ oppose" in table_row(row).partition("Latest words")[2]) is sign
    assert (
        quote(latest, labelled=words.dissents(row))[0]
        == f"> {'▼ oppose: ' if sign else ''}“Arland opposes the treaty.”"
    )
