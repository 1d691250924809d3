"""People in follow-up and what is known about them, made by the operations."""

from __future__ import annotations

from datetime import date
from itertools import count

from opstap.accounts.models import Team, User
from opstap.audit.permissions import command_line
from opstap.clients.logic import (
    AssignmentRow,
    BarrierRow,
    BenefitSpellRow,
    FollowUpRow,
    PersonRow,
    TraitRow,
)
from opstap.clients.models import Client, Person
from opstap.clients.operations import (
    record_assignments,
    record_barriers,
    record_benefit_spells,
    record_follow_ups,
    record_persons,
    record_traits,
    register_clients,
)
from opstap.municipality.models import Municipality

FOLLOWED_SINCE = date(2019, 1, 1)
BY = command_line()
_numbers = count(1)


def a_bsn(serial: int) -> str:
    """A number of the range 9999xxxxx that passes the 11-test; 1,000 serials give 1,000 numbers."""
    start = 99990000 + serial
    weighed = sum(int(digit) * weight for digit, weight in zip(f"{start}", range(9, 1, -1), strict=True))
    if weighed % 11 == 10:
        return a_bsn(serial + 5000)
    return f"{start}{weighed % 11}"


def an_identity(municipality: Municipality, number: str = "") -> Client:
    """A client number of which nothing else is known."""
    (pk,) = register_clients(by=BY, municipality=municipality, numbers=[number or f"K{next(_numbers)}"])
    return Client.objects.get(pk=pk)


def a_client(
    municipality: Municipality,
    *,
    number: str = "",
    followed_since: date | None = FOLLOWED_SINCE,
    until: date | None = None,
    born: date | None = date(1980, 6, 15),
    sex: str = "female",
    surname: str = "Voorbeeld",
    bsn: str | None = None,
) -> Client:
    """Someone in follow-up."""
    client = an_identity(municipality, number)
    person = PersonRow(client.pk, surname, birth_date=born, sex=sex, bsn=bsn)
    record_persons(by=BY, municipality=municipality, rows=[person])
    if followed_since is not None:
        followed(client, followed_since, until)
    return client


def person_of(client: Client) -> Person:
    """Who the client is, as known now."""
    return Person.objects.current().get(client=client)


def followed(client: Client, since: date, until: date | None = None, *, replaces: int | None = None) -> None:
    """A period of follow-up."""
    record_follow_ups(by=BY, rows=[FollowUpRow(client.pk, since, until, replaces_id=replaces)])


def on_benefit(client: Client, since: date, until: date | None = None, *, kind: str = "participatiewet") -> None:
    """A benefit spell."""
    record_benefit_spells(by=BY, rows=[BenefitSpellRow(client.pk, kind, since, until)])


def in_caseload(
    client: Client,
    worker: User | None = None,
    *,
    team: Team | None = None,
    since: date = FOLLOWED_SINCE,
    until: date | None = None,
) -> None:
    """In the caseload of a worker, of a team, or of a worker in a team."""
    row = AssignmentRow(
        client.pk, since, until, team_id=team.pk if team else None, worker_id=worker.pk if worker else None
    )
    record_assignments(by=BY, rows=[row])


def beside(
    client: Client, worker: User, role: str = "job_coach", since: date = FOLLOWED_SINCE, until: date | None = None
) -> None:
    """Given by name to somebody who guides along beside the case manager."""
    record_assignments(by=BY, rows=[AssignmentRow(client.pk, since, until, worker_id=worker.pk, role=role)])


def with_trait(client: Client, kind: str, value: str, since: date = FOLLOWED_SINCE, until: date | None = None) -> None:
    """A trait."""
    record_traits(by=BY, rows=[TraitRow(client.pk, kind, value, since, until)])


def with_barrier(client: Client, kind: str, since: date = FOLLOWED_SINCE, until: date | None = None) -> None:
    """A barrier in its broad kind."""
    record_barriers(by=BY, rows=[BarrierRow(client.pk, kind, since, until)])
