"""The detector on labelled articles: per topic, label, rule (each topic left out in turn) and confidence; speed.

python tests/bench/detector.py [FOLDER ...] [--topic NAME] [--errors]

FOLDER (default ../shared/stance-dev) holds aliases.json, TOPIC.jsonl and TOPIC.labels.jsonl. Scoring is that of
`board_score.py` there: every (article, listed party) whose label is sure.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from typing import TYPE_CHECKING

from tests.bench.rates import Judged, confidence_rows, judge, rule_rows, share
from watcher.detect.detector import Detector
from watcher.domain.article import Article
from watcher.domain.statement import Strength
from watcher.domain.topic import Alias, Party, Topic
from watcher.engine.reading import read_document

if TYPE_CHECKING:
    from watcher.domain.statement import Rejection, Statement

DEV = Path(__file__).parents[2].parent / "shared" / "stance-dev"
REJECTED: dict[str, tuple[Rejection, ...]] = {}
STANCES = ("support", "conditional", "undecided", "oppose")


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def topics(folder: Path = DEV) -> dict[str, Topic]:
    """The topics of aliases.json as a user's config would have them."""
    found = {}
    for name, data in json.loads((folder / "aliases.json").read_text(encoding="utf-8")).items():
        leave = data.get("not_leaders")
        parties = []
        for party, aliases in data["parties"].items():
            drop = set(leave.get(party, [])) if isinstance(leave, dict) else set()
            parties.append(Party(party, tuple(Alias(a) for a in aliases if a not in drop and "(" not in a)))
        found[name] = Topic(
            name, data["target"], tuple(parties), "", tuple(data["target_phrases"]), tuple(data["opposite_phrases"])
        )
    return found


def article(item: dict) -> Article:
    day = (
        datetime.fromisoformat(item["date"]).replace(tzinfo=UTC)
        if item.get("date")
        else datetime(2020, 1, 1, tzinfo=UTC)
    )
    return Article(
        id=item["id"],
        url=item.get("url", ""),
        title=item["title"],
        text=item["text"],
        source=item.get("source", ""),
        published=day,
        first_seen=day,
    )


def count(gold: list[dict], said: dict[str, dict[str, str]], parties: list[str]) -> Counter:
    """Counts over one topic, as board_score.py takes them."""
    counts: Counter = Counter()
    usual = {p: Counter(g["parties"][p]["stance"] for g in gold if p in g["parties"]).most_common(1) for p in parties}
    for item in gold:
        for party in parties:
            label, guess = item["parties"].get(party), said.get(item["id"], {}).get(party)
            if label and not label["sure"]:
                continue
            want = label["stance"] if label else None
            counts["right"] += bool(want) and want == guess
            counts["given"] += bool(guess)
            counts["wanted"] += bool(want)
            counts["flips"] += bool(want and guess) and {want, guess} == {"support", "oppose"}
            if want:
                counts[f"n {want}"] += 1
                counts[f"ok {want}"] += want == guess
                if want != usual[party][0][0]:
                    counts["minority"] += 1
                    counts["minority right"] += want == guess
    return counts


def figures(c: Counter) -> dict[str, float]:
    p, r = c["right"] / max(1, c["given"]), c["right"] / max(1, c["wanted"])
    return {
        "precision": p,
        "recall": r,
        "f1": 2 * p * r / (p + r) if p + r else 0.0,
        "flips": c["flips"] / max(1, c["given"]),
        "minority": c["minority right"] / max(1, c["minority"]),
        "oppose": c["ok oppose"] / max(1, c["n oppose"]),
    }


def row(name: str, c: Counter) -> str:
    f = figures(c)
    labels = "  ".join(f"{s[:4]} {c[f'ok {s}']}/{c[f'n {s}']}" for s in STANCES)
    return (
        f"{name:18} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}"
        f"  flips {c['flips']} ({f['flips']:.0%})"
        f"  minority {f['minority']:.2f}  {labels}  given {c['given']}"
    )


def run(folder: Path = DEV, only: str = "") -> dict[str, tuple[Topic, list[dict], dict[str, list[Statement]]]]:
    """Topic name to topic, gold and the statements of each article."""
    out = {}
    for name, topic in topics(folder).items():
        if only and name != only:
            continue
        detector = Detector(topic)
        statements = {}
        for item in lines(folder / f"{name}.jsonl"):
            detection = detector.read(article(item))
            statements[item["id"]] = list(detection.statements)
            REJECTED[item["id"]] = detection.rejections
        labels = folder / f"{name}.labels.jsonl"
        gold = lines(labels if labels.exists() else folder / "gold" / f"{name}.jsonl")
        out[name] = (topic, gold, statements)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[DEV], metavar="FOLDER")
    parser.add_argument("--topic", default="")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    total: Counter = Counter()
    voices: Counter = Counter()
    judged: list[Judged] = []
    folders = [folder for folder in options.folders if (folder / "aliases.json").exists()]
    for folder in folders:
        for name, (topic, gold, statements) in run(folder, options.topic).items():
            readings = {key: read_document(group) for key, group in statements.items()}
            said = {key: {p: str(r.stance) for p, r in group.items()} for key, group in readings.items()}
            counts = count(gold, said, [p.name for p in topic.parties])
            print(row(name, counts))
            total += counts
            judged += judge(name, gold, statements)
            texts = {i["id"]: i for i in lines(folder / f"{name}.jsonl")}
            for item in gold:
                for party, reading in readings[item["id"]].items():
                    label = item["parties"].get(party)
                    if label and label["sure"] and label["stance"] == reading.stance:
                        voices["right"] += label["voice"] == reading.voice
                        voices["all"] += 1
                if options.errors:
                    show_errors(item, texts[item["id"]], readings[item["id"]], statements[item["id"]], topic)
    print(row("ALL", total))
    print("\nstatements whose label is the document's", *rule_rows(judged), sep="\n")
    print("\nby confidence", *confidence_rows(judged), sep="\n")
    print(f"voice right in {voices['right'] / max(1, voices['all']):.0%} of {voices['all']} right labels")
    strong = [one for one in judged if one.statement.strength is Strength.STRONG]
    print(f"strong statements right: {share(strong):.0%} of {len(strong)}")
    speed(folders)


def show_errors(item: dict, text: dict, readings: dict, statements: list[Statement], topic: Topic) -> None:
    for party in topic.parties:
        label, reading = item["parties"].get(party.name), readings.get(party.name)
        if label and not label["sure"]:
            continue
        want, guess = label["stance"] if label else None, str(reading.stance) if reading else None
        if want == guess:
            continue
        print(f"-- {item['id']} {text['title']!r} {party.name}: want {want} got {guess}")
        if label:
            print(f"   gold: {label['evidence']!r} ({label['voice']})")
        for s in statements:
            if s.party == party.name:
                chain = " ".join(f"{'+' if c.sign > 0 else '-' if c.sign < 0 else '~'}{c.text}" for c in s.chain)
                print(
                    f"   {s.stance:11} {s.voice:8} {s.rule:12} {s.confidence} [{chain}]"
                    f" {s.target!r} <{s.speaker}> {s.sentence[:230]!r}"
                )

        if not reading:
            for r in REJECTED[item["id"]]:
                print(f"   rejected: {r.reason}: {r.sentence[:300]!r}")


def speed(folders: list[Path]) -> None:
    import resource

    from watcher.detect.sentences import read

    sentences, seconds = 0, 0.0
    for folder, (name, topic) in ((f, item) for f in folders for item in topics(f).items()):
        detector = Detector(topic)
        articles = [article(item) for item in lines(folder / f"{name}.jsonl")]
        sentences += sum(len(read(a.document, len(a.title))) for a in articles)
        detector.read(articles[0])
        start = time.perf_counter()
        for a in articles:
            detector.read(a)
        seconds += time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{sentences / seconds:,.0f} sentences/s, {sentences} sentences, peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
