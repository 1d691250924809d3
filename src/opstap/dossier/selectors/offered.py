"""Who is handed over, as each side may see them: the giver within reach, the receiver by name and level only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.enums import Asked
from opstap.clients.models import Assignment, Client, Person
from opstap.clients.permissions import offered_clients, opened_clients, visible_clients
from opstap.clients.selectors.handing import HandoverFound
from opstap.clients.selectors.same_person import kept_client
from opstap.ladder.selectors.measurements import standing_by_client
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.ladder.tables import level_class


@dataclass(frozen=True)
class Offered:
    """A client who is handed over. Without a reference the dossier is not open to the reader."""

    name: str
    level: str
    level_class: str
    reference: str


def own_caseload(actor: Actor, day: date) -> list[Client]:
    """The clients of one's own caseload; not those of whom one stands in for."""
    if actor.user_id is None:
        return []
    own = Assignment.objects.for_caseload_of(actor.user_id, day).annotate(whose=kept_client())
    return list(visible_clients(actor).filter(pk__in=own.values("whose")))


@dataclass(frozen=True)
class Outcome:
    """How many clients an accepted hand-over took along, how many stayed with the giver, whether it is yet to come."""

    went: int
    stayed: int
    to_come: bool


def outcome(found: HandoverFound, day: date) -> Outcome:
    """What became of an accepted hand-over, as its giver may know it: who went was assigned in its own recording."""
    written = Assignment.objects.filter(recording=found.said).annotate(whose=kept_client())
    went = set(written.values_list("whose", flat=True)) & set(found.client_ids)
    own = Assignment.objects.for_caseload_of(found.giver.pk, day).annotate(whose=kept_client())
    stayed = set(own.filter(whose__in=set(found.client_ids) - went).values_list("whose", flat=True))
    return Outcome(len(went), len(stayed), found.from_on > day)


def names_of(clients: Collection[Client]) -> list[tuple[str, str]]:
    """References with names, by name."""
    note_listed(client.reference for client in clients)
    current = Person.objects.current().filter(client__in=[client.pk for client in clients])
    persons = {person.client_id: person for person in current}
    named = [
        (persons[one.pk].folded_name if one.pk in persons else "", one.reference,
         persons[one.pk].list_name if one.pk in persons else one.number)
        for one in clients
    ]  # fmt: skip
    return [(reference, name) for _folded, reference, name in sorted(named)]


def offered_in(actor: Actor, found: HandoverFound, scale: ScaleOnDay) -> list[Offered]:
    """Who it is about: to the receiver while it waits, and to whom the dossiers are open."""
    opened = {one.pk: one for one in opened_clients(actor).filter(pk__in=found.client_ids)}
    asked = found.state is Asked.OPEN and found.receiver.pk == actor.user_id
    clients = list(offered_clients(actor, found.batch)) if asked else list(opened.values())
    levels = {level.id: level for level in scale.levels}
    held = standing_by_client([one.pk for one in clients], scale.id)
    by_reference = {one.reference: one for one in clients}
    offered = []
    for reference, name in names_of(clients):
        client = by_reference[reference]
        placed = held.get(client.pk)
        level = levels.get(placed.level_id) if placed else None
        offered.append(
            Offered(
                name=name,
                level=level.code if level else "",
                level_class=level_class(scale, level.code) if level else "",
                reference=reference if client.pk in opened else "",
            )
        )
    return offered
