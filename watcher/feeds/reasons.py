"""Why a request failed, in words for people."""

from __future__ import annotations

import aiohttp

from watcher.domain.feed import FeedStatus
from watcher.feeds.address import RefusedAddress
from watcher.feeds.clean import clean


def of_failure(error: BaseException) -> tuple[FeedStatus, str]:
    """What a connection that failed comes to, and why it did."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RefusedAddress) or "private network" in str(cause):  # may be one of several addresses
            return FeedStatus.REDIRECT_REFUSED, "its name leads to a private address: allow_private lets it"
        cause = cause.__cause__
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FeedStatus.HTTP_ERROR, f"no such host: {error.host}"
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return FeedStatus.HTTP_ERROR, "its TLS certificate is not valid"
    if isinstance(error, aiohttp.ClientConnectorError):
        reason = (error.os_error.strerror or "").partition("Connect call failed")[0].strip()
        return FeedStatus.HTTP_ERROR, f"no connection{': ' + reason.lower() if reason else ''}"
    if isinstance(error, aiohttp.ServerDisconnectedError | ConnectionError):
        return FeedStatus.HTTP_ERROR, "the server closed the connection"
    return FeedStatus.HTTP_ERROR, f"the answer is not HTTP ({type(error).__name__})"


def of_code(code: int, reason: str | None) -> str:
    """What an answer that is no feed says; `reason` is the server's own word for it."""
    known = {
        401: "it asks for a password",
        403: "it refuses to answer (forbidden)",
        404: "not found: the address may have changed",
        407: "a proxy asks for a password",
        410: "gone for good: polled no more",
        429: "it asks for fewer requests",
        451: "withheld for legal reasons",
        500: "the server failed",
        502: "the server failed (bad gateway)",
        503: "the server is overloaded or down",
        504: "the server failed (gateway timeout)",
    }
    unknown = "the server failed" if code >= 500 else "unexpected answer"
    return f"HTTP {code}: {known.get(code) or clean(reason or '')[:60] or unknown}"
