"""The cipher and the look-up of the BSN, from the keys of the installation."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from opstap.foundation.crypto import Cipher, KeyRing, LookUp


@cache
def bsn_cipher() -> Cipher:
    """Encrypts BSNs."""
    return Cipher(_keys().key("bsn"), "bsn")


@cache
def bsn_look_up() -> LookUp:
    """Digests BSNs, so that one is found without decrypting the others."""
    return LookUp(_keys().key("lookup"), "bsn")


def _keys() -> KeyRing:
    keys = settings.OPSTAP_KEYS
    if not isinstance(keys, KeyRing):
        raise TypeError
    return keys


def last_digits(sealed: bytes | memoryview | None) -> str:
    """The last three digits of an encrypted BSN, by which people compare a letter with a screen; empty without one."""
    return bsn_cipher().decrypt(bytes(sealed))[-3:] if sealed else ""
