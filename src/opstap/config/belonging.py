"""Whether the key file is the one of a database: with another one nothing of before can be read or proved."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from opstap.audit.selectors.verifying import is_log_of
from opstap.clients.models import Person
from opstap.config.refusals import Refusal
from opstap.config.safety.keys import faults_of_ring
from opstap.contacts.models import Contact
from opstap.foundation.crypto import KeyRing

BESIDE = "beside"  # under which a database that is not in the settings is asked


def refuse_other_keys() -> None:
    """Stop when the database was filled under another key: no BSN would be found again, no note opened, and the log
    would go on by a key that does not prove what stands in it.
    """
    ring = settings.OPSTAP_KEYS.newest()
    if any(ASKED[use](ring, None) for use in _here(ring)):
        _refuse_spoiled(ring)
        raise Refusal(
            f"het sleutelbestand {settings.KEYS_FILE} hoort niet bij deze database. Zet het oude bestand terug, of zet "
            "OPSTAP_KEYS_FILE op het goede. Bij een reservekopie van voor een sleutelwissel hoort het bestand van toen."
        )


def refuse_keys_of_others(ring: KeyRing, connection: BaseDatabaseWrapper) -> None:
    """The same of a database of a backup, before it takes a place."""
    connections[BESIDE] = connection
    try:
        others = any(_may_be_of_others(use, ring) for use in _here(ring))
    finally:
        del connections[BESIDE]
    if others:
        _refuse_spoiled(ring)
        raise Refusal(
            f"het sleutelbestand {settings.KEYS_FILE} hoort niet bij deze reservekopie: wat erin versleuteld is, zou "
            "niet meer te lezen zijn. Zet OPSTAP_KEYS_FILE op het sleutelbestand van toen. Er is niets veranderd."
        )


def _may_be_of_others(use: str, ring: KeyRing) -> bool:
    """Where the database has no such table or column yet, it is asked once it is up to date."""
    try:
        return ASKED[use](ring, BESIDE)
    except DatabaseError:
        return False


def _here(ring: KeyRing) -> list[str]:
    return [use for use in ASKED if use in ring.keys]  # that one lacks is said by what looks at the keys themselves


def _refuse_spoiled(ring: KeyRing) -> None:
    faults = faults_of_ring(ring)  # a file that was spoiled is told as such
    if faults:
        raise Refusal(f"het sleutelbestand {settings.KEYS_FILE} is niet in orde:\n" + "\n".join(faults))


def _bsns_of_others(ring: KeyRing, using: str | None) -> bool:
    here = [key.identifier for key in ring.every("bsn")]
    return Person.objects.using(using).filter(bsn_encrypted__isnull=False).exclude(bsn_key__in=here).exists()


def _notes_of_others(ring: KeyRing, using: str | None) -> bool:
    """By the first note: where a later one was made by keys that are gone again, the others still open."""
    noted = Contact.objects.using(using).filter(note_encrypted__isnull=False).order_by("pk")
    first = noted.values_list("note_key", flat=True).first()
    return first is not None and first not in {key.identifier for key in ring.every("notes")}


def _log_of_others(ring: KeyRing, using: str | None) -> bool:
    return not is_log_of(ring.key("log").value, using=using)


ASKED = {"bsn": _bsns_of_others, "notes": _notes_of_others, "log": _log_of_others}
