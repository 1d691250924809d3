"""Two dossiers of one person become one to look at and to count, and can become two again."""

from __future__ import annotations

from opstap.audit.operations import append_facts, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import AliasRow, Fault, RowsRefused
from opstap.clients.models import Alias, Client, Person
from opstap.clients.operations.appending import explained
from opstap.clients.operations.clients import without_bsn
from opstap.clients.permissions import require_reach
from opstap.clients.selectors.merged import saying_the_bsn_of_the_other


def merge_clients(*, by: Actor, client: Client, kept: Client, why: str) -> None:
    """From now on `client` is the same person as `kept`: seen and counted there. Nothing is re-pointed.

    RowsRefused when one of them was merged already, or the one that goes has others merged into it.
    """
    by.require("merge_clients")
    require_reach(by, {client.pk, kept.pk})
    with writing(by=by, verb="merge_clients", about=f"{client.reference} {kept.reference}") as recording:
        faults = _faults(client, kept)
        if faults:
            raise RowsRefused([Fault(0, code) for code in faults])
        append_facts(Alias, [AliasRow(client.pk, kept.pk, why)], recording=recording)


def undo_merge(*, by: Actor, client: Client, why: str) -> None:
    """They were two persons after all: each dossier stands by itself again.

    A BSN that both say stays with the one that held it first: two persons never have the same.
    """
    by.require("merge_clients")
    require_reach(by, {client.pk})
    with writing(by=by, verb="undo_merge", about=client.reference) as recording:
        held = list(Alias.objects.current().filter(client=client).values_list("pk", flat=True))
        if not held:
            raise RowsRefused([Fault(0, "not_merged")])
        append_facts(Person, explained([without_bsn(one) for one in saying_the_bsn_of_the_other(client)], why),
                     recording=recording)  # fmt: skip
        withdraw_facts(Alias, held, recording=recording, said={"why": why})


def _faults(client: Client, kept: Client) -> list[str]:
    standing = Alias.objects.current()
    checks = {
        "the_same_dossier": client.pk == kept.pk,
        "other_municipality": client.municipality_id != kept.municipality_id,
        "merged_already": standing.filter(client__in=[client.pk, kept.pk]).exists(),
        "others_merged_into_it": standing.filter(kept=client).exists(),
    }
    return [code for code, holds in checks.items() if holds]
