"""`watcher analyze` and `watcher explain`: the detector alone, nothing stored."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from watcher.cli.inputs import print_data, reading
from watcher.cli.session import Session, command, topic_option, warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watcher.domain.article import Article


@command("analyze", "watcher analyze --topic 'Ukraine minerals deal' --json article.txt")
@topic_option
@click.option("--jsonl", is_flag=True, help="Each line of FILE is an article: id, title, text; date, source, url.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON line an article.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.pass_obj
def analyze_command(session: Session, topic: str, jsonl: bool, as_json: bool, files: tuple[str, ...]) -> int:
    """Read where each party stands in FILE (- for standard input); nothing is stored.

    A file is a text, Markdown or HTML, perhaps with lines Title:, Date:, Source: and URL: on top.
    """
    wanted = session.topic(topic)
    from watcher.detect.detector import Detector
    from watcher.engine.match import Matcher
    from watcher.engine.reading import read_document
    from watcher.engine.shapes import analysis_json

    matcher, reader = Matcher(wanted), Detector(wanted)
    bad: list[str] = []
    for article in articles(files, jsonl, bad):
        try:
            detection = reader.read(article)
        except Exception as error:  # our own mistake must cost one article, and be seen
            bad.append(f"{article.id}: an error in watcher: {type(error).__name__}: {error}")
            warn(bad[-1] + "; skipped")
            continue
        parties = read_document(detection.statements)
        matched = matcher.match(article) is not None
        if as_json:
            import json

            shape = analysis_json(article.id, wanted.name, matched, parties, detection.statements)
            print_data([json.dumps(shape, ensure_ascii=False), "\n"])
        else:
            from watcher.cli.show import show_analysis

            show_analysis(article, wanted, matched, parties, detection)
    return int(bool(bad))


@command("explain", "watcher explain --topic 'Ukraine minerals deal' article.txt")
@topic_option
@click.argument("file", metavar="FILE")
@click.pass_obj
def explain_command(session: Session, topic: str, file: str) -> int:
    """Show each statement in FILE with its rule, cue and signs, and what was not read as one, and why."""
    wanted = session.topic(topic)
    from watcher.cli.show import show_explanation
    from watcher.detect.detector import Detector
    from watcher.engine.match import Matcher

    for article in articles([file], False, []):
        words = Matcher(wanted).match(article)
        show_explanation(article, wanted, words, Detector(wanted).read(article))
    return 0


def articles(files: Sequence[str], jsonl: bool, bad: list[str]) -> Iterator[Article]:
    """The articles in the files; a bad line is told, kept in `bad`, and skipped."""
    from watcher.engine.documents import read_given

    now = datetime.now(UTC)
    for name in files:
        with reading(name) as stream:
            if jsonl:
                yield from lines(name, stream, now, bad)
            else:
                yield read_given("standard input" if name == "-" else name, stream.read(), now)


def lines(name: str, stream: Iterator[bytes], now: datetime, bad: list[str]) -> Iterator[Article]:
    """The articles of JSON lines; a bad one is told with its number."""
    from watcher.engine.archive import BadLine, read_lines

    for item in read_lines(stream, now):
        if isinstance(item, BadLine):
            problem = f"{name}:{item.number}: {item.reason}"
            bad.append(problem)
            warn(problem + "; skipped")
        else:
            yield item
