"""Registering clients, their persons and addresses, and keeping what a file brought along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import Q

from opstap.audit.models import Recording
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import AddressRow, Fault, KeptValueRow, PersonRow, RowsRefused, person_faults
from opstap.clients.models import Address, Alias, BsnHolder, Client, KeptValue, Person
from opstap.clients.operations.appending import append_periods, explained, require_reach_of, require_recording_clients
from opstap.clients.permissions import PART, require_reach
from opstap.clients.selectors.bsn import bsn_cipher, bsn_look_up, digest_now, digests_renewed
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.foundation import dates
from opstap.foundation.bulk import insert_rows, reserve_ids
from opstap.foundation.folding import folded_name
from opstap.foundation.references import new_references
from opstap.municipality.models import Municipality

MANY = 500
Digest = bytes | memoryview | None


class BsnHeldByAnother(IntegrityError):
    """A BSN that another client of the municipality holds: the same person twice, or a number that is wrong."""


@dataclass(frozen=True, slots=True)
class SealedPersonRow:
    """A person as stored, the BSN encrypted. Made before the transaction, so that the lock is short."""

    client_id: int
    bsn_encrypted: bytes | None
    bsn_digest: bytes | None
    bsn_key: str
    surname: str
    name_prefix: str
    given_names: str
    birth_date: date | None
    sex: str
    phone: str
    email: str
    preferred_language: str
    preferred_channel: str
    died_on: date | None
    folded_name: str
    replaces_id: int | None


def register_clients(*, by: Actor, municipality: Municipality, numbers: Sequence[str]) -> list[int]:
    """Make identities for these client numbers; returns their ids in the same order."""
    require_recording_clients(by)
    references = new_references(len(numbers))
    with writing(by=by, verb="register_clients", count=len(numbers)) as recording:
        ids = reserve_ids(Client, len(numbers))
        rows = [
            (pk, reference, municipality.pk, number, recording.number)
            for pk, reference, number in zip(ids, references, numbers, strict=True)
        ]
        insert_rows(Client, ["id", "reference", "municipality_id", "number", "recording_id"], rows)
    return list(ids)


def record_persons(
    *, by: Actor, municipality: Municipality, rows: Sequence[PersonRow | SealedPersonRow], why: str = ""
) -> None:
    """Record who these clients are, or correct it. RowsRefused where someone is known already and nothing is replaced.

    BsnHeldByAnother when another client of the municipality has the same BSN.
    """
    require_recording_clients(by)
    plain = [row for row in rows if isinstance(row, PersonRow)]
    faults = person_faults(plain, dates.today())
    if faults:
        raise RowsRefused(faults)
    if not rows:
        return
    require_reach_of(by, rows)
    sealed = [row if isinstance(row, SealedPersonRow) else seal(row) for row in rows]
    with writing(by=by, verb="record_persons", count=len(rows)) as recording:
        _refuse_known_already(sealed)
        stored = hold_bsns(municipality, sealed)
        append_facts(Person, explained(stored, why), recording=recording)


def seal(row: PersonRow) -> SealedPersonRow:
    """Encrypt the BSN of a row, and fold its name."""
    bsn = row.bsn
    return SealedPersonRow(
        client_id=row.client_id,
        bsn_encrypted=bsn_cipher().encrypt(bsn) if bsn else None,
        bsn_digest=bsn_look_up().digest(bsn) if bsn else None,
        bsn_key=bsn_cipher().key_id if bsn else "",
        surname=row.surname,
        name_prefix=row.name_prefix,
        given_names=row.given_names,
        birth_date=row.birth_date,
        sex=row.sex,
        phone=row.phone,
        email=row.email,
        preferred_language=row.preferred_language,
        preferred_channel=row.preferred_channel,
        died_on=row.died_on,
        folded_name=folded_name(row.surname, row.given_names, row.name_prefix),
        replaces_id=row.replaces_id,
    )


def as_sealed(held: Person, **changed: Any) -> SealedPersonRow:
    """Who somebody is as it stands, with something put right."""
    known = {field.name: getattr(held, field.name) for field in fields(SealedPersonRow) if field.name != "replaces_id"}
    return SealedPersonRow(**known | changed | {"replaces_id": held.pk})


def without_bsn(held: Person) -> SealedPersonRow:
    """Who somebody is, without a BSN."""
    return as_sealed(held, bsn_encrypted=None, bsn_digest=None, bsn_key="")


def record_addresses(*, by: Actor, rows: Sequence[AddressRow]) -> None:
    """Record where clients live."""
    append_periods(by=by, model=Address, verb="record_addresses", rows=rows)


def keep_values(*, by: Actor, rows: Sequence[KeptValueRow]) -> None:
    """Keep values of a file that have no home yet."""
    require_recording_clients(by)
    if not rows:
        return
    require_reach_of(by, rows)
    with writing(by=by, verb="keep_values", count=len(rows)) as recording:
        append_facts(KeptValue, rows, recording=recording)


def release_bsns(*, by: Actor, undone: Recording) -> None:
    """After an import was undone: hold the BSNs as the persons now stand, so that they can be given again.

    BsnHeldByAnother when somebody else was given one of them meanwhile.
    """
    require_recording_clients(by)
    with writing(by=by, verb="release_bsns", about=str(undone.number)) as recording:
        clients = Person.objects.filter(recording=recording).values("client")
        undoes = by.may("import_clients")  # an import shows nobody, and may be of who is protected since
        require_reach(by, clients.values_list("client", flat=True)[:PART], guarding=undoes)
        BsnHolder.objects.filter(client__in=clients).delete()
        merged = Alias.objects.current().filter(Q(client__in=clients) | Q(kept__in=clients))
        people = in_dossiers_of(list(merged.values_list("kept", flat=True))) | Q(client__in=clients)
        standing = Person.objects.current().filter(people, bsn_digest__isnull=False)
        rows = standing.values_list("client__municipality_id", "bsn_encrypted", "bsn_digest", "client_id")
        held = [(town, digest_now(sealed, digest), client) for town, sealed, digest, client in rows]
        _renew_holders([sealed for _town, sealed, _digest, _client in rows])
        _insert_holders(held)


def hold_bsns(municipality: Municipality, rows: Sequence[SealedPersonRow]) -> Sequence[SealedPersonRow]:
    """Keep the BSNs of these rows for their clients; the rows as they are to be stored, by the keys of now.

    BsnHeldByAnother when one is taken. Ask it within `writing`: from there on nobody gives other keys.
    """
    if bsn_look_up().is_renewing:
        rows = [_by_keys_of_now(row) for row in rows]
        _renew_holders([row.bsn_encrypted for row in rows])
    corrected = [row.client_id for row in rows if row.replaces_id is not None]
    _forget_holders(corrected)
    held = [(municipality.pk, row.bsn_digest, row.client_id) for row in rows if row.bsn_digest is not None]
    _insert_holders(held)
    return rows


def _by_keys_of_now(row: SealedPersonRow) -> SealedPersonRow:
    """A row that was sealed before keys were renewed, or carried over as it lay."""
    if row.bsn_encrypted is None:
        return row
    return replace(
        row,
        bsn_encrypted=bsn_cipher().renewed(row.bsn_encrypted),
        bsn_digest=digest_now(row.bsn_encrypted, row.bsn_digest),
        bsn_key=bsn_cipher().key_id,
    )


def _renew_holders(sealed: Iterable[Digest]) -> None:
    """Whoever holds one of these BSNs by a former key holds it by that of now, so that nobody else can."""
    renewed = digests_renewed(bsn_cipher().decrypt(bytes(one)) for one in sealed if one)
    former = list(renewed)
    for start in range(0, len(former), MANY):
        for holder in BsnHolder.objects.filter(digest__in=former[start : start + MANY]):
            BsnHolder.objects.filter(pk=holder.pk).update(digest=renewed[bytes(holder.digest)])


def _insert_holders(held: Sequence[tuple[int, Digest, int]]) -> None:
    try:
        insert_rows(BsnHolder, ["municipality_id", "digest", "client_id"], _not_held_yet(held))
    except IntegrityError as fault:
        raise BsnHeldByAnother from fault


def _not_held_yet(held: Sequence[tuple[int, Digest, int]]) -> Sequence[tuple[int, Digest, int]]:
    """Without what another dossier of the same person holds already: then it is kept for them."""
    kept = dict(Alias.objects.current().values_list("client", "kept"))
    if not kept:
        return held
    people = {*kept, *kept.values()}
    wanted = [bytes(digest) for _town, digest, client in held if client in people and digest is not None]
    holders = {
        (town, bytes(digest)): kept.get(client, client)
        for start in range(0, len(wanted), MANY)
        for town, digest, client in BsnHolder.objects.filter(digest__in=wanted[start : start + MANY]).values_list(
            "municipality_id", "digest", "client_id"
        )
    }
    new = []
    for town, digest, client in held:
        if client in people and digest is not None:
            key, person = (town, bytes(digest)), kept.get(client, client)
            if holders.get(key) == person:
                continue
            holders.setdefault(key, person)
        new.append((town, digest, client))
    return new


def _refuse_known_already(rows: Sequence[SealedPersonRow]) -> None:
    new = {row.client_id for row in rows if row.replaces_id is None}
    standing = Person.objects.current().values_list("client_id", flat=True)
    known = set(standing.filter(client_id__in=new) if len(new) <= MANY else standing)
    faults = []
    for number, row in enumerate(rows):
        if row.replaces_id is None and row.client_id in known:
            faults.append(Fault(number, "person_known_already"))
        known.add(row.client_id)
    if faults:
        raise RowsRefused(faults)


def _forget_holders(client_ids: Collection[int]) -> None:
    ids = list(client_ids)
    for start in range(0, len(ids), 500):
        BsnHolder.objects.filter(client_id__in=ids[start : start + 500]).delete()
