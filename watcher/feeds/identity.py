"""What makes two articles the same one: ids, canonical links, edits."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import datetime

    from watcher.domain.article import Article
    from watcher.feeds.entry import Entry

_TRACKING = re.compile(
    r"(?:utm_\w+|at_\w+|ns_\w+|mc_[ce]id|_hs(?:enc|mi)|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|ocid|cmpid|cmp"
    r"|ftag|ftcamp|smid|smtyp|sr_share|xtor|xtref|wt_\w+|traffic_source|taid|maca|ref_src|__twitter_impression"
    r"|guccounter|guce_\w+|ncid|emc|sref|spm|vero_\w+|_ga|_gl|intcmp|itid)",
    re.IGNORECASE,
)
"""Query parameters that say how a reader came, not what is read."""


HASHES, BANDS = 32, 16
"""Two hashes a band: a pair that shares two fifths of its runs is looked at nineteen times in
twenty. More hashes would estimate that share better than by a tenth, at 5 MB for 1,000 articles."""

RESEMBLANCE, CONTAINMENT = 0.6, 0.75
"""Shares of common word runs from which texts are copies: of all their runs, of the shorter one's."""

REACH = timedelta(days=7)
"""Copies appear within a week; the same words a year later are another event's."""

FEWEST_WORDS = 12
SKETCHED = 4_000
"""Words that a text must have to be told apart, and characters of it that are looked at."""


def article_id(feed: str, guid: str, link: str, title: str, text: str) -> str:
    """An id that stays while the article is edited: from the feed's URL and the guid, else the
    link (its fragment too: some feeds tell items apart by it alone), else the words.

    24 hexadecimal digits: 96 bits know no chance collisions.
    """
    if guid:
        kind, value = "guid", guid
    elif link:
        kind, value = "link", canonical_url(link) + "#" + urlsplit(link).fragment
    else:
        kind, value = "text", f"{title}\n{text}"
    return digest("\0".join((feed, kind, value)))


def identified(entries: list[Entry]) -> list[Entry]:
    """The entries of one body without the guids and links that name more than one of them.

    A guid that is the link is none: parsers differ in whether they put one for the other. Ten
    thousand items may share one guid, or all link to the front page. A guid still names its item
    when a headline appears twice under it and one link, before and after an edit.
    """
    entries = [replace(entry, guid="", link=entry.guid) if _is_link(entry) else entry for entry in entries]
    titles: dict[tuple[str, str], set[str]] = {}
    links: dict[str, set[str]] = {}
    for entry in entries:
        titles.setdefault(("guid", entry.guid), set()).add(entry.title)
        titles.setdefault(("link", entry.link), set()).add(entry.title)
        links.setdefault(entry.guid, set()).add(entry.link)

    def named(entry: Entry) -> Entry:
        headlines = len(titles["guid", entry.guid])
        if entry.guid and (headlines == 1 or (headlines == 2 and len(links[entry.guid]) == 1)):
            return entry
        shared = len(titles["link", entry.link]) > 1
        return replace(entry, guid="", link_names=not shared)

    return [named(entry) for entry in entries]


def digest(text: str) -> str:
    """A short stable fingerprint of a text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


@lru_cache(maxsize=1024)
def canonical_url(url: str) -> str:
    """The link without what varies between feeds: tracking, fragment, case of the host, `www.`,
    the default port, and http or https. For comparing, not for opening."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url
    if not host:
        return url
    if port and port not in (80, 443):
        host = f"{host}:{port}"
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])
    )
    return urlunsplit(("https", host, parts.path.rstrip("/") or "/", query, ""))


def edit(old: Article, new: Article) -> Article | None:
    """`old` with what `new`, read later under the same id, changed; None if nothing did.

    An edit is not news: first sight, date and story stay. A page fetched for the old text is
    dropped only when the feed's own text changed.
    """
    kept = replace(
        new,
        first_seen=old.first_seen,
        published=old.published if old.dated or not new.dated else min(new.published, old.published),
        dated=old.dated or new.dated,
        story=old.story,
    )
    if old.summary and old.summary == new.text:
        kept = replace(kept, text=old.text, summary=old.summary, full_text=old.full_text)
    elif not old.summary and old.text == new.text:
        kept = replace(kept, full_text=old.full_text)
    return None if kept == old else kept


Sketch: TypeAlias = tuple[Any, int]
"""A MinHash, and of how many runs."""


def _is_link(entry: Entry) -> bool:
    return entry.guid.startswith(("http://", "https://")) and entry.link in ("", entry.guid)


class _Met(NamedTuple):
    """What is kept of an article that was met: a week of them is held, so it is little.
    `title` and `text` are hashes; `published` is None where the feed gives no date."""

    id: str
    feed: str
    title: int
    text: int
    published: datetime | None
    story: str
    sketch: Sketch | None


class Stories:
    """Which articles tell one story: the same page, or nearly the same words within a few days.

    Near-duplicates are found by MinHash over runs of three words (Broder 1997, "On the resemblance
    and containment of documents"), in the bands of locality-sensitive hashing. A text counts as a
    copy when it resembles an earlier one, or when one is contained in the other: a paper that
    prints two paragraphs of a wire text.
    """

    def __init__(self) -> None:
        self._met: dict[int, _Met] = {}  # by the first of `_places` that was free
        self._texts: list[tuple[datetime, str, Sketch]] = []  # published, story
        self._bands: Any = None

    def assign(self, article: Article, sketch: Sketch | None = None) -> Article:
        """The article with the story it belongs to: its own id if it is the first to tell it.

        One that already belongs to another article's story, as those from the store may, keeps it.
        `sketch` is its `sketch_of`, where that was made elsewhere: it is most of the work.
        """
        page = _page(article)
        sketch = sketch or sketch_of(article)
        if article.story in ("", article.id):
            story = self._same_page(article, page) or self._same_words(article, sketch) or article.id
            article = article if article.story == story else replace(article, story=story)
        self._add(article, page, sketch)
        return article

    def meet(self, article: Article) -> None:
        """Notes an article whose story nobody asks for, so that it is known again under another guid."""
        self._add(article, _page(article), None)

    def same_article(self, article: Article, beside: Container[str] = ()) -> str:
        """The id of the article that this one is, read again from its feed under a new guid; or empty.

        Some feeds give an item a new guid with every edit, or with every request. Two that stand
        `beside` each other in one body are two, whatever they share.
        """
        for place in _places(article, _page(article)):
            met = self._met.get(place)
            if met is None or met.feed != article.feed or met.id == article.id or met.id in beside:
                continue
            if _reads_the_same(met, article) or _alike(met.sketch, sketch_of(article)):
                return met.id
        return ""

    def _add(self, article: Article, page: str, sketch: Sketch | None) -> None:
        published = article.published if article.dated else None
        met = _Met(article.id, article.feed, hash(article.title), hash(article.text), published, article.story, sketch)
        any(self._met.setdefault(place, met) is met for place in _places(article, page))
        if sketch:
            if self._bands is None:
                from rensa import RMinHashLSH  # type: ignore[import-untyped]

                self._bands = RMinHashLSH(RESEMBLANCE, HASHES, BANDS)
            self._bands.insert(len(self._texts), sketch[0])
            self._texts.append((article.published, article.story, sketch))

    def _same_page(self, article: Article, page: str) -> str:
        """The story of the first article of that page, unless a feed links several of its items to one page."""
        first = self._met.get(hash(page)) if page else None
        if first is None or (first.feed == article.feed and first.title != hash(article.title)):
            return ""
        return first.story

    def _same_words(self, article: Article, sketch: Sketch | None) -> str:
        """The story of the first article with nearly the same words at nearly the same time."""
        if sketch is None or self._bands is None:
            return ""
        for number in sorted(self._bands.query(sketch[0])):
            published, story, known = self._texts[int(number)]
            if abs(published - article.published) <= REACH and _alike(known, sketch):
                return story
        return ""


def _places(article: Article, page: str) -> Iterator[int]:
    """Where an article is looked for: at its page, at its feed's share of that page, and by its very words."""
    if page:
        yield hash(page)
        yield hash((article.feed, page))
    yield hash((article.feed, article.title, article.text, article.published if article.dated else None))


def _reads_the_same(met: _Met, article: Article) -> bool:
    """Whether an article has the headline of one that was met, and its text or its date, as far as it has one."""
    if met.title != hash(article.title):
        return False
    dates = {met.published, article.published if article.dated else None}
    return met.text == hash(article.text) or len(dates) == 1 or None in dates


def _page(article: Article) -> str:
    """The page that is the article's own: a site's front page is nobody's."""
    page = canonical_url(article.url) if article.url else ""
    return "" if page.count("/") < 4 and page.endswith("/") else page


def sketch_of(article: Article) -> Sketch | None:
    """The MinHash of an article's words and how many runs of three it has; None if too few to tell."""
    words = article.text[:SKETCHED].casefold().split()
    if len(words) < FEWEST_WORDS:
        return None
    from rensa import RMinHash

    runs = {f"{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)}
    sketch = RMinHash(HASHES, 1)
    sketch.update(list(runs))
    return sketch, len(runs)


def _alike(one: Sketch | None, other: Sketch | None) -> bool:
    if one is None or other is None:
        return False
    resemblance = one[0].jaccard(other[0])
    if resemblance >= RESEMBLANCE:
        return True
    shared = resemblance * (one[1] + other[1]) / (1 + resemblance)
    return bool(min(one[1], other[1]) >= 2 * FEWEST_WORDS and shared >= CONTAINMENT * min(one[1], other[1]))
