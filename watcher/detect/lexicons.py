"""The lexicon of a language, read from its TOML file and the overlays of a user."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watcher.detect.inflection import forms
from watcher.detect.words import Entry, Lexicon, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from watcher.domain.topic import Overlay

FOLDER = Path(__file__).parent / "lexicon"
NAMES = {"foreign", "media", "months", "offices", "titles", "weekdays"}
"""The sets whose words are no sign of the language: others write them alike, or only others do."""


class LexiconError(ValueError):
    """A mistake in a lexicon overlay: which one, at which table and key, and what to do."""

    def __init__(self, overlay: Overlay, at: tuple[str, ...], problem: str) -> None:
        self.overlay, self.at, self.problem = overlay, at, problem
        super().__init__(f"{overlay.path}: {'.'.join(at)}: {problem}" if at else f"{overlay.path}: {problem}")


def load(language: str = "en", overlays: Iterable[Overlay] = ()) -> Lexicon:
    """The lexicon of a language with users' overlays applied in order.

    An overlay is TOML of the same shape: its items are added, and leave the list of the opposite
    sign; those written with a leading `-` are removed. Raises LexiconError for what is no TOML, a
    table or key that the language's own file does not have, and a value that is no text.
    """
    return _load(language, tuple(overlays))


@lru_cache(maxsize=4)
def _load(language: str, overlays: tuple[Overlay, ...]) -> Lexicon:
    return _build(merged(language, overlays))


def merged(language: str, overlays: Iterable[Overlay]) -> dict[str, Any]:
    """The language's tables with the overlays in them. Raises LexiconError, as `load` does; nothing else can fail."""
    import tomllib

    data = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    for overlay in overlays:
        try:
            extra = tomllib.loads(overlay.text)
        except (ValueError, RecursionError) as error:
            raise LexiconError(overlay, (), f"not TOML: {error}") from error
        _merge(data, extra, overlay)
    return data


def _merge(data: dict[str, Any], extra: Mapping[str, Any], overlay: Overlay) -> None:
    tables = data.keys() - {"language"}
    for table, keys in extra.items():
        if table == "language":
            if keys != data[table]:
                raise LexiconError(overlay, (table,), f'must be "{data[table]}", or left out')
            continue
        if table not in tables:
            raise LexiconError(overlay, (table,), "there is no such table" + _nearest(table, tables))
        if not isinstance(keys, dict):
            raise LexiconError(overlay, (table,), f"is a table: write [{table}] and its lists below")
        for key, text in keys.items():
            if not isinstance(text, str):
                problem = 'takes text: words between quotes, with commas ("back, support")'
                raise LexiconError(overlay, (table, key), problem)
            if table == "irregular":
                if len(_folded(text).split()) != 3:
                    problem = 'takes past, participle and -ing form ("took taken taking")'
                    raise LexiconError(overlay, (table, key), problem)
                data[table][_folded(key)] = _folded(text)
                continue
            if key not in data[table]:
                raise LexiconError(overlay, (table, key), "there is no such list" + _nearest(key, data[table]))
            _change(data[table], key, text)


def _change(lists: dict[str, str], key: str, text: str) -> None:
    """Adds the words of `text` to a list, and takes out those written with a leading `-`."""
    mine = dict.fromkeys(listed(lists[key]))
    opposite = _opposite(key)
    other = dict.fromkeys(listed(lists.get(opposite, "")))
    for item in listed(text):
        word = _folded(item)
        if item.startswith("-"):
            mine.pop(word, None)
        elif word:
            mine[word] = None
            other.pop(word, None)
    lists[key] = ", ".join(mine)
    if opposite in lists:
        lists[opposite] = ", ".join(other)


def _opposite(key: str) -> str:
    """The list that a word leaves when a user puts it into this one; empty if there is none."""
    for one, other in (("support", "oppose"), ("oppose", "support"), ("good", "bad"), ("bad", "good")):
        if one in key:
            return key.replace(one, other)
    return ""


def _folded(item: str) -> str:
    """What a person wrote, as the sentence reader gives words: small letters, compounds apart."""
    return " ".join(item.lower().replace("’", "'").replace("-", " ").split())


def _nearest(key: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, sorted(known), 1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(known))}"


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
    for name, doing in (("good", "serving"), ("bad", "harming")):
        several = [word for word in listed(evaluative[name]) if " " in word]
        inflected = _in_all_forms(listed(evaluative[doing]), irregular, doubling)
        phrases[f"{name}_phrases"] = _phrases(", ".join([evaluative[f"{name}_phrases"], *several, *inflected]))
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
        told={
            past: sign
            for name, sign in (("good", 1), ("bad", -1))
            for past in _past_forms(listed(evaluative[name]), irregular, doubling)
        },
        doing=_doing(evaluative, irregular, doubling),
        participles=_participles(verbs, irregular),
        phrases=phrases,
        sets=sets,
        families={word: frozenset(group) for word, group in families.items()},
        synonyms={w: group.split()[0] for group in listed(data["sets"]["synonyms"]) for w in group.split()},
        vocabulary=frozenset().union(verbs, adjectives, nouns, *(sets[name] for name in sets.keys() - NAMES)),
    )


def _past_forms(
    words: Iterable[str], irregular: Mapping[str, tuple[str, str, str]], doubling: frozenset[str]
) -> Iterator[str]:
    """ "harmed" where the list has "harm" and "harms"; what is written alike in both is left out."""
    known = frozenset(words)
    for word in known:
        found = {kind: form for form, kind in forms(word, irregular, doubling).items()}
        past = found.get("past", word)  # "undercut" is both
        if " " not in word and found["s"] in known and past not in known:
            yield past


def _participles(
    verbs: Mapping[str, tuple[Entry, ...]], irregular: Mapping[str, tuple[str, str, str]]
) -> dict[str, frozenset[str]]:
    """The past forms of each verb of one word; of "cut", whose participle is the verb itself, "cut"."""
    found: dict[str, set[str]] = {}
    for form, entries in verbs.items():
        unchanged = form in irregular and irregular[form][1] == form
        for entry in entries:
            if not entry.rest and (entry.form == "past" or (unchanged and entry.lemma == form)):
                found.setdefault(entry.lemma, set()).add(form)
    return {lemma: frozenset(forms) for lemma, forms in found.items()}


def _doing(
    evaluative: Mapping[str, str], irregular: Mapping[str, tuple[str, str, str]], doubling: frozenset[str]
) -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """ "sell ... down the river" by each form of its verb."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for name, sign in (("doing_good", 1), ("doing_bad", -1)):
        for item in listed(evaluative[name]):
            verb, _, tail = item.partition(" ... ")
            for form in forms(verb, irregular, doubling):
                found.setdefault(form, []).append((tuple(tail.split()), sign))
    return {form: tuple(tails) for form, tails in found.items()}


def _in_all_forms(
    verbs: Iterable[str], irregular: Mapping[str, tuple[str, str, str]], doubling: frozenset[str]
) -> Iterator[str]:
    """ "turns the page", "turned the page", "turning the page" where the list has "turn the page"."""
    for verb in verbs:
        head, _, rest = verb.partition(" ")
        for form in forms(head, irregular, doubling):
            yield f"{form} {rest}"


def _principal_parts(parts: str) -> tuple[str, str, str]:
    past, participle, ing = parts.split()
    return past, participle, ing


def _phrases(text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in listed(text):
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in by_first.items()}


AUXILIARIES = frozenset(["has", "is", "are", "am", "were"])
"""They are verbs only with the words of an idiom: "has no time for"."""


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
            if form in AUXILIARIES and not rest:
                continue
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
