"""A case manager with one client in the caseload, placing at the screen."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client

from opstap.accounts.models import User
from opstap.clients.models import Client as Followed
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import FOLLOWED_SINCE, a_client, in_caseload
from tests.factories.municipality import a_municipality
from tests.factories.windows import fields_of

Fields = dict[str, str]


class Desk:
    """A case manager with one client in the caseload, at the screen."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.town = a_municipality()
        self.team = a_team(self.town)
        self.worker = a_case_manager(self.team)
        self.client = self.in_my_caseload("K1")
        self.sign_in(self.worker)

    def in_my_caseload(self, number: str, *, followed_since: date = FOLLOWED_SINCE) -> Followed:
        client = a_client(self.town, number=number, followed_since=followed_since)
        in_caseload(client, self.worker, team=self.team)
        return client

    def sign_in(self, user: User) -> None:
        self.browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    @property
    def url(self) -> str:
        return f"/plaatsen/{self.client.reference}/"

    def post(self, fields: Fields, url: str = "") -> str:
        """Sends the form as the page would; returns where it leads, or the words of the page when it is refused."""
        given = {"growth": "unknown", "measured_on": dates.today().isoformat(), "reason": "at_contact"} | fields
        response = self.browser.post(url or self.url, given)
        return str(response["Location"]) if response.status_code == 302 else response.content.decode()

    def confirm(self, client: Followed | None = None, **more: str) -> Any:
        """Presses the button by which what stands is confirmed; who was never placed has none."""
        url = f"/plaatsen/{(client or self.client).reference}/"
        return self.browser.post(f"{url}bevestigen/", fields_of(self.browser.get(url).content.decode()) | more)

    def standing(self, client: Followed | None = None) -> list[Measurement]:
        own = Measurement.objects.current().filter(client=client or self.client)
        return list(own.select_related("level", "expected_level", "found_level").order_by("measured_on", "pk"))

    def link(self, word: str) -> str:
        found = re.search(rf'href="({self.url}[a-z0-9]+/{word}/)"', self.browser.get(self.url).content.decode())
        assert found is not None
        return found[1]
