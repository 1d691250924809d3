"""Three case managers with twelve people each, for the report of the differences within a team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.test import Client as Browser

from opstap.accounts.models import Team, User
from opstap.clients.logic import AssignmentRow, ExemptionRow, FollowUpRow, PersonRow
from opstap.clients.models import Client
from opstap.clients.operations import (
    record_assignments,
    record_exemptions,
    record_follow_ups,
    record_persons,
    register_clients,
)
from opstap.foundation import dates
from opstap.ladder.logic import MeasurementRow
from opstap.ladder.operations import record_measurements
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import BY, FOLLOWED_SINCE
from tests.factories.ladder import a_placement
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.plans import a_trajectory, an_instrument

SINCE, FIRST, LATER = date(2023, 1, 1), "2023-06-15", "2024-06-15"
NAMES = ("Anna Aarts", "Bram Bos", "Cees Claes")
PAGE = "/rapporten/verschillen-in-het-team/"
Town = tuple[Municipality, Team, dict[str, User], dict[str, list[Client]]]
# Of twelve people each: the level, with growth potential, with an instrument, exempt.
CASELOADS = {"Anna Aarts": ("1", 10, 3, 0), "Bram Bos": ("1", 2, 1, 2), "Cees Claes": ("2", 6, 0, 1)}
# By the later day: risen, fallen, on the level of before, out of follow-up; the others are not placed again.
MOVED = {"Anna Aarts": (4, 0, 3, 1), "Bram Bos": (0, 0, 6, 0), "Cees Claes": (1, 2, 0, 0)}


def three_caseloads() -> Town:
    """Three case managers with twelve people each, and two people whom nobody has."""
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    workers = {name: a_case_manager(team, name=name) for name in NAMES}
    numbers = [f"{name[0]}{number}" for name in NAMES for number in range(12)] + ["N1", "N2"]
    pks = register_clients(by=BY, municipality=municipality, numbers=numbers)
    clients = {one.number: one for one in Client.objects.filter(pk__in=pks)}
    people = {name: [clients[f"{name[0]}{number}"] for number in range(12)] for name in NAMES}
    record_persons(by=BY, municipality=municipality, rows=[PersonRow(pk, "Voorbeeld", sex="female") for pk in pks])
    left = {one.pk for name in NAMES for one in people[name][12 - MOVED[name][3] :]}
    followed = [FollowUpRow(pk, FOLLOWED_SINCE, date(2024, 1, 1) if pk in left else None) for pk in pks]
    record_follow_ups(by=BY, rows=followed)
    held = [
        AssignmentRow(one.pk, FOLLOWED_SINCE, None, team_id=team.pk, worker_id=workers[name].pk)
        for name in NAMES
        for one in people[name]
    ]
    record_assignments(by=BY, rows=held)
    record_measurements(by=BY, rows=[row for name in NAMES for row in placements(name, people[name])])
    for name, (_level, _growing, helped, exempt) in CASELOADS.items():
        for client in people[name][:helped]:
            an_instrument(a_trajectory(client, since=SINCE))
        record_exemptions(by=BY, rows=[ExemptionRow(one.pk, "care", SINCE) for one in people[name][:exempt]])
    return municipality, team, workers, people


def placements(name: str, people: list[Client]) -> Iterator[MeasurementRow]:
    """The first of everybody, and the second of who rose, fell or stayed."""
    level, growing, _helped, _exempt = CASELOADS[name]
    risen, fallen, same, _left = MOVED[name]
    to = [int(level) + 1] * risen + [int(level) - 1] * fallen + [int(level)] * same
    for number, client in enumerate(people):
        yield a_placement(client, level, SINCE, growth="yes" if number < growing else "no")
        if number < len(to):
            yield a_placement(client, str(to[number]), date(2024, 3, 1), growth="no")


def consent(municipality: Municipality, reference: str = "OR 2026-14") -> None:
    a_setting(municipality, "works_council_consent", reference, dates.today())


def signed_in(client: Browser, user: User) -> Browser:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
