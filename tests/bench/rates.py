"""How often statements are right: by rule, with each topic left out in turn, and by confidence.

A statement counts as right where its stance is the label that careful readers gave the party for the whole text.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watcher.domain.statement import Statement

FEW = 3
"""Of fewer statements in a topic no share is told."""
STEP = 0.1


class Judged(NamedTuple):
    """A statement of one topic, and whether the label bears it out."""

    topic: str
    statement: Statement
    right: bool


def judge(topic: str, gold: Iterable[dict], statements: dict[str, list[Statement]]) -> Iterator[Judged]:
    """The statements of one topic that can be judged: where the label is sure, or there is none."""
    for item in gold:
        for statement in statements[item["id"]]:
            label = item["parties"].get(statement.party)
            if not label or label["sure"]:
                yield Judged(topic, statement, bool(label) and label["stance"] == statement.stance)


def share(judged: Sequence[Judged]) -> float:
    """The share of right ones, 0 of none."""
    return sum(one.right for one in judged) / len(judged) if judged else 0.0


def left_out(judged: Sequence[Judged]) -> tuple[float, float]:
    """The lowest and the highest share that is right when any one topic is left out."""
    topics = {one.topic for one in judged}
    shares = [share(rest) for topic in topics if (rest := [one for one in judged if one.topic != topic])]
    return (min(shares), max(shares)) if shares else (0.0, 0.0)


def weakest(judged: Sequence[Judged]) -> tuple[float, int, str] | None:
    """The topic in which the fewest are right: share, number, name; none where every topic has too few."""
    sizes = Counter(one.topic for one in judged)
    named = [(share([one for one in judged if one.topic == t]), n, t) for t, n in sizes.items() if n >= FEW]
    return min(named) if named else None


def rule_rows(judged: Sequence[Judged]) -> Iterator[str]:
    """A line for each rule, rule with stance, and voice, the most frequent first."""
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        s = one.statement
        for key in (s.rule, f"{s.rule} {s.stance}", f"  {s.voice}"):
            groups.setdefault(key, []).append(one)
    yield f"  {'':26} right    n  topics  with one left out  weakest topic"
    for key, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        low, high = left_out(group)
        worst = weakest(group)
        told = f"{worst[0]:.2f} of {worst[1]} ({worst[2]})" if worst else ""
        span = f"{low:.2f} to {high:.2f}" if len({one.topic for one in group}) > 1 else ""
        topics = len({one.topic for one in group})
        yield f"  {key:26} {share(group):5.2f} {len(group):4}  {topics:6}  {span:17}  {told}".rstrip()


def confidence_rows(judged: Sequence[Judged]) -> Iterator[str]:
    """A line for each step of confidence: what it claims, what was right."""
    groups: dict[int, list[Judged]] = {}
    for one in judged:
        groups.setdefault(int(one.statement.confidence / STEP + 1e-9), []).append(one)
    for step, group in sorted(groups.items()):
        yield f"  {step * STEP:.1f} to {(step + 1) * STEP:.1f}   {share(group):.2f}  n {len(group)}"
