"""A small town of which everything is counted by hand, and the words to ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.accounts.models import Team, User
from opstap.audit.permissions import command_line
from opstap.clients.operations import record_households
from opstap.clients.operations.households import NewHousehold
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload, with_barrier, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory, an_instrument

THEN, NOW = date(2023, 6, 15), date(2024, 6, 15)
ON = ("--on", "2024-06-15", "--compared-with", "2023-06-15")
PAGE = "/rapporten/indicatoren/?on=2024-06-15&compared_with=2023-06-15"
FIRST, AGAIN = date(2023, 1, 1), date(2024, 2, 1)

# Type of household, basic qualification, level on the earlier day, and what came after: a level, "" or "left".
PEOPLE = (
    ("single_parent", "no", "1", "2"),
    ("single_parent", "no", "2", "2"),
    ("single_parent", "no", "3", ""),
    ("single_parent", "no", "2", "left"),
    ("single_parent", "yes", "1", "3"),
    ("single", "no", "1", "2"),
    ("single_parent", "no", "", ""),
    ("single_parent", "", "2", "1"),
)
# Money is a barrier of the first two; the first and the sixth got an instrument between the two days.


@dataclass(frozen=True)
class Town:
    """The municipality, with the team and the case manager of its first four people."""

    municipality: Municipality
    team: Team
    worker: User


def a_counted_town() -> Town:
    """The eight of them."""
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (household, qualification, before, after) in enumerate(PEOPLE):
        client = a_client(municipality, until=date(2024, 3, 1) if after == "left" else None)
        row = NewHousehold(household, FIRST, ((client.pk, "interested_party"),))
        record_households(by=command_line(), municipality=municipality, rows=[row])
        if qualification:
            with_trait(client, "basic_qualification", qualification, FIRST)
        if before:
            placed(client, before, on=FIRST)
        if after not in {"", "left"}:
            placed(client, after, on=AGAIN)
        if number < 4:
            in_caseload(client, team=team, worker=worker)
        if number < 2:
            with_barrier(client, "money", FIRST)
        if number in {0, 5}:
            an_instrument(a_trajectory(client, since=date(2023, 9, 1)))
    return Town(municipality, team, worker)
