"""The language of `match`: Lucene's syntax, read by luqum, without what makes no sense on news text."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

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

OPERATORS = {"and": "AND", "or": "OR", "not": "NOT", "&&": "AND", "||": "OR", "!": "NOT"}
"""What people write for an operator, and the parser takes for a word."""

CURLY = str.maketrans("“”„‟«»＂", '"' * 7)
"""Quotation marks as word processors and other keyboards make them."""


class QueryError(ValueError):
    """A query that cannot be used, said in one plain line."""


def parse(query: str) -> Item:
    """The tree of `query`. Raises QueryError for bad syntax and for what is not supported."""
    from luqum.exceptions import IllegalCharacterError, ParseError  # type: ignore[import-untyped]

    query = query.translate(CURLY)
    try:
        tree = parser()(query)
        refuse(tree)
    except IllegalCharacterError as error:
        problem = illegal(query, int(str(error).rpartition(" ")[2]))
    except ParseError as error:
        problem = unparsed(query, str(error))
    except RecursionError:
        problem = "too many brackets inside each other"
    except QueryError as error:
        problem = str(error)
    else:
        return tree
    raise QueryError(f"{problem}; in the query: {query}")


@cache
def parser() -> Callable[[str], Item]:
    """luqum's parser, for any thread, with the tables that come with it.

    Python dedents docstrings from 3.13 on, and PLY, which reads the grammar from them, takes it to have changed: it
    would make the tables anew, warn of what is odd in them, and write them beside the library, at each start where
    it may not.
    """
    import ply.yacc  # type: ignore[import-untyped]

    generate = ply.yacc.yacc
    ply.yacc.yacc = partial(generate, optimize=True, debug=False, write_tables=False)
    try:
        from luqum.thread import parse  # type: ignore[import-untyped]
    finally:
        ply.yacc.yacc = generate
    found: Callable[[str], Item] = parse
    return found


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
    word, _, place = rest.strip().rstrip("!").partition(" at position ")
    return f"unexpected {word} at character {int(place) + 1}" if place.isdigit() else "a mistake"


def refuse(tree: Item) -> None:
    """Raises QueryError for ranges, fuzzy words, regular expressions, unknown fields and look-alike operators."""
    kind = type(tree).__name__
    if kind == "SearchField" and tree.name not in FIELDS:
        raise QueryError(f'there is no field "{tree.name}", only {", ".join(FIELDS)}; quote words with a colon')
    if kind in UNSUPPORTED:
        raise QueryError(f"{UNSUPPORTED[kind]} are not supported; use wildcards * and ?")
    if kind == "Word":
        operator = OPERATORS.get(tree.value.lower()) or (tree.value[0] == "!" and "NOT")
        if operator:
            raise QueryError(f'write {operator} for the operator, or "{tree.value}" in quotation marks for the word')
    if kind in ("Word", "Phrase") and not any(character.isalnum() or character in "*?" for character in tree.value):
        raise QueryError(f"{tree.value} holds no word to look for")
    for child in tree.children:
        refuse(child)
