"""A case manager with one client in the caseload, at the screen."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client

from opstap.accounts.models import User
from opstap.clients.models import Client as Followed
from opstap.contacts.models import Contact, NextContact
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality
from tests.factories.windows import Window

Fields = dict[str, str]


def opened_on(browser: Client, url: str) -> Fields:
    """What the form says it was opened on: the contact that waits, and where they stand."""
    fields = Window(browser, url).fields
    return {name: fields[name] for name in ("version", "placement")}


class Desk:
    """Who sits there, whom they see, and what they send."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.town = a_municipality()
        self.team = a_team(self.town)
        self.worker = a_case_manager(self.team, name="Fenna Hazelhoff")
        self.client = self.in_my_caseload("K1")
        self.sign_in(self.worker)

    def in_my_caseload(self, number: str, *, surname: str = "Voorbeeld") -> Followed:
        client = a_client(self.town, number=number, surname=surname)
        in_caseload(client, self.worker, team=self.team)
        return client

    def sign_in(self, user: User) -> None:
        self.browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    @property
    def url(self) -> str:
        return f"/contact/{self.client.reference}/"

    def page(self, url: str = "") -> str:
        return self.browser.get(url or self.url).content.decode()

    def post(self, fields: Fields, url: str = "") -> str:
        """Sends the form as the page would; returns where it leads, or the words of the page when it is refused."""
        given = {"held_on": dates.today().isoformat(), "kind": "phone", "outcome": "held"}
        given |= ({} if url else opened_on(self.browser, self.url)) | fields
        response = self.browser.post(url or self.url, given)
        return str(response["Location"]) if response.status_code == 302 else response.content.decode()

    def contacts(self) -> list[Contact]:
        return list(Contact.objects.current().filter(client=self.client).order_by("held_on", "pk"))

    def agreed(self) -> list[tuple[str, str]]:
        rows = NextContact.objects.current().filter(client=self.client).order_by("planned_on", "pk")
        return [(row.planned_on.isoformat(), row.state) for row in rows]

    def placements(self) -> list[tuple[str, str]]:
        rows = Measurement.objects.current().filter(client=self.client).select_related("level").order_by("measured_on")
        return [(row.measured_on.isoformat(), row.level.code) for row in rows]

    def link(self, word: str) -> str:
        found = re.search(rf'href="({self.url}[a-z0-9]+/{word}/)"', self.page())
        assert found is not None
        return found[1]


def ago(days: int) -> str:
    return (dates.today() - timedelta(days=days)).isoformat()


def ahead(days: int) -> str:
    return (dates.today() + timedelta(days=days)).isoformat()
