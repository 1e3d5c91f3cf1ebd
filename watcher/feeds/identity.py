"""What makes two articles the same one: ids, canonical links, edits."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from watcher.domain.article import Article
    from watcher.feeds.entry import Entry

_TRACKING = re.compile(
    r"(?:utm_\w+|at_\w+|ns_\w+|mc_[ce]id|_hs(?:enc|mi)|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|ocid|cmpid|cmp"
    r"|ftag|ftcamp|smid|smtyp|sr_share|xtor|xtref|wt_\w+|traffic_source|taid|maca|ref_src|__twitter_impression"
    r"|guccounter|guce_\w+|ncid|emc|sref|spm|vero_\w+|_ga|_gl|intcmp|itid)",
    re.IGNORECASE,
)
"""Query parameters that say how a reader came, not what is read."""


def article_id(feed: str, entry: Entry, link: str, title: str, text: str) -> str:
    """An id that stays while the article is edited: from the feed's URL and the guid, else the
    link (its fragment too: some feeds tell items apart by it alone), else the words.

    24 hexadecimal digits: 96 bits know no chance collisions.
    """
    if entry.guid:
        kind, value = "guid", entry.guid
    elif link and entry.link:
        kind, value = "link", canonical_url(link) + "#" + urlsplit(link).fragment
    else:
        kind, value = "text", f"{title}\n{text}"
    return digest("\0".join((feed, kind, value)))


def identified(entries: list[Entry]) -> list[Entry]:
    """The entries of one body without the guids and links that name more than one of them.

    Ten thousand items may share one guid, or all link to the front page. A guid still names its
    item when a headline appears twice under it and one link, before and after an edit.
    """
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
        return replace(entry, guid=digest(f"{entry.link}\n{entry.title}") if shared and entry.title else "")

    return [named(entry) for entry in entries]


def digest(text: str) -> str:
    """A short stable fingerprint of a text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


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
