"""Which addresses may be connected to: the public internet, and what the user named."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yarl import URL

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddress(OSError):
    """A name or link led to an address inside a private network; raised before any connection."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also behind IPv6 wrappings of IPv4."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_private_host(host: str) -> bool:
    """Whether a host, by its written form alone, is inside a private network."""
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        try:
            return not is_public(socket.inet_ntoa(socket.inet_aton(host)))  # 2130706433, 0x7f.1, 127.1
        except OSError:
            return False
    return not is_public(host)


def same_place(url: URL, own: URL) -> bool:
    """Whether a hop stays at the configured server: same host, and the same port or http's move to https."""
    if url.host != own.host:
        return False
    return url.port == own.port or (own.port == 80 and url.port == 443)


def guarded_socket(info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
    """Opens a socket for an address found by name lookup, only if that address is public.

    It stands at the last point before `connect`, so a name that changes its address between check
    and use gains nothing.
    """
    family, kind, protocol, _, address = info
    if not is_public(str(address[0])):
        raise RefusedAddress(f"{address[0]} is inside a private network")
    return socket.socket(family, kind, protocol)
