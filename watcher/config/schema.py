"""The shape of the config file: one class a table, each field with its meaning.

The file is checked against these classes and the JSON Schema for editors is made from them, so
that neither can say what the other does not.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - annotations are resolved when the file is read
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from watcher.config.units import DURATION_PATTERN, SIZE_PATTERN

Text = Annotated[str, Meta(min_length=1)]
Duration = Annotated[str, Meta(extra_json_schema={"pattern": DURATION_PATTERN, "examples": ["30m", "12h", "5y"]})]
Size = Annotated[str, Meta(extra_json_schema={"pattern": SIZE_PATTERN, "examples": ["10MB"]})]
Url = Annotated[str, Meta(extra_json_schema={"pattern": "^https?://"})]


class Table(Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of the file; a key that is not a field here is a mistake."""


class PollTable(Table):
    """How feeds are polled."""

    interval: Annotated[Duration, Meta(description="How often a feed is asked, unless it says otherwise.")] = "30m"
    timeout: Annotated[Duration, Meta(description="One deadline for a whole feed, connect to last byte.")] = "20s"
    concurrency: Annotated[int, Meta(ge=1, le=1000, description="Feeds asked at the same time.")] = 32
    per_host: Annotated[int, Meta(ge=1, le=16, description="Requests to one host at the same time.")] = 1
    max_body: Annotated[Size, Meta(description="The largest body that is read, after decompression.")] = "10MB"
    contact: Annotated[str, Meta(description="A URL or address that goes into the User-Agent.")] = ""


class StoreTable(Table):
    """Where data is kept, and for how long."""

    path: Annotated[str, Meta(description="The data folder; empty: the user's own. Relative to this file.")] = ""
    keep: Annotated[Duration, Meta(description="How long articles are kept.")] = "5y"
    url: Annotated[str, Meta(description="A team's PostgreSQL database in place of the folder: postgresql://...")] = ""


class BoardTable(Table):
    """How the board is drawn up."""

    stale_after: Annotated[Duration, Meta(description="After how long without news a row is marked as old.")] = "60d"


class AlertsTable(Table):
    """What happens when a party's stance shifts."""

    bell: Annotated[bool, Meta(description="Ring the terminal's bell.")] = False
    command: Annotated[list[str], Meta(description="A program and its arguments; run without a shell.")] = field(
        default_factory=list
    )
    urls: Annotated[list[str], Meta(description="Apprise URLs to notify.")] = field(default_factory=list)
    quiet: Annotated[str, Meta(description='Hours without alerts, local time: "22:00-07:00".')] = ""


class FeedTable(Table):
    """A feed: RSS, Atom or JSON Feed."""

    url: Annotated[Url, Meta(description="The feed's address, http or https.")]
    name: Annotated[str, Meta(description="A unique name; empty: made from the address.")] = ""
    interval: Annotated[str, Meta(description="How often this feed is asked; empty: poll.interval.")] = ""
    tags: Annotated[list[Text], Meta(description="Tags by which topics choose feeds.")] = field(default_factory=list)
    full_text: Annotated[
        Literal["auto", "always", "never"],
        Meta(description="Fetch an article's page: where the feed's text is short, always or never."),
    ] = "auto"
    enabled: Annotated[bool, Meta(description="Whether the feed is polled.")] = True
    note: Annotated[str, Meta(description="What a reader should know of this source.")] = ""
    checked: Annotated[date | UnsetType, Meta(description="The day on which the feed was last seen alive.")] = UNSET
    allow_private: Annotated[bool, Meta(description="Allow an address in a private network.")] = False


class AliasTable(Table):
    """A name that speaks for a party for a time; both days are included."""

    text: Annotated[Text, Meta(description="The name as it is written in articles.")]
    since: Annotated[date | UnsetType, Meta(description="The first day on which it does.")] = UNSET
    until: Annotated[date | UnsetType, Meta(description="The last day on which it does.")] = UNSET


class PartyTable(Table):
    """A party whose position is tracked."""

    name: Annotated[Text, Meta(description="The party's name, as shown and as written in articles.")]
    aliases: Annotated[
        list[Text | AliasTable], Meta(description="Names, offices and spokespeople that speak for it.")
    ] = field(default_factory=list)
    members: Annotated[
        list[Text | AliasTable], Meta(description="People who speak for it but weigh less: one alone never flips it.")
    ] = field(default_factory=list)
    excluded: Annotated[list[Text], Meta(description="Phrases that hold an alias and mean something else.")] = field(
        default_factory=list, name="not"
    )


class SeedTable(Table):
    """A document that gives a topic its first board. Header lines in it win over these keys."""

    path: Annotated[Text, Meta(description="The file: text, Markdown or HTML. Relative to this file.")]
    date: Annotated[date | UnsetType, Meta(description="The day on which it was published.")] = UNSET
    title: Annotated[str, Meta(description="Its headline.")] = ""
    source: Annotated[str, Meta(description="Its publisher.")] = ""
    url: Annotated[str, Meta(description="Where it stands on the web.")] = ""


class TopicTable(Table):
    """An issue that is watched, and the proposition that stance is towards."""

    name: Annotated[Text, Meta(description="A unique name.")]
    target: Annotated[Text, Meta(description="One sentence that can be favoured or opposed.")]
    parties: Annotated[list[PartyTable], Meta(min_length=1, description="Who takes a position.")]
    match: Annotated[str, Meta(description="Which articles belong to it: a query; empty: target_terms.")] = ""
    target_terms: Annotated[list[Text], Meta(description="What articles call the target.")] = field(
        default_factory=list
    )
    against_terms: Annotated[list[Text], Meta(description="Favouring these is opposing the target.")] = field(
        default_factory=list
    )
    exclude: Annotated[list[Text], Meta(description="Phrases that are never the target.")] = field(default_factory=list)
    feeds: Annotated[list[Text], Meta(description="Names or tags of feeds to listen to; empty: all.")] = field(
        default_factory=list
    )
    seeds: Annotated[list[Text | SeedTable], Meta(description="Documents for its first board.")] = field(
        default_factory=list
    )


class ConfigFile(Table):
    """The config file of watcher."""

    topics: Annotated[list[TopicTable], Meta(min_length=1, description="What is watched.")]
    schema_: Annotated[str, Meta(description="Where this schema is, for editors.")] = field(default="", name="$schema")
    theme: Annotated[str, Meta(description="The screen's theme; empty: its own.")] = ""
    lexicon: Annotated[
        list[Text], Meta(description="Files that add words to the lexicon or take them out. Relative to this file.")
    ] = field(default_factory=list)
    poll: PollTable = field(default_factory=PollTable)
    store: StoreTable = field(default_factory=StoreTable)
    board: BoardTable = field(default_factory=BoardTable)
    alerts: AlertsTable = field(default_factory=AlertsTable)
    keys: Annotated[dict[str, str], Meta(description="Keys of the screen by command.")] = field(default_factory=dict)
    feeds: Annotated[list[FeedTable], Meta(description="What is polled.")] = field(default_factory=list)


def json_schema() -> dict[str, Any]:
    """The config's JSON Schema (draft 2020-12), for editors that read `#:schema`."""
    from msgspec.json import schema

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "watcher", **schema(ConfigFile)}


def write_schema() -> None:
    """Writes the schema that ships beside this module; called by hand after a change here."""
    import json
    from pathlib import Path

    path = Path(__file__).with_name("config.schema.json")
    path.write_text(json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
