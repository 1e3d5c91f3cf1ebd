"""A made-up quarrel over a harbour treaty: two states, a union and a parliament."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from watcher.detect.detector import Detector
from watcher.domain.article import Article
from watcher.domain.topic import Alias, Party, Topic

if TYPE_CHECKING:
    from watcher.domain.statement import Detection

DAY = datetime(2024, 5, 15, 12, tzinfo=UTC)  # a Wednesday


def names(*texts: str) -> tuple[Alias, ...]:
    return tuple(Alias(text) for text in texts)


TOPIC = Topic(
    name="Harbour treaty",
    target="Norland and Sudria sign and keep the harbour treaty",
    parties=(
        Party(
            "Norland",
            names("Norland", "Vesthaven", "Norlandic government", "Anna Lind", "Lind", "Norlandic officials"),
            names("Eskil Holm", "Holm"),
            excluded=("Norland Airways",),
        ),
        Party("Sudria", names("Sudria", "Porto Claro", "Karl Moro", "Moro", "Sudrian officials", "Sudrian government")),
        Party("Dockers", names("Dockers' Union", "dockers", "Dockers", "union leaders", "Rita Falk", "Falk")),
        Party("Greens", names("Greens", "Green lawmakers", "Green Party")),
        Party(
            "Townhall",
            (
                Alias("Mayor Berg", until=date(2023, 12, 31)),
                Alias("Mayor Dahl", since=date(2024, 1, 1)),
                Alias("city hall"),
            ),
        ),
    ),
    target_terms=("harbour treaty", "harbour agreement", "port accord", "sign the treaty", "treaty text"),
    against_terms=("walk away from the treaty", "renounce the treaty", "treaty freeze"),
    exclude=("peace treaty", "extradition treaty"),
)


def article(text: str, title: str = "", day: datetime = DAY) -> Article:
    return Article(
        id="a", url="https://example.org/a", title=title, text=text, source="Test Post", published=day, first_seen=day
    )


def detect(text: str, title: str = "", topic: Topic = TOPIC, day: datetime = DAY) -> Detection:
    return Detector(topic).read(article(text, title, day))


def labels(text: str, title: str = "", topic: Topic = TOPIC) -> dict[str, str]:
    """Party to "stance voice" of its last statement in the text."""
    return {s.party: f"{s.stance} {s.voice}" for s in detect(text, title, topic).statements}
