"""Fuzzy filtering: the letters of the query in order, runs and word starts first."""

from __future__ import annotations

RUN, WORD_START, START = 4, 6, 3  # how much better a letter is that follows a hit, or starts a word or the text


def fuzzy(query: str, text: str) -> tuple[int, tuple[int, ...]] | None:
    """Score and hit positions of `query` in `text`, or None where a letter is missing.

    Case and blanks in the query do not count. An unbroken occurrence beats a scattered one.
    """
    wanted = "".join(query.casefold().split())
    if not wanted:
        return 0, ()
    folded = text.casefold()
    if len(folded) != len(text):  # a letter that folds into two would shift the positions
        folded = text.lower() if len(text.lower()) == len(text) else text
    whole = folded.find(query.casefold().strip())
    if whole >= 0:
        length = len(query.strip())
        bonus = WORD_START if whole == 0 or not folded[whole - 1].isalnum() else 0
        return 1000 + bonus - whole, tuple(range(whole, whole + length))
    best: tuple[int, tuple[int, ...]] | None = None
    start = folded.find(wanted[0])
    while start >= 0:
        hits = _hits(wanted, folded, start)
        if hits is None:
            break
        score = _score(hits, folded)
        if best is None or score > best[0]:
            best = score, hits
        start = folded.find(wanted[0], start + 1)
    return best


def _hits(wanted: str, text: str, start: int) -> tuple[int, ...] | None:
    """Greedy positions from `start` on, preferring the start of a word for each letter."""
    hits = [start]
    for letter in wanted[1:]:
        after = hits[-1] + 1
        if after < len(text) and text[after] == letter:
            hits.append(after)
            continue
        following = text.find(" " + letter, after - 1)
        position = following + 1 if following >= 0 else text.find(letter, after)
        if position < 0:
            return None
        hits.append(position)
    return tuple(hits)


def _score(hits: tuple[int, ...], text: str) -> int:
    score = START if hits[0] == 0 else 0
    for index, hit in enumerate(hits):
        if index and hit == hits[index - 1] + 1:
            score += RUN
        if hit == 0 or not text[hit - 1].isalnum():
            score += WORD_START
    return score - (hits[-1] - hits[0] - len(hits)) // 4
