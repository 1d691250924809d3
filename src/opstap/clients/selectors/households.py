"""Reads: who live and lived in a household with a client."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from opstap.audit.logic.seen import note_listed
from opstap.clients.models import Client, HouseholdMember, Person


@dataclass(frozen=True, slots=True)
class Housemate:
    """Somebody in the same household, with the period in it."""

    client_id: int
    reference: str
    name: str
    role: str
    household: str
    starts_on: date
    ends_on: date | None
    may_open: bool


def rows_of_housemates(
    client_ids: Collection[int], visible: QuerySet[Client], withheld: QuerySet[Client]
) -> QuerySet[HouseholdMember]:
    """The other members of every household these clients are or were in; `visible` are the clients one may see.

    Who is kept from the reader (`withheld`) is not named: nobody learns of them by whom they live with.
    """
    own = HouseholdMember.objects.current().filter(client__in=client_ids).values("household")
    others = HouseholdMember.objects.current().filter(household__in=own).exclude(client__in=client_ids)
    others = others.exclude(client__in=withheld.values("pk"))
    known = Q(client__persons__withdrawn=False, client__persons__replaced_by__isnull=True)
    rows = others.filter(known).annotate(
        reference=F("client__reference"),
        household_reference=F("household__reference"),
        surname=F("client__persons__surname"),
        name_prefix=F("client__persons__name_prefix"),
        given_names=F("client__persons__given_names"),
        may_open=Exists(visible.filter(pk=OuterRef("client_id"))),
    )
    return rows.order_by("starts_on", "pk")


def housemates_in(rows: Sequence[Any]) -> list[Housemate]:
    """What those rows say; each stands on the page."""
    note_listed(row.reference for row in rows)
    return [
        Housemate(
            client_id=row.client_id,
            reference=row.reference,
            name=Person(surname=row.surname, name_prefix=row.name_prefix, given_names=row.given_names).list_name,
            role=row.role,
            household=row.household_reference,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            may_open=row.may_open,
        )
        for row in rows
    ]
