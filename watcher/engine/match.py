"""Which articles belong to a topic: Lucene's query syntax, evaluated on an article's words.

Differs from a search engine in that nothing is scored: an article matches or not, and the words
that made it match are known. Words without an operator between them are alternatives (Lucene's
default), unless one has + or -. `"a b"~3` allows three other words between, in either order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from watcher.config.query import QueryError, parse
from watcher.engine.tokens import Tokens, fold, folded, tokens, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watcher.domain.article import Article
    from watcher.domain.topic import Topic

__all__ = ["Matcher", "Query", "QueryError"]

ANY, ONE = "\ue000", "\ue001"
"""Stand for * and ? while a term is folded: private characters, which no folded text holds."""

WILD = re.compile(r"(?<!\\)[*?]")


@dataclass(frozen=True, slots=True)
class Text:
    """An article as queries see it: folded strings to look through, words made only when needed."""

    title: str
    document: str
    source: str

    @property
    def boundary(self) -> int:
        """How many words of the document are the title's."""
        return len(tokens(self.title).spans)


class Node(Protocol):
    """A part of a query. Positions count the words of the article's document."""

    def may(self, text: Text) -> bool:
        """Whether a match is possible, by looking for letters only; false is certain."""

    def find(self, text: Text) -> frozenset[int] | None:
        """The positions of the words that matched, or None."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One word of a query: `literal` is its longest part without wildcards."""

    word: str
    literal: str
    wild: re.Pattern[str] | None

    def places(self, where: Tokens) -> Sequence[int]:
        """The positions that it fits, in order."""
        if self.wild is None:
            return where.places.get(self.word, ())
        fits = self.wild.fullmatch
        found = [at for word, places in where.places.items() if self.literal in word and fits(word) for at in places]
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Words:
    """A word or a phrase, in one field (empty: title and text); `slop` None: side by side in order."""

    patterns: tuple[Pattern, ...]
    field: str
    slop: int | None

    def __str__(self) -> str:
        said = " ".join(pattern.word.replace(ANY, "*").replace(ONE, "?") for pattern in self.patterns)
        near = "" if self.slop is None else f"~{self.slop}"
        return (f"{self.field}:" if self.field else "") + (f'"{said}"{near}' if len(self.patterns) > 1 else said)

    def may(self, text: Text) -> bool:
        """See Node."""
        where = fold(text.source) if self.field == "source" else folded(text.document)
        for pattern in self.patterns:  # noqa: SIM110 - asked of every article that comes in: a generator costs twice this
            if pattern.literal not in where:
                return False
        return True

    def find(self, text: Text) -> frozenset[int] | None:
        """See Node."""
        if self.field == "source":
            where = tokens(text.source)
            return frozenset() if self.hits([pattern.places(where) for pattern in self.patterns]) else None
        where = tokens(text.document)
        places = [pattern.places(where) for pattern in self.patterns]
        if not all(places):
            return None
        split = text.boundary
        hits: set[int] = set()
        if self.field != "text":
            hits |= self.hits([[at for at in some if at < split] for some in places])
        if self.field != "title":
            hits |= self.hits([[at for at in some if at >= split] for some in places])
        return frozenset(hits) or None

    def hits(self, places: Sequence[Sequence[int]]) -> set[int]:
        """The positions of the words where all of them stand as the phrase asks."""
        if not all(places):
            return set()
        if len(places) == 1:
            return set(places[0])
        return adjacent(places) if self.slop is None else self.near(places)

    def near(self, places: Sequence[Sequence[int]]) -> set[int]:
        """The words of every stretch of text that holds them all with at most `slop` others."""
        needed = Counter(pattern.word for pattern in self.patterns)
        events = sorted(
            {(at, pattern.word) for pattern, some in zip(self.patterns, places, strict=True) for at in some}
        )
        width = len(self.patterns) + (self.slop or 0)
        hits: set[int] = set()
        inside: Counter[str] = Counter()
        covered: Counter[int] = Counter()
        first = 0
        for at, word in events:
            inside[word] += 1
            covered[at] += 1
            while events[first][0] <= at - width:
                inside[events[first][1]] -= 1
                covered[events[first][0]] -= 1
                first += 1
            if inside >= needed and len(+covered) >= len(self.patterns):
                hits.update(+covered)
        return hits


def adjacent(places: Sequence[Sequence[int]]) -> set[int]:
    """The positions of the words wherever they follow one another."""
    starts = set(places[0])
    for distance, some in enumerate(places[1:], 1):
        starts &= {at - distance for at in some}
    return {start + distance for start in starts for distance in range(len(places))}


@dataclass(frozen=True, slots=True)
class All:
    """Every part matches."""

    parts: tuple[Node, ...]

    def may(self, text: Text) -> bool:
        """See Node."""
        for part in self.parts:  # noqa: SIM110 - as above
            if not part.may(text):
                return False
        return True

    def find(self, text: Text) -> frozenset[int] | None:
        """See Node."""
        hits: set[int] = set()
        for part in self.parts:
            found = part.find(text)
            if found is None:
                return None
            hits |= found
        return frozenset(hits)


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part matches; the words of all that do are kept."""

    parts: tuple[Node, ...]

    def may(self, text: Text) -> bool:
        """See Node."""
        for part in self.parts:  # noqa: SIM110 - as above
            if part.may(text):
                return True
        return False

    def find(self, text: Text) -> frozenset[int] | None:
        """See Node."""
        found = [hits for part in self.parts if part.may(text) and (hits := part.find(text)) is not None]
        return frozenset().union(*found) if found else None


@dataclass(frozen=True, slots=True)
class Never:
    """The part does not match."""

    part: Node

    def may(self, text: Text) -> bool:
        """See Node."""
        return True

    def find(self, text: Text) -> frozenset[int] | None:
        """See Node."""
        return frozenset() if not self.part.may(text) or self.part.find(text) is None else None


@dataclass(frozen=True, slots=True)
class Maybe:
    """Matches always; its words count where they stand: the optional words beside one with +."""

    part: Node

    def may(self, text: Text) -> bool:
        """See Node."""
        return True

    def find(self, text: Text) -> frozenset[int] | None:
        """See Node."""
        return self.part.find(text) or frozenset()


class Query:
    """A query in Lucene syntax, ready to be put to articles. Raises QueryError."""

    def __init__(self, query: str) -> None:
        self.root = node(parse(query), "")

    def match(self, article: Article) -> tuple[tuple[int, int], ...] | None:
        """Offsets into the article's document of the words that matched, or None. Empty where only absence matched."""
        text = Text(article.title, article.document, article.source)
        if not self.root.may(text):
            return None
        found = self.root.find(text)
        if found is None:
            return None
        spans = tokens(text.document).spans
        return tuple(spans[at] for at in sorted(found))

    def parts(self, article: Article) -> dict[str, bool]:
        """Each word and phrase of the query as written, folded, and whether it stands in the article."""
        text = Text(article.title, article.document, article.source)
        return {str(part): part.may(text) and part.find(text) is not None for part in leaves(self.root)}


def leaves(part: Node) -> Iterator[Words]:
    """The words and phrases within a part of a query."""
    if isinstance(part, Words):
        yield part
    for child in getattr(part, "parts", ()):
        yield from leaves(child)
    if isinstance(part, Never | Maybe):
        yield from leaves(part.part)


class Matcher:
    """Decides for one topic. Raises QueryError for a bad query.

    Where the topic has no query, its target's terms are it; where it has none of those, its name.
    """

    def __init__(self, topic: Topic) -> None:
        self.query = Query(topic.match or any_of(topic.target_terms or (topic.name,)))

    def match(self, article: Article) -> tuple[tuple[int, int], ...] | None:
        """Offsets into `article.document` of the words that matched, or None."""
        return self.query.match(article)


def any_of(phrases: Iterable[str]) -> str:
    """A query for any of the phrases, taken letter for letter."""
    return " OR ".join('"' + re.sub(r'([\\"*?])', r"\\\1", phrase) + '"' for phrase in phrases)


def node(tree: Any, field: str) -> Node:
    """luqum's tree as ours; `field` is the one that the words inside belong to."""
    match type(tree).__name__:
        case "Word":
            found = split(tree.value)
            return term([word for word in found if word.strip(ANY + ONE)] or found, field)
        case "Phrase":
            return term(split(tree.value[1:-1]), field)
        case "Proximity":
            return term(split(tree.term.value[1:-1]), field, int(tree.degree))
        case "SearchField":
            return node(tree.expr, tree.name)
        case "Group" | "FieldGroup" | "Boost":
            return node(tree.expr, field)
        case "Plus":
            return node(tree.a, field)
        case "Not" | "Prohibit":
            return Never(node(tree.a, field))
        case "AndOperation":
            return All(tuple(node(child, field) for child in tree.children))
        case "OrOperation" | "UnknownOperation":
            return alternatives(tree, field)
    raise QueryError(f"{tree} is not supported")


def alternatives(tree: Any, field: str) -> Node:
    """Words beside each other: those with + must match, those with - must not, of the others one must.

    Where any has +, the others are optional. Between words without OR, NOT reads as -.
    """
    kinds = {"Plus": "must", "Prohibit": "not"} | ({"Not": "not"} if type(tree).__name__ == "UnknownOperation" else {})
    parts: dict[str, list[Node]] = {"must": [], "not": [], "may": []}
    for child in tree.children:
        parts[kinds.get(type(child).__name__, "may")].append(node(child, field))
    wanted = parts["must"] + parts["not"]
    if not wanted:
        return Some(tuple(parts["may"]))
    if parts["may"]:
        wanted.append(Maybe(Some(tuple(parts["may"]))) if parts["must"] else Some(tuple(parts["may"])))
    return All(tuple(wanted))


def term(found: Sequence[str], field: str, slop: int | None = None) -> Node:
    """A word or phrase as patterns; a word such as U.S. is a phrase of two."""
    if not found:
        raise QueryError("a part of it holds no word to look for")
    return Words(tuple(pattern(word) for word in found), field, slop)


def split(text: str) -> list[str]:
    """The words of a query's term, folded as texts are; wildcards stay, marked by ANY and ONE."""
    marked = WILD.sub(lambda found: ANY if found[0] == "*" else ONE, text)
    plain = re.sub(r"\\(.)", r"\1", marked)
    kept = re.split(f"([{ANY}{ONE}])", plain)
    return words("".join(part if part in (ANY, ONE) else fold(part) for part in kept))


def pattern(word: str) -> Pattern:
    """A folded word, with ANY for any letters and ONE for one.

    Atomic groups keep a pattern with many * linear in the length of the word it is tried on.
    """
    if ANY not in word and ONE not in word:
        return Pattern(word, word, None)
    pieces = [re.escape(piece).replace(ONE, ".") for piece in word.split(ANY)]
    first, last = pieces[0], pieces[-1]
    between = "".join(f"(?>.*?{piece})" for piece in pieces[1:-1] if piece)
    wild = f"{first}{between}.*{last}" if len(pieces) > 1 else first
    return Pattern(word, max(re.split(f"[{ANY}{ONE}]", word), key=len), re.compile(wild, re.DOTALL))
