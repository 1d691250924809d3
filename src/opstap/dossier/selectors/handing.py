"""The handover list: who went from whom to whom in one recording."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.models import Assignment, Person
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.same_person import kept_client, whose


@dataclass(frozen=True)
class HandedOver:
    """A client who changed hands."""

    reference: str
    name: str
    number: str
    before: str
    after: str


def handed_over(actor: Actor, number: int) -> list[HandedOver]:
    """Those the actor may see, by new worker and name."""
    found = Assignment.objects.filter(recording=number).annotate(whose=kept_client())
    rows = list(found.select_related("worker", "team").order_by("starts_on", "pk"))
    after = {whose(row): row for row in rows if row.replaces_id is None}
    before = {whose(row): row for row in rows if row.replaces_id is not None}
    clients = visible_clients(actor).filter(pk__in=[*before, *after]).in_bulk()
    note_listed(client.reference for client in clients.values())
    names = {one.client_id: one for one in Person.objects.current().filter(client__in=list(clients))}
    listed = [
        HandedOver(
            client.reference,
            names[pk].list_name if pk in names else client.number,
            client.number,
            _who(before.get(pk)),
            _who(after.get(pk)),
        )
        for pk, client in clients.items()
    ]
    return sorted(listed, key=lambda one: (one.after, one.name))


def _who(row: Assignment | None) -> str:
    if row is None:
        return ""
    if row.worker is not None:
        return row.worker.name
    return row.team.name if row.team is not None else ""
