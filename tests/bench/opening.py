"""Prints what a large store costs where a person waits: `python -m tests.bench.opening`.

The screen in a pseudo-terminal over an empty store and over one with 100,000 articles, a fifth of them with a
statement on the topic that is shown: seconds to the first text, and memory at that moment and two seconds later.
Then, within a process, the board of each of 30 past days, the first look among them.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.store import sentence
from tests.bench.ui_start import ROOT, Terminal
from tests.store.store_samples import article, statement
from watcher.config import load
from watcher.domain.statement import Stance, Voice
from watcher.engine.pipeline import version
from watcher.store.base import Batch, TopicReading
from watcher.store.open import open_store
from watcher.ui.bridge import Bridge

ARTICLES, EACH, DAYS, PERIODS = 100_000, 5, 700, 6
AGREEING = 0.85
"""Share of the texts that say what their party stands for at the time; it turns PERIODS times."""
VOICES = [Voice.OWN] * 6 + [Voice.REPORTED] * 3 + [Voice.CLAIMED]


def configured(folder: Path) -> Path:
    """The config that comes with the program, without feeds and seeds."""
    parts = re.split(r"(?m)^(?=\[\[?)", (ROOT / "config.toml").read_text(encoding="utf-8"))
    text = "".join(part for part in parts if not part.startswith("[[feeds]]"))
    path = folder / "config.toml"
    path.write_text(re.sub(r"seeds = \[.*?\]", "", text, flags=re.DOTALL), encoding="utf-8")
    return path


def fill(folder: Path, config: Path) -> None:
    """Articles of 1.6 KB over two years, a fifth of them with one statement on the first topic."""
    topics, rng, store = load(config).topics, random.Random(1), open_store(folder)
    topic, stances = topics[0], list(Stance)
    start = datetime.now(UTC) - timedelta(days=DAYS)
    for first in range(0, ARTICLES, 1000):
        articles, readings = [], []
        for n in range(first, first + 1000):
            at = start + timedelta(days=DAYS * n / ARTICLES)
            one = article(
                f"{n:024x}", url=f"https://news{n % 100}.example/{at:%Y/%m/%d}/{n:024x}-a-longer-path",
                title=sentence(rng, 80), text=sentence(rng, 1200), source=f"Newspaper {n % 100}",
                published=at, first_seen=at, feed=f"Feed {n % 100}", story=f"{n:024x}",
            )  # fmt: skip
            articles.append(one)
            if n % EACH:
                continue
            party = rng.randrange(len(topic.parties))
            stands = stances[(party + n * PERIODS // ARTICLES) % 4] if rng.random() < AGREEING else rng.choice(stances)
            said = statement(
                one, topic=topic.name, party=topic.parties[party].name, stance=stands, voice=rng.choice(VOICES),
                sentence=sentence(rng, 160),
            )  # fmt: skip
            readings.append(TopicReading(one.id, topic.name, ((0, 4),), (replace(said, said_on=None),), version(topic)))
        store.commit(Batch(articles=articles, readings=readings))
    store.commit(Batch(meta={f"read:{one.name}": version(one) for one in topics}))
    store.close()


def opened(config: Path, data: Path) -> tuple[float, float, float]:
    """Seconds to the first text, and MB then and later."""
    screen = Terminal([sys.executable, "-m", "watcher", "--config", str(config), "--data", str(data)])
    try:
        screen.until(b"Ukraine")
        took, at_once = time.perf_counter() - screen.started, memory(screen.process.pid)
        screen.drain(2)
        return took, at_once, memory(screen.process.pid)
    finally:
        screen.close()


def memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6


def past(config: Path, data: Path) -> list[float]:
    """Seconds for the board, the evidence and the count of articles as of past days, once a board is there."""
    settings = load(config)
    topic = settings.topics[0]
    bridge = Bridge(settings, open_store(data), lambda: datetime.now(UTC))
    bridge.evidence(topic, bridge.board(topic).rows[0].party)
    took = []
    for back in range(1, 601, 20):
        day, started = bridge.today - timedelta(days=back), time.perf_counter()
        bridge.evidence(topic, bridge.board(topic, day).rows[0].party, day)
        bridge.count(topic, day)
        took.append(time.perf_counter() - started)
    return took


def main() -> None:
    """Runs all."""
    with tempfile.TemporaryDirectory(prefix="opening-bench-") as name:
        full, empty = Path(name, "full"), Path(name, "empty")
        config = configured(Path(name))
        fill(full, config)
        empty.mkdir()
        runs = [(opened(config, empty), opened(config, full)) for _ in range(9)]  # in turns: the machine's mood changes
        print(f"{'':20}first text: median, best     memory then, later")
        for what, some in (("empty", [a for a, _ in runs]), ("100,000 articles", [b for _, b in runs])):
            seconds, then, later = zip(*some, strict=True)
            print(
                f"{what:20}{statistics.median(seconds):8.3f} s{min(seconds):8.3f} s"
                f"{statistics.median(then):12.1f}{statistics.median(later):8.1f} MB"
            )
        above = statistics.median(b[0] - a[0] for a, b in runs)
        best = min(b[0] for _, b in runs) - min(a[0] for a, _ in runs)
        more = statistics.median(b[2] - a[2] for a, b in runs)
        print(f"above an empty store: {above:.3f} s, best {best:.3f} (goal 0.150), {more:.1f} MB (goal 60)")
        first, *rest = past(config, full)
        print(f"a past day: the first {first * 1e3:.1f} ms, others {max(rest) * 1e3:.1f} at most (goal 50)")


if __name__ == "__main__":
    main()
