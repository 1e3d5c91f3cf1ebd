"""Who does something together with its subject: `joined X in opposing it`, `signed the pact with X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import HARD
from watcher.detect.naming import phrase_start

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed

JOINING = frozenset(
    ["agreed", "agree", "agrees", "join", "joins", "joined", "joining", "voted", "vote", "votes", "voting"]
) | frozenset(["work", "works", "worked", "working", "teamed", "teaming", "allied", "partnered", "sided", "siding"])


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
    with_it = verb + 1 + (parsed.lower[verb + 1] in ("up", "closely", "together", "hard"))
    return (
        mention
        if parsed.lower[with_it : mention.start][:1] == ["with"] and after in (["against"], ["for"], ["to"])
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


GROUPS = frozenset(
    ["coalition", "alliance", "group", "bloc", "front", "band", "campaign", "movement", "effort", "drive"]
)
LEADING = frozenset(["lead", "head", "join", "form", "build", "forge", "spearhead", "organise", "organize", "assemble"])
LEADING |= {"found", "launch", "start", "chair", "set up", "put together"}
LED = 7
"""Words from a group to the end of what it is of."""


def leading(parsed: Parsed, k: int) -> int:
    """`X leads a coalition of unions suing over it`, where the group's phrase ends at `k`: the verb by which X is
    one of the group; -1 if none tells so."""
    lower, sets = parsed.lower, parsed.lexicon.sets
    group = next((x for x in range(k, max(0, k - LED), -1) if lower[x] in GROUPS), -1)
    if group < 1 or (group < k and lower[group + 1] != "of"):
        return -1
    for x in range(group - 1, max(-1, group - LED), -1):
        hit = parsed.verb(x)
        if hit is not None and hit[0].lemma in LEADING:
            return x
        if hit is not None or lower[x] in sets["prepositions"] or parsed.words[x] in (",", *HARD):
            return -1
    return -1


MEETING = frozenset(["with", "alongside", "beside", "met", "meets", "meet", "meeting", "joined", "hosted", "to"])
"""Before a name they tell whom someone is with: "next to X", "met X"."""

CLAUSES = frozenset(["as", "while", "when", "where", "before", "after", "and", "which", ","])


def together(parsed: Parsed, they: int) -> tuple[Mention, ...]:
    """`X appeared with Y and Z as they hailed it`, `X met Y, and they praised it`: X, Y and Z, whom "they" takes up;
    empty where others are named whom it may mean."""
    named = [m for m in parsed.mentions if m.actor and m.end <= they and not _visited(parsed, m)]
    if len(named) < 2 or parsed.lower[they - 1] not in CLAUSES:
        return ()
    met = next((i for i, m in enumerate(named) if i and _meets(parsed, phrase_start(parsed, m.start) - 1)), 0)
    others = named[:met]
    if not others or phrase_start(parsed, others[0].start) > 3 or len({m.party for m in others}) > 1:
        return ()
    sets = parsed.lexicon.sets
    people = sets["actors"] | sets["unnamed"] | sets["bystanders"]
    crowd = any(parsed.lower[x].endswith("s") and parsed.lower[x] in people for x in range(others[0].end, they))
    return () if crowd else (others[0], *named[met:])


def _meets(parsed: Parsed, i: int) -> bool:
    """Whether token `i` tells whom someone is with: "with", "met", "next to"."""
    return parsed.lower[i] in MEETING and (parsed.lower[i] != "to" or parsed.lower[i - 1] == "next")


def _visited(parsed: Parsed, mention: Mention) -> bool:
    """`flew to Norland`, `met in Norland`: a name that only tells where."""
    before = parsed.lower[mention.start - 1] if mention.start else ""
    return before in ("in", "to", "at", "from", "near") and not mention.person
