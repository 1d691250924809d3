"""A municipality with two teams and their staff at the desk, and a browser for whoever signs in."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.test import Client as Browser

from opstap.accounts.models import Team, User
from opstap.clients.models import Client
from opstap.foundation import dates
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team, a_team_leader
from tests.factories.clients import FOLLOWED_SINCE, a_client, in_caseload
from tests.factories.contacts import agreed
from tests.factories.municipality import a_municipality

BACKEND = "django.contrib.auth.backends.ModelBackend"


def days_ago(days: int) -> date:
    """A day before today."""
    return dates.today() - timedelta(days=days)


IN_A_MONTH = days_ago(-30)


class Office:
    """Team Meedoen with Jo and Kim, team Werk with Lee; a leader of Meedoen, a coordinator and an administrator."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.town = a_municipality()
        self.team, self.other_team = a_team(self.town, "Meedoen"), a_team(self.town, "Werk")
        self.jo, self.kim = a_case_manager(self.team, name="Jo Visser"), a_case_manager(self.team, name="Kim Smit")
        self.lee = a_case_manager(self.other_team, name="Lee Bos")
        self.leader, self.coordinator = a_team_leader(self.team), a_coordinator(self.town)
        self.administrator = a_functional_administrator(self.town)

    def of(
        self,
        worker: User | None,
        surname: str = "Voorbeeld",
        *,
        team: Team | None = None,
        since: date | None = None,
        agreed_on: date | None = IN_A_MONTH,
    ) -> Client:
        """A client in somebody's caseload, of the team Meedoen unless told otherwise; without a worker in nobody's."""
        client = a_client(self.town, surname=surname)
        if worker is not None or team is not None:
            in_caseload(client, worker, team=team or self.team, since=since or FOLLOWED_SINCE)
        if agreed_on is not None:
            agreed(client, agreed_on)
        return client

    def sign_in(self, user: User) -> Office:
        """At the screen."""
        self.browser.force_login(user, backend=BACKEND)
        return self

    def page(self, path: str) -> str:
        """The words of a page."""
        response = self.browser.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.content.decode()

    def names(self, path: str) -> list[str]:
        """Who stands on the list, in its order."""
        return [line.name for line in self.browser.get(path).context["lines"]]


def shown_on_list(browser: Browser, path: str = "/clienten/") -> dict[str, str]:
    """What the list says of where each of its clients stands: sent along with those who are ticked."""
    page = browser.get(path).content.decode()
    return dict(re.findall(r'name="(shown-[^"]+)" value="([^"]+)"', page))
