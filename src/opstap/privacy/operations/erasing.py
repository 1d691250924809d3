"""Erasing one person: every room takes away what it holds, and what is left tells nothing of who it was."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Q

from opstap.audit.models import FactQuerySet
from opstap.audit.operations import ReplacedMeanwhile, erasing, fact_models, writing
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client, Residue
from opstap.clients.permissions import require_reach
from opstap.clients.personal_data import rooms_that_erase
from opstap.clients.selectors.merged import merged_dossiers
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.privacy.models import LegalHold
from opstap.privacy.selectors.giving import dossiers_of
from opstap.privacy.selectors.ledger import BEGUN, DONE, TAKEN_BACK, come_back, erasure_ledger
from opstap.privacy.selectors.residue import ResidueRow, residue_of

# Rows that are left stand in blocks by person, in no order: neither number nor place tells when somebody was erased.
BLOCKS, IN_A_BLOCK = 2**25, 2**14


class HeldBack(Exception):
    """A dossier with a legal hold: it may not be erased now."""


def erase_client(
    *, by: Actor, client: Client, again: bool = False, judged: int | None = None, gone_on: date | None = None
) -> dict[str, int]:
    """Erase somebody in all their dossiers, in one transaction; returns how many rows left by table.

    HeldBack while a legal hold holds, unless it is done `again` after a backup brought them back. ReplacedMeanwhile
    when something was recorded about them since the recording at which it was `judged` that they may go, or since
    their residue was made, or when they are gone. What is left of them ends in the month of `gone_on`, else today.
    """
    by.require("destroy_dossiers")
    client = _kept(client)
    require_reach(by, {client.pk})
    clients = dossiers_of(client)
    ids, references = [one.pk for one in clients], [one.reference for one in clients]
    known = latest_recording()
    left = residue_of(client.municipality_id, ids, recording=known, today=gone_on or dates.today())
    with writing(by=by, verb="erase_client") as recording:
        if not again and LegalHold.objects.active_on(dates.today()).filter(client__in=ids).exists():
            raise HeldBack
        _require_nothing_newer(ids, known if judged is None else min(known, judged))
        with (
            nullcontext() if again else _written_down(references),
            erasing(
                recording=recording, municipality_id=client.municipality_id, client_ids=ids, references=references
            ) as going_on,
        ):
            for erase in rooms_that_erase:
                for one in clients:
                    erase(one, going_on)
            _leave(client.municipality_id, left)
    return going_on.gone


def _kept(client: Client) -> Client:
    """The dossier that stands for the person: facts of merged dossiers count under it."""
    kept = merged_dossiers([client.pk]).get(client.pk, client.pk)
    return client if kept == client.pk else Client.objects.get(pk=kept)


def _require_nothing_newer(ids: Sequence[int], known: int) -> None:
    """What is recorded since would be missing in the residue, or be a reason to keep the dossier."""
    if Client.objects.filter(pk__in=ids).count() < len(ids):
        raise ReplacedMeanwhile(Client._meta.label_lower)  # somebody else erased them
    for model in fact_models():
        if any(field.column == "client_id" for field in model._meta.concrete_fields):
            newer: FactQuerySet[Client] = FactQuerySet(model).filter(client_id__in=ids, recording__gt=known)
            if newer.exists():
                raise ReplacedMeanwhile(model._meta.label_lower)


def _leave(municipality_id: int, left: Sequence[ResidueRow]) -> None:
    block = _free_block()
    Residue.objects.bulk_create(
        [
            Residue(
                pk=block * IN_A_BLOCK + number,
                municipality_id=municipality_id,
                person=-block,
                table=row.table,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                counted=row.counted,
            )
            for number, row in enumerate(left)
        ]
    )


def _free_block() -> int:
    while True:
        block = 1 + secrets.randbelow(BLOCKS - 1)
        own = Q(pk__gte=block * IN_A_BLOCK, pk__lt=(block + 1) * IN_A_BLOCK)
        if not Residue.objects.filter(own | Q(person=-block)).exists():
            return block


@contextmanager
def _written_down(references: Sequence[str]) -> Iterator[None]:
    """In the ledger that it is begun, before anything is gone; that it is done, once it is committed; that it came to
    nothing. Of what is begun only (a power cut, a commit that failed) nobody can say here whether it was done.
    """
    ledger, erasing_of_this = erasure_ledger(), new_reference()
    marks = [ledger.mark_of(one) for one in references]
    day = dates.today().isoformat()
    ledger.append(json.dumps({"step": BEGUN, "erasing": erasing_of_this, "on": day, "marks": marks}))
    try:
        yield
    except BaseException:
        ledger.append(json.dumps({"step": TAKEN_BACK, "erasing": erasing_of_this}))
        raise
    done = json.dumps({"step": DONE, "erasing": erasing_of_this})
    transaction.on_commit(partial(ledger.append, done), robust=True)


def erase_again(*, by: Actor) -> int:
    """After a backup was put back: everybody who was erased since it was made goes again, as of the day on which they
    were. Returns how many.
    """
    by.require("destroy_dossiers")
    back = come_back().days
    kept = merged_dossiers(back)
    people: dict[int, date] = {}
    for pk, day in back.items():
        person = kept.get(pk, pk)
        people[person] = max(day, people.get(person, day))
    for client in Client.objects.filter(pk__in=people).order_by("pk"):
        erase_client(by=by, client=client, again=True, gone_on=people[client.pk])
    return len(people)
