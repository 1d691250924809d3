"""AES-GCM for a short text, bound to its place, and a keyed digest to look it up by; by the keys of now and before."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from opstap.foundation.crypto.keys import Key, KeysOf

NONCE_BYTES = 12


class Cipher:
    """Encrypts short texts with the key of now, and reads those of keys before it.

    The context names what the text is, so that values can't be swapped.
    """

    def __init__(self, keys: Key | KeysOf, context: str) -> None:
        self._every = _every(keys)
        self._context = context.encode()
        self._made: dict[Key, AESGCM] = {}

    @property
    def key_id(self) -> str:
        """The id of the key that encrypts now."""
        return self._every()[0].identifier

    def encrypt(self, text: str) -> bytes:
        """Nonce and ciphertext."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead(self._every()[0]).encrypt(nonce, text.encode(), self._context)

    def decrypt(self, stored: bytes) -> str:
        """The text; raises InvalidTag when the stored value was changed or sealed with a key that is not here."""
        stored = bytes(stored)
        for key in self._every():
            found = self._opened(key, stored)
            if found is not None:
                return found
        raise InvalidTag

    def is_current(self, stored: bytes) -> bool:
        """Whether a value is sealed with the key of now."""
        return self._opened(self._every()[0], bytes(stored)) is not None

    def renewed(self, stored: bytes) -> bytes:
        """The value under the key of now: itself where that sealed it."""
        return stored if self.is_current(stored) else self.encrypt(self.decrypt(stored))

    def _opened(self, key: Key, stored: bytes) -> str | None:
        try:
            return self._aead(key).decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], self._context).decode()
        except InvalidTag:
            return None

    def _aead(self, key: Key) -> AESGCM:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = AESGCM(key.value)
        return made


class LookUp:
    """A keyed digest: finds an encrypted value without decrypting the others."""

    def __init__(self, keys: Key | KeysOf, context: str) -> None:
        self._every = _every(keys)
        self._context = context.encode() + b"\x00"
        self._bases: dict[Key, hmac.HMAC] = {}

    def digest(self, text: str) -> bytes:
        """32 bytes, the same for the same text and key: that of now."""
        return self._keyed(self._every()[0], text)

    def digests(self, text: str) -> list[bytes]:
        """Under which the text may stand: by the key of now, and by each before it."""
        return [self._keyed(key, text) for key in self._every()]

    @property
    def is_renewing(self) -> bool:
        """Whether digests of an earlier key may still stand somewhere."""
        return len(self._every()) > 1

    def _keyed(self, key: Key, text: str) -> bytes:
        base = self._bases.get(key)
        if base is None:
            base = self._bases[key] = hmac.new(key.value, self._context, hashlib.sha256)
        keyed = base.copy()
        keyed.update(text.encode())
        return keyed.digest()


def _every(keys: Key | KeysOf) -> Callable[[], tuple[Key, ...]]:
    return keys.every if isinstance(keys, KeysOf) else lambda: (keys,)
