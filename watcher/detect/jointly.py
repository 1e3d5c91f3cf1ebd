"""Who does something together with its subject: `joined X in opposing it`, `signed the pact with X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import HARD

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

JOINING = frozenset(
    ["agreed", "agree", "agrees", "join", "joins", "joined", "joining", "voted", "vote", "votes", "voting"]
)


def joined_by(parsed: Parsed, verb: int) -> Mention | None:
    """`joined X in opposing it`, `voted with X against it`: X, who does the same."""
    if parsed.lower[verb] in SETTLING:
        return _settled_with(parsed, verb)
    mention = next((m for m in parsed.mentions if verb < m.start <= verb + 6 and m.actor), None)
    if mention is None:
        return None
    end = mention.end + (parsed.lower[mention.end : mention.end + 1] in (["caucus"], ["members"], ["lawmakers"]))
    after = parsed.lower[end : end + 1]
    if parsed.lower[verb][:4] == "join":
        return mention if after in (["in"], ["to"]) else None
    return (
        mention
        if parsed.lower[verb + 1 : mention.start][:1] == ["with"] and after in (["against"], ["for"], ["to"])
        else None
    )


SETTLING = frozenset(["reached", "struck", "signed", "sealed", "concluded", "clinched", "finalized", "finalised"])
"""What is done so with someone they do, too."""


def _settled_with(parsed: Parsed, verb: int) -> Mention | None:
    """`signed the pact with X`, `reached a deal with X on it`: X, with whom it was done."""
    if any(parsed.negated(x) for x in range(max(0, verb - 3), verb)):
        return None
    for x in range(verb + 1, min(len(parsed) - 1, verb + 9)):
        if parsed.words[x] in (",", *HARD):
            return None
        if parsed.lower[x] == "with":
            start = x + 1 + (parsed.lower[x + 1] == "the")
            return next((m for m in parsed.mentions if m.start == start and m.actor), None)
    return None
