"""What a name is called beside it: `X, a fierce critic of the deal,`, `the deal's author, X,`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.coordination import coordinated
from watcher.detect.finding import Finding, Scene, first_mention, group_right, signed
from watcher.detect.leftwards import named_before
from watcher.detect.marks import HARD
from watcher.detect.path import cue
from watcher.detect.verb_subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target


BEING = frozenset(["is", "was", "remains", "remained", "became", "become", "are", "were", "being"])
BEING |= {"as"}  # "has emerged as its fiercest critic"
BEING |= {"count", "counts", "counted", "rank", "ranks", "ranked"}  # "among its critics"


def _of_it(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X, the deal's chief sponsor,` and `the deal's author, X,`."""
    parsed, lower, holders = scene.parsed, scene.parsed.lower, scene.parsed.lexicon.sets["holders"]
    its = lower[target.start] == "its"
    if not its and lower[target.end : target.end + 1] != ["'s"]:
        return
    i = next((x for x in range(target.end, min(len(lower), target.end + 5)) if lower[x] in holders), -1)
    if i < 0 or any(parsed.words[x] == "," or parsed.verb(x) for x in range(target.end + 1, i)):
        return
    start = target.start - (lower[target.start - 1 : target.start] == ["the"])
    start -= 2 * (lower[max(0, start - 2) : start] == ["one", "of"])
    start -= lower[max(0, start - 1) : start] == ["among"]
    mention = _behind_comma(parsed, i + 1)
    if mention is None and start and parsed.words[start - 1] == ",":
        mention = named_before(parsed, start - 1)
    elif mention is None and start > 1 and lower[start - 1] in BEING and not parsed.negated(start - 2):
        subject = subject_of(parsed, start - 1, scene.memory)
        mention = subject.mentions[0] if subject.kind == "party" else None
    if mention is None and (named := _named_behind(parsed, i + 1)):
        mention = named[0]
    if mention is None and not its:
        after = i + 1 + (parsed.words[i + 1 : i + 2] == [","])
        mention = first_mention(parsed, after, min(len(lower), after + 3))
    if mention is not None:
        sign = target.sign * parsed.lexicon.nouns.get(lower[i], 1)
        yield Finding(mention, signed(sign), "nominal", i, target, [cue(parsed, i, i + 1, sign)], how="apposition")


def apposition(scene: Scene, target: Target) -> Iterator[Finding]:
    """`X, a fierce critic of the deal,` and `A supporter of the deal, X ...`."""
    parsed, lower, lexicon = scene.parsed, scene.parsed.lower, scene.parsed.lexicon
    yield from _of_it(scene, target)
    for i in range(target.start - 1, max(-1, target.start - 7), -1):
        if lower[i] not in lexicon.sets["holders"] or lower[i + 1] not in ("of", "to", "for", "against", "behind"):
            continue
        if any(parsed.verb(x) or parsed.words[x] == "," for x in range(i + 1, target.start)):
            return
        k = i - 1
        while k >= 0 and i - k < 6 and parsed.words[k] != "," and parsed.words[k] not in HARD:
            k -= 1
        if k > 1 and parsed.words[k] == "," and parsed.words[k - 1] == ")":
            k = next((x for x in range(k - 2, max(0, k - 6), -1) if parsed.words[x] == "("), k)  # "(R-Wis.)"
        sign = target.sign * (-1 if lower[i + 1] == "against" else lexicon.nouns.get(lower[i], 1))
        named = _named_behind(parsed, target.end) or _and_others(parsed, i)
        if not named and any(parsed.saying(x) is not None and not parsed.sentence.glued[x] for x in range(k + 1, i)):
            return  # "X, a lawmaker, said that opponents of it ..."
        mention = None
        if not named and k > 0 and parsed.words[k] in (",", "("):
            mention = named_before(parsed, k) or named_before(parsed, _before_origin(parsed, k))
        elif not named and k < 0 and any(parsed.auxiliary(x) for x in range(i)):
            return  # "I am no fan of it, X said"
        elif not named and k < 0:
            comma = next((x for x in range(target.end, min(len(parsed), target.end + 4)) if parsed.words[x] == ","), -1)
            if any(parsed.auxiliary(x) for x in range(target.end, comma)):
                return  # "the critics of it are wrong, X said"
            mention = first_mention(parsed, comma + 1, comma + 4) if comma > 0 else None
            named = group_right(parsed, mention) if mention else []
        for holder in named or ([mention] if mention else []):
            yield Finding(holder, signed(sign), "nominal", i, target, [cue(parsed, i, i + 1, sign)], how="apposition")
        return


def _and_others(parsed: Parsed, i: int) -> list[Mention]:
    """`X and other opponents of the pact`: X."""
    k = parsed.back_over(i - 1, lambda x: parsed.lower[x] in parsed.lexicon.sets["qualities"])
    if k < 2 or parsed.lower[k] not in ("other", "fellow") or parsed.lower[k - 1] != "and":
        return []
    mention = next((m for m in parsed.mentions if m.end == k - 1 and m.actor), None)
    return list(coordinated(parsed, mention)) if mention else []


NAMING = frozenset(["include", "includes", "included", "are", "is", "was", "were", "has", "have", "remains"])


def _before_origin(parsed: Parsed, k: int) -> int:
    """The comma before "of Ohio" in "X, of Ohio, a sponsor of it"; `k` where there is none."""
    comma = next((x for x in range(k - 1, max(0, k - 7), -1) if parsed.words[x] == ","), k)
    return comma if parsed.lower[comma + 1 : comma + 2] in (["of"], ["from"]) else k


def _behind_comma(parsed: Parsed, end: int) -> Mention | None:
    """`opponents of the pact, chief among them X`, `its supporters, mainly X`: X."""
    if parsed.words[end : end + 1] != [","]:
        return None
    k = end + 1
    while k < len(parsed) and parsed.lower[k] in SINGLING and k - end < 5:
        k += 1
    return first_mention(parsed, k, k + 2) if k > end + 1 else None


SINGLING = frozenset(
    ["mainly", "mostly", "chiefly", "notably", "chief", "among", "them", "led", "by", "including", "most"]
)
SINGLING |= {"especially", "particularly", "first", "and", "foremost"}


def _named_behind(parsed: Parsed, end: int) -> list[Mention]:
    """`backers of the pact include X and Y`: X and Y."""
    if (behind := _behind_comma(parsed, end)) is not None:
        return group_right(parsed, behind)
    k = next((x for x in range(end, min(len(parsed), end + 4)) if parsed.lower[x] in NAMING), -1)
    if k < 0 or any(parsed.words[x] == "," for x in range(end, k)):
        return []
    k += parsed.lower[k + 1 : k + 2] == ["been"]
    start = k + 1 + (parsed.lower[k + 1 : k + 2] == ["the"])
    mention = next((m for m in parsed.mentions if start <= m.start <= start + 2 and m.actor), None)
    if mention is not None and any(parsed.verb(x) or parsed.negated(x) for x in range(k + 1, mention.start)):
        return []
    return group_right(parsed, mention) if mention else []
