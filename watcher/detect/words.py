"""The lexicon: which words carry, pass, hold back or attribute a position. Data in `lexicon/*.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watcher.detect.inflection import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER = Path(__file__).parent / "lexicon"
PARTICLE_GAP = 3
"""A verb's particle stands at most so many words after it: "tear the deal up"."""

NAMES = {"foreign", "media", "months", "offices", "titles", "weekdays"}
"""The sets whose words are no sign of the language: others write them alike, or only others do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one word, with the words that belong to it, does to a position.

    `sign` is the stance of the subject towards a noun that follows, 0 if none. `control` is the sign passed on
    to an infinitive or -ing clause that follows: 0 where such a clause only tells a purpose. `kinds` names
    the lists it stands in; `form` is base, s, past or ing for a verb, else empty.
    """

    lemma: str
    rest: tuple[str, ...]
    sign: int
    control: int
    kinds: frozenset[str]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the detector knows of one language. Immutable, shared by detectors.

    `vocabulary` is every single word in it that is no name: by their share a text of the language is known.
    """

    language: str
    verbs: Mapping[str, tuple[Entry, ...]]
    speaking: frozenset[str]
    adjectives: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, int]
    transparent_nouns: frozenset[str]
    open_nouns: frozenset[str]
    terms: frozenset[str]
    demands: frozenset[str]
    proposals: frozenset[str]
    judging: Mapping[str, int]
    instruments: frozenset[str]
    good: frozenset[str]
    bad: frozenset[str]
    strong: frozenset[str]
    phrases: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    sets: Mapping[str, frozenset[str]]
    families: Mapping[str, frozenset[str]]
    synonyms: Mapping[str, str]
    vocabulary: frozenset[str]

    def phrase(self, kind: str, words: Sequence[str], lo: int, hi: int) -> tuple[int, int] | None:
        """The first, longest phrase of that kind in words[lo:hi], as a span."""
        known = self.phrases[kind]
        for i in range(lo, hi):
            for candidate in known.get(words[i], ()):
                end = i + len(candidate)
                if end <= hi and tuple(words[i:end]) == candidate:
                    return i, end
        return None


class LexiconError(ValueError):
    """A mistake in a lexicon overlay: which file, which key, and what to do."""

    def __init__(self, path: Path, key: str, message: str) -> None:
        self.path, self.key = path, key
        super().__init__(f"{path}: {key + ': ' if key else ''}{message}")


def listed(text: str) -> list[str]:
    """The items of a comma list, white space folded."""
    return [" ".join(item.split()) for item in text.split(",") if item.strip()]


def load(language: str = "en", overlays: Iterable[Path] = ()) -> Lexicon:
    """The lexicon of a language with users' overlays applied in order.

    An overlay is a TOML file of the same shape: its items are added, those written with a leading `-`
    are removed. Raises LexiconError for a table or key that the language's own file does not have, a value that is
    no text, or a file that cannot be read.
    """
    return _load(language, tuple(overlays))


@lru_cache(maxsize=4)
def _load(language: str, overlays: tuple[Path, ...]) -> Lexicon:
    import tomllib

    data = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    for path in overlays:
        try:
            extra = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LexiconError(path, "", f"cannot be read: {error}") from error
        _overlay(data, extra, path)
    return _build(data)


def _overlay(data: dict[str, Any], extra: Mapping[str, Any], path: Path) -> None:
    for table, keys in extra.items():
        if table == "language":
            continue
        if table not in data:
            raise LexiconError(path, f"[{table}]", "there is no such table" + _nearest(table, data))
        if not isinstance(keys, dict):
            raise LexiconError(path, table, f"is a table: write [{table}] and its lists below")
        for key, text in keys.items():
            name = f"{table}.{key}"
            if not isinstance(text, str):
                raise LexiconError(path, name, 'takes text: words between quotes, with commas ("back, support")')
            if table == "irregular":
                if len(text.split()) != 3:
                    raise LexiconError(path, name, 'takes past, participle and -ing form ("took taken taking")')
                data[table][key] = text
                continue
            if key not in data[table]:
                raise LexiconError(path, name, "there is no such list" + _nearest(key, data[table]))
            items = listed(data[table][key])
            for item in listed(text):
                if item.startswith("-"):
                    items = [old for old in items if old != item[1:].strip()]
                else:
                    items.append(item)
            data[table][key] = ", ".join(items)


def _nearest(key: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, sorted(known), 1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(sorted(known))}"


def _build(data: Mapping[str, Any]) -> Lexicon:
    irregular = {verb: _principal_parts(parts) for verb, parts in data["irregular"].items()}
    doubling = frozenset(listed(data["inflection"]["doubling"]))
    sets = {
        name: frozenset(listed(text)) for name, text in data["sets"].items() if name not in ("families", "synonyms")
    }
    nouns = dict.fromkeys(listed(data["nouns"]["support"]) + listed(data["nouns"]["open"]), 1) | dict.fromkeys(
        listed(data["nouns"]["oppose"]), -1
    )
    evaluative = data["evaluative"]
    verbs = _verbs(data["verbs"], irregular, doubling, frozenset(listed(data["inflection"]["both"])))
    families: dict[str, set[str]] = {}
    for group in listed(data["sets"]["families"]):
        for word in group.split():
            families.setdefault(word, set()).update(group.split())
    phrases = {name: _phrases(text) for name, text in data["phrases"].items()}
    for name in ("may_good", "may_bad", "carry"):
        phrases[name] = _phrases(evaluative[name])
    for name in ("good", "bad"):
        phrases[f"{name}_phrases"] = _phrases(
            ", ".join([evaluative[f"{name}_phrases"], *(w for w in listed(evaluative[name]) if " " in w)])
        )
    adjectives = _adjectives(data["adjectives"])
    return Lexicon(
        language=data["language"],
        verbs=verbs,
        speaking=frozenset(
            form for form, entries in verbs.items() if any(entry.kinds & {"say", "believe"} for entry in entries)
        ),
        adjectives=adjectives,
        nouns=nouns,
        transparent_nouns=frozenset(listed(data["nouns"]["transparent"])),
        open_nouns=frozenset(listed(data["nouns"]["open"])),
        demands=frozenset(listed(data["nouns"]["demands"])),
        terms=frozenset(listed(data["nouns"]["terms"])),
        judging=dict.fromkeys(listed(data["nouns"]["judging_good"]), 1)
        | dict.fromkeys(listed(data["nouns"]["judging_bad"]), -1),
        proposals=frozenset(listed(data["nouns"]["proposal"])),
        instruments=frozenset(listed(data["nouns"]["instruments"])),
        good=frozenset(listed(evaluative["good"])),
        bad=frozenset(listed(evaluative["bad"])),
        strong=frozenset(listed(evaluative["strong"])),
        phrases=phrases,
        sets=sets,
        families={word: frozenset(group) for word, group in families.items()},
        synonyms={w: group.split()[0] for group in listed(data["sets"]["synonyms"]) for w in group.split()},
        vocabulary=frozenset().union(verbs, adjectives, nouns, *(sets[name] for name in sets.keys() - NAMES)),
    )


def _principal_parts(parts: str) -> tuple[str, str, str]:
    past, participle, ing = parts.split()
    return past, participle, ing


def _phrases(text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in listed(text):
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in by_first.items()}


def _verbs(
    tables: Mapping[str, str],
    irregular: Mapping[str, tuple[str, str, str]],
    doubling: frozenset[str],
    both: frozenset[str],
) -> dict[str, tuple[Entry, ...]]:
    kinds: dict[str, set[str]] = {}
    for kind, text in tables.items():
        for verb in listed(text):
            kinds.setdefault(verb, set()).add(kind)
    found: dict[str, list[Entry]] = {}
    for verb, names in kinds.items():
        head, *rest = verb.split()
        sign = 1 if "support" in names else -1 if "oppose" in names else 0
        control = (
            -1
            if "refuse" in names or rest[-1:] == ["against"]
            else 1
            if names & {"transparent", "support", "conditional", "undecided"}
            else 0
        )
        for form, kind in forms(head, irregular, doubling, both).items():
            entry = Entry(verb, tuple(rest), sign, control, frozenset(names), kind)
            found.setdefault(form, []).append(entry)
    return {form: tuple(sorted(entries, key=lambda e: -len(e.rest))) for form, entries in found.items()}


def _adjectives(tables: Mapping[str, str]) -> dict[str, tuple[Entry, ...]]:
    kinds: dict[str, set[str]] = {}
    for kind, text in tables.items():
        for phrase in listed(text):
            kinds.setdefault(phrase, set()).add(kind)
    found: dict[str, list[Entry]] = {}
    for phrase, names in kinds.items():
        head, *rest = phrase.split()
        sign = 1 if "support" in names else -1 if "oppose" in names else 0
        control = -1 if "reluctant" in names else 1
        found.setdefault(head, []).append(Entry(phrase, tuple(rest), sign, control, frozenset(names)))
    return {head: tuple(sorted(entries, key=lambda e: -len(e.rest))) for head, entries in found.items()}


SEPARABLE = frozenset(["up", "down", "off", "out", "away", "apart", "aside", "back", "over"])


def match_entry(
    entries: Sequence[Entry], lower: Sequence[str], i: int, hi: int, gap: int = PARTICLE_GAP
) -> tuple[Entry, int] | None:
    """The entry whose further words follow token `i`, longest first, and the token after its last word.

    Particles like "up" and the "to" of "tie it to" may stand `gap` words away, others only one.
    """
    widest = gap
    for entry in entries:
        j = i + 1
        apart = entry.rest and (entry.rest[0] in SEPARABLE or entry.kinds & {"prevent", "conditional"})
        gap = widest if apart else min(1, widest)
        for particle in entry.rest:
            end = min(j + gap + 1, hi)
            while j < end and lower[j] != particle:
                j += 1
            if j >= end:
                break
            j += 1
        else:
            return entry, j
    return None
