"""A case manager with one client in the caseload, at the screen: what the tests of the dossier stand on."""

from __future__ import annotations

import re

from django.test import Client as Browser

from opstap.accounts.models import User
from opstap.clients.models import Client
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality

FIRST = {"starts_on": "2024-01-01", "ends_on": ""}
ADDED: dict[str, tuple[dict[str, str], str]] = {
    "uitkering": ({"kind": "ioaw"}, "Ioaw"),
    "ontheffing": ({"ground": "medical", "duty": "work"}, "arbeidsverplichting, medisch"),
    "belemmering": ({"kind": "money"}, "geld"),
    "kenmerk": ({"said": "integration:need"}, "inburgeringsbehoefte"),
    "adres": (
        {"street": "Kade", "house_number": "3", "postcode": "9999 AB", "city": "Voorbeeldstad"},
        "Kade 3, 9999 AB Voorbeeldstad",
    ),
    "om-heen": (
        {"kind": "administrator", "name": "R. Smit", "organisation": "Balans"},
        "bewindvoerder: R. Smit, Balans",
    ),
    "bezoek": ({"kind": "not_reachable"}, "voorlopig niet bereikbaar"),
    "aanvraag": ({"law": "participatiewet"}, "Participatiewet"),
    "zaaknummer": ({"number": "Z-2024-17"}, "Z-2024-17"),
}


class Desk:
    """Who sits there, and whose dossier is open."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.town = a_municipality()
        self.team = a_team(self.town)
        self.worker = a_case_manager(self.team, name="J. Visser")
        self.leader = a_team_leader(self.team)
        self.coordinator = a_coordinator(self.town)
        self.client = self.another(number="40213", surname="Bakker")
        self.sign_in(self.worker)

    def another(self, *, number: str, surname: str, bsn: str | None = None) -> Client:
        """Somebody else in the same caseload."""
        client = a_client(self.town, number=number, surname=surname, bsn=bsn)
        in_caseload(client, self.worker, team=self.team)
        return client

    def sign_in(self, user: User) -> None:
        """Somebody else takes the chair."""
        self.browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    @property
    def url(self) -> str:
        """The dossier."""
        return f"/clienten/{self.client.reference}/"

    def page(self, path: str = "") -> str:
        """A page under the dossier, as text."""
        response = self.browser.get(path if path.startswith("/") else f"{self.url}{path}")
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    def words(self, path: str = "") -> str:
        """The same without mark-up and with single spaces."""
        return words_of(self.page(path))


def words_of(page: str) -> str:
    """What stands on a page to read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))
