"""What a source says of the target, as one sign: `is a disaster`, `would cost jobs`, `does not think it fair`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.marks import BE
from watcher.detect.path import cue
from watcher.detect.rules.agents import valued
from watcher.detect.rules.evaluation import evaluate
from watcher.detect.rules.prospects import agreed, asked_for, deplored, feared, refuted, resolved, serving, vowed
from watcher.detect.rules.rebuttals import CLAIMS
from watcher.detect.rules.weighing import weighed
from watcher.detect.thought import denied
from watcher.detect.voice import speaker_at

if TYPE_CHECKING:
    from watcher.detect.attribution import Source
    from watcher.detect.finding import Scene
    from watcher.detect.parsed import Parsed
    from watcher.detect.targets import Target
    from watcher.domain.statement import Cue

OVER_WHETHER = (["over", "whether"], ["about", "whether"], ["over", "how"], ["about", "how"])
ASKED = (["how"], ["why"], ["whether"], ["if"], ["what"], ["when"])


def _done_by(parsed: Parsed, target: Target) -> tuple[int, list[Cue]]:
    """`the coast had been betrayed by the pact`: what it did to someone."""
    k = target.start - 1 - (parsed.lower[target.start - 1] in ("the", "this", "a"))
    if k < 2 or parsed.lower[k] != "by":
        return 0, []
    before = parsed.lower[k - 1]
    value = parsed.lexicon.told.get(before, 0) or HURT.get(before, 0)
    group = range(parsed.back_over(k - 2, parsed.light) + 1, k - 1)
    if not value or BE.isdisjoint(parsed.lower[x] for x in group):
        return 0, []
    value = -value if any(parsed.negated(x) for x in group) else value
    return value, [cue(parsed, k - 1, k + 1, value)]


HURT = dict.fromkeys(["betrayed", "cheated", "let", "hit", "hurt", "harmed", "squeezed", "crushed", "changed"], -1)


def told_by(scene: Scene, target: Target) -> str:
    """The lemma of the verb that tells what is said of the target, empty if none does."""
    that = scene.parsed.back_over(target.start - 1, lambda x: scene.parsed.lower[x] in ("the", "a", "an", "this"))
    own = scene.parsed.saying(that - 1) if that > 0 and scene.parsed.lower[that] == "that" else None
    if own is not None and own.lemma in CONCEDING:
        return own.lemma  # "urged calm, while admitting that it was doomed"
    attribution = speaker_at(scene.attributions, target.start)
    teller = scene.parsed.saying(attribution.cue) if attribution and attribution.cue >= 0 else None
    return teller.lemma if teller else ""


CONCEDING = frozenset(["admit", "concede", "acknowledge"])
FEARING = frozenset(["fear", "worry", "dread"])


def said(scene: Scene, target: Target, source: Source, *, labelled: bool) -> tuple[int, list[Cue]]:
    """What the source says of the target, as one sign with its words; 0 for nothing."""
    parsed, sets = scene.parsed, scene.parsed.lexicon.sets
    attribution = speaker_at(scene.attributions, target.start)
    told = told_by(scene, target)
    if _asked_for_it(parsed, target):
        return 0, []
    if (
        attribution
        and told
        and told not in ("question", "doubt")
        and (
            parsed.lower[attribution.cue + 1 : attribution.cue + 2] in ASKED
            or parsed.lower[attribution.cue + 1 : attribution.cue + 3] in OVER_WHETHER
        )
    ):
        return 0, []  # "asked how it was fair"
    false = _called_false(parsed, target)
    word = parsed.lower[target.end] if target.end < len(parsed) else ""
    bare = (parsed.sentence.title or source.how == "headline colon") and (
        word in ("a", "an", "the") or valued(parsed, target.end) != 0
    )  # "X: pact a trap", "pact vital"
    score, cues = deplored(parsed, target)
    if not score and told in sets["vowing"]:
        score, cues = vowed(parsed, target)
    if not score:
        demanded, announced = told in sets["demanding"], told in sets["announcing"]
        linked = labelled or bare
        score, cues = evaluate(parsed, target, linked=linked, demanded=demanded, announced=announced, until=false)
    if not score:
        score, cues = asked_for(parsed, target)
    if not score:
        score, cues = weighed(parsed, target)
    if not score:
        score, cues = _done_by(parsed, target)
    if not score:
        score, cues = refuted(parsed, target)
    if not score and told not in sets["warning"]:
        score, cues = serving(parsed, target)
    if not score and told in sets["telling"] and parsed.lower[target.start] != "that":
        score, cues = resolved(parsed, target)
    if not score and len(source.parties) > 1:
        score, cues = agreed(parsed, target)
    if told in sets["warning"] and score >= 0:  # "warned that it would bring back censorship"
        fear, fears = feared(parsed, target)
        score, cues = (fear, fears) if fear else (score, cues)
    if told in FEARING and score < 0 and not parsed.lexicon.sets["failing"].isdisjoint(cues[-1].text.lower().split()):
        return 0, []  # "fears that it will fail"
    if told in CONCEDING and score < 0:
        return 0, []  # "admitted that it was doomed": not what it wants
    if told in sets["vowing"] and score < 0 and all(" " not in c.text for c in cues):
        return 0, []  # "promised that it would bring radical change": what one promises of it is meant well
    behind = parsed.lower[attribution.cue + 1 : attribution.cue + 2] if attribution else []
    if told == "question" and attribution and attribution.cue >= 0:
        words = range(attribution.cue + 1, min(target.start, attribution.cue + ASKED_BEFORE))
        what = next((x for x in words if parsed.lower[x] in ("what", "how", "why")), -1)
        if what > 0:
            return -1, [cue(parsed, attribution.cue, what + 1, -1)]  # "questioned what it would cost"
    asked = behind in (["whether"], ["if"])
    if told in ("question", "doubt") and asked:
        return -1 if score > 0 else 0, cues  # "questioned whether it was legal"
    if told in sets["denying"]:
        score = -score  # "denied that it was illegal"
    if attribution and attribution.cue > 0 and _denying(parsed, attribution.cue):
        at = parsed.sentence.starts[attribution.cue]
        within = any(c.start <= at < c.end for c in cues)  # "nothing to fear from it"
        score = score if within else -score  # "does not believe that it should be built"
    if score > 0 and false >= 0:
        return -1, [*cues, cue(parsed, false, false + 1, -1)]
    thought = denied(parsed, target.start)
    if thought is not None and not (attribution and thought.start <= attribution.cue < thought.end):
        if thought.open:
            return 0, []  # "I'm not sure it's a good idea"
        score, cues = -score, [cue(parsed, thought.start, thought.end, -1), *cues]  # "I don't think it's fair"
    return score, cues


def _asked_for_it(parsed: Parsed, target: Target) -> bool:
    """Whether someone is asked for such a judgement: "asked whether he thought it a mistake"."""
    lower = parsed.lower
    asked = next((x for x in range(target.start - 1, max(0, target.start - ASKED_BEFORE), -1) if lower[x] in IF), -1)
    if asked < 1 or "," in parsed.words[asked : target.start]:
        return False
    verb = parsed.back_over(asked - 1, lambda x: asked - x < 4 and parsed.saying(x) is None)
    teller = parsed.saying(verb) if verb >= 0 else None
    believes = any((e := parsed.saying(x)) is not None and "believe" in e.kinds for x in range(asked, target.start))
    return teller is not None and teller.lemma in ASKING and believes


IF = frozenset(["whether", "if"])
ASKING = frozenset(["ask", "wonder", "question", "inquire", "enquire", "press"])
ASKED_BEFORE = 8
"""Words between "whether" and the target."""
FALSE = frozenset(["nonsense", "false", "absurd", "ridiculous", "laughable", "untrue", "myth", "fantasy", "wrong"])


def _called_false(parsed: Parsed, target: Target) -> int:
    """`the idea that it helps is nonsense`: the word that says so; -1 if none does."""
    that = next((x for x in range(target.start - 1, max(0, target.start - 3), -1) if parsed.lower[x] == "that"), -1)
    if that < 1 or parsed.lower[that - 1] not in CLAIMS:
        return -1
    called = (x for x in range(target.end + 1, len(parsed)) if parsed.lower[x] in FALSE)
    return next((x for x in called if "is" in parsed.lower[max(target.end, x - 4) : x]), -1)


def _denying(parsed: Parsed, i: int) -> bool:
    """Whether a negation belongs to the verb at `i`."""
    k = parsed.back_over(i - 1, parsed.light)
    return any(parsed.negated(x) for x in range(k + 1, i))
