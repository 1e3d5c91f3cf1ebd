"""What a topic's wording misses, from the articles themselves."""

from __future__ import annotations

from dataclasses import replace

from tests.detect.quarrel import TOPIC, article
from watcher.detect.suggest import is_thing, suggest
from watcher.detect.words import load

ARTICLES = [
    article("Lind welcomed the dredging package. Moro rejected the harbour treaty and the dredging package."),
    article("The Greens want a dredging package, and a bridge. Norland opposes the toll bill."),
    article("Sudria will vote on the toll bill. Nobody spoke of the port accord, Moro said."),
]


def test_phrases_near_parties_that_no_term_covers() -> None:
    found = dict(suggest(TOPIC, ARTICLES).phrases)
    assert found["dredging package"] == 3
    assert found["toll bill"] == 2
    assert not any("treaty" in phrase for phrase in found)


def test_names_and_terms_that_never_occur() -> None:
    found = suggest(TOPIC, ARTICLES)
    assert ("Dockers", "Rita Falk") in found.silent_aliases
    assert ("Sudria", "Moro") not in found.silent_aliases
    assert "treaty freeze" in found.silent_terms
    assert "port accord" not in found.silent_terms


def test_without_articles_nothing_is_called_silent() -> None:
    found = suggest(TOPIC, [])
    assert (found.articles, found.silent_aliases, found.silent_terms) == (0, (), ())


def test_a_mere_thing_is_called_one() -> None:
    lexicon = load()
    assert is_thing("rare minerals", lexicon)
    assert is_thing("fishing grounds", lexicon)
    for term in ("minerals deal", "sign the treaty", "Trans-Pacific Partnership", "build the wall", "toll bill"):
        assert not is_thing(term, lexicon), term
    assert suggest(replace(TOPIC, target_terms=("rare minerals", "port accord")), []).things == ("rare minerals",)
