"""Marks between words: those that end a clause, those that quote, and words that tell whose a thing is."""

HARD = frozenset([".", ";", ":", "—", "–", "?", "!", "…", "...", "|"])
QUOTES = frozenset(['"', "“", "”", "''", "``"])
OWNERS = frozenset(["his", "her", "its", "their", "my", "our"])
OWNING = OWNERS | {"'s", "'"}
"""Before a noun they tell whose it is."""
