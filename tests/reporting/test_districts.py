"""Reports by wijk and buurt, on the command line and on a page; a secret address falls under no district."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.clients.models import Client
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_coordinator
from tests.factories.clients import a_client
from tests.factories.districts import a_postcode, a_table, living_at
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
ON = ("--on", "2024-06-15")


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_table(
        municipality,
        a_postcode(municipality, "9991", "Zuid", "Centrum", code="WK02"),
        a_postcode(municipality, "9992", "Noord", "Centrum", code="WK01"),
    )
    for postcode, secret in (
        ("9991 AB", False),
        ("9991 CD", False),
        ("9992 AB", False),
        ("9992 AB", True),
        ("", False),
    ):
        lives(a_client(municipality), postcode, secret=secret)
    return municipality


def lives(client: Client, postcode: str, *, secret: bool) -> None:
    living_at(client, postcode, secret=secret)
    placed(client, "2", on=date(2024, 1, 1))


def sizes(found: dict[str, Any]) -> dict[str, int]:
    return {group["group"]: group["clients"] for group in found["totals"]["groups"]}


@pytest.mark.covers("E-60", page="/rapporten/plaatsing/")
def test_a_report_by_district(town: Municipality, report: Report) -> None:
    assert sizes(report("placement", *ON, "--by", "district")) == {"WK01": 1, "WK02": 2, "unknown": 2}
    assert sizes(report("goals", *ON, "--by", "neighbourhood")) == {"WK01/Centrum": 1, "WK02/Centrum": 2, "unknown": 2}
    narrowed = report("placement", *ON, "--where", "district=Noord")
    assert narrowed["base"] == 1
    assert "Gefilterd op wijk: Noord." in narrowed["notes"]


def test_the_page_names_the_districts(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    text = client.get("/rapporten/plaatsing/?on=2024-06-15&by=district").content.decode()
    assert text.index(">Noord</th>") < text.index(">Zuid</th>") < text.index(">geen wijk bekend</th>")
    finer = client.get("/rapporten/plaatsing/?on=2024-06-15&by=neighbourhood").content.decode()
    assert "Centrum (Noord)" in finer
    assert "Centrum (Zuid)" in finer


def test_without_a_table_the_report_says_so(report: Report) -> None:
    lives(a_client(a_municipality()), "9991 AB", secret=False)
    found = report("placement", *ON, "--by", "district")
    assert sizes(found) == {"unknown": 1}
    assert "Voor deze dag is er geen wijkentabel. Een beheerder kan er een overnemen." in found["notes"]
