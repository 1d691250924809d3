"""A part that is off is gone from reports: no dimension, no filter, no column, no sentence; and from what is read."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client as Browser

from opstap.clients.models import KeptValue
from opstap.exchange.logic import FIELDS
from opstap.exchange.models import ImportBatch
from opstap.exchange.operations import stage_file
from opstap.facts.selectors.dimensions import DIMENSIONS
from opstap.foundation import dates
from opstap.municipality.logic import PART_PREFIX, PARTS
from opstap.municipality.models import Municipality
from opstap.plans.models import Trajectory
from opstap.reporting.tables.reports import REPORTS
from tests.exchange.imports import BY, checked, counts, held, imported, lines, town, warnings
from tests.factories.accounts import a_coordinator
from tests.factories.municipality import a_setting
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
FILE = lines(
    "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede;Traject;Activiteit;Instrument",
    "K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;Koor;jobcoach",
)


@pytest.fixture
def place() -> Municipality:
    municipality = town()
    imported(municipality, FILE)
    return municipality


@pytest.fixture
def browser(place: Municipality) -> Browser:
    return signed_in(a_coordinator(place))


def off(municipality: Municipality, part: str) -> None:
    a_setting(municipality, PART_PREFIX + part, "off", dates.today())


def words(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("part", sorted(PARTS))
def test_no_report_offers_what_belongs_to_a_part_that_is_off(place: Municipality, browser: Browser, part: str) -> None:
    """Every dimension, filter, column and field of every part, on every report."""
    off(place, part)
    gone = {key for key, one in DIMENSIONS.items() if one.part == part}
    for report in REPORTS.values():
        definition = report.definition
        address = f"/rapporten/{definition.slug}/"
        if definition.part == part:
            assert browser.get(address).status_code == 404
            continue
        page = words(browser, address)
        for key in gone:
            assert f'value="{key}"' not in page, (address, key)
            assert f'value="{key}:' not in page, (address, key)
        if gone and "by" in definition.parameters:
            assert browser.get(f"{address}?by={min(gone)}").status_code == 400
        labels = {str(column.label) for column in definition.columns if column.part == part}
        labels -= {str(column.label) for column in definition.columns if column.part != part}
        heads = {line.strip() for line in page.replace("<", "\n").replace(">", "\n").splitlines()}
        assert not labels & heads, address


@pytest.mark.covers("B-89", page="/rapporten/caseload/")
def test_the_client_list_keeps_its_help_only_with_that_part(place: Municipality, browser: Browser) -> None:
    assert {"Traject", "Activiteit"} <= set(columns(browser))
    assert "in een traject" in words(browser, "/rapporten/caseload/")
    off(place, "plans")
    assert not {"Traject", "Activiteit"} & set(columns(browser))
    assert "traject" not in words(browser, "/rapporten/caseload/").casefold()
    assert "Traject" not in browser.get("/rapporten/caseload/bestand/csv/").content.decode("utf-8-sig")


def columns(browser: Browser) -> list[str]:
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", words(browser, "/rapporten/caseload/"), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", head).strip() for head in heads]


def test_an_import_keeps_columns_of_a_part_that_is_off_aside_and_says_so(place: Municipality) -> None:
    off(place, "plans")
    later = FILE.replace(b"K1", b"K2")
    found = checked(place, later)
    assert "column_of_part" in warnings(found)
    assert {key for key in found.columns.places if FIELDS[key].part} == set()
    assert counts(imported(place, later)) == (1, 0, 0, 0)
    assert Trajectory.objects.count() == 1  # of before
    assert held(KeptValue, "heading", "value", number="K2") == [
        ("Activiteit", "Koor"), ("Instrument", "jobcoach"), ("Traject", "naar trede 5"),
    ]  # fmt: skip


def test_the_page_of_the_columns_offers_nothing_of_it(place: Municipality, browser: Browser) -> None:
    off(place, "plans")
    batch = stage_file(by=BY, municipality=place, content=FILE, file_name="help.csv")
    page = words(browser, f"/import/{batch.reference}/kolommen/")
    assert "uw gemeente gebruikt het onderdeel “Hulp en trajecten” niet" in page
    assert 'value="trajectory"' not in page
    assert "apart bewaard: dat onderdeel staat uit" in page
    fields = {"column-0": "client_number", "column-1": "surname", "column-2": "benefit_from", "column-3": "measured_on"}
    fields |= {"column-4": "level", "digest": batch.file_digest}
    browser.post(f"/import/{batch.reference}/kolommen/", fields)
    assert "Traject" not in json.dumps(ImportBatch.objects.get(pk=batch.pk).overrides)
    a_setting(place, PART_PREFIX + "plans", "on", dates.today())
    again = checked(place, FILE, reference_date=date(2018, 6, 1))
    assert {"trajectory", "activity", "instrument"} <= set(again.columns.places)
