"""Which language a text is in: a stop-word count for the usual case, py3langid for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.detect.words import Lexicon

SAMPLE = 1200
ENOUGH = 0.12
"""Share of stop words above which a text is taken for the lexicon's language without asking further."""

SHORT = 6


def identify(text: str, lexicon: Lexicon) -> str:
    """ISO 639-1 code of the text's language, empty where it is too short to tell."""
    words = text[:SAMPLE].lower().split()
    if not words:
        return ""
    share = sum(word.strip(".,;:\"'“”") in lexicon.sets["stopwords"] for word in words) / len(words)
    if share >= ENOUGH:
        return lexicon.language
    if len(words) < SHORT and text.isascii():
        return lexicon.language
    import py3langid  # type: ignore[import-untyped]  # numpy and a model of 1 MB: only where the count is in doubt

    code, _ = py3langid.classify(text[:SAMPLE])
    if code != lexicon.language and text.isascii() and (share >= ENOUGH / 1.5 or len(words) < SHORT * 2):
        return lexicon.language  # headlines: names and few stop words
    return str(code)
