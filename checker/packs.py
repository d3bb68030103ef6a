"""Many pieces of data in one file, of which only those that are asked for are looked at.

The file is an index, which leads from names to places and checksums, and then the pieces one after the other. What is
cut short or altered is as good as not there: the whole of it where the index is hurt, else the piece.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping

try:
    from _blake2 import blake2b  # what hashlib gives, without loading all of OpenSSL
except ImportError:
    from hashlib import blake2b

_SIZE = 16
_MAGIC = b"zhenggai-pack-2\n"
_NUMBER = 8


def checksum(data: bytes) -> bytes:
    """What tells whether data has changed."""
    return blake2b(data, digest_size=_SIZE).digest()


def digest(data: bytes) -> str:
    """A name for content."""
    return checksum(data).hex()


class Pack:
    """A file's content, read once. Raises ValueError if it is no pack or its index is hurt."""

    def __init__(self, data: bytes) -> None:
        head = len(_MAGIC) + _SIZE + _NUMBER
        if data[: len(_MAGIC)] != _MAGIC:
            raise ValueError("no pack")
        self._start = head + int.from_bytes(data[head - _NUMBER : head], "little")
        index = data[head : self._start]
        if checksum(index) != data[len(_MAGIC) : head - _NUMBER]:
            raise ValueError("a broken index")
        self._data = data
        self._index: dict[str, tuple[int, int, bytes]] = marshal.loads(index)

    def names(self) -> frozenset[str]:
        """What its pieces are called."""
        return frozenset(self._index)

    def get(self, name: str) -> bytes | None:
        """The piece called ``name``; None if there is none, or it is hurt."""
        found = self._index.get(name)
        if found is None:
            return None
        start, length, right = found
        piece = self._data[self._start + start : self._start + start + length]
        return piece if checksum(piece) == right else None

    def pieces(self) -> dict[str, bytes]:
        """All pieces that are whole."""
        found = ((name, self.get(name)) for name in self._index)
        return {name: piece for name, piece in found if piece is not None}


def pack(pieces: Mapping[str, bytes]) -> bytes:
    """The content of a file that holds ``pieces``."""
    index, at = {}, 0
    for name, piece in pieces.items():
        index[name] = (at, len(piece), checksum(piece))
        at += len(piece)
    head = marshal.dumps(index)
    return b"".join((_MAGIC, checksum(head), len(head).to_bytes(_NUMBER, "little"), head, *pieces.values()))
