"""The border: no markup, no control codes, nothing unseen; what is left stays as it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds.clean import MARKS, clean, clean_block

PIECES = [
    *"<>&;ab/!-=\"'[]# \n\r\t",
    *("\x1b", "\x07", "\x9b", "\x9c", "\x9d", "\x1b]8;;", "\x1b[31m", "\x1bP", "\x1b\\"),
    *("\u0301", "\u0338", "\u200c", "\u200d", "\u202e", "\u2066", "\u2028", "\ufeff", "\ud800", "\U000e0041"),
    *("<b>", "</p>", "<br/>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>"),
    *("&amp;", "&lt;", "&gt;", "&#38;", "&#x1b;", "&#155;", "&nbsp;", "amp;", "lt;", "#60;"),
    *("\u0430", "\u0306", "\u0628", "\u0915", "e\u0301"),
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def is_harmless(text: str) -> bool:
    return not any(
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or character in "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
        for character in text
    )


@given(texts)
def test_nothing_reaches_the_terminal_but_letters(text: str) -> None:
    line = clean(text)
    assert is_harmless(line)
    assert line == " ".join(line.split())
    block = clean_block(text)
    assert is_harmless(block.replace("\n", ""))
    assert "\n\n\n" not in block
    assert block == block.strip()
    line.encode()
    block.encode()


@given(texts)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_block(clean_block(text)) == clean_block(text)


@given(st.text(st.characters(codec="latin-1", exclude_characters="<>&\x00", categories=("L", "N", "P")), max_size=50))
def test_plain_words_stay_letter_for_letter(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Kyiv &amp; Brussels", "Kyiv & Brussels"),
        ("Kyiv &amp;amp; Brussels", "Kyiv & Brussels"),
        ("<p>Talks</p>\n<p>end</p>", "Talks end"),
        ("Uk<b>rai</b>ne", "Ukraine"),
        ("line<br>break", "line break"),
        ("if a<b and c>d", "if a<b and c>d"),
        ("<Kyiv> is [not] ready", "<Kyiv> is [not] ready"),
        ("<https://a.example> said", "<https://a.example> said"),
        ("<o:p>Word</o:p>", "Word"),
        ("<![CDATA[Talks <i>end</i>]]>", "Talks end"),
        ("before<!-- hidden -->after", "before after"),
        ("before<script>alert('<b>')</script>after", "before after"),
        ("before<style>p { color: red", "before"),
        ("<img alt='a > b' src=x>picture", "picture"),
        ("It\x92s \x93quoted\x94", "It’s “quoted”"),
        ("non\u00a0breaking\u2009space", "non breaking space"),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("a\u200db", "ab"),
        ("⚠\ufe0f Talks 👍🏽 end", "⚠ Talks 👍 end"),
        ("Việt Nam, Ελλάδα, Київ, 北京, עברית", "Việt Nam, Ελλάδα, Київ, 北京, עברית"),
        ("cafe\u0301", "café"),
        ("\x1b]0;title\x07Talks", "Talks"),
        ("\x1b[2J\x1b[HTalks", "Talks"),
        ("", ""),
    ],
)
def test_titles(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<p>One\ntwo.</p><p>Three.</p>", "One two.\n\nThree."),
        ("<div>One<br>two</div>", "One\ntwo"),
        ("One<br><br>two", "One\n\ntwo"),
        ("One\ntwo\n\n\n\nthree", "One\ntwo\n\nthree"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\n\nTwo"),
    ],
)
def test_blocks_keep_their_paragraphs(raw: str, shown: str) -> None:
    assert clean_block(raw) == shown


def test_towers_of_accents_are_cut() -> None:
    assert clean("Z" + "\u0335\u0336\u0337\u0338\u0339" * 20) == "Z\u0335\u0336\u0337"
    assert len(clean("a\u0301\u0302\u0303\u0304\u0305\u0306")) <= 1 + MARKS
