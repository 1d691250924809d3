"""The handover list: who went from whom to whom in one recording."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.audit.permissions import Actor
from opstap.clients.models import Assignment, Person
from opstap.clients.permissions import visible_clients


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
    rows = list(Assignment.objects.filter(recording=number).select_related("worker", "team"))
    after = {row.client_id: row for row in rows if row.replaces_id is None}
    before = {row.client_id: row for row in rows if row.replaces_id is not None}
    clients = visible_clients(actor).filter(pk__in=list(after)).in_bulk()
    names = {one.client_id: one for one in Person.objects.current().filter(client__in=list(after))}
    listed = [
        HandedOver(
            client.reference,
            names[pk].list_name if pk in names else client.number,
            client.number,
            _who(before.get(pk)),
            _who(after[pk]),
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
