"""A case manager with one client in the caseload, at the screen: what the tests of these pages stand on."""

from __future__ import annotations

from django.test import Client

from opstap.accounts.models import User
from opstap.clients.models import Client as Followed
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality
from tests.factories.windows import version_at

Fields = dict[str, object]


class Desk:
    """A case manager with one client in the caseload, at the screen."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.town = a_municipality()
        self.team = a_team(self.town)
        self.worker = a_case_manager(self.team)
        self.client = self.in_my_caseload("K1")
        self.sign_in(self.worker)

    def in_my_caseload(self, number: str) -> Followed:
        client = a_client(self.town, number=number)
        in_caseload(client, self.worker, team=self.team)
        return client

    def sign_in(self, user: User) -> None:
        self.browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    @property
    def url(self) -> str:
        return f"/hulp/{self.client.reference}/"

    def read(self, address: str = "") -> str:
        response = self.browser.get(f"{self.url}{address}")
        assert response.status_code == 200
        return response.content.decode()

    def post(self, address: str, fields: Fields) -> str:
        """Sends a form; returns where it leads, or the words of the page when it is refused."""
        opens = address.endswith(("/verbeteren/", "/beeindigen/", "/intrekken/")) and "version" not in fields
        own = version_at(self.browser, f"{self.url}{address}") if opens else {}
        response = self.browser.post(f"{self.url}{address}", {**fields, **own})
        return str(response["Location"]) if response.status_code == 302 else response.content.decode()
