"""Queries in Lucene syntax: what matches, and which words are lit."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.match.match_helpers import article, found
from watcher.domain.topic import Party, Topic
from watcher.engine.match import Matcher, Query, QueryError


@pytest.mark.parametrize(
    ("query", "title", "text", "words"),
    [
        ("bridge", "The Bridge", "", ["Bridge"]),
        ("bridge", "The bridges", "", None),
        ("a AND b", "a b", "", ["a", "b"]),
        ("a AND b", "a", "b", ["a", "b"]),
        ("a AND b", "a", "", None),
        ("a OR b", "b", "", ["b"]),
        ("a b", "b c", "", ["b"]),
        ("a AND NOT b", "a", "", ["a"]),
        ("a AND NOT b", "a b", "", None),
        ("NOT b", "a", "", []),
        ("a -b", "a b", "", None),
        ("a -b", "a", "", ["a"]),
        ("a -b", "c", "", None),
        ("a NOT b", "a b", "", None),
        ("+a b", "a", "", ["a"]),
        ("+a b", "a b", "", ["a", "b"]),
        ("+a b", "b", "", None),
        ("+a -b", "a c", "", ["a"]),
        ("(a OR b) AND (c OR d)", "b d", "", ["b", "d"]),
        ("a OR b AND c", "a", "", ["a"]),
        ("a^2 OR b", "a", "", ["a"]),
        # phrases
        ('"rare earth"', "rare earth", "", ["rare", "earth"]),
        ('"rare earth"', "rare-earth", "", ["rare", "earth"]),
        ('"rare earth"', "earth rare", "", None),
        ('"rare earth"', "rare", "earth", None),
        ('"rare earth*"', "rare earths", "", ["rare", "earths"]),
        ("“rare earth”", "rare earth", "", ["rare", "earth"]),
        ('"the * deal"', "the big deal", "", ["the", "big", "deal"]),
        ('"Ukraine deal"', "Ukraine's deal", "", ["Ukraine", "deal"]),
        ('"Ukraine deal"', "Ukraine’s deal", "", ["Ukraine", "deal"]),
        ("U.S.", "the U.S. said", "", ["U", "S"]),
        ("U.S.", "told us", "", None),
        # near
        ('"a b"~2', "a x y b", "", ["a", "b"]),
        ('"a b"~2', "b x y a", "", ["b", "a"]),
        ('"a b"~2', "a x y z b", "", None),
        ('"a b"~2', "a", "b", None),
        ('"a a"~2', "a", "", None),
        ('"a a"~2', "a x a", "", ["a", "a"]),
        ('"a b c"~1', "c x b a", "", ["c", "b", "a"]),
        ('"min* deal"~3', "a deal on the minerals", "", ["deal", "minerals"]),
        # wildcards
        ("ukrain*", "Ukrainian", "", ["Ukrainian"]),
        ("ukrain*", "Ukrain", "", ["Ukrain"]),
        ("*ship", "leadership", "", ["leadership"]),
        ("t?x", "tax tx toox", "", ["tax"]),
        ("a*b*c", "aXbYbc", "", ["aXbYbc"]),
        ("ab*b", "ab", "", None),
        ("ab*b", "abb", "", ["abb"]),
        # fields
        ("title:a", "a", "", ["a"]),
        ("title:a", "b", "a", None),
        ("text:a", "a", "", None),
        ("text:a", "b", "a", ["a"]),
        ("title:(a OR b) AND c", "b", "c", ["b", "c"]),
        ('title:"a b"', "a b", "", ["a", "b"]),
        ("source:paper AND a", "a", "", ["a"]),
        ("source:paper", "a", "", []),
        ('source:"the paper"', "a", "", []),
        ("source:other", "a", "", None),
        ("paper", "a", "", None),
        ("a AND NOT source:paper", "a", "", None),
        # folding
        ("zelensky", "Zelenský", "", ["Zelenský"]),
        ("ZELENSKÝ", "zelensky", "", ["zelensky"]),
        ("Łódź", "Lodz", "", ["Lodz"]),
        ("strasse", "Straße", "", ["Straße"]),
        ("istanbul", "İstanbul", "", ["İstanbul"]),
        ("état", "e\u0301tat", "", ["e\u0301tat"]),
        ("minerals", "mi\u200bne\u00adrals", "", ["mi\u200bne\u00adrals"]),
        ("minerals", "\u202eminerals\u202c", "", ["minerals"]),
        ("ﬁnance", "finance", "", ["finance"]),
        # scripts
        ("україна", "Україна і світ", "", ["Україна"]),
        ("ελλαδα", "Ελλάδα", "", ["Ελλάδα"]),
        ("中国", "美国和中国谈判", "", ["中", "国"]),
        ("国中", "美国和中国谈判", "", None),
        ("日本 AND アメリカ", "日本とアメリカ", "", ["日", "本", "ア", "メ", "リ", "カ"]),
        ("중국*", "중국은", "", ["중국은"]),
        ("اتفاق", "اتِّفاق جديد", "", ["اتِّفاق"]),
        ("हिन्दी", "हिन्दी में", "", ["हिन्दी"]),
        ("ไทย", "ประเทศไทย", "", ["ไ", "ท", "ย"]),
    ],
)
def test_what_matches_and_which_words(query, title, text, words) -> None:
    assert found(query, title, text) == words


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "missing at the end"),
        ("a AND", "missing at the end"),
        ("(a", "1 '(' but 0 ')'"),
        ("a)", "0 '(' but 1 ')'"),
        ('"a', "quotation mark at character 1 is not closed"),
        ("a AND OR b", "unexpected 'OR' at character 7"),
        ("[a TO b]", "ranges"),
        ("a~", "fuzzy"),
        ("/a.*/", "regular expressions"),
        ("author:a", 'no field "author"'),
        ("a and b", "write AND"),
        ("a || b", "write OR"),
        ("!a", "write NOT"),
        ("$", "no word"),
        ('"..."', "no word"),
        ("(" * 5000 + "a" + ")" * 5000, "brackets"),
    ],
)
def test_a_query_that_cannot_be_used_says_why(query, says) -> None:
    with pytest.raises(QueryError) as caught:
        Query(query)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def topic(**rest: object) -> Topic:
    return Topic(name="Bridge plan", target="The bridge is built", parties=(Party("North"),), **rest)  # type: ignore[arg-type]


def test_the_parsers_tables_are_taken_as_they_come() -> None:
    """On Python 3.13 its library would make them anew, tell of their conflicts, and write them beside itself."""
    code = """
import ply.yacc
ply.yacc.ParserReflect.signature = lambda self: "that of no grammar"
from watcher.config.query import parse
print(parse('a AND "b c"'))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ('a AND "b c"\n', "")


def test_without_a_query_the_targets_terms_are_it() -> None:
    matcher = Matcher(topic(target_terms=("new bridge", 'so-called "link"', "bridge*")))
    assert matcher.match(article("A New Bridge")) == ((2, 5), (6, 12))
    assert matcher.match(article("the so-called link")) is not None
    assert matcher.match(article("bridges")) is None, "terms are letter for letter"


def test_without_terms_the_name_is() -> None:
    assert Matcher(topic()).match(article("The bridge plan")) is not None
    assert Matcher(topic()).match(article("The bridge")) is None


def test_a_long_word_and_many_stars_take_no_time() -> None:
    import time

    query = Query("a*b*c*d*e*f*g*h*i*j*z OR *x*x*x*x*x*y")
    started = time.perf_counter()
    assert query.match(article("", "abcdefghij" * 20_000 + " " + "x" * 200_000)) is None
    assert time.perf_counter() - started < 10, "a backtracking pattern would take hours"
