"""`watcher check`: the config looked over, also against what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from watcher.cli.session import Session, command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watcher.domain.article import Article
    from watcher.domain.topic import Topic
    from watcher.engine.library import Library

ADVICE = {
    "overlap": "Names that stand for two parties: give them days, or leave one out",
    "general": "To look at",
    "dead query part": "Parts of match that found nothing",
    "dead target term": "Target terms that never occur",
    "dead name": "Names that never occur",
    "missing phrase": "Perhaps missing from target_terms",
}

NO_FEEDS = "No [[feeds]] in it, so nothing new will come: take some from the file that `watcher init` writes"
"""What is said below the name of a config without feeds."""


@command("check", "watcher check")
@click.pass_obj
def check_command(session: Session) -> int:
    """Look over the config and each topic's wording, also against the articles that are stored.

    A mistake ends with 2; hints do not fail.
    """
    settings = session.settings
    from watcher.cli.screen import check_keys
    from watcher.engine.audit import ENOUGH, check_articles, check_wording
    from watcher.ui.format import plural
    from watcher.ui.theme import theme_hint

    check_keys(settings)
    library = session.reading_library()
    click.echo(f"{settings.path}: {plural(len(settings.topics), 'topic')}, {plural(len(settings.feeds), 'feed')}")
    if not settings.feeds:
        click.echo(NO_FEEDS)
    if hint := theme_hint(settings.theme):
        click.echo(hint)
    for topic in settings.topics:
        found = list(check_wording(topic))
        stored = len(library.store.headlines(topic.name))
        found += check_articles(topic, articles(library, topic))
        click.echo(f"\n{topic.name}: {plural(stored, 'article')} stored" + ("" if stored >= ENOUGH else few(stored)))
        for kind, title in ADVICE.items():
            mine = [finding.text for finding in found if finding.kind == kind]
            if mine:
                click.echo(f"  {title}:")
            for text in mine:
                click.echo(f"    {text}")
        if not found:
            click.echo("  nothing to mend")
    return 0


def few(stored: int) -> str:
    """Why nothing is said of how the wording fares."""
    return "; poll first, then check shows how its words fare" if not stored else "; too few to judge its words by"


def articles(library: Library, topic: Topic) -> Iterator[Article]:
    """The topic's stored articles."""
    for headline in library.store.headlines(topic.name):
        if article := library.store.article(headline.id):
            yield article
