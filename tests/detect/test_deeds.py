"""What is an act, which outranks words, and what is only said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.detect.quarrel import DAY, TOPIC, detect
from tests.engine.boards import build
from watcher.domain.statement import Stance

ACTS = [
    "signed", "has signed", "ratified", "vetoed", "blocked", "sued to block", "withdrew from", "is withdrawing from",
    "pulled out of", "walked away from", "voted for", "voted against", "voted no on", "voted to approve",
    "voted to reject", "will vote against", "suspended", "boycotted",
]  # fmt: skip
WORDS = [
    "rejected", "accepted", "backed", "endorsed", "praised", "condemned", "ruled out", "turned down", "opposes",
    "wants to sign", "refused to sign", "vowed to block", "agreed to sign", "would veto", "would sign", "will sign",
    "could block", "may withdraw from",
]  # fmt: skip


@pytest.mark.parametrize("verb", ACTS)
def test_acts_are_deeds(verb: str) -> None:
    (statement,) = detect(f"Norland {verb} the harbour treaty.").statements
    assert statement.deed


@pytest.mark.parametrize("verb", WORDS)
def test_what_is_said_or_only_intended_is_no_deed(verb: str) -> None:
    statements = detect(f"Norland {verb} the harbour treaty.").statements
    assert statements
    assert not any(statement.deed for statement in statements)


def test_the_passive_tells_acts_from_words_too() -> None:
    (vetoed,) = detect("The harbour treaty was vetoed by Norland.").statements
    (rejected,) = detect("The harbour treaty was rejected by Norland.").statements
    assert vetoed.deed
    assert not rejected.deed


def test_a_refusal_in_words_with_a_way_to_yes_is_conditional() -> None:
    (said,) = detect("Norland rejected the harbour treaty unless tolls fall.").statements
    (done,) = detect("Norland vetoed the harbour treaty unless tolls fall.").statements
    assert (said.stance, done.stance) == (Stance.CONDITIONAL, Stance.OPPOSE)


def test_a_party_may_soften_its_own_refusal_the_next_day() -> None:
    first = detect("Norland rejected the harbour treaty.", day=DAY)
    second = detect("Norland would accept the harbour treaty only if tolls fall.", day=DAY + timedelta(days=1))
    later = [replace(one, article=replace(one.article, id="b", story="b")) for one in second.statements]
    row = build(TOPIC, [*first.statements, *later], as_of=DAY.date() + timedelta(days=1)).row("Norland")
    assert row is not None
    assert (row.stance, row.previous) == (Stance.CONDITIONAL, Stance.OPPOSE)
