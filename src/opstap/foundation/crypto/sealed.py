"""A file sealed with a key: AES-GCM in pieces, so that a byte that was changed, lost, added or moved is found."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from opstap.foundation.crypto.keys import Key

MAGIC = b"OPSTAP SEALED 1\n"
SALT_BYTES, TAG_BYTES, COUNTER_BYTES = 32, 16, 11
PIECE = 1 << 20


class SealBroken(Exception):
    """The file is not what was sealed with this key."""


class KeyUnknown(Exception):
    """The file names a key that is not at hand."""

    def __init__(self, identifier: str) -> None:
        super().__init__(identifier)
        self.identifier = identifier


class SealedWriter(io.RawIOBase):
    """Write to it as to a file; closed as a whole only, with `finish`. A file that was left halfway never opens."""

    def __init__(self, stream: BinaryIO, key: Key, context: str) -> None:
        super().__init__()
        identifier = key.identifier.encode()
        header = MAGIC + bytes([len(identifier)]) + identifier + os.urandom(SALT_BYTES)
        stream.write(header)
        self._stream, self._aead = stream, _aead(key, header, context)
        self._waiting, self._pieces = bytearray(), 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, content: object) -> int:
        """Keep until a piece is full: the last piece must be known as such."""
        added = bytes(content)  # type: ignore[call-overload]  # any buffer, as files take it
        self._waiting += added
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(added)

    def finish(self) -> None:
        """The last piece, marked as the last."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._stream.write(self._aead.encrypt(_nonce(self._pieces, last=last), piece, None))
        self._pieces += 1


class SealedReader(io.RawIOBase):
    """Reads what was sealed, piece by piece; a piece is given only when it is whole and in its place.

    Whoever stops before the end has not seen that the end is there: read until nothing comes.
    """

    def __init__(self, stream: BinaryIO, find_key: Callable[[str], Key | None], context: str) -> None:
        super().__init__()
        identifier, header = _header(stream)
        key = find_key(identifier)
        if key is None:
            raise KeyUnknown(identifier)
        self._stream, self._aead = stream, _aead(key, header, context)
        self._ahead, self._given, self._pieces = stream.read(PIECE + TAG_BYTES), b"", 0
        if not self._ahead:
            raise SealBroken

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """The next bytes; 0 at the end that was sealed as the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # any buffer, as files take it
        while not self._given and self._ahead:
            self._given = self._open()
        count = min(len(view), len(self._given))
        view[:count], self._given = self._given[:count], self._given[count:]
        return count

    def _open(self) -> bytes:
        sealed, self._ahead = self._ahead, self._stream.read(PIECE + TAG_BYTES)
        try:
            piece = self._aead.decrypt(_nonce(self._pieces, last=not self._ahead), sealed, None)
        except InvalidTag:
            raise SealBroken from None
        self._pieces += 1
        return piece


def _header(stream: BinaryIO) -> tuple[str, bytes]:
    magic, size = stream.read(len(MAGIC)), stream.read(1)
    identifier = stream.read(size[0]) if size else b""
    salt = stream.read(SALT_BYTES)
    if magic != MAGIC or len(salt) < SALT_BYTES or not identifier.isascii():
        raise SealBroken
    return identifier.decode(), magic + size + identifier + salt


def _aead(key: Key, header: bytes, context: str) -> AESGCM:
    """A key for this file alone, which the whole header goes into: numbered nonces never meet twice under one key."""
    return AESGCM(HKDF(SHA256(), 32, salt=header[-SALT_BYTES:], info=context.encode() + header).derive(key.value))


def _nonce(piece: int, *, last: bool) -> bytes:
    return piece.to_bytes(COUNTER_BYTES, "big") + bytes([last])
