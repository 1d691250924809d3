"""Research that is permitted, and a municipality in which somebody does it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cached_property
from io import StringIO
from typing import Any

from django.test import Client as Browser

from opstap.accounts.models import User
from opstap.audit.permissions import Actor, command_line
from opstap.clients.models import Client
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Quarter
from opstap.reporting.models import ResearchPermit
from opstap.reporting.operations import ResearchTerms, permit_research
from opstap.reporting.selectors.extract import Extract, extract_of, question_of
from tests.factories.accounts import a_worker
from tests.factories.clients import a_client, on_benefit
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in

FIRST, LAST = Quarter(2024, 4), Quarter(2025, 4)
LIST = "/onderzoek/"


def a_permit(
    municipality: Municipality,
    *,
    by: Actor | None = None,
    begins: int = -30,
    ends: int = 60,
    later: Quarter = LAST,
) -> str:
    """A piece of research, from so many days from today until so many; its reference."""
    today = dates.today()
    terms = ResearchTerms(
        "Drie jaar ladder",
        "Hogeschool Voorbeeld",
        "AVG artikel 89, overeenkomst 2026-14",
        "Nagaan wie na een jaar hoger staat.",
        today + timedelta(days=begins),
        today + timedelta(days=ends),
        FIRST,
        later,
        "vng",
    )
    return permit_research(by=by or command_line(), municipality=municipality, terms=terms)


class Study:
    """A municipality, a researcher and a browser of theirs; research is permitted when it is first asked for."""

    def __init__(self) -> None:
        self.town: Municipality = a_municipality()
        self.researcher: User = a_worker(self.town, "researcher")
        self.browser: Browser = signed_in(self.researcher)

    def people(
        self, count: int, *, level: str = "2", later: str = "3", growth: str = "yes", **who: Any
    ) -> list[Client]:
        """So many who are alike: placed on both moments."""
        made = []
        for _each in range(count):
            client = a_client(self.town, **who)
            on_benefit(client, date(2022, 3, 4))
            placed(client, level, on=date(2024, 5, 6), growth=growth)
            placed(client, later, on=date(2025, 5, 6), growth=growth)
            made.append(client)
        return made

    @cached_property
    def permit(self) -> str:
        return a_permit(self.town)

    @property
    def page(self) -> str:
        return f"{LIST}uittreksel/{self.permit}/"

    def get(self, file_format: str) -> Any:
        return self.browser.get(f"{self.page}bestand/{file_format}/")

    def rows(self) -> list[dict[str, str]]:
        answer = self.get("csv")
        assert answer.status_code == 200
        return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    def said(self) -> str:
        found: str = self.browser.get(self.page).content.decode()
        return found

    def made(self, actor: Actor, *, with_instruments: bool = True) -> Extract:
        permit = ResearchPermit.objects.current().get(reference=self.permit)
        return extract_of(actor, question_of(permit, with_instruments=with_instruments))
