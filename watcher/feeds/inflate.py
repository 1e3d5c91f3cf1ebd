"""Compressed bodies, inflated piece by piece under a cap."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

from watcher.feeds.charset import known

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 65_536
LAYERS = 2
"""How many compressions may lie on top of each other; more is only ever an attack."""


PLAIN = frozenset({"", "identity", "none", "binary", "7bit", "8bit"})
"""What servers call a body that is not compressed; some put its charset there."""


class TooLarge(Exception):
    """The body grew beyond its cap."""


class Damaged(Exception):
    """The body is not what its header says, or breaks off."""


class Inflater(Protocol):
    """One layer of compression."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What these bytes give, in bounded pieces. Raises Damaged."""

    @property
    def done(self) -> bool:
        """Whether the data came to its proper end."""


class Body:
    """A body as it arrives: `add` its bytes, then `finish`. Holds `cap` bytes at most."""

    def __init__(self, encoding: str, cap: int) -> None:
        names = [name.strip().lower() for name in encoding.split(",")]
        self._names = [name for name in names if name not in PLAIN and not known(name)]
        if len(self._names) > LAYERS:
            raise Damaged(f"is compressed {len(self._names)} times over")
        self._layers: list[Inflater] | None = None
        self._cap = cap
        self._pieces: list[bytes] = []
        self._size = 0
        self._head = b""

    def add(self, data: bytes) -> None:
        """Takes in bytes as sent. Raises TooLarge, Damaged."""
        if self._layers is None:
            self._head += data
            if len(self._head) < 2:
                return
            data, self._head = self._head, b""
            self._layers = self._start(data)
        self._push(data, 0)

    def finish(self) -> bytes:
        """The whole body. Raises Damaged if a compressed one is cut short."""
        if self._layers is None:
            return self._head
        if not all(layer.done for layer in self._layers):
            raise Damaged("breaks off in the middle")
        return b"".join(self._pieces)

    def _start(self, head: bytes) -> list[Inflater]:
        gzipped = head.startswith(b"\x1f\x8b")
        if not self._names and gzipped:  # compressed, and the header does not say so
            return [_Zlib(31)]
        layers: list[Inflater] = []
        for place, name in enumerate(reversed(self._names)):
            if name in ("gzip", "x-gzip"):
                if place == 0 and not gzipped:  # the header says so, and it is not
                    return []
                layers.append(_Zlib(31))
            elif name == "deflate":
                wrapped = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
                layers.append(_Zlib(15 if wrapped or place else -15))
            elif name == "br":
                layers.append(_Brotli())
            else:
                raise Damaged(f"is compressed in a way nobody asked for ({name[:20]})")
        return layers

    def _push(self, data: bytes, depth: int) -> None:
        layers = self._layers or []
        if depth == len(layers):
            self._size += len(data)
            if self._size > self._cap:
                raise TooLarge
            self._pieces.append(data)
            return
        for piece in layers[depth].feed(data):
            self._push(piece, depth + 1)


class _Zlib:
    """gzip (several members too), or deflate with or without its wrapper (RFC 1950 to 1952)."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._stream = zlib.decompressobj(bits)
        self._begun = self._whole = False  # `_whole`: nothing has come that is not of a member at its end

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream.eof:
                if self._bits != 31 or not data.startswith(b"\x1f"):
                    return  # padding after the end
                self._stream = zlib.decompressobj(self._bits)
            try:
                piece = self._stream.decompress(data, PIECE)
            except zlib.error:
                if self._whole:
                    return  # padding that begins like a member
                raise Damaged("is not compressed the way it says") from None
            self._begun = True
            self._whole = self._stream.eof or (self._whole and not piece)
            if piece:
                yield piece
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    @property
    def done(self) -> bool:
        return self._whole or not self._begun


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]

        self._error = brotli.error
        self._stream = brotli.Decompressor()
        self.done = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self.done:  # padding after the end is let be
            try:
                piece = self._stream.process(data, output_buffer_limit=PIECE)
                self.done = self._stream.is_finished()
            except self._error:
                raise Damaged("is not compressed the way it says") from None
            if not piece:
                return
            yield piece
            if self._stream.can_accept_more_data():
                return
            data = b""
