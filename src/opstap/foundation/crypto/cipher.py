"""AES-GCM for a short text, bound to its place, and a keyed digest to look it up by."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from opstap.foundation.crypto.keys import Key

NONCE_BYTES = 12


class Cipher:
    """Encrypts short texts with one key; the context names what the text is, so that values can't be swapped."""

    def __init__(self, key: Key, context: str) -> None:
        self.key_id = key.identifier
        self._aead = AESGCM(key.value)
        self._context = context.encode()

    def encrypt(self, text: str) -> bytes:
        """Nonce and ciphertext."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, text.encode(), self._context)

    def decrypt(self, stored: bytes) -> str:
        """The text; raises InvalidTag when the stored value was changed or another key was used."""
        stored = bytes(stored)
        return self._aead.decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], self._context).decode()


class LookUp:
    """A keyed digest: finds an encrypted value without decrypting the others."""

    def __init__(self, key: Key, context: str) -> None:
        self._base = hmac.new(key.value, context.encode() + b"\x00", hashlib.sha256)

    def digest(self, text: str) -> bytes:
        """32 bytes, the same for the same text and key."""
        keyed = self._base.copy()
        keyed.update(text.encode())
        return keyed.digest()
