"""The language of `match`: Lucene's syntax, read by luqum, without what makes no sense on news text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luqum.tree import Item  # type: ignore[import-untyped]

FIELDS = ("title", "source", "text")
"""What `field:` may name; without one, title and text are searched."""


UNSUPPORTED = {
    "Range": "ranges [a TO b]",
    "From": "comparisons like >a",
    "To": "comparisons like <a",
    "Fuzzy": "fuzzy words like a~",
    "Regex": "regular expressions /a/",
}


class QueryError(ValueError):
    """A query that cannot be used, said in one plain line."""


def parse(query: str) -> Item:
    """The tree of `query`. Raises QueryError for bad syntax and for what is not supported."""
    from luqum.exceptions import IllegalCharacterError, ParseError  # type: ignore[import-untyped]
    from luqum.parser import parser  # type: ignore[import-untyped]

    try:
        tree: Item = parser.parse(query)
    except IllegalCharacterError as error:
        at = int(str(error).rpartition(" ")[2])
        raise QueryError(f"{illegal(query, at)} in the query: {query}") from None
    except ParseError as error:
        raise QueryError(f"{unparsed(query, str(error))} in the query: {query}") from None
    refuse_unsupported(tree, query)
    return tree


def illegal(query: str, at: int) -> str:
    """What is wrong with the character at `at`."""
    if query[at : at + 1] == '"':
        return f"the quotation mark at character {at + 1} is not closed"
    return f"unexpected {query[at : at + 1]!r} at character {at + 1}"


def unparsed(query: str, message: str) -> str:
    """What is wrong with a query that the parser gave up on."""
    opened, closed = query.count("("), query.count(")")
    if opened != closed:
        return f"{opened} '(' but {closed} ')'"
    if "at the end" in message:
        return "something is missing at the end"
    _, _, rest = message.partition("unexpected ")
    return f"unexpected {rest}" if rest else "a mistake"


def refuse_unsupported(tree: Item, query: str) -> None:
    """Raises QueryError for ranges, fuzzy words, regular expressions and unknown fields."""
    kind = type(tree).__name__
    if kind == "SearchField" and tree.name not in FIELDS:
        raise QueryError(f'there is no field "{tree.name}", only {", ".join(FIELDS)}; in the query: {query}')
    if kind in UNSUPPORTED:
        raise QueryError(f"{UNSUPPORTED[kind]} are not supported; use wildcards * and ?; in the query: {query}")
    for child in tree.children:
        refuse_unsupported(child, query)
