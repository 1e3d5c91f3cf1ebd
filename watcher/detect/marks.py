"""Marks between words: those that end a clause, and those that quote."""

HARD = frozenset([".", ";", ":", "—", "–", "?", "!", "…", "...", "|"])
QUOTES = frozenset(['"', "“", "”", "''", "``"])
