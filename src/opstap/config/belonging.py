"""Whether the key file is the one of this database: with another one nothing of before can be read or proved."""

from __future__ import annotations

from django.conf import settings

from opstap.audit.selectors.verifying import is_log_of
from opstap.clients.models import Person
from opstap.config.refusals import Refusal
from opstap.config.safety.keys import faults_of_ring
from opstap.contacts.models import Contact
from opstap.foundation.crypto import KeyRing


def refuse_other_keys() -> None:
    """Stop when the database was filled under another key: no BSN would be found again, no note opened, and the log
    would go on by a key that does not prove what stands in it.
    """
    ring = settings.OPSTAP_KEYS.newest()
    here = [use for use in ASKED if use in ring.keys]  # that one lacks is said by what looks at the keys themselves
    if any(ASKED[use](ring) for use in here):
        faults = faults_of_ring(ring)  # a file that was spoiled is told as such
        if faults:
            raise Refusal(f"het sleutelbestand {settings.KEYS_FILE} is niet in orde:\n" + "\n".join(faults))
        raise Refusal(
            f"het sleutelbestand {settings.KEYS_FILE} hoort niet bij deze database. Zet het oude bestand terug, of zet "
            "OPSTAP_KEYS_FILE op het goede. Bij een reservekopie van voor een sleutelwissel hoort het bestand van toen."
        )


def _bsns_of_others(ring: KeyRing) -> bool:
    here = [key.identifier for key in ring.every("bsn")]
    return Person.objects.filter(bsn_encrypted__isnull=False).exclude(bsn_key__in=here).exists()


def _notes_of_others(ring: KeyRing) -> bool:
    """By the first note: where a later one was made by keys that are gone again, the others still open."""
    noted = Contact.objects.filter(note_encrypted__isnull=False).order_by("pk")
    first = noted.values_list("note_key", flat=True).first()
    return first is not None and first not in {key.identifier for key in ring.every("notes")}


def _log_of_others(ring: KeyRing) -> bool:
    return not is_log_of(ring.key("log").value)


ASKED = {"bsn": _bsns_of_others, "notes": _notes_of_others, "log": _log_of_others}
