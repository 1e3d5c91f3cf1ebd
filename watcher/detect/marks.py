"""Marks between words, those that end a clause and those that quote, and small words that many rules look for."""

HARD = frozenset([".", ";", ":", "—", "–", "?", "!", "…", "...", "|"])
QUOTES = frozenset(['"', "“", "”", "''", "``"])
OWNERS = frozenset(["his", "her", "its", "their", "my", "our"])
OWNING = OWNERS | {"'s", "'"}
"""Before a noun they tell whose it is."""
ARTICLES = frozenset(["a", "an", "the", "his", "her", "its", "their"])
"""They open a noun phrase."""
BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
"""Before a participle they make a passive."""
