"""Runs the rules over the targets of a sentence, the more specific first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watcher.detect.chain import govern
from watcher.detect.holding import held
from watcher.detect.rules.against_will import overruled, with_votes
from watcher.detect.rules.agents import emotion, object_relative
from watcher.detect.rules.apposition import apposition
from watcher.detect.rules.at_request import at_request
from watcher.detect.rules.attributive import attributive
from watcher.detect.rules.ballots import on_a_side
from watcher.detect.rules.bare import bare
from watcher.detect.rules.clause import governed
from watcher.detect.rules.consequence import consequence
from watcher.detect.rules.deciding import decided
from watcher.detect.rules.demand import demand
from watcher.detect.rules.ellipsis import alongside, ellipsis, so_do
from watcher.detect.rules.fortunes import fortunes
from watcher.detect.rules.ownership import owner
from watcher.detect.rules.packages import packaged
from watcher.detect.rules.passives import labelled, passive
from watcher.detect.rules.penalty import penalty
from watcher.detect.rules.predicate import predicate
from watcher.detect.rules.reactions import backed, cherished, felt, reaction
from watcher.detect.rules.responses import greeting, response, to_their_mood
from watcher.detect.rules.stakes import stakes
from watcher.detect.rules.terms import terms
from watcher.detect.rules.treatment import treatment
from watcher.detect.rules.whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.detect.finding import Finding, Reasons, Scene
    from watcher.detect.targets import Target

ASIDE = (backed, cherished, felt, greeting, labelled, object_relative, owner, apposition)
"""Rules that may hold beside a governing clause: "endorsed a law opposed by Smith"."""


ASKED = 6
"""Tokens from a question mark to the end of a sentence that is a question, with who asked: "...?" Smith asked."""


def findings(scene: Scene, reasons: Reasons) -> Iterator[Finding]:
    """What every rule finds; `reasons` takes a line for each target that gave nothing."""
    if scene.parsed.implied is not None:
        yield from held(scene, scene.parsed.implied)
        return
    question = "?" in scene.parsed.words[-ASKED:]
    every: list[Finding] = []
    for target in scene.parsed.targets:
        found = list(_of_target(scene, target, reasons))
        if question and found:  # it asks, but takes for granted whose the target is
            found = [finding for finding in found if finding.rule in ("own-proposal", "relative")]
            reasons.append((target, "a question"))
        every += found
    if not question:
        every += bare(scene, every)
    yield from every
    yield from ellipsis(scene, every)
    yield from alongside(scene, every)


def _of_target(scene: Scene, target: Target, reasons: Reasons) -> Iterator[Finding]:
    special = list(held(scene, target)) or list(terms(scene, target)) or list(packaged(scene, target))
    if special:
        yield from special
        return
    path = scene.parsed.paths.pop(target.start, None) or govern(scene.parsed, target)
    found = list(governed(scene, path, reasons))
    for rule in ASIDE:
        found += rule(scene, target)
    found += on_a_side(scene, target)
    found += decided(scene, path)
    found += whole(scene, path, reasons)
    found += reaction(scene, path)
    found += response(scene, path)
    found += attributive(scene, path)
    found += at_request(scene, path)
    found += to_their_mood(scene, path)
    if target is scene.parsed.targets[0]:
        found += overruled(scene, path)
        found += with_votes(scene, path)
        found += fortunes(scene, path)
    found += treatment(scene, path)
    found += penalty(scene, path)
    found += so_do(scene, path)
    found += demand(scene, path)
    found += passive(scene, path)
    found += emotion(scene, path)
    found += consequence(scene, path)
    if not found:
        found += stakes(scene, path)
    if not found or not path.kind:
        found += predicate(scene, target, path)
    if not found:
        reasons.append((target, "no word of position governs the target"))
    yield from found
