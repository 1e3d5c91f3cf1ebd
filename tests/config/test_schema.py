"""The JSON Schema for editors says what the program checks."""

from __future__ import annotations

import json
from pathlib import Path

import watcher.config
from watcher.config.schema import json_schema

SHIPPED = Path(watcher.config.__file__).parent / "config.schema.json"


def test_the_shipped_schema_is_the_one_made_from_the_code() -> None:
    assert json.loads(SHIPPED.read_text(encoding="utf-8")) == json_schema(), "call watcher.config.schema.write_schema()"


def test_the_default_configs_first_line_names_the_schema() -> None:
    config = Path(__file__).parents[2] / "config.toml"
    first = config.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("#:schema ")
    assert (config.parent / first.removeprefix("#:schema ")).samefile(SHIPPED)


def test_every_key_has_a_meaning_and_unknown_ones_are_refused() -> None:
    for name, table in json_schema()["$defs"].items():
        assert table["additionalProperties"] is False, name
        for key, value in table["properties"].items():
            assert "description" in value or "$ref" in value, f"{name}.{key}"
