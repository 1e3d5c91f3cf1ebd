"""What a governor does to the sign of a chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.fates import CAUSING, GIVING, done_to, fate
from watcher.detect.governors import governs
from watcher.detect.links import negate
from watcher.detect.path import Path, cue

if TYPE_CHECKING:
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry


LIFTING = frozenset(["lift", "ease", "relax", "waive"])
"""They favour sanctions' end, and end a veto or an objection."""


LOATHING = frozenset(["hate", "dread", "loathe"])
"""What one would do so to do is what one does not want."""

WANTING = frozenset(
    ["want", "demand", "seek", "ask for", "need", "require", "insist on", "expect", "request", "push for", "press for"]
)
"""Who does this in exchange for the target makes it depend on what it gets."""


def apply_noun(parsed: Parsed, path: Path, k: int, hit: tuple[Entry, int]) -> None:
    """A position verb on a noun of position: "opposed the repeal of", "rejected calls for"."""
    entry, end = hit
    sign = -1 if path.sign * path.target.sign < 0 and entry.lemma in LIFTING else entry.sign
    if "undecided" in entry.kinds:
        sign, path.undecided = 1, True  # "is weighing a plan to build it"
    path.sign *= sign
    path.cues.insert(0, cue(parsed, k, end, sign))
    path.kind, path.top = "verb", k
    path.verbs.append(entry)


def apply_verb(parsed: Parsed, path: Path, i: int, end: int, entry: Entry) -> None:
    """Adds a verb on the left. Before an infinitive only its `control` passes; before a noun its `sign`."""
    clause = path.kind in ("verb", "action", "adjective") and not path.nominal
    path.nominal = False
    if clause:
        sign = entry.control
        if "ending" in entry.kinds and parsed.lower[path.top].endswith("ing"):
            sign = -1  # "stop fighting"
        if ("prevent" in entry.kinds and "from" in parsed.lower[end - 1 : path.top]) or (
            "prevent" in entry.kinds and entry.rest
        ):
            sign = -1
        if "conditional" in entry.kinds:
            path.conditional = True  # "left the door open to signing"
        if entry.lemma.startswith("stop short"):
            path.void = True  # "stopped short of threatening to veto it"
        if entry.control < 0 and path.verbs and path.verbs[-1].lemma in ("rule out", "confirm"):
            path.void = True  # "refused to rule it out", "declined to confirm it"
        if entry.lemma in DARING and any(i < m.start < path.top for m in parsed.mentions):
            path.void = True  # "challenged X to leave it": whether it should is not told
        if entry.lemma in LETTING and path.sign * path.target.sign < 0 and _others_do(parsed, i, path.top):
            path.void = True  # "let X vote against it": X, and not who lets it
        if entry.lemma in PERMITTING and entry.form == "past" and _passive(parsed, i):
            path.void = True  # "would be allowed to sign it"
        needed = parsed.lower[end : path.top] + parsed.lower[max(0, i - 6) : i]
        if entry.lemma == "need" and (not VOTES.isdisjoint(needed) or any(word[0].isdigit() for word in needed)):
            path.void = True  # "needs four votes to pass it", "short of the votes needed to pass it"
        if entry.lemma in ("have", "do", "lack") and not VOTES.isdisjoint(parsed.lower[end : path.top]):
            path.void = True  # "does not have the votes to pass it"
        if entry.lemma in ASKING and path.undecided and not path.conditional:
            path.void = all(
                e.lemma not in TAKING_UP for e in path.verbs
            )  # "asked the court to review the ruling on it"
            path.undecided = False  # "urged parliament to consider it"
        if "undecided" in entry.kinds and path.verbs and path.verbs[-1].lemma in LEAVING_OVER:
            sign, path.undecided = 1, False  # "would consider resigning over it"
        if entry.lemma in LOATHING:
            sign = -1  # "would hate to see it pass"
        if "label" in entry.kinds and (value := _labelled(parsed, path.target)):
            sign = value  # "called leaving it a mistake"
        if not sign and parsed.lower[path.top].endswith("ing") and "to" not in parsed.lower[end : path.top]:
            sign = entry.sign  # "criticised leaving it"
        if not sign:
            sign = 1  # only a purpose: "filibustered to preserve it"
        if "undecided" in entry.kinds and not (path.verbs and path.verbs[-1].lemma in LEAVING_OVER):
            path.undecided = True
    elif "label" in entry.kinds and (value := _labelled(parsed, path.target)):
        sign = value
    elif path.exchange and not path.kind and entry.lemma in WANTING:
        path.conditional, sign = True, 1  # "wants lower tolls in exchange for it"
    elif path.terms and not path.kind:
        path.conditional = entry.sign > 0 and not path.amending  # who opposes changes to it wants it as it is
        sign = 1
    else:
        path.void = path.void or (entry.lemma == "warn of" and path.target.sign < 0)  # "warns of countermeasures"
        done = done_to(parsed, path.target, entry)
        sign = 1 if "amend" in entry.kinds else done or (-1 if "refuse" in entry.kinds else 0)
        if sign < 0 < path.target.sign and entry.lemma in parsed.doing:
            sign = 1  # who lifts the limit does what the topic is about
        path.amending = path.amending or "amend" in entry.kinds
        path.conditional = path.conditional or entry.lemma == "renegotiate"
        if entry.kinds == {"undecided"} and entry.form == "past" and _over(parsed, i):
            path.void = True  # "considered it an error", "had examined it"
        if not sign:
            path.undecided = path.undecided or "undecided" in entry.kinds
            path.conditional = path.conditional or "conditional" in entry.kinds
            sign = 1
    if not clause and (becomes := fate(parsed, path, entry)) is not None:
        sign = becomes.sign if entry.lemma in GIVING or "label" in entry.kinds else sign * becomes.sign
        path.conditional = path.conditional or becomes.amended
        path.cues.append(cue(parsed, becomes.start, becomes.end, becomes.sign))
    path.sign *= sign
    neutral = not entry.sign and not (clause and entry.control < 0)
    path.cues.insert(0, cue(parsed, i, end, 0 if neutral and sign > 0 else sign))
    path.kind = "verb"
    path.top = i
    path.verbs.append(entry)


ASKING = frozenset(["ask", "urge", "beg", "press", "call on", "implore", "push", "plead", "encourage", "petition"])
TAKING_UP = frozenset(["consider", "contemplate", "weigh", "entertain"])

DARING = frozenset(["challenge", "defy"])

PERMITTING = frozenset(["allow", "permit", "authorize", "authorise", "enable", "require", "oblige", "force", "compel"])
"""In the passive they tell what others let or make the subject do."""


LETTING = frozenset(["let", "allow", "permit", "authorize", "authorise", "enable"])
"""Who lets others act against the target need not be against it."""


def _others_do(parsed: Parsed, i: int, top: int) -> bool:
    """Whether the verb at `i` lets others do what the verb at `top` tells, and is not denied: "never let X kill it"."""
    between = [x for x in range(i + 1, top) if parsed.lower[x] != "to" and not parsed.adverb(x)]
    denied = any(parsed.negated(x) or parsed.lower[x].startswith("refus") for x in range(max(0, i - 4), i))
    return bool(between) and not denied


VOTES = frozenset(["vote", "votes", "senators", "majority", "least", "more", "enough"])
"""Of these someone needs so many to do it, whatever it thinks of it."""


def _passive(parsed: Parsed, i: int) -> bool:
    """Whether the participle at `i` stands behind a form of "be"."""
    return not {"is", "are", "was", "were", "be", "been", "being"}.isdisjoint(_group(parsed, i))


def _over(parsed: Parsed, i: int) -> bool:
    """Whether a past form at `i` tells what is over: not "is being considered"."""
    return {"be", "being"}.isdisjoint(_group(parsed, i))


def _group(parsed: Parsed, i: int) -> list[str]:
    """The words right before the verb at `i` that belong to it: auxiliaries, adverbs, negations."""
    return parsed.lower[parsed.back_over(i - 1, parsed.light) + 1 : i]


def _labelled(parsed: Parsed, target: Target) -> int:
    """`considers the pact dead`: the sign of the word that the verb calls it by, 0 if there is none."""
    lower, k = parsed.lower, target.end
    if parsed.words[k : k + 1] == [","]:  # "considers the exit, completed on Saturday, a mistake"
        close = next((x for x in range(k + 1, min(len(parsed), k + 12)) if parsed.words[x] == ","), -1)
        k = close + 1 if close > 0 and lower[close + 1 : close + 2] in (["a"], ["an"], ["the"]) else k
    start = k
    if lower[k : k + 1] == ["to"] and lower[k + 1 : k + 2] != ["be"]:
        return 0  # "is considering a pact to help the ports": what it is for
    while k < len(parsed) and k - start < 3 and (lower[k] in ("a", "an", "as", "to", "be") or parsed.adverb(k)):
        k += 1
    if k >= len(parsed):
        return 0
    return 1 if lower[k] in parsed.lexicon.good else -1 if lower[k] in parsed.lexicon.bad else 0


LEAVING_OVER = frozenset(["resign over", "quit over", "strike over", "sue over", "walk out over"])
"""Who even considers doing so is against it."""

VERDICTS = frozenset(["vote", "ruling", "outcome", "result", "verdict", "debate", "talks", "negotiations"])


AT_LIBERTY = frozenset(["free", "welcome", "entitled", "eligible"])
"""Who is so may or may not do it: "is welcome to sign it"."""


def apply_adjective(parsed: Parsed, path: Path, i: int, hit: tuple[Entry, int]) -> None:
    """Adds a predicate adjective on the left: "is opposed to it", "is ready to sign it"."""
    entry, end = hit
    between = parsed.lower[end : path.top]
    paper = not parsed.lexicon.instruments.isdisjoint(between) or not parsed.lexicon.sets["papers"].isdisjoint(between)
    clause = path.kind in ("verb", "action") and not (entry.rest and paper)  # "critical of a bill to end it"
    if "conditional" in entry.kinds:
        path.conditional = True
        sign = 1
    elif "undecided" in entry.kinds:
        path.undecided = True
        sign = 1
    elif clause:
        sign = entry.control
        path.void = path.void or entry.lemma in AT_LIBERTY
    else:
        sign = entry.sign
    felt = entry.rest[-1:] in (("by",), ("at",), ("with",))
    behind = parsed.lower[end : path.target.start]
    if felt and not VERDICTS.isdisjoint(behind) and "against" not in behind:
        path.void = True  # "disappointed by the vote on it": which way it went is not told
    if not sign:
        return
    path.sign *= sign
    path.cues.insert(0, cue(parsed, i, end, sign if entry.sign or sign < 0 else 0))
    path.kind = "adjective"
    path.top = i
    path.verbs.append(entry)
    linked = i > 0 and parsed.lower[i - 1] in parsed.lexicon.sets["linking"]
    negate(parsed, path, i - linked)  # "no longer felt bound by it", "did not sound keen on it"


def may_govern(parsed: Parsed, path: Path, entry: Entry) -> bool:
    """Whether a verb governs the path as it stands, also one that only causes something: "have it annulled"."""
    following = parsed.lower[path.target.end : path.target.end + 1]
    if not path.kind and entry.lemma in GIVING and following and following[0].isalpha():
        given = following[0] not in parsed.lexicon.sets["prepositions"]  # "gave it a lukewarm reception"
        return not given or fate(parsed, path, entry) is not None
    if entry.lemma == "join" and path.target.sign < 0 and not path.kind:
        return False  # "joined the app", which the topic would ban
    if governs(path, entry) or (not path.kind and "act" in entry.kinds and entry.lemma in parsed.doing):
        return True  # "plans to hold it", where holding it is what the topic is about
    return not path.kind and not path.loose and entry.lemma in CAUSING and fate(parsed, path, entry) is not None
