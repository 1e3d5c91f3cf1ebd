"""Boards, statements and shifts in forms that other programs and people read."""
