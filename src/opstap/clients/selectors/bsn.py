"""The cipher and the look-up of the BSN, from the keys of the installation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from opstap.audit.selectors.sealed import MadeByNoKey
from opstap.clients.models import BsnHolder, Person
from opstap.foundation.crypto import Cipher, KeyRing, LookUp


@cache
def bsn_cipher() -> Cipher:
    """Encrypts BSNs."""
    return Cipher(_keys().of("bsn"), "bsn")


@cache
def bsn_look_up() -> LookUp:
    """Digests BSNs, so that one is found without decrypting the others."""
    return LookUp(_keys().of("lookup"), "bsn")


def _keys() -> KeyRing:
    keys = settings.OPSTAP_KEYS
    if not isinstance(keys, KeyRing):
        raise TypeError
    return keys


def digest_now(sealed: bytes | memoryview | None, digest: bytes | memoryview | None) -> bytes | None:
    """The digest of an encrypted BSN by the key of now. While keys are renewed the one beside it may be of before."""
    if not bsn_look_up().is_renewing or not sealed:
        return None if digest is None else bytes(digest)
    return bsn_look_up().digest(bsn_cipher().decrypt(bytes(sealed)))


def digests_renewed(bsns: Iterable[str]) -> dict[bytes, bytes]:
    """Of these BSNs each digest by a former key, with that of now; nothing when no keys are being renewed."""
    look_up = bsn_look_up()
    if not look_up.is_renewing:
        return {}
    found = {}
    for bsn in bsns:
        now, *before = look_up.digests(bsn)
        found.update(dict.fromkeys(before, now))
    return found


def person_anew(person: Person) -> Mapping[str, Any]:
    """What must be written in a person whose BSN was sealed, or is found, by a former key."""
    if person.bsn_encrypted is None:
        return {}
    held, cipher = bytes(person.bsn_encrypted), bsn_cipher()
    digest = bsn_look_up().digest(cipher.decrypt(held))
    if cipher.is_current(held) and bytes(person.bsn_digest or b"") == digest and person.bsn_key == cipher.key_id:
        return {}
    return {"bsn_encrypted": cipher.renewed(held), "bsn_digest": digest, "bsn_key": cipher.key_id}


def holders_by_other_digests() -> QuerySet[BsnHolder]:
    """Who holds a BSN by a digest that no row of theirs has: persons are sealed anew first, then those who hold."""
    said = Person.objects.filter(client=OuterRef("client"), bsn_digest=OuterRef("digest"))
    return BsnHolder.objects.filter(~Exists(said))


def holder_anew(holder: BsnHolder) -> Mapping[str, Any]:
    """What must be written in the row of whoever holds a BSN by a former key.

    MadeByNoKey when no person of theirs has the number: by which key it stands can't be told then.
    """
    sealed = Person.objects.filter(client=holder.client_id, bsn_encrypted__isnull=False)
    bsns = {bsn_cipher().decrypt(bytes(one or b"")) for one in sealed.values_list("bsn_encrypted", flat=True)}
    renewed, held = digests_renewed(bsns), bytes(holder.digest)
    if bsn_look_up().is_renewing and held not in {*renewed, *renewed.values()}:
        raise MadeByNoKey
    return {"digest": renewed[held]} if held in renewed else {}


def last_digits(sealed: bytes | memoryview | None) -> str:
    """The last three digits of an encrypted BSN, by which people compare a letter with a screen; empty without one."""
    return bsn_cipher().decrypt(bytes(sealed))[-3:] if sealed else ""
