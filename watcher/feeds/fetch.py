"""One polite GET after another: conditional, bounded, redirected by hand, never where it must not go."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from watcher import __version__
from watcher.domain.feed import FeedStatus
from watcher.feeds import reasons
from watcher.feeds.address import guarded_socket, is_private_host, same_place
from watcher.feeds.clean import clean
from watcher.feeds.hosts import Hosts
from watcher.feeds.inflate import Body, Damaged, TooLarge
from watcher.feeds.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from watcher.domain.settings import PollSettings

HOPS = 8
"""Redirects followed before it is taken for a loop."""

LONGEST_HEADER = 32_768
"""Bytes of one response header that are read; more fails the feed."""

LONGEST_TAG = 4_096
"""Characters of an ETag that is kept: a longer one, sent back, would make most servers refuse."""

DAY = timedelta(days=1)
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)

_PERMANENT = frozenset({301, 308})
_REDIRECT = frozenset({301, 302, 303, 307, 308})
_RAW_BYTE = re.compile("[\udc80-\udcff]")
"""A byte of a header that is no UTF-8, as aiohttp gives it."""

_WHOLE = re.compile(
    rb"(?:</(?:\w+:)?(?:rss|feed|rdf)\s*>|\})\s*(?:<!--(?:(?!-->).)*-->\s*)*\Z", re.IGNORECASE | re.DOTALL
)
"""The end of a feed; what caches note below it is no part of it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a GET came to. `status` OK means a body; `wait` is what the server asked us to wait."""

    status: FeedStatus
    http: int | None = None
    error: str = ""
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    url: str = ""  # where it was found in the end
    moved_to: str = ""  # the end of an unbroken chain of permanent redirects
    wait: timedelta = timedelta()
    told_by: str = ""  # the host that asked us to come later


@dataclass(slots=True)
class _Request:
    own: URL  # the configured place, the only private one that may be asked
    own_private: bool  # its name may lead into a private network
    headers: dict[str, str]
    cap: int
    left: float  # seconds until the deadline
    may: Callable[[str], Awaitable[bool]] | None = None
    moved_to: str = ""


class Fetcher:
    """Sends requests under one politeness: one at a time to a host, `concurrency` in all.

    Two sessions: everything goes through the guarded one, which opens no connection to a private
    address; only the user's own configured server may be reached through the other.
    """

    def __init__(self, settings: PollSettings) -> None:
        self._settings = settings
        self.hosts = Hosts(settings.concurrency, settings.per_host)
        contact = f"; +{clean(settings.contact)}" if settings.contact else ""
        self.agent = f"Mozilla/5.0 (compatible; watcher/{__version__}{contact})"
        self._guarded = self._session(guarded_socket)
        self._own = self._session(None)

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._guarded.close()
        await self._own.close()

    def _session(self, socket_factory: aiohttp.SocketFactoryType | None) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, resolver=Resolver(), socket_factory=socket_factory, ttl_dns_cache=300
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None),
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
            headers={"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate, br"},
        )

    async def get(
        self,
        url: str,
        *,
        own: str = "",
        allow_private: bool = False,
        etag: str = "",
        last_modified: str = "",
        accept: str = ACCEPT,
        may: Callable[[str], Awaitable[bool]] | None = None,
    ) -> Fetched:
        """Fetches `url`. Never raises for what the other side does.

        `own` is the URL that the user configured (default: `url`); if that is written as a private
        address or localhost, or `allow_private` is set, its server and no other private one may be asked.
        `may` is asked before each hop, of its URL: robots.txt.
        """
        try:
            start, home = URL(url), URL(own or url)
            host = start.host and home.host
        except ValueError:
            return Fetched(FeedStatus.HTTP_ERROR, error="the address is not a URL")
        if start.scheme not in ("http", "https") or not host:
            return Fetched(FeedStatus.HTTP_ERROR, error="only http and https addresses can be polled")
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        request = _Request(
            own=home,
            own_private=allow_private or is_private_host(host),
            headers=headers,
            cap=self._settings.max_body,
            left=self._settings.timeout.total_seconds(),
            may=may,
        )
        return await self._follow(start.with_user(None), request)

    async def _follow(self, url: URL, request: _Request) -> Fetched:
        """The chain of redirects, each hop checked like the first."""
        permanent = True
        for _ in range(HOPS):
            host = url.host or ""
            if request.may and not await request.may(str(url)):
                return Fetched(FeedStatus.REDIRECT_REFUSED, error="its site's robots.txt forbids it", url=str(url))
            async with self.hosts.turn(host) as patience:
                if host in self.hosts.refusing:
                    problem = f"{host} asks for fewer requests"
                    return Fetched(FeedStatus.BACKING_OFF, error=problem, told_by=host)
                began = time.monotonic()
                result = await self._hop(url, request, min(request.left, patience))
                request.left -= time.monotonic() - began
                if result.status is FeedStatus.TIMEOUT:
                    self.hosts.hung(host, self._settings.timeout.total_seconds())
                if result.http == 429:
                    self.hosts.refusing.add(host)
                if result.http == 429 or (result.http == 503 and result.wait):
                    result = replace(result, told_by=host)
            if result.http not in _REDIRECT or not result.url:
                return result
            permanent = permanent and result.http in _PERMANENT
            refused, target = follow(url, result.url)
            if refused or target is None:
                return Fetched(FeedStatus.REDIRECT_REFUSED, result.http, refused)
            url = target
            if permanent:
                request.moved_to = str(url)
        return Fetched(FeedStatus.REDIRECT_REFUSED, result.http, "redirects in a circle")

    async def _hop(self, url: URL, request: _Request, seconds: float) -> Fetched:
        """One request. A redirect comes back with its target, as written, in `url`."""
        at_home = request.own_private and same_place(url, request.own)
        if not at_home and is_private_host(url.host or ""):
            return Fetched(FeedStatus.REDIRECT_REFUSED, error=f"leads to a private address ({url.host})")
        session = self._own if at_home else self._guarded
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                signed = _signed(url, request.own)
                async with session.get(signed, headers=request.headers, allow_redirects=False) as response:
                    return await self._read(response, url, request)
        except TimeoutError:
            return Fetched(FeedStatus.TIMEOUT, error=f"no full answer within {seconds:.3g} s")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            status, reason = reasons.of_failure(error)
            return Fetched(status, error=reason)

    async def _read(self, response: aiohttp.ClientResponse, url: URL, request: _Request) -> Fetched:
        code, headers = response.status, response.headers
        if code in _REDIRECT:
            location = headers.get("Location", "")
            return Fetched(
                FeedStatus.REDIRECT_REFUSED,
                code,
                url=location,
                error="" if location else "a redirect that leads nowhere",
            )
        if code == 304:
            return Fetched(
                FeedStatus.NOT_MODIFIED,
                code,
                url=str(url),
                moved_to=request.moved_to,
                wait=_fresh_for(headers.get("Cache-Control", "")),
            )
        if code != 200:
            wait = _retry_after(headers.get("Retry-After", ""))
            status = FeedStatus.GONE if code == 410 else FeedStatus.HTTP_ERROR
            return Fetched(status, code, reasons.of_code(code, response.reason), wait=wait)
        try:
            body = await _body(response, request.cap)
        except TooLarge:
            return Fetched(FeedStatus.TOO_LARGE, code, f"larger than {request.cap / 1e6:.3g} MB")
        except Damaged as error:
            return Fetched(FeedStatus.HTTP_ERROR, code, f"the answer {error}")
        return Fetched(
            FeedStatus.OK,
            code,
            body=body,
            content_type=clean(headers.get("Content-Type", "")[:200]),
            etag=_tag(headers.get("ETag", "")),
            last_modified=_tag(headers.get("Last-Modified", "")),
            url=str(url),
            moved_to=request.moved_to,
            wait=_fresh_for(headers.get("Cache-Control", "")),
        )


async def _body(response: aiohttp.ClientResponse, cap: int) -> bytes:
    length = response.content_length
    if length is not None and length > cap:
        response.close()
        raise TooLarge
    body = Body(",".join(response.headers.getall("Content-Encoding", [])), cap)
    try:
        async for chunk in response.content.iter_any():
            body.add(chunk)
    except aiohttp.ClientPayloadError:
        text = body.finish()
        if not _WHOLE.search(text[-1_000:]):  # a false length is no loss if the feed is all there
            raise Damaged("breaks off in the middle") from None
        return text
    except (TooLarge, Damaged):
        response.close()
        raise
    return body.finish()


def _tag(value: str) -> str:
    """A validator to send back as it is; empty if it is one that no request can carry."""
    return value if len(value) <= LONGEST_TAG and value.isprintable() else ""


def follow(url: URL, location: str) -> tuple[str, URL | None]:
    """Where a redirect leads, or why it is not followed."""
    try:
        target = url.join(URL(_RAW_BYTE.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", location)))
        host, _ = target.host, target.port
    except ValueError:
        return "a redirect to something that is no address", None
    if target.scheme not in ("http", "https") or not host:
        return f"a redirect to {clean(target.scheme)[:20] or 'nowhere'}: is not followed", None
    if url.scheme == "https" and target.scheme == "http":
        return "a redirect from https to plain http", None
    return "", target.with_user(None).with_fragment(None)


def _signed(url: URL, own: URL) -> URL:
    """The URL with the user's name and password, if it is at the server for which they are configured."""
    return url.with_user(own.user).with_password(own.password) if own.user and same_place(url, own) else url


def _retry_after(value: str) -> timedelta:
    """Seconds or a date (RFC 9110, section 10.2.3); junk is nothing, and a day is the most."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 86_400))
    try:
        moment = parsedate_to_datetime(value)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return max(timedelta(), min(moment - datetime.now(UTC), DAY))
    except (ValueError, TypeError, OverflowError, IndexError):
        return timedelta()


def _fresh_for(cache_control: str) -> timedelta:
    """max-age (RFC 9111, section 5.2.2.1), up to a day."""
    for part in cache_control.lower().split(","):
        name, _, value = part.strip().partition("=")
        value = value.strip('" ')
        if name == "max-age" and value.isascii() and value.isdigit():
            return timedelta(seconds=min(int(value[:9]), 86_400))
    return timedelta()
