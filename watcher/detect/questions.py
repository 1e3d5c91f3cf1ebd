"""What is left open where judgement is withheld: whether, or only when, where and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed


def other_question(parsed: Parsed, end: int) -> bool:
    """`declined to say when it would sign it`, `has not decided how to fight it`: what is left open is not whether."""
    asked = parsed.lower[end : end + 5]
    if parsed.lower[end - 1] not in LEAVING_OPEN:
        return False  # "abstained when it was voted on"
    if not {"stand", "stands", "stood"}.isdisjoint(asked):
        return False  # "has not said where it stands on it"
    if asked[:1] == ["how"]:
        return asked[1:2] in DEGREES or (asked[1:2] == ["to"] and asked[2:3] not in ACTING)
    return asked[:1] in (["when"], ["where"], ["why"], ["who"])


LEAVING_OPEN = frozenset(
    ["say", "said", "saying", "decided", "decide", "deciding", "know", "told", "discuss", "reveal"]
)
DEGREES = (["much"], ["many"], ["soon"], ["long"], ["far"], ["fast"], ["often"], ["best"])
ACTING = (["vote"], ["respond"], ["proceed"], ["act"], ["react"], ["rule"], ["decide"], ["handle"], ["answer"])
"""Who leaves open how to do so takes no side."""
