"""What stands around some of the people: who is addressed for them, cases, doubles, one who died, one who came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from opstap.audit.permissions import Actor
from opstap.clients.logic import (
    ArrangementRow,
    CaseNumberRow,
    FollowUpRow,
    PersonAroundRow,
    PersonRow,
)
from opstap.clients.models import Client, FollowUp, Person
from opstap.clients.operations import (
    mark_priorities,
    merge_clients,
    record_death,
    record_held_fact,
    record_persons,
    register_clients,
)
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality

EVERY_ADMINISTRATOR, EVERY_CASE, EVERY_PRIORITY, FEWEST = 30, 12, 40, 20
FIRST_BECAUSE = "groeipotentieel gezien, nog niet besproken"
MONTH = timedelta(days=30)
ADMINISTRATORS = (
    ("R. Smit", "Balans Bewindvoering", "0500-555101"),
    ("M. Postma", "Postma & Dijkstra", "0500-555102"),
)


def say_around(by: Actor, municipality: Municipality, today: date) -> None:
    """Add it all as of the last day; the same people for the same town."""
    followed = list(
        Client.objects.filter(
            municipality=municipality,
            pk__in=FollowUp.objects.active_on(today).values("client"),
            persons__isnull=False,
        )
        .distinct()
        .order_by("number")
    )
    if len(followed) < FEWEST:
        return
    _administrators(by, followed, today)
    _cases(by, followed, today)
    for client, kind in zip(followed[5:9:3], ("visit_with_two", "not_reachable"), strict=False):
        row = ArrangementRow(client.pk, kind, today - MONTH, today + 3 * MONTH)
        record_held_fact(by=by, what="arrangement", row=row)
    first = [client.pk for client in followed[7::EVERY_PRIORITY]]
    mark_priorities(by=by, client_ids=first, note=FIRST_BECAUSE, on=today - MONTH)
    _doubles(by, municipality, followed[10:12])
    _gone(by, municipality, today)
    _back(by, followed[13:], today)


def _administrators(by: Actor, followed: Sequence[Client], today: date) -> None:
    for place, client in enumerate(followed[3::EVERY_ADMINISTRATOR]):
        name, organisation, phone = ADMINISTRATORS[place % len(ADMINISTRATORS)]
        row = PersonAroundRow(
            client.pk, "administrator", name, today - 8 * MONTH, organisation=organisation, phone=phone
        )
        record_held_fact(by=by, what="around", row=row)


def _cases(by: Actor, followed: Sequence[Client], today: date) -> None:
    for place, client in enumerate(followed[::EVERY_CASE], start=1):
        row = CaseNumberRow(client.pk, f"Z-{today.year - 1}-{place:04}", today - 12 * MONTH, about="aanvraag uitkering")
        record_held_fact(by=by, what="case_number", row=row)


def _doubles(by: Actor, municipality: Municipality, known: Sequence[Client]) -> None:
    """Two people who were entered twice: of the first it was seen and put right, of the second not yet."""
    ids = register_clients(by=by, municipality=municipality, numbers=[f"{client.number}-2" for client in known])
    doubles = Client.objects.in_bulk(ids)
    for client, pk in zip(known, ids, strict=True):
        person = Person.objects.current().get(client=client)
        surname = person.surname.replace("k", "c") if "k" in person.surname else f"{person.surname}s"
        again = PersonRow(pk, surname, person.name_prefix, person.given_names, person.birth_date, person.sex)
        record_persons(by=by, municipality=municipality, rows=[again])
    if known:
        merge_clients(
            by=by, client=doubles[ids[0]], kept=known[0], why="twee keer ingevoerd: zelfde geboortedatum en adres"
        )


def _gone(by: Actor, municipality: Municipality, today: date) -> None:
    """Of one whose follow-up ended it is known that they died."""
    ended = FollowUp.objects.current().filter(client__municipality=municipality, ends_on__lt=today - MONTH)
    still = FollowUp.objects.current().filter(ends_on__isnull=True).values("client")
    gone = ended.exclude(client__in=still).select_related("client").order_by("-ends_on", "client__number").first()
    if gone is not None and gone.ends_on is not None:
        record_death(by=by, client=gone.client, died_on=gone.ends_on, why="bericht van de familie")


def _back(by: Actor, followed: Sequence[Client], today: date) -> None:
    """Somebody was away for two months, in which nobody placed them, and came back."""
    away, returned = today - 5 * MONTH, today - 3 * MONTH
    placed = Measurement.objects.filter(measured_on__gte=away, measured_on__lt=returned).values("client")
    held = FollowUp.objects.active_on(today).filter(client__in=followed, starts_on__lt=away - MONTH)
    back = held.exclude(client__in=placed).order_by("client__number").first()
    if back is None:
        return
    closed = FollowUpRow(back.client_id, back.starts_on, away, back.ground, "own_request", replaces_id=back.pk)
    record_held_fact(by=by, what="follow_up", row=closed, why="heeft werk gevonden")
    record_held_fact(by=by, what="follow_up", row=FollowUpRow(back.client_id, returned, ground=back.ground))
