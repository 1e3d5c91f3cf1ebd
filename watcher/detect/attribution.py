"""Who says what: sources, the cue that attributes, and the span of content it governs (the terms of PolNeAR)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watcher.detect.content import CLOSING, content
from watcher.detect.marks import ARTICLES, HARD, QUOTES
from watcher.detect.naming import phrase_start
from watcher.detect.roles import spoken_for
from watcher.detect.verb_subjects import subject_of
from watcher.detect.views import held_view, put_out, view

if TYPE_CHECKING:
    from watcher.detect.memory import Memory
    from watcher.detect.mentions import Mention
    from watcher.detect.parsed import Parsed
    from watcher.detect.subject import Subject


GOING_ON = frozenset(["go on", "continue"])
"""What may be told so must be quoted."""
TELLING_THINGS = frozenset(["evidence", "data", "figures", "experience", "history", "facts", "record", "science"])
"""What only shows something; who points to them says so."""
FRONT = 3
"""A phrase that opens so early leads to what is said behind it."""
PUTTING = frozenset(["propose", "offer", "recommend", "volunteer", "second"])


@dataclass(frozen=True, slots=True)
class Source:
    """Whom content is attributed to. `kind` is party, named, unnamed or media; `mentions` holds the
    parties it speaks for; `name` is as written, `how` tells how it was resolved."""

    kind: str
    name: str
    mentions: tuple[Mention, ...] = ()
    how: str = ""

    @property
    def parties(self) -> tuple[str, ...]:
        """Names of the parties that speak."""
        return tuple(mention.party for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content spans (token ranges) that a source is the speaker of; `cue` is a token index, -1 for none.
    `belief` marks verbs of thinking, which need no quotation."""

    source: Source
    cue: int
    spans: tuple[tuple[int, int], ...]
    belief: bool = False

    def covers(self, i: int) -> bool:
        """Whether token `i` stands in the content."""
        return any(lo <= i < hi for lo, hi in self.spans)

    def width(self, i: int) -> int:
        """Length of the span that holds token `i`."""
        return next((hi - lo for lo, hi in self.spans if lo <= i < hi), 10**6)


def attributions(parsed: Parsed, memory: Memory) -> list[Attribution]:
    """The attributions of one sentence, in reading order. Speakers of open quotations are the caller's."""
    found: list[Attribution] = []
    n = len(parsed)
    lower, words, quoted = parsed.lower, parsed.words, parsed.sentence.quoted
    colon = _headline(parsed)
    if colon:
        found.append(colon)
    speaking = parsed.lexicon.speaking
    for i, word in enumerate(lower):
        if word not in speaking:
            if word == "according" and i + 2 < n and lower[i + 1] == "to":
                found.append(_according(parsed, memory, i))
            elif word == "in" and (seen := view(parsed, i, memory)) is not None:
                subject, end = seen
                aside = i > 0 and words[i - 1] == "," == "".join(words[end : end + 1])
                told = ((0, i), (end, n)) if aside else ((0, i),) if i > FRONT else ((end, n),)
                found.append(Attribution(Source("party", subject.name, subject.mentions, "according to"), i, told))
            elif word == "that" and (held := held_view(parsed, i, memory)) is not None:
                holder = Source("party", held[0].name, held[0].mentions, held[0].how)
                found.append(Attribution(holder, held[1], ((i + 1, n),), belief=True))
            continue
        entry = parsed.saying(i)
        if entry is None or (entry.lemma in GOING_ON and not any(quoted)):
            continue  # "talks went on"
        if word == "written" and not {"has", "have", "had"} & set(lower[max(0, i - 3) : i]):
            continue  # "wants guards written in"
        if entry.lemma == "charge" and lower[i + 1 : i + 2] != ["that"] and not any(quoted):
            continue  # "charge up to 9,000 pounds"
        if (
            quoted[i]
            and i
            and words[i - 1] not in QUOTES
            and lower[i - 1] not in ("i", "we")
            and not _plain_quote(parsed, i)
        ):
            continue
        if (
            word.endswith("ing")
            and i
            and words[i - 1] not in CLOSING
            and lower[i - 1] not in ("is", "was", "are", "were", "been", "and", "not", "'s")
            and not put_out(parsed, i)
            and not _with_one(parsed, i)
        ):
            continue  # "close to declaring an emergency"
        if lower[i + 1 : i + 2] == ["to"] and entry.lemma in (
            "agree",
            "want",
            "wish",
            "decide",
            "plan",
            "intend",
            "expect",
            "hope",
        ):
            continue  # a clause of its own, not words that are told
        if lower[i + 1 : i + 2] == ["to"] and lower[max(0, i - 1) : i] in (
            ["is"],
            ["are"],
            ["was"],
            ["were"],
            ["been"],
        ):
            continue  # "is said to oppose it": others say so
        if lower[i + 1 : i + 2] == ["by"] and word.endswith("ed"):
            continue  # "the cost cited by X"
        if (
            entry.lemma in PUTTING
            and lower[i + 1 : i + 2]
            and lower[i + 1] in ARTICLES
            and "be" not in lower[i + 2 : i + 9]
        ):
            continue  # "proposed a pact, which Norland rejected": a thing, not words
        belief = "say" not in entry.kinds
        attribution = _inverted(parsed, memory, i) if not belief else None
        if attribution is None:
            subject = subject_of(parsed, i, memory)
            if subject.name.lower() in TELLING_THINGS:
                continue  # "X said the evidence showed that it works": X
            source = _source(parsed, subject)
            if source is None and subject.kind == "other" and lower[i - 1] == "who":
                source = Source("unnamed", subject.name, (), "others")  # "asked those who think that it is bad"
            if source is None:
                continue
            if source.kind == "named" and _outlet(parsed, i, subject, entry.lemma):
                source = replace(source, kind="media")
            if source.kind == "unnamed" and subject.how in ("noun", "unnamed"):
                subject = replace(subject, start=_after_comma(parsed, subject.start))
            spans = content(parsed, i, subject, belief)
            attribution = Attribution(source, i, spans, belief)
        if attribution.spans:
            found.append(attribution)
    return found


def _with_one(parsed: Parsed, i: int) -> bool:
    """`..., with X stating that it is bad`: whether the word at `i` tells what the one named before it says."""
    k = i - 1
    while k > 0 and (parsed.words[k][:1].isupper() or parsed.lower[k] in parsed.lexicon.sets["titles"]):
        k -= 1
    k -= parsed.lower[k] == "the"
    return 0 < k < i - 1 and parsed.lower[k] == "with"


def _plain_quote(parsed: Parsed, i: int) -> bool:
    """Inside a quotation someone may report another: "Trump said he would ...", said Ryan."""
    k = i - 1
    return k >= 0 and parsed.mention_at(k) is not None


def _source(parsed: Parsed, subject: Subject) -> Source | None:
    if subject.kind == "party":
        return Source("party", subject.name, subject.mentions, subject.how)
    if subject.kind == "first":
        return Source("first", subject.name, (), "first person")
    if subject.kind in ("named", "unnamed", "media"):
        return Source(subject.kind, subject.name, (), subject.how)
    if (
        subject.kind == "other"
        and subject.start > 0
        and subject.how == "noun"
        and subject.name not in parsed.lexicon.sets["written"]
    ):
        return Source("unnamed", subject.name, (), subject.how)
    return None


def _after_comma(parsed: Parsed, start: int) -> int:
    """Where a long noun phrase that ends near `start` begins: "..., two people familiar with the talks said"."""
    for x in range(start - 1, max(-1, start - 10), -1):
        if parsed.lower[x] in ("its", "his", "her", "their"):
            break  # its own officials
        if parsed.words[x] == "," or parsed.words[x] in QUOTES:
            return x + 1
        if parsed.verb(x) is not None:
            break
    return start


def _outlet(parsed: Parsed, i: int, subject: Subject, lemma: str) -> bool:
    """`the Evening Courier reported`, `The Ledger, citing aides, said`."""
    lower = parsed.lower
    the = subject.start >= 0 and "the" in lower[max(0, subject.start - 1) : subject.start + 1]
    return (the and (lemma in ("report", "write") or "citing" in lower[subject.start : i])) or (
        lemma == "report" and "citing" in lower
    )


def _headline(parsed: Parsed) -> Attribution | None:
    """`Ryan: no vote this year`."""
    lower = parsed.lower
    if parsed.sentence.title and (told := _signed(parsed)) is not None:
        return told
    for k in range(min(HEADED, len(lower) - 2)):
        if lower[k] == ":":
            mentions = tuple(m for m in parsed.mentions if m.end <= k and m.actor)
            if (
                not mentions
                or any(parsed.verb(x) for x in range(k))
                or mentions[0].start > 3
                or (k - mentions[-1].end > 2 and not _on_it(parsed, mentions[-1], k))
            ):
                return None
            mention = mentions[0]
            return Attribution(Source("party", mention.name, (mention,), "headline colon"), k, ((k + 1, len(lower)),))
    return None


HEADED = 9
"""Words before the colon of a headline that names who speaks."""
SIGNING = frozenset([":", "—", "–", "-"])


def _on_it(parsed: Parsed, mention: Mention, end: int) -> bool:
    """Whether the words from a name to token `end` only tell what it speaks of: "Ryan on the bill"."""
    about = parsed.lower[mention.end : mention.end + 1] in (["on"], ["about"], ["over"])
    target = parsed.target_at(end - 1) if about else None
    return target is not None and target.start - mention.end <= 3


def _signed(parsed: Parsed) -> Attribution | None:
    """`No vote this year: Ryan`, `No vote this year - Ryan`, `"No vote this year": Ryan on the bill`."""
    colon = next((x for x in range(len(parsed) - 1, 1, -1) if parsed.words[x] in SIGNING), -1)
    mention = next((m for m in parsed.mentions if m.start > colon and m.actor), None) if colon > 0 else None
    if mention is None or phrase_start(parsed, mention.start) > colon + 1:
        return None
    if mention.end < len(parsed) - 1 and not _on_it(parsed, mention, len(parsed) - 1):
        return None
    return Attribution(Source("party", mention.name, (mention,), "headline colon"), colon, ((0, colon),))


def _according(parsed: Parsed, memory: Memory, i: int) -> Attribution:
    lower, n = parsed.lower, len(parsed)
    end = i + 2
    while end < n and lower[end] not in (",", ".", ";") and end - i < 14:
        end += 1
    mention = next((m for m in parsed.mentions if i + 2 <= m.start < end and m.actor and m.start - i < 8), None)
    spans = ((0, i),) if i > 3 else ((end, n),)
    if mention:
        return Attribution(Source("party", mention.name, (mention,), "according to"), i, spans)
    named = parsed.words[i + 2][:1].isupper()
    media = any(word in parsed.lexicon.sets["media"] for word in lower[i + 2 : end])
    kind = "media" if media else "named" if named else "unnamed"
    return Attribution(Source(kind, " ".join(parsed.words[i + 2 : min(end, i + 6)]), (), "according to"), i, spans)


def _inverted(parsed: Parsed, memory: Memory, i: int) -> Attribution | None:
    """`..., said Zelensky`."""
    words, lower, n = parsed.words, parsed.lower, len(parsed)
    if i == 0 or words[i - 1] not in CLOSING or i + 1 >= n or lower[i].endswith("ing"):
        return None
    right = i + 1
    quotes = [j for j in range(right, n) if parsed.sentence.quoted[j]]
    spans: tuple[tuple[int, int], ...] = ((0, i),)
    if quotes:
        spans = (*spans, (quotes[0], n))
    told = (
        words[i - 1] in QUOTES
        or parsed.sentence.title
        or any(target.end < i - 1 for target in parsed.targets)
        or any(parsed.auxiliary(x) or parsed.verb(x) is not None for x in range(i - 1))
    )
    if not told:
        return None  # "Brook, an economist, said ..."
    for mention in parsed.mentions:
        k = mention.end
        while k < n and parsed.adverb(k):
            k += 1
        if (
            k < n
            and not quotes
            and (parsed.verb(k) is not None or (parsed.auxiliary(k) and lower[k] not in ("'s", "to")))
        ):
            continue  # "..., said Norland backs it"
        if i < mention.start <= i + 8 and mention.actor:
            between = range(right, mention.start)
            if not any(
                words[x] in ",;."
                or (lower[x] in parsed.lexicon.sets["prepositions"] and lower[x] != "of")
                or parsed.verb(x)
                for x in between
            ):
                return Attribution(Source("party", mention.name, (mention,), "inverted"), i, spans)
    if lower[right] in ("he", "she", "they"):
        if right + 1 < n and (parsed.auxiliary(right + 1) or parsed.verb(right + 1) is not None):
            return None  # "Jan Vos, their leader, said she would sign it"
        source = memory.pronoun(lower[right])
        if source:
            return Attribution(Source("party", source.name, (replace(source, how="pronoun"),), "pronoun"), i, spans)
        return Attribution(Source("named", lower[right], (), "pronoun"), i, spans)
    if parsed.mention_at(right) is not None and not quotes:
        return None
    if lower[right] in parsed.lexicon.sets["weekdays"]:
        return None  # "Smith, who leads it, said Sunday that ..."
    if words[right][:1].isupper() or lower[right] in parsed.lexicon.sets["unnamed"]:
        k = right
        while k < n and (words[k][:1].isupper() or lower[k] in parsed.lexicon.sets["titles"]):
            k += 1
        if (role := _introduced(parsed, right, k)) is not None:
            return Attribution(Source("party", " ".join(words[right:k]), (role,), "spokesman"), i, spans)
        media = any(word in parsed.lexicon.sets["media"] for word in lower[right:k])
        kind = "media" if media else "named" if k > right else "unnamed"
        return Attribution(Source(kind, " ".join(words[right : max(k, right + 1)]), (), "inverted"), i, spans)
    return None


def _introduced(parsed: Parsed, lo: int, k: int) -> Mention | None:
    """`said Jan Vos, the union's president`, `said Jan Vos of the union`: whom the name at [lo, k) speaks for."""
    n = len(parsed)
    if k - lo < 2 or k >= n:
        return None
    if parsed.words[k] == ",":
        end = next((x for x in range(k + 1, n) if parsed.words[x] in (",", *HARD)), n)
        return spoken_for(parsed, k + 1, end)
    if parsed.lower[k] == "of":
        start = k + 1 + (parsed.lower[k + 1 : k + 2] == ["the"])
        return next((m for m in parsed.mentions if m.start == start and m.actor), None)
    return None
