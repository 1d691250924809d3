"""What Opstap does not record comes in by no door, and out by none: origin, a prediction, whether somebody is willing.

The founding document's report by background (C-38) is one that Opstap does not give: no person has an origin here.
"""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client as Browser

from opstap.audit.models import Event
from opstap.municipality.logic import kinds_not_recorded
from opstap.municipality.models import CodeLabel, CodeList, TraitDefinition
from opstap.municipality.operations import add_code
from opstap.municipality.operations.codelists import NotRecorded
from opstap.reporting.tables.reports import REPORTS
from tests.exchange.test_pages import HEAD, SignIn, as_role, confirm, offer, town
from tests.factories.clients import BY

__all__ = ["as_role", "town"]
pytestmark = pytest.mark.django_db
MARK = "Verweggistan"


def _filled(as_role: SignIn) -> Browser:
    head = HEAD.replace("\r\n", ";Nationaliteit;Kans op werk;Onwillig\r\n")
    row = f"1;999986764;Bakker;01-01-1980;01-01-2020;Pw;01-02-2020;2+;ja;{MARK};0,37;ja\r\n"
    browser = as_role("coordinator")
    place = offer(browser, head + row)
    page = browser.get(place).content.decode()
    assert "Opstap legt niets vast over iemands herkomst" in page
    assert "Opstap legt geen score of voorspelling over een persoon vast" in page
    confirm(browser, place)
    return browser


@pytest.mark.covers("C-38", page="/rapporten/")
def test_no_report_or_file_tells_of_origin_or_prediction_not_even_what_a_file_brought(as_role: SignIn) -> None:
    browser = _filled(as_role)
    looked, said = 0, ""
    for report in REPORTS.values():
        slug = report.definition.slug
        for address in (f"/rapporten/{slug}/", f"/rapporten/{slug}/bestand/csv/"):
            said = browser.get(address).content.decode("utf-8-sig")
            assert MARK not in said, address
            assert "0,37" not in said, address
            looked += 1
        headings = next(csv.reader(io.StringIO(said), delimiter=";"))
        assert [heading for heading in headings if kinds_not_recorded(heading)] == []
    assert looked >= 10
    options = browser.get("/rapporten/plaatsing/").content.decode()
    assert "Herkomst" not in options
    assert "Leeftijd" in options, "the guard looks at the list of dimensions"


@pytest.mark.covers("C-38", page="/import/")
def test_nor_does_the_dossier_or_the_list_of_clients(as_role: SignIn) -> None:
    browser = _filled(as_role)
    for address in ("/clienten/?all=1", "/clienten/bestand/csv/"):
        response = browser.get(address)
        assert response.status_code == 200, address
        assert "Bakker" in response.content.decode("utf-8-sig"), address
        assert MARK not in response.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "choices"),
    [("Nationaliteit", ""), ("Kans op werk", ""), ("Achtergrond", "a = westers\nb = niet-westers"), ("Onwillig", "")],
)
def test_a_municipality_makes_no_trait_of_it(as_role: SignIn, name: str, choices: str) -> None:
    browser = as_role("functional_administrator")
    sent = {"name_nl": name, "key": "own", "kind": "choice" if choices else "yes_no", "choices": choices}
    response = browser.post("/beheer/kenmerken/nieuw/", sent | {"starts_on": "2024-01-01"})
    assert response.status_code == 400
    assert "Opstap legt niets vast over herkomst" in response.content.decode()
    assert TraitDefinition.objects.count() == 0


def test_nor_a_code_of_a_list_on_screen_or_by_an_operation(as_role: SignIn) -> None:
    browser = as_role("functional_administrator")
    sent = {"nl": "Migratieachtergrond", "en": "Migration background", "since": "2024-01-01"}
    known = CodeList.objects.order_by("key").first()
    assert known is not None
    response = browser.post(f"/beheer/codelijsten/{known.key}/", sent)
    assert response.status_code == 400
    assert "Opstap legt niets vast over herkomst" in response.content.decode()
    with pytest.raises(NotRecorded):
        add_code(by=BY, code_list=known, nl="Geboorteland", en="Country", since=date(2024, 1, 1))
    assert not CodeLabel.objects.filter(nl__in=["Migratieachtergrond", "Geboorteland"]).exists()
    assert not Event.objects.filter(verb="add_code").exists()
