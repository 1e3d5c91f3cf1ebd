"""What is done to a target by someone: `the deal, backed by X`, `called a sell-out by X`, `condemned by X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.chain import another
from watcher.detect.finding import Finding, Scene, first_mention, group_right, named_or_example, signed
from watcher.detect.links import carried
from watcher.detect.marks import HARD
from watcher.detect.naming import phrase_start
from watcher.detect.path import cue
from watcher.detect.rules.agents import has_phrase, valued
from watcher.detect.verbal import UNCHANGED
from watcher.detect.words import match_entry
from watcher.domain.statement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.path import Path
    from watcher.detect.targets import Target
    from watcher.detect.words import Entry

THE = (["the"], ["a"], ["any"], ["this"], ["that"])
"""Before an act they make a noun of it: "the repeal of the law was backed by X"."""
PASSIVES = (["is"], ["was"], ["has"], ["had"])
"""Behind an act they tell what others do about it: "leaving it was backed by X"."""

AGENT_REACH = 4
"""Words between a participle and its "by"."""


def passive(scene: Scene, path: Path) -> Iterator[Finding]:
    """`the deal, backed by X`, `was rejected by X and welcomed by Y`."""
    parsed, lower, sets, target = scene.parsed, scene.parsed.lower, scene.parsed.lexicon.sets, path.target
    clause = target.end
    doing = lower[target.start].endswith("ing") and lower[target.end : target.end + 1] in PASSIVES
    acts = target.action and target.end - target.start > 1 and lower[target.start - 1 : target.start] not in THE
    if (acts and not doing) or another(parsed, target):
        return  # "oppose the pact proposed by X": what X proposed is the pact
    for i in range(target.end, min(len(parsed), target.end + 24)):
        if parsed.words[i] in HARD:
            return
        if lower[i] in ("a", "an", "the") and lower[i - 1] not in sets["prepositions"]:
            return
        if lower[i - 2] in ("a", "an", "the") and i - 3 >= target.end and lower[i - 3] in sets["prepositions"]:
            continue  # "blocked it in the plan passed by X"
        entries = parsed.lexicon.verbs.get(lower[i], ())
        hit = match_entry(
            [e for e in entries if _participle(e, lower[i]) and (e.sign or "undecided" in e.kinds or _settled(e))],
            lower,
            i,
            len(parsed),
        )
        if hit is None:
            continue
        entry, after = hit
        reach, timed = after + AGENT_REACH, False
        if lower[after : after + 1] in (["over"], ["for"], ["in"], ["on"], ["since"]) and _by_time(parsed, after):
            reach, timed = reach + AGENT_REACH, True  # "has been backed over the past few years by X"
        by = next((k for k in range(after, min(reach, len(parsed))) if lower[k] in ("by", "between")), -1)
        named = named_or_example(parsed, by + 1, by + 8) if by > 0 else None
        mention, stop = named or (None, 0)
        after += 3 * (lower[after : after + 1] == ["as"] and lower[after + 1 : after + 2] in (["a"], ["an"]))
        known = set(lower[after:by]) & sets["determiners"] - sets["prepositions"] if not timed else set()
        if lower[i - 1] in ("has", "have", "had") or known:
            continue  # "has eased the crisis by ..."
        if timed and "," in parsed.words[after:by]:
            continue  # "announced in May, has been opposed by X"
        if mention is None and by > 0 and (other := _another_by(parsed, by)) is not None:
            mention, stop = other, by + 1  # "criticised by firms such as Elbon and by unions such as X"
        if mention is None and by > 0 and (one := _one_of_those(parsed, by)) is not None:
            mention, stop = one, by + 1
        if mention is None or (lower[mention.end : mention.end + 1] == ["'s"] and not _led(parsed, mention)):
            continue
        inner = by + 1
        while lower[inner + 1 : inner + 2] == ["of"] and lower[inner] in SPEAKING_FOR:
            inner += 2  # "criticised by members of the union"
        if any(parsed.words[x] in (",", "(") or lower[x] in sets["prepositions"] for x in range(inner, stop)):
            continue
        beside = lower[target.end : target.end + 2] == [",", "which"]  # "opposition to the pact, which X backed"
        sign = (target.sign if beside else carried(parsed, path)) * (entry.sign or 1)
        if any(parsed.negated(x) for x in range(clause, i)):
            sign = -sign
        group = group_right(parsed, mention)
        while (further := _by_too(parsed, group[-1].end)) is not None:
            group += group_right(parsed, further)
        for member in group:
            stance = signed(sign) if entry.sign or _settled(entry) else Stance.UNDECIDED
            marks = [cue(parsed, i, by + 1, entry.sign)]
            finding = Finding(member, stance, "passive", i, target, marks, how="agent")
            finding.deed = "deed" in entry.kinds
            yield finding
        clause = mention.end


def labelled(scene: Scene, target: Target) -> Iterator[Finding]:
    """`the pact, called a "sell-out" by X`, `has been described by X as a disaster`: what X calls it."""
    parsed, lower = scene.parsed, scene.parsed.lower
    for i in range(target.end, min(len(parsed) - 3, target.end + LABEL_REACH)):
        if parsed.words[i] in HARD:
            return
        entries = [e for e in parsed.lexicon.verbs.get(lower[i], ()) if e.form == "past" and "label" in e.kinds]
        if not entries:
            continue
        by = next((x for x in range(i + 1, min(len(parsed), i + LABEL_REACH)) if lower[x] == "by"), -1)
        mention = first_mention(parsed, by + 1, by + 5) if by > 0 else None
        if mention is None or any(parsed.words[x] == "," for x in range(by, mention.start)):
            return
        called = range(i + 1, by)
        if lower[mention.end : mention.end + 1] == ["as"]:
            called = range(mention.end + 1, min(len(parsed), mention.end + 6))
        value = next((v for x in called if (v := valued(parsed, x))), 0)
        phrase = next(
            (p for kind, p in (("good_phrases", 1), ("bad_phrases", -1)) if has_phrase(parsed, kind, called)), 0
        )
        if value := value or phrase:
            marks = [cue(parsed, i, by + 1, value)]
            for member in group_right(parsed, mention):
                yield Finding(member, signed(value * target.sign), "passive", i, target, marks, how="agent")
        return


LABEL_REACH = 9
"""Words between the target and "called", and between that and its "by"."""


def _by_too(parsed: Parsed, end: int) -> Mention | None:
    """`backed by X, by a number of Y and by Z`: the next one."""
    by = next((x for x in range(end, min(len(parsed), end + 3)) if parsed.lower[x] == "by"), -1)
    joined = by > end and parsed.lower[by - 1] in (",", "and")
    return first_mention(parsed, by + 1, by + 6) if joined else None


def _participle(entry: Entry, word: str) -> bool:
    """Whether the entry may be a past participle: "signed", "put forward"."""
    return entry.form == "past" or (entry.form == "base" and word in UNCHANGED)


def _led(parsed: Parsed, mention: Mention) -> bool:
    """`condemned by Norland's foreign ministry`, `passed by Smith's ruling bloc`: whether X's is what acts for X."""
    sets = parsed.lexicon.sets
    acting = sets["representing"] | sets["groups"] | sets["bodies"]
    near = parsed.lower[mention.end + 1 : mention.end + 4]
    return not acting.isdisjoint(near) or any(m.start == mention.end + 1 for m in parsed.mentions)


def _one_of_those(parsed: Parsed, by: int) -> Mention | None:
    """`criticised by watchdogs, X and others`, `opposed by small firms, X among them`: X."""
    for mention in parsed.mentions:
        if not by < mention.start < by + LISTED or not mention.actor:
            continue
        start = phrase_start(parsed, mention.start)
        start -= parsed.lower[start - 1] == "the"
        between = range(by + 1, start)
        listed = all(parsed.words[x].isalpha() or parsed.words[x] == "," for x in between)
        if not listed or parsed.words[start - 1] != "," or any(parsed.verb(x) for x in between):
            return None
        behind = parsed.lower[mention.end : mention.end + 2]
        return mention if behind == ["among", "them"] or behind[:1] in (["and"], [","]) else None
    return None


LISTED = 14
"""Words of a list, at most."""


def _another_by(parsed: Parsed, by: int) -> Mention | None:
    """`backed by Elbon and by groups such as X`: whom a further "by" names, where the one at `by` names no party."""
    further = range(by + 2, min(len(parsed), by + FURTHER))
    again = next((x for x in further if parsed.lower[x] == "by" and parsed.lower[x - 1] in ("and", ",")), -1)
    if again < 0 or any(parsed.verb(x) is not None for x in range(by + 1, again)):
        return None
    named = named_or_example(parsed, again + 1, again + 8)
    return named[0] if named else None


FURTHER = 16
SPEAKING_FOR = frozenset(["members", "leaders", "officials", "representatives", "head", "supporters", "activists"])


def _by_time(parsed: Parsed, k: int) -> bool:
    """Whether the words from `k` tell a time, or the chamber where it was done."""
    sets = parsed.lexicon.sets
    if parsed.lower[k] == "in" and not CHAMBERS.isdisjoint(parsed.lower[k + 1 : k + 3]):
        return True  # "introduced in the House by X"
    times = sets["spans"] | sets["months"] | sets["weekdays"]
    return any(word in times or word[0].isdigit() for word in parsed.lower[k + 1 : k + 5])


CHAMBERS = frozenset(
    ["house", "senate", "parliament", "chamber", "committee", "assembly", "commons", "lords", "council"]
)


def _settled(entry: Entry) -> bool:
    """`was agreed between X and Y`."""
    return entry.lemma == "agree"
