"""The JSON that scripts rely on keeps its names."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from tests.engine.boards import build
from watcher.engine.shapes import board_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from watcher.domain.statement import Statement
    from watcher.domain.topic import Topic

DAY = date(2025, 5, 1)


def test_the_board_has_the_keys_of_the_contract(topic: Topic, say: Callable[..., Statement]) -> None:
    said = [
        say("Borland", "oppose", DAY, conditions=("a toll waiver",)),
        say("Borland", "support", DAY, "claimed", claimed_by="Arland", source="the Arland envoy"),
    ]
    board = json.loads(json.dumps(board_json(build(topic, said, as_of=DAY))))
    assert {"topic", "target", "as_of", "parties", "claims", "shifts", "feeds"} <= board.keys()
    row = next(row for row in board["parties"] if row["party"] == "Borland")
    assert {
        "party", "stance", "voice", "divided", "conditions", "confidence", "since", "previous", "trend", "sources",
        "statements", "latest", "contested",
    } <= row.keys()  # fmt: skip
    assert {
        "topic", "party", "stance", "voice", "strength", "source", "claimed_by", "cue", "rule", "conditions",
        "sentence", "start", "end", "said_on", "article",
    } <= row["latest"].keys()  # fmt: skip
    assert row["latest"]["article"].keys() == {"id", "url", "title", "source", "published"}
    assert board["claims"][0].keys() == {"about", "by", "claimed_stance", "own_stance", "statement"}
    assert board["shifts"][0].keys() == {"date", "party", "from", "to", "statement"}
    assert board["shifts"][0]["from"] is None
    assert board["feeds"] == {"ok": 0, "failing": 0, "newest": None}
    assert row["trend"] == [["2025-05-01", -1.0]]
    assert row["latest"]["article"]["published"] == "2025-05-01T12:00:00Z"
