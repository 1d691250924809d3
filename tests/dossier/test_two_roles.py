"""Whoever holds two roles reaches what either gives: in the gate, the caseload, Vandaag, the reports and the list of
people behind a figure.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from opstap.accounts.models import User
from opstap.accounts.operations import give_role
from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.clients.permissions import reachable_clients, require_reach, visible_clients
from opstap.foundation import dates
from tests.factories.accounts import a_worker, acting
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
STEERING = ("case_manager", "coordinator", "functional_administrator", "privacy_officer", "team_leader")
PAIRS = list(combinations(STEERING, 2))
BY_SCOPE = list(combinations((*STEERING, "intern", "job_coach"), 2))  # one of each scope


class Reached:
    """Clients in the own caseload (of another team), of the team that is led, of nobody's, and of another town."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.user = a_worker(office.town, "functional_administrator", name="Sam de Wit")
        self.own = office.of(self.user, "Eigen", team=office.other_team, agreed_on=dates.today())
        self.of_team = office.of(office.kim, "Teamgenoot", agreed_on=dates.today())
        self.both = office.of(self.user, "Allebei", agreed_on=dates.today())
        self.elsewhere = office.of(office.lee, "Elders", team=office.other_team, agreed_on=dates.today())
        self.waiting = office.of(None, "Wachtend", agreed_on=dates.today())
        for client in self.everybody:
            placed(client, "2", on=days_ago(10))

    @property
    def everybody(self) -> list[Client]:
        return [self.own, self.of_team, self.both, self.elsewhere, self.waiting]

    def given(self, *held: str) -> User:
        for role in held:
            team = self.office.team if role == "team_leader" else None
            until, supervisor = (days_ago(-30), self.office.kim) if role == "intern" else (None, None)
            if role != "functional_administrator":
                give_role(
                    by=command_line(), user=self.user, role=role, team=team, since=days_ago(30), until=until,
                    supervisor=supervisor,
                )  # fmt: skip
        return self.user

    def by(self, *held: str) -> set[Client]:
        """Whom roles reach, said once more in plain words."""
        reach = {
            "case_manager": {self.own, self.both},
            "job_coach": {self.own, self.both},
            "intern": {self.of_team},
            "team_leader": {self.of_team, self.both},
            "coordinator": set(self.everybody),
            "functional_administrator": set[Client](),
            "privacy_officer": set[Client](),
        }
        return set[Client]().union(*(reach[role] for role in held))


@pytest.fixture
def reached(office: Office) -> Reached:
    return Reached(office)


@pytest.mark.parametrize("pair", BY_SCOPE, ids=" and ".join)
def test_two_roles_reach_what_either_reaches(reached: Reached, pair: tuple[str, str]) -> None:
    expected = reached.by(*pair)
    actor = acting(reached.given(*pair))
    assert set(visible_clients(actor)) == set(reachable_clients(actor)) == expected
    require_reach(actor, {client.pk for client in expected})


@pytest.mark.covers("B-59", page="/clienten/")
@pytest.mark.parametrize("pair", [pair for pair in PAIRS if "functional_administrator" not in pair], ids=" and ".join)
def test_every_page_about_many_shows_the_same_people(reached: Reached, pair: tuple[str, str]) -> None:
    office, expected = reached.office, {person.number for person in reached.by(*pair)}
    office.sign_in(reached.given(*pair))
    listed = office.browser.get("/clienten/").context["lines"]
    assert {line.number for line in listed} == expected
    today = office.page("/contact/vandaag/")
    people = office.page("/rapporten/plaatsing/mensen/?level=2")
    for client in reached.everybody:
        assert (client.number in people) is (client.number in expected), client
        assert (f"/contact/{client.reference}/" in today) is (client.number in expected), client
        status = office.browser.get(f"/clienten/{client.reference}/").status_code
        assert status == (200 if client.number in expected else 404), client
    report = office.browser.get("/rapporten/plaatsing/bestand/csv/").content.decode()
    assert f"{len(expected)}" in report


def test_who_leads_one_team_and_works_in_another_narrows_by_team_and_by_worker(reached: Reached) -> None:
    office = reached.office
    office.sign_in(reached.given("case_manager", "team_leader"))
    assert set(office.names("/clienten/")) == {"Allebei", "Eigen", "Teamgenoot"}
    assert set(office.names(f"/clienten/?team={office.team.reference}")) == {"Allebei", "Teamgenoot"}
    assert set(office.names(f"/clienten/?worker={reached.user.reference}")) == {"Allebei", "Eigen"}
    mine = office.page(f"/contact/vandaag/?medewerker={reached.user.reference}")
    assert f"/contact/{reached.own.reference}/" in mine
    assert f"/contact/{reached.of_team.reference}/" not in mine
    of_team = office.page(f"/rapporten/plaatsing/mensen/?level=2&team={office.team.reference}")
    assert reached.of_team.number in of_team
    assert reached.own.number not in of_team
    team = office.page("/team/")
    assert "Sam de Wit" in team
    assert "Lee Bos" not in team


def test_an_own_client_of_another_team_can_be_handed_over_but_nobody_is_given_to_whom_one_does_not_lead(
    reached: Reached,
) -> None:
    office = reached.office
    office.sign_in(reached.given("case_manager", "team_leader"))
    form = office.page(f"/team/toewijzen/?client={reached.own.reference}&client={reached.of_team.reference}")
    assert office.kim.reference in form
    assert office.lee.reference not in form
    assert f'value="{reached.user.reference}"' not in form
    given = {"workers": office.kim.reference, "from_on": dates.today().isoformat(), "reason": "transferred"}
    path = f"/team/toewijzen/?client={reached.own.reference}"
    assert office.browser.post(path, given | version_at(office.browser, path)).status_code == 302
    assert set(office.names(f"/clienten/?worker={office.kim.reference}")) == {"Eigen", "Teamgenoot"}
