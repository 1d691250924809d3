"""Erasing one person: every room takes away what it holds, and what is left tells nothing of who it was."""

from __future__ import annotations

import json
from collections.abc import Sequence

from opstap.audit.models import FactQuerySet
from opstap.audit.operations import ReplacedMeanwhile, erasing, fact_models, writing
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client, Residue
from opstap.clients.permissions import require_reach
from opstap.clients.personal_data import rooms_that_erase
from opstap.foundation import dates
from opstap.privacy.models import LegalHold
from opstap.privacy.selectors.giving import dossiers_of
from opstap.privacy.selectors.ledger import erasure_ledger
from opstap.privacy.selectors.residue import residue_of


class HeldBack(Exception):
    """A dossier with a legal hold: it may not be erased now."""


def erase_client(*, by: Actor, client: Client, again: bool = False) -> dict[str, int]:
    """Erase somebody in all their dossiers, in one transaction; returns how many rows left by table.

    HeldBack while a legal hold holds, unless it is done `again` after a backup brought them back. ReplacedMeanwhile
    when something is recorded about them while their residue is made.
    """
    by.require("destroy_dossiers")
    require_reach(by, {client.pk})
    clients = dossiers_of(client)
    ids = [one.pk for one in clients]
    if not again and LegalHold.objects.active_on(dates.today()).filter(client__in=ids).exists():
        raise HeldBack
    known = latest_recording()
    left = residue_of(client.municipality_id, ids, recording=known, today=dates.today())
    with (
        writing(by=by, verb="erase_client") as recording,
        erasing(
            recording=recording,
            municipality_id=client.municipality_id,
            client_ids=ids,
            references=[one.reference for one in clients],
        ) as going_on,
    ):
        _require_nothing_newer(ids, known)
        for erase in rooms_that_erase:
            for one in clients:
                erase(one, going_on)
        person = _next_person()
        Residue.objects.bulk_create(
            [
                Residue(
                    municipality_id=client.municipality_id,
                    person=person,
                    table=row.table,
                    starts_on=row.starts_on,
                    ends_on=row.ends_on,
                    counted=row.counted,
                )
                for row in left
            ]
        )
        if not again:
            _write_down([one.reference for one in clients])
    return going_on.gone


def _require_nothing_newer(ids: Sequence[int], known: int) -> None:
    """What is recorded since the residue was made would be missing in it."""
    for model in fact_models():
        if any(field.column == "client_id" for field in model._meta.concrete_fields):
            newer: FactQuerySet[Client] = FactQuerySet(model).filter(client_id__in=ids, recording__gt=known)
            if newer.exists():
                raise ReplacedMeanwhile(model._meta.label_lower)


def _next_person() -> int:
    lowest = Residue.objects.order_by("person").values_list("person", flat=True).first()
    return (lowest or 0) - 1


def _write_down(references: Sequence[str]) -> None:
    """Before the transaction commits: who is erased and not written down would come back with a backup."""
    ledger = erasure_ledger()
    ledger.append(json.dumps({"on": dates.today().isoformat(), "marks": [ledger.mark_of(one) for one in references]}))


def erase_again(*, by: Actor) -> int:
    """After a backup was put back: everybody who was erased since it was made goes again. Returns how many."""
    by.require("destroy_dossiers")
    ledger = erasure_ledger()
    marks = {mark for line in ledger.texts() for mark in json.loads(line)["marks"]}
    if not marks:
        return 0
    back = [one for one in Client.objects.all() if ledger.mark_of(one.reference) in marks]
    count = 0
    for client in back:
        if Client.objects.filter(pk=client.pk).exists():  # unless gone with another dossier of the same person
            erase_client(by=by, client=client, again=True)
            count += 1
    return count
