"""The sign chain: from a target leftwards to the words that govern it, multiplying their signs.

`vowed(~) to block(-) the repeal(-)` is support. A link holds only by "to", by a preposition or verb before an
-ing form, or by a noun of position with a light verb; other words end the chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.governors import (
    before_noun,
    best_entry,
    elsewhere,
    ending_at,
    governs,
    intransitive,
    is_act,
    is_idiom,
    unknown_infinitive,
    unknown_verb,
    weightless,
)
from watcher.detect.links import link, negate
from watcher.detect.opposing import against, threat
from watcher.detect.parsed import HARD, Parsed
from watcher.detect.path import Path, cue, settle
from watcher.detect.signs import apply_adjective, apply_noun, apply_verb, may_govern

if TYPE_CHECKING:
    from watcher.detect.targets import Target

REACH = 9
"""Words between the target and its governor."""


REACH_LINKED = 6
"""Words between two linked governors: "urged Congress to pass"."""


STRUGGLES = frozenset(["fight", "battle", "struggle", "charge"])
"""Nouns of position with "for"; "against" brings its own sign, and "over" tells none."""


def govern(parsed: Parsed, target: Target, lo: int = 0) -> Path:
    """Reads leftwards from the target to `lo`."""
    path = Path(target, target.sign, target.start)
    if target.sign < 0:
        path.cues.append(cue(parsed, target.start, target.end, -1))
    i = target.start - 1
    if is_act(parsed, target):
        i = _act(parsed, path, target, lo)
    _climb(parsed, path, i, lo)
    if path.kind in ("verb", "action") and not path.negated and (no := _none_of(parsed, target)) >= 0:
        path.sign = -path.sign
        path.negated += 1
        path.cues.append(cue(parsed, no, no + 1, -1))
    condition = _if_before(parsed, path, lo)
    threatening = condition >= 0 and parsed.lower[condition] == "if"  # "threatened to quit if it agreed to the deal"
    if threatening and (k := threat(parsed, condition, lo)) >= 0:
        path.sign, path.kind, path.top = -path.sign, "verb", k
        path.cues.insert(0, cue(parsed, k, condition + 1, -1))
        negate(parsed, path, k)
    path.hypothetical = path.hypothetical or (condition >= 0 and path.top > condition)
    if path.kind != "noun":
        settle(path)
    return path


def _none_of(parsed: Parsed, target: Target) -> int:
    """The "no" that belongs to the target: "would sign no deal that ..."; -1 if there is none."""
    inside = (target.end - 1, target.start) if target.action else (target.start - 1, max(-1, target.start - 4))
    for x in range(inside[0], inside[1], -1):
        if parsed.lower[x] == "no" and parsed.negated(x):
            return x
        if not target.action and parsed.lower[x] not in parsed.lexicon.sets["fillers"]:
            return -1
    return -1


def _act(parsed: Parsed, path: Path, target: Target, lo: int) -> int:
    """The target's own verb governs: "build the wall"."""
    if parsed.lower[target.start].endswith("ing") and parsed.lower[target.start - 1 : target.start] in (["the"], ["a"]):
        return target.start - 1
    path.kind, path.top = "action", target.start
    if target.sign > 0:
        path.cues.append(cue(parsed, target.start, target.end, 1))
    linked, i = link(parsed, path, target.start, lo)
    return i if linked else lo - 1


def _climb(parsed: Parsed, path: Path, i: int, lo: int) -> None:
    lower, words, lexicon = parsed.lower, parsed.words, parsed.lexicon
    distance, reach = 0, REACH if not path.kind else REACH_LINKED
    while i >= lo and distance < reach:
        word = lower[i]
        if words[i] in HARD:
            return
        if word in parsed.lexicon.sets["clause_starts"] and word != "whether":
            return
        if word == "that" and (path.kind or (i > lo and parsed.saying(i - 1) is not None)):
            return
        if not path.kind and unknown_verb(parsed, i):
            return
        if not path.kind and unknown_infinitive(parsed, i, path.top):
            path.loose = True
        if (path.kind and i < path.target.start and (other := parsed.target_at(i)) and other is not path.target) or (
            not path.kind and (other := parsed.target_at(i)) and other.full and i < path.top - 2
        ):
            return
        if word in ("if", "unless") and path.kind:
            return
        if word == "whether" and path.kind:
            _whether(parsed, path, i)
            return
        if word == "against" and path.kind != "action":
            i = against(parsed, path, i, lo)
            distance, reach = 0, REACH_LINKED
            if path.kind == "noun":
                return
            if path.kind == "verb" and path.verbs:
                linked, i = link(parsed, path, path.top, lo)
                if not linked:
                    return
            continue
        if word == "no" and not path.kind and lower[i - 1 : i] in (["a"], ["the"], ['"'], ["“"]) and i:
            path.sign = -path.sign  # "campaign for a no to it"
            path.cues.insert(0, cue(parsed, i, i + 1, -1))
        if word == "over" and not path.kind and (k := threat(parsed, i, lo)) >= 0:
            path.sign, path.kind, path.top = -path.sign, "verb", k
            path.cues.insert(0, cue(parsed, k, k + 1, -1))
            negate(parsed, path, k)
            return
        hit = best_entry(parsed, path, i)
        if words[i] == "," and not path.kind:
            path.comma = True
        if hit and not path.kind and not hit[0].sign and hit[0].kinds & {"say", "label"} and not governs(path, hit[0]):
            return  # "filed a motion and said the pact ...": what is said of it is another clause
        if hit and path.comma and not path.kind and hit[0].sign < 0 and not path.target.action:
            return
        apart = hit is not None and bool(hit[0].rest) and not path.kind and hit[1] - 1 == path.target.end
        if hit and not path.kind and elsewhere(parsed, path, hit[1]):
            return
        if hit and (not hit[0].rest or hit[1] <= path.top + 1 or apart):
            entry, end = hit
            if not is_idiom(parsed, i) and may_govern(parsed, path, entry) and not intransitive(parsed, path, i, entry):
                apply_verb(parsed, path, i, min(end, path.top) if end > i + 1 else i + 1, entry)
                linked, i = link(parsed, path, i, lo)
                if not linked:
                    return
                distance, reach = 0, REACH_LINKED
                continue
        adjective = parsed.adjective(i)
        if adjective and path.loose and not path.kind and not adjective[0].kinds & {"undecided", "conditional"}:
            adjective = None
        if (
            adjective
            and adjective[1] <= path.top + 1
            and (
                adjective[0].rest
                or lower[adjective[1] : adjective[1] + 1]
                in (["to"], ["that"], ["about"], ["on"], ["over"], ["of"], ["for"])
                or adjective[0].kinds & {"undecided"}
            )
        ):
            apply_adjective(parsed, path, i, adjective)
            return
        if path.loose and not path.kind:
            distance += 0 if weightless(parsed, i) else 1
            i -= 1
            continue
        if not hit and word in lexicon.nouns and _within_verb(parsed, i, lo):
            i -= 1
            continue
        if (
            (word in lexicon.nouns or (word in STRUGGLES and lower[i + 1] == "for"))
            and not hit
            and _nominal(parsed, path, i)
            and (not path.exchange or word in lexicon.proposals or word == "proposition")
        ):
            sign = lexicon.nouns.get(word, 1)
            path.sign *= sign
            path.cues.insert(0, cue(parsed, i, i + 1, sign))
            path.kind, path.top = "noun", i
            path.conditional = path.conditional or word in lexicon.open_nouns
            k = before_noun(parsed, i, lo)
            carrier = parsed.verb(k) if k >= lo else None
            free = sign < 0 or not {"his", "her", "its", "their", "'s"} & set(lower[k + 1 : i])
            if carrier is None and free and k > lo and (x := ending_at(parsed, k, lo)) >= 0:
                k, carrier = x, parsed.verb(x)  # "called for its ratification"
            if (
                carrier
                and carrier[0].sign
                and (carrier[0].sign < 0 or "light" not in carrier[0].kinds)
                and carrier[1] <= i
            ):
                apply_noun(parsed, path, k, carrier)
                linked, i = link(parsed, path, k, lo)
                if linked:
                    distance, reach = 0, REACH_LINKED
                    continue
            return
        if (
            word in lexicon.terms
            and not path.kind
            and not path.terms
            and (
                lower[i + 1] in ("to", "in", "on", "of", "for", "from") or lower[i + 1 : i + 4] == ["as", "part", "of"]
            )
            and all(weightless(parsed, x) for x in range(i + 2, path.top))
        ):
            path.terms = True
            if lower[i - 1] == "no" or lower[i - 2 : i] == ["no", "further"]:
                path.amending, path.sign = True, -path.sign
            path.cues.insert(0, cue(parsed, i, i + 1, 0))
            distance = 0
        if (
            path.kind
            and path.purpose
            and not hit
            and (
                word in lexicon.transparent_nouns
                or word in lexicon.proposals
                or word in lexicon.sets["decisions"]
                or word in lexicon.sets["attitudes"]
            )
        ):
            path.nominal = True  # "fight attempts to block it": the next verb has a noun for its object
            path.purpose = False
        if word == "for" and lower[i - 2 : i] in (["in", "exchange"], ["in", "return"]) and not path.kind:
            path.exchange = True
            path.cues.insert(0, cue(parsed, i - 2, i + 1, 1))
            i -= 3
            distance, reach = 0, 14
            continue
        if (
            word in ("why", "how")
            and path.kind
            and not (i == 0 and parsed.sentence.title)
            and lower[i - 1 : i] not in (["is"], ["was"], ["'s"], ["that's"])
        ):
            path.hypothetical = True
            return
        if not weightless(parsed, i):
            distance += 1
        i -= 1


def _within_verb(parsed: Parsed, i: int, lo: int) -> bool:
    """Whether the noun at `i` belongs to a verb of several words: "cast doubt on it"."""
    return any(
        (hit := parsed.verb(x)) is not None and hit[0].sign != 0 and hit[0].rest[-1:] != () and hit[1] > i + 1
        for x in range(max(lo, i - 3), i)
    )


def _whether(parsed: Parsed, path: Path, i: int) -> None:
    """`weighing whether to sign`: the same subject withholds; `asked whether X would sign` says nothing."""
    for k in range(i - 1, max(-1, i - 4), -1):
        hit = parsed.verb(k)
        if hit is None:
            continue
        if parsed.lower[i + 1 : i + 2] == ["to"] and "say" not in hit[0].kinds:
            path.undecided, path.kind, path.top = True, "verb", k
            path.cues.insert(0, cue(parsed, k, i + 1, 0))
            path.verbs.append(hit[0])
            return
        break
    path.hypothetical = True


def _nominal(parsed: Parsed, path: Path, i: int) -> bool:
    """Whether the noun of position at `i` reaches the target: by a preposition or an infinitive."""
    between = parsed.lower[i + 1 : path.top + 1]
    if path.kind and between[:1] in (["of"], ["by"]) and "to" in between and path.top - i <= 9:
        return True  # "the refusal of X to sign"
    if path.kind:
        return bool(between) and between[0] in parsed.lexicon.sets["nominals_after"] and path.top - i <= 4
    near = between[:3]
    return any(word in parsed.lexicon.sets["nominals_after"] for word in near)


def _if_before(parsed: Parsed, path: Path, lo: int) -> int:
    """The "if" (or "why") of the clause that target and governor stand in; -1 if there is none."""
    j = path.top
    while j >= lo and parsed.words[j] not in HARD and path.top - j < 14:
        if j == 0 and parsed.sentence.title and parsed.lower[0] in ("why", "how"):
            return -1  # "Why Greens hate the pact" takes it for granted
        if parsed.lower[j] == "why" and parsed.lower[j - 1 : j] in (["is"], ["'s"], ["was"]):
            return -1
        if parsed.lower[j] in ("if", "unless", "why", "whether") and parsed.lower[j - 1 : j] != ["as"]:
            return j
        if parsed.words[j] == ",":
            return -1
        j -= 1
    return -1
