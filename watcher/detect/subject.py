"""Who acts, as far as a sentence tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watcher.detect.mentions import Mention


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts. `kind`: party (see `mentions`), first (I, we), named (a person that is no party), unnamed, media,
    pronoun (unresolved), other (a noun), none. `start` is the token it begins at, -1 if elided."""

    kind: str
    name: str = ""
    mentions: tuple[Mention, ...] = ()
    how: str = ""
    start: int = -1
    negated: bool = False  # "none of the Republicans", "neither X nor Y"


NONE = Subject("none")
