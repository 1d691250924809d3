"""Correcting who somebody is, showing a BSN, and recording that somebody died."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from opstap.audit.operations import ReplacedMeanwhile, require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import Fault, PersonRow, RowsRefused, person_faults
from opstap.clients.models import Client, Person
from opstap.clients.operations.clients import as_sealed, record_persons, seal
from opstap.clients.permissions import require_reach
from opstap.clients.selectors.bsn import bsn_cipher
from opstap.foundation import dates


def correct_person(*, by: Actor, client: Client, given: PersonRow, why: str, keeps_bsn: bool = True) -> None:
    """Put right who somebody is; `given` replaces the row that it names, none where nobody filled it in yet.

    The BSN stays as it was unless `keeps_bsn` is off. RowsRefused names what is impossible, BsnHeldByAnother is another
    client with that BSN, ReplacedMeanwhile says that another row stands by now.
    """
    by.require("record_clients")
    require_reach(by, {client.pk})
    faults = person_faults([given], dates.today())
    if faults:
        raise RowsRefused(faults)
    row = seal(given)
    with writing(by=by, verb="correct_person", about=client.reference):
        held = Person.objects.current().filter(client=client).first()
        if given.replaces_id != (held.pk if held else None):
            raise ReplacedMeanwhile(Person._meta.label_lower)
        if keeps_bsn and held is not None:
            sealed, digest = held.bsn_encrypted, held.bsn_digest
            row = replace(
                row,
                bsn_encrypted=bytes(sealed) if sealed else None,
                bsn_digest=bytes(digest) if digest else None,
                bsn_key=held.bsn_key,
            )
        record_persons(by=by, municipality=client.municipality, rows=[row], why=why)


def record_death(*, by: Actor, client: Client, died_on: date | None, why: str, opened_on: str | None = None) -> None:
    """Record the day somebody died, or take it back with None.

    `opened_on` is the day that stood when a form was opened, as a version: ReplacedMeanwhile when another one, or none,
    stands.
    """
    by.require("record_clients")
    require_reach(by, {client.pk})
    with writing(by=by, verb="record_death", about=client.reference):
        held = Person.objects.current().filter(client=client).first()
        if held is None:
            raise RowsRefused([Fault(0, "person_unknown")])
        require_unchanged("death", {"died_on": held.died_on}, opened_on)
        checked = PersonRow(client.pk, held.surname, birth_date=held.birth_date, died_on=died_on)
        faults = person_faults([checked], dates.today())
        if faults:
            raise RowsRefused(faults)
        record_persons(by=by, municipality=client.municipality, rows=[as_sealed(held, died_on=died_on)], why=why)


def show_bsn(*, by: Actor, client: Client) -> str | None:
    """The BSN in the clear; that it was shown, and to whom, is recorded."""
    by.require("see_bsn")
    require_reach(by, {client.pk})
    held = Person.objects.current().filter(client=client).first()
    if held is None or held.bsn_encrypted is None:
        return None
    with writing(by=by, verb="show_bsn", about=client.reference):
        return bsn_cipher().decrypt(bytes(held.bsn_encrypted))
