"""A writer killed with SIGKILL, as by a dying machine's memory killer, loses nothing that it acknowledged."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.store.store_killing import kill_once

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 20


def test_twenty_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    rng = random.Random(seed)
    for number in range(KILLS):
        outcome = kill_once(tmp_path, rng)
        assert outcome.acknowledged > 0, f"kill {number}, seed {seed}"
