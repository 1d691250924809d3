"""The angles from which a municipality begins: what each asks, that it is asked so, and which one opens first."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client as Browser

from opstap.municipality.logic import ALL_REPORTS, ANGLE, CHOICES
from opstap.municipality.models import Municipality
from opstap.reporting.tables.angles import ANGLES
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 1)
ASKED = {
    "gate": ["nieuwe-instroom", "plaatsing by=benefit", "klaar-voor-een-stap", "uit-begeleiding"],
    "operations": ["dekking", "caseload-in-cijfers", "verschillen-in-het-team", "kwaliteit-van-gegevens"],
    "coherence": [
        "plaatsing by=programme",
        "beweging by=programme",
        "inzet-en-groeipotentieel",
        "trajecten",
        "kenmerken-veranderd",
    ],
    "steering": ["indicatoren", "beweging", "groei-gerealiseerd", "publicaties"],
    "neighbourhoods": [
        "plaatsing by=district",
        "beweging by=district",
        "caseload-in-cijfers by=barrier",
        "dekking by=district",
    ],
}


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    placed(a_client(municipality, followed_since=FIRST), "2", on=FIRST)
    return municipality


def addresses(browser: Browser, address: str) -> list[str]:
    listed = re.search(r'<ul class="link-list">(.*?)</ul>', browser.get(address).content.decode(), re.DOTALL)
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', listed.group(1) if listed else "")]


def short(address: str) -> str:
    """The slug of a report, with what it is divided by."""
    path, _, asked = address.partition("?")
    return f"{path.strip('/').rpartition('/')[2]} {asked}".strip()


@pytest.mark.covers("B-07", page="/rapporten/")
def test_each_angle_leads_to_its_reports_asked_as_it_asks_them(town: Municipality) -> None:
    browser = signed_in(a_coordinator(town))
    assert set(ANGLES) == set(ASKED) == set(CHOICES[ANGLE]) - {ALL_REPORTS}
    for key, asked in ASKED.items():
        found = addresses(browser, f"/rapporten/?angle={key}")
        assert [short(one) for one in found] == asked, key
        for address in found:
            page = browser.get(address)
            assert page.status_code == 200, address
            by = address.partition("by=")[2]
            if by:
                assert page.context["question"].by == by


@pytest.mark.covers("B-07", page="/beheer/instellingen/angle/")
def test_the_angle_that_a_municipality_begins_from_opens_first(town: Municipality) -> None:
    browser = signed_in(a_coordinator(town))
    assert 'href="?angle=all" aria-current="page"' in browser.get("/rapporten/").content.decode()
    administrator = signed_in(a_functional_administrator(town))
    path = "/beheer/instellingen/angle/"
    sent = {"value": "gate", "since": "2020-01-01"} | version_at(administrator, path)
    chosen = administrator.post(path, sent)
    assert chosen.status_code == 302
    assert "De poort" in administrator.get("/beheer/instellingen/").content.decode()
    first = browser.get("/rapporten/").content.decode()
    assert 'href="?angle=gate" aria-current="page"' in first
    assert short(addresses(browser, "/rapporten/")[0]) == "nieuwe-instroom"
    assert "Nieuwe instroom" in browser.get("/rapporten/?angle=all").content.decode()
    assert len(re.findall(r'class="link-list"', browser.get("/rapporten/?angle=all").content.decode())) > 1


def test_an_unknown_angle_shows_all_reports(town: Municipality) -> None:
    text = signed_in(a_coordinator(town)).get("/rapporten/?angle=moon").content.decode()
    assert 'href="?angle=all" aria-current="page"' in text


def test_a_case_manager_asks_the_same_of_the_own_caseload(town: Municipality) -> None:
    team = a_team(town, "Noord")
    worker = a_case_manager(team)
    in_caseload(a_client(town, followed_since=FIRST), team=team, worker=worker)
    browser = signed_in(worker)
    for key in ANGLES:
        for address in addresses(browser, f"/rapporten/?angle={key}"):
            assert browser.get(address).status_code == 200, address
