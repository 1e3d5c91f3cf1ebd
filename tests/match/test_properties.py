"""Queries against a plain evaluation of their meaning, and what must hold of any text."""

from __future__ import annotations

import unicodedata
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.match.match_helpers import article, found
from watcher.engine.match import Query, QueryError
from watcher.engine.tokens import tokens

WORDS = ("ab", "ac", "b", "c")
words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=8).map(" ".join)
slops = st.integers(0, 4)


@st.composite
def queries(draw, depth: int = 3):
    """A query as text, and as a plain function from the words of title and text to whether it matches."""
    kind = draw(st.sampled_from(["word", "prefix", "phrase", "near", "field"] + ["and", "or", "not"] * (depth > 0)))
    if kind == "word":
        word = draw(words)
        return word, lambda title, text: word in title + text
    if kind == "prefix":
        return "a*", lambda title, text: any(w[0] == "a" for w in title + text)
    if kind == "field":
        word, name = draw(words), draw(st.sampled_from(["title", "text"]))
        return f"{name}:{word}", lambda title, text: word in (title if name == "title" else text)
    if kind == "phrase":
        some = draw(st.lists(words, min_size=2, max_size=3))
        return f'"{" ".join(some)}"', lambda title, text: any(is_phrase(some, part) for part in (title, text))
    if kind == "near":
        some, slop = draw(st.lists(words, min_size=2, max_size=3)), draw(slops)
        return f'"{" ".join(some)}"~{slop}', lambda title, text: any(
            is_near(some, part, slop) for part in (title, text)
        )
    one, first = draw(queries(depth=depth - 1))
    if kind == "not":
        return f"(NOT {one})", lambda title, text: not first(title, text)
    other, second = draw(queries(depth=depth - 1))
    if kind == "and":
        return f"({one} AND {other})", lambda title, text: first(title, text) and second(title, text)
    return f"({one} OR {other})", lambda title, text: first(title, text) or second(title, text)


def is_phrase(some: list[str], part: list[str]) -> bool:
    return any(part[at : at + len(some)] == some for at in range(len(part)))


def is_near(some: list[str], part: list[str], slop: int) -> bool:
    places = [[at for at, word in enumerate(part) if word == wanted] for wanted in some]
    return any(
        len(set(chosen)) == len(some) and max(chosen) - min(chosen) < len(some) + slop for chosen in product(*places)
    )


@settings(max_examples=400)
@given(queries(), texts, texts)
def test_a_query_means_what_its_parts_mean(query, title, text) -> None:
    written, means = query
    assert (found(written, title, text) is not None) == bool(means(title.split(), text.split())), written


@given(queries(), texts, texts)
def test_case_accents_and_invisible_characters_change_nothing(query, title, text) -> None:
    written, _ = query
    other = title.upper().replace("A", "Á").replace("B", "B\u200b")
    assert (found(written, title, text) is None) == (found(written, other, text) is None)


@given(st.text(max_size=60), st.text(max_size=200))
def test_spans_are_words_of_any_text(title, text) -> None:
    given_ = article(title, text)
    spans = tokens(given_.document).spans
    assert spans == sorted(spans)
    for start, end in spans:
        assert 0 <= start < end <= len(given_.document)
        assert any(
            unicodedata.category(c)[0] in "LNM" for c in unicodedata.normalize("NFKD", given_.document[start:end])
        )


@given(st.text(max_size=200))
def test_a_word_of_a_text_is_found_in_it(text) -> None:
    for word, places in tokens(text).places.items():
        start, end = tokens(text).spans[places[0]]
        try:
            spans = Query(f'"{text[start:end]}"'.replace("\\", "")).match(article("", text))
        except QueryError:
            continue
        assert spans is not None, word


@given(st.text(max_size=80))
def test_any_text_as_a_query_works_or_says_why(text) -> None:
    try:
        Query(text).match(article("some title", "and some text"))
    except QueryError as error:
        message = str(error)
    else:
        message = "it worked"
    assert message
