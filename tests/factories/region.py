"""A joint service: two municipalities, and a worker who holds a role in both; the account is kept by the first."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.models import RoleHolding, Team, User
from opstap.accounts.selectors.standing import standing_of
from opstap.accounts.selectors.towns import mark_of
from opstap.clients.models import Client
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.contacts import agreed
from tests.factories.desk import BACKEND, IN_A_MONTH
from tests.factories.municipality import LONG_AGO, a_municipality

CHOOSE = "/mijn/gemeente/"


def also_in(
    user: User, municipality: Municipality, role: str = "case_manager", team: Team | None = None
) -> RoleHolding:
    """A role in another municipality than the one that keeps the account."""
    return RoleHolding.objects.create(user=user, municipality=municipality, role=role, team=team, starts_on=LONG_AGO)


class Region:
    """Noord and Zuid, each with a team, an administrator, a case manager of its own and a client of Jo's."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.noord, self.zuid = a_municipality("Noord"), a_municipality("Zuid")
        self.team_noord, self.team_zuid = a_team(self.noord, "Team Noord"), a_team(self.zuid, "Team Zuid")
        self.jo = a_case_manager(self.team_noord, name="Jo Visser")
        also_in(self.jo, self.zuid)
        self.jo.memberships.create(team=self.team_zuid, starts_on=LONG_AGO)
        self.kim, self.lee = (
            a_case_manager(self.team_noord, name="Kim Smit"),
            a_case_manager(self.team_zuid, name="Lee Bos"),
        )
        self.keeper, self.other = a_functional_administrator(self.noord), a_functional_administrator(self.zuid)
        self.anna, self.zoe = self.of(self.noord, "Noordman"), self.of(self.zuid, "Zuidhof")

    def of(self, town: Municipality, surname: str, worker: User | None = None) -> Client:
        """A client of a municipality in somebody's caseload, of Jo unless told otherwise."""
        client = a_client(town, surname=surname)
        in_caseload(client, worker or self.jo, team=self.team_noord if town == self.noord else self.team_zuid)
        agreed(client, IN_A_MONTH)
        return client

    def sign_in(self, user: User) -> Region:
        """At the screen, in the municipality that keeps the account."""
        self.browser.force_login(user, backend=BACKEND)
        return self

    def choose(self, town: Municipality) -> Any:
        """In the header."""
        return self.browser.post(CHOOSE, {"municipality": town.reference})

    def page(self, path: str) -> str:
        """The words of a page."""
        response = self.browser.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.content.decode()

    def send(self, town: Municipality, path: str, given: dict[str, str]) -> Any:
        """A form of a page that was shown while one worked in this municipality."""
        return self.browser.post(path, {**given, "shown_in": mark_of(town.pk)})


def dossier(client: Client) -> str:
    """The address of a dossier."""
    return reverse("dossier:client", args=[client.reference])


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the last form of a page."""
    last = page[page.rindex("<form") :]
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', last))


def kim_with_mail(region: Region) -> User:
    """Kim of Noord, whom Zuid can let in by their mail address."""
    region.kim.email = "kim@noord.example"
    region.kim.save()
    return region.kim


def roles_in(user: User, town: Municipality) -> set[str]:
    """The roles that somebody holds in a municipality today."""
    return {role.key for role in standing_of(user, dates.today(), town.pk).roles}
