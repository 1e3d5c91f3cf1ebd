"""Which language a text is in: a count of the lexicon's own words for the usual case, py3langid for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.detect.words import Lexicon

SAMPLE = 1200
"""Characters of a text that are looked at."""

ENOUGH = 0.12
"""Share of stop words above which a text is taken for the lexicon's language without asking further."""

FAMILIAR = 0.25
"""The same for different words of the lexicon, stop words too: headlines have few of those. Of the captured
feeds' items, a handful in other languages come near it, all of English names and labels."""

FOREIGN = 0.02
"""Share of letters beyond ASCII from which on the words alone do not decide."""

ALIEN = 2
"""Different small words of other languages from which on they do not either."""

SHORT = 6


def identify(text: str, lexicon: Lexicon) -> str:
    """ISO 639-1 code of the text's language, empty where it is too short to tell."""
    sample = text[:SAMPLE]
    words = [word.strip(".,;:()?!\"'“”‘’") for word in sample.lower().split()]
    if not words:
        return ""
    stop_words = lexicon.sets["stopwords"]
    share = sum(word in stop_words for word in words) / len(words)
    if share >= ENOUGH or (len(words) < SHORT and text.isascii()):
        return lexicon.language
    if _familiar(sample, words, lexicon):
        return lexicon.language
    import py3langid  # type: ignore[import-untyped]  # half a second and 70 MB: only where the counts leave a doubt

    code, _ = py3langid.classify(sample)
    if code != lexicon.language and text.isascii() and (share >= ENOUGH / 1.5 or len(words) < SHORT * 2):
        return lexicon.language  # headlines: names and few stop words
    return str(code)


def _familiar(sample: str, words: list[str], lexicon: Lexicon) -> bool:
    """Whether the lexicon knows so many of the words that no other language is likely."""
    distinct = {word for word in words if word.isalpha()}  # a foreign text may well repeat an English title
    known = sum(word in lexicon.vocabulary or word in lexicon.sets["stopwords"] for word in distinct)
    beyond = sum(not sign.isascii() and sign.isalpha() for sign in sample)
    return (
        known > FAMILIAR * len(distinct)
        and len(distinct & lexicon.sets["foreign"]) < ALIEN
        and beyond < FOREIGN * len(sample)
    )
